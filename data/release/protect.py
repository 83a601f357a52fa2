"""Protects the counts of housing areas: which of them a reader with a threshold may see, and how surely.

The counts of a municipality per quarter are published nationally and stay. A housing area is a part of one
municipality and no agreed figure spans two years but by its quarters, so each municipality's year is protected on
its own: nothing known of one says anything of another.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd

from analysis import disclosure
from analysis.disclosure import Cube, Sum
from data.partnership import USUAL_TOTAL

QUARTERS = 4
CELL = ["area_id", "period", "category"]
# What is known of a figure of an earlier release.
EARLIER_COLUMNS = [*CELL, "count", "state"]


@dataclass(frozen=True)
class Protected:
    """The protected counts of all housing areas, a cube for each municipality's year."""

    threshold: int
    cubes: tuple[Cube, ...]

    @cached_property
    def cells(self) -> pd.DataFrame:
        """Every quarterly and yearly count of a housing area: area_id, period, category, count, state and reason.

        For the one who publishes only: the counts are the true ones, and `reason` tells small counts from large.
        """
        tables = [each.cells[each.cells["asked"] & ~each.cells["public"]] for each in self.cubes]
        return _together(tables, ["count", "state", "reason"])

    def audit(self, *, exact: bool = False) -> pd.DataFrame:
        """How far each hidden cell can be narrowed down (`analysis.disclosure.audit`), remainders included.

        Unless `exact`, a range that is seen to be wide enough is not followed to its end.
        """
        enough = None if exact else float(self.threshold - 1)
        tables = [disclosure.audit(each, enough=enough) for each in self.cubes]
        columns = ["asked", "count", "reason", "low", "high", "exact", "wanted", "safe"]
        return _together(tables, columns).astype({"asked": bool, "exact": bool, "safe": bool})


def protect_incidents(
    incidents: pd.DataFrame,
    areas: pd.DataFrame,
    threshold: int,
    earlier: Sequence[pd.DataFrame] = (),
    *,
    total: str = USUAL_TOTAL,
) -> Protected:
    """Protect the incident counts of all housing areas at a threshold.

    `incidents` and `areas` have the columns of their contracts. `earlier` are incident tables of earlier releases
    (at least EARLIER_COLUMNS) for readers at this threshold or a stricter one: what they have hidden stays hidden,
    and what they have told stays known as long as the number is still the same. A number that has been corrected
    since is a new number; nobody can tell which of the old equations still hold. `total` is the category that all
    others are parts of ("" where none is); the categories that are followed do not fill it.
    """
    told, withheld = _told(earlier), _withheld(earlier)
    counts = incidents.assign(count=incidents["count"].astype(float))[[*CELL, "count"]]
    parents = areas[areas["level"] == "housing_area"].set_index("area_id")["parent_id"]
    cubes = []
    for whole, parts in _families(parents):
        block = counts[counts["area_id"].isin([whole, *parts])]
        for year, quarters in block.groupby(block["period"].str[:4]):
            cells = _with_year(quarters, str(year))
            keys = pd.MultiIndex.from_frame(cells[CELL])
            cells["public"] = cells["area_id"] == whole
            cells["told"] = pd.MultiIndex.from_frame(cells[[*CELL, "count"]]).isin(told)
            cells["withheld"] = keys.isin(withheld) & ~cells["public"]
            lattice = _lattice(cells, whole, parts, str(year), total)
            cubes.append(disclosure.protect(disclosure.cube(cells, lattice), threshold))
    return Protected(threshold, tuple(cubes))


def _together(tables: Sequence[pd.DataFrame], columns: Sequence[str]) -> pd.DataFrame:
    wanted = [*CELL, *columns]
    return pd.concat([table[wanted] for table in tables], ignore_index=True) if tables else pd.DataFrame(columns=wanted)


def _families(parents: "pd.Series[str]") -> Iterator[tuple[str, list[str]]]:
    for whole, members in parents.groupby(parents):
        yield str(whole), sorted(members.index)


def _with_year(quarters: pd.DataFrame, year: str) -> pd.DataFrame:
    """The quarters of a year and, once all four are there, their sum; it is missing where one is not reported."""
    if quarters["period"].nunique() < QUARTERS:
        return quarters.copy()
    sums = quarters.groupby(["area_id", "category"])["count"].sum(min_count=QUARTERS).reset_index()
    return pd.concat([quarters, sums.assign(period=year)], ignore_index=True)


def _lattice(cells: pd.DataFrame, whole: str, parts: Sequence[str], year: str, total: str) -> dict[str, list[Sum]]:
    present = set(cells["area_id"])
    areas = tuple(part for part in parts if part in present)
    quarters = tuple(sorted(period for period in cells["period"].unique() if period != year))
    followed = tuple(sorted(category for category in cells["category"].unique() if category != total))
    return {
        "area_id": [Sum(whole, areas, complete=False)] if whole in present else [],
        "period": [Sum(year, quarters)] if len(quarters) == QUARTERS else [],
        "category": [Sum(total, followed, complete=False)] if (cells["category"] == total).any() else [],
    }


def _told(earlier: Sequence[pd.DataFrame]) -> pd.MultiIndex:
    tables = [table.loc[table["count"].notna(), [*CELL, "count"]] for table in earlier]
    return _index(tables, [*CELL, "count"])


def _withheld(earlier: Sequence[pd.DataFrame]) -> pd.MultiIndex:
    return _index([table.loc[table["state"] == "hidden", CELL] for table in earlier], CELL)


def _index(tables: Sequence[pd.DataFrame], columns: Sequence[str]) -> pd.MultiIndex:
    none = pd.DataFrame({name: np.array([], dtype=float if name == "count" else object) for name in columns})
    return pd.MultiIndex.from_frame(pd.concat([none, *tables], ignore_index=True).drop_duplicates())
