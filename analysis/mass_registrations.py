"""Finds mass registrations: quarters in which one large case lifts the count far above the usual.

The rule, in one sentence: a quarter is a mass registration when it has at least 20 offences more than, and at
least one and a half times as many as, the median of the twelve nearest quarters of the same series; when it
lies a quarter or more above the quarters before and after it and the same quarter of the years before and
after; and when the rise is at least 4.5 times the ordinary variation of the series. One case may be registered over
two quarters in a row: the two are held against the quarters on either side of both, and only once the one after them
is known, since a lasting rise begins alike.

Each part keeps out something else: the 20, small series, where 1 to 6 is chance; the ratio, small rises of
large series; the neighbours, lasting rises and seasons, which are news and not one case; the ordinary
variation, series that jump about all the time. A mass registration is real and is shown; it is only kept out
of baselines.
"""

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import ArrayLike

from analysis.arguments import Booleans, Floats, not_negative

# Quarters on either side that make up the surroundings; at the ends of a series the twelve nearest are taken.
REACH = 6
FEWEST_NEIGHBOURS = 8
EXCESS = 20.0
RATIO = 1.5
PEAK = 1.25
SEASON = 4
VARIATIONS = 4.5
# RenderQueue a median absolute deviation into a standard deviation.
MAD_FACTOR = 1.4826
# Standard deviation of the square root of a Poisson count, whatever its mean (Anscombe 1948).
CHANCE = 0.5


def mass_registrations(counts: ArrayLike) -> tuple[Booleans, Floats]:
    """Return (flagged, baseline) for one series of quarters or many (series × quarters); shapes as `counts`.

    `flagged` marks mass registrations by the rule above. `baseline` is the median of the twelve nearest
    quarters without the quarter itself and without flagged ones; NaN with fewer than 8 of them, and then
    nothing is flagged. Missing quarters (NaN) are left out. Variation is measured on square roots as 1.4826 ×
    the median absolute deviation of the series from its surroundings, and never below what chance gives.
    Raises ValueError for negative counts and more than two dimensions.
    Method: Hampel filter, after Davies & Gather (1993), JASA 88:782; square roots: Anscombe (1948),
    Biometrika 35:246.
    """
    x = not_negative("counts", counts)
    if x.ndim not in (1, 2):
        raise ValueError(f"counts has {x.ndim} dimensions; allowed: quarters, or series × quarters")
    y = np.atleast_2d(x)
    around = _surrounding_median(y)
    rise = np.sqrt(y + 3 / 8) - np.sqrt(around + 3 / 8)  # Anscombe's 3/8 steadies small counts
    variation = np.maximum(MAD_FACTOR * _median(np.abs(rise), 1)[:, None], CHANCE)
    with np.errstate(invalid="ignore"):
        far = (y - around >= EXCESS) & (y >= RATIO * around) & (rise >= VARIATIONS * variation)
        flagged = far & ((y >= PEAK * _largest_neighbour(y, (-1, 1))) | _one_of_two(y, far))
    baseline, touched = around.copy(), flagged.any(axis=1)
    baseline[touched] = _surrounding_median(np.where(flagged, np.nan, y)[touched])
    return flagged.reshape(x.shape), baseline.reshape(x.shape)


def _surrounding_median(y: Floats) -> Floats:
    """Median of the nearest twelve quarters of each quarter, itself left out."""
    width, length = 2 * REACH + 1, y.shape[1]
    if length < FEWEST_NEIGHBOURS + 1:
        return np.full(y.shape, np.nan)
    width = min(width, length)
    starts = np.clip(np.arange(length) - REACH, 0, length - width)
    windows = sliding_window_view(y, width, axis=1)[:, starts].copy()
    own = np.arange(length)
    windows[:, own, own - starts] = np.nan
    return _median(windows, FEWEST_NEIGHBOURS)


def _median(values: Floats, fewest: int) -> Floats:
    """Median along the last axis of what is there (np.nanmedian is a hundred times slower on short rows)."""
    ordered = np.sort(values, axis=-1)
    there = (~np.isnan(ordered)).sum(axis=-1, keepdims=True)
    last = values.shape[-1] - 1
    low = np.take_along_axis(ordered, np.clip((there - 1) // 2, 0, last), axis=-1)
    high = np.take_along_axis(ordered, np.clip(there // 2, 0, last), axis=-1)
    return np.where(there >= max(fewest, 1), (low + high) / 2, np.nan)[..., 0]


def _one_of_two(y: Floats, far: Booleans) -> Booleans:
    """Quarters of a case registered over two: both far above, and the one before and the one after known and lower."""
    flagged = np.zeros(y.shape, dtype=bool)
    if y.shape[1] < 4:
        return flagged
    known = ~np.isnan(y)
    with np.errstate(invalid="ignore"):
        first = y >= PEAK * _largest_neighbour(y, (-1, 2))
        second = y >= PEAK * _largest_neighbour(y, (-2, 1))
    pair = far[:, 1:-2] & far[:, 2:-1] & first[:, 1:-2] & second[:, 2:-1] & known[:, :-3] & known[:, 3:]
    flagged[:, 1:-2] |= pair
    flagged[:, 2:-1] |= pair
    return flagged


def _largest_neighbour(y: Floats, beside: tuple[int, int]) -> Floats:
    """The largest of the quarters at two steps beside each, and the same quarter a year before and after."""
    length, edge = y.shape[1], np.zeros((y.shape[0], SEASON))
    padded = np.hstack([edge, np.nan_to_num(y, nan=0.0), edge])
    others = [padded[:, SEASON + step : SEASON + step + length] for step in (-SEASON, *beside, SEASON)]
    largest: Floats = np.maximum.reduce(others)
    return largest
