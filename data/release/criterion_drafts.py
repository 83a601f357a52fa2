"""A criterion while it is being written, and what can be told of it before it is adopted."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

import pandas as pd

from analysis.decidability import Chances
from data.calendar import alike_in_span
from data.release import Release, rows_of
from data.release.points import survey_points
from data.release.residents import residents_by_area, weights_of
from data.release.tables import RESIDENTS

Measure = Literal["survey", "incidents", "activity"]
TargetIs = Literal["level", "change", "gap"]
RemedyKind = Literal["pool", "group", "larger", "later"]

NOTHING = float("nan")


@dataclass(frozen=True)
class Draft:
    """A criterion as far as it has been written.

    `target_is`: "level" (a share; a count a year; a number of activities), "change" from the baseline (signed, in the
    same unit), or "gap": the largest distance left to the newest figure of the area `compared_with` (shares only).
    `waves`: how many waves are taken together. `tolerance`: how far short of the target counts as met, in its unit.
    `answers`: how many are to answer in each wave to come; 0: as many as last time (shares only).
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
    tolerance: float = 0.0
    answers: float = 0.0


@dataclass(frozen=True)
class Remedy:
    """One thing that would make the criterion decidable: the draft so mended, and what it then rests on."""

    kind: RemedyKind
    draft: Draft
    answers: float
    change_sought: float
    detectable_change: float


@dataclass(frozen=True)
class Prospect:
    """What a criterion as drafted can be expected to show.

    `reason` is "" or why nothing can be said: one of `analysis.criteria.REASONS`, of `data.states.WHY_HIDDEN`,
    "same_as_baseline", "no_comparison", "wrong_way" or "deadline_too_early". `target` is the level it amounts to, NaN
    where that is unknown. `answers` and `n_eff` are those of the newest figure, which the next ones are expected to
    have too, or as many as the draft says (answers NaN for counts).
    `needed_answers` are the answers each figure would need to show the change sought. `change_sought` is positive
    where the target is the better. `met_from`: from which figure on it would count as met at the deadline.
    `undecided_midway`: how likely an area truly on course cannot be decided halfway; NaN for counts. `chances` at the
    deadline, by its `confidence`: if the target is just reached, if nothing changes, and if it goes as far the other
    way. `tolerance_needed` and `figure_needed` (the share or count that must truly be reached) each alone make an exact
    success likely to be called met; so do `answers_to_prove` answers in each wave together with `tolerance_to_prove`,
    the draft's own tolerance or half of what would do alone; NaN for counts. `gap`: years from figure to figure. Shares
    lie in [0, 1], counts are a year.
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
    baseline_n_eff: float = NOTHING
    confidence: float = NOTHING
    gap: float = 1.0
    chances: tuple[Chances, ...] = ()
    tolerance_needed: float = NOTHING
    figure_needed: float = NOTHING
    answers_to_prove: float = NOTHING
    tolerance_to_prove: float = NOTHING
    remedies: tuple[Remedy, ...] = ()


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
        tolerance=0.0 if pd.isna(criterion.get("tolerance")) else float(criterion["tolerance"]),
    )


def points_of(draft: Draft, release: Release) -> pd.DataFrame:
    """The waves of the areas of a draft on a share, taken together by residents as it says.

    Only waves as long as the baseline: a half-year is never held against a year.
    """
    of_indicator = rows_of(release, "survey", "indicator", draft.indicator)
    calendar = release.get_or_make(("waves of", draft.indicator), lambda: sorted(of_indicator["wave"].unique()))
    calendar = alike_in_span(calendar, draft.baseline_period)
    of_indicator = of_indicator[of_indicator["wave"].isin(calendar)]
    residents = release.get_or_make("residents by area", lambda: residents_by_area(_residents(release)))
    return survey_points(
        of_indicator[of_indicator["area_id"].isin(draft.area_ids)],
        len(draft.area_ids),
        draft.waves,
        weights_of(draft.area_ids, residents, draft.baseline_period[:4]),
        calendar,
    )


def _residents(release: Release) -> pd.DataFrame:
    """Residents of each area by year; of a release from before it had them, the newest number alone."""
    known = release.tables.get("residents")
    if known is not None:
        return known
    areas = release.areas
    if "residents" not in areas:
        return pd.DataFrame(columns=list(RESIDENTS))
    return areas[["area_id", "residents"]].assign(year="")
