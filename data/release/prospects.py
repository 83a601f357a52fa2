"""Tells, while a criterion is being written, whether the figures can ever decide it, and what could be done about it.

Reads only release tables, and is quick enough to run at every keystroke; the statistics are those that will judge the
criterion once it is adopted.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, Literal

import numpy as np
import pandas as pd

from analysis import criteria, foresight, proportions
from data.release import Release, records
from data.release.points import incident_points, survey_points

Measure = Literal["survey", "incidents", "activity"]
TargetIs = Literal["level", "change", "gap"]
WayKind = Literal["pool", "group", "larger", "later"]

MOST_WAVES = 3
STEP = 0.01
"""Targets of shares are offered in whole percentage points."""
NOTHING = float("nan")


@dataclass(frozen=True)
class Draft:
    """A criterion as far as it has been written.

    `target_is`: "level" (a share; a count a year; a number of activities), "change" from the baseline (signed, in the
    same unit), or "gap": the largest distance left to the newest figure of the area `compared_with` (shares only).
    `waves`: how many waves are taken together.
    """

    measure: Measure
    indicator: str
    area_ids: tuple[str, ...]
    baseline_period: str
    target: float
    deadline: str
    target_is: TargetIs = "level"
    direction: int = 1
    margin: float = 0.02
    compared_with: str = ""
    waves: int = 1


@dataclass(frozen=True)
class Way:
    """One thing that would make the criterion decidable: the draft so mended, and what it then rests on."""

    kind: WayKind
    draft: Draft
    answers: float
    change_sought: float
    detectable_change: float


@dataclass(frozen=True)
class Prospect:
    """What a criterion as drafted can be expected to show.

    `reason` is "" or why nothing can be said: one of `analysis.criteria.REASONS`, "same_as_baseline", "no_comparison",
    "wrong_way" or "deadline_too_early". `target` is the level it amounts to, NaN where that is unknown. `answers` and
    `n_eff` are those of the newest figure (answers NaN for counts), which the next ones are expected to have too.
    `needed_answers` are the answers each figure would need to show the change sought. `change_sought` is positive
    where the target is the better. `met_from`: from which figure on it would count as met at the deadline.
    `undecided_midway`: how likely an area truly on course cannot be decided halfway; NaN for counts. Shares lie in
    [0, 1], counts are a year.
    """

    draft: Draft
    can_be_decided: bool
    reason: str = ""
    target: float = NOTHING
    baseline: float = NOTHING
    baseline_low: float = NOTHING
    baseline_high: float = NOTHING
    answers: float = NOTHING
    n_eff: float = NOTHING
    needed_answers: float = NOTHING
    change_sought: float = NOTHING
    detectable_change: float = NOTHING
    met_from: float = NOTHING
    undecided_midway: float = NOTHING
    ways: tuple[Way, ...] = ()


def prospect(draft: Draft, release: Release) -> Prospect:
    """What the draft can be expected to show with the figures of a release; never fails for what a form can hold.

    Where it can never be decided, `ways` are the changes that would make it decidable: each has been computed, and
    none is offered that would not do.
    """
    if draft.measure == "activity":
        return Prospect(draft, can_be_decided=True, target=draft.target)
    table, column = ("survey", "indicator") if draft.measure == "survey" else ("incidents", "category")
    figures = release.tables[table]
    # Every candidate asks the same few rows, so they are picked out once.
    release = replace(release, tables={**release.tables, table: figures[figures[column] == draft.indicator]})
    found = _share(draft, release) if draft.measure == "survey" else _count(draft, release)
    if found.can_be_decided or found.reason not in ("", "few_answers"):
        return found
    return replace(found, ways=tuple(_ways(draft, found, release)))


# Shares -----------------------------------------------------------------------------------------------------------


def _share(draft: Draft, release: Release) -> Prospect:
    points = {row["period"]: row for row in records(_survey_points(draft, release))}
    if draft.baseline_period not in points:
        return _unknown(draft, "no_baseline")
    then, now = points[draft.baseline_period], points[max(points)]
    if int(draft.deadline[:4]) - draft.waves < int(draft.baseline_period[:4]):
        return _unknown(draft, "deadline_too_early")
    if "hidden" in (then["state"], now["state"]):
        return _unknown(draft, "few_answers")
    if np.isnan(then["n_eff"]) or np.isnan(now["n_eff"]):
        return _unknown(draft, "unknown_answers")
    if then["series"] != now["series"]:
        return _unknown(draft, "not_comparable")
    target = _level(draft, then["value"], release)
    reason = _unfit(draft, target, then["value"])
    if reason:
        return replace(_unknown(draft, reason), target=target, baseline=float(then["value"]))
    found = foresight.prospects(then["value"], then["n_eff"], target, now["n_eff"], draft.direction, draft.margin)
    needed = float(proportions.n_needed(then["value"], target - then["value"]))
    return Prospect(
        draft,
        found.can_be_decided,
        target=target,
        baseline=float(then["value"]),
        baseline_low=float(then["low"]),
        baseline_high=float(then["high"]),
        answers=float(now["n"]),
        n_eff=float(now["n_eff"]),
        # People are asked, not effective answers: as many more as this survey's weights cost.
        needed_answers=needed * float(now["n"]) / float(now["n_eff"]),
        change_sought=found.change_sought,
        detectable_change=found.detectable_change,
        met_from=found.met_from,
        undecided_midway=found.undecided_midway,
    )


def _survey_points(draft: Draft, release: Release) -> pd.DataFrame:
    survey = release.survey
    rows = survey[survey["area_id"].isin(draft.area_ids) & (survey["indicator"] == draft.indicator)]
    return survey_points(rows, len(draft.area_ids), draft.waves)


def _level(draft: Draft, baseline: float, release: Release) -> float:
    """The level a target amounts to, rounded to a tenth of a percentage point; NaN where it hangs on no figure."""
    if draft.target_is == "level":
        return draft.target
    if draft.target_is == "change":
        return round(float(baseline) + draft.target, 3)
    other = replace(draft, area_ids=(draft.compared_with,), waves=1)
    points = _survey_points(other, release)
    return NOTHING if points.empty else round(float(points["value"].iloc[-1]) - draft.direction * draft.target, 3)


def _unfit(draft: Draft, target: float, baseline: float) -> str:
    if np.isnan(target):
        return "no_comparison"
    if abs(target - baseline) < 1e-9:
        return "same_as_baseline"
    if draft.direction * (target - baseline) < 0:
        return "wrong_way"
    return "" if draft.measure == "incidents" or 0 <= target <= 1 else "wrong_way"


def _unknown(draft: Draft, reason: str) -> Prospect:
    return Prospect(draft, can_be_decided=False, reason=reason)


# Counts -----------------------------------------------------------------------------------------------------------


def _count(draft: Draft, release: Release) -> Prospect:
    table = release.incidents
    of_areas = table["area_id"].isin(draft.area_ids) & (table["category"] == draft.indicator)
    years = table[of_areas & (table["period"].str.len() == 4)]
    points = {row["period"]: row for row in records(incident_points(years, len(draft.area_ids)))}
    final = [year for year, row in points.items() if row["state"] == "published"]
    if draft.baseline_period not in points or not final:
        return _unknown(draft, "no_baseline")
    if int(draft.deadline[:4]) <= int(draft.baseline_period[:4]):
        return _unknown(draft, "deadline_too_early")
    then, exposure = points[draft.baseline_period], float(points[max(final)]["n_eff"])
    baseline = float(then["value"])
    if baseline == 0:
        return _unknown(draft, "zero_baseline")
    target = draft.target if draft.target_is == "level" else baseline + draft.target
    reason = "no_comparison" if draft.target_is == "gap" else _unfit(draft, target, baseline)
    if reason:
        return replace(_unknown(draft, reason), target=target, baseline=baseline)
    phi = float(years["dispersion"].max())
    goal = max(target, 0.5)  # A count of 0 stands as one half on the scale of ratios.
    found = criteria.assess_counts(
        round(goal), exposure, baseline, float(then["n_eff"]), goal / exposure, 1.0, draft.direction, phi
    )
    met_from = _count_that_meets(goal, exposure, draft.direction, phi)
    sought, detectable = draft.direction * (target - baseline), found.detectable_change * baseline
    return Prospect(
        draft,
        bool(sought >= detectable and not np.isnan(met_from)),
        target=target,
        baseline=baseline,
        baseline_low=float(then["low"]),
        baseline_high=float(then["high"]),
        n_eff=exposure,
        change_sought=sought,
        detectable_change=detectable,
        met_from=met_from,
    )


def _count_that_meets(goal: float, exposure: float, direction: int, phi: float) -> float:
    """The count nearest the goal that would count as meeting it at the deadline; NaN where there is none."""
    far = int(goal + 20 * np.sqrt(phi * (goal + 1))) + 20
    counts = np.arange(0, far + 1)
    now, start = criteria.measured_rate(counts, exposure, phi), criteria.measured_rate(1, exposure)
    met = counts[
        criteria.statuses(now, start, np.asarray(np.log(goal / exposure)), 1.0, direction, 0.0) == criteria.MET
    ]
    if met.size == 0:
        return NOTHING
    return float(met.max() if direction < 0 else met.min())


# What can be done -------------------------------------------------------------------------------------------------


def _ways(draft: Draft, found: Prospect, release: Release) -> Iterator[Way]:
    """The first candidate of each kind that can be decided."""
    candidates = [*_pooled(draft, found, release), *_grouped(draft, found, release), *_larger(draft, found)]
    offered: set[str] = set()
    for kind, mended in candidates:
        if kind in offered:
            continue
        then = _share(mended, release) if mended.measure == "survey" else _count(mended, release)
        if then.can_be_decided:
            offered.add(kind)
            yield Way(kind, mended, then.answers, then.change_sought, then.detectable_change)


def _pooled(draft: Draft, found: Prospect, release: Release) -> Iterator[tuple[WayKind, Draft]]:
    """Two or three waves taken together; where they do not fit before the deadline, a later one.

    The change sought stays what it was. The first window is the earliest one that does not begin before the baseline.
    """
    if draft.measure != "survey" or np.isnan(found.change_sought):
        return
    waves = list(_survey_points(replace(draft, waves=1), release)["period"])
    for together in range(draft.waves + 1, MOST_WAVES + 1):
        first = [wave for wave in waves[together - 1 :] if wave >= draft.baseline_period]
        if not first:
            continue
        mended = replace(draft, waves=together, baseline_period=first[0])
        mended = _same_change(mended, found, release)
        earliest = int(first[0]) + together
        if earliest <= int(draft.deadline[:4]):
            yield "pool", mended
        else:
            yield "later", replace(mended, deadline=str(earliest))


def _grouped(draft: Draft, found: Prospect, release: Release) -> Iterator[tuple[WayKind, Draft]]:
    """The area together with its like: those of the same municipality, then all of its level."""
    areas = release.areas.set_index("area_id")
    own = areas.loc[[area for area in draft.area_ids if area in areas.index]]
    if own.empty or own["level"].nunique() != 1:
        return
    of_level = areas[areas["level"] == own["level"].iloc[0]]
    measured = _measured(draft, release)
    for group in (of_level[of_level["parent_id"].isin(own["parent_id"])], of_level):
        members = tuple(area for area in group.index if area in measured)
        if set(members) > set(draft.area_ids):
            yield "group", _same_change(replace(draft, area_ids=members), found, release)


def _measured(draft: Draft, release: Release) -> set[str]:
    """The areas with a figure in the baseline period."""
    if draft.measure == "survey":
        rows = release.survey[release.survey["indicator"] == draft.indicator]
        return set(rows.loc[(rows["wave"] == draft.baseline_period) & (rows["state"] == "published"), "area_id"])
    rows = release.incidents[release.incidents["category"] == draft.indicator]
    return set(rows.loc[(rows["period"] == draft.baseline_period) & rows["count"].notna(), "area_id"])


def _same_change(mended: Draft, found: Prospect, release: Release) -> Draft:
    """The mended draft with the change that was sought, put as a level: points for shares, in proportion for counts."""
    if np.isnan(found.change_sought):
        return mended
    if mended.measure == "survey":
        points = {row["period"]: row for row in records(_survey_points(mended, release))}
        if mended.baseline_period not in points:
            return mended
        level = points[mended.baseline_period]["value"] + mended.direction * found.change_sought
        return replace(mended, target_is="level", target=float(np.clip(round(level, 2), 0, 1)))
    table = release.incidents
    chosen = table["area_id"].isin(mended.area_ids) & (table["category"] == mended.indicator)
    baseline = float(table.loc[chosen & (table["period"] == mended.baseline_period), "count"].sum())
    return replace(mended, target_is="level", target=float(round(baseline * found.target / found.baseline)))


def _larger(draft: Draft, found: Prospect) -> Iterator[tuple[WayKind, Draft]]:
    """Targets further out, nearest first, from the smallest change the figures would show."""
    if np.isnan(found.detectable_change):
        return
    edge = found.baseline + draft.direction * found.detectable_change
    step = STEP if draft.measure == "survey" else 1.0
    rounded = np.ceil(edge / step - 1e-9) if draft.direction > 0 else np.floor(edge / step + 1e-9)
    for further in range(4):
        target = float(round((rounded + draft.direction * further) * step, 2))
        if target >= 0 and (draft.measure == "incidents" or target <= 1):
            yield "larger", replace(draft, target_is="level", target=target)


def draft_of(criterion: Mapping[str, Any]) -> Draft:
    """The draft that an adopted criterion (a row of its contract) began as, to change it from."""
    margin, waves = criterion["margin"], criterion["waves"]
    return Draft(
        measure=criterion["measure"],
        indicator=criterion["indicator"],
        area_ids=tuple(criterion["area_ids"].split(";")),
        baseline_period=criterion["baseline_period"],
        target=float(criterion["target"]),
        deadline=criterion["deadline"],
        direction=int(criterion["direction"]),
        margin=0.0 if pd.isna(margin) else float(margin),
        waves=1 if pd.isna(waves) else int(waves),
    )
