"""Keeps many comparisons honest: of 100 areas where nothing happened, five must not be called changed."""

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

from analysis.arguments import Booleans, Floats, between, directions, numbers, same_length, shares


def benjamini_hochberg(p_values: ArrayLike, level: float = 0.05) -> Booleans:
    """Return which of the tests in one family are real at a false discovery rate of `level`.

    A missing p-value (NaN) is no test: it is never real and does not count in the size of the family.
    Raises ValueError for p-values or levels outside 0–1 and for more than one dimension.
    Source: Benjamini & Hochberg (1995), Journal of the Royal Statistical Society B 57:289.
    """
    p = shares("p_values", p_values)
    if p.ndim != 1:
        raise ValueError(f"p_values has {p.ndim} dimensions; allowed: one list, the whole family")
    between("level", level, 0, 1)
    rejected, tested = np.zeros(p.shape, dtype=bool), ~np.isnan(p)
    if tested.any():
        rejected[tested] = _adjusted(p[tested]) <= level
    return rejected


def verdicts(
    difference: ArrayLike,
    p_values: ArrayLike,
    family: ArrayLike,
    direction: ArrayLike = 1,
    level: float = 0.05,
) -> NDArray[np.str_]:
    """Return "better", "worse", "unchanged" or "" (no test) for each row, deciding family by family.

    `difference` is newer minus older (or the logarithm of their ratio); `family` names the fixed family of
    each row: one wave × one comparison × all areas at that level. Hand over whole families, never what a user
    has filtered: then no filter can change a verdict. `direction` is 1 where more is better and -1 where less
    is.
    Raises ValueError for inputs of different length, p-values outside 0–1 and other directions.
    """
    # A ratio over zero has an infinite logarithm, and its sign is all that is asked of it here.
    d = np.clip(np.asarray(difference, dtype=np.float64), -1e300, 1e300)
    d, p = numbers("difference", d), shares("p_values", p_values)
    families = pd.factorize(np.asarray(family), use_na_sentinel=False)[0]
    same_length(("difference", "p_values", "family"), d, p, families)
    good = np.sign(d) * directions("direction", direction)
    tested = ~np.isnan(d) & ~np.isnan(p)
    between("level", level, 0, 1)
    changed = np.zeros(d.shape, dtype=bool)
    rows = np.flatnonzero(tested)
    rows = rows[np.argsort(families[rows], kind="stable")]
    for members in np.split(rows, np.flatnonzero(np.diff(families[rows])) + 1):
        if members.size:
            changed[members] = _adjusted(p[members]) <= level
    kinds = [~tested, changed & (good > 0), changed & (good < 0)]
    return np.select(kinds, ["", "better", "worse"], default="unchanged")


def _adjusted(p: Floats) -> Floats:
    """The p-values of one family adjusted by Benjamini and Hochberg, as SciPy does it one family at a time.

    Families are many and small, and SciPy's checks take ten times as long as the arithmetic.
    """
    order = np.argsort(p)
    stepped = p[order] * (p.size / np.arange(1, p.size + 1))
    stepped = np.minimum.accumulate(stepped[::-1])[::-1]
    adjusted = np.empty_like(p)
    adjusted[order] = stepped
    return np.clip(adjusted, 0, 1)
