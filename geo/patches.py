"""Joins chosen cells that touch into patches, so that a place on the map is one place in a list."""

import numpy as np
import numpy.typing as npt
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components


def patches(chosen: npt.ArrayLike, around: npt.ArrayLike) -> npt.NDArray[np.int64]:
    """Return the patch number of each cell, counted from 0 in the order of the cells; −1 where it is not chosen.

    `chosen` is true or false for each cell; `around` is cells × neighbours, the numbers of the cells that touch it and
    −1 where there is none. Cells that touch, also by a corner, are of one patch.
    Raises ValueError where the two do not have a row for each cell.
    """
    wanted, near = np.asarray(chosen, dtype=bool), np.asarray(around)
    if wanted.ndim != 1 or near.ndim != 2 or len(near) != len(wanted):
        raise ValueError(f"around has shape {near.shape}; allowed: a row for each of {wanted.size} cells")
    cell, side = np.nonzero((near >= 0) & wanted[:, None] & wanted[near])
    touching = coo_array((np.ones(cell.size), (cell, near[cell, side])), shape=(wanted.size, wanted.size))
    _, label = connected_components(touching, directed=False)
    numbers = np.full(wanted.size, -1, dtype=np.int64)
    _, first, patch = np.unique(label[wanted], return_index=True, return_inverse=True)
    numbers[wanted] = np.argsort(np.argsort(first))[patch]  # numbered as they come, not as they are labelled
    return numbers
