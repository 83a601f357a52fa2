"""Tells, while a criterion is being written, whether the figures can ever decide it, and what could be done about it.

Reads only release tables, and is quick enough to run at every keystroke; the statistics are those that will judge the
criterion once it is adopted.
"""

from collections.abc import Iterable
from dataclasses import replace

import numpy as np

from analysis import criteria, criterion_rules, decidability, proportions
from analysis.count_decidability import count_prospects
from analysis.thresholds import FEWEST_ANSWERS, NONE_UP_TO
from data.calendar import Period, is_year
from data.records import Row, records
from data.release import Release, rows_of
from data.release.criterion_drafts import NOTHING, Draft, Prospect, points_of
from data.release.points import incident_points
from data.release.remedies import remedies
from data.states import first_reason

# Answers that are asked for are told in whole tens.
TENS = 10


def prospect(draft: Draft, release: Release) -> Prospect:
    """What the draft can be expected to show with the figures of a release; never fails for what a form can hold.

    Where it can never be decided, `remedies` are the changes that would make it decidable: each has been computed, and
    none is offered that would not do.
    """
    if draft.measure == "activity":
        return Prospect(draft, can_be_decided=True, target=draft.target)
    outlook = _told(_judged(draft, release))
    if outlook.can_be_decided or outlook.reason not in ("", "few_answers"):
        return outlook
    return replace(outlook, remedies=tuple(remedies(draft, outlook, release, _judged)))


def _judged(draft: Draft, release: Release) -> Prospect:
    return _share(draft, release) if draft.measure == "survey" else _count(draft, release)


# Shares -----------------------------------------------------------------------------------------------------------


def _share(draft: Draft, release: Release) -> Prospect:
    points = {row["period"]: row for row in records(points_of(draft, release))}
    if draft.baseline_period not in points:
        return _unknown(draft, "no_baseline")
    then, now = points[draft.baseline_period], points[max(points)]
    gap = _gap(points)
    if _years(draft.baseline_period, draft.deadline) < draft.waves * gap - 1e-9:
        return _unknown(draft, "deadline_too_early")
    if "hidden" in (then["state"], now["state"]):
        unmeasured = "no_baseline" if then["state"] == "hidden" else "no_value"
        return _unknown(draft, first_reason((then["why_hidden"], now["why_hidden"])) or unmeasured)
    if np.isnan(then["n_eff"]) or np.isnan(now["n_eff"]):
        return _unknown(draft, "unknown_answers")
    if then["series"] != now["series"]:
        return _unknown(draft, "not_comparable")
    target = _level(draft, then["value"], release)
    reason = _unfit(draft, target, then["value"])
    if reason:
        return replace(_unknown(draft, reason), target=target, baseline=float(then["value"]))
    answers, n_eff = _expected_answers(draft, now)
    if n_eff < FEWEST_ANSWERS:
        return _unknown(draft, "few_answers")
    confidence = _confidence(draft, now["period"], gap)
    outlook = decidability.prospects(
        then["value"], then["n_eff"], target, n_eff, draft.direction, draft.tolerance, confidence
    )
    needed = float(proportions.n_needed(then["value"], target - then["value"]))
    return Prospect(
        draft,
        bool(outlook.change_sought >= outlook.detectable_change and not np.isnan(outlook.met_from)),
        target=target,
        baseline=float(then["value"]),
        baseline_low=float(then["low"]),
        baseline_high=float(then["high"]),
        answers=answers,
        n_eff=n_eff,
        # People are asked, not effective answers: as many more as this survey's weights cost.
        needed_answers=needed * answers / n_eff,
        change_sought=outlook.change_sought,
        detectable_change=outlook.detectable_change,
        met_from=outlook.met_from,
        baseline_n_eff=float(then["n_eff"]),
        confidence=confidence,
        gap=gap,
        chances=(outlook.if_reached, outlook.if_unchanged, outlook.if_worse),
    )


def _confidence(draft: Draft, newest: str, gap: float = 1.0) -> float:
    """The confidence of the look at the deadline, with a look every so many years from the newest figure on."""
    left = _years(newest, draft.deadline)
    return criterion_rules.look_confidence(1.0, max(left - gap, 0.0) / left if left > 0 else 0.0)


def _years(start: str, end: str) -> float:
    """Years from the end of one period to the end of another."""
    return Period.parse(end).end - Period.parse(start).end


def _gap(points: Iterable[str]) -> float:
    """Years from wave to wave: the length of a wave, or of those on a day what has usually lain between them."""
    waves = [Period.parse(code) for code in points]
    if waves[0].span != "day":
        return waves[0].years
    return float(np.median(np.diff([wave.end for wave in waves]))) if len(waves) > 1 else 1.0


def _expected_answers(draft: Draft, now: Row) -> tuple[float, float]:
    """Answers and effective answers of the figures to come: those of the newest, or as many as the draft says."""
    answers, n_eff = float(now["n"]), float(now["n_eff"])
    if not draft.answers or np.isnan(answers):
        return answers, n_eff
    planned = draft.answers * draft.waves
    return planned, planned * n_eff / answers


def _told(outlook: Prospect) -> Prospect:
    """With what takes longer to work out, and no other candidate is asked: midway, and what would prove a success."""
    draft = outlook.draft
    if not outlook.chances or draft.measure != "survey":
        return outlook
    looks = max(2, round(_years(draft.baseline_period, draft.deadline) / outlook.gap))
    midway = decidability.undecided_midway(
        outlook.baseline, outlook.baseline_n_eff, outlook.target, outlook.n_eff, draft.direction, draft.margin, 0.5,
        draft.tolerance, 1 - 2 * criterion_rules.ERROR_UNDERWAY / looks,
    )  # fmt: skip
    needed = decidability.needed(outlook.target, outlook.n_eff, draft.direction, draft.tolerance, outlook.confidence)
    tolerance = draft.tolerance or float(np.ceil(1000 * needed.tolerance / 2) / 1000)
    return replace(
        outlook,
        undecided_midway=midway,
        tolerance_needed=needed.tolerance,
        figure_needed=needed.share,
        answers_to_prove=_answers_to_prove(outlook, tolerance),
        tolerance_to_prove=tolerance,
    )


def _answers_to_prove(outlook: Prospect, tolerance: float) -> float:
    """Answers in each wave, in whole tens, with which an exact success is called met at this tolerance; NaN if none."""
    draft, per_answer = outlook.draft, outlook.n_eff / outlook.answers
    if np.isnan(tolerance + per_answer):
        return NOTHING
    needed = decidability.needed(outlook.target, outlook.n_eff, draft.direction, tolerance, outlook.confidence).answers
    if np.isnan(needed):
        return NOTHING
    first = int(np.ceil(needed / per_answer / draft.waves / TENS))
    for tens in range(first, 2 * first + TENS):
        n_eff = tens * TENS * draft.waves * per_answer
        then = decidability.prospects(
            outlook.baseline,
            outlook.baseline_n_eff,
            outlook.target,
            n_eff,
            draft.direction,
            tolerance,
            outlook.confidence,
        )
        if then.provable:
            return float(tens * TENS)
    return NOTHING


def _level(draft: Draft, baseline: float, release: Release) -> float:
    """The level a target amounts to, rounded to a tenth of a percentage point; NaN where it hangs on no figure."""
    if draft.target_is == "level":
        return draft.target
    if draft.target_is == "change":
        return round(float(baseline) + draft.target, 3)
    other = replace(draft, area_ids=(draft.compared_with,), waves=1)
    points = points_of(other, release)
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
    table = rows_of(release, "incidents", "category", draft.indicator)
    years = table[table["area_id"].isin(draft.area_ids) & is_year(table["period"])]
    points = {row["period"]: row for row in records(incident_points(years, len(draft.area_ids)))}
    final = [year for year, row in points.items() if row["state"] == "published"]
    if draft.baseline_period not in points or not final:
        return _unknown(draft, "no_baseline")
    if _years(draft.baseline_period, draft.deadline) <= 0:
        return _unknown(draft, "deadline_too_early")
    then, exposure = points[draft.baseline_period], float(points[max(final)]["exposure"])
    baseline = float(then["value"])
    target = draft.target if draft.target_is == "level" else baseline + draft.target
    if baseline == 0:
        return _unknown(draft, "zero_baseline")
    reason = "no_comparison" if draft.target_is == "gap" else _unfit(draft, target, baseline)
    if reason:
        return replace(_unknown(draft, reason), target=target, baseline=baseline)
    phi = float(years["dispersion"].max())
    exposure_then = float(then["exposure"])
    if not np.isfinite(exposure + exposure_then):
        exposure, exposure_then = 1.0, 1.0
    # None lies infinitely far down a scale of ratios: it counts as met where there are surely no more than this.
    bound = target - draft.direction * draft.tolerance if target else draft.tolerance or NONE_UP_TO
    if bound <= 0:
        return replace(_unknown(draft, "wrong_way"), target=target, baseline=baseline)
    confidence = _confidence(draft, max(final))
    measured = criteria.assess_counts(
        round(target), exposure, baseline, exposure_then, max(target, 0.5) / exposure, 1.0, draft.direction, phi
    )
    outlook = count_prospects(baseline, target, draft.direction, draft.tolerance, phi, confidence)
    sought, detectable = draft.direction * (target - baseline), measured.detectable_change * baseline
    return Prospect(
        draft,
        bool(sought >= detectable and not np.isnan(outlook.met_from)),
        target=target,
        baseline=baseline,
        baseline_low=float(then["low"]),
        baseline_high=float(then["high"]),
        n_eff=exposure,
        change_sought=sought,
        detectable_change=detectable,
        met_from=outlook.met_from,
        confidence=confidence,
        chances=(outlook.if_reached, outlook.if_unchanged, outlook.if_worse),
        tolerance_needed=outlook.tolerance_needed,
        figure_needed=outlook.count_needed,
    )
