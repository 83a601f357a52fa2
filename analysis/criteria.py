"""Decides how a success criterion stands: met, on track, behind, or not to be decided on these figures.

One ordered set of rules for all criteria; only the figures' uncertainty differs: survey shares (Wilson
limits), counts (Poisson limits, on log scale) and activities (counted, so exact). All intervals are 90 %
two-sided, which makes every single decision a one-sided 5 % test. Intervals of gap and change: MOVER, Zou &
Donner (2008), Statistics in Medicine 27:1693. Where the truth lies exactly on a bound, a decision falls on
the wrong side at most 6 % of the time over waves of 100 or more answers that vary a little in size, for true
shares of 50–90 %; single unlucky sizes reach 7 %, and above 95 % they reach 9 %, since shares of few answers
come in steps.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.stats import norm

from analysis.arguments import Booleans, Floats, at_least, directions, not_negative, one, positive, shares
from analysis.proportions import FEWEST_ANSWERS, detectable_change, interval
from analysis.rates import count_interval

MET = "met"
NOT_MET = "not_met"
UNDECIDED = "undecided"
WORSENING = "worsening"
ON_TRACK = "on_track"
BEHIND = "behind"
INSUFFICIENT = "insufficient"
STATUSES = (MET, NOT_MET, UNDECIDED, WORSENING, ON_TRACK, BEHIND, INSUFFICIENT)
# Why there is too little to go on.
REASONS = ("not_comparable", "no_value", "no_baseline", "zero_baseline", "unknown_answers", "few_answers")

CONFIDENCE = 0.90
# Where limits meet a bound exactly, rounding in the last digit must not decide.
ROUNDING = 1e-12
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
    required, change: figure minus baseline, both counted so that positive is good, with 90 % limits; NaN
    where they cannot be said. detectable_change: the smallest change the two samples would show with 80 %
    power. reason: why the basis is insufficient, one of `REASONS`, otherwise "".
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


@dataclass(frozen=True)
class Measured:
    """A figure with its limits on the scale where differences are taken; arrays that broadcast together."""

    point: Floats
    low: Floats
    high: Floats


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
    required = (1 - w) * b + w * g if comparable else float("nan")
    reason = _too_little(x, b, comparable) or _too_few_answers(n_x, n_b)
    # With too few answers only in the newest wave, it can still be said how many would do.
    if reason and (reason != "few_answers" or n_b < FEWEST_ANSWERS):
        return Assessment(INSUFFICIENT, can_be_decided=False, required=required, reason=reason)

    start = measured_share(b, n_b)

    def statuses_with(n: ArrayLike) -> NDArray[np.str_]:
        return statuses(measured_share(x, n), start, np.asarray(g), elapsed, s, m)

    candidates = np.arange(max(FEWEST_ANSWERS, int(np.ceil(n_x))), largest_n + 1)
    needed = _settled_from(candidates, statuses_with(candidates)) if candidates.size else None
    if reason:
        return Assessment(
            INSUFFICIENT, needed_n=needed, can_be_decided=needed is not None, required=required, reason=reason
        )
    detectable = float(detectable_change(b, n_b, n_x))
    return _assessment(measured_share(x, n_x), start, g, elapsed, s, m, needed, required, detectable)


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
) -> Assessment:
    """Return how a criterion on reported offences stands, by the same rules on the logarithm of the rate.

    Rates are count / exposure; `target_rate` is in the same unit and above 0; `dispersion` is φ of
    `rates.overdispersion`; `margin` is a part of the required rate (0.05: within 5 % of the line still counts
    as on track). A count of 0 stands as one half, with no lower limit; a baseline of 0 can carry no ratio and
    gives "insufficient".
    Raises ValueError for anything outside its range, naming it.
    """
    x = one("count", not_negative("count", _none(count)))
    b = one("baseline_count", not_negative("baseline_count", _none(baseline_count)))
    e_x = _given("exposure", positive("exposure", exposure))
    e_b = _given("baseline_exposure", positive("baseline_exposure", baseline_exposure))
    g = _given("target_rate", positive("target_rate", target_rate))
    phi = _given("dispersion", at_least("dispersion", dispersion, 1))
    w, s, m = _common(elapsed, direction, margin)
    m = float(np.log1p(m))
    reason = _too_little(x, b, comparable) or ("zero_baseline" if b == 0 else "")
    required = float((b / e_b) ** (1 - w) * g**w) if comparable and b > 0 else float("nan")
    if reason:
        return Assessment(INSUFFICIENT, can_be_decided=False, required=required, reason=reason)

    now, start = measured_rate(x, e_x, phi), measured_rate(b, e_b, phi)
    needed = None
    candidates = np.arange(max(1, int(x)), largest_n + 1)
    if x > 0 and candidates.size:
        longer = measured_rate(candidates, candidates / (x / e_x), phi)
        needed = _settled_from(candidates, statuses(longer, start, np.log(g), elapsed, s, m))
    z = norm.ppf(0.975) + norm.ppf(0.8)
    spread = z * np.sqrt(phi / b * (1 + e_b / e_x))
    detectable = float(np.expm1(spread) if s > 0 else -np.expm1(-spread))
    return _assessment(now, start, float(np.log(g)), elapsed, s, m, needed, required, detectable)


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


def measured_share(share: ArrayLike, n_eff: ArrayLike) -> Measured:
    """Return shares with their 90 % Wilson limits."""
    low, high = interval(share, n_eff, CONFIDENCE)
    return Measured(np.asarray(share, dtype=float), np.asarray(low), np.asarray(high))


def measured_rate(count: ArrayLike, exposure: ArrayLike, dispersion: ArrayLike = 1.0) -> Measured:
    """Return the logarithms of rates with their 90 % count limits; a count of 0 stands as one half."""
    x, e = np.asarray(count, dtype=float), np.asarray(exposure, dtype=float)
    low, high = count_interval(x, CONFIDENCE, dispersion)
    with np.errstate(divide="ignore"):
        return Measured(np.log(np.where(x == 0, 0.5, x) / e), np.log(low / e), np.log(high / e))


def statuses(
    now: Measured, start: Measured, target: ArrayLike, elapsed: float, direction: float, margin: float
) -> NDArray[np.str_]:
    """Return the status of many measurements of one criterion at once, by the ordered rules 1 to 6."""
    g, w = np.asarray(target, dtype=float), min(1.0, elapsed)
    _, target_low, target_high = _beyond(now, start, g, 0.0, direction)
    _, gap_low, gap_high = _beyond(now, start, w * g, 1 - w, direction)
    _, _, change_high = _beyond(now, start, np.asarray(0.0), 1.0, direction)
    met: Booleans = target_low >= -ROUNDING
    if elapsed >= 1:
        return np.select([met, target_high < -ROUNDING], [MET, NOT_MET], default=UNDECIDED)
    return np.select(
        [met, change_high < -ROUNDING, gap_low >= -margin - ROUNDING, gap_high < -ROUNDING],
        [MET, WORSENING, ON_TRACK, BEHIND],
        default=UNDECIDED,
    )


def _beyond(now: Measured, start: Measured, line: Floats, k: float, direction: float) -> tuple[Floats, Floats, Floats]:
    """Return (point, low, high) of direction · (now − k·start − line), by MOVER."""
    d = now.point - k * start.point - line
    down, up = k * (start.high - start.point), k * (start.point - start.low)
    low, high = d - np.hypot(now.point - now.low, down), d + np.hypot(now.high - now.point, up)
    return (d, low, high) if direction > 0 else (-d, -high, -low)


def _assessment(
    now: Measured,
    start: Measured,
    target: float,
    elapsed: float,
    direction: float,
    margin: float,
    needed: int | None,
    required: float,
    detectable: float,
) -> Assessment:
    w = min(1.0, elapsed)
    g = np.asarray(target)
    status = str(statuses(now, start, g, elapsed, direction, margin))
    gap = _beyond(now, start, w * g, 1 - w, direction)
    change = _beyond(now, start, np.asarray(0.0), 1.0, direction)
    moving = "better" if change[1] > ROUNDING else "worse" if change[2] < -ROUNDING else "unclear"
    open_ = status == UNDECIDED
    exact_now, exact_start = (Measured(item.point, item.point, item.point) for item in (now, start))
    return Assessment(
        status,
        moving,
        str(statuses(exact_now, exact_start, g, elapsed, direction, margin)) if open_ else "",
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
    )


def _settled_from(candidates: NDArray[np.int_], found: NDArray[np.str_]) -> int | None:
    """Return the first candidate from which on every one is settled, None where the last is not."""
    open_ = np.flatnonzero(found == UNDECIDED)
    if open_.size == 0:
        return int(candidates[0])
    return None if open_[-1] == candidates.size - 1 else int(candidates[open_[-1] + 1])


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
