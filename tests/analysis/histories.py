"""Random histories of releases, and an attacker who has them all; written apart from what they are to test."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import product

import numpy as np
import pandas as pd
import pytest
from scipy.optimize import linprog
from scipy.sparse import csr_array

from analysis.disclosure import Sum

Cell = tuple[str, str, str]
Shown = Mapping[Cell, float]
UNLIMITED = 1e6
WHOLE, YEAR, TOTAL = "kommune", "år", "TOT"
QUARTERS = ("q1", "q2", "q3", "q4")
CATEGORIES = ("c1", "c2", "c3")
SPLIT = ("b-nord", "b-syd")
AREAS = ("a", *SPLIT)
# The totals that have no rest besides their parts.
MADE_UP_OF = {YEAR: QUARTERS, "b": SPLIT}


@dataclass(frozen=True)
class Moment:
    """One release before protection: the true finest counts, and the cells that are reported with their numbers."""

    truth: Mapping[Cell, float]
    cells: pd.DataFrame


@dataclass(frozen=True)
class History:
    """Some releases in a row, and the sums that hold in all of them."""

    moments: tuple[Moment, ...]
    sums: Mapping[str, list[Sum]]


def random_history(random: np.random.Generator) -> History:
    """Three to six releases with new quarters, corrections, a withdrawal, a new category and an area that is split."""
    releases = int(random.integers(3, 7))
    rest = f"~{WHOLE}", f"~{TOTAL}"
    finest = {
        (area, quarter, category): float(random.poisson(60 if area == rest[0] else random.choice([0.5, 2, 5, 20])))
        for area, quarter, category in product((*AREAS, rest[0]), QUARTERS, (*CATEGORIES, rest[1]))
    }
    new_category, split, withdrawal = random.integers(0, releases + 1, 3)
    moments = []
    for number in range(releases):
        if number:
            _correct(finest, random)
        quarters = QUARTERS[: min(4, 2 + number)]
        categories = CATEGORIES if number >= new_category else CATEGORIES[:2]
        areas = ("a", *(SPLIT if number >= split else ("b",)))
        cells = _reported(finest, (*areas, WHOLE), quarters, (*categories, TOTAL))
        if number == withdrawal:
            cells.loc[(cells["area"] == "a") & (cells["category"] == "c1"), "count"] = np.nan
        moments.append(Moment(dict(finest), cells))
    sums = {
        "area": [Sum(WHOLE, ("a", "b"), complete=False), Sum("b", SPLIT)],
        "period": [Sum(YEAR, QUARTERS)],
        "category": [Sum(TOTAL, CATEGORIES, complete=False)],
    }
    return History(tuple(moments), sums)


def _correct(finest: dict[Cell, float], random: np.random.Generator) -> None:
    """Change few of the counts, most often one; now and then move a case from one area to another."""
    cells = list(finest)
    for _ in range(int(random.choice([0, 1, 1, 1, 2, 3]))):
        cell = cells[int(random.integers(len(cells)))]
        finest[cell] = max(0.0, finest[cell] + float(random.choice([-3, -2, -1, 1, 2, 2, 3, 6])))
        if random.random() < 0.2:
            other = (str(random.choice(AREAS)), *cell[1:])
            finest[other] = max(0.0, finest[other] + float(random.choice([-2, -1, 1, 2])))


def members_of(total: str) -> tuple[str, ...]:
    """What a total is made of, in the finest members."""
    return {
        **MADE_UP_OF, WHOLE: (*AREAS, f"~{WHOLE}"), TOTAL: (*CATEGORIES, f"~{TOTAL}"),
    }.get(total, (total,))  # fmt: skip


def _finest(cell: Cell) -> list[Cell]:
    return list(product(*(members_of(name) for name in cell)))


def remainders(moment: Moment) -> dict[tuple[str, str], list[Cell]]:
    """The finest counts in each local total (area, period) besides the categories that were reported."""
    local = moment.cells[~moment.cells["public"]]
    return {
        (str(area), str(period)): sorted(
            set(_finest((str(area), str(period), TOTAL)))
            - {each for category in told["category"] if category != TOTAL
               for each in _finest((str(area), str(period), str(category)))}
        )
        for (area, period), told in local.dropna(subset="count").groupby(["area", "period"])
    }  # fmt: skip


def _reported(
    finest: Mapping[Cell, float], areas: Sequence[str], quarters: Sequence[str], categories: Sequence[str]
) -> pd.DataFrame:
    periods = [*quarters, *([YEAR] if len(quarters) == len(QUARTERS) else [])]
    rows = [(*cell, sum(finest[each] for each in _finest(cell))) for cell in product(areas, periods, categories)]
    cells = pd.DataFrame(rows, columns=["area", "period", "category", "count"])
    return cells.assign(public=cells["area"] == WHOLE)


class Reader:
    """Has kept every release, and knows which of the finest counts were corrected from one to the next."""

    def __init__(self, history: History, shown: Sequence[Shown]) -> None:
        self.place: dict[tuple[int, Cell], int] = {}
        unknowns = 0
        latest: dict[Cell, tuple[float, int]] = {}
        for number, moment in enumerate(history.moments):
            for cell, count in moment.truth.items():
                if cell not in latest or latest[cell][0] != count:
                    latest[cell] = (count, unknowns)
                    unknowns += 1
                self.place[number, cell] = latest[cell][1]
        self.unknowns = unknowns
        rows, values = [], []
        for number, figures in enumerate(shown):
            for cell, figure in figures.items():
                rows.append(self._row(number, cell))
                values.append(figure)
        self.equations, self.values = csr_array(np.array(rows)), np.array(values)
        self.told = {row.tobytes() for row in rows}

    def _row(self, number: int, cell: Cell) -> np.ndarray:
        return self._sum(number, _finest(cell))

    def _sum(self, number: int, finest: Sequence[Cell]) -> np.ndarray:
        row = np.zeros(self.unknowns)
        for each in finest:
            row[self.place[number, each]] += 1.0
        return row

    def was_told(self, number: int, cell: Cell) -> bool:
        """Whether some release has shown the number of this cell, of these very counts: then it is no secret.

        Nor is a total whose parts have all been shown so, be it in different releases (a year by its four quarters):
        what is shown is no small count, and neither is a sum of what is shown. What is left of a total when all other
        parts have been shown is a secret still.
        """
        if self._row(number, cell).tobytes() in self.told:
            return True
        return any(
            all(self.was_told(number, (*cell[:axis], part, *cell[axis + 1 :])) for part in MADE_UP_OF[name])
            for axis, name in enumerate(cell)
            if name in MADE_UP_OF
        )

    def range_of(self, number: int, cell: Cell) -> tuple[float, float]:
        """The least and the largest value that a cell of a release may have had."""
        return self.range_of_sum(number, _finest(cell))

    def range_of_sum(self, number: int, finest: Sequence[Cell]) -> tuple[float, float]:
        """The least and the largest value that some finest counts of a release may have had together."""
        goal, ends = self._sum(number, finest), []
        for sign in (1.0, -1.0):
            found = linprog(sign * goal, A_eq=self.equations, b_eq=self.values, bounds=(0, UNLIMITED))
            assert found.status == 0, found.message
            ends.append(sign * found.fun)
        return ends[0], ends[1]

    def had_before_it_was_a_remainder(
        self, history: History, shown: Sequence[Shown], number: int, place: tuple[str, str]
    ) -> bool:
        """Whether these very counts were told as a sum while its parts were figures, each guarded by itself.

        A part of it was withdrawn since, and so it became what a total holds besides: nothing that is told any more.
        """
        finest = remainders(history.moments[number])[place]
        own = self._sum(number, finest)
        first = min(
            each
            for each, moment in enumerate(history.moments[: number + 1])
            if remainders(moment).get(place) == finest and np.array_equal(self._sum(each, finest), own)
        )
        if not first:
            return False
        low, high = Reader(history, shown[:first]).range_of_sum(number, finest)
        return low == pytest.approx(high)
