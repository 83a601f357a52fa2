"""Decides by elimination which cells can be shown without a hidden one following from them exactly."""

import numpy as np
from numpy.typing import NDArray

from analysis.disclosure.lattice import Cube

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]
# Sums of zeros and ones reduced by each other: anything this small is a zero that rounding has blurred.
ZERO = 1e-9


def showable(cube: Cube, guarded: Flags) -> Flags:
    """Which cells can be shown: from the most to the least valuable, each unless it gives a guarded cell away.

    `guarded` marks the cells to hide from the outset. A cell of more atoms is worth more than one of fewer, and a
    larger count more than a smaller. What is known anyway is counted in first. Exact recovery only: how narrowly a
    hidden cell can be bounded is for the audit to say.
    """
    rows = cube.parts.copy()
    shown = cube.immovable & ~guarded
    for row in np.flatnonzero(cube.immovable):
        _learn(rows, int(row))
    hidden = guarded.copy()
    # What follows from figures that are known anyway cannot be given away any more.
    hidden[~rows.any(axis=1)] = False
    for row in worth(cube):
        if shown[row] or guarded[row]:
            continue
        if not rows[row].any():
            shown[row] = True
            continue
        if _reduced(rows, rows[row], np.flatnonzero(hidden))[1].any(axis=1).all():
            _learn(rows, int(row))
            shown[row] = True
        else:
            hidden[row] = True
    return shown


def worth(cube: Cube) -> NDArray[np.int64]:
    """The cells that can be shown, the most valuable first."""
    cells = cube.cells
    can = np.flatnonzero(cells["asked"] & cells["count"].notna())
    counts = cells["count"].to_numpy()[can]
    return can[np.lexsort((-counts, -cube.parts[can].sum(axis=1)))]


def _learn(rows: Floats, row: int) -> None:
    """Reduce all rows by one that has become known, so that what follows from known rows becomes nought."""
    if rows[row].any():
        touched, reduced = _reduced(rows, rows[row], np.arange(len(rows)))
        rows[touched] = reduced


def _reduced(rows: Floats, known: Floats, among: NDArray[np.int64]) -> tuple[NDArray[np.int64], Floats]:
    """Those among the rows that a known one changes, and what they become; most rows have no part in it."""
    pivot = int(np.abs(known).argmax())
    touched = among[rows[among, pivot] != 0]
    reduced = rows[touched] - np.outer(rows[touched, pivot] / known[pivot], known)
    reduced[np.abs(reduced) < ZERO] = 0.0
    return touched, reduced
