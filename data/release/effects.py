"""Builds the release's table of effects: what changed beside each initiative, and how much that answer is worth.

The figures looked at are settled beforehand: what the initiative's own criteria are measured by, all reported offences,
and perceived safety. So are the windows: up to two whole years before and after the start. Nothing here says that an
initiative caused anything.
"""

from collections.abc import Iterator, Mapping

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis import comparisons
from data import danish
from data.partnership import Partnership
from data.records import Row, records
from data.release.comparison_areas import places_of
from data.release.offence_effects import offence_effects
from data.release.residents import ResidentsByArea, residents_by_area
from data.release.sham_windows import History, histories
from data.release.survey_effects import survey_effects
from data.release.tables import EFFECTS
from data.sentences.cooperation import effect_sentence

Figures = dict[tuple[str, str], pd.DataFrame]
"""(measure, category or indicator) → its rows of the release; "" stands for a figure that has none."""
Floats = NDArray[np.float64]

MOST_NAMED = 3
_LATER = ("verdict", "main", "sentence", "false_alarms", "sham_windows", "evidence")
"""Columns that are told once all rows are there."""
_PREFERENCE = {"comparison": 0, "displacement": 3, "time_series": 1, "before_after": 2}
_ALONE = ("before_after", "time_series")
"""Methods that hold an area against itself."""
_EMPTY: Row = {
    "method": "", "before_from": "", "before_to": "", "after_from": "", "after_to": "", "before": np.nan,
    "after": np.nan, "comparison_area_ids": "", "comparison_areas": 0, "comparison_kind": "",
    "comparison_before": np.nan, "comparison_after": np.nan, "neighbour_ids": "", "neighbours": 0, "effect": np.nan,
    "low": np.nan, "high": np.nan, "p_value": np.nan, "placebo_rank": 0, "placebo_p": np.nan, "dispersion": np.nan,
    "dispersion_df": 0, "evidence_level": 0, "note": "", "reason": "", "areas_needed": 0, "more_sentence": "",
}  # fmt: skip


def effect_table(tables: Mapping[str, pd.DataFrame], partnership: Partnership) -> pd.DataFrame:
    """One row per initiative, figure and method; `main` marks the one of the highest evidence level for each figure.

    `tables` are the release tables areas, survey, incidents, initiatives, criteria, similar and neighbours. `method`
    is "before_after" (level 1), "time_series" (2), "comparison" or "displacement" (3), or "" with a Danish `reason`
    where nothing could be set up. `effect` is a ratio of ratios (comparison), a ratio (time_series, before_after of
    counts), offences (displacement) or share points (before_after of shares), with 95 % limits. `verdict` is "better",
    "worse", "unchanged" or "" (no test), from one family a method, so that of all the figures of a release few are
    called different by chance. Fewer offences is better.
    """
    figures, promised = _figures(tables), _promised(tables["criteria"])
    known = histories(tables["incidents"], tables["initiatives"])
    residents = residents_by_area(tables["residents"])
    rows = [
        row
        for initiative in records(tables["initiatives"])
        for row in _of_initiative(
            initiative, promised.get(initiative["initiative_id"], []), tables, figures, known, residents, partnership
        )
    ]
    frame = pd.DataFrame(rows, columns=[name for name in EFFECTS if name not in _LATER])
    if frame.empty:
        return pd.DataFrame(columns=list(EFFECTS))
    frame = _with_false_alarms(frame, tables)
    directions = [_direction(row, partnership) for row in records(frame)]
    # A method that is wrong too often is no test.
    p_values = frame["p_value"].astype(float).where(frame["evidence"].astype(bool))
    frame["verdict"] = comparisons.verdicts(_moved(frame), p_values, frame["method"], directions)
    order = frame.assign(rank=frame["method"].map(_PREFERENCE).fillna(9))
    best = order.sort_values(["evidence", "evidence_level", "rank"], ascending=[False, False, True])
    frame["main"] = frame.index.isin(best.drop_duplicates(["initiative_id", "measure", "indicator"]).index)
    frame["evidence_level"] = frame["evidence_level"].where(frame["evidence"].astype(bool), 0)
    frame["more_sentence"] = _with_what_is_lacking(frame)
    frame["sentence"] = [effect_sentence(row) for row in records(frame)]
    return frame[list(EFFECTS)]


def _with_what_is_lacking(frame: pd.DataFrame) -> list[str]:
    """What it would take to know more: the main answer, which readers are shown, says so where areas are too few."""
    lacking = {
        (row["initiative_id"], row["indicator"]): f"{danish.opening(row['reason'])} {row['more_sentence']}".strip()
        for row in records(frame[(frame["method"] == "comparison") & (frame["reason"] != "")])
    }
    return [
        lacking.get((row["initiative_id"], row["indicator"]), "")
        if row["main"] and row["method"] in _ALONE and row["measure"] == "incidents"
        else row["more_sentence"]
        for row in records(frame)
    ]


def _with_false_alarms(frame: pd.DataFrame, tables: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """How often each row's method is wrong on this history, and whether it may be called evidence."""
    level = tables["areas"].set_index("area_id")["level"]
    first = tables["initiatives"].set_index("initiative_id")["area_ids"].str.split(";").str[0].map(level)
    known = {(row["method"], row["level"]): row for row in records(tables["sham_windows"])}
    shares = []
    for row in records(frame):
        method = f"survey_{row['method']}" if row["measure"] == "survey" else row["method"]
        tried = known.get((method, first.get(row["initiative_id"])), {})
        shares.append((tried.get("false_alarms", np.nan), tried.get("windows", 0), bool(tried.get("evidence", False))))
    names = ["false_alarms", "sham_windows", "evidence"]
    return frame.join(pd.DataFrame(shares, columns=names, index=frame.index))


def _direction(row: Row, partnership: Partnership) -> int:
    return partnership.indicator(row["indicator"]).direction if row["measure"] == "survey" else -1


def _moved(frame: pd.DataFrame) -> Floats:
    """Newer minus older, ratios as logarithms."""
    effect = frame["effect"].to_numpy(dtype=float)
    ratio = frame["method"].isin(["comparison", "time_series"]) | (
        (frame["method"] == "before_after") & (frame["measure"] == "incidents")
    )
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(ratio, np.log(effect), effect)


def _figures(tables: Mapping[str, pd.DataFrame]) -> Figures:
    """The rows of each figure at the level of the initiatives' areas, picked out once."""
    treated = {area for listed in tables["initiatives"]["area_ids"] for area in listed.split(";")}
    areas = tables["areas"]
    level = set(areas.loc[areas["area_id"].isin(treated), "level"])
    figures: Figures = {}
    for table, column in (("incidents", "category"), ("survey", "indicator")):
        rows = tables[table][tables[table]["level"].isin(level)]
        figures |= {(table, str(name)): of_name for name, of_name in rows.groupby(column)}
        figures[table, ""] = rows.iloc[:0]
    return figures


def _promised(criteria: pd.DataFrame) -> dict[str, list[tuple[str, str]]]:
    """What the criteria of each initiative are measured by."""
    promised: dict[str, list[tuple[str, str]]] = {}
    for row in records(criteria):
        if row["measure"] != "activity":
            promised.setdefault(row["initiative_id"], []).append((row["measure"], row["indicator"]))
    return promised


def _of_initiative(
    initiative: Row,
    promised: list[tuple[str, str]],
    tables: Mapping[str, pd.DataFrame],
    figures: Figures,
    known: Mapping[tuple[str, str], History],
    residents: ResidentsByArea,
    partnership: Partnership,
) -> Iterator[Row]:
    first = [each.id for each in partnership.indicators[:1]]
    always = [*(("incidents", total) for total in [partnership.total] if total), *(("survey", each) for each in first)]
    places = places_of(initiative, tables, first[0] if first else "")
    names = tables["areas"].set_index("area_id")["name"]
    level = str(tables["areas"].set_index("area_id")["level"].get(places.treated[0], ""))
    for measure, indicator in dict.fromkeys([*promised, *always]):
        rows = figures.get((measure, indicator), figures[measure, ""])
        rows = rows[rows["area_id"].isin([*places.treated, *places.compared, *places.near])]
        if measure == "survey":
            title, direction = partnership.indicator(indicator).title, partnership.indicator(indicator).direction
            effects = survey_effects(initiative, places, rows, direction, names, residents)
        else:
            title = partnership.category(indicator).title
            effects = offence_effects(initiative, places, rows, names, known.get((level, indicator)))
        head = {
            "initiative_id": initiative["initiative_id"],
            "measure": measure,
            "indicator": indicator,
            "subject": f"{title} {_where(places.treated, names)}",
            **_origin(rows, initiative),
        }
        for row in effects:
            yield {**_EMPTY, **head, **row}


def _where(treated: tuple[str, ...], names: pd.Series) -> str:
    if len(treated) > MOST_NAMED:
        return f"i indsatsens {len(treated)} områder"
    return f"i {danish.join(names[area] for area in treated)}"


def _origin(rows: pd.DataFrame, initiative: Row) -> Row:
    """Where the figures are from, constructed as soon as one of them is; without any, where the initiative is from."""
    example = rows[rows["provenance"] == "example"]
    chosen = records((example if len(example) else rows)[["provenance", "source_id"]].head(1))
    return chosen[0] if chosen else {name: initiative[name] for name in ("provenance", "source_id")}
