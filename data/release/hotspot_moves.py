"""Tells what has become of places: hotspots of the newest twelve months beside those of the twelve before."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from analysis.expected import expected_from_history, expected_from_population
from analysis.hotspots import hotspots_many, variation_over_years
from analysis.moves import VERDICTS, Cluster, Fate, fates
from data.calendar import is_year
from data.records import records
from data.release.cell_sheets import Floats, Sheet, cell_sheets
from data.release.hotspot_places import Whereabouts, described, near_housing
from data.release.rolling_years import FRESHER, NOW, THEN, WINDOW_COLUMNS, rolling_years
from geo.grid import polygon
from geo.patches import patches

MOVE_COLUMNS = [
    "size", "category", "area_id", "rank", "verdict", "cell_id", "cells", "where", "count", "then_count",
    "former_cell_id", "former_cells", "former_where", "former_count", "former_then_count", "distance", "provenance",
    "source_id",
]  # fmt: skip
MOVES, WINDOWS = "hotspot_moves", "hotspot_windows"
MOVE_TABLES = {MOVES: MOVE_COLUMNS, WINDOWS: WINDOW_COLUMNS}
BOTH = 2  # windows: the older and the newer


def move_tables(
    cells: pd.DataFrame, incidents: pd.DataFrame, where: Whereabouts, history: Sequence[Sheet] = ()
) -> dict[str, pd.DataFrame]:
    """The tables "hotspot_moves" (a row a place, in the order they are told) and "hotspot_windows" (which days).

    `cells` are loaded rows of cells of every length, `incidents` the release table, which tells of mass registrations.
    `history` are sheets of whole years: where there are more of them than the two windows, they say how much counts
    vary from one year to the next. A place is touching hotspots, found in each window as those of a year are. Its
    change is certain where the other window, as the place's history, explains it only beyond chance, over all cells of
    the map at once (`analysis.expected.expected_from_history`); `analysis.moves.fates` has the rule of what it then is
    called. `count` and `then_count` are of the cells of the place in both windows, `former_…` of the one it was kept or
    moved from; a place that has gone is told by its former cells. A count is missing where part of it was not judged.
    """
    windowed, windows = rolling_years(cells)
    if windows.empty:
        return {name: pd.DataFrame(columns=columns) for name, columns in MOVE_TABLES.items()}
    sheets = [sheet for sheet in cell_sheets(windowed, _flagged(incidents, windows)) if len(sheet.years) == BOTH]
    years = {sheet.size: sheet for sheet in history}
    rows = [row for sheet in sheets for row in _rows(sheet, years.get(sheet.size), where)]
    made = {sheet.size for sheet in sheets}
    coarse = [windows[windows["size"] == windows["size"].min()].assign(size=size) for size in made - {*windows["size"]}]
    return {
        MOVES: pd.DataFrame(rows, columns=MOVE_COLUMNS),
        WINDOWS: pd.concat([windows[windows["size"].isin(made)], *coarse], ignore_index=True)[WINDOW_COLUMNS],
    }


def _flagged(incidents: pd.DataFrame, windows: pd.DataFrame) -> pd.DataFrame:
    """The rows of mass registrations as if the windows were years: of each that holds a month of such a year."""
    hit = incidents[incidents["mass"].astype(bool) & is_year(incidents["period"])]
    massed = set(zip(hit["area_id"], hit["category"], hit["period"].astype(int), strict=True))
    rows = [
        {"period": label, "area_id": window["area_id"], "category": window["category"], "mass": True}
        for window in records(windows)
        for label, first, last in (
            (THEN, window["then_first_day"], window["then_last_day"]),
            (NOW, window["first_day"], window["last_day"]),
        )
        if any((window["area_id"], window["category"], year) in massed for year in _years_in(first, last))
    ]
    return pd.DataFrame(rows, columns=["period", "area_id", "category", "mass"])


def _years_in(first: str, last: str) -> list[int]:
    """The calendar years that more than a month of the days from one to another lies in."""
    begin, end = dt.date.fromisoformat(first), dt.date.fromisoformat(last)
    return [
        year
        for year in range(begin.year, end.year + 1)
        if (min(end, dt.date(year, 12, 31)) - max(begin, dt.date(year, 1, 1))).days >= FRESHER
    ]


def _rows(sheet: Sheet, history: Sheet | None, where: Whereabouts) -> list[dict[str, Any]]:
    """Every place of every map of a size."""
    spread = _spread(sheet, history)
    expected = expected_from_population(sheet.tested, sheet.homes, sheet.area_ids)
    hot = hotspots_many(sheet.tested, expected, sheet.around, dispersion=spread).hotspot
    changed = {
        NOW: _more_than_the_other_explains(sheet, spread, slice(None)),
        THEN: _more_than_the_other_explains(sheet, spread, slice(None, None, -1)),
    }
    squares = polygon(sheet.ids.astype(str))
    middles = np.array([square.centroid.coords[0] for square in squares])
    told: list[dict[str, Any]] = []
    for k, category in enumerate(sheet.categories):
        then, now = (
            _clusters(hot[number, k], sheet.around, middles, sheet.tested[[number, 1 - number], k], changed[label][k])
            for number, label in enumerate((THEN, NOW))
        )
        of_map = [_row(fate, now, then, sheet, k, squares, where) for fate in fates(now, then, middles, sheet.size)]
        of_map.sort(key=lambda row: (VERDICTS.index(row["verdict"]), -np.nanmax([row["count"], row["then_count"]])))
        told += [row | {"size": sheet.size, "category": category, "rank": rank} for rank, row in enumerate(of_map, 1)]
    return told


def _spread(sheet: Sheet, history: Sheet | None) -> Floats:
    """How much more than chance each category varies from year to year, as `hotspots_many` takes it."""
    own = variation_over_years(sheet.tested, sheet.around, sheet.area_ids)
    if history is not None and len(history.years) > BOTH:
        longer = variation_over_years(history.tested, history.around, history.area_ids)
        known = dict(zip(history.categories, longer, strict=True))
        own = np.array([known.get(category, value) for category, value in zip(sheet.categories, own, strict=True)])
    return own[None, :, None]


def _more_than_the_other_explains(sheet: Sheet, spread: Floats, order: slice) -> NDArray[np.bool_]:
    """Categories × cells: hotspots of the last window in this order, measured by the one before it as their history."""
    history = expected_from_history(sheet.tested[order], sheet.homes[order], sheet.area_ids)
    told = hotspots_many(sheet.tested[order], history, sheet.around, dispersion=spread).hotspot
    certain: NDArray[np.bool_] = (told & (history.basis == "history")[..., history.group_of])[-1]
    return certain


def _clusters(
    hot: NDArray[np.bool_], around: NDArray[np.int64], middles: Floats, counts: Floats, changed: NDArray[np.bool_]
) -> list[Cluster]:
    """The clusters of a window; `counts` are its own and those of the other. What was not judged there is not sure."""
    numbers = patches(hot, around)
    members = [np.flatnonzero(numbers == number) for number in range(numbers.max(initial=-1) + 1)]
    own, other = counts
    return [
        Cluster.of(cells, middles, own, bool(changed[cells].any()) and not np.isnan(other[cells]).any())
        for cells in members
    ]


def _row(
    fate: Fate,
    now: Sequence[Cluster],
    then: Sequence[Cluster],
    sheet: Sheet,
    k: int,
    squares: NDArray[np.object_],
    where: Whereabouts,
) -> dict[str, Any]:
    older, newer = sheet.tested[:, k]
    own = now[fate.now].cells if fate.now is not None else then[fate.then or 0].cells
    densest = int(own[int(np.argmax((newer if fate.now is not None else older)[own]))])
    row: dict[str, Any] = {
        "verdict": fate.verdict,
        "area_id": sheet.area_ids[densest],
        "cell_id": sheet.ids[densest],
        "cells": ";".join(sheet.ids[own]),
        "where": _said(densest, sheet, squares, where),
        "count": newer[own].sum(),
        "then_count": older[own].sum(),
        "distance": fate.distance,
        "former_cell_id": "",
        "former_cells": "",
        "former_where": "",
        # "example" sorts before "official": what is invented in part is invented.
        "provenance": sheet.provenance[:, k, own].min(),
        "source_id": sheet.source_id[-1, k, densest],
    }
    if fate.now is not None and fate.then is not None:
        former = then[fate.then].cells
        place = int(former[int(np.argmax(older[former]))])
        row |= {
            "former_cell_id": sheet.ids[place],
            "former_cells": ";".join(sheet.ids[former]),
            "former_where": _said(place, sheet, squares, where),
            "former_count": newer[former].sum(),
            "former_then_count": older[former].sum(),
        }
    return row


def _said(cell: int, sheet: Sheet, squares: NDArray[np.object_], where: Whereabouts) -> str:
    square: BaseGeometry = squares[cell]
    return described(str(sheet.area_ids[cell]), square, near_housing(square, where), where)
