"""In which ways counts that nobody reported can have been corrected, where a figure that holds them was.

A total rises by two while a part of it was not counted by itself: the part may have risen, or what is beside it.
Whoever was there knows which, so each way that moves no more counts than it must has to be taken as known.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]
Places = NDArray[np.int64]
# Sums of whole numbers: what differs by less has not changed.
SAME = 1e-6
# So many ways are looked through; where there are more, what they are about is not shown.
MOST = 16
HALF = 0.5
# The statuses SciPy gives a solved program, and one that nothing solves.
OPTIMAL, INFEASIBLE = 0, 2


@dataclass(frozen=True)
class Explanations:
    """Ways in which the atoms can have moved (each steps x atoms: between a release and the next), and `doubtful`
    atoms, of which there are more ways than are given."""

    moved: tuple[Flags, ...]
    doubtful: Flags


def explanations(parts: Floats, values: Floats, reported: Sequence[Floats]) -> Explanations:
    """All ways, moving as few atoms as must be, in which what was reported can have come about.

    `parts` are the products of members as sums of atoms, `values` the numbers of the atoms release by release (NaN:
    not reported), `reported` those of all products. A way that moves more than another one knows less, and is left out.
    """
    told = ~np.isnan(values)
    forced = told[1:] & told[:-1] & (np.abs(np.diff(values, axis=0)) > SAME)
    nobody = np.zeros(values.shape[1], dtype=bool)
    if not _differs(values).any() and not _differs(np.array(reported)).any():
        return Explanations((forced,), nobody)
    ways: list[list[Flags]] = []
    doubtful = nobody.copy()
    for group, cells in _groups(parts, values, reported):
        minimal, all_found = _ways(parts[:, group], values[:, group], _lacking(parts, values, reported, cells), cells)
        laid_out = []
        for each in minimal:
            whole = np.zeros_like(forced)
            whole[:, group] = each
            laid_out.append(whole)
        ways.append(laid_out)
        if not all_found:
            doubtful[group] = True
    if np.prod([float(len(each)) for each in ways]) > MOST:
        for several in (each for each in ways if len(each) > 1):
            doubtful |= np.array(several).any(axis=(0, 1))
        ways = [each[:1] for each in ways]
    moved = tuple(np.logical_or.reduce([forced, *each]) for each in product(*ways))
    return Explanations(moved, doubtful)


def _differs(values: Floats) -> Flags:
    """Which columns have had two numbers."""
    told = ~np.isnan(values)
    most = np.where(told, values, -np.inf).max(axis=0)
    return most - np.where(told, values, np.inf).min(axis=0) > SAME


def _groups(parts: Floats, values: Floats, reported: Sequence[Floats]) -> Iterator[tuple[Places, list[Places]]]:
    """The atoms not always reported, as figures tie them together, and those figures at each time; only where any
    number changed."""
    from scipy.sparse import csr_array
    from scipy.sparse.csgraph import connected_components

    unknown = np.isnan(values)
    tied = [(parts > 0) & missing & ~np.isnan(each)[:, None] for missing, each in zip(unknown, reported, strict=True)]
    incidence = csr_array(np.logical_or.reduce(tied).astype(float))
    group_of = connected_components(incidence.T @ incidence, directed=False)[1]
    changed = _differs(np.array(reported)) | (parts[:, _differs(values)] > 0).any(axis=1)
    for number in np.unique(group_of[unknown.any(axis=0)]):
        group = np.flatnonzero(group_of == number)
        cells = [np.flatnonzero(each[:, group].any(axis=1)) for each in tied]
        if changed[np.concatenate(cells)].any() or _differs(values[:, group]).any():
            yield group, cells


def _lacking(parts: Floats, values: Floats, reported: Sequence[Floats], cells: Sequence[Places]) -> list[Floats]:
    """At each time what figures hold besides the atoms that were reported then."""
    return [
        each[used] - parts[used] @ np.nan_to_num(value)
        for each, value, used in zip(reported, values, cells, strict=True)
    ]


def _ways(
    parts: Floats, values: Floats, lacking: Sequence[Floats], cells: Sequence[Places]
) -> tuple[list[Flags], bool]:
    """The ways of one group (steps x atoms), and whether these are all of them.

    A switch for each step and atom lets the number move; the fewest switches are looked for, then the fewest that are
    not these and more, and so on. Where the figures contradict each other nothing is known: everything has moved.
    """
    from scipy.optimize import Bounds, LinearConstraint, milp

    unknown = np.isnan(values)
    steps = unknown[1:] | unknown[:-1]
    numbers, switches = int(unknown.sum()), int(steps.sum())
    width = numbers + switches
    column = np.full(values.shape, -1)
    column[unknown] = np.arange(numbers)
    low, high = _limits(parts, values, lacking, cells)

    sums = np.zeros((sum(map(len, cells)), width))
    ends = np.cumsum([0, *map(len, cells)])
    for number, (used, missing) in enumerate(zip(cells, unknown, strict=True)):
        sums[ends[number] : ends[number + 1], column[number, missing]] = parts[used][:, missing]
    apart, known = np.zeros((switches, width)), np.zeros(switches)
    for number, (step, atom) in enumerate(np.argwhere(steps)):
        for time, sign in ((step, -1.0), (step + 1, 1.0)):
            if unknown[time, atom]:
                apart[number, column[time, atom]] = sign
            else:
                known[number] += sign * values[time, atom]
    reach = (np.maximum(high[1:], high[:-1]) - np.minimum(low[1:], low[:-1]))[steps]
    switch = np.hstack([np.zeros((switches, numbers)), np.diag(reach)])
    goal = np.concatenate([np.zeros(numbers), np.ones(switches)])
    limits = [
        LinearConstraint(sums, np.concatenate(lacking), np.concatenate(lacking)),
        LinearConstraint(apart - switch, -np.inf, -known),
        LinearConstraint(apart + switch, -known, np.inf),
    ]
    bounds = Bounds(
        np.concatenate([low[unknown], np.zeros(switches)]), np.concatenate([high[unknown], np.ones(switches)])
    )
    minimal: list[Flags] = []
    while len(minimal) <= MOST:
        solved = milp(goal, constraints=limits, bounds=bounds, integrality=goal)
        if solved.status != OPTIMAL:
            break
        moved = solved.x[numbers:] > HALF
        minimal.append(np.zeros(steps.shape, dtype=bool))
        minimal[-1][steps] = moved
        if not moved.any():
            return minimal, True
        others = np.concatenate([np.zeros(numbers), moved])
        limits.append(LinearConstraint(others[None, :], -np.inf, moved.sum() - 1))
    everything = solved.status == INFEASIBLE
    return (minimal[:MOST], everything) if minimal else ([steps], everything)


def _limits(parts: Floats, values: Floats, lacking: Sequence[Floats], cells: Sequence[Places]) -> tuple[Floats, Floats]:
    """The least and the largest number of each atom at each time; what was reported is itself."""
    known = np.nan_to_num(values)
    far = 2 * max(float(np.abs(each).max(initial=1.0)) for each in (known, *lacking))
    below = (known < 0).any(axis=0)
    low, high = np.where(below, -far, 0.0) * np.ones(values.shape), np.full(values.shape, far)
    if not below.any():
        # No part of a sum is below nought, so none is larger than the sum.
        for number, (used, missing) in enumerate(zip(cells, lacking, strict=True)):
            holds = np.where(parts[used] > 0, missing[:, None], far)
            high[number] = np.maximum(holds.min(axis=0, initial=far), 0.0)
    reported = ~np.isnan(values)
    low[reported] = high[reported] = values[reported]
    return low, high
