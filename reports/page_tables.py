"""The tables of the pages as files for Danish Excel: figures as numbers with their limits, state, subject and reader.

The words of the same rows stand on the screen. What is hidden or missing is its word in `Tilstand` and an empty cell.
"""

import datetime as dt
import numbers
from collections.abc import Sequence
from typing import Any

import pandas as pd

from data.records import Row, records
from data.release.activities import times_of
from data.sentences import IS_MET, IS_MOVING, MOVING_WORDS, STATUS_WORDS
from data.sentences.cooperation import EVIDENCE_WORDS, METHOD_WORDS
from data.states import SHOWN_STATES
from data.views.map_classes import reference_rows
from data.views.rows import ViewContext
from data.views.trends import trend_until
from reports.data_files import (
    HEADINGS,
    ORIGINS,
    STATES,
    count_figures,
    danish_number,
    plain_cell,
    share_figures,
    shown_csv,
    written,
)

_VERDICTS = {
    "better": "klart bedre", "worse": "klart værre", "unchanged": "ingen klar forskel",
    "above": "klart over", "below": "klart under", "": "ikke afgjort",
}  # fmt: skip
_REACHED = {"covered": "nået", "none": "ikke nået"}


def table_csv(table: pd.DataFrame, rows: pd.DataFrame, context: ViewContext) -> bytes:
    """A table of figures and words as a file; `rows` say where each of its rows comes from."""
    stamp: dict[str, Any] = {
        HEADINGS["provenance"]: [ORIGINS.get(each, each) for each in rows["provenance"]],
        HEADINGS["source_id"]: rows["source_id"].to_numpy(),
        HEADINGS["release"]: context.release.head.id,
        HEADINGS["audience"]: context.release.audience,
    }
    stamped = table.assign(**stamp)
    return b"\xef\xbb\xbf" + written(stamped, ";", _cell)


def _cell(value: Any) -> Any:
    """A figure with a decimal comma, a day as Excel reads it, nothing where there is none; else the words."""
    if value is None or value is pd.NA or (isinstance(value, float) and pd.isna(value)):
        return ""
    if isinstance(value, bool):
        return "ja" if value else "nej"
    if isinstance(value, numbers.Real):
        return danish_number(float(value))
    return value.isoformat() if isinstance(value, dt.date) else plain_cell(value)


def shown(rows: pd.DataFrame, column: str) -> pd.Series:
    """A column of figures, without those of rows that are hidden or missing."""
    return rows[column].astype(float).where(rows["state"].isin(SHOWN_STATES))


def state_words(rows: pd.DataFrame) -> list[str]:
    """The word for the state of each row."""
    return [STATES[each] for each in rows["state"]]


# Shares and counts ----------------------------------------------------------------------------------------------------


def map_csv(context: ViewContext, rows: pd.DataFrame) -> bytes:
    """The shares of a map with what its reading adds: the change, the trend over the years, or the reference."""
    reading = context.view.reading
    if reading == "niveau":
        return shown_csv(share_figures(rows), context)
    figures = pd.DataFrame(
        {
            "Emne": context.partnership.indicator(context.view.indicator).title,
            "Område-id": rows["area_id"].to_numpy(),
            "Område": rows["name"].to_numpy(),
            "Periode": rows["wave"].to_numpy(),
            "Andel": shown(rows, "share").to_numpy(),
            "Nedre grænse": shown(rows, "low").to_numpy(),
            "Øvre grænse": shown(rows, "high").to_numpy(),
            "Svar": rows["n"].astype(float).to_numpy(),
            "Tilstand": state_words(rows),
        }
    )
    added = {"aendring": _changes, "udvikling": _trends, "reference": _references}[reading](context, rows)
    return table_csv(figures.assign(**added), rows, context)


def _changes(_context: ViewContext, rows: pd.DataFrame) -> dict[str, Sequence[Any]]:
    return {
        "Forrige måling": list(rows["previous_wave"]),
        "Ændring": list(shown(rows, "change")),
        "Ændring, nedre grænse": list(shown(rows, "change_low")),
        "Ændring, øvre grænse": list(shown(rows, "change_high")),
        "Ændring bedømt": [_VERDICTS[each] for each in rows["changed"]],
    }


def _trends(context: ViewContext, rows: pd.DataFrame) -> dict[str, Sequence[Any]]:
    trends = [trend_until(context, str(area)) or {} for area in rows["area_id"]]
    return {
        "Udvikling om året": [row.get("slope") for row in trends],
        "Udvikling, nedre grænse": [row.get("low") for row in trends],
        "Udvikling, øvre grænse": [row.get("high") for row in trends],
        "Første måling": [row.get("first_wave", "") for row in trends],
        "Udvikling bedømt": [_VERDICTS.get(row.get("verdict", ""), "") for row in trends],
    }


def _references(context: ViewContext, rows: pd.DataFrame) -> dict[str, Sequence[Any]]:
    held = {row["area_id"]: row for row in records(reference_rows(context))}
    found = [
        held.get(area, {}) if state in SHOWN_STATES else {}
        for area, state in zip(rows["area_id"], rows["state"], strict=True)
    ]
    return {
        "Sammenlignet med": [row.get("reference_name", "") for row in found],
        "Dets andel": [row.get("reference_share") for row in found],
        "Forskel": [row.get("difference") for row in found],
        "Forskel, nedre grænse": [row.get("low") for row in found],
        "Forskel, øvre grænse": [row.get("high") for row in found],
        "Forskel bedømt": [_VERDICTS.get(row.get("verdict", ""), "") for row in found],
    }


def both_csv(context: ViewContext, shares: pd.DataFrame, rates: pd.DataFrame) -> bytes:
    """Perceived and recorded of the same areas, one figure a row."""
    figures = [share_figures(shares), count_figures(rates[rates["area_id"].isin(shares["area_id"])])]
    return shown_csv(pd.concat(figures, ignore_index=True), context)


# Criteria and the work ------------------------------------------------------------------------------------------------


def points_csv(context: ViewContext, points: pd.DataFrame, criterion: Row) -> bytes:
    """The figures of a criterion by period: shares as 0–1, counts as they are."""
    known = points["n"].astype(float) if "n" in points else float("nan")
    table = pd.DataFrame(
        {
            "Kriterium": criterion["subject"],
            "Periode": points["period"].to_numpy(),
            "Værdi": shown(points, "value").to_numpy(),
            "Nedre grænse": shown(points, "low").to_numpy(),
            "Øvre grænse": shown(points, "high").to_numpy(),
            "Svar": known,
            "Tilstand": state_words(points),
        }
    )
    return table_csv(table, points, context)


def criteria_csv(context: ViewContext, rows: pd.DataFrame) -> bytes:
    """Criteria with value, limits, target and deadline: shares as 0–1, counts as they are."""
    titles = context.release.initiatives.set_index("initiative_id")["title"].to_dict()
    table = pd.DataFrame(
        {
            "Kriterium": rows["subject"].to_numpy(),
            "Indsats": [titles.get(each, "") for each in rows["initiative_id"]],
            "Udgangspunkt": rows["baseline"].astype(float).to_numpy(),
            "Udgangspunktets periode": rows["baseline_period"].to_numpy(),
            "Værdi": rows["value"].astype(float).to_numpy(),
            "Nedre grænse": rows["value_low"].astype(float).to_numpy(),
            "Øvre grænse": rows["value_high"].astype(float).to_numpy(),
            "Svar": rows["value_n"].astype(float).to_numpy(),
            "Værdiens periode": rows["value_period"].to_numpy(),
            "Mål": rows["target"].astype(float).to_numpy(),
            "Målet er": ["mindst" if each == 1 else "højst" for each in rows["direction"]],
            "Krævet nu": rows["required"].astype(float).to_numpy(),
            "Frist": rows["deadline"].to_numpy(),
            IS_MOVING: [MOVING_WORDS[each] for each in rows["moving"]],
            IS_MET: [STATUS_WORDS[each] for each in rows["status"]],
        }
    )
    return table_csv(table, rows, context)


def log_csv(context: ViewContext, rows: pd.DataFrame) -> bytes:
    """Activities: when, where, what, how many times and how many took part."""
    titles = context.release.initiatives.set_index("initiative_id")["title"]
    took_part = rows["participants"] if "participants" in rows else pd.Series(float("nan"), index=rows.index)
    table = pd.DataFrame(
        {
            "Dato": rows["date"].to_numpy(),
            "Indsats": rows["initiative_id"].map(titles).to_numpy(),
            "Område-id": rows["area_id"].to_numpy(),
            "Område": rows["area_id"].map(context.release.names).to_numpy(),
            "Slags": rows["kind"].to_numpy(),
            "Aktivitet": rows["text"].to_numpy(),
            "Gange": times_of(rows).to_numpy(),
            "Deltagere": pd.to_numeric(took_part).astype(float).to_numpy(),
        }
    )
    return table_csv(table, rows, context)


def gaps_csv(context: ViewContext, rows: pd.DataFrame) -> bytes:
    """Every risk profile in every area: whether an initiative reaches it, how, and how sure one is of what it does."""
    titles = context.release.tables["risk_profiles"].set_index("profile_id")["title"]
    initiatives = context.release.initiatives.set_index("initiative_id")["title"]
    reached = rows["state"] == "covered"
    table = pd.DataFrame(
        {
            "Risikoprofil": rows["profile_id"].map(titles).to_numpy(),
            "Område-id": rows["area_id"].to_numpy(),
            "Område": [context.release.name_of(area) for area in rows["area_id"]],
            "Indsats": rows["initiative_id"].map(initiatives).to_numpy(),
            "Tilstand": [_REACHED.get(each, each) for each in rows["state"]],
            "Hvordan": rows["how"].to_numpy(),
            "Evidens (0–3)": rows["evidence_level"].astype(float).where(reached).to_numpy(),
            "Evidens": [EVIDENCE_WORDS[each] for each in rows["evidence_level"]],
        }
    )
    return table_csv(table[reached.to_numpy()], rows[reached], context)


def effects_csv(context: ViewContext, rows: pd.DataFrame) -> bytes:
    """Before and after each initiative: the effect with its limits, how it was reckoned and how it is judged."""
    titles = context.release.initiatives.set_index("initiative_id")["title"]
    figures = {
        "Før": "before", "Efter": "after", "Effekt": "effect", "Nedre grænse": "low", "Øvre grænse": "high",
        "p-værdi": "p_value",
    }  # fmt: skip
    table = pd.DataFrame(
        {
            "Indsats": rows["initiative_id"].map(titles).to_numpy(),
            "Tal": rows["subject"].to_numpy(),
            "Metode": [METHOD_WORDS.get(each, "Ikke opgjort") for each in rows["method"]],
            "Før fra": rows["before_from"].to_numpy(),
            "Før til": rows["before_to"].to_numpy(),
            "Efter fra": rows["after_from"].to_numpy(),
            "Efter til": rows["after_to"].to_numpy(),
            **{title: rows[column].astype(float).to_numpy() for title, column in figures.items()},
            "Evidens (0–3)": rows["evidence_level"].to_numpy(),
            "Udfald": [_VERDICTS[each] for each in rows["verdict"]],
            "Sætning": rows["sentence"].to_numpy(),
        }
    )
    return table_csv(table, rows, context)


# Hotspots -------------------------------------------------------------------------------------------------------------
