"""Answers whether a quarterly series is doing something other than its usual ups and downs.

For quarterly incidents only: never for annual surveys and never for rolling twelve months, where neighbouring
points share nine months and the rules fire on 85–97 % of stable series.
"""

from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray
from scipy.stats import poisson

from analysis.arguments import Booleans, Figure, Floats, like, not_negative, numbers, positive

# Points in a row on one side of the mean, and points in a row that rise or fall. The NHS spreadsheet uses 6;
# at 20 points 7 halves the false alarms.
SHIFT = 7
TREND = 7
# 3 standard errors over the expected moving range of two normal values (d2 = 1.128).
LIMIT_FACTOR = 2.66
D2 = 1.128
# Up to this many points limits are guesswork: none are drawn and no signal is given.
TOO_FEW_POINTS = 12
# Below this mean a count is too skewed for limits that are symmetric about it.
SMALL_MEAN = 5.0
# One-sided chance of a false alarm at a limit, the same as three standard errors give a normal value.
LIMIT_TAIL = 0.00135
SIGNALS = ("", "outside", "shift", "trend", "three_of_three", "two_of_three")


@dataclass(frozen=True)
class Chart:
    """Control charts of many series at once; every array is series × time.

    `mean`, `lower`, `upper` are NaN where a series is too short; `signal` is one of `SIGNALS`; `side` is 1
    where the signal is high or rising, -1 where it is low or falling, 0 without a signal. `used` marks the
    points that count.
    """

    value: Floats
    mean: Floats
    lower: Floats
    upper: Floats
    signal: NDArray[np.str_]
    side: NDArray[np.int_]
    used: Booleans

    def table(self, series: int = 0) -> pd.DataFrame:
        """Return one series as a table: value, mean, lower, upper, signal, side, used; one row a point."""
        names = ("value", "mean", "lower", "upper", "signal", "side", "used")
        return pd.DataFrame({name: getattr(self, name)[series] for name in names})


def xmr(values: ArrayLike, shift: int = SHIFT, trend: int = TREND, exclude: ArrayLike | None = None) -> pd.DataFrame:
    """Return the XmR chart of one series: value, mean, lower, upper, signal, side and used, one row a point.

    Limits are mean ± 2.66 · mean |moving range|. Signals, the first that applies: "outside" the limits ·
    "shift", `shift` points in a row on one side of the mean (one on the mean breaks the run) · "trend",
    `trend` points in a row that rise or fall (a tie breaks it) · "three_of_three" and "two_of_three" points
    beyond two thirds of the way to a limit and within it, where all three lie on the same side of the mean.
    Missing points and those in `exclude` (a bool per point) stay in the table but count nowhere, as though the
    others followed one another. 12 points or fewer: no limits, no signal.
    Raises ValueError for values that are not one series, for run lengths below 3 and for a mask of another
    length.
    Source: Shewhart charts for individuals (Wheeler 1993, Understanding Variation); NHS England, Making Data
    Count.
    """
    return xmr_many(*_one_series("values", values, exclude), shift=shift, trend=trend).table()


def xmr_many(values: ArrayLike, exclude: ArrayLike | None = None, shift: int = SHIFT, trend: int = TREND) -> Chart:
    """Return the XmR charts of many series (series × time) at once; see `xmr`."""
    y, used = _series(values, exclude)
    mean, spread = _mean_and_range(y, used)
    half = LIMIT_FACTOR * spread
    return _chart(y, used, mean, mean - half, mean + half, (shift, trend))


def count_chart(counts: ArrayLike, exclude: ArrayLike | None = None, shift: int = SHIFT, trend: int = TREND) -> Chart:
    """Return the charts that suit quarterly counts (series × time): XmR, or c-limits for means below 5.

    No limit is negative. One set of limits for the whole series; `spc_steps.stepped_chart` moves them and knows
    seasons.
    Under c-limits the only signal is "outside": runs about the mean mean little among counts that are mostly
    0 and 1.
    Raises ValueError as `xmr`, and for negative counts.
    """
    charts = xmr_many(not_negative("counts", counts), exclude, shift, trend)
    charts = replace(charts, lower=np.maximum(charts.lower, 0))
    small = charts.mean[:, 0] < SMALL_MEAN
    if not small.any():
        return charts
    mean = charts.mean[small]
    low, high = c_limits(mean[:, :1])
    lower, upper = np.broadcast_to(low, mean.shape), np.broadcast_to(high, mean.shape)
    exact = _chart(charts.value[small], charts.used[small], mean, lower, upper, None)
    merged = {name: np.array(getattr(charts, name)) for name in ("lower", "upper", "signal", "side")}
    for name, array in merged.items():
        array[small] = getattr(exact, name)
    return Chart(charts.value, charts.mean, used=charts.used, **merged)


def judged(
    value: Floats, used: Booleans, mean: Floats, lower: Floats, upper: Floats, runs: tuple[int, int] | None
) -> tuple[NDArray[np.str_], NDArray[np.int_]]:
    """Return (signal, side) of one series against given limits; `runs`: lengths of shift and trend, or neither."""
    chart = _chart(value[None, :], used[None, :], mean[None, :], lower[None, :], upper[None, :], runs)
    return chart.signal[0], chart.side[0]


def c_limits(mean: ArrayLike) -> tuple[Figure, Figure]:
    """Return (lower, upper) counts between which a Poisson count stays, but for 0.135 % at either end.

    A count is a signal when it is below `lower` or above `upper`. Raises ValueError for negative means.
    Source: Montgomery (2019), Introduction to Statistical Quality Control, 8th ed., 7.3 (probability limits).
    """
    m = not_negative("mean", mean)
    return like(poisson.ppf(LIMIT_TAIL, m), m), like(poisson.isf(LIMIT_TAIL, m), m)


def laney_u(
    counts: ArrayLike,
    exposure: ArrayLike,
    shift: int = SHIFT,
    trend: int = TREND,
    exclude: ArrayLike | None = None,
) -> pd.DataFrame:
    """Return Laney's u′ chart of one series of rates whose population varies; columns as `xmr`.

    u = count / exposure, ū = Σcount / Σexposure, z = (u − ū)/√(ū/exposure); limits ū ± 3·√(ū/exposure)·σ_z,
    where σ_z is the mean moving range of z over 1.128. The lower limit is never below 0. Signals as `xmr`; with a mean
    count below 5 the limits are those of `c_limits` at each population, and "outside" is the only signal.
    Raises ValueError as `xmr`, for negative counts and exposures not above 0.
    Source: Laney (2002), Quality Engineering 14:531 (p′); the u′ chart follows the same construction.
    """
    y, mask = _one_series("counts", not_negative("counts", counts), exclude)
    size = np.broadcast_to(positive("exposure", exposure), y.shape)
    x, used = _series(y, mask)
    used &= ~np.isnan(size)
    rate = x / size
    enough = used.sum(axis=1, keepdims=True) > TOO_FEW_POINTS
    total = np.where(used, x, 0).sum(axis=1, keepdims=True)
    centre = np.where(enough, total / np.where(used, size, 0).sum(axis=1, keepdims=True), np.nan)
    sigma = np.sqrt(centre / size)
    with np.errstate(invalid="ignore"):
        _, spread = _mean_and_range((rate - centre) / sigma, used)
    half = 3 * sigma * spread / D2
    mean = np.broadcast_to(centre, rate.shape)
    if enough.all() and total[0, 0] / used.sum() < SMALL_MEAN:
        low, high = c_limits(mean * size)
        return _chart(rate, used, mean, low / size, high / size, None).table()
    chart = _chart(rate, used, mean, mean - half, mean + half, (shift, trend))
    return replace(chart, lower=np.maximum(chart.lower, 0)).table()


def _one_series(name: str, values: ArrayLike, exclude: ArrayLike | None) -> tuple[Floats, Booleans | None]:
    y = numbers(name, values)
    if y.ndim != 1:
        raise ValueError(f"{name} has {y.ndim} dimensions; allowed: one series")
    return y[None, :], None if exclude is None else np.asarray(exclude, dtype=bool)[None, ...]


def _series(values: ArrayLike, exclude: ArrayLike | None) -> tuple[Floats, Booleans]:
    """Return values (series × time) and which of them count."""
    y = numbers("values", values)
    if y.ndim != 2:
        raise ValueError(f"values has {y.ndim} dimensions; allowed: series × time")
    used = ~np.isnan(y)
    if exclude is not None:
        mask = np.asarray(exclude, dtype=bool)
        if mask.shape != y.shape:
            raise ValueError(f"exclude has shape {mask.shape}; allowed: {y.shape}, one mark a point")
        used &= ~mask
    return y, used


def _closed_up(y: Floats, used: Booleans) -> tuple[Floats, NDArray[np.intp]]:
    """Move the points that count to the front of each row, the rest NaN; and where each came from."""
    if used.all():  # nothing to close up, and sorting is what takes time
        return y, np.broadcast_to(np.arange(y.shape[1]), y.shape)
    order = np.argsort(~used, axis=1, kind="stable")
    return np.take_along_axis(np.where(used, y, np.nan), order, axis=1), order


def _mean_and_range(y: Floats, used: Booleans) -> tuple[Floats, Floats]:
    """Return mean and mean moving range, spread over the row; NaN in rows with too few points."""
    closed, _ = _closed_up(y, used)
    points = used.sum(axis=1, keepdims=True)
    with np.errstate(invalid="ignore", divide="ignore"):
        mean = np.nansum(closed, axis=1, keepdims=True) / points
        spread = np.nansum(np.abs(np.diff(closed, axis=1)), axis=1, keepdims=True) / (points - 1)
    enough = points > TOO_FEW_POINTS
    mean, spread = np.where(enough, mean, np.nan), np.where(enough, spread, np.nan)
    return np.repeat(mean, y.shape[1], axis=1), np.repeat(spread, y.shape[1], axis=1)


def _chart(
    y: Floats, used: Booleans, mean: Floats, lower: Floats, upper: Floats, runs: tuple[int, int] | None
) -> Chart:
    """Find the signals of the points that count; `runs`: lengths of shift and trend, None for neither."""
    with np.errstate(invalid="ignore"):
        outside = used * (np.where(y > upper, 1, 0) - np.where(y < lower, 1, 0))
    sides = [outside] if runs is None else [outside, *_run_rules(y, used, mean, lower, upper, outside, runs)]
    signals = [side != 0 for side in sides]
    signal = np.select(signals, [np.full(y.shape, name) for name in SIGNALS[1 : len(sides) + 1]], default="")
    side = np.select(signals, sides, default=0)
    return Chart(y, mean, lower, upper, signal, side, used)


def _run_rules(
    y: Floats,
    used: Booleans,
    mean: Floats,
    lower: Floats,
    upper: Floats,
    outside: NDArray[np.int_],
    runs: tuple[int, int],
) -> list[NDArray[np.int_]]:
    """Return the side (1, -1 or 0) of every point in a shift, a trend, three and two of three."""
    for name, length in zip(("shift", "trend"), runs, strict=True):
        if length < 3:
            raise ValueError(f"{name} = {length!r} is not allowed; allowed: 3 or more points in a row")
    closed, order = _closed_up(y, used)
    there = ~np.isnan(closed)
    centre, bottom, top, far = (np.take_along_axis(item, order, axis=1) for item in (mean, lower, upper, outside))
    with np.errstate(invalid="ignore"):
        above = np.where(there & ~np.isnan(centre), np.sign(closed - centre), 0)
        step = np.where(there[:, 1:] & ~np.isnan(centre[:, 1:]), np.sign(np.diff(closed, axis=1)), 0)
        warning = (closed > centre + 2 / 3 * (top - centre)).astype(int) - (closed < centre - 2 / 3 * (centre - bottom))
    near = np.where(far == 0, warning, 0)
    rules = [
        _marked(above, runs[0], runs[0], 0),
        _marked(step, runs[1] - 1, runs[1] - 1, 1),
        _marked(near, 3, 3, 0),
        _marked(near, 3, 2, 0, alike=above),
    ]
    back = np.argsort(order, axis=1, kind="stable")
    return [np.take_along_axis(side, back, axis=1) for side in rules]


def _marked(
    sign: NDArray[np.generic], window: int, needed: int, extra: int, alike: NDArray[np.generic] | None = None
) -> NDArray[np.int_]:
    """Mark, with their sign, all points of windows in which `needed` signs agree; steps span `extra` more.

    Where `alike` is given, all of its signs in the window must be that sign too.
    """
    marks = np.zeros((sign.shape[0], sign.shape[1] + extra), dtype=np.int8)
    starts = sign.shape[1] - window + 1
    if starts < 1:
        return marks
    for side in (1, -1):
        agreeing = sum((sign[:, i : i + starts] == side).astype(np.int8) for i in range(window))
        if alike is not None:
            agreeing = agreeing * np.all([alike[:, i : i + starts] == side for i in range(window)], axis=0)
        for offset in range(window + extra):
            # Steps mark the points at either end; a point that disagrees with its window is no part of the
            # signal.
            own = True if extra else sign[:, offset : offset + starts] == side
            np.copyto(marks[:, offset : offset + starts], side, where=(agreeing >= needed) & own)
    return marks
