"""What earlier releases have told, as equations about the counts of those releases.

A correction makes a count another number from that release on, and every other count may have stayed what it was. The
strongest reader is the one who knows which stayed: for him a count is one unknown for each value it has had, and every
figure ever shown is an equation between the unknowns of its own release.
"""

import warnings
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]
Places = NDArray[np.int64]
# Sums of whole numbers: what differs by less has not changed.
SAME = 1e-6


@dataclass(frozen=True)
class Told:
    """One earlier release over all products of members: the counts that stood, what was shown of them, what was not."""

    count: Floats
    shown: Floats
    hidden: Flags


@dataclass(frozen=True)
class Past:
    """What earlier releases say of the cells of now, and what they say besides.

    Of each product of members: `told` this very number of the same counts, `withheld` once, `corrected` since. Besides
    that a row for each cell whose counts were others: which product it is (`cell`), its number (NaN: not known),
    whether it `was_told` or `was_hidden`, and the atoms it sums. `rows` and `lower` have a column for each atom of now
    and then for each other value that an atom has had.
    """

    told: Flags
    withheld: Flags
    corrected: Flags
    cell: Places
    count: Floats
    was_told: Flags
    was_hidden: Flags
    rows: Floats
    lower: Floats


def past(parts: Floats, now: Floats, atoms: Places, releases: Sequence[Told], *, shown: Flags, unseen: Flags) -> Past:
    """Lay out what earlier `releases` (oldest first) told of the products of members whose atoms are `parts`.

    `now` are the counts that stand, `atoms` the products that are atoms, `shown` the products that are cells of now
    with a number, `unseen` those that are nobody's figure.
    """
    values = np.array([*(each.count[atoms] for each in releases), now[atoms]])
    reported = [
        *(np.where(np.isnan(each.shown), each.count, each.shown) for each in releases),
        np.where(shown, now, np.nan),
    ]
    column, lower = _columns(values, parts, reported)
    base = np.arange(parts.shape[1])
    told, withheld, corrected = (np.zeros(len(parts), dtype=bool) for _ in range(3))
    found: dict[bytes, int] = {}
    cell: list[int] = []
    count: list[float] = []
    was_told: list[bool] = []
    was_hidden: list[bool] = []
    rows: list[Floats] = []
    for each, columns in zip(releases, column, strict=True):
        moved = columns != base
        touched = parts[:, moved].any(axis=1) if moved.any() else np.zeros(len(parts), dtype=bool)
        corrected |= touched
        withheld |= each.hidden
        is_told = ~np.isnan(each.shown)
        same = ~touched & shown & (np.abs(each.shown - now) < SAME)
        told |= is_told & same
        small = unseen & touched & ~np.isnan(each.count)
        for place in np.flatnonzero((is_told & ~same) | (each.hidden & (touched | ~shown)) | small):
            row = np.zeros(len(lower))
            row[columns[parts[place] > 0]] = 1.0
            key = row.tobytes()
            if key in found:
                was_told[found[key]] |= bool(is_told[place])
                was_hidden[found[key]] |= bool(each.hidden[place])
                continue
            found[key] = len(rows)
            cell.append(int(place))
            count.append(float(each.shown[place] if is_told[place] else each.count[place]))
            was_told.append(bool(is_told[place]))
            was_hidden.append(bool(each.hidden[place]))
            rows.append(row)
    return Past(
        told=told, withheld=withheld, corrected=corrected,
        cell=np.array(cell, dtype=np.int64), count=np.array(count, dtype=float),
        was_told=np.array(was_told, dtype=bool), was_hidden=np.array(was_hidden, dtype=bool),
        rows=np.array(rows).reshape(-1, len(lower)), lower=lower,
    )  # fmt: skip


def _columns(values: Floats, parts: Floats, reported: Sequence[Floats]) -> tuple[NDArray[np.int64], Floats]:
    """Which column each atom has in each earlier release, and the least value of every column.

    `values` are the numbers of the atoms, release by release and now (NaN where none was reported), `reported` those
    of all products. A number that was not reported is taken to be what it was before, or else became: it is only known
    not to be so where the figures of that release do not add up then, and is an unknown of its own there.
    """
    filled = _filled(values)
    own = _at_odds(parts, filled, ~np.isnan(values), np.array(reported))
    now, least = filled[-1], np.nanmin(np.vstack([filled, np.zeros(filled.shape[1])]), axis=0)
    column = np.tile(np.arange(values.shape[1]), (len(values), 1))
    lower = [-np.inf if value < 0 else 0.0 for value in np.where(own[-1], least, now)]
    same = (np.abs(filled - now) < SAME) | (np.isnan(filled) & np.isnan(now))
    differs = (own | own[-1] | ~same)[:-1]
    for atom in np.flatnonzero(differs.any(axis=0)):
        seen: dict[float, int] = {}
        for number in np.flatnonzero(differs[:, atom]):
            value = filled[number, atom]
            if own[number, atom] or value not in seen:
                place = len(lower)
                lower.append(-np.inf if (least[atom] if own[number, atom] else value) < 0 else 0.0)
                if not own[number, atom]:
                    seen[value] = place
                column[number, atom] = place
            else:
                column[number, atom] = seen[value]
    return column[:-1], np.array(lower)


def _at_odds(parts: Floats, values: Floats, known: Flags, reported: Floats) -> Flags:
    """The atoms that cannot have had their values beside what was reported then (releases x atoms): the fewest.

    `values` are NaN where an atom was never reported: it then had some value, as far as may be the same all along.
    """
    off = np.zeros(values.shape, dtype=bool)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", RuntimeWarning)  # a cell that nobody ever reported has neither
        if not (np.nanmax(reported, axis=0) - np.nanmin(reported, axis=0) > SAME).any():
            return off
    from scipy.optimize import linprog
    from scipy.sparse import block_array, block_diag, csr_array, hstack

    places = [np.flatnonzero(~known[number]) for number in range(len(values))]
    cells = [np.flatnonzero(~np.isnan(each)) for each in reported]
    lacking = [
        each[used] - parts[used] @ np.nan_to_num(value)
        for each, used, value in zip(reported, cells, values, strict=True)
    ]
    never = np.flatnonzero(np.isnan(values[0]))
    if not len(never) and not any(np.abs(missing).max(initial=0.0) > SAME for missing in lacking):
        return off
    up = block_diag([csr_array(parts[used][:, free]) for used, free in zip(cells, places, strict=True)])
    base = block_array([[csr_array(parts[used][:, never])] for used in cells])
    starts = np.concatenate([values[number, free] for number, free in enumerate(places)])
    unknowns = len(starts) + len(never)
    found = None if not unknowns else linprog(
        np.concatenate([np.ones(2 * up.shape[1]), np.zeros(len(never))]),
        A_eq=hstack([up, -up, base]).tocsr(),
        b_eq=np.concatenate(lacking),
        # A number that is known at some time goes down to nought at most; one that never was is held up by its base.
        bounds=[*((0, None) for _ in starts), *((0, value if value >= 0 else None) for value in starts),
                *((0, None) for _ in never)],
        method="highs",
    )  # fmt: skip
    if found is None or found.status != 0:
        # The figures contradict each other: nothing is known of those that do.
        for number, (used, missing) in enumerate(zip(cells, lacking, strict=True)):
            off[number] = parts[used][np.abs(missing) > SAME].any(axis=0)
        return off
    moved = np.abs(found.x[: len(starts)] - found.x[len(starts) : 2 * len(starts)]) > SAME
    ends = np.cumsum([0, *(len(free) for free in places)])
    for number, free in enumerate(places):
        off[number, free] = moved[ends[number] : ends[number + 1]]
    return off


def _filled(values: Floats) -> Floats:
    """Times x atoms with each gap filled by what was known before it, or else after it."""
    filled = values.copy()
    for number in range(1, len(filled)):
        filled[number] = np.where(np.isnan(filled[number]), filled[number - 1], filled[number])
    for number in range(len(filled) - 2, -1, -1):
        filled[number] = np.where(np.isnan(filled[number]), filled[number + 1], filled[number])
    return filled
