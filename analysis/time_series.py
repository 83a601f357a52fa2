"""LruCache whether a series of quarters stepped up or down at a date declared beforehand."""

import warnings
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy.stats import t
from statsmodels.genmod.families import Poisson
from statsmodels.genmod.generalized_linear_model import GLM
from statsmodels.tools.sm_exceptions import PerfectSeparationWarning

from analysis.arguments import Floats, between, not_negative, positive
from analysis.effects import QUARTERS_AFTER, QUARTERS_BEFORE


@dataclass(frozen=True)
class Step:
    """A step in a series as a ratio: 1 is none, 0.8 a fifth lower than trend and seasons led to expect.

    `enough` is False, and the figures NaN, where there are fewer than 8 quarters before or 4 after, or too
    few offences for a fit. `expected` is what trend and seasons alone lead to, one value a quarter.
    """

    enough: bool
    ratio: float
    low: float
    high: float
    p_value: float
    dispersion: float
    quarters_before: int
    quarters_after: int
    expected: Floats
    confidence: float


def interrupted_time_series(
    counts: ArrayLike, start: int, exposure: ArrayLike = 1.0, season: int = 4, confidence: float = 0.95
) -> Step:
    """Return the step at quarter number `start` (0 is the first) of one series: where the initiative began.

    Quasi-Poisson regression of the counts on a constant, a linear trend, `season` seasons and the step, with
    the exposure as offset; limits use φ = Pearson χ²/df, never below 1, and t with the residual degrees of
    freedom. Missing quarters (NaN) are left out. One step, declared beforehand: looking for the best date
    would find one in any series.
    Raises ValueError for negative counts, exposures not above 0, a start outside the series and more than one
    series.
    Source: Bernal, Cummins & Gasparrini (2017), International Journal of Epidemiology 46:348.
    """
    y = not_negative("counts", counts)
    if y.ndim != 1:
        raise ValueError(f"counts has {y.ndim} dimensions; allowed: one series of quarters")
    if not 0 < start < y.size:
        raise ValueError(f"start = {start!r} is not allowed; allowed: 1 to {y.size - 1}, a quarter within the series")
    if season < 1:
        raise ValueError(f"season = {season!r} is not allowed; allowed: 1 or more quarters")
    tail = (1 + between("confidence", confidence, 0, 1)) / 2
    size = np.broadcast_to(positive("exposure", exposure), y.shape)
    time, there = np.arange(y.size, dtype=np.float64), ~np.isnan(y) & ~np.isnan(size)
    before, after = int(there[:start].sum()), int(there[start:].sum())
    design = _design(time, start, season)
    df = int(there.sum()) - design.shape[1]
    # Every season and both sides need an offence, or the model has no finite answer.
    parts = [time < start, time >= start, *(time % season == quarter for quarter in range(season))]
    too_few = before < QUARTERS_BEFORE or after < QUARTERS_AFTER or df < 1
    if too_few or any(y[part & there].sum() == 0 for part in parts):
        nothing = np.full(y.shape, np.nan)
        return Step(False, *(float("nan"),) * 5, before, after, nothing, confidence)
    with warnings.catch_warnings():
        # A series that follows trend and season exactly, as one that never changes does, is no trouble here.
        warnings.simplefilter("ignore", PerfectSeparationWarning)
        fit = GLM(y[there], design[there], family=Poisson(), offset=np.log(size[there])).fit()
    dispersion = max(1.0, float(fit.pearson_chi2) / df)
    step, error = float(fit.params[-1]), float(np.sqrt(fit.cov_params()[-1, -1] * dispersion))
    half = float(t.ppf(tail, df)) * error
    expected = np.exp(design[:, :-1] @ fit.params[:-1]) * size
    return Step(
        True,
        float(np.exp(step)),
        float(np.exp(step - half)),
        float(np.exp(step + half)),
        float(2 * t.sf(abs(step) / error, df)),
        dispersion,
        before,
        after,
        expected,
        confidence,
    )


def _design(time: Floats, start: int, season: int) -> Floats:
    """Columns: constant, trend, seasons but the first, step."""
    seasons = [(time % season == quarter).astype(float) for quarter in range(1, season)]
    step = (time >= start).astype(float)
    return np.column_stack([np.ones(time.size), (time - start) / time.size, *seasons, step])
