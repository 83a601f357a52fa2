"""Answers whether a series of quarters stepped up or down at a date declared beforehand."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy.stats import t

from analysis.arguments import Booleans, Floats, between, not_negative, positive
from analysis.effects import QUARTERS_AFTER, QUARTERS_BEFORE

ITERATIONS = 50
CONVERGED = 1e-10
ROUNDING = 1e-12
# The least eigenvalue of scaled information that still says something of every parameter.
SINGULAR = 1e-10


@dataclass(frozen=True)
class Step:
    """A step in a series as a ratio: 1 is none, 0.8 a fifth lower than trend and seasons led to expect.

    `enough` is False, and the figures NaN, where there are fewer than 8 quarters before or 4 after, or too
    few offences for a fit. `expected` is what trend and seasons alone lead to, one value a quarter. `dispersion` is φ
    of the quarters about the fit, `carried_over` how many times neighbouring quarters that follow one another widen
    the variance of the step further (1 where they do not).
    """

    enough: bool
    ratio: float
    low: float
    high: float
    p_value: float
    dispersion: float
    carried_over: float
    quarters_before: int
    quarters_after: int
    expected: Floats
    confidence: float


@dataclass(frozen=True)
class Steps:
    """The steps of many series at once, as in `Step`; NaN where a series has not enough."""

    log_ratio: Floats
    error: Floats
    p_value: Floats
    dispersion: Floats
    carried_over: Floats
    degrees: Floats
    expected: Floats


def interrupted_time_series(
    counts: ArrayLike,
    start: int,
    exposure: ArrayLike = 1.0,
    season: int = 4,
    confidence: float = 0.95,
    harmonics: int = 0,
) -> Step:
    """Return the step at quarter number `start` (0 is the first) of one series: where the initiative began.

    Quasi-Poisson regression of the counts on a constant, a linear trend, `season` seasons (or that many pairs of
    `harmonics` of a season) and the step, with the exposure as offset. The variance of the step is widened by
    φ = Pearson χ²/df, never below 1, and, where quarters follow the one before them, by (1 + r)/(1 − r), r being their
    autocorrelation one quarter apart with its small-sample bias put back; limits use t with the residual degrees of
    freedom. Missing quarters (NaN) are left out. One step, declared beforehand: looking for the best date would find
    one in any series.
    Raises ValueError for negative counts, exposures not above 0, a start outside the series and more than one
    series.
    Source: Bernal, Cummins & Gasparrini (2017), International Journal of Epidemiology 46:348; autocorrelation of
    order 1: Cochrane & Orcutt (1949), JASA 44:32; its bias: Kendall (1954), Biometrika 41:403.
    """
    y = not_negative("counts", counts)
    if y.ndim != 1:
        raise ValueError(f"counts has {y.ndim} dimensions; allowed: one series of quarters")
    tail = (1 + between("confidence", confidence, 0, 1)) / 2
    size = np.broadcast_to(positive("exposure", exposure), y.shape)
    there = ~np.isnan(y) & ~np.isnan(size)
    fitted = steps(y[None, :], start, size[None, :], season, harmonics)
    before, after = int(there[:start].sum()), int(there[start:].sum())
    log_ratio, error = float(fitted.log_ratio[0]), float(fitted.error[0])
    half = float(t.ppf(tail, fitted.degrees[0])) * error
    return Step(
        not np.isnan(log_ratio),
        float(np.exp(log_ratio)),
        float(np.exp(log_ratio - half)),
        float(np.exp(log_ratio + half)),
        float(fitted.p_value[0]),
        float(fitted.dispersion[0]),
        float(fitted.carried_over[0]),
        before,
        after,
        fitted.expected[0],
        confidence,
    )


def steps(counts: ArrayLike, start: int, exposure: ArrayLike = 1.0, season: int = 4, harmonics: int = 0) -> Steps:
    """Return the steps at quarter `start` of many series (series × quarters) at once; see `interrupted_time_series`."""
    y = not_negative("counts", counts)
    if y.ndim != 2:
        raise ValueError(f"counts has {y.ndim} dimensions; allowed: series × quarters")
    length = y.shape[1]
    if not 0 < start < length:
        raise ValueError(f"start = {start!r} is not allowed; allowed: 1 to {length - 1}, a quarter within the series")
    if season < 1:
        raise ValueError(f"season = {season!r} is not allowed; allowed: 1 or more quarters")
    size = np.broadcast_to(positive("exposure", exposure), y.shape)
    there = ~np.isnan(y) & ~np.isnan(size)
    time = np.arange(length, dtype=np.float64)
    design = _design(time, start, season, harmonics)
    enough = _enough(y, there, start, 1 if harmonics else season, design.shape[1])
    nothing = np.full(len(y), np.nan)
    whole = np.full(y.shape, np.nan)
    if not enough.any():
        return Steps(nothing, nothing, nothing, nothing, nothing, nothing, whole)
    mask = there[enough].astype(float)
    x = np.where(there[enough], y[enough], 0.0)
    offset = np.log(np.where(there[enough], size[enough], 1.0))
    params, covariance, mean = _fit(x, design, offset, mask)
    degrees = mask.sum(axis=1) - design.shape[1]
    residual = mask * (x - mean) / np.sqrt(mean)
    dispersion = np.maximum(1.0, (residual**2).sum(axis=1) / degrees)
    carried = _carried_over(residual, mask, design.shape[1])
    error = np.sqrt(covariance[:, -1, -1] * dispersion * carried)
    log_ratio = params[:, -1]
    whole[enough] = np.exp(params[:, :-1] @ design[:, :-1].T) * size[enough]

    def spread(values: Floats) -> Floats:
        filled = nothing.copy()
        filled[enough] = values
        return filled

    p_value = 2 * t.sf(np.abs(log_ratio) / error, degrees)
    return Steps(
        spread(log_ratio), spread(error), spread(p_value), spread(dispersion), spread(carried), spread(degrees), whole
    )


def _enough(y: Floats, there: Booleans, start: int, season: int, columns: int) -> Booleans:
    """The series that are long enough and have an offence in every season and on both sides."""
    time = np.arange(y.shape[1])
    seen = np.where(there, y, 0)
    parts = [time < start, time >= start, *(time % season == quarter for quarter in range(season))]
    some: Booleans = np.all([seen[:, part].sum(axis=1) > 0 for part in parts], axis=0)
    before, after = there[:, :start].sum(axis=1), there[:, start:].sum(axis=1)
    enough: Booleans = (before >= QUARTERS_BEFORE) & (after >= QUARTERS_AFTER) & (before + after > columns)
    return enough & some


def _design(time: Floats, start: int, season: int, harmonics: int) -> Floats:
    """Columns: constant, trend, seasons but the first (or harmonics), step."""
    if harmonics:
        angle = 2 * np.pi * time / season
        seasons = [wave(k * angle) for k in range(1, harmonics + 1) for wave in (np.sin, np.cos)]
    else:
        seasons = [(time % season == quarter).astype(float) for quarter in range(1, season)]
    step = (time >= start).astype(float)
    return np.column_stack([np.ones(time.size), (time - start) / time.size, *seasons, step])


def _fit(x: Floats, design: Floats, offset: Floats, mask: Floats) -> tuple[Floats, Floats, Floats]:
    """Poisson regression of every row on one design by Fisher scoring: parameters, covariance, expected counts.

    All NaN for a row that no finite parameters fit best: one whose counts of 0 let an effect grow without end.
    """
    level = np.log(x.sum(axis=1) / (mask * np.exp(offset)).sum(axis=1))
    params = np.zeros((len(x), design.shape[1]))
    params[:, 0] = level
    for _ in range(ITERATIONS):
        mean = np.exp(np.clip(params @ design.T + offset, -50, 50))
        information, unbounded = _information(mask * mean, design)
        move = np.linalg.solve(information, ((mask * (x - mean)) @ design)[..., None])[..., 0]
        move[unbounded] = 0.0
        params = params + np.clip(move, -5, 5)
        if np.abs(move).max() < CONVERGED:
            break
    mean = np.exp(np.clip(params @ design.T + offset, -50, 50))
    information, unbounded = _information(mask * mean, design)
    covariance = np.asarray(np.linalg.inv(information), dtype=np.float64)
    params[unbounded], covariance[unbounded], mean[unbounded] = np.nan, np.nan, np.nan
    return params, covariance, mean


def _information(weights: Floats, design: Floats) -> tuple[Floats, Booleans]:
    """Fisher's information of every row, and the rows that have none on some parameter (given the identity instead)."""
    information = np.einsum("mt,tp,tq->mpq", weights, design, design)
    # Scaled to a diagonal of ones, it is singular because of what cannot be told apart, not because counts are few.
    scale = np.sqrt(np.einsum("mpp->mp", information))
    scaled = information / (scale[:, :, None] * scale[:, None, :])
    unbounded = np.linalg.eigvalsh(scaled)[:, 0] < SINGULAR
    information[unbounded] = np.eye(design.shape[1])
    return information, unbounded


def _carried_over(residual: Floats, mask: Floats, columns: int) -> Floats:
    """How much autocorrelation one quarter apart widens the variance; 1 where neighbours do not follow each other."""
    pairs = mask[:, 1:] * mask[:, :-1]
    number = mask.sum(axis=1)
    variance = (residual**2).sum(axis=1) / number
    together = (residual[:, 1:] * residual[:, :-1] * pairs).sum(axis=1) / np.maximum(pairs.sum(axis=1), 1)
    # What is left of a series that follows trend and season exactly is rounding.
    plain = np.divide(together, variance, out=np.full_like(variance, -1.0), where=variance > ROUNDING)
    # A fit takes up some of what neighbours share, and a short series shows less of it than there is.
    r = np.clip((number * plain + columns) / np.maximum(number - 3, 1), 0.0, 0.9)
    widened: Floats = (1 + r) / (1 - r)
    return widened
