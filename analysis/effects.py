"""Answers whether an area with an initiative changed more than others, and what that answer is worth.

Nothing here says that an initiative caused anything: a difference from other areas may have other
explanations.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import ndtr, ndtri, stdtr, stdtrit
from scipy.stats import chi2

from analysis.arguments import Floats, at_least, between, not_negative, numbers, one, positive

# Comparison areas it takes for a comparison: where each has some 300 cases, with three a true fall of 30 % is found in
# one case of seven, with five in seven of ten; with 100, in one of five. `comparison_power` tells it of any number.
FEWEST_COMPARISON_AREAS = 5
# Comparison areas it takes to see at all how much areas differ by themselves; with one, noise passes for effect.
FEWEST_FOR_DISPERSION = 2
# More areas than this are not to be had for a comparison.
MOST_COMPARISON_AREAS = 50
# Equally likely values that an estimated dispersion is taken to have.
DRAWS = 200
# Quarters it takes to know an area's own trend and seasons, before and after.
QUARTERS_BEFORE = 8
QUARTERS_AFTER = 4


@dataclass(frozen=True)
class RatioEffect:
    """The area's change as a part of the comparison areas' change: 1 is no difference, below 1 a larger fall.

    NaN where a count of 0 leaves no ratio. `dispersion` is φ, how many times more than chance alone the
    comparison areas' changes differ; 1 where there is only one of them, and then the interval takes chance
    alone into account.
    """

    ratio: float
    low: float
    high: float
    p_value: float
    dispersion: float
    comparison_areas: int
    confidence: float


@dataclass(frozen=True)
class DisplacementEffect:
    """Offences fewer (negative) or more than expected, in the area and next to it taken together."""

    difference: float
    standard_error: float
    z: float
    p_value: float
    low: float
    high: float
    confidence: float


def ratio_of_rate_ratios(
    before: float,
    after: float,
    comparison_before: ArrayLike,
    comparison_after: ArrayLike,
    confidence: float = 0.95,
) -> RatioEffect:
    """Return (after/before) of an area over the same ratio of its comparison areas taken together.

    Counts over periods that are the same for all areas; one entry per comparison area. Standard error of the
    logarithm √(φ·Σ1/x), where φ is the Pearson χ² of comparison area × period over J − 1, never below 1, and
    limits use t(J − 1); with one comparison area φ is 1 and limits are normal.
    Raises ValueError for negative or missing counts, other lengths, no comparison area and confidence outside
    0–1.
    Source: log ratio and its variance, Farrington et al. (2007), Victims and Offenders 2:125; quasi-Poisson
    φ, McCullagh & Nelder (1989), 4.5. Plain Poisson limits give 31–34 % false positives on overdispersed
    counts.
    """
    x0, x1 = _count("before", before), _count("after", after)
    c0, c1 = _counts("comparison_before", comparison_before), _counts("comparison_after", comparison_after)
    if c0.shape != c1.shape or c0.size == 0:
        raise ValueError(f"comparison_after has {c1.size} areas, comparison_before {c0.size}; allowed: the same areas")
    tail = (1 + between("confidence", confidence, 0, 1)) / 2
    areas, totals = int(c0.size), np.array([x0, x1, c0.sum(), c1.sum()])
    dispersion = _dispersion(c0, c1)
    if (totals == 0).any():
        return RatioEffect(*(float("nan"),) * 4, dispersion, areas, confidence)
    log_ratio = np.log(totals[1] / totals[0]) - np.log(totals[3] / totals[2])
    error = np.sqrt(dispersion * (1 / totals).sum())
    known = areas >= FEWEST_FOR_DISPERSION
    # The functions beneath the distributions of SciPy, which take a hundred times as long to ask for one number.
    quantile = stdtrit(areas - 1, tail) if known else ndtri(tail)
    score = abs(log_ratio) / error
    p_value = 2 * (stdtr(areas - 1, -score) if known else ndtr(-score))
    low, high = np.exp(log_ratio - quantile * error), np.exp(log_ratio + quantile * error)
    return RatioEffect(float(np.exp(log_ratio)), float(low), float(high), float(p_value), dispersion, areas, confidence)


def weighted_displacement_difference(
    comparison: ArrayLike,
    treated: ArrayLike,
    comparison_nearby: ArrayLike = (0, 0),
    treated_nearby: ArrayLike = (0, 0),
    confidence: float = 0.95,
    comparison_size: float = 1.0,
    dispersion: float = 1.0,
    comparison_areas: int | None = None,
) -> DisplacementEffect:
    """Return the net change of an area and its surroundings, less their comparison; counts (before, after).

    (ΔT − k·ΔC) + (ΔTn − k·ΔCn), where k is `comparison_size`: how many times as large (in residents, say) the
    treated places are as the comparison, 1 where they are alike. The standard error is the square root of the
    sum of all eight counts, those of the comparison times k², times √φ where `dispersion` is φ. With φ = 1 counts
    are taken for Poisson, and under overdispersion the interval is too narrow: a second opinion beside
    `ratio_of_rate_ratios`. Where φ was estimated from J `comparison_areas`, limits and p-value use t(J − 1).
    Raises ValueError for anything but two counts of 0 or more, a size not above 0, dispersion below 1, fewer than two
    comparison areas and confidence outside 0–1.
    Source: Wheeler & Ratcliffe (2018), Crime Science 7:11; the variance of a count times a constant for k.
    """
    k = one("comparison_size", positive("comparison_size", comparison_size))
    names = ("comparison", "treated", "comparison_nearby", "treated_nearby")
    pairs = [
        _counts(name, value)
        for name, value in zip(names, (comparison, treated, comparison_nearby, treated_nearby), strict=True)
    ]
    for name, pair in zip(names, pairs, strict=True):
        if pair.shape != (2,):
            raise ValueError(f"{name} = {pair.tolist()} is not allowed; allowed: two counts, before and after")
    c, x, cn, xn = (float(pair[1] - pair[0]) for pair in pairs)
    difference = x + xn - k * (c + cn)
    weights = (k**2, 1.0, k**2, 1.0)
    phi = one("dispersion", at_least("dispersion", dispersion, 1))
    error = float(np.sqrt(phi * sum(weight * pair.sum() for weight, pair in zip(weights, pairs, strict=True))))
    if comparison_areas is not None and comparison_areas < FEWEST_FOR_DISPERSION:
        raise ValueError(f"comparison_areas = {comparison_areas!r} is not allowed; allowed: 2 or more, or None")
    tail = (1 + between("confidence", confidence, 0, 1)) / 2
    z = difference / error if error else 0.0
    if comparison_areas is None:
        half, p_value = float(ndtri(tail)) * error, float(2 * ndtr(-abs(z)))
    else:
        half = float(stdtrit(comparison_areas - 1, tail)) * error
        p_value = float(2 * stdtr(comparison_areas - 1, -abs(z)))
    return DisplacementEffect(difference, error, z, p_value, difference - half, difference + half, confidence)


def comparison_power(
    before: float, comparison_before: float, comparison_areas: int, ratio: float = 0.7, dispersion: float = 1.0
) -> float:
    """Return how likely `ratio_of_rate_ratios` is to find a true ratio at 5 %, with some comparison areas.

    `before` is the area's expected count before, `comparison_before` that of one comparison area; periods of one
    length. Averaged over what the dispersion of that many areas may turn out as, never below 1.
    Raises ValueError for counts and ratios not above 0, dispersion below 1 and fewer than two areas.
    """
    x, c = (
        one("before", positive("before", before)),
        one("comparison", positive("comparison_before", comparison_before)),
    )
    r, phi = one("ratio", positive("ratio", ratio)), one("dispersion", at_least("dispersion", dispersion, 1))
    if comparison_areas < FEWEST_FOR_DISPERSION:
        raise ValueError(f"comparison_areas = {comparison_areas!r} is not allowed; allowed: 2 or more")
    degrees = comparison_areas - 1
    error = np.sqrt(phi * (1 / x + 1 / (r * x) + 2 / (comparison_areas * c)))
    dispersions = np.maximum(1.0, phi * chi2.ppf((np.arange(DRAWS) + 0.5) / DRAWS, degrees) / degrees)
    edge = float(stdtrit(degrees, 0.975)) * np.sqrt(dispersions / phi)
    shift = abs(float(np.log(r))) / error
    return float((ndtr(shift - edge) + ndtr(-edge - shift)).mean())


def comparison_areas_needed(
    before: float, comparison_before: float, ratio: float = 0.7, dispersion: float = 1.0, power: float = 0.8
) -> int | None:
    """Return the fewest comparison areas, 5 or more, with which a true ratio is found with `power`; None if no number.

    Raises ValueError as `comparison_power`.
    """
    for areas in range(FEWEST_COMPARISON_AREAS, MOST_COMPARISON_AREAS + 1):
        if comparison_power(before, comparison_before, areas, ratio, dispersion) >= power:
            return areas
    return None


def placebo_rank(effect: float, placebo_effects: ArrayLike) -> tuple[int, float]:
    """Return (rank, p_value) of an effect among those of areas where nothing was done; 1 is the largest.

    p = rank / (J + 1), so that with J areas it can never be below 1/(J + 1); ties count against the area.
    Effects are differences or logarithms of ratios, 0 being none. Raises ValueError for missing effects and
    no placebo area.
    Source: Abadie, Diamond & Hainmueller (2010), JASA 105:493.
    """
    own, others = (
        one("effect", numbers("effect", effect)),
        np.atleast_1d(numbers("placebo_effects", placebo_effects)),
    )
    if np.isnan(own) or np.isnan(others).any() or others.size == 0:
        raise ValueError(f"effect = {own:g}, placebo_effects = {others.tolist()}; allowed: known effects, not none")
    rank = 1 + int((np.abs(others) >= abs(own)).sum())
    return rank, rank / (others.size + 1)


def evidence_level(quarters_before: int, quarters_after: int, comparison_areas: int = 0) -> int:
    """Return the Maryland scale level, 1 to 3, that the figures behind a statement reach.

    3: before and after beside at least five comparison areas. 2: the area's own trend and seasons are known,
    from 8 quarters before and 4 after. 1: a plain before and after, which cannot say why. Levels 4 and 5 take
    an experiment.
    Raises ValueError where there is no quarter before or after, and for negative numbers.
    Source: Sherman et al. (1997), Preventing Crime, ch. 2; What Works Centre for Local Economic Growth
    (2016), Scoring Guide.
    """
    for name, value, least in (
        ("quarters_before", quarters_before, 1),
        ("quarters_after", quarters_after, 1),
        ("comparison_areas", comparison_areas, 0),
    ):
        if value < least:
            raise ValueError(f"{name} = {value!r} is not allowed; allowed: {least} or more")
    if comparison_areas >= FEWEST_COMPARISON_AREAS:
        return 3
    return 2 if quarters_before >= QUARTERS_BEFORE and quarters_after >= QUARTERS_AFTER else 1


def _count(name: str, value: float) -> float:
    return float(_counts(name, value)[0])


def _counts(name: str, value: ArrayLike) -> Floats:
    counts = np.atleast_1d(not_negative(name, value))
    if np.isnan(counts).any():
        raise ValueError(f"{name} holds a missing count; allowed: counts of 0 or more")
    return counts


def _dispersion(before: Floats, after: Floats) -> float:
    """Pearson χ² of area × period among the comparison areas over J − 1; never below 1."""
    both = before + after
    if before.size < FEWEST_FOR_DISPERSION or before.sum() == 0 or after.sum() == 0:
        return 1.0
    share = after.sum() / both.sum()
    there = both > 0
    chi_square = ((after[there] - both[there] * share) ** 2 / (both[there] * share * (1 - share))).sum()
    return max(1.0, float(chi_square) / (before.size - 1))
