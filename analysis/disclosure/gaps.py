"""What a total holds besides those of its parts that were reported, where a part was not.

A part that is missing is no figure, and still the total less its other parts tells it together with what nobody counts.
That gap is guarded like a remainder: the part may be reported in the next release. And whoever remembers the part from
an earlier release, and knows that it stayed, has the remainder without it.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from analysis.disclosure.axes import Axis

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Gap:
    """The gap in the total at the product of members `place`, along the dimension `axis`: its atoms and its number."""

    place: int
    axis: int
    atoms: Floats
    count: float


def gaps(axes: Sequence[Axis], parts: Floats, counts: Floats, remembered: Floats | None = None) -> list[Gap]:
    """The gaps in all totals of a table, those in several dimensions at once included.

    `parts` has the atoms of each product of members, `counts` its number (NaN: not reported), `remembered` the number
    an earlier release had of those not reported: what totals hold besides these is told too.
    """
    found = _gaps(axes, parts, counts, everywhere=False)
    if remembered is not None and (np.isnan(counts) & ~np.isnan(remembered)).any():
        filled = np.where(np.isnan(counts), remembered, counts)
        more = _gaps(axes, parts, filled, everywhere=True)
        found |= {key: each for key, each in more.items() if key not in found and each.count > 0}
        told = {row.tobytes() for row in parts[~np.isnan(counts)]}
        found = {key: each for key, each in found.items() if key not in told}
    return list(found.values())


def _gaps(axes: Sequence[Axis], parts: Floats, counts: Floats, *, everywhere: bool) -> dict[bytes, Gap]:
    """The gaps by their atoms; `everywhere` also where all parts were reported."""
    shape = [len(axis.names) for axis in axes]
    # A gap of one dimension is a number that the totals of the next have gaps in.
    numbers = counts.copy()
    found: dict[bytes, Gap] = {}
    for _ in axes:
        before = len(found)
        for number, axis in enumerate(axes):
            own = [
                each
                for each in _along(axis, number, shape, parts, numbers, everywhere)
                if each.atoms.tobytes() not in found
            ]
            found |= {each.atoms.tobytes(): each for each in own}
            for each in own:
                numbers[np.isnan(numbers) & (parts == each.atoms).all(axis=1)] = each.count
        if len(found) == before:
            break
    return found


def _along(
    axis: Axis, number: int, shape: Sequence[int], parts: Floats, counts: Floats, everywhere: bool
) -> Iterator[Gap]:
    places = np.moveaxis(np.arange(len(counts)).reshape(shape), number, 0).reshape(len(axis.names), -1)
    missing = np.isnan(counts)
    for total, own in axis.sums.items():
        for at in places[:, ~missing[places[total]] & (everywhere | missing[places[own]].any(axis=0))].T:
            told = at[_reported(own, axis.sums, ~missing[at])]
            atoms = parts[at[total]] - parts[told].sum(axis=0)
            if len(told) and atoms.min() >= 0 and atoms.any():
                yield Gap(int(at[total]), number, atoms, float(counts[at[total]] - counts[told].sum()))


def _reported(members: Sequence[int], sums: Mapping[int, Sequence[int]], told: NDArray[np.bool_]) -> list[int]:
    """Those of the members that were reported, and of the others the reported parts."""
    return [
        each
        for member in members
        for each in ([member] if told[member] else _reported(sums.get(member, ()), sums, told))
    ]
