"""Joins chosen cells that touch into patches, so that a place on the map is one place in a list."""

import numpy as np
import numpy.typing as npt


def patches(chosen: npt.ArrayLike, around: npt.ArrayLike) -> npt.NDArray[np.int64]:
    """Return the patch number of each cell, counted from 0 in the order of the cells; −1 where it is not chosen.

    `chosen` is true or false for each cell; `around` is cells × neighbours, the numbers of the cells that touch it and
    −1 where there is none. Cells that touch, also by a corner, are of one patch.
    Raises ValueError where the two do not have a row for each cell.
    """
    wanted, near = np.asarray(chosen, dtype=bool), np.asarray(around)
    if wanted.ndim != 1 or near.ndim != 2 or len(near) != len(wanted):
        raise ValueError(f"around has shape {near.shape}; allowed: a row for each of {wanted.size} cells")
    numbers = np.full(wanted.size, -1, dtype=np.int64)
    count = 0
    for start in np.flatnonzero(wanted):
        if numbers[start] >= 0:
            continue
        reached = [int(start)]
        numbers[start] = count
        while reached:
            for cell in near[reached.pop()]:
                if cell >= 0 and wanted[cell] and numbers[cell] < 0:
                    numbers[cell] = count
                    reached.append(int(cell))
        count += 1
    return numbers
