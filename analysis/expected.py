"""Answers how many incidents a cell would have if nothing were special about it, and on what that rests.

Two questions hide in the word "hotspot". Against the population: is there more here than the homes explain?
Against the place's own history: is there more here than there used to be? Every answer says which it is.
Arrays end in the cells; 0 is a count and NaN is not reported.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray
from scipy.sparse import csr_array

from analysis.arguments import Booleans, Floats, not_negative, one, positive, shares, whole

# With fewer incidents on a whole map, chance alone decides where they lie.
FEWEST = 20
# People also shop, change trains and go out where nobody lives: a tenth of what is expected follows no homes.
EVENLY = 0.1
# The map that homes explain counts as history for one incident in nine cells: enough that a quiet corner is
# not expected to stay without incidents, too little to make news of a place that was always busy. Of the
# weights tried it alone kept false alarms below 5 % both on even maps and on maps with lasting differences,
# from 0.02 to 10 incidents a cell.
WEIGHT = 1 / 9


@dataclass(frozen=True)
class Expected:
    """Expected counts, shaped as the counts they are for, and what they rest on.

    `basis` is "population", "even" (every cell alike, for want of homes), "history" or "too_few" for each map
    and group (… × groups, named by `groups`; `group_of` is the group number of each cell). Where it is
    "too_few", as where a cell is not reported, `values` is NaN and nothing can be said. `dispersion` is how
    many times the variance of the count to come exceeds a Poisson count's, because the expectation is itself
    an estimate.
    """

    values: Floats
    dispersion: Floats
    basis: NDArray[np.str_]
    groups: NDArray[np.object_]
    group_of: NDArray[np.intp]


def expected_from_population(
    counts: ArrayLike,
    population: ArrayLike | None = None,
    groups: ArrayLike | None = None,
    evenly: float = EVENLY,
    fewest: int = FEWEST,
) -> Expected:
    """Return what each cell of a map, or of many (… × cells), would count if incidents followed the homes.

    The incidents of each group (the municipality of each cell; one group unless given) are shared out, 1 −
    `evenly` of them by `population` (persons or households a cell, per map if need be), the rest over all its
    reported cells alike; all of them alike where no population is given or nobody lives. A group with fewer
    than `fewest` incidents on a map is "too_few". A mass registration lifts the expectation everywhere else:
    hand it over as missing.
    Raises ValueError for counts that are negative or not whole, negative population, `evenly` outside 0–1 and
    shapes that do not fit.
    Method: indirect standardisation with the group's own rate (Breslow & Day 1987).
    """
    x, codes, names = _maps(counts, groups)
    share, even = _shares(x, population, codes, len(names), evenly)
    total = _by_group(x, codes, len(names))
    values = total[..., codes] * share
    basis = np.where(even, "even", "population")
    return _answer(values, np.ones(x.shape), basis, total < fewest, codes, names)


def expected_from_history(
    counts_by_year: ArrayLike,
    population: ArrayLike | None = None,
    groups: ArrayLike | None = None,
    weight: float = WEIGHT,
    evenly: float = EVENLY,
    fewest: int = FEWEST,
) -> Expected:
    """Return what each cell would count in each year (years, oldest first × … × cells) if its past went on.

    Each year is set against the years before it: a cell's counts so far plus the map that population
    explains, with `weight` incidents for each cell (a gamma prior), scaled to the incidents of the group in
    the year. The count to come is then negative binomial, with variance 1 + scale/years times the mean, the
    prior counted as the years it would take to make its incidents: `dispersion`. The first year, and groups
    with fewer than `fewest` incidents so far, fall back on population and say so in `basis`.
    Raises ValueError as `expected_from_population`, for a weight not above 0 and without a year dimension.
    Method: gamma-Poisson predictive distribution (Gelman et al. 2013, Bayesian Data Analysis, 3rd ed., 2.6).
    """
    x, codes, names = _maps(counts_by_year, groups)
    if x.ndim < 2:
        raise ValueError(f"counts_by_year has shape {x.shape}; allowed: years × … × cells")
    prior = one("weight", positive("weight", weight)) * np.bincount(codes)
    share, even = _shares(x, population, codes, len(names), evenly)
    total = _by_group(x, codes, len(names))
    reported = ~np.isnan(x)
    past, years = _before(np.where(reported, x, 0)), _before(reported.astype(float))
    group_past = _before(total)
    group_years = _before((_by_group(reported.astype(float), codes, len(names)) > 0).astype(float))
    usual = np.divide(group_past, group_years, out=np.zeros_like(total), where=group_years > 0)
    years = years + np.divide(prior, usual, out=np.zeros_like(usual), where=usual > 0)[..., codes]
    rate = np.divide(prior[codes] * share + past, years, out=np.zeros_like(past), where=years > 0)
    whole_rate = _by_group(np.where(reported, rate, np.nan), codes, len(names))
    scale = np.divide(total, whole_rate, out=np.zeros_like(total), where=whole_rate > 0)
    on_history = (group_past >= fewest) & (group_past > 0)
    told = on_history[..., codes]
    values = np.where(told, scale[..., codes] * rate, total[..., codes] * share)
    dispersion = np.where(told, 1 + scale[..., codes] / np.where(years > 0, years, 1.0), 1.0)
    basis = np.where(on_history, "history", np.where(even, "even", "population"))
    return _answer(np.where(reported, values, np.nan), dispersion, basis, total < fewest, codes, names)


def _maps(counts: ArrayLike, groups: ArrayLike | None) -> tuple[Floats, NDArray[np.intp], NDArray[np.object_]]:
    """Return the counts, the group number of each cell and the names of the groups."""
    x = not_negative("counts", counts)
    whole("counts", x)
    if x.ndim == 0:
        raise ValueError("counts is a single number; allowed: an array that ends in the cells")
    names = np.zeros(x.shape[-1], dtype=int) if groups is None else np.asarray(groups)
    if names.shape != x.shape[-1:]:
        raise ValueError(f"groups has shape {names.shape}; allowed: one for each cell, {x.shape[-1:]}")
    codes, unique = pd.factorize(names, sort=True, use_na_sentinel=False)
    return x, codes, np.asarray(unique, dtype=object)


def _shares(
    x: Floats, population: ArrayLike | None, codes: NDArray[np.intp], groups: int, evenly: float
) -> tuple[Floats, Booleans]:
    """Return each cell's part of its group's incidents, NaN where unreported, and where that is even."""
    alike = one("evenly", shares("evenly", evenly))
    homes = not_negative("population", 0.0 if population is None else population)
    try:
        homes = np.where(np.isnan(x), np.nan, np.broadcast_to(homes, x.shape))
    except ValueError as error:
        raise ValueError(f"population has shape {homes.shape}; allowed: that of counts, {x.shape}") from error
    cells = _by_group(np.where(np.isnan(homes), np.nan, 1.0), codes, groups)
    whole_homes = _by_group(homes, codes, groups)
    even = whole_homes == 0
    by_homes = homes / np.where(even, 1.0, whole_homes)[..., codes]
    alike_of = np.where(even, 1.0, alike)[..., codes] / np.where(cells > 0, cells, 1.0)[..., codes]
    return (1 - alike) * by_homes + np.where(np.isnan(homes), np.nan, alike_of), even


def _by_group(x: Floats, codes: NDArray[np.intp], groups: int) -> Floats:
    """Sum what is there over the cells of each group: … × cells becomes … × groups."""
    cells = np.arange(codes.size)
    members = csr_array((np.ones(codes.size), (codes, cells)), shape=(groups, codes.size))
    sums: Floats = (members @ np.nan_to_num(x).reshape(-1, codes.size).T).T
    return sums.reshape(*x.shape[:-1], groups)


def _before(x: Floats) -> Floats:
    """Sum over all earlier years."""
    return np.cumsum(x, axis=0) - x


def _answer(
    values: Floats,
    dispersion: Floats,
    basis: NDArray[np.str_],
    too_few: Booleans,
    codes: NDArray[np.intp],
    names: NDArray[np.object_],
) -> Expected:
    values_shown = np.where(too_few[..., codes], np.nan, values)
    return Expected(values_shown, dispersion, np.where(too_few, "too_few", basis), names, codes)
