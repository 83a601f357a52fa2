"""Answers how sure a count of reported offences is, and whether it differs from another period or area.

Counts are whole numbers of 0 or more, exposure is population × time in any unit that is the same on both
sides. Every function works on single numbers and, element by element, on arrays that broadcast together. 0 is
a count; missing is NaN and gives NaN. `dispersion` is φ, how many times more than chance alone the counts
vary; every interval widens by √φ.
"""

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import betainc, betaincinv, gammaincinv
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
# The smallest p-value told: a test never says that chance is impossible, and 0 has no logarithm.
SMALLEST_P = float(np.finfo(np.float64).tiny)


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
    π/(1−π)·E₂/E₁, and the two-sided p-value is that interval turned round: twice the smaller tail, 1 minus the highest
    confidence at which the interval leaves out 1. So p < 0.05 exactly where the 95 % interval leaves out 1, at every
    dispersion. Under overdispersion both rest on counts divided by φ, and all is computed on logarithms. A ratio over
    a count of 0 has no upper end and is infinite; with 0 on both sides there is no ratio (NaN) and p is 1.
    Raises ValueError for counts that are negative or not whole, exposures not above 0, dispersion below 1
    and confidence outside 0–1.
    Source: Przyborowski & Wilenski (1940), Biometrika 31:313; central intervals and their p-values: Fay (2010),
    Biostatistics 11:373.
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
        log_size = np.log(e2) - np.log(e1)
        a, b = x1 / phi, x2 / phi
        ratio = np.where(counted, np.exp(np.log(x1) - np.log(x2) + log_size), np.nan)
        low = np.where(counted, np.exp(_log_odds(a, b + 1, tail) + log_size), np.nan)
        # The upper limit is the lower one with the two sides exchanged.
        high = np.where(counted, np.exp(log_size - _log_odds(b, a + 1, tail)), np.nan)
        share = e1 / (e1 + e2)
        tails = _upper_tail(a, b + 1, share), _upper_tail(b, a + 1, 1 - share)
    p_value = np.where(counted, np.clip(2 * np.minimum(*tails), SMALLEST_P, 1.0), np.where(known, 1.0, np.nan))
    return like(ratio, *inputs), like(low, *inputs), like(high, *inputs), like(p_value, *inputs)


def percent_allowed(count_1: ArrayLike, count_2: ArrayLike) -> Figure:
    """Return whether a change may be told in per cent: both counts known and at least 20.

    Otherwise the two counts themselves are written. Raises ValueError for negative counts.
    """
    x1, x2 = not_negative("count_1", count_1), not_negative("count_2", count_2)
    allowed = (x1 >= SMALLEST_FOR_PERCENT) & (x2 >= SMALLEST_FOR_PERCENT)
    return allowed if allowed.ndim else bool(allowed)


def dispersion(counts: ArrayLike, exposure: ArrayLike = 1.0, season: int = 4, span: int = 1) -> tuple[float, int]:
    """Return (φ, degrees of freedom): how much more than chance a category's counts differ from those before.

    `counts` is areas × periods of the calendar (oldest first; a single series is one row); NaN, as for mass
    registrations and periods without rows, is left out. `span` periods in a row are taken together, and each such sum
    is compared with the one `season` periods earlier: span 1 and season 4 for quarters, 4 and 4 for years, 8 and 8 for
    two-year windows. φ is the pooled Pearson χ² of what both would be at one common rate over its degrees of freedom,
    one for each pair. Sums that share periods are compared all the same, since all pairs are better than some; the
    degrees of freedom are those of the pairs that share none. Neighbouring years, not the ten-year mean, since a slow
    trend is no noise. Never below 1; NaN where no two can be compared.
    Raises ValueError for negative counts, exposures not above 0, a season or span below 1, a span longer than the
    season, and more than two dimensions.
    Source: McCullagh & Nelder (1989), Generalized Linear Models, 2nd ed., 4.5 and 6.2.3.
    """
    x = np.atleast_2d(not_negative("counts", counts))
    if x.ndim > 2:
        raise ValueError(f"counts has {x.ndim} dimensions; allowed: areas × quarters")
    if season < 1:
        raise ValueError(f"season = {season!r} is not allowed; allowed: 1 or more quarters")
    if not 1 <= span <= season:
        raise ValueError(f"span = {span!r} is not allowed; allowed: 1 to the season, {season}")
    e = np.broadcast_to(positive("exposure", exposure), x.shape)
    if x.shape[1] < span + season:
        return float("nan"), 0
    x, e = _sums(x, span), _sums(e, span)
    older, newer, e_older, e_newer = x[:, :-season], x[:, season:], e[:, :-season], e[:, season:]
    both = older + newer
    usable = both > 0
    if not usable.any():
        return float("nan"), 0
    share = (e_newer / (e_older + e_newer))[usable]
    expected = both[usable] * share
    chi_square = (newer[usable] - expected) ** 2 / (expected * (1 - share))
    known = ~np.isnan(chi_square)
    if not known.any():
        return float("nan"), 0
    return max(1.0, float(chi_square[known].mean())), max(1, int(known.sum()) // span)


def _sums(x: Floats, span: int) -> Floats:
    """Sums of `span` columns in a row; NaN where one is missing."""
    width = x.shape[1] - span + 1
    return sum((x[:, index : index + width] for index in range(1, span)), x[:, :width].copy())


def _byar(x: Floats, tail: float) -> tuple[Floats, Floats]:
    """Byar's approximation to the Poisson limits."""
    z = norm.isf(tail)
    above_zero = np.where(x > 0, x, np.nan)
    low = x * (1 - 1 / (9 * above_zero) - z / (3 * np.sqrt(above_zero))) ** 3
    return low, (x + 1) * (1 - 1 / (9 * (x + 1)) + z / (3 * np.sqrt(x + 1))) ** 3


def _exact_poisson(x: Floats, tail: float) -> tuple[Floats, Floats]:
    """Exact limits: half the χ² quantiles with 2x and 2x + 2 degrees of freedom."""
    return np.where(x == 0, 0.0, gammaincinv(x, tail)), gammaincinv(x + 1, 1 - tail)


def _log_odds(a: Floats, b: Floats, tail: float) -> Floats:
    """Logarithm of the odds at the lower Clopper–Pearson limit; −∞ for a count of 0."""
    share, rest = betaincinv(a, b, tail), betaincinv(b, a, 1 - tail)
    return np.where(a > 0, np.log(share) - np.log(rest), -np.inf)


def _upper_tail(a: Floats, b: Floats, share: Floats) -> Floats:
    """Probability of at least `a` (counts over φ) where the true share is `share`; 1 for a count of 0."""
    return np.where(a > 0, betainc(np.where(a > 0, a, 1.0), b, share), 1.0)
