"""Answers how sure a survey share is, whether two shares differ, and how many answers it takes to tell.

Shares lie in [0, 1]; `n` is unweighted answers and `n_eff = n / deff` effective answers. Every function works
on single numbers and, element by element, on arrays that broadcast together; a missing share or n gives NaN.
"""

import numpy as np
from numpy.typing import ArrayLike
from scipy.stats import norm

from analysis.arguments import (
    Booleans,
    Figure,
    Floats,
    between,
    like,
    not_negative,
    numbers,
    one,
    positive,
    shares,
)
from analysis.thresholds import FEWEST_ANSWERS

ASSUMED_DESIGN_EFFECT = 1.5
# Half-widths (A, B, C) of the 95 % interval; from the last on, the figure is not shown.
HALF_WIDTHS = (0.05, 0.10, 0.15)
# Published tables of detectable change are in tenths of a percentage point; the power is never promised
# downwards.
CHANGE_STEP = 0.001
# Beyond this many standard errors a two-sided p-value is 0 in double precision.
LARGEST_Z = 40.0
BISECTIONS = 48


def interval(share: ArrayLike, n_eff: ArrayLike, confidence: float = 0.95) -> tuple[Figure, Figure]:
    """Return Wilson's score interval (low, high) of a share, both inside [0, 1].

    Raises ValueError for shares outside 0–1, n_eff not above 0 and confidence outside 0–1.
    Source: Wilson (1927), JASA 22:209; recommended by Newcombe (1998), Statistics in Medicine 17:857.
    """
    p, n = shares("share", share), positive("n_eff", n_eff)
    low, high = _wilson(p, n, _two_sided_z(confidence))
    return like(low, p, n), like(high, p, n)


def difference(
    share_1: ArrayLike, n_eff_1: ArrayLike, share_2: ArrayLike, n_eff_2: ArrayLike, confidence: float = 0.95
) -> tuple[Figure, Figure, Figure]:
    """Return (difference, low, high) of share 1 minus share 2 for two independent samples.

    Newcombe's hybrid score interval, without continuity correction, on effective answers. Where an n_eff is
    missing the difference stands without limits. Raises ValueError as `interval`.
    Source: Newcombe (1998b), Statistics in Medicine 17:873, method 10.
    """
    p1, n1, p2, n2 = _two_samples(share_1, n_eff_1, share_2, n_eff_2)
    d, low, high = _newcombe(p1, n1, p2, n2, _two_sided_z(confidence))
    return like(d, p1, n1, p2, n2), like(low, p1, n1, p2, n2), like(high, p1, n1, p2, n2)


def difference_p_value(share_1: ArrayLike, n_eff_1: ArrayLike, share_2: ArrayLike, n_eff_2: ArrayLike) -> Figure:
    """Return the two-sided p-value that goes with `difference`.

    It is Newcombe's interval turned round: 1 minus the highest confidence at which the interval still leaves
    out 0. So p < 0.05 exactly where the 95 % interval leaves out 0, and no sentence can contradict its own
    interval.
    Raises ValueError as `interval`.
    """
    p1, n1, p2, n2 = np.broadcast_arrays(*_two_samples(share_1, n_eff_1, share_2, n_eff_2))
    lower_z, upper_z = np.zeros(p1.shape), np.full(p1.shape, LARGEST_Z)
    for _ in range(BISECTIONS):
        z = (lower_z + upper_z) / 2
        _, low, high = _newcombe(p1, n1, p2, n2, z)
        leaves_out_zero = (low > 0) | (high < 0)
        lower_z = np.where(leaves_out_zero, z, lower_z)
        upper_z = np.where(leaves_out_zero, upper_z, z)
    p_value = np.where(np.isnan(p1 + p2 + n1 + n2), np.nan, 2 * norm.sf(lower_z))
    return like(p_value, p1)


def quality(share: ArrayLike, n: ArrayLike, n_eff: ArrayLike) -> Figure:
    """Return how far a share can be relied on: "A", "B", "C" or "D" (array in, array out).

    By half-width of the 95 % interval: A at most 5 percentage points, B at most 10, C below 15. D, not shown:
    fewer than 30 answers, fewer than 30 effective answers, or full width of 30 points or more. A share that
    is missing, or whose n_eff is unknown, has no interval to judge and gets "". Raises ValueError as
    `interval`.
    """
    p, answers, effective = np.broadcast_arrays(
        shares("share", share), not_negative("n", n), not_negative("n_eff", n_eff)
    )
    usable = effective > 0
    low, high = _wilson(p, np.where(usable, effective, np.nan), _two_sided_z(0.95))
    half = (high - low) / 2
    too_few = (answers < FEWEST_ANSWERS) | (effective < FEWEST_ANSWERS)
    a, b, c = (half <= HALF_WIDTHS[0], half <= HALF_WIDTHS[1], half < HALF_WIDTHS[2])
    grade = np.select([too_few, np.isnan(half), a, b, c], ["D", "", "A", "B", "C"], default="D")
    return grade if grade.ndim else str(grade)


def detectable_change(share: ArrayLike, n_eff_1: ArrayLike, n_eff_2: ArrayLike, power: float = 0.8) -> Figure:
    """Return the smallest change between two waves that a two-sided 5 % test finds with probability `power`.

    Counted from `share` towards one half, where a change is hardest to see, and rounded up to a tenth of a
    percentage point. NaN where no change inside [0, 1] could be found. Raises ValueError as `interval`, and
    for power outside 0–1.
    Method: the root d of d² = (z₀.₉₇₅ + z_power)²·(p(1−p)/n₁ + q(1−q)/n₂) with q = p − d (Fleiss, Levin &
    Paik 2003, Statistical Methods for Rates and Proportions, 3rd ed., ch. 4, unpooled variance).
    """
    p, n1, n2 = shares("share", share), positive("n_eff_1", n_eff_1), positive("n_eff_2", n_eff_2)
    p_far = np.maximum(p, 1 - p)
    z2 = (norm.ppf(0.975) + norm.ppf(between("power", power, 0, 1))) ** 2
    a, b = 1 + z2 / n2, -z2 * (2 * p_far - 1) / n2
    c = -z2 * p_far * (1 - p_far) * (1 / n1 + 1 / n2)
    d = (-b + np.sqrt(b * b - 4 * a * c)) / (2 * a)
    steps = np.ceil(np.round(d / CHANGE_STEP, 9)) * CHANGE_STEP
    return like(np.where(d > p_far, np.nan, np.round(steps, 3)), p, n1, n2)


def n_needed(share: ArrayLike, change: ArrayLike, power: float = 0.8) -> Figure:
    """Return the effective answers each of two equal waves needs to find `change` share points.

    The mirror of `detectable_change`, rounded up to a whole answer; never below 30. NaN where the changed
    share would fall outside [0, 1]. Raises ValueError as `detectable_change`, and where the change is 0.
    """
    p, d = shares("share", share), np.abs(numbers("change", change))
    if (d == 0).any():
        raise ValueError("change = 0 is not allowed; allowed: any difference from 0")
    p_far = np.maximum(p, 1 - p)
    q = np.where(d > p_far, np.nan, p_far - d)
    z2 = (norm.ppf(0.975) + norm.ppf(between("power", power, 0, 1))) ** 2
    answers = np.ceil(np.round(z2 * (p_far * (1 - p_far) + q * (1 - q)) / d**2, 9))
    return like(np.maximum(answers, FEWEST_ANSWERS), p, d)


def effective_n(
    n: ArrayLike, n_eff: ArrayLike, deff: ArrayLike, half_width: ArrayLike, share: ArrayLike
) -> tuple[Figure, Figure]:
    """Return (n_eff, basis): effective answers, and what they rest on.

    basis: "given" (published n_eff) · "deff" (n over the design effect) · "interval" (from a published 95 %
    half-width e: z²p(1−p)/e²) · "assumed" (n over 1.5, and every place that shows the figure says so) ·
    "unknown" (n_eff is NaN).
    Raises ValueError for shares outside 0–1 and for n_eff, deff or half-widths not above 0.
    Source of effective answers: Kish (1965), Survey Sampling.
    """
    answers, given = not_negative("n", n), positive("n_eff", n_eff)
    design, half, p = positive("deff", deff), positive("half_width", half_width), shares("share", share)
    z = _two_sided_z(0.95)
    by_design, by_half, by_habit = (
        answers / design,
        z**2 * p * (1 - p) / half**2,
        answers / ASSUMED_DESIGN_EFFECT,
    )
    # No answers carry no information, and a half-width around 0 or 1 says nothing about n.
    cases: list[tuple[str, Floats]] = [
        ("given", given),
        ("deff", by_design),
        ("interval", by_half),
        ("assumed", by_habit),
    ]
    known: list[Booleans] = [candidate > 0 for _, candidate in cases]
    shape = np.broadcast_shapes(*(item.shape for item in (answers, given, design, half, p)))
    known = [np.broadcast_to(item, shape) for item in known]
    value = np.select(known, [np.broadcast_to(candidate, shape) for _, candidate in cases], default=np.nan)
    basis = np.select(known, [np.full(shape, name) for name, _ in cases], default="unknown")
    return like(value, answers, given, design, half, p), basis if basis.ndim else str(basis)


def pool(share_by_wave: ArrayLike, n_eff_by_wave: ArrayLike) -> tuple[Figure, Figure]:
    """Return (share, n_eff) of 2 or 3 waves taken together; the first axis is the wave.

    p = Σ nₖpₖ / Σ nₖ. Missing in one wave is missing in the pool: a label that says three waves means three.
    Compare only pools that share no wave. Raises ValueError for other numbers of waves and as `interval`.
    """
    p, n = shares("share_by_wave", share_by_wave), positive("n_eff_by_wave", n_eff_by_wave)
    waves = p.shape[0] if p.ndim else 1
    if waves not in (2, 3) or p.shape != n.shape:
        raise ValueError(
            f"share_by_wave has shape {p.shape}, n_eff_by_wave {n.shape}; allowed: 2 or 3 waves, same shape"
        )
    n = np.where(np.isnan(p), np.nan, n)
    total = n.sum(axis=0)
    return like((n * p).sum(axis=0) / total, total), like(total, total)


def weighted(share: ArrayLike, n_eff: ArrayLike, weight: ArrayLike) -> tuple[float, float]:
    """Return (share, n_eff) of several areas taken together, each counting by `weight` (its residents).

    p = Σ Wₖpₖ with ΣWₖ = 1, and the n_eff whose variance p(1 − p)/n_eff is Σ Wₖ²pₖ(1 − pₖ)/nₖ; each pₖ is drawn one
    answer towards one half for the variance, so that nobody and everybody have one too. Unknown in one area is unknown
    for all. Raises ValueError for shares outside 0–1, and n_eff and weights not above 0.
    Source: stratified means, Cochran (1977), Sampling Techniques, 3rd ed., 5.3; effective answers, Kish (1965).
    """
    p, n, w = shares("share", share), positive("n_eff", n_eff), positive("weight", weight)
    part = w / w.sum()
    together = float((part * p).sum())
    near = (p * n + 0.5) / (n + 1)
    variance = float((part**2 * near * (1 - near) / n).sum())
    of_all = float((part * near).sum())
    return together, of_all * (1 - of_all) / variance


def _two_sided_z(confidence: float) -> float:
    return float(norm.ppf((1 + between("confidence", one("confidence", numbers("confidence", confidence)), 0, 1)) / 2))


def _two_samples(
    share_1: ArrayLike, n_eff_1: ArrayLike, share_2: ArrayLike, n_eff_2: ArrayLike
) -> tuple[Floats, Floats, Floats, Floats]:
    return (
        shares("share_1", share_1),
        positive("n_eff_1", n_eff_1),
        shares("share_2", share_2),
        positive("n_eff_2", n_eff_2),
    )


def _wilson(p: Floats, n: Floats, z: float | Floats) -> tuple[Floats, Floats]:
    """Wilson's limits at `z` standard errors; `z` may vary by element, as statsmodels' version cannot."""
    z2 = np.square(z)
    centre = (p + z2 / (2 * n)) / (1 + z2 / n)
    half = z * np.sqrt(p * (1 - p) / n + z2 / (4 * n * n)) / (1 + z2 / n)
    missing = np.isnan(centre)
    # Exactly 0 and 1 where the share is, so that no verdict turns on rounding.
    low = np.where((p == 0) & ~missing, 0.0, np.clip(centre - half, 0.0, 1.0))
    return low, np.where((p == 1) & ~missing, 1.0, np.clip(centre + half, 0.0, 1.0))


def _newcombe(p1: Floats, n1: Floats, p2: Floats, n2: Floats, z: float | Floats) -> tuple[Floats, Floats, Floats]:
    l1, u1 = _wilson(p1, n1, z)
    l2, u2 = _wilson(p2, n2, z)
    d = p1 - p2
    return d, d - np.hypot(p1 - l1, u2 - p2), d + np.hypot(u1 - p1, p2 - l2)
