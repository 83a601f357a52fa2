"""Control limits of quarterly counts that follow the season and move when the level has lastingly shifted.

One mean over ten years puts a signal on nine series out of ten, since few series keep their level for ten years. Here
each quarter is judged against its own season, which is settled when a stretch of limits begins, and when the level
shifts and stays, the limits are calculated anew from where it shifted.
"""

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.stats import nbinom, poisson

from analysis.arguments import Booleans, Floats, at_least, not_negative, one, positive
from analysis.spc import D2, LIMIT_FACTOR, LIMIT_TAIL, SHIFT, SMALL_MEAN, TOO_FEW_POINTS, TREND, judged

# Quarters by which a shift and the season are judged: the first five years of a stretch, or as many as there are.
FIXED = 20
# Quarters that must lie at the new level before limits are calculated anew: enough for limits of their own.
LASTING = TOO_FEW_POINTS + 1
# Standard errors by which the new level must differ from the old.
SURELY = 2.5
SEASON = 4
# So many charts are kept: the series of a release and of the one before.
KEPT = 4096
# Full years from which a season may be known.
YEARS_FOR_SEASON = 3


@dataclass(frozen=True)
class SteppedChart:
    """Control charts of many series at once; every array is series × time.

    `mean`, `lower` and `upper` are counts, NaN where a series is too short; they carry the season, so they go up and
    down with it. `season` is the factor of each quarter (1 where there is none), `step` the number of the stretch of
    limits (0 the first, -1 where there are no limits) and `base` marks the quarters they rest on.
    `signal` and `side` as in `spc.Chart`.
    """

    mean: Floats
    lower: Floats
    upper: Floats
    signal: NDArray[np.str_]
    side: NDArray[np.int_]
    season: Floats
    step: NDArray[np.int_]
    base: Booleans


def stepped_chart(
    counts: ArrayLike,
    exclude: ArrayLike | None = None,
    exposure: ArrayLike | None = None,
    dispersion: ArrayLike = 1.0,
    first_quarter: int = 0,
) -> SteppedChart:
    """Return the control charts of quarterly counts (series × quarters of the calendar, oldest first).

    Limits rest on all quarters of their stretch (12 or fewer have none), the season on its first 20 and at least three
    of each quarter: XmR on counts over their season, or, where the mean lies below 5, the exact limits of a count whose
    variance is `dispersion` (φ, one for each series) times its mean, and then "outside" is the only signal. `exposure`
    (as `counts`) makes both follow the residents. No limit is negative. Where 7 quarters in a row lie on one side of
    the mean and the 13 quarters from there on have a mean more than 2.5 standard errors from that of the first 20,
    limits are calculated anew from the first of them. Missing quarters (NaN) and those in `exclude` count nowhere.
    `first_quarter` is the quarter of the year, 0 to 3, of the first column.
    Raises ValueError for negative counts, exposures not above 0, dispersion below 1 and shapes that do not fit.
    Source: NHS England, Making Data Count (2019): recalculate after a shift that lasts; seasonal factors: ratio to the
    mean, shrunk towards none (James & Stein 1961) by how little they differ from chance.
    """
    y = not_negative("counts", counts)
    if y.ndim != 2:
        raise ValueError(f"counts has {y.ndim} dimensions; allowed: series × quarters")
    used = ~np.isnan(y)
    if exclude is not None:
        used &= ~np.broadcast_to(np.asarray(exclude, dtype=bool), y.shape)
    size = np.ones(y.shape)
    if exposure is not None:
        size = np.broadcast_to(positive("exposure", exposure), y.shape)
        used &= ~np.isnan(size)
    phi = np.broadcast_to(at_least("dispersion", dispersion, 1), y.shape[:1])
    quarter = (np.arange(y.shape[1]) + first_quarter) % SEASON
    charts = [
        _remembered(
            y[row].tobytes(),
            used[row].tobytes(),
            size[row].tobytes(),
            float(phi[row]),
            quarter.astype(np.int64).tobytes(),
        )
        for row in range(len(y))
    ]
    names = ("mean", "lower", "upper", "signal", "side", "season", "step", "base")
    if not charts:
        nothing = np.full(y.shape, np.nan)
        flat = np.zeros(y.shape, dtype=int)
        return SteppedChart(*(nothing,) * 3, np.full(y.shape, "", dtype="<U14"), flat, nothing, flat - 1, flat == 1)
    return SteppedChart(**{name: np.vstack([chart[name] for chart in charts]) for name in names})


def seasonal_factors(counts: ArrayLike, exposure: ArrayLike, quarter: ArrayLike, dispersion: float = 1.0) -> Floats:
    """Return the four factors of a year, mean 1: how far each quarter usually lies above or below the year.

    1 for all with fewer than 3 of any quarter. Observed over expected of each quarter, drawn towards 1 by the part of
    their χ² that chance with dispersion φ would give. Raises ValueError for negative counts and dispersion below 1.
    """
    x, e = not_negative("counts", counts), positive("exposure", exposure)
    phi, of = one("dispersion", at_least("dispersion", dispersion, 1)), np.asarray(quarter)
    times = np.bincount(of, minlength=SEASON)
    rate = x.sum() / e.sum() if x.size else 0.0
    if times.min() < YEARS_FOR_SEASON or rate == 0:
        return np.ones(SEASON)
    expected = np.bincount(of, weights=e, minlength=SEASON) * rate
    observed = np.bincount(of, weights=x, minlength=SEASON)
    chi_square = float(((observed - expected) ** 2 / expected).sum())
    kept = max(0.0, 1 - (SEASON - 1) * phi / chi_square) if chi_square else 0.0
    factors: Floats = 1 + kept * (observed / expected - 1)
    return factors / factors.mean()


@dataclass(frozen=True)
class _Limits:
    """Rate per exposure, factors of the season and the spread of what is divided by both."""

    rate: float
    factors: Floats
    spread: float


@lru_cache(maxsize=KEPT)
def _remembered(y: bytes, used: bytes, size: bytes, phi: float, quarter: bytes) -> dict[str, NDArray[Any]]:
    """The chart of one series, whose arrays come as bytes; the same series of several audiences is judged once."""
    series, exposure = np.frombuffer(y), np.frombuffer(size)
    return _one(series, np.frombuffer(used, dtype=bool), exposure, phi, np.frombuffer(quarter, dtype=np.int64))


def _one(y: Floats, used: Booleans, size: Floats, phi: float, quarter: NDArray[np.int_]) -> dict[str, NDArray[Any]]:
    """The chart of one series."""
    length = y.size
    out: dict[str, NDArray[Any]] = {
        **{name: np.full(length, np.nan) for name in ("mean", "lower", "upper")},
        "signal": np.full(length, "", dtype="<U14"), "side": np.zeros(length, dtype=int),
        "season": np.ones(length), "step": np.full(length, -1), "base": np.zeros(length, dtype=bool),
    }  # fmt: skip
    places = np.flatnonzero(used)
    if places.size <= TOO_FEW_POINTS:
        return out
    x, e, q = y[places], size[places], quarter[places]
    starts, of_stretch = _stretches(x, e, q, phi)
    edges = [0, *(int(places[start]) for start in starts[1:]), length]
    for number, limits in enumerate(of_stretch):
        here = slice(edges[number], edges[number + 1])
        mean = limits.rate * size[here] * limits.factors[quarter[here]]
        value, counted = y[here], used[here]
        if limits.rate * e.mean() < SMALL_MEAN:
            lower, upper = _count_limits(mean, phi)
            signal, side = judged(value, counted, mean, lower, upper, None)
        else:
            # Laney's construction where residents vary; XmR's own where they do not.
            half = LIMIT_FACTOR * limits.spread * np.sqrt(mean)
            lower, upper = np.maximum(mean - half, 0), mean + half
            scaled = (value - mean) / np.sqrt(mean)
            edge = np.full(mean.size, LIMIT_FACTOR * limits.spread)
            signal, side = judged(scaled, counted, np.zeros(mean.size), -edge, edge, (SHIFT, TREND))
        for name, values in (("mean", mean), ("lower", lower), ("upper", upper), ("signal", signal), ("side", side)):
            out[name][here] = values
        out["season"][here], out["step"][here] = limits.factors[quarter[here]], number
    out["base"][places] = True
    return out


def _stretches(x: Floats, e: Floats, q: NDArray[np.int_], phi: float) -> tuple[list[int], list[_Limits]]:
    """Where each stretch of limits begins (places among the points that count), and its limits."""
    starts: list[int] = [0]
    of_stretches: list[_Limits] = []
    season: Floats | None = None
    while True:
        start = starts[-1]
        first = slice(start, start + FIXED)
        limits = _limits(x[first], e[first], q[first], phi)
        if season is not None and (limits.factors == 1).all():
            # A stretch too short to show its season has that of the one before.
            limits = _limits(x[first], e[first], q[first], phi, season)
        again = _shift(x[start:], e[start:], q[start:], limits)
        whole = slice(start, None if again is None else start + again)
        of_stretches.append(_limits(x[whole], e[whole], q[whole], phi, limits.factors))
        if again is None:
            return starts, of_stretches
        starts.append(start + again)
        season = limits.factors


def _limits(x: Floats, e: Floats, q: NDArray[np.int_], phi: float, factors: Floats | None = None) -> _Limits:
    """Limits from some quarters, with their own season or a given one."""
    rate = float(x.sum() / e.sum())
    season = seasonal_factors(x, e, q, phi) if factors is None else factors
    if rate == 0:
        return _Limits(0.0, season, 0.0)
    expected = rate * e * season[q]
    scaled = (x - expected) / np.sqrt(expected)
    return _Limits(rate, season, float(np.abs(np.diff(scaled)).mean()))


def _shift(x: Floats, e: Floats, q: NDArray[np.int_], limits: _Limits) -> int | None:
    """The first point of a shift that lasts, None without one."""
    expected = limits.rate * e * limits.factors[q]
    side = np.sign(x - expected)
    spread = max(limits.spread / D2, 1e-9)
    for first in range(LASTING, x.size - LASTING + 1):
        run = side[first : first + SHIFT]
        if run[0] == 0 or (run != run[0]).any() or side[first - 1] == run[0]:
            continue
        after = slice(first, first + LASTING)
        excess = float((x[after] - expected[after]).sum())
        based = min(FIXED, first)
        error = spread * np.sqrt(float(expected[after].sum()) * (1 + LASTING / based))
        if excess * run[0] > SURELY * error:
            return _began((x - expected) / np.sqrt(expected), first)
    return None


def _began(away: Floats, first: int) -> int:
    """Where a shift that shows from `first` on began: a run may open with points that were low or high by chance."""
    level = away[first + SHIFT : first + LASTING].mean()
    candidates = range(first, min(first + SHIFT, away.size - LASTING) + 1)
    window = slice(first, first + LASTING)
    old, new = away**2, (away - level) ** 2
    misfit = [old[window][: index - first].sum() + new[window][index - first :].sum() for index in candidates]
    return candidates[int(np.argmin(misfit))]


def _count_limits(mean: Floats, phi: float) -> tuple[Floats, Floats]:
    """Exact limits of counts with variance φ·mean: Poisson, or negative binomial where φ > 1."""
    m = np.maximum(mean, 1e-12)
    if phi <= 1:
        return poisson.ppf(LIMIT_TAIL, m), poisson.isf(LIMIT_TAIL, m)
    size, chance = m / (phi - 1), 1 / phi
    return nbinom.ppf(LIMIT_TAIL, size, chance), nbinom.isf(LIMIT_TAIL, size, chance)
