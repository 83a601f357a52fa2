"""Lays the quarterly counts of a release out as areas × quarters of the calendar."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from data.calendar import Period, is_year, periods_between

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Wide:
    """Final counts and residents of one category as areas × quarters, oldest first; NaN where none is known.

    A count with a mass registration is NaN. Every quarter of the calendar from the first to the last has its place,
    also where one is missing. Areas are in the order of their ids.
    """

    area_ids: list[str]
    quarters: list[str]
    count: Floats
    residents: Floats

    def of(self, areas: tuple[str, ...], first: int, last: int) -> float:
        """The count of some areas together over quarters number `first` to just before `last`."""
        return float(self.count[[self.area_ids.index(area) for area in areas], first:last].sum())


def final_quarters(incidents: pd.DataFrame) -> pd.DataFrame:
    """The rows of whole quarters that are published for good, of a release's table of incidents."""
    return incidents[~is_year(incidents["period"]) & (incidents["state"] == "published")]


def wide(quarters: pd.DataFrame) -> Wide:
    """Final quarters of one category at one level, laid out; empty where there are none."""
    return next((laid_out for _, laid_out in wide_by(quarters, ())), Wide([], [], np.empty((0, 0)), np.empty((0, 0))))


def wide_by(quarters: pd.DataFrame, columns: Sequence[str]) -> Iterator[tuple[tuple[str, ...], Wide]]:
    """Final quarters laid out for each combination of some columns, by its values, in their order.

    A table is read once and filled in by place: it is many times faster than a pivot of each part.
    """
    if quarters.empty:
        return
    count = quarters["count"].to_numpy(dtype=float, na_value=np.nan)
    count = np.where(quarters["mass"].to_numpy(dtype=bool), np.nan, count)
    residents = quarters["residents"].to_numpy(dtype=float, na_value=np.nan)
    area, areas = pd.factorize(quarters["area_id"].to_numpy(dtype=object), sort=True)
    period, periods = pd.factorize(quarters["period"].to_numpy(dtype=object), sort=True)
    keys = list(zip(*(quarters[column].to_numpy(dtype=object) for column in columns), strict=True)) or [()] * len(area)
    part, parts = pd.factorize(np.fromiter(keys, dtype=object, count=len(keys)), sort=True)
    by_part = np.argsort(part, kind="stable")
    for number, at in enumerate(np.split(by_part, np.flatnonzero(np.diff(part[by_part])) + 1)):
        here = np.unique(area[at])
        first, last = (Period.parse(periods[end(period[at])]) for end in (np.min, np.max))
        calendar = [each.code for each in periods_between(first, last)]
        place = {code: column for column, code in enumerate(calendar)}
        column_of = np.array([place[code] for code in periods[np.unique(period[at])]])
        cell = np.searchsorted(here, area[at]), column_of[np.searchsorted(np.unique(period[at]), period[at])]
        filled = []
        for values in (count, residents):
            table = np.full((here.size, len(calendar)), np.nan)
            table[cell] = values[at]
            filled.append(table)
        yield tuple(map(str, parts[number])), Wide([str(each) for each in areas[here]], calendar, *filled)
