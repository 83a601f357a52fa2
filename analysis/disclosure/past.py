"""What earlier releases have told, as equations about the counts of those releases.

A correction makes a count another number from that release on, and every other count may have stayed what it was. The
strongest reader is the one who knows which stayed: for him a count is one unknown for each value it has had, and every
figure ever shown is an equation between the unknowns of its own release.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from analysis.disclosure.explanations import SAME, explanations
from analysis.disclosure.gaps import Gap

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]
Places = NDArray[np.int64]


@dataclass(frozen=True)
class Told:
    """One earlier release over all products of members: the counts that stood, what was shown of them, what was not.

    `gaps` are those in its totals, where parts were not reported.
    """

    count: Floats
    shown: Floats
    hidden: Flags
    gaps: Sequence[Gap] = ()


@dataclass(frozen=True)
class Past:
    """What earlier releases say of the cells of now, and what they say besides.

    Of each product of members: `told` this very number of the same counts, `withheld` once, `corrected` since,
    `doubtful` where nobody can look through what may have been corrected. Besides that a row for each cell whose counts
    were others: which product it is (`cell`; of a gap its total, and the dimension it is in, else -1), its number (NaN:
    not known), whether it `was_told` or `was_hidden`, and the atoms it sums. `rows` and `lower` have a column for each
    atom of now and then for each other value that an atom has had.
    """

    told: Flags
    withheld: Flags
    corrected: Flags
    doubtful: Flags
    cell: Places
    gap_in: Places
    count: Floats
    was_told: Flags
    was_hidden: Flags
    rows: Floats
    lower: Floats


def pasts(
    parts: Floats, now: Floats, atoms: Places, releases: Sequence[Told], *, shown: Flags, unseen: Flags
) -> list[Past]:
    """Lay out what earlier `releases` (oldest first) told of the products of members whose atoms are `parts`.

    `now` are the counts that stand, `atoms` the products that are atoms, `shown` the products that are cells of now
    with a number, `unseen` those that are nobody's figure. There is one past for each way in which counts that were not
    reported can have been corrected (`analysis.disclosure.explanations`).
    """
    values = np.array([*(each.count[atoms] for each in releases), now[atoms]])
    reported = [
        *(np.where(np.isnan(each.shown), each.count, each.shown) for each in releases),
        np.where(shown, now, np.nan),
    ]
    ways = explanations(parts, values, reported)
    doubtful: Flags = np.any(parts[:, ways.doubtful] > 0, axis=1)
    return [_past(parts, now, releases, _columns(values, moved), doubtful, shown, unseen) for moved in ways.moved]


def _past(
    parts: Floats, now: Floats, releases: Sequence[Told], columns_of: "_Columns", doubtful: Flags, shown: Flags,
    unseen: Flags,
) -> Past:  # fmt: skip
    """The past in which the atoms had these columns."""
    column, lower = columns_of.column, columns_of.lower.copy()
    base = np.arange(parts.shape[1])
    told, withheld, corrected = (np.zeros(len(parts), dtype=bool) for _ in range(3))
    positions: dict[bytes, int] = {}
    cell: list[int] = []
    gap_in: list[int] = []
    count: list[float] = []
    was_told: list[bool] = []
    was_hidden: list[bool] = []
    rows: list[Floats] = []

    def add(
        index: int, columns: Places, number: float, *, is_told: bool = False, is_hidden: bool = False,
        gap: Gap | None = None,
    ) -> None:  # fmt: skip
        row = np.zeros(len(lower))
        row[columns[(parts[index] if gap is None else gap.atoms) > 0]] = 1.0
        key = row.tobytes()
        if key in positions:
            was_told[positions[key]] |= is_told
            was_hidden[positions[key]] |= is_hidden
            return
        positions[key] = len(rows)
        cell.append(index)
        gap_in.append(-1 if gap is None else gap.axis)
        count.append(number)
        was_told.append(is_told)
        was_hidden.append(is_hidden)
        rows.append(row)

    cells_of_now = {row.tobytes() for row in parts[shown]} if any(len(each.gaps) for each in releases) else set()
    asked = np.zeros(len(parts), dtype=bool)
    for each, columns, alone in zip(releases, column, columns_of.unreported, strict=False):
        moved = columns != base
        touched = parts[:, moved].any(axis=1) if moved.any() else np.zeros(len(parts), dtype=bool)
        corrected |= touched
        withheld |= each.hidden
        is_told = ~np.isnan(each.shown)
        same = ~touched & shown & (np.abs(each.shown - now) < SAME)
        told |= is_told & same
        small = unseen & (touched | np.isnan(now)) & ~np.isnan(each.count)
        for index in np.flatnonzero((is_told & ~same) | (each.hidden & (touched | ~shown)) | small):
            number = each.shown[index] if is_told[index] else each.count[index]
            add(int(index), columns, float(number), is_told=bool(is_told[index]), is_hidden=bool(each.hidden[index]))
        for index in _withdrawn(asked, each.count, parts, alone):
            add(int(index), columns, float("nan"), is_hidden=True)
        for gap in each.gaps:
            if (columns[gap.atoms > 0] == base[gap.atoms > 0]).all() and gap.atoms.tobytes() in cells_of_now:
                continue
            add(gap.place, columns, gap.count, gap=gap)
            if gap.count < 0:
                lower[columns[gap.atoms > 0]] = -np.inf
        asked |= is_told | each.hidden
    for index in _withdrawn(asked, now, parts, columns_of.unreported[-1]):
        add(int(index), base, float("nan"), is_hidden=True)
    return Past(
        told=told, withheld=withheld, corrected=corrected, doubtful=doubtful,
        cell=np.array(cell, dtype=np.int64), gap_in=np.array(gap_in, dtype=np.int64),
        count=np.array(count, dtype=float), was_told=np.array(was_told, dtype=bool),
        was_hidden=np.array(was_hidden, dtype=bool),
        rows=np.array(rows).reshape(-1, len(lower)), lower=lower,
    )  # fmt: skip


def _withdrawn(asked: Flags, count: Floats, parts: Floats, unreported: Flags) -> Places:
    """The products that were figures before, are not reported, and have become another number meanwhile.

    Nobody has told that number, but who knows what was corrected may work it out, so it is guarded like a hidden one.
    """
    return np.flatnonzero(asked & np.isnan(count) & (parts[:, unreported] > 0).any(axis=1))


@dataclass(frozen=True)
class _Columns:
    """Which `column` each atom has in each earlier release, the least value of every column (`lower`), and where
    (releases and now x atoms) a number has become another that was never reported (`unreported`)."""

    column: Places
    lower: Floats
    unreported: Flags


def _columns(values: Floats, moved: Flags) -> _Columns:
    """The columns of the atoms.

    `values` are the numbers of the atoms, release by release and now (NaN where none was reported), `moved` the steps
    between two releases in which an atom became another. Between its moves an atom is one unknown; it is the same one
    again where it is reported to be what it was.
    """
    now = len(values) - 1
    column = np.tile(np.arange(values.shape[1]), (len(values), 1))
    lower = [0.0] * values.shape[1]
    unreported = np.zeros(values.shape, dtype=bool)
    for atom in range(values.shape[1]):
        numbers = values[:, atom]
        below = bool((numbers < 0).any())
        runs = np.split(np.arange(len(values)), np.flatnonzero(moved[:, atom]) + 1)
        seen: dict[float, int] = {}
        for run in reversed(runs):
            told = numbers[run][~np.isnan(numbers[run])]
            value = float(told[-1]) if len(told) else None
            if now in run:
                place = atom
            elif value is not None and value in seen:
                place = seen[value]
            else:
                place = len(lower)
                lower.append(0.0)
            if value is not None:
                seen[value] = place
            if value < 0 if value is not None else below:
                lower[place] = -np.inf
            column[run, atom] = place
            unreported[run, atom] = value is None and len(runs) > 1
    return _Columns(column[:-1], np.array(lower), unreported)
