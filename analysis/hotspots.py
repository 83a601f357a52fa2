"""Answers where there are more incidents than chance explains, and how long it has been so.

A cell is judged together with its neighbours, by an exact test of their sum, so that a map with one incident
in twenty cells is not full of "hotspots". Getis–Ord Gi* is not used: on pure noise that sparse it finds some
on every map. Missing counts are NaN: such a cell is in no window and has no verdict of its own.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike
from scipy.sparse import csr_array
from scipy.special import betainc, gammainc

from analysis.arguments import (
    Booleans,
    Figure,
    Floats,
    at_least,
    between,
    like,
    not_negative,
    numbers,
    whole,
)
from analysis.comparisons import benjamini_hochberg
from analysis.expected import Expected
from analysis.prediction import back_test, prediction_accuracy_index
from analysis.scan import scan
from analysis.thresholds import FEWEST_INCIDENTS
from analysis.windows import Neighbours, positions, windows_of

__all__ = [
    "PERSISTENCE",
    "Maps",
    "back_test",
    "hotspots",
    "hotspots_many",
    "persistence",
    "positions",
    "prediction_accuracy_index",
    "scan",
    "upper_tail",
    "variation_over_years",
]

LEVEL = 0.05
# Two years further apart than this are news (a mass registration, a new hotspot), not ordinary variation.
NEWS = 5.0
PASSES = 20
PERSISTENCE = ("", "new", "persistent", "fading", "sporadic")


@dataclass(frozen=True)
class Maps:
    """Tested maps; every array is shaped as the counts.

    `observed` and `expected` are of the cell and its neighbours together, `dispersion` is how many times
    chance's variance the test allowed for. NaN and no hotspot where nothing can be said.
    """

    observed: Floats
    expected: Floats
    p_value: Floats
    hotspot: Booleans
    dispersion: Floats


def hotspots(
    counts: ArrayLike,
    expected: ArrayLike | Expected,
    neighbours: Neighbours,
    level: float = LEVEL,
    minimum: float = FEWEST_INCIDENTS,
    dispersion: ArrayLike = 1.0,
) -> pd.DataFrame:
    """Return observed, expected, p_value, hotspot and dispersion of each cell of one map, a row a cell.

    `observed` and `expected` are sums over the cell and its neighbours; `neighbours` is a sparse adjacency
    (cells × cells) or an array of cell numbers (cells × up to 8, −1 where there is none). `p_value` is
    `upper_tail`; a hotspot is real at a false discovery rate of `level` over all cells of the map and holds
    `minimum` incidents or more. One map cannot tell how much its counts vary from year to year: `dispersion`
    is 1, chance alone, unless given; that of an `Expected` is multiplied on.
    Raises ValueError for counts that are negative or not whole, negative expectations, dispersion below 1,
    `level` outside 0–1, negative `minimum` and shapes that do not fit.
    Source: Benjamini & Hochberg (1995), J. R. Stat. Soc. B 57:289, on the exact tests of Besag & Newell's
    (1991, J. R. Stat. Soc. A 154:143) fixed neighbourhoods.
    """
    x = not_negative("counts", counts)
    if x.ndim != 1:
        raise ValueError(f"counts has {x.ndim} dimensions; allowed: one map, a count for each cell")
    maps = _tested(x, expected, windows_of(neighbours, x.size), level, minimum, dispersion)
    return pd.DataFrame(vars(maps))


def hotspots_many(
    counts: ArrayLike,
    expected: ArrayLike | Expected,
    neighbours: Neighbours,
    level: float = LEVEL,
    minimum: float = FEWEST_INCIDENTS,
    dispersion: ArrayLike | None = None,
) -> Maps:
    """Return the tested maps of years (oldest first) × categories × cells at once; see `hotspots`.

    Each year of each category is a family of its own. Unless `dispersion` is given (one number, or any shape
    that broadcasts to the counts), it is estimated for each category by `variation_over_years`, within the
    groups of an `Expected`, whose own dispersion is multiplied on.
    Raises ValueError as `hotspots`.
    """
    x = _cube(counts)
    windows = windows_of(neighbours, x.shape[-1])
    if dispersion is None:
        groups = expected.group_of if isinstance(expected, Expected) else None
        dispersion = _variation(x, windows, groups)[None, :, None]
    return _tested(x, expected, windows, level, minimum, dispersion)


def variation_over_years(counts: ArrayLike, neighbours: Neighbours, groups: ArrayLike | None = None) -> Floats:
    """Return φ of each category: how much more than chance cells and neighbours differ from a year before.

    `counts` is years (oldest first) × categories × cells. φ is Σ(x₂ − sn)²/Σs(1−s)n over pairs of
    neighbouring years, n = x₁ + x₂ and s the later year's part of the incidents of the cell's group (one
    group unless `groups` names one for each cell); it is 1 for Poisson counts and φ for counts with φ times
    that variance, however sparse. Pairs that differ by more than 5√φ standard deviations are left out, so
    that neither a mass registration nor a new hotspot hides the hotspots. Lasting differences between places
    are no variation. Never below 1, and 1 where there is one year only.
    Raises ValueError as `hotspots`.
    Source: McCullagh & Nelder (1989), Generalized Linear Models, 2nd ed., 4.5, trimmed.
    """
    x = _cube(counts)
    return _variation(x, windows_of(neighbours, x.shape[-1]), groups)


def upper_tail(observed: ArrayLike, expected: ArrayLike, dispersion: ArrayLike = 1.0) -> Figure:
    """Return the chance of a count as large as `observed` or larger: exact Poisson, or negative binomial.

    The negative binomial has mean `expected` and variance `dispersion` × `expected`. Missing gives NaN. Where
    0 is expected any incident has p = 0. Raises ValueError for negative numbers and dispersion below 1.
    """
    x, e = not_negative("observed", observed), not_negative("expected", expected)
    phi = at_least("dispersion", dispersion, 1)
    o, m, f = np.broadcast_arrays(x, e, phi)
    p = np.where(np.isnan(o + m + f), np.nan, np.where(o > 0, 0.0, 1.0))
    some = (o > 0) & (m > 0)
    chance, more = some & (f == 1), some & (f > 1)
    p[chance] = gammainc(o[chance], m[chance])
    p[more] = betainc(o[more], m[more] / (f[more] - 1), 1 - 1 / f[more])
    return like(p, x, e, phi)


def persistence(hotspot: ArrayLike) -> pd.DataFrame:
    """Return label, years_hot and years_known of each cell from its verdicts (years, oldest first × cells).

    Labels, the first that applies: "" never a hotspot, or nothing known of the newest year, or one year only
    · "new" in the newest year and no other · "persistent" in the newest year and the one before, or in the
    newest and more than half of the known years · "fading" not in the newest year, but in two years or more
    that were neighbours or more than half of the earlier known ones · "sporadic" otherwise. A year of which
    nothing can be said is NaN: it is no hotspot and is not among the years known.
    Raises ValueError for verdicts that are not true, false or missing and for other than two dimensions.
    """
    flags = numbers("hotspot", hotspot)
    if flags.ndim != 2 or not flags.shape[0]:
        raise ValueError(f"hotspot has shape {flags.shape}; allowed: years × cells")
    wrong = ~np.isnan(flags) & ~np.isin(flags, (0, 1))
    if wrong.any():
        raise ValueError(f"hotspot = {flags[wrong][0]:g} is not allowed; allowed: true, false or missing")
    hot, known = flags == 1, ~np.isnan(flags)
    times, years = hot.sum(axis=0), known.sum(axis=0)
    now = hot[-1]
    before = hot[-2] if len(hot) > 1 else np.zeros_like(now)
    in_a_row = (hot[1:] & hot[:-1]).any(axis=0)
    lasted = (times >= 2) & (in_a_row | (2 * times > years - 1))
    rules = [
        (times == 0) | ~known[-1] | (years < 2),
        now & (times == 1),
        now & (before | (2 * times > years)),
        ~now & lasted,
    ]
    label = np.select(rules, PERSISTENCE[:4], default=PERSISTENCE[4])
    return pd.DataFrame({"label": label, "years_hot": times, "years_known": years})


def _cube(counts: ArrayLike) -> Floats:
    x = not_negative("counts", counts)
    if x.ndim != 3:
        raise ValueError(f"counts has {x.ndim} dimensions; allowed: years × categories × cells")
    whole("counts", x)
    return x


def _tested(
    x: Floats,
    expected: ArrayLike | Expected,
    windows: csr_array,
    level: float,
    minimum: float,
    dispersion: ArrayLike,
) -> Maps:
    """Test maps of any shape that ends in the cells; each is a family."""
    whole("counts", x)
    between("level", level, 0, 1)
    at_least("minimum", minimum, 0)
    phi = at_least("dispersion", dispersion, 1)
    given = expected.values if isinstance(expected, Expected) else expected
    e = not_negative("expected", given)
    if e.shape != x.shape:
        raise ValueError(f"expected has shape {e.shape}; allowed: the shape of counts, {x.shape}")
    estimate = expected.dispersion if isinstance(expected, Expected) else np.ones(())
    try:
        phi, estimate = np.broadcast_to(phi, x.shape), np.broadcast_to(estimate, x.shape)
    except ValueError as error:
        raise ValueError(f"dispersion has shape {phi.shape}; allowed: as counts, {x.shape}") from error
    blank = (np.full(x.shape, np.nan) for _ in range(4))
    maps = Maps(next(blank), next(blank), next(blank), np.zeros(x.shape, dtype=bool), next(blank))
    for at in np.ndindex(x.shape[:-1]):
        known = ~np.isnan(x[at] + e[at] + phi[at])
        own = np.where(known, e[at], 0)
        observed, around = windows @ np.where(known, x[at], 0), windows @ own
        # Variances add up over the window as means do; without overdispersion nothing is added to 1.
        extra = windows @ (own * np.where(known, phi[at] * estimate[at] - 1, 0))
        spread = 1 + np.divide(extra, around, out=np.zeros_like(extra), where=around > 0)
        p_value = np.where(known, upper_tail(observed, around, spread), np.nan)
        maps.observed[at], maps.expected[at] = (
            np.where(known, observed, np.nan),
            np.where(known, around, np.nan),
        )
        maps.p_value[at], maps.dispersion[at] = p_value, np.where(known, spread, np.nan)
        maps.hotspot[at] = benjamini_hochberg(p_value, level) & (observed >= minimum)
    return maps


def _variation(x: Floats, windows: csr_array, groups: ArrayLike | None) -> Floats:
    """See `variation_over_years`."""
    cells = x.shape[-1]
    names = np.zeros(cells) if groups is None else np.asarray(groups)
    if names.shape != (cells,):
        raise ValueError(f"groups has shape {names.shape}; allowed: one for each cell, ({cells},)")
    codes = pd.factorize(names, use_na_sentinel=False)[0]
    members = csr_array((np.ones(cells), (np.arange(cells), codes)))
    return np.array([_variation_of_one(x[:, category], windows, members) for category in range(x.shape[1])])


def _variation_of_one(x: Floats, windows: csr_array, members: csr_array) -> float:
    """φ of one category; `members` is cells × groups."""
    known = ~np.isnan(x[:-1] + x[1:])
    newer = np.where(known, x[1:], 0)
    both = newer + np.where(known, x[:-1], 0)
    sums, kept, phi = newer @ windows.T, known, 1.0
    for _ in range(PASSES):
        later, all_ = (newer * kept) @ members, (both * kept) @ members
        share = np.divide(later, all_, out=np.zeros_like(later), where=all_ > 0) @ members.T
        square = (sums - (share * both) @ windows.T) ** 2
        variance = (share * (1 - share) * both) @ windows.T
        ordinary = known & (square <= NEWS**2 * phi * variance)
        total = variance[ordinary].sum()
        phi = max(1.0, float(square[ordinary].sum() / total)) if total else 1.0
        if (ordinary == kept).all():
            break
        kept = ordinary
    return phi
