"""One dimension of a lattice: its members, the pieces they are made of, and what is left over of a total."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
# The remainder of a total is named after it; no id of an area, period or category begins like this.
REMAINDER = "the rest of "
# What members have in common; it is nobody's figure, and still it may follow from those that are shown.
OVERLAP = "what is in both "
UNSEEN = (REMAINDER, OVERLAP)
# A combination of members that gives a piece within this has found it.
EXACT = 1e-9


@dataclass(frozen=True)
class Sum:
    """A total and its parts along one dimension; `complete` where nothing else goes into the total.

    Parts may have pieces in common (`overlap`): the total then holds each piece once.
    """

    total: str
    parts: tuple[str, ...]
    complete: bool = True


def overlap(*members: str) -> str:
    """The name of what these members, and no others, have in common; it is a part of each of them."""
    return f"{OVERLAP}{' and '.join(sorted(members))}"


def is_unseen(name: str) -> bool:
    """Whether a member is a remainder or an overlap, which nobody publishes."""
    return name.startswith(UNSEEN)


@dataclass(frozen=True)
class Axis:
    """The members of a dimension, remainders last, and how each is made of pieces (its `membership`, 0 or 1).

    `pieces` are the places of those members that are made of nothing else. `derived` gives each unseen member as a
    sum of the others (a row of weights, all 0 where it does not follow from them). `complete` are the totals that
    nothing else goes into, with their parts, the innermost first, `sums` the parts of every total.
    """

    names: list[str]
    pieces: list[int]
    membership: Floats
    derived: Mapping[int, Floats]
    complete: list[tuple[int, list[int]]]
    sums: Mapping[int, list[int]]

    @classmethod
    def of(cls, members: Iterable[str], sums: Sequence[Sum]) -> "Axis":
        """Lay out the members with these sums. ValueError for sums that go in a circle or give a total twice."""
        if len({each.total for each in sums}) < len(sums):
            raise ValueError("a total stands in two sums")
        in_sums = (name for each in sums for name in (each.total, *each.parts))
        seen = list(dict.fromkeys([*members, *in_sums]))
        rests = [REMAINDER + each.total for each in sums if not each.complete]
        names = [*seen, *rests]
        made_of = {each.total: (*each.parts, *([] if each.complete else [REMAINDER + each.total])) for each in sums}
        leaves = {name: _leaves(name, made_of, ()) for name in names}
        pieces = [index_of for index_of, name in enumerate(names) if name not in made_of]
        membership = np.array([[float(names[piece] in leaves[name]) for piece in pieces] for name in names])
        index_of = {name: number for number, name in enumerate(names)}
        inward = sorted((each for each in sums if each.complete), key=lambda each: len(leaves[each.total]))
        complete = [(index_of[each.total], [index_of[part] for part in each.parts]) for each in inward]
        parts = {index_of[each.total]: [index_of[part] for part in each.parts] for each in sums}
        return cls(names, pieces, membership, _derived(names, membership, sums), complete, parts)

    def with_unseen(self, values: Floats, axis: int) -> Floats:
        """Put what follows of unseen members into a tensor of counts that has room for them along this dimension."""
        filled = np.moveaxis(values.copy(), axis, 0)
        stated = filled.copy()
        for index, parts in self.complete:
            gap = np.isnan(filled[index])
            filled[index] = np.where(gap, filled[parts].sum(axis=0), filled[index])
        for index, weights in self.derived.items():
            used = np.flatnonzero(weights)
            filled[index] = np.tensordot(weights[used], filled[used], axes=1) if len(used) else np.nan
        # A total that was not reported is no figure for all that its parts were.
        told = [index for index in range(len(self.names)) if index not in self.derived]
        filled[told] = stated[told]
        return np.moveaxis(filled, 0, axis)


def _leaves(name: str, made_of: Mapping[str, tuple[str, ...]], above: tuple[str, ...]) -> set[str]:
    if name in above:
        raise ValueError(f"{name} is part of itself")
    if name not in made_of:
        return {name}
    return set().union(*(_leaves(part, made_of, (*above, name)) for part in made_of[name]))


def _derived(names: list[str], membership: Floats, sums: Sequence[Sum]) -> dict[int, Floats]:
    """How each unseen member follows from the others: a remainder by subtraction, an overlap where sums tell it."""
    index_of = {name: number for number, name in enumerate(names)}
    by_total = {REMAINDER + each.total: each for each in sums}
    told = [number for number, name in enumerate(names) if not is_unseen(name)]
    derived = {}
    for number, name in enumerate(names):
        if not is_unseen(name):
            continue
        own = by_total.get(name)
        parts = [index_of[part] for part in own.parts] if own else []
        if own and membership[parts].sum(axis=0).max(initial=0) <= 1 and not any(map(is_unseen, own.parts)):
            weights = np.zeros(len(names))
            weights[index_of[own.total]], weights[parts] = 1.0, -1.0
        else:
            weights = _combination(membership[told], membership[number], told, len(names))
        derived[number] = weights
    return derived


def _combination(members: Floats, wanted: Floats, places: list[int], many: int) -> Floats:
    weights = np.zeros(many)
    if len(members):
        solution = np.linalg.lstsq(members.T, wanted, rcond=None)[0]
        solution[np.abs(solution) < EXACT] = 0.0
        if np.abs(solution @ members - wanted).max(initial=0.0) < EXACT:
            weights[places] = solution
    return weights
