"""Says how closely an attacker who knows all that is shown can determine each hidden cell, by linear programs."""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.optimize import linprog

from analysis.disclosure.lattice import Cube

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]
TOLERANCE = 1e-6
# Beyond what any count could be: a bound this far out is no bound.
FAR = 1e5
# Rounds of looking for tables that fit, until so many in a row have told nothing new.
PATIENCE = 3
KEPT_AUDITS = 2048
# The status HiGHS gives a solved program.
OPTIMAL = 0


@dataclass(frozen=True)
class Bounds:
    """The range of each cell asked about, and the known rows (a flag each) that keep it from being wider.

    Where `exact` is false the true range is at least this wide; it was not worth finding out how much wider.
    """

    low: Floats
    high: Floats
    exact: Flags
    blamed: dict[int, Flags]


def audit(cube: Cube, *, enough: float | None = None) -> pd.DataFrame:
    """How far each guarded cell can be narrowed down by one who knows everything shown, and that no count is below 0.

    One row per guarded cell: its dimensions, count, asked, reason, and
    low, high  the least and largest value that fits (inf where there is no limit)
    exact      whether these are the limits, or only lie within them
    wanted     the width the rule asks for: threshold - 1, or what figures known anyway leave, where that is less
    safe       whether it is at least that wide and holds two whole numbers (if figures known anyway leave two)
    With `enough`, a range seen to be at least that wide is not followed further (much faster).
    Source: Hundepool et al. (2012), Statistical Disclosure Control, chapter 4.
    """
    rows = np.flatnonzero(cube.guarded)
    bounds = ranges(cube, rows, cube.known, enough)
    table = cube.cells.loc[rows, [*cube.dimensions, "count", "asked", "reason"]].reset_index(drop=True)
    table["low"], table["high"], table["exact"] = bounds.low, bounds.high, bounds.exact
    rule = float(max(cube.threshold - 1, 0))
    table["wanted"], table["safe"] = rule, True
    narrow = np.flatnonzero(~wide_enough(bounds.low, bounds.high, rule))
    if len(narrow):
        low, high, most = bounds.low[narrow], bounds.high[narrow], ranges(cube, rows[narrow], cube.immovable, None)
        table.loc[narrow, "wanted"] = np.minimum(rule, most.high - most.low)
        table.loc[narrow, "safe"] = as_wide_as_can_be(low, high, most, rule)
    return table


def wide_enough(low: Floats, high: Floats, rule: float) -> Flags:
    """Whether ranges are at least as wide as the rule and hold more than one whole number."""
    return (high - low >= rule - TOLERANCE) & (_whole_numbers(low, high) >= 2)


def as_wide_as_can_be(low: Floats, high: Floats, most: Bounds, rule: float) -> Flags:
    """Whether ranges keep the rule as far as figures known anyway, which leave the ranges `most`, allow it."""
    whole = np.minimum(_whole_numbers(most.low, most.high), 2)
    wanted = np.minimum(most.high - most.low, rule)
    return (high - low >= wanted - TOLERANCE) & (_whole_numbers(low, high) >= whole)


def _whole_numbers(low: Floats, high: Floats) -> Floats:
    return np.floor(high + TOLERANCE) - np.ceil(low - TOLERANCE) + 1


def ranges(cube: Cube, rows: NDArray[np.int64], known: Flags, enough: float | None) -> Bounds:
    """The range of the cells in `rows` given the cells flagged `known`; remembered, for a release repeats the last."""
    counts = cube.cells["count"].to_numpy(dtype=float)
    key = (cube.parts.tobytes(), cube.parts.shape, counts[known].tobytes(), cube.lower.tobytes())
    return _ranges(*key, rows.tobytes(), known.tobytes(), enough)


@lru_cache(maxsize=KEPT_AUDITS)
def _ranges(
    parts: bytes, shape: tuple[int, int], counts: bytes, lower: bytes, rows: bytes, known: bytes, enough: float | None
) -> Bounds:
    matrix = np.frombuffer(parts).reshape(shape)
    flags = np.frombuffer(known, dtype=bool)
    search = _Search(matrix, flags, np.frombuffer(counts), np.frombuffer(lower), np.frombuffer(rows, dtype=np.int64))
    if enough is not None:
        search.look_around(enough)
    return search.finish(enough)


class _Search:
    """Looks for tables that fit what is known; every table found widens the range of every cell at once."""

    def __init__(self, parts: Floats, known: Flags, counts: Floats, lower: Floats, rows: NDArray[np.int64]) -> None:
        places = np.flatnonzero(known)
        alone = parts[places].sum(axis=1) == 1
        # A single atom that is known needs no equation: it is put where it belongs.
        self.atoms, self.alone = parts[places[alone]].argmax(axis=1), places[alone]
        self.equations, self.values, self.summed = parts[places[~alone]], counts[~alone], places[~alone]
        self.table = np.zeros(parts.shape[1])
        self.table[self.atoms] = counts[alone]
        self.free = np.ones(parts.shape[1], dtype=bool)
        self.free[self.atoms] = False
        self.limits = np.column_stack([np.maximum(lower, -FAR), np.full(len(lower), FAR)])[self.free]
        self.matrix = self.equations[:, self.free]
        self.rest = self.values - self.equations @ self.table
        self.cells, self.all = parts[rows], len(known)
        self.least, self.most = np.full(len(rows), np.inf), np.full(len(rows), -np.inf)

    def look_around(self, enough: float) -> None:
        """Push all cells not yet seen to be wide enough up and down together, until that brings nothing more."""
        random = np.random.default_rng(len(self.cells))
        idle, signs = 0, np.ones(len(self.cells))
        while idle < PATIENCE:
            before = np.flatnonzero(~wide_enough(self.least, self.most, enough))
            if not len(before):
                return
            for sign in (1.0, -1.0):
                self._least_of(sign * signs[before] @ self.cells[before])
            after = np.flatnonzero(~wide_enough(self.least, self.most, enough))
            idle = idle + 1 if len(after) == len(before) else 0
            signs = random.choice([-1.0, 1.0], len(self.cells))

    def finish(self, enough: float | None) -> Bounds:
        """The exact limits of every cell not yet seen to be wide enough, and what binds them."""
        low, high, exact = self.least.copy(), self.most.copy(), np.zeros(len(self.cells), dtype=bool)
        blamed = {}
        for place, cell in enumerate(self.cells):
            if enough is not None and wide_enough(self.least[place], self.most[place], enough):
                low[place], high[place] = self.least[place], self.most[place]
                continue
            (low[place], below), (less, above) = self._least_of(cell), self._least_of(-cell)
            high[place], exact[place], blamed[place] = -less, True, below | above
        edge = FAR - 1
        return Bounds(np.where(low < -edge, -np.inf, low), np.where(high > edge, np.inf, high), exact, blamed)

    def _least_of(self, objective: Floats) -> tuple[float, Flags]:
        """The least value of a sum of atoms over all tables that fit, and a flag on each known cell it rests on."""
        table, prices = self.table.copy(), np.zeros(len(self.values))
        if self.free.any():
            result = linprog(objective[self.free], A_eq=self.matrix, b_eq=self.rest, bounds=self.limits, method="highs")
            if result.status != OPTIMAL:
                raise ArithmeticError(f"no table fits what is known: {result.message}")
            table[self.free], prices = result.x, result.eqlin.marginals
        values = self.cells @ table
        self.least, self.most = np.minimum(self.least, values), np.maximum(self.most, values)
        # A known sum binds when it has a price; a known atom when changing it would change the least value.
        binds = np.zeros(self.all, dtype=bool)
        binds[self.summed] = np.abs(prices) > TOLERANCE
        reduced = objective - prices @ self.equations
        binds[self.alone] = np.abs(reduced[self.atoms]) > TOLERANCE
        return float(objective @ table), binds
