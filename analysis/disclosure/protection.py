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
    readings = (cube, *cube.others)
    own = int((~cube.cells["earlier"]).sum())
    guarded = [_guarded(each, threshold) for each in readings]
    # To repeat a number is to tell nothing new, whichever way it was.
    repeated = np.logical_or.reduce([each.immovable[:own] for each in readings])
    shown = np.logical_and.reduce(
        [_to_begin_with(each, hide)[:own] for each, hide in zip(readings, guarded, strict=True)]
    )
    if any(hide.any() for hide in guarded):
        shown &= ~cube.cells["doubtful"].to_numpy()[:own] | repeated
    searches = [_Protection(each, hide, threshold) for each, hide in zip(readings, guarded, strict=True)]
    while True:
        before = shown
        for each in searches:
            shown = each.settle(shown)
        if len(searches) == 1 or (shown == before).all():
            first, *others = (each.done(shown) for each in searches)
            return replace(first, others=tuple(others))


def _guarded(cube: Cube, threshold: int) -> Flags:
    """The cells that nobody may determine."""
    cells = cube.cells
    if threshold <= 0:
        return np.zeros(len(cells), dtype=bool)
    earlier, told = cells["earlier"].to_numpy(), cells["told"].to_numpy()
    before = cells["withheld"].to_numpy() & (cells["count"].notna().to_numpy() | earlier) & ~(earlier & told)
    return _small(cube, threshold) | before


def _small(cube: Cube, threshold: int) -> Flags:
    cells, count = cube.cells, cube.cells["count"].to_numpy(dtype=float)
    told_then = (cells["earlier"] & cells["told"]).to_numpy()
    return (count >= 1) & (count < threshold) & ~cells["public"].to_numpy() & ~told_then


def _to_begin_with(cube: Cube, guarded: Flags) -> Flags:
    """What does not give a guarded cell away exactly."""
    if not guarded.any():
        return (cube.cells["asked"] & cube.cells["count"].notna()).to_numpy()
    return showable(cube, guarded)


class _Protection:
    """The search in one reading of the past for what has to be hidden besides."""

    def __init__(self, cube: Cube, guarded: Flags, threshold: int) -> None:
        self.cube, self.guarded, self.threshold = cube, guarded, threshold
        self.small = guarded & _small(cube, threshold)
        self.order, self.wide = worth(cube)[::-1], np.zeros(len(cube.cells), dtype=bool)

    def done(self, shown: Flags) -> Cube:
        """The cube with these of the cells of now shown."""
        earlier = np.zeros(len(self.guarded) - len(shown), dtype=bool)
        return _with_states(self.cube, np.concatenate([shown, earlier]), self.small, self.guarded, self.threshold)

    def settle(self, shown: Flags) -> Flags:
        """What can be shown of what is `shown`, so that no guarded cell is too narrow."""
        while True:
            more, self.wide = _to_hide(self.done(shown), self.order, self.wide)
            if not more.any():
                return shown
            shown = shown & ~more[: len(shown)]


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
    for index in narrow:
        culprits = bounds.blamed[int(index)] & can_hide
        if not culprits.any() or (culprits & chosen).any():
            continue
        lacking = rule - (bounds.high[index] - bounds.low[index])
        candidates = order[culprits[order]]
        # A cell smaller than what is lacking widens too little: hide one that suffices, or else the largest.
        sufficient = candidates[count[candidates] >= lacking]
        chosen[sufficient[0] if len(sufficient) else candidates[count[candidates].argmax()]] = True
    return chosen, wide
