"""Answers which cells are judged together: a cell and its neighbours, its window."""

from typing import TypeAlias

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray
from scipy.sparse import coo_array, csr_array, issparse, sparray, spmatrix

# A sparse adjacency (cells × cells), or cell numbers (cells × up to 8 neighbours, -1 where there is none).
Neighbours: TypeAlias = NDArray[np.integer] | sparray | spmatrix


def positions(cell_ids: ArrayLike, around: ArrayLike) -> NDArray[np.int64]:
    """Return where in `cell_ids` each id of `around` (cells × neighbours) is found, −1 where it is not.

    Raises ValueError where a cell is named twice.
    """
    index = pd.Index(np.asarray(cell_ids))
    if index.has_duplicates:
        twice = index[index.duplicated()][0]
        raise ValueError(f"cell_ids holds {twice!r} more than once; allowed: each cell once")
    ids = np.asarray(around)
    return index.get_indexer(pd.Index(ids.ravel())).astype(np.int64).reshape(ids.shape)


def windows_of(neighbours: Neighbours, cells: int) -> csr_array:
    """Return the matrix (cells × cells) that sums over each cell and its neighbours, each counted once.

    Raises ValueError for a matrix of another shape and for numbers that are not whole or name no cell.
    """
    if issparse(neighbours):
        if neighbours.shape != (cells, cells):
            raise ValueError(f"neighbours has shape {neighbours.shape}; allowed: ({cells}, {cells})")
        links = coo_array(neighbours)
        rows, columns = links.row[links.data != 0], links.col[links.data != 0]
    else:
        index = np.asarray(neighbours)
        if index.ndim != 2 or len(index) != cells or not np.issubdtype(index.dtype, np.integer):
            raise ValueError(
                f"neighbours has shape {index.shape} and type {index.dtype}; allowed: a sparse matrix, "
                f"or whole numbers, a row for each of {cells} cells"
            )
        wrong = (index < -1) | (index >= cells)
        if wrong.any():
            raise ValueError(f"neighbours = {index[wrong][0]} is not allowed; allowed: -1 to {cells - 1}")
        rows, place = np.nonzero(index >= 0)
        columns = index[rows, place]
    own = np.arange(cells)
    rows, columns = np.concatenate([rows, own]), np.concatenate([columns, own])
    windows = csr_array((np.ones(rows.size), (rows, columns)), shape=(cells, cells))
    windows.sum_duplicates()
    windows.data[:] = 1.0  # a neighbour named twice is one neighbour
    return windows
