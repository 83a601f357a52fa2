"""Judges a success criterion by its points in time: which looks it has had, which of them speaks, and what it says."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Self

import numpy as np
import pandas as pd

from analysis import criteria, criterion_rules, decidability
from analysis.count_decidability import count_prospects
from analysis.thresholds import FEWEST_ANSWERS
from data.calendar import Period
from data.records import Row, records
from data.release.activities import activity_period
from data.release.points import waves_of
from data.states import first_reason

MARGIN = 0.02
"""Share points that a survey criterion may lie below its line where it does not say."""
HOLDS = {criteria.MET: "holds", criteria.NOT_MET: "lost"}
_CHANCES = [f"{truth}_{verdict}" for truth in ("chance", "unchanged") for verdict in ("met", "undecided", "not_met")]


@dataclass(frozen=True)
class Looks:
    """The looks at a criterion: the confidence of each period, which of them speaks, and what came after it.

    `speaks` is the look whose verdict stands: the newest up to the deadline, and from the deadline on the first at or
    after it, for good. `after` is the newest period since then, "" without one.
    """

    confidence: dict[str, float] = field(default_factory=dict)
    speaks: str = ""
    after: str = ""
    final: bool = False
    left: float = criterion_rules.CONFIDENCE
    """Confidence of the look at the deadline, as things stand."""

    @classmethod
    def of(cls, criterion: Row, periods: list[str]) -> Self:
        """The looks among the periods with a figure; of one length, oldest first.

        Looks count from the year before the adoption, whose figures were known then, and never from before the
        baseline. A figure from before that is shown with the part of the error that a first look would have.
        """
        base, deadline = _end(criterion["baseline_period"]), _end(criterion["deadline"])
        adopted = criterion.get("adopted")
        known = base if adopted is None or pd.isna(adopted) else float(pd.Timestamp(adopted).year)
        start = min(max(base, known), deadline - 1)
        confidence: dict[str, float] = {}
        speaks, after, before = "", "", 0.0
        for period in periods:
            end = _end(period)
            if end <= base:
                continue
            if speaks and _end(speaks) >= deadline:
                confidence[period], after = criterion_rules.CONFIDENCE, period
                continue
            speaks = period
            elapsed = (end - start) / (deadline - start)
            if elapsed <= 0:
                confidence[period] = 1 - 2 * criterion_rules.ERROR_UNDERWAY / (deadline - start)
                continue
            confidence[period] = criterion_rules.look_confidence(elapsed, before)
            before = elapsed
        final = bool(speaks) and _end(speaks) >= deadline
        left = confidence[speaks] if final else criterion_rules.look_confidence(1.0, before)
        return cls(confidence, speaks, after, final, left)


def limited(points: pd.DataFrame, looks: Looks, limits: Callable[[pd.DataFrame, float], pd.DataFrame]) -> pd.DataFrame:
    """The points with the limits that their looks are decided by; what is no look has those of the one that speaks."""
    usual = looks.confidence.get(looks.speaks, criterion_rules.CONFIDENCE)
    confidence = points["period"].map(looks.confidence).astype(float).fillna(usual)
    points = points.assign(confidence=confidence)
    for each in confidence.unique():
        here = confidence == each
        points.loc[here, ["low", "high"]] = limits(points[here], each)[["low", "high"]].to_numpy()
    return points


def judge_share(criterion: Row, points: pd.DataFrame, looks: Looks) -> Row:
    """The verdict on a share, from its points with the limits of their looks."""
    by_wave = {row["period"]: row for row in records(points)}
    if not by_wave:
        return unjudged("no_value")
    if criterion["baseline_period"] not in by_wave:
        return unjudged("no_baseline")
    base = criterion["baseline_period"]
    wave = looks.speaks or base
    now, then = by_wave[wave], by_wave[base]
    between = sorted(by_wave).index(wave) - sorted(by_wave).index(base)
    if 0 < between < waves_of(criterion):
        return unjudged("no_value")  # Windows that share a wave say nothing of a change.
    hidden = first_reason((now["why_hidden"], then["why_hidden"]))
    if hidden:
        return unjudged(hidden)
    if np.isnan(now["value"]) or np.isnan(then["value"]):
        return unjudged("unknown_residents" if ";" in criterion["area_ids"] else "no_value")

    def assessed(row: Row, elapsed: float, confidence: float) -> criteria.Assessment:
        return criteria.assess(
            row["value"],
            row["n_eff"],
            then["value"],
            then["n_eff"],
            criterion["target"],
            elapsed,
            direction=criterion["direction"],
            margin=MARGIN if pd.isna(criterion["margin"]) else criterion["margin"],
            comparable=row["series"] == then["series"],
            tolerance=criterion["tolerance"],
            confidence=confidence,
        )

    elapsed = _elapsed(base, wave, criterion["deadline"])
    outcome = assessed(now, elapsed, looks.confidence.get(wave, criterion_rules.CONFIDENCE))
    # People are asked, not effective answers: as many more as this survey's weights cost.
    answers = np.nan if outcome.needed_n is None else outcome.needed_n * now["n"] / now["n_eff"]
    judged = _judged(wave, now, then, elapsed, outcome, answers=answers, required=outcome.required)
    later = by_wave.get(looks.after)
    holds = ""
    if later is not None and later["state"] == "published" and not np.isnan(later["value"]):
        holds = HOLDS.get(assessed(later, 1.0, criterion_rules.CONFIDENCE).status, "unclear")
    return judged | _aftermath(looks, later, holds) | _chances(criterion, now, then, looks)


def judge_count(criterion: Row, points: pd.DataFrame, years: pd.DataFrame, hidden: set[str], looks: Looks) -> Row:
    """The verdict on a count; `hidden` are the final years of which a count is hidden from the reader."""
    by_year = {row["period"]: row for row in records(points)}
    # A provisional year never decides alone: the final year that speaks does.
    final = [year for year, row in by_year.items() if row["state"] == "published"]
    base, year = criterion["baseline_period"], looks.speaks
    if base in hidden or (not looks.final and max(hidden, default="") > max(final, default="")):
        return unjudged("hidden")
    if base not in by_year:
        return unjudged("no_baseline")
    if not year:
        return unjudged("no_value")
    now, then = by_year[year], by_year[base]
    dispersion = float(years["dispersion"].max())

    def assessed(row: Row, elapsed: float, confidence: float) -> tuple[criteria.Assessment, float]:
        # Without a number of residents the counts themselves are compared.
        exposure, exposure_then = row["exposure"], then["exposure"]
        if not np.isfinite(exposure + exposure_then):
            exposure, exposure_then = 1.0, 1.0
        outcome = criteria.assess_counts(
            row["value"],
            exposure,
            then["value"],
            exposure_then,
            criterion["target"] / exposure,
            elapsed,
            direction=criterion["direction"],
            dispersion=dispersion,
            tolerance_rate=criterion["tolerance"] / exposure,
            confidence=confidence,
        )
        return outcome, exposure

    elapsed = _elapsed(base, year, criterion["deadline"])
    outcome, exposure = assessed(now, elapsed, looks.confidence[year])
    needed = np.nan if outcome.needed_n is None else float(outcome.needed_n)
    judged = _judged(year, now, then, elapsed, outcome, answers=needed, required=outcome.required * exposure)
    later = by_year.get(looks.after)
    holds = ""
    if later is not None:
        holds = HOLDS.get(assessed(later, 1.0, criterion_rules.CONFIDENCE)[0].status, "unclear")
    return judged | _aftermath(looks, later, holds) | _count_chances(criterion, then, looks, dispersion)


def judge_activity(criterion: Row, points: pd.DataFrame, today: dt.date) -> Row:
    """The verdict on something done, counted up to today."""
    start, end = activity_period(criterion)
    done = float(points["value"].iloc[-1]) if len(points) else 0.0
    elapsed = max(0.0, ((min(today, end) - start).days + 1) / ((end - start).days + 1))
    assessment = criteria.assess_activity(done, criterion["target"], elapsed, direction=criterion["direction"])
    now = {"value": done, "low": np.nan, "high": np.nan, "n": np.nan}
    then = {"value": 0.0, "low": np.nan, "high": np.nan}
    period = f"{min(today, end).year}K{(min(today, end).month + 2) // 3}"
    judged = _judged(period, now, then, elapsed, assessment, answers=np.nan, required=assessment.required)
    return judged | {
        "baseline_period": criterion["baseline_period"] or str(start.year),
        "final": elapsed >= 1,
        "confidence": np.nan,
    }


def unjudged(reason: str) -> Row:
    """What stands where there is too little to judge by."""
    nothing = dict.fromkeys(("value", "low", "high", "n"), np.nan)
    assessment = criteria.Assessment(criteria.INSUFFICIENT, can_be_decided=False, reason=reason)
    return _judged("", nothing, nothing, 0.0, assessment, answers=np.nan, required=np.nan)


def _elapsed(start: str, now: str, deadline: str) -> float:
    """How much of the time from baseline to deadline has gone when a period is over; may exceed 1."""
    span = _end(deadline) - _end(start)
    return (_end(now) - _end(start)) / span if span > 0 else 1.0


def _end(period: str) -> float:
    """When a period is over, in decimal years; 0 without one."""
    return Period.parse(period).end if period else 0.0


def _chances(criterion: Row, now: Row, then: Row, looks: Looks) -> Row:
    """The chances at the deadline with the sample at hand, if the target is reached and if nothing changes."""
    n_eff, base, target = now["n_eff"], then["value"], criterion["target"]
    ready = not looks.final and min(n_eff, then["n_eff"]) >= FEWEST_ANSWERS
    if not ready or now["series"] != then["series"] or criterion["direction"] * (target - base) <= 0:
        return {}
    outlook = decidability.prospects(
        base, then["n_eff"], target, n_eff, criterion["direction"], criterion["tolerance"], looks.left
    )
    return _told(outlook.if_reached, outlook.if_unchanged)


def _count_chances(criterion: Row, then: Row, looks: Looks, dispersion: float) -> Row:
    """The same of a count a year."""
    base, target, short = float(then["value"]), float(criterion["target"]), float(criterion["tolerance"])
    ready = not looks.final and criterion["direction"] * (target - base) > 0
    # A tolerance that reaches down to nothing leaves nothing to keep.
    if not ready or (target and target <= short * criterion["direction"]):
        return {}
    outlook = count_prospects(base, target, criterion["direction"], short, dispersion, looks.left)
    return _told(outlook.if_reached, outlook.if_unchanged)


def _told(*chances: decidability.Chances) -> Row:
    return dict(
        zip(_CHANCES, [part for each in chances for part in (each.met, each.undecided, each.not_met)], strict=True)
    )


def _aftermath(looks: Looks, later: Row | None, holds: str) -> Row:
    """Whether the verdict is that of the deadline, and whether it has held since."""
    return {
        "final": looks.final,
        "confidence": looks.confidence.get(looks.speaks, np.nan),
        "holds": holds,
        "holds_period": looks.after if holds else "",
        "holds_value": later["value"] if holds and later is not None else np.nan,
    }


def _judged(
    period: str,
    now: Row,
    then: Row,
    elapsed: float,
    assessment: criteria.Assessment,
    *,
    answers: float,
    required: float,
) -> Row:
    return {
        "value_period": period,
        "value": now["value"],
        "value_low": now["low"],
        "value_high": now["high"],
        "value_n": now["n"],
        "baseline": then["value"],
        "baseline_low": then["low"],
        "baseline_high": then["high"],
        "overdue": elapsed >= 1,
        "status": assessment.status,
        "moving": assessment.moving,
        "points_to": assessment.points_to,
        "needed_n": answers,
        "can_be_decided": assessment.can_be_decided,
        "required": required,
        "detectable_change": assessment.detectable_change,
        "reason": assessment.reason,
        "final": False,
        "confidence": assessment.confidence,
        "holds": "",
        "holds_period": "",
        "holds_value": np.nan,
        **dict.fromkeys(_CHANCES, np.nan),
    }
