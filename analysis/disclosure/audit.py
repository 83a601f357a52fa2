"""Says how closely an attacker who knows all that is shown can determine each hidden cell, by linear programs."""

import hashlib
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.disclosure.lattice import Cube

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]
TOLERANCE = 1e-6
# Beyond what a count could be: a bound this far out is no bound. Where counts are large, so many times the largest.
FAR, TIMES = 1e5, 10.0
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
    Where counts can have been corrected in more than one way, each row is the way that narrows it most.
    With `enough`, a range seen to be at least that wide is not followed further (much faster).
    Source: Hundepool et al. (2012), Statistical Disclosure Control, chapter 4.
    """
    tables = [_audited(each, enough) for each in (cube, *cube.others)]
    if len(tables) == 1:
        return tables[0].drop(columns="earlier")
    table = pd.concat(tables, ignore_index=True)
    table["cell"] = table.groupby([*cube.dimensions, "earlier", "count"], sort=False, dropna=False).ngroup()
    table["width"] = table["high"] - table["low"]
    table = table.sort_values(["cell", "safe", "width"], kind="stable").drop_duplicates("cell", ignore_index=True)
    return table.drop(columns=["earlier", "cell", "width"])


def _audited(cube: Cube, enough: float | None) -> pd.DataFrame:
    rows = np.flatnonzero(cube.guarded)
    bounds = ranges(cube, rows, cube.known, enough)
    table = cube.cells.loc[rows, [*cube.dimensions, "count", "asked", "reason", "earlier"]].reset_index(drop=True)
    table["low"], table["high"], table["exact"] = bounds.low, bounds.high, bounds.exact
    rule = float(max(cube.threshold - 1, 0))
    table["wanted"], table["safe"] = rule, True
    narrow = np.flatnonzero(~wide_enough(bounds.low, bounds.high, rule))
    if len(narrow):
        low, high, most = bounds.low[narrow], bounds.high[narrow], ranges(cube, rows[narrow], cube.immovable, rule)
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
    key = hashlib.sha256(str(cube.parts.shape).encode())
    for part in (cube.parts, cube.lower, known, counts[known]):
        key.update(part.tobytes())
    bounds = _known_ranges(key.hexdigest(), len(known))
    if len(bounds.open(rows, enough)):
        search = _Search(cube, known, bounds)
        if enough is not None:
            search.look_around(rows, enough)
        search.finish(bounds.open(rows, enough))
    exact = np.array([row in bounds.exact for row in rows], dtype=bool)
    blamed = {index: bounds.blamed[row] for index, row in enumerate(rows) if row in bounds.exact}
    return Bounds(bounds.limit(bounds.least, rows), bounds.limit(bounds.most, rows), exact, blamed)


class _Ranges:
    """What has been found out about the ranges of a cube's cells, given what is known of them."""

    def __init__(self, cells: int) -> None:
        self.least, self.most = np.full(cells, np.inf), np.full(cells, -np.inf)
        self.exact: set[int] = set()
        self.blamed: dict[int, Flags] = {}
        self.edge = np.inf

    def open(self, rows: NDArray[np.int64], enough: float | None) -> NDArray[np.int64]:
        """The cells whose ranges still have to be looked for."""
        seen = np.array([row in self.exact for row in rows], dtype=bool)
        if enough is not None:
            seen |= wide_enough(self.least[rows], self.most[rows], enough)
        return rows[~seen]

    def limit(self, values: Floats, rows: NDArray[np.int64]) -> Floats:
        """The limits of cells; those beyond the edge are none."""
        return np.where(np.abs(values[rows]) > self.edge, np.copysign(np.inf, values[rows]), values[rows])


@lru_cache(maxsize=KEPT_AUDITS)
def _known_ranges(_key: str, cells: int) -> _Ranges:
    return _Ranges(cells)


class _Search:
    """Looks for tables that fit what is known; every table found widens the range of every cell at once."""

    def __init__(self, cube: Cube, known: Flags, known_ranges: _Ranges) -> None:
        parts, places = cube.parts, np.flatnonzero(known)
        counts = cube.cells["count"].to_numpy(dtype=float)[places]
        alone = parts[places].sum(axis=1) == 1
        # A single atom that is known needs no equation: it is put where it belongs.
        self.atoms, self.alone = parts[places[alone]].argmax(axis=1), places[alone]
        self.equations, self.values, self.summed = parts[places[~alone]], counts[~alone], places[~alone]
        self.table = np.zeros(parts.shape[1])
        self.table[self.atoms] = counts[alone]
        self.free = np.ones(parts.shape[1], dtype=bool)
        self.free[self.atoms] = False
        far = max(FAR, TIMES * float(np.abs(counts).max(initial=0.0)))
        self.limits = np.column_stack([np.maximum(cube.lower, -far), np.full(parts.shape[1], far)])[self.free]
        self.matrix = self.equations[:, self.free]
        self.rest = self.values - self.equations @ self.table
        self.cells, self.ranges = parts, known_ranges
        known_ranges.edge = far - 1

    def look_around(self, rows: NDArray[np.int64], enough: float) -> None:
        """Push all cells not yet seen to be wide enough up and down together, until that brings nothing more."""
        random = np.random.default_rng(len(rows))
        idle, signs = 0, np.ones(len(self.cells))
        while idle < PATIENCE:
            before = self.ranges.open(rows, enough)
            if not len(before):
                return
            for sign in (1.0, -1.0):
                self._least_of(sign * signs[before] @ self.cells[before])
            idle = idle + 1 if len(self.ranges.open(rows, enough)) == len(before) else 0
            signs = random.choice([-1.0, 1.0], len(self.cells))

    def finish(self, rows: NDArray[np.int64]) -> None:
        """Find the exact limits of cells, and what binds them."""
        for row in map(int, rows):
            (low, below), (less, above) = self._least_of(self.cells[row]), self._least_of(-self.cells[row])
            self.ranges.least[row], self.ranges.most[row] = low, -less
            self.ranges.exact.add(row)
            self.ranges.blamed[row] = below | above

    def _least_of(self, objective: Floats) -> tuple[float, Flags]:
        """The least value of a sum of atoms over all tables that fit, and a flag on each known cell it rests on."""
        table, prices = self.table.copy(), np.zeros(len(self.values))
        if self.free.any():
            # Imported where a program is solved: whoever only reads a release knows of this module, and SciPy is large.
            from scipy.optimize import linprog

            result = linprog(objective[self.free], A_eq=self.matrix, b_eq=self.rest, bounds=self.limits, method="highs")
            if result.status != OPTIMAL:
                raise ArithmeticError(f"no table fits what is known: {result.message}")
            table[self.free], prices = result.x, result.eqlin.marginals
        values, seen = self.cells @ table, self.ranges
        seen.least, seen.most = np.minimum(seen.least, values), np.maximum(seen.most, values)
        # A known sum binds when it has a price; a known atom when changing it would change the least value.
        binds = np.zeros(len(self.cells), dtype=bool)
        binds[self.summed] = np.abs(prices) > TOLERANCE
        reduced = objective - prices @ self.equations
        binds[self.alone] = np.abs(reduced[self.atoms]) > TOLERANCE
        return float(objective @ table), binds
