"""LruCache how sure a count of reported offences is, and whether it differs from another period or area.

Counts are whole numbers of 0 or more, exposure is population × time in any unit that is the same on both
sides. Every function works on single numbers and, element by element, on arrays that broadcast together. 0 is
a count; missing is NaN and gives NaN. `dispersion` is φ, how many times more than chance alone the counts
vary; every interval widens by √φ.
"""

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import betainc, betaincinv, gammaincinv, gammaln
from scipy.stats import norm

from analysis.arguments import (
    Figure,
    Floats,
    at_least,
    between,
    like,
    not_negative,
    positive,
    whole,
)

# Byar's approximation from this count on, exact limits below: the switch of the Office for Health
# Improvement.
BYAR_FROM = 10
# Two counts are compared in per cent only where both reach this.
SMALLEST_FOR_PERCENT = 20
# Two probabilities closer than this are the same to the exact test, as in R's binom.test.
SAME_PROBABILITY = 1e-7


def count_interval(count: ArrayLike, confidence: float = 0.95, dispersion: ArrayLike = 1.0) -> tuple[Figure, Figure]:
    """Return (low, high) for the expected number behind a count: exact Poisson below 10, Byar from 10 on.

    Divide both by the exposure for a rate. Overdispersed counts carry the information of count / φ.
    Raises ValueError for negative counts, dispersion below 1 and confidence outside 0–1.
    Source: Breslow & Day (1987), Statistical Methods in Cancer Research II; the switch at 10: Public Health
    England (2018), Technical Guide: Confidence Intervals.
    """
    x, phi = not_negative("count", count), at_least("dispersion", dispersion, 1)
    tail = (1 - between("confidence", confidence, 0, 1)) / 2
    effective = x / phi
    low, high = _byar(effective, tail)
    small = effective < BYAR_FROM
    if small.any():
        exact_low, exact_high = _exact_poisson(np.where(small, effective, np.nan), tail)
        low, high = np.where(small, exact_low, low), np.where(small, exact_high, high)
    return like(low * phi, x, phi), like(high * phi, x, phi)


def rate_ratio(
    count_1: ArrayLike,
    exposure_1: ArrayLike,
    count_2: ArrayLike,
    exposure_2: ArrayLike,
    confidence: float = 0.95,
    dispersion: ArrayLike = 1.0,
) -> tuple[Figure, Figure, Figure, Figure]:
    """Return (ratio, low, high, p_value) of rate 1 over rate 2: the newer period first, the older second.

    Given count_1 + count_2, count_1 is binomial. The interval carries the Clopper–Pearson limits π over to
    π/(1−π)·E₂/E₁; the two-sided p-value adds up every outcome no likelier than the one seen, as R's
    poisson.test does. Under overdispersion the interval rests on counts divided by φ and the p-value on its
    normal score divided by √φ. A ratio over a count of 0 has no upper end and is infinite; with 0 on both
    sides there is no ratio (NaN) and p is 1.
    Raises ValueError for counts that are negative or not whole, exposures not above 0, dispersion below 1
    and confidence outside 0–1.
    Source: Przyborowski & Wilenski (1940), Biometrika 31:313; Lehmann & Romano (2005), Testing Statistical
    Hypotheses, 4.5.
    """
    x1, e1 = not_negative("count_1", count_1), positive("exposure_1", exposure_1)
    x2, e2 = not_negative("count_2", count_2), positive("exposure_2", exposure_2)
    whole("count_1", x1)
    whole("count_2", x2)
    phi = at_least("dispersion", dispersion, 1)
    inputs = (x1, e1, x2, e2, phi)
    x1, e1, x2, e2, phi = np.broadcast_arrays(*inputs)
    tail = (1 - between("confidence", confidence, 0, 1)) / 2
    known = ~np.isnan(x1 + e1 + x2 + e2 + phi)
    counted = known & (x1 + x2 > 0)
    with np.errstate(divide="ignore", invalid="ignore"):
        ratio = np.where(counted, (x1 / e1) / (x2 / e2), np.nan)
        a, b = x1 / phi, x2 / phi
        share_low = np.where(a > 0, betaincinv(a, b + 1, tail), 0.0)
        share_high = np.where(b > 0, betaincinv(a + 1, b, 1 - tail), 1.0)
        low = np.where(counted, share_low / (1 - share_low) * e2 / e1, np.nan)
        high = np.where(counted, share_high / (1 - share_high) * e2 / e1, np.nan)
    p_value = np.full(x1.shape, np.nan)
    p_value[known] = _exact_binomial(x1[known], (x1 + x2)[known], (e1 / (e1 + e2))[known])
    p_value = np.where(phi > 1, 2 * norm.sf(norm.isf(p_value / 2) / np.sqrt(phi)), p_value)
    return like(ratio, *inputs), like(low, *inputs), like(high, *inputs), like(p_value, *inputs)


def percent_allowed(count_1: ArrayLike, count_2: ArrayLike) -> Figure:
    """Return whether a change may be told in per cent: both counts known and at least 20.

    Otherwise the two counts themselves are written. Raises ValueError for negative counts.
    """
    x1, x2 = not_negative("count_1", count_1), not_negative("count_2", count_2)
    allowed = (x1 >= SMALLEST_FOR_PERCENT) & (x2 >= SMALLEST_FOR_PERCENT)
    return allowed if allowed.ndim else bool(allowed)


def overdispersion(counts: ArrayLike, exposure: ArrayLike = 1.0, season: int = 4) -> float:
    """Return φ of one category: how much more than chance its counts differ from a year before.

    `counts` is areas × quarters (oldest first; a single series is one row); NaN, as for mass registrations,
    is left out. Each count and the one `season` quarters earlier are compared with what both would be at one
    common rate; φ is their pooled Pearson χ² over its degrees of freedom, one for each pair. Neighbouring
    years, not the ten-year mean, since a slow trend is no noise. Never below 1; NaN where no two quarters can
    be compared.
    Raises ValueError for negative counts, exposures not above 0, a season below 1 and more than two
    dimensions.
    Source: McCullagh & Nelder (1989), Generalized Linear Models, 2nd ed., 4.5 and 6.2.3.
    """
    x = np.atleast_2d(not_negative("counts", counts))
    if x.ndim > 2:
        raise ValueError(f"counts has {x.ndim} dimensions; allowed: areas × quarters")
    if season < 1:
        raise ValueError(f"season = {season!r} is not allowed; allowed: 1 or more quarters")
    e = np.broadcast_to(positive("exposure", exposure), x.shape)
    older, newer, e_older, e_newer = x[:, :-season], x[:, season:], e[:, :-season], e[:, season:]
    both = older + newer
    usable = both > 0
    if not usable.any():
        return float("nan")
    share = (e_newer / (e_older + e_newer))[usable]
    expected = both[usable] * share
    chi_square = (newer[usable] - expected) ** 2 / (expected * (1 - share))
    return max(1.0, float(np.nanmean(chi_square)))


def _byar(x: Floats, tail: float) -> tuple[Floats, Floats]:
    """Byar's approximation to the Poisson limits."""
    z = norm.isf(tail)
    above_zero = np.where(x > 0, x, np.nan)
    low = x * (1 - 1 / (9 * above_zero) - z / (3 * np.sqrt(above_zero))) ** 3
    return low, (x + 1) * (1 - 1 / (9 * (x + 1)) + z / (3 * np.sqrt(x + 1))) ** 3


def _exact_poisson(x: Floats, tail: float) -> tuple[Floats, Floats]:
    """Exact limits: half the χ² quantiles with 2x and 2x + 2 degrees of freedom."""
    return np.where(x == 0, 0.0, gammaincinv(x, tail)), gammaincinv(x + 1, 1 - tail)


def _log_probability(x: Floats, n: Floats, log_odds: Floats) -> Floats:
    """Binomial log probability of x out of n, up to a term that is the same for every x."""
    logarithm: Floats = x * log_odds - gammaln(x + 1) - gammaln(n - x + 1)
    return logarithm


def _exact_binomial(count: Floats, total: Floats, share: Floats) -> Floats:
    """Two-sided exact binomial p-values: the probability of every outcome no likelier than the one seen."""
    # Mirrored where the count lies above its expectation, so that only the upper end must be searched.
    above = count > total * share
    x, q = np.where(above, total - count, count), np.where(above, 1 - share, share)
    log_odds = np.log(q) - np.log1p(-q)
    seen = _log_probability(x, total, log_odds) + np.log1p(SAME_PROBABILITY)
    # Above the expectation probabilities only fall: bisect for the first outcome that is no likelier.
    low, high = np.ceil(total * q), total + 1
    open_ = np.flatnonzero(low < high)
    while open_.size:
        middle = np.floor((low[open_] + high[open_]) / 2)
        unlikely = _log_probability(middle, total[open_], log_odds[open_]) <= seen[open_]
        high[open_[unlikely]] = middle[unlikely]
        low[open_[~unlikely]] = middle[~unlikely] + 1
        open_ = open_[low[open_] < high[open_]]
    with np.errstate(invalid="ignore"):
        lower_tail = np.where(x >= total, 1.0, betainc(np.maximum(total - x, 1e-300), x + 1, 1 - q))
        upper_tail = np.where(high > total, 0.0, betainc(high, np.maximum(total - high + 1, 1e-300), q))
    at_expectation = x >= total * q
    return np.where(at_expectation, 1.0, np.minimum(lower_tail + upper_tail, 1.0))
