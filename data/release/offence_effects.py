"""What happened to reported offences beside an initiative: before and after, alone and against other areas."""

from collections.abc import Iterator

import numpy as np
import pandas as pd

from analysis import effects, rates, time_series
from data.records import Row
from data.release.comparison_areas import Places
from data.release.sham_windows import History
from data.release.wide import Wide, final_quarters, wide
from data.sentences.cooperation import FALL, REGRESSION, SHARED, more_sentence, too_few_areas

Windows = tuple[int, int, int, int]
"""Places in the list of quarters: before from, before to (not included), after from, after to (not included)."""

QUARTERS, MOST_YEARS = 4, 2
FEWEST_PLACEBO_AREAS = 3
"""With fewer comparison areas none of them has two others to be held against."""


def offence_effects(
    initiative: Row, places: Places, incidents: pd.DataFrame, names: pd.Series, history: History | None
) -> Iterator[Row]:
    """One row per method for one category of offences; a single row with a Danish `reason` where none could be set up.

    `incidents` are the release's rows of the category in all the places; `names` maps area_id to name; `history` is
    the category at the level of the places, from which the dispersion of the windows is known.
    """
    counts = wide(final_quarters(incidents))
    missing = [area for area in places.treated if area not in counts.area_ids]
    if missing or not counts.quarters:
        yield {"reason": "Der er ikke tal for alle områderne."}
        return
    start, first, last = _window(initiative, counts.quarters)
    years = min(MOST_YEARS, start // QUARTERS, (last - first) // QUARTERS)
    if years < 1:
        yield {"reason": "Der er ikke tal for et helt år både før og efter, at indsatsen begyndte."}
        return
    length = years * QUARTERS
    windows = (start - length, start, first, first + length)
    before, after = counts.of(places.treated, *windows[:2]), counts.of(places.treated, *windows[2:])
    if np.isnan(before + after):
        yield {"reason": "Et af tallene skjules eller rummer en masseregistrering."}
        return
    common: Row = {
        "before_from": counts.quarters[windows[0]], "before_to": counts.quarters[windows[1] - 1],
        "after_from": counts.quarters[windows[2]], "after_to": counts.quarters[windows[3] - 1],
        "before": before, "after": after, "note": _regression(places, counts, windows, names),
    }  # fmt: skip
    dispersion, freedom = history.dispersion(length) if history else (1.0, 0)
    alone = _before_after(counts, places, before, after, windows, dispersion)
    yield common | alone | {"dispersion_df": freedom}
    yield from (common | row for row in _stepped(counts, places, start, first, last))
    yield from (_noted(common, row) for row in _compared(counts, places, before, after, windows, dispersion))


def _noted(common: Row, row: Row) -> Row:
    """A row with what is common to all, and the note that comparison areas had initiatives too after the others."""
    shared = row.pop("shared", "")
    note = common["note"] if shared or "note" not in row else row["note"]
    return common | row | {"note": f"{note} {shared}".strip()}


def _window(initiative: Row, quarters: list[str]) -> tuple[int, int, int]:
    """(first quarter not before, first whole quarter after, first quarter past the end), as places in the list."""
    start = pd.Timestamp(initiative["start"])
    begun = f"{start.year}K{start.quarter}"
    before = sum(quarter < begun for quarter in quarters)
    whole = start == start.to_period("Q").start_time
    after = before if whole else sum(quarter <= begun for quarter in quarters)
    end = len(quarters)
    if pd.notna(initiative["end"]):
        last = pd.Timestamp(initiative["end"])
        # A quarter that ends after the initiative did is not part of it.
        done = last == last.to_period("Q").end_time.normalize()
        final = f"{last.year}K{last.quarter}"
        end = sum(quarter <= final if done else quarter < final for quarter in quarters)
    return before, after, max(after, end)


def _before_after(
    counts: Wide, places: Places, before: float, after: float, windows: Windows, dispersion: float
) -> Row:
    rows = [counts.area_ids.index(area) for area in places.treated]
    exposure = [counts.residents[rows, first:last].sum() for first, last in (windows[:2], windows[2:])]
    if not np.isfinite(exposure).all():
        exposure = [1.0, 1.0]
    ratio = rates.rate_ratio(after, exposure[1], before, exposure[0], dispersion=dispersion)
    effect, low, high, p_value = (float(figure) for figure in ratio)
    return {
        "method": "before_after", "effect": effect, "low": low, "high": high, "p_value": p_value,
        "dispersion": dispersion, "evidence_level": 1,
    }  # fmt: skip


def _stepped(counts: Wide, places: Places, start: int, first: int, last: int) -> Iterator[Row]:
    """The areas' own series, the quarter in which the initiative began left out."""
    rows = [counts.area_ids.index(area) for area in places.treated]
    series, residents = counts.count[rows, :last].sum(axis=0), counts.residents[rows, :last].sum(axis=0)
    series = np.where(np.arange(last) < start, series, np.where(np.arange(last) >= first, series, np.nan))
    if not 0 < first < last:
        return
    exposure = residents if np.isfinite(residents).all() else np.ones(last)
    step = time_series.interrupted_time_series(series, first, exposure)
    if step.enough:
        level = effects.evidence_level(step.quarters_before, step.quarters_after)
        yield {
            "method": "time_series", "effect": step.ratio, "low": step.low, "high": step.high, "p_value": step.p_value,
            "dispersion": step.dispersion, "evidence_level": level,
        }  # fmt: skip


def _compared(
    counts: Wide, places: Places, before: float, after: float, windows: Windows, dispersion: float
) -> Iterator[Row]:
    pairs = {
        area: (counts.of((area,), *windows[:2]), counts.of((area,), *windows[2:]))
        for area in (*places.compared, *places.near)
        if area in counts.area_ids
    }
    whole = {area: pair for area, pair in pairs.items() if not np.isnan(sum(pair))}
    compared = [area for area in places.compared if area in whole]
    then, now = ([whole[area][period] for area in compared] for period in (0, 1))
    # Areas that are not there yet are taken to be as those that are, or as the initiative's own.
    usual = sum(then) / len(then) if compared else before / len(places.treated)
    needed = effects.comparison_areas_needed(before, usual, FALL, dispersion) if before and usual else None
    more: Row = {"areas_needed": needed or 0, "more_sentence": more_sentence(len(compared), needed)}
    if len(compared) < effects.FEWEST_COMPARISON_AREAS:
        yield more | {
            "method": "comparison", "comparison_area_ids": ";".join(compared), "comparison_areas": len(compared),
            "comparison_kind": places.kind, "comparison_before": sum(then) if compared else np.nan,
            "comparison_after": sum(now) if compared else np.nan, "note": "",
            "reason": too_few_areas(len(compared), effects.FEWEST_COMPARISON_AREAS),
        }  # fmt: skip
        return
    ratio = effects.ratio_of_rate_ratios(before, after, then, now)
    rank, placebo_p = _placebo(ratio.ratio, then, now)
    level = effects.evidence_level(windows[1] - windows[0], windows[3] - windows[2], len(compared))
    common = {
        "comparison_area_ids": ";".join(compared), "comparison_areas": len(compared), "comparison_kind": places.kind,
        "comparison_before": sum(then), "comparison_after": sum(now), "shared": SHARED, **more,
    }  # fmt: skip
    yield common | {
        "method": "comparison", "effect": ratio.ratio, "low": ratio.low, "high": ratio.high, "p_value": ratio.p_value,
        "placebo_rank": rank, "placebo_p": placebo_p, "dispersion": ratio.dispersion, "evidence_level": level,
    }  # fmt: skip
    near = [area for area in places.near if area in whole]
    if near:
        yield (
            common
            | _displaced(counts, places.treated, near, compared, windows, ratio.dispersion)
            | {"evidence_level": level}
        )


def _placebo(ratio: float, then: list[float], now: list[float]) -> tuple[int, float]:
    """Rank of the effect among those the comparison areas would have had; (0, NaN) where they are too few."""
    if len(then) < FEWEST_PLACEBO_AREAS or np.isnan(ratio):
        return 0, np.nan
    others = []
    for index in range(len(then)):
        rest = [other for other in range(len(then)) if other != index]
        as_treated = effects.ratio_of_rate_ratios(
            then[index], now[index], [then[other] for other in rest], [now[other] for other in rest]
        )
        if not np.isnan(as_treated.ratio):
            others.append(float(np.log(as_treated.ratio)))
    return effects.placebo_rank(float(np.log(ratio)), others) if others else (0, np.nan)


def _displaced(
    counts: Wide,
    treated: tuple[str, ...],
    near: list[str],
    compared: list[str],
    windows: Windows,
    dispersion: float,
) -> Row:
    """The areas and their neighbours against the comparison, brought to as many residents."""
    start = windows[1] - 1
    size = {area: counts.residents[counts.area_ids.index(area), start] for area in (*treated, *near, *compared)}
    ratio = sum(size[area] for area in (*treated, *near)) / sum(size[area] for area in compared)
    pair = {
        name: (counts.of(tuple(areas), *windows[:2]), counts.of(tuple(areas), *windows[2:]))
        for name, areas in (("treated", treated), ("near", near), ("compared", compared))
    }
    row: Row = {"method": "displacement", "neighbour_ids": ";".join(near), "neighbours": len(near)}
    if np.isnan(ratio):
        return row
    shift = effects.weighted_displacement_difference(
        pair["compared"],
        pair["treated"],
        treated_nearby=pair["near"],
        comparison_size=ratio,
        dispersion=dispersion,
        comparison_areas=len(compared),
    )
    return row | {"effect": shift.difference, "low": shift.low, "high": shift.high, "p_value": shift.p_value}


def _regression(places: Places, counts: Wide, windows: Windows, names: pd.Series) -> str:
    """A warning where one of the areas lay highest of all when the initiative began."""
    if not places.compared and not places.near:
        return ""
    rows = counts.count[:, windows[0] : windows[1]].sum(axis=1) / counts.residents[:, windows[0] : windows[1]].sum(
        axis=1
    )
    if np.isnan(rows).all():
        return ""
    worst = counts.area_ids[int(np.nanargmax(rows))]
    return REGRESSION.format(area=names[worst]) if worst in places.treated else ""
