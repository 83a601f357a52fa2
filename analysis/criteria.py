"""Decides how a success criterion stands: met, on track, behind, or not to be decided on these figures.

One ordered set of rules for all criteria (analysis.criterion_rules); only the figures' uncertainty differs: survey
shares (Wilson limits), counts (Poisson limits, on log scale) and activities (counted, so exact). Where the truth lies
exactly on a bound, a decision falls on the wrong side at most 6 % of the time over waves of 100 or more answers that
vary a little in size, for true shares of 50–90 %; single unlucky sizes reach 7 %, and above 95 % they reach 9 %, since
shares of few answers come in steps.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.stats import norm

from analysis.arguments import Floats, at_least, directions, not_negative, one, positive, shares
from analysis.criterion_rules import (
    BEHIND,
    CONFIDENCE,
    INSUFFICIENT,
    MET,
    NOT_MET,
    ON_TRACK,
    ROUNDING,
    UNDECIDED,
    Measured,
    beyond,
    measured_rate,
    measured_share,
    settled_from,
    statuses,
)
from analysis.proportions import FEWEST_ANSWERS, detectable_change
from analysis.thresholds import NONE_UP_TO

# Why there is too little to go on.
REASONS = (
    *("not_comparable", "no_value", "no_baseline", "zero_baseline", "unknown_answers", "few_answers"),
    *("wrong_side", "nothing_to_reach"),
)

# More answers than this are not to be had; a criterion that needs more cannot be decided.
LARGEST_N = 10_000


@dataclass(frozen=True)
class Assessment:
    """How one criterion stands.

    status: one of `STATUSES`. moving: "better", "worse" or "unclear", against the baseline. points_to: for an
    undecided criterion the status the figures themselves, without their uncertainty, amount to; otherwise "".
    needed_n: for an undecided one (or one with too few answers) the effective answers (counts: reported
    offences) that would settle it if the figure stayed as it is, None where none would; can_be_decided:
    whether it is settled or could be. required: where the figure should be by now. gap: figure minus
    required, change: figure minus baseline, both counted so that positive is good, with limits; NaN
    where they cannot be said. detectable_change: the smallest change the two samples would show with 80 %
    power. reason: why the basis is insufficient, one of `REASONS`, otherwise "". confidence: of the limits, two-sided;
    half of what it leaves is the error of this decision.
    Units: shares for surveys; for counts required is a rate, gap and change are natural logarithms of ratios
    and detectable_change a part of the baseline rate; whole activities for activities.
    """

    status: str
    moving: str = "unclear"
    points_to: str = ""
    needed_n: int | None = None
    can_be_decided: bool = True
    required: float = float("nan")
    gap: float = float("nan")
    gap_low: float = float("nan")
    gap_high: float = float("nan")
    change: float = float("nan")
    change_low: float = float("nan")
    change_high: float = float("nan")
    detectable_change: float = float("nan")
    reason: str = ""
    confidence: float = CONFIDENCE


def assess(
    value: float | None,
    value_n_eff: float | None,
    baseline: float | None,
    baseline_n_eff: float | None,
    target: float,
    elapsed: float,
    direction: int = 1,
    margin: float = 0.02,
    comparable: bool = True,
    largest_n: int = LARGEST_N,
    tolerance: float = 0.0,
    confidence: float = CONFIDENCE,
) -> Assessment:
    """Return how a criterion on a survey share stands.

    Shares lie in [0, 1]; n_eff are effective answers; `elapsed` is (t − t0)/(T − t0), 1 or more from the
    deadline on; `direction` is 1 where more is better; `margin` is how far below the line still counts as on
    track, in share points. Missing value, baseline or answers give "insufficient", as do fewer than 30
    effective answers and `comparable` False (question, boundary or mode changed). Raises ValueError for
    anything outside its range, naming it.
    """
    x, b = one("value", shares("value", _none(value))), one("baseline", shares("baseline", _none(baseline)))
    n_x = one("value_n_eff", not_negative("value_n_eff", _none(value_n_eff)))
    n_b = one("baseline_n_eff", not_negative("baseline_n_eff", _none(baseline_n_eff)))
    g = _given("target", shares("target", target))
    w, s, m = _common(elapsed, direction, margin)
    short = _given("tolerance", shares("tolerance", tolerance))
    required = (1 - w) * b + w * g if comparable else float("nan")
    reason = _too_little(x, b, comparable) or _wrong_side(g, b, s) or _too_few_answers(n_x, n_b)
    # With too few answers only in the newest wave, it can still be said how many would do.
    if reason and (reason != "few_answers" or n_b < FEWEST_ANSWERS):
        return Assessment(INSUFFICIENT, can_be_decided=False, required=required, reason=reason)

    start = measured_share(b, n_b, confidence)

    def statuses_with(n: ArrayLike) -> NDArray[np.str_]:
        return statuses(measured_share(x, n, confidence), start, np.asarray(g), elapsed, s, m, short)

    candidates = np.arange(max(FEWEST_ANSWERS, int(np.ceil(n_x))), largest_n + 1)
    needed = settled_from(candidates, statuses_with(candidates)) if candidates.size else None
    if reason:
        return Assessment(
            INSUFFICIENT, needed_n=needed, can_be_decided=needed is not None, required=required, reason=reason
        )
    detectable = float(detectable_change(b, n_b, n_x))
    rules = _Rules(g, elapsed, s, m, short, confidence)
    return _assessment(measured_share(x, n_x, confidence), start, rules, needed, required, detectable)


def assess_counts(
    count: float | None,
    exposure: float,
    baseline_count: float | None,
    baseline_exposure: float,
    target_rate: float,
    elapsed: float,
    direction: int = -1,
    dispersion: float = 1.0,
    margin: float = 0.0,
    comparable: bool = True,
    largest_n: int = LARGEST_N,
    tolerance_rate: float = 0.0,
    confidence: float = CONFIDENCE,
) -> Assessment:
    """Return how a criterion on reported offences stands, by the same rules on the logarithm of the rate.

    Rates are count / exposure; `target_rate` and `tolerance_rate` (how far short of it counts as met) are in the same
    unit; `dispersion` is φ of `rates.dispersion` at the span that is compared; `margin` is a part of the required
    rate (0.05: within 5 % of the line still counts as on track). None, a target of 0, lies infinitely far down a scale
    of ratios: it counts as met when the upper limit lies at or below an agreed rate, the tolerance, or 5 offences where
    none is given, and the way there leads to that rate. A count of 0 stands as one half, with no lower limit; a
    baseline of 0 can carry no ratio and gives "insufficient", unless none is what is to be kept.
    Raises ValueError for anything outside its range, naming it.
    """
    x = one("count", not_negative("count", _none(count)))
    b = one("baseline_count", not_negative("baseline_count", _none(baseline_count)))
    e_x = _given("exposure", positive("exposure", exposure))
    e_b = _given("baseline_exposure", positive("baseline_exposure", baseline_exposure))
    g = _given("target_rate", not_negative("target_rate", target_rate))
    phi = _given("dispersion", at_least("dispersion", dispersion, 1))
    short = _given("tolerance_rate", not_negative("tolerance_rate", tolerance_rate))
    w, s, m = _common(elapsed, direction, margin)
    m = float(np.log1p(m))
    to_none = g == 0
    if to_none:
        g, short = short or NONE_UP_TO / e_x, 0.0
    bound = g - s * short
    reason = (
        _too_little(x, b, comparable)
        or ("zero_baseline" if b == 0 and not to_none else "")
        or ("" if to_none else _wrong_side(g, b / e_b, s))
        or ("nothing_to_reach" if bound <= 0 or (to_none and s > 0) else "")
    )
    required = float((b / e_b) ** (1 - w) * g**w) if comparable and b > 0 else float("nan")
    if reason:
        return Assessment(INSUFFICIENT, can_be_decided=False, required=required, reason=reason)

    line = float(np.log(g))
    rules = _Rules(line, elapsed, s, m, abs(float(np.log(bound)) - line), confidence)
    now, start = measured_rate(x, e_x, phi, confidence), measured_rate(b, e_b, phi, confidence)
    needed = None
    candidates = np.arange(max(1, int(x)), largest_n + 1)
    if x > 0 and candidates.size:
        longer = measured_rate(candidates, candidates / (x / e_x), phi, confidence)
        needed = settled_from(candidates, rules.statuses(longer, start))
    z = norm.ppf(0.975) + norm.ppf(0.8)
    detectable = float("nan")
    if b > 0:
        spread = z * np.sqrt(phi / b * (1 + e_b / e_x))
        detectable = float(np.expm1(spread) if s > 0 else -np.expm1(-spread))
    return _assessment(now, start, rules, needed, required, detectable)


def assess_activity(done: float | None, target: float, elapsed: float, direction: int = 1) -> Assessment:
    """Return how a criterion on something done (evenings, visits) stands; counting needs no interval.

    `done` is the number since the start, which goes from 0 to `target` evenly over the period. With direction
    -1 the target is the most there may be, and passing it cannot be undone. A missing number is
    "insufficient".
    Raises ValueError for negative numbers and elapsed times, and directions other than 1 and -1.
    """
    x = one("done", not_negative("done", _none(done)))
    g = _given("target", not_negative("target", target))
    w, s, _ = _common(elapsed, direction, 0.0)
    required = w * g
    if np.isnan(x):
        return Assessment(INSUFFICIENT, can_be_decided=False, required=required, reason="no_value")
    if s > 0:
        status = MET if x >= g else NOT_MET if elapsed >= 1 else ON_TRACK if x >= required else BEHIND
    else:
        status = NOT_MET if x > g else MET if elapsed >= 1 else ON_TRACK if x <= required else BEHIND
    gap, change = s * (x - required) + 0.0, s * x + 0.0
    moving = "unclear" if x == 0 else "better" if s > 0 else "worse"
    return Assessment(
        status, moving, "", None, True, required, gap, gap, gap, change, change, change, detectable_change=0.0
    )


@dataclass(frozen=True)
class _Rules:
    """What a criterion asks for, on the scale of differences."""

    target: float
    elapsed: float
    direction: float
    margin: float
    tolerance: float
    confidence: float

    def statuses(self, now: Measured, start: Measured) -> NDArray[np.str_]:
        return statuses(now, start, np.asarray(self.target), self.elapsed, self.direction, self.margin, self.tolerance)


def _assessment(
    now: Measured, start: Measured, rules: _Rules, needed: int | None, required: float, detectable: float
) -> Assessment:
    w = min(1.0, rules.elapsed)
    status = str(rules.statuses(now, start))
    gap = beyond(now, start, w * np.asarray(rules.target), 1 - w, rules.direction)
    change = beyond(now, start, np.asarray(0.0), 1.0, rules.direction)
    moving = "better" if change[1] > ROUNDING else "worse" if change[2] < -ROUNDING else "unclear"
    open_ = status == UNDECIDED
    exact_now, exact_start = (Measured(item.point, item.point, item.point) for item in (now, start))
    return Assessment(
        status,
        moving,
        str(rules.statuses(exact_now, exact_start)) if open_ else "",
        needed if open_ else None,
        needed is not None if open_ else True,
        required,
        gap=float(gap[0]),
        gap_low=float(gap[1]),
        gap_high=float(gap[2]),
        change=float(change[0]),
        change_low=float(change[1]),
        change_high=float(change[2]),
        detectable_change=detectable,
        confidence=rules.confidence,
    )


def _wrong_side(target: float, baseline: float, direction: float) -> str:
    """Whether a target asks for worse than there was: it would be met by standing still, and getting worse."""
    return "wrong_side" if direction * (target - baseline) < -ROUNDING else ""


def _none(value: float | None) -> float:
    return float("nan") if value is None else value


def _given(name: str, array: Floats) -> float:
    """Return a number that may not be missing."""
    number = one(name, array)
    if np.isnan(number):
        raise ValueError(f"{name} is missing; allowed: a number")
    return number


def _common(elapsed: float, direction: int, margin: float) -> tuple[float, float, float]:
    """Return (w, s, m) of the rules, checked."""
    w = min(1.0, _given("elapsed", not_negative("elapsed", elapsed)))
    s = _given("direction", directions("direction", direction))
    return w, s, _given("margin", not_negative("margin", margin))


def _too_little(value: float, baseline: float, comparable: bool) -> str:
    if not comparable:
        return "not_comparable"
    return "no_value" if np.isnan(value) else "no_baseline" if np.isnan(baseline) else ""


def _too_few_answers(*n_effs: float) -> str:
    if any(np.isnan(n) for n in n_effs):
        return "unknown_answers"
    return "few_answers" if any(n < FEWEST_ANSWERS for n in n_effs) else ""
