"""An attacker who has every released cell and solves linear programs; written apart from what it is to test.

It works on the cells themselves (the audit works on atoms): one unknown per cell and remainder, one equation per sum.
"""

from collections.abc import Mapping, Sequence
from copy import copy
from itertools import product

import numpy as np
from scipy.optimize import linprog
from scipy.sparse import csr_array

from analysis.disclosure import Sum

Cell = tuple[str, ...]
UNLIMITED = 1e6


class Attacker:
    """Knows the numbers in `released` and the sums of every dimension; `negative` cells may be below 0."""

    def __init__(
        self, released: Mapping[Cell, float], sums: Sequence[Sequence[Sum]], negative: frozenset[Cell] = frozenset()
    ) -> None:
        remainders = [[f"~{each.total}" for each in own if not each.complete] for own in sums]
        names = [
            list(dict.fromkeys([*(cell[axis] for cell in released), *rest])) for axis, rest in enumerate(remainders)
        ]
        self.place = {cell: number for number, cell in enumerate(product(*names))}
        rows, columns, values = [], [], []
        equation = 0
        for axis, own in enumerate(sums):
            others = product(*[[""] if other == axis else members for other, members in enumerate(names)])
            for rest in list(others):
                for each in own:
                    parts = [*each.parts, *([] if each.complete else [f"~{each.total}"])]
                    for name, sign in [(each.total, -1.0), *((part, 1.0) for part in parts)]:
                        rows.append(equation)
                        columns.append(self.place[(*rest[:axis], name, *rest[axis + 1 :])])
                        values.append(sign)
                    equation += 1
        self.equations = csr_array((values, (rows, columns)), shape=(equation, len(self.place)))
        self.unknown = np.tile([0.0, UNLIMITED], (len(self.place), 1))
        for cell in negative:
            self.unknown[self.place[cell], 0] = -UNLIMITED
        self.bounds = self._bounds(released)

    def knowing(self, released: Mapping[Cell, float]) -> "Attacker":
        """An attacker on the same table who has been given other cells."""
        other = copy(self)
        other.bounds = self._bounds(released)
        return other

    def _bounds(self, released: Mapping[Cell, float]) -> np.ndarray:
        bounds = self.unknown.copy()
        for cell, number in released.items():
            if not np.isnan(number):
                bounds[self.place[cell]] = number
        return bounds

    def range_of(self, cell: Cell) -> tuple[float, float]:
        """The least and the largest value of a cell over all tables that fit."""
        goal = np.zeros(len(self.place))
        goal[self.place[cell]] = 1.0
        ends = []
        for sign in (1.0, -1.0):
            found = linprog(
                sign * goal, A_eq=self.equations, b_eq=np.zeros(self.equations.shape[0]), bounds=self.bounds
            )
            assert found.status == 0, found.message
            ends.append(sign * found.fun)
        return ends[0], ends[1]


def too_narrow(
    hidden: Sequence[Cell], everything: Attacker, public_alone: Attacker, rule: float
) -> dict[Cell, tuple[float, float]]:
    """The cells that can be narrowed to less than the rule, though public figures alone would leave more."""
    found = {}
    for cell in hidden:
        low, high = everything.range_of(cell)
        if high - low < rule - 1e-6:
            least, most = public_alone.range_of(cell)
            if high - low < min(rule, most - least) - 1e-6:
                found[cell] = (low, high)
    return found
