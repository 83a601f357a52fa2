"""Lays out a table of counts with all its totals, now and in earlier releases, as one system of linear equations.

Every cell, be it a single count or a total, is a sum of *atoms*: the finest counts there are. Where the parts of a
total do not make it up (housing areas do not fill their municipality, the categories followed are not all offences),
the remainder is an atom of its own, which nobody publishes but everybody knows to be there. A figure that an earlier
release has shown is an equation about the counts of that release (`analysis.disclosure.past`).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.disclosure.axes import REMAINDER, UNSEEN, Axis, Sum
from analysis.disclosure.gaps import Gap, gaps
from analysis.disclosure.past import Past, Told, pasts

Floats = NDArray[np.float64]
FLAGS = ("public", "told", "withheld")


@dataclass(frozen=True)
class Cube:
    """The cells of a lattice and how each is made of atoms.

    `cells` has one row per cell: a column per dimension, and
    count     the true number, NaN where nothing was reported
    asked     whether the lattice shows it; the others are unseen remainders, or figures of earlier releases
    public    published elsewhere, so not worth hiding unless a correction of it gives a hidden count away
    told      whether an earlier release has shown this very number, of the same counts
    withheld  whether an earlier release has hidden this cell
    corrected whether a count in it has been corrected since an earlier release
    doubtful  whether more of its counts may have been corrected, in more ways, than can be looked through
    earlier   whether this is the cell as an earlier release had it, before counts in it were corrected
    state     "published", "hidden" or "missing"; unseen remainders are "hidden" or "missing"
    reason    why a hidden cell is guarded: "primary" (small), "secondary" (would give a small one away);
              "" for a cell that needs no guarding
    `parts` (cells x atoms, 0 or 1) says which atoms a cell sums; a corrected count is one atom for each of its values.
    `lower` is each atom's least value: 0, or -inf for a remainder that is negative in the data, where an attacker who
    trusts 0 only misleads himself. `threshold` is the first count that may be shown.
    `others` are the same cells, with others of earlier releases beneath, for each other way in which counts that nobody
    reported can have been corrected: a reader may know which way it was, so what is shown has to be safe in all.
    """

    cells: pd.DataFrame
    parts: Floats
    lower: Floats
    dimensions: tuple[str, ...]
    threshold: int = 0
    others: "tuple[Cube, ...]" = ()

    @property
    def known(self) -> NDArray[np.bool_]:
        """The cells whose numbers anyone can know: shown now, shown before, or public elsewhere."""
        return self.immovable | (self.cells["state"] == "published").to_numpy()

    @property
    def immovable(self) -> NDArray[np.bool_]:
        """The cells that are known whatever is decided now."""
        cells = self.cells
        return (((cells["public"] & ~cells["corrected"]) | cells["told"]) & cells["count"].notna()).to_numpy()

    @property
    def guarded(self) -> NDArray[np.bool_]:
        """The hidden cells nobody may determine."""
        return ((self.cells["state"] == "hidden") & (self.cells["reason"] != "")).to_numpy()


def cube(cells: pd.DataFrame, lattice: Mapping[str, Sequence[Sum]], earlier: Sequence[pd.DataFrame] = ()) -> Cube:
    """Lay out the cells of a table and the remainders that follow from them; nothing is hidden yet.

    `cells` has a column per dimension of the lattice and `count` (non-negative whole numbers, NaN where nothing was
    reported), at most one row per cell; optional flags `public`, `told` and `withheld`, as in `Cube`. `lattice` maps
    each dimension to its sums. Totals must be rows themselves: a total that is no row is published nowhere.
    `earlier` are the releases before, oldest first, each with its cells by the same dimensions and
    shown  the number it showed, NaN where it showed none
    hidden whether it hid the number
    count  the number that stood then, NaN where that is not known
    Raises ValueError for counts below 0, cells that stand twice, and sums that go in a circle.
    """
    dimensions = tuple(lattice)
    for table in (cells, *earlier):
        if table.duplicated(list(dimensions)).any():
            raise ValueError("a cell stands twice in the cube")
        if (table["count"] < 0).any():
            raise ValueError("a count is below 0")
    axes = [
        Axis.of((name for table in (cells, *earlier) for name in table[each].unique()), lattice[each])
        for each in dimensions
    ]
    counts = _counts(cells, "count", dimensions, axes)
    parts: Floats = np.ones((1, 1))
    for axis in axes:
        parts = np.kron(parts, axis.membership).astype(np.float64)
    members = pd.MultiIndex.from_product([axis.names for axis in axes], names=dimensions)
    frame = pd.DataFrame({"count": counts}, index=members).reset_index()
    keys = pd.MultiIndex.from_frame(cells[list(dimensions)])
    frame["asked"] = members.isin(keys)
    unseen = np.logical_or.reduce([frame[name].str.startswith(UNSEEN) for name in dimensions])
    for flag in FLAGS:
        frame[flag] = members.isin(keys[cells[flag].to_numpy()]) if flag in cells else False
    # A product of members that is neither shown nor a remainder (a total nobody reports) is no cell.
    kept = (frame["asked"] | (unseen & frame["count"].notna())).to_numpy()
    told: list[Told] = []
    remembered = np.full(len(counts), np.nan)
    for table in earlier:
        told.append(_told(table, dimensions, axes, parts, remembered))
        remembered = np.where(np.isnan(told[-1].count), remembered, told[-1].count)
    own = gaps(axes, parts, counts, remembered)
    before = pasts(parts, counts, _atoms(axes), told, shown=kept & ~np.isnan(counts), unseen=unseen)
    first, *others = (_together(frame.copy(), kept, own, each, parts, dimensions) for each in before)
    return replace(first, others=tuple(others))


def _told(
    table: pd.DataFrame, dimensions: Sequence[str], axes: Sequence[Axis], parts: Floats, remembered: Floats
) -> Told:
    """An earlier release, laid out over all products of members; `remembered` is what those before it had."""
    count = _counts(table, "count", dimensions, axes)
    shown = _counts(table, "shown", dimensions, axes, seen_only=True)
    hidden = _counts(table.assign(hidden=table["hidden"].where(table["hidden"])), "hidden", dimensions, axes) == 1
    return Told(count, shown, hidden, gaps(axes, parts, count, remembered))


def _together(
    frame: pd.DataFrame, kept: NDArray[np.bool_], own: Sequence[Gap], before: Past, parts: Floats,
    dimensions: tuple[str, ...],
) -> Cube:  # fmt: skip
    """The cells of now, and beneath them those of earlier releases that say something else."""
    public = frame["public"].to_numpy()
    frame["told"] |= before.told
    frame["withheld"] |= before.withheld & ~public
    frame["corrected"] = before.corrected
    frame["doubtful"] = before.doubtful
    frame["earlier"] = False
    then = frame.loc[before.cell, list(dimensions)].assign(
        count=before.count, asked=False, public=False, told=before.was_told, corrected=False, doubtful=False,
        earlier=True,
        withheld=before.was_hidden & ~public[before.cell],
    )  # fmt: skip
    then = _named(then, before.gap_in, dimensions)
    left = _named(frame.loc[[each.place for each in own]], [each.axis for each in own], dimensions).assign(
        count=[each.count for each in own], asked=False, public=False, told=False, withheld=False, corrected=False,
        doubtful=False,
    )  # fmt: skip
    cells = pd.concat([each for each in (frame[kept], left, then) if len(each)], ignore_index=True)
    cells["state"] = np.where(
        cells["count"].isna() & ~cells["earlier"],
        "missing",
        np.where(cells["asked"] | (cells["earlier"] & cells["told"]), "published", "hidden"),
    )
    cells["reason"] = ""
    now = np.vstack([parts[kept], *(each.atoms[None, :] for each in own)])
    added = np.zeros((len(now), before.rows.shape[1] - parts.shape[1]))
    lower = before.lower.copy()
    for each in own:
        if each.count < 0:
            lower[: parts.shape[1]][each.atoms > 0] = -np.inf
    return Cube(cells, np.vstack([np.hstack([now, added]), before.rows]), lower, dimensions)


def _named(cells: pd.DataFrame, gap_in: Sequence[int] | NDArray[np.int64], dimensions: Sequence[str]) -> pd.DataFrame:
    """The cells, those that are gaps in a dimension (-1: none) named like the rest of their total."""
    axis = np.asarray(gap_in, dtype=np.int64)
    if not (axis >= 0).any():
        return cells
    names = {
        name: np.where(axis == number, REMAINDER + cells[name].astype(str), cells[name])
        for number, name in enumerate(dimensions)
    }
    return cells.assign(**names)


def _counts(
    cells: pd.DataFrame, column: str, dimensions: Sequence[str], axes: Sequence[Axis], *, seen_only: bool = False
) -> Floats:
    """A column laid out over all products of members (NaN where there is none), with the remainders that follow."""
    tensor = np.full([len(axis.names) for axis in axes], np.nan)
    places = tuple(
        cells[name].map({member: number for number, member in enumerate(axis.names)}).to_numpy(dtype=int)
        for name, axis in zip(dimensions, axes, strict=True)
    )
    tensor[places] = cells[column].to_numpy(dtype=float, na_value=np.nan)
    if not seen_only:
        for index, axis in enumerate(axes):
            tensor = axis.with_unseen(tensor, index)
    return tensor.reshape(-1)


def _atoms(axes: Sequence[Axis]) -> NDArray[np.int64]:
    """The positions, among all products of members, of the products of pieces, in the order of the columns."""
    grids = np.meshgrid(*[axis.pieces for axis in axes], indexing="ij")
    return np.ravel_multi_index([grid.reshape(-1) for grid in grids], [len(axis.names) for axis in axes])
