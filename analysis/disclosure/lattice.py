"""Lays out a table of counts with all its totals as one system of linear equations.

Every cell, be it a single count or a total, is a sum of *atoms*: the finest counts there are. Where the parts of a
total do not make it up (housing areas do not fill their municipality, the categories followed are not all offences),
the remainder is an atom of its own, which nobody publishes but everybody knows to be there.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

Floats = NDArray[np.float64]
# The remainder of a total is named after it; no id of an area, period or category begins like this.
REMAINDER = "the rest of "
FLAGS = ("public", "told", "withheld")


@dataclass(frozen=True)
class Sum:
    """A total and its parts along one dimension; `complete` where nothing else goes into the total."""

    total: str
    parts: tuple[str, ...]
    complete: bool = True


@dataclass(frozen=True)
class Cube:
    """The cells of a lattice and how each is made of atoms.

    `cells` has one row per cell: a column per dimension, and
    count    the true number, NaN where nothing was reported
    asked    whether the lattice shows it; the others are remainders, which follow from what is shown
    public   published elsewhere, so never worth hiding
    told     whether an earlier release has shown this very number
    withheld whether an earlier release has hidden this cell
    state    "published", "hidden" or "missing"; remainders are "hidden" or "missing"
    reason   why a hidden cell is guarded: "primary" (small), "secondary" (would give a small one away);
             "" for a cell that needs no guarding
    `parts` (cells x atoms, 0 or 1) says which atoms a cell sums. `lower` is each atom's least value: 0, or -inf for
    a remainder that is negative in the data, where an attacker who trusts 0 only misleads himself.
    `threshold` is the first count that may be shown.
    """

    cells: pd.DataFrame
    parts: Floats
    lower: Floats
    dimensions: tuple[str, ...]
    threshold: int = 0

    @property
    def known(self) -> NDArray[np.bool_]:
        """The cells whose numbers anyone can know: shown now, shown before, or public elsewhere."""
        return self.immovable | (self.cells["state"] == "published").to_numpy()

    @property
    def immovable(self) -> NDArray[np.bool_]:
        """The cells that are known whatever is decided now."""
        cells = self.cells
        return ((cells["public"] | cells["told"]) & cells["count"].notna()).to_numpy()

    @property
    def guarded(self) -> NDArray[np.bool_]:
        """The hidden cells nobody may determine."""
        return ((self.cells["state"] == "hidden") & (self.cells["reason"] != "")).to_numpy()


def cube(cells: pd.DataFrame, lattice: Mapping[str, Sequence[Sum]]) -> Cube:
    """Lay out the cells of a table and the remainders that follow from them; nothing is hidden yet.

    `cells` has a column per dimension of the lattice and `count` (non-negative whole numbers, NaN where nothing was
    reported), at most one row per cell; optional flags `public`, `told` and `withheld`, as in `Cube`. `lattice` maps
    each dimension to its sums. Totals must be rows themselves: a total that is no row is published nowhere.
    Raises ValueError for counts below 0, cells that stand twice, and sums that go in a circle.
    """
    dimensions = tuple(lattice)
    if cells.duplicated(list(dimensions)).any():
        raise ValueError("a cell stands twice in the cube")
    if (cells["count"] < 0).any():
        raise ValueError("a count is below 0")
    axes = [_Axis.of(cells[name], lattice[name]) for name in dimensions]
    counts = _tensor(cells, dimensions, axes)
    for place, axis in enumerate(axes):
        counts = axis.with_remainders(counts, place)
    parts: Floats = np.ones((1, 1))
    for axis in axes:
        parts = np.kron(parts, axis.membership).astype(np.float64)
    members = pd.MultiIndex.from_product([axis.names for axis in axes], names=dimensions)
    frame = pd.DataFrame({"count": counts.reshape(-1)}, index=members).reset_index()
    keys = pd.MultiIndex.from_frame(cells[list(dimensions)])
    frame["asked"] = members.isin(keys)
    remains = np.logical_or.reduce([frame[name].str.startswith(REMAINDER) for name in dimensions])
    for flag in FLAGS:
        frame[flag] = members.isin(keys[cells[flag].to_numpy()]) if flag in cells else False
    frame["state"] = np.where(frame["count"].isna(), "missing", np.where(frame["asked"], "published", "hidden"))
    frame["reason"] = ""
    lower = np.where(counts.reshape(-1)[_atoms(axes)] < 0, -np.inf, 0.0)
    # A product of members that is neither shown nor a remainder (a total nobody reports) is no cell.
    kept = (frame["asked"] | (remains & frame["count"].notna())).to_numpy()
    return Cube(frame[kept].reset_index(drop=True), parts[kept], lower, dimensions)


@dataclass(frozen=True)
class _Axis:
    """One dimension: its members, the remainders after them, and which atoms each is made of."""

    names: list[str]
    shown: int
    sums: tuple[Sum, ...]
    atoms: list[int]
    membership: Floats

    @classmethod
    def of(cls, column: "pd.Series[str]", sums: Sequence[Sum]) -> "_Axis":
        members = list(dict.fromkeys([*column, *(name for each in sums for name in (each.total, *each.parts))]))
        open_sums = [each for each in sums if not each.complete]
        names = members + [REMAINDER + each.total for each in open_sums]
        made_of = {each.total: (*each.parts, *([] if each.complete else [REMAINDER + each.total])) for each in sums}
        leaves = {name: _leaves(name, made_of, ()) for name in names}
        atoms = [place for place, name in enumerate(names) if name not in made_of]
        rows = [[float(names[atom] in leaves[name]) for atom in atoms] for name in names]
        return cls(names, len(members), tuple(sums), atoms, np.array(rows))

    def with_remainders(self, values: Floats, axis: int) -> Floats:
        """Add the remainders of this dimension to a tensor of counts."""
        place = {name: number for number, name in enumerate(self.names)}
        extra = []
        for each in self.sums:
            if not each.complete:
                parts = values.take([place[part] for part in each.parts], axis=axis).sum(axis=axis, keepdims=True)
                extra.append(values.take([place[each.total]], axis=axis) - parts)
        return np.concatenate([values, *extra], axis=axis)


def _leaves(name: str, made_of: Mapping[str, tuple[str, ...]], above: tuple[str, ...]) -> set[str]:
    if name in above:
        raise ValueError(f"{name} is part of itself")
    if name not in made_of:
        return {name}
    return set().union(*(_leaves(part, made_of, (*above, name)) for part in made_of[name]))


def _tensor(cells: pd.DataFrame, dimensions: Sequence[str], axes: Sequence[_Axis]) -> Floats:
    tensor = np.full([axis.shown for axis in axes], np.nan)
    places = tuple(
        cells[name].map({member: number for number, member in enumerate(axis.names)}).to_numpy(dtype=int)
        for name, axis in zip(dimensions, axes, strict=True)
    )
    tensor[places] = cells["count"].to_numpy(dtype=float, na_value=np.nan)
    return tensor


def _atoms(axes: Sequence[_Axis]) -> NDArray[np.int64]:
    """The positions, among all products of members, of the products of atoms, in the order of the columns."""
    grids = np.meshgrid(*[axis.atoms for axis in axes], indexing="ij")
    return np.ravel_multi_index([grid.reshape(-1) for grid in grids], [len(axis.names) for axis in axes])
