"""Borrows strength for small areas: a model that draws each area's own figure towards its likes.

The area's own figure is the verdict; what is found here stands beside it and is called a model.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy.stats import norm

from analysis.arguments import Floats, between, numbers, positive

FEWEST_AREAS = 5
ITERATIONS = 200
CONVERGED = 1e-10
DRAWS = 4000
SEED = 20
# Standard deviations between areas that are tried: so many, up to so many times what is seen.
STEPS = 200
FURTHEST = 5


@dataclass(frozen=True)
class Modelled:
    """Fay–Herriot estimates of areas, as arrays of areas.

    `model` lies between the area's own figure and `leans_on`, what the model expects of it; `weight` is the part of its
    own figure in it. `error` is the root mean squared error, `low` and `high` the limits it gives. `between` is the
    variance between areas that the covariates leave. `enough` is False, and the figures NaN, with fewer than 5 areas
    or no more areas than covariates.
    """

    enough: bool
    model: Floats
    error: Floats
    low: Floats
    high: Floats
    weight: Floats
    leans_on: Floats
    coefficients: Floats
    between: float
    areas: int


def fay_herriot(
    estimate: ArrayLike, variance: ArrayLike, covariates: ArrayLike | None = None, confidence: float = 0.95
) -> Modelled:
    """Return the model's estimates of one figure of many areas; areas with a missing figure are left out (NaN).

    `variance` is the sampling variance of each estimate, taken as known; `covariates` (areas × number) are what areas
    are expected to follow besides a common level. The variance between areas is found by restricted maximum
    likelihood (Fisher scoring), the mean squared error by Prasad & Rao's second-order formula for it.
    Raises ValueError for variances not above 0, inputs of different length and confidence outside 0–1.
    Source: Fay & Herriot (1979), JASA 74:269; Rao & Molina (2015), Small Area Estimation, 2nd ed., 6.1–6.2.
    """
    y, v = numbers("estimate", estimate), positive("variance", variance)
    x = np.ones((y.size, 1))
    if covariates is not None:
        x = np.column_stack([x, numbers("covariates", covariates).reshape(y.size, -1)])
    if y.ndim != 1 or v.shape != y.shape:
        raise ValueError(f"estimate has shape {y.shape}, variance {v.shape}; allowed: one list of each, equally long")
    quantile = float(norm.ppf((1 + between("confidence", confidence, 0, 1)) / 2))
    known = ~np.isnan(y + v) & ~np.isnan(x).any(axis=1)
    number, columns = int(known.sum()), x.shape[1]
    nothing = np.full(y.shape, np.nan)
    if number < FEWEST_AREAS or number <= columns:
        return Modelled(False, *(nothing,) * 6, np.full(columns, np.nan), float("nan"), number)
    spread = _between(y[known], v[known], x[known])
    total = spread + v[known]
    covariance = np.linalg.inv((x[known] / total[:, None]).T @ x[known])
    beta = covariance @ (x[known].T @ (y[known] / total))
    expected, weight = x[known] @ beta, spread / total
    model = weight * y[known] + (1 - weight) * expected
    # How unsure the mean of the model is, and how unsure the variance between areas: counted twice as its bias too.
    of_mean = (1 - weight) ** 2 * np.einsum("ip,pq,iq->i", x[known], covariance, x[known])
    of_variance = v[known] ** 2 / total**3 * 2 / (1 / total**2).sum()
    error = np.sqrt(weight * v[known] + of_mean + 2 * of_variance)

    def spread_out(values: Floats) -> Floats:
        filled = nothing.copy()
        filled[known] = values
        return filled

    return Modelled(
        True,
        spread_out(model),
        spread_out(error),
        spread_out(model - quantile * error),
        spread_out(model + quantile * error),
        spread_out(weight),
        spread_out(expected),
        beta,
        float(spread),
        number,
    )


def chance_of_being_last(estimate: ArrayLike, error: ArrayLike, direction: int = 1) -> Floats:
    """Return how likely each area is truly the worst of all: a rank that is not told with it says too much.

    `direction` is 1 where more is better. Truths are drawn, by a fixed seed, from what estimates and errors leave
    likely where areas vary normally about a common mean, neither the mean nor the variation known: estimates spread
    wider than truths, and by themselves make ranks too sure. The standard deviation between areas has a flat prior. A
    missing estimate takes no part (NaN); with fewer than five areas nothing is known of how they vary (all NaN).
    Raises ValueError for errors not above 0.
    Source: Marshall & Spiegelhalter (1998), BMJ 316:1701 (ranks with their uncertainty); Rao & Molina (2015), Small
    Area Estimation, 2nd ed., 10.3 (the hierarchical model); Gelman (2006), Bayesian Analysis 1:515 (the prior).
    """
    y, e = numbers("estimate", estimate), positive("error", error)
    known = ~np.isnan(y + e)
    chance = np.full(y.shape, np.nan)
    if known.sum() >= FEWEST_AREAS:
        worst = np.argmin(_likely_truths(y[known], e[known] ** 2) * direction, axis=1)
        chance[known] = np.bincount(worst, minlength=int(known.sum())) / DRAWS
    return chance


def _likely_truths(y: Floats, v: Floats) -> Floats:
    """True figures of the areas given their estimates and sampling variances, as draws × areas."""
    furthest = FURTHEST * (y.std(ddof=1) + np.sqrt(v.max()))
    between_areas = ((np.arange(STEPS) + 0.5) / STEPS * furthest) ** 2
    precision = 1 / (between_areas[:, None] + v)
    whole = precision.sum(axis=1)
    mean = precision @ y / whole
    away = (precision * (y - mean[:, None]) ** 2).sum(axis=1)
    likelihood = 0.5 * (np.log(precision).sum(axis=1) - np.log(whole) - away)
    likely = np.cumsum(np.exp(likelihood - likelihood.max()))
    step = np.searchsorted(likely / likely[-1], (np.arange(DRAWS) + 0.5) / DRAWS)
    draw = np.random.default_rng(SEED)
    common = draw.normal(mean[step], 1 / np.sqrt(whole[step]))[:, None]
    own = between_areas[step][:, None] * precision[step]
    truths: Floats = draw.normal(own * y + (1 - own) * common, np.sqrt(own * v))
    return truths


def _between(y: Floats, v: Floats, x: Floats) -> float:
    """Variance between areas by restricted maximum likelihood; never below 0."""
    variance = float(np.median(v))
    for _ in range(ITERATIONS):
        inverse = np.diag(1 / (variance + v))
        projected = inverse - inverse @ x @ np.linalg.inv(x.T @ inverse @ x) @ x.T @ inverse
        score = -0.5 * np.trace(projected) + 0.5 * float(y @ projected @ projected @ y)
        information = 0.5 * float(np.trace(projected @ projected))
        moved = max(0.0, variance + score / information)
        if abs(moved - variance) < CONVERGED:
            return moved
        variance = moved
    return variance
