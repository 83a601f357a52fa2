"""Decides what of a cube to show: small counts hidden, then whatever would give one away, until an audit is content."""

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from analysis.disclosure.audit import as_wide_as_can_be, ranges, wide_enough
from analysis.disclosure.elimination import showable, worth
from analysis.disclosure.lattice import Cube

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]


def protect(cube: Cube, threshold: int = 5) -> Cube:
    """Set state and reason of every cell so that no count of 1 to threshold - 1 can be found out.

    1. Small counts and small remainders are hidden, and all that an earlier release has hidden. What an earlier
       release has hidden of counts that have been corrected since is guarded too.
    2. From the most valuable cell to the least, a cell is shown unless a hidden one then follows exactly.
    3. Every hidden cell is audited; while one can be narrowed to less than threshold - 1, or to one whole number,
       the least valuable of the cells that narrow it is hidden too.
    Cells that are public stay, and what only they give away cannot be helped; `audit` takes it into account. But a
    public total that has been corrected waits where the correction gives a hidden count away. A threshold of 0 hides
    nothing. Source: Hundepool et al. (2012), Statistical Disclosure Control, chapter 4.
    """
    cells = cube.cells
    count = cells["count"].to_numpy(dtype=float)
    earlier, told = cells["earlier"].to_numpy(), cells["told"].to_numpy()
    small = (count >= 1) & (count < threshold) & ~cells["public"].to_numpy() & ~(earlier & told)
    before = cells["withheld"].to_numpy() & (~np.isnan(count) | earlier) & ~(earlier & told)
    guarded = small | before if threshold > 0 else np.zeros(len(cells), dtype=bool)
    shown = showable(cube, guarded) if guarded.any() else (cells["asked"] & cells["count"].notna()).to_numpy()
    order, wide = worth(cube)[::-1], np.zeros(len(cells), dtype=bool)
    while True:
        done = _with_states(cube, shown, small & guarded, guarded, threshold)
        more, wide = _to_hide(done, order, wide)
        if not more.any():
            return done
        shown = shown & ~more


def _with_states(cube: Cube, shown: Flags, small: Flags, guarded: Flags, threshold: int) -> Cube:
    cells = cube.cells.copy()
    earlier = cells["earlier"].to_numpy()
    missing = cells["count"].isna().to_numpy() & ~earlier
    shown = shown | (earlier & cells["told"].to_numpy())
    cells["state"] = np.where(missing, "missing", np.where(shown, "published", "hidden"))
    reason = np.where(small, "primary", np.where(cells["asked"] | guarded, "secondary", ""))
    cells["reason"] = np.where(shown | missing, "", reason)
    return replace(cube, cells=cells, threshold=threshold)


def _to_hide(cube: Cube, order: NDArray[np.int64], wide: Flags) -> tuple[Flags, Flags]:
    """For each guarded cell that is too narrow, one shown cell that makes it so; none where nothing can be done.

    And which cells are wide: one that was so before still is, for hiding more can only widen it.
    """
    rule = float(max(cube.threshold - 1, 0))
    rows = np.flatnonzero(cube.guarded & ~wide)
    chosen, wide = np.zeros(len(cube.cells), dtype=bool), wide | cube.guarded
    if not len(rows):
        return chosen, wide
    bounds = ranges(cube, rows, cube.known, rule)
    can_hide = (cube.cells["state"] == "published").to_numpy() & ~cube.immovable & ~cube.cells["earlier"].to_numpy()
    count = cube.cells["count"].to_numpy(dtype=float)
    narrow = np.flatnonzero(~wide_enough(bounds.low, bounds.high, rule))
    most = ranges(cube, rows[narrow], cube.immovable, rule)
    narrow = narrow[~as_wide_as_can_be(bounds.low[narrow], bounds.high[narrow], most, rule)]
    wide[rows[narrow]] = False
    for place in narrow:
        culprits = bounds.blamed[int(place)] & can_hide
        if not culprits.any() or (culprits & chosen).any():
            continue
        lacking = rule - (bounds.high[place] - bounds.low[place])
        candidates = order[culprits[order]]
        # A cell smaller than what is lacking widens too little: hide one that suffices, or else the largest.
        sufficient = candidates[count[candidates] >= lacking]
        chosen[sufficient[0] if len(sufficient) else candidates[count[candidates].argmax()]] = True
    return chosen, wide
