"""Builds the release's hotspots: each grid cell with its test, the places they form, and how far to trust them."""

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.expected import Expected, expected_from_history, expected_from_population
from analysis.hotspots import Maps, back_test, hotspots_many, persistence, scan
from analysis.ranking import Ranking, best_ranking
from data.calendar import is_year
from data.release.cell_sheets import Sheet, cell_sheets
from data.release.hotspot_moves import move_tables
from data.release.hotspot_places import PLACE_COLUMNS, Whereabouts, cell_names, place_rows, whereabouts
from data.release.watch import WATCH_COLUMNS, watch_rows
from data.release.years import yearly
from geo.grid import polygon

SCAN_RADIUS = 1000.0  # metres: what a patrol can walk round
# 199 maps by chance tell p-values down to 0.005, well below the limit; more take time and change no answer here.
PERMUTATIONS = 199
# Any number would do. It is stated, so that the same counts give the same p-value again.
SEED = 20260304
SURE = 0.05
# The ranking is chosen by how much falls in the first hundredth of the cells: what a patrol can go round.
RANKED_PART, FEWEST_RANKED = 0.01, 5

CELL_COLUMNS = [
    "size", "year", "category", "cell_id", "area_id", "count", "households", "expected", "window_count",
    "window_expected", "p_value", "hotspot", "persistence", "years_hot", "years_known", "more_than_before", "basis",
    "mass", "state", "provenance", "source_id", "place_id",
]  # fmt: skip
SCAN_COLUMNS = [
    "size", "year", "category", "area_id", "cells", "radius", "observed", "expected", "relative_risk", "p_value",
    "permutations", "seed",
]  # fmt: skip
TEST_COLUMNS = [
    "size", "year", "category", "cells", "area_share", "incidents", "hits", "hit_rate", "pai", "pei", "base_hits",
    "base_hit_rate", "base_pai", "base_pei", "beats_baseline",
]  # fmt: skip
RANKING_COLUMNS = ["size", "year", "category", "decay", "spill", "cells", "hit_rate", "last_year", "tested"]
NAME_COLUMNS = ["cell_id", "where"]

COLUMNS = {
    "cells": CELL_COLUMNS, "hotspots": PLACE_COLUMNS, "hotspot_backtest": TEST_COLUMNS, "hotspot_scan": SCAN_COLUMNS,
    "hotspot_ranking": RANKING_COLUMNS, "hotspot_watch": WATCH_COLUMNS, "cell_names": NAME_COLUMNS,
}  # fmt: skip


def hotspot_tables(
    cells: pd.DataFrame,
    hours: pd.DataFrame,
    incidents: pd.DataFrame,
    areas: pd.DataFrame,
    roads: pd.DataFrame | None = None,
    landmarks: pd.DataFrame | None = None,
) -> dict[str, pd.DataFrame]:
    """The tables of cells, hotspots, how they were ranked and tested, and hours of a release, by name.

    None of them where there are no cells, as for an audience that may not see any. `cells` and `hours` have the
    columns of their contracts; `incidents` and `areas` are release tables: the first tells which years are
    provisional or hold a mass registration, the second where the places lie. What is expected rests on the
    households of each cell and the rate of its municipality (`basis`); `more_than_before` says whether there is also
    more than the cell's own earlier years explain. Every year is judged by what was known then. Places are ranked by
    the rule that foretold best until then ("hotspot_ranking"); "hotspot_watch" are the cells ranked highest that are no
    hotspots. "hotspot_moves" and "hotspot_windows" tell what became of places in twelve months
    (`data.release.hotspot_moves`). `roads` and `landmarks` (as `data.streets.StreetMap.tables` has them) give places
    their names.
    """
    delivered = cells
    cells, hours = yearly(cells, ["cell_id", "category"]), yearly(hours, ["category", "weekday", "band"])
    if cells.empty:
        return {}
    parts: dict[str, list[pd.DataFrame]] = {name: [] for name in COLUMNS}
    where = whereabouts(areas, roads, landmarks)
    sheets = cell_sheets(cells, incidents)
    for sheet in sheets:
        expected = expected_from_population(sheet.tested, sheet.homes, sheet.area_ids)
        maps = hotspots_many(sheet.tested, expected, sheet.around)
        circles = _circles(sheet, expected) if sheet is sheets[0] else _empty(SCAN_COLUMNS)
        rankings = _rankings(sheet)
        rows = _cell_rows(sheet, expected, maps, incidents)
        places, watched, numbered = _places(sheet, rows, maps, rankings, circles, where)
        parts["cells"].append(numbered)
        parts["hotspots"].append(places)
        parts["hotspot_backtest"].append(_back_tests(sheet, maps))
        parts["hotspot_scan"].append(circles)
        parts["hotspot_ranking"].append(_ranking_rows(sheet, rankings))
        parts["hotspot_watch"].append(watched)
        names = {"cell_id": sheet.ids, "where": cell_names(sheet.ids, sheet.area_ids, where)}
        parts["cell_names"].append(pd.DataFrame(names))
    tables = {name: _joined(frames, COLUMNS[name]) for name, frames in parts.items()}
    moved = move_tables(delivered, incidents, where, sheets)
    return tables | moved | {"hours": hours.drop(columns="load_id", errors="ignore")}


def _joined(frames: list[pd.DataFrame], columns: list[str]) -> pd.DataFrame:
    filled = [frame for frame in frames if len(frame)]
    return pd.concat(filled, ignore_index=True)[columns] if filled else _empty(columns)


def _empty(columns: list[str]) -> pd.DataFrame:
    return pd.DataFrame(columns=columns)


def _cell_rows(sheet: Sheet, expected: Expected, maps: Maps, incidents: pd.DataFrame) -> pd.DataFrame:
    """A row for each year, category and cell, in the order of the sheet's arrays."""
    shape = sheet.count.shape
    history = expected_from_history(sheet.tested, sheet.homes, sheet.area_ids)
    told = hotspots_many(sheet.tested, history, sheet.around).hotspot
    lasting = [persistence_until(maps, year, k) for year in range(shape[0]) for k in range(shape[1])]
    columns: dict[str, NDArray[np.generic]] = {
        "year": np.broadcast_to(np.array(sheet.years, dtype=object)[:, None, None], shape),
        "category": np.broadcast_to(np.array(sheet.categories, dtype=object)[:, None], shape),
        "cell_id": np.broadcast_to(sheet.ids, shape),
        "area_id": np.broadcast_to(sheet.area_ids, shape),
        "count": sheet.count,
        "households": np.broadcast_to(sheet.homes, shape),
        "expected": expected.values,
        "window_count": maps.observed,
        "window_expected": maps.expected,
        "p_value": maps.p_value,
        "hotspot": maps.hotspot,
        "more_than_before": told & (history.basis == "history")[..., history.group_of] & maps.hotspot,
        "basis": expected.basis[..., expected.group_of].astype(object),
        "mass": sheet.mass,
        "provenance": sheet.provenance,
        "source_id": sheet.source_id,
    }
    rows = pd.DataFrame({name: array.reshape(-1) for name, array in columns.items()}).assign(size=sheet.size)
    words = pd.concat(lasting, ignore_index=True).rename(columns={"label": "persistence"})
    return rows.join(words).assign(state=_states(rows, incidents))


def persistence_until(maps: Maps, year: int, category: int) -> pd.DataFrame:
    """How long each cell has been a hotspot, seen from one year (its place in the years, oldest 0)."""
    hot = np.where(np.isnan(maps.p_value), np.nan, maps.hotspot)[: year + 1, category]
    return persistence(hot)


def _states(rows: pd.DataFrame, incidents: pd.DataFrame) -> NDArray[np.object_]:
    """A year is provisional while the municipality's own figure is, and until that figure is there."""
    years = incidents[is_year(incidents["period"])].rename(columns={"period": "year"})
    key = ["year", "category", "area_id"]
    known = rows[key].merge(years[[*key, "state"]], on=key, how="left")["state"]
    return np.where(
        rows["count"].isna(), "missing", np.where(known.to_numpy() == "published", "published", "provisional")
    ).astype(object)


def _rankings(sheet: Sheet) -> dict[tuple[int, int], Ranking]:
    """The ranking of each year and category (their places in the sheet) by what was known at the end of that year."""
    many = min(len(sheet.ids), max(FEWEST_RANKED, round(RANKED_PART * len(sheet.ids))))
    return {
        (year, k): best_ranking(sheet.tested[: year + 1, k], sheet.around, many)
        for year in range(len(sheet.years))
        for k in range(len(sheet.categories))
    }


def _ranking_rows(sheet: Sheet, rankings: dict[tuple[int, int], Ranking]) -> pd.DataFrame:
    rows = [
        [
            sheet.size, sheet.years[year], sheet.categories[k], ranking.rule.decay, ranking.rule.spill, ranking.cells,
            ranking.hit_rate, ranking.last_year, ranking.tested,
        ]
        for (year, k), ranking in rankings.items()
    ]  # fmt: skip
    return pd.DataFrame(rows, columns=RANKING_COLUMNS)


def _places(
    sheet: Sheet,
    rows: pd.DataFrame,
    maps: Maps,
    rankings: dict[tuple[int, int], Ranking],
    circles: pd.DataFrame,
    where: Whereabouts,
) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    """The places that touching hotspots form, those to watch, and the cell rows with the place each belongs to."""
    squares = polygon(sheet.ids.astype(str))
    place_of = np.full(len(rows), "", dtype=object)
    parts: list[pd.DataFrame] = []
    watched: list[pd.DataFrame] = []
    cells = len(sheet.ids)
    for number, start in enumerate(range(0, len(rows), cells)):
        year, k = divmod(number, len(sheet.categories))
        one_map = rows.iloc[start : start + cells].assign(score=rankings[year, k].score)
        watched.append(watch_rows(one_map, maps.dispersion[year, k], sheet.around, squares, where))
        if not one_map["hotspot"].any():
            continue
        of_map = circles[
            (circles["year"] == one_map["year"].iloc[0]) & (circles["category"] == one_map["category"].iloc[0])
        ]
        places, of_cell = place_rows(one_map, sheet.around, squares, of_map, where)
        parts.append(places)
        place_of[start : start + cells] = of_cell
    return _joined(parts, PLACE_COLUMNS), _joined(watched, WATCH_COLUMNS), rows.assign(place_id=place_of)


def _circles(sheet: Sheet, expected: Expected) -> pd.DataFrame:
    """The most likely circle of each municipality and category in the newest year: Kulldorff's second opinion."""
    corners = np.array([square.centroid.coords[0] for square in polygon(sheet.ids.astype(str))])
    rows = []
    for k, category in enumerate(sheet.categories):
        for area in np.unique(sheet.area_ids.astype(str)):
            inside = np.flatnonzero(sheet.area_ids == area)
            counts, mean = sheet.tested[-1, k, inside], expected.values[-1, k, inside]
            if np.isnan(counts + mean).all():
                continue
            cluster = scan(counts, mean, corners[inside], seed=SEED, permutations=PERMUTATIONS, radius=SCAN_RADIUS)
            if cluster is None:
                continue
            rows.append(
                {
                    "size": sheet.size,
                    "year": sheet.years[-1],
                    "category": category,
                    "area_id": area,
                    "cells": ";".join(sheet.ids[inside[cluster.cells]]),
                    **{name: getattr(cluster, name) for name in SCAN_COLUMNS[5:]},
                }
            )
    return pd.DataFrame(rows, columns=SCAN_COLUMNS)


def _back_tests(sheet: Sheet, maps: Maps) -> pd.DataFrame:
    """How each year's hotspots did on the year after, beside as many cells that simply had most before."""
    rows = []
    for after in range(1, len(sheet.years)):
        for k, category in enumerate(sheet.categories):
            test = back_test(maps.hotspot[after - 1, k], sheet.tested[after - 1, k], sheet.tested[after, k])
            hot, top = test.hotspots, test.baseline
            rows.append(
                [
                    sheet.size, sheet.years[after], category, test.cells, test.area_share, test.incidents,
                    hot.hits, hot.hit_rate, hot.pai, hot.pei, top.hits, top.hit_rate, top.pai, top.pei,
                    test.beats_baseline,
                ]
            )  # fmt: skip
    return pd.DataFrame(rows, columns=TEST_COLUMNS)
