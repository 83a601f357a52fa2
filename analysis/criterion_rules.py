"""The ordered rules that decide how a success criterion stands, from figures with limits on the scale of differences.

Judged once, all intervals are 90 % two-sided, which makes the decision a one-sided 5 % test. A criterion that is judged
at every wave shares those 5 % over its life: waves are samples of their own, so the parts add up. Intervals of gap and
change: MOVER, Zou & Donner (2008), Statistics in Medicine 27:1693.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from analysis.arguments import Booleans, Floats
from analysis.proportions import interval
from analysis.rates import count_interval

MET = "met"
NOT_MET = "not_met"
UNDECIDED = "undecided"
WORSENING = "worsening"
ON_TRACK = "on_track"
BEHIND = "behind"
INSUFFICIENT = "insufficient"
STATUSES = (MET, NOT_MET, UNDECIDED, WORSENING, ON_TRACK, BEHIND, INSUFFICIENT)

CONFIDENCE = 0.90
# The error that all looks at a criterion share, one-sided, and what of it may be spent before the deadline.
ERROR = 0.05
ERROR_UNDERWAY = 0.02
# Where limits meet a bound exactly, rounding in the last digit must not decide.
ROUNDING = 1e-12


def spent(elapsed: float) -> float:
    """Return how much of the error has been spent when a part of the time to the deadline has gone.

    In proportion to the time up to 2 percentage points; the look at the deadline has the rest of the five, and all
    five where there was none before it. Raises ValueError for negative times.
    Source: Lan & DeMets (1983), Biometrika 70:659; the function is this dashboard's own.
    """
    if not elapsed >= 0:
        raise ValueError(f"elapsed = {elapsed!r} is not allowed; allowed: 0 or more")
    return ERROR if elapsed >= 1 else ERROR_UNDERWAY * elapsed


def look_confidence(elapsed: float, before: float) -> float:
    """Return the two-sided confidence of a look at `elapsed`, the one before it having been at `before`.

    Raises ValueError for negative times and for a look that is not after the one before it.
    """
    part = spent(elapsed) - spent(before)
    if not part > 0:
        raise ValueError(f"before = {before!r} is not allowed; allowed: before the look, {elapsed!r}, and the deadline")
    return 1 - 2 * part


@dataclass(frozen=True)
class Measured:
    """A figure with its limits on the scale where differences are taken; arrays that broadcast together."""

    point: Floats
    low: Floats
    high: Floats


def measured_share(share: ArrayLike, n_eff: ArrayLike, confidence: float = CONFIDENCE) -> Measured:
    """Return shares with their Wilson limits."""
    low, high = interval(share, n_eff, confidence)
    return Measured(np.asarray(share, dtype=float), np.asarray(low), np.asarray(high))


def measured_rate(
    count: ArrayLike, exposure: ArrayLike, dispersion: ArrayLike = 1.0, confidence: float = CONFIDENCE
) -> Measured:
    """Return the logarithms of rates with their count limits; a count of 0 stands as one half."""
    x, e = np.asarray(count, dtype=float), np.asarray(exposure, dtype=float)
    low, high = count_interval(x, confidence, dispersion)
    with np.errstate(divide="ignore"):
        return Measured(np.log(np.where(x == 0, 0.5, x) / e), np.log(low / e), np.log(high / e))


def statuses(
    now: Measured,
    start: Measured,
    target: ArrayLike,
    elapsed: float,
    direction: float,
    margin: float,
    tolerance: float = 0.0,
) -> NDArray[np.str_]:
    """Return the status of many measurements of one criterion at once, by the ordered rules 1 to 6.

    `tolerance` is how far short of the target still counts as having met it, on the scale of differences; underway it
    grows with the time that has gone, so that nobody is behind on the way to what will be met.
    """
    g, w = np.asarray(target, dtype=float), min(1.0, elapsed)
    _, target_low, target_high = beyond(now, start, g, 0.0, direction)
    _, gap_low, gap_high = beyond(now, start, w * g, 1 - w, direction)
    _, _, change_high = beyond(now, start, np.asarray(0.0), 1.0, direction)
    met: Booleans = target_low >= -tolerance - ROUNDING
    if elapsed >= 1:
        return np.select([met, target_high < -tolerance - ROUNDING], [MET, NOT_MET], default=UNDECIDED)
    allowed = w * tolerance
    return np.select(
        [
            met,
            change_high < -ROUNDING,
            gap_low >= -max(margin, allowed) - ROUNDING,
            gap_high < -allowed - ROUNDING,
        ],
        [MET, WORSENING, ON_TRACK, BEHIND],
        default=UNDECIDED,
    )


def beyond(now: Measured, start: Measured, line: Floats, k: float, direction: float) -> tuple[Floats, Floats, Floats]:
    """Return (point, low, high) of direction · (now − k·start − line), by MOVER."""
    d = now.point - k * start.point - line
    # A baseline that counts for nothing has no limits either, not even infinite ones.
    down, up = (k * (start.high - start.point), k * (start.point - start.low)) if k else (0.0, 0.0)
    low, high = d - np.hypot(now.point - now.low, down), d + np.hypot(now.high - now.point, up)
    return (d, low, high) if direction > 0 else (-d, -high, -low)


def settled_from(candidates: NDArray[np.int_], verdicts: NDArray[np.str_]) -> int | None:
    """Return the first candidate from which on every one is settled, None where the last is not."""
    open_ = np.flatnonzero(verdicts == UNDECIDED)
    if open_.size == 0:
        return int(candidates[0])
    return None if open_[-1] == candidates.size - 1 else int(candidates[open_[-1] + 1])
