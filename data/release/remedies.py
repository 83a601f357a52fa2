"""What would make a criterion decidable that is not: waves or areas taken together, more time, a target further out."""

from collections.abc import Callable, Iterator
from dataclasses import replace

import numpy as np

from data.calendar import Period
from data.records import records
from data.release import Release, rows_of
from data.release.criterion_drafts import Draft, Prospect, Remedy, RemedyKind, points_of

Judge = Callable[[Draft, Release], Prospect]

MOST_WAVES = 3
STEP = 0.01
"""Targets of shares are offered in whole percentage points."""


def remedies(draft: Draft, outlook: Prospect, release: Release, judge: Judge) -> Iterator[Remedy]:
    """The first candidate of each kind that `judge` finds can be decided."""
    candidates = [*_pooled(draft, outlook, release), *_grouped(draft, outlook, release), *_larger(draft, outlook)]
    offered: set[str] = set()
    for kind, mended in candidates:
        if kind in offered:
            continue
        then = judge(mended, release)
        if then.can_be_decided:
            offered.add(kind)
            yield Remedy(kind, mended, then.answers, then.change_sought, then.detectable_change)


def _pooled(draft: Draft, outlook: Prospect, release: Release) -> Iterator[tuple[RemedyKind, Draft]]:
    """Two or three waves taken together; where they do not fit before the deadline, a later one.

    The change sought stays what it was. The first window is the earliest one that does not begin before the baseline.
    """
    if draft.measure != "survey" or np.isnan(outlook.change_sought):
        return
    waves = list(points_of(replace(draft, waves=1), release)["period"])
    for together in range(draft.waves + 1, MOST_WAVES + 1):
        first = [wave for wave in waves[together - 1 :] if wave >= draft.baseline_period]
        if not first:
            continue
        mended = replace(draft, waves=together, baseline_period=first[0])
        mended = _same_change(mended, outlook, release)
        start = Period.parse(first[0])
        # Waves on days have no calendar: one a year is counted on.
        earliest = Period.parse(str(start.year + together)) if start.span == "day" else start.moved(together)
        if earliest.end <= Period.parse(draft.deadline).end:
            yield "pool", mended
        else:
            yield "later", replace(mended, deadline=earliest.code)


def _grouped(draft: Draft, outlook: Prospect, release: Release) -> Iterator[tuple[RemedyKind, Draft]]:
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
            yield "group", _same_change(replace(draft, area_ids=members), outlook, release)


def _measured(draft: Draft, release: Release) -> set[str]:
    """The areas with a figure in the baseline period."""
    if draft.measure == "survey":
        rows = rows_of(release, "survey", "indicator", draft.indicator)
        return set(rows.loc[(rows["wave"] == draft.baseline_period) & (rows["state"] == "published"), "area_id"])
    rows = rows_of(release, "incidents", "category", draft.indicator)
    return set(rows.loc[(rows["period"] == draft.baseline_period) & rows["count"].notna(), "area_id"])


def _same_change(mended: Draft, outlook: Prospect, release: Release) -> Draft:
    """The mended draft with the change that was sought, put as a level: points for shares, in proportion for counts."""
    if np.isnan(outlook.change_sought):
        return mended
    if mended.measure == "survey":
        points = {row["period"]: row for row in records(points_of(mended, release))}
        if mended.baseline_period not in points:
            return mended
        level = points[mended.baseline_period]["value"] + mended.direction * outlook.change_sought
        return replace(mended, target_is="level", target=float(np.clip(round(level, 2), 0, 1)))
    table = rows_of(release, "incidents", "category", mended.indicator)
    chosen = table["area_id"].isin(mended.area_ids)
    baseline = float(table.loc[chosen & (table["period"] == mended.baseline_period), "count"].sum())
    return replace(mended, target_is="level", target=float(round(baseline * outlook.target / outlook.baseline)))


def _larger(draft: Draft, outlook: Prospect) -> Iterator[tuple[RemedyKind, Draft]]:
    """Targets further out, nearest first, from the smallest change the figures would show."""
    if np.isnan(outlook.detectable_change):
        return
    edge = outlook.baseline + draft.direction * outlook.detectable_change
    step = STEP if draft.measure == "survey" else 1.0
    rounded = np.ceil(edge / step - 1e-9) if draft.direction > 0 else np.floor(edge / step + 1e-9)
    for further in range(4):
        target = float(round((rounded + draft.direction * further) * step, 2))
        if target >= 0 and (draft.measure == "incidents" or target <= 1):
            yield "larger", replace(draft, target_is="level", target=target)
