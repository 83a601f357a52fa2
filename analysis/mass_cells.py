"""Finds the cell in which a mass registration lies, so that one large case is not taken for a hotspot."""

import numpy as np
from numpy.typing import ArrayLike

from analysis.arguments import Booleans, not_negative
from analysis.mass_registrations import EXCESS


def mass_cells(counts: ArrayLike, flagged: ArrayLike, groups: ArrayLike, excess: float = EXCESS) -> Booleans:
    """Return which cells hold a mass registration; years × cells, as `counts`.

    `flagged` is years × cells and true where the group of the cell (its municipality, `groups`) has a mass registration
    that year. In such a year and group it is put in the one cell that rose most above its median of the other
    years, and only where that is by `excess` incidents or more: one case is registered at one address. A case spread
    over many cells is found nowhere, and then the map is as it is.
    Raises ValueError for negative counts and shapes that do not fit.
    """
    x, marked, names = not_negative("counts", counts), np.asarray(flagged, dtype=bool), np.asarray(groups)
    if x.ndim != 2 or marked.shape != x.shape or names.shape != x.shape[1:]:
        raise ValueError(
            f"counts, flagged and groups have shapes {x.shape}, {marked.shape} and {names.shape}; "
            "allowed: years × cells twice, and one group for each cell"
        )
    massed = np.zeros(x.shape, dtype=bool)
    for year in range(len(x)):
        others = np.where(marked, np.nan, x)[np.arange(len(x)) != year]
        for group in np.unique(names[marked[year]]):
            cells = np.flatnonzero((names == group) & ~np.isnan(x[year]))
            if not cells.size:
                continue
            rise = x[year, cells] - _median(others[:, cells])
            if rise.max() >= excess:
                massed[year, cells[int(np.argmax(rise))]] = True
    return massed


def _median(others: np.ndarray) -> np.ndarray:
    """Median of the other years of each cell; 0 where none of them is known."""
    known = ~np.isnan(others).all(axis=0)
    median = np.zeros(others.shape[1])
    if known.any():
        median[known] = np.nanmedian(others[:, known], axis=0)
    return median
