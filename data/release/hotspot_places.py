"""Gathers touching hotspots into places: one line in a list, with its densest cell and whereabouts in words."""

from dataclasses import dataclass, field

import geopandas
import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from data import danish
from geo.grid import polygon
from geo.patches import patches
from geo.place_names import Gazetteer, direction, gazetteer, place_name, station_near, streets_at
from geo.projection import to_metres

PLACE_COLUMNS = [
    "size", "year", "category", "place_id", "rank", "cell_id", "cells", "area_id", "where", "near", "close_by", "count",
    "expected", "window_count", "window_expected", "p_value", "persistence", "years_hot", "years_known",
    "more_than_before", "scan", "basis", "mass", "score", "state", "provenance", "source_id",
]  # fmt: skip
# Of the strongest cell, for a housing area to lend the place its name.
LEAST_OVERLAP = 0.1
# A place nearer the middle than this part of the municipality's size is in its middle.
MIDDLE = 0.18
# Metres to a housing area for a place to be described by it, and how finely the distance is told.
IN_REACH, STEP, KILOMETRE = 1500, 100, 1000
# Metres within which a housing area is close to a place: who works there works near it.
CLOSE_BY = 500


Corners = tuple[float, float, float, float]
"""West, south, east and north of a square, which tell it."""


@dataclass(frozen=True)
class Whereabouts:
    """What a place is described by: municipalities and housing areas with their outlines (EPSG:25832), and streets.

    `known` is None where neither named streets nor landmarks are known. The same square is asked about for many years
    and categories, so what was told of it is kept.
    """

    names: dict[str, str]
    municipalities: dict[str, BaseGeometry]
    housing: dict[str, BaseGeometry]
    known: Gazetteer | None = None
    near: dict[Corners, list[str]] = field(default_factory=dict, compare=False, repr=False)
    told: dict[tuple[str, Corners], str] = field(default_factory=dict, compare=False, repr=False)


def whereabouts(
    areas: pd.DataFrame, roads: pd.DataFrame | None = None, landmarks: pd.DataFrame | None = None
) -> Whereabouts:
    """The outlines of a release's areas (WKB in WGS84) in metres, and the streets as `StreetMap.tables` has them."""
    drawn = areas[areas["geometry"].notna()]
    shapes: dict[str, dict[str, BaseGeometry]] = {"municipality": {}, "housing_area": {}}
    outlines = to_metres(shapely.from_wkb(drawn["geometry"].to_numpy()))
    for area_id, level, outline in zip(drawn["area_id"], drawn["level"], outlines, strict=True):
        if level in shapes:
            shapes[level][area_id] = outline
    names = dict(zip(areas["area_id"], areas["name"], strict=True))
    housing = shapes["housing_area"]
    known = None
    if roads is not None and landmarks is not None and len(roads) + len(landmarks):
        outlines_by_name = {names[area_id]: outline for area_id, outline in housing.items()}
        known = gazetteer(_drawn(roads), _drawn(landmarks), outlines_by_name)
    return Whereabouts(names, shapes["municipality"], housing, known)


def _drawn(table: pd.DataFrame) -> geopandas.GeoDataFrame:
    return geopandas.GeoDataFrame(
        table.drop(columns="geometry"), geometry=shapely.from_wkb(table["geometry"].to_numpy()), crs=4326
    )


def place_rows(
    cells: pd.DataFrame,
    around: NDArray[np.int64],
    squares: NDArray[np.object_],
    circles: pd.DataFrame,
    where: Whereabouts,
) -> tuple[pd.DataFrame, NDArray[np.object_]]:
    """The places of one map, highest score first, and for each cell the id of its place ("" where it has none).

    `cells` are the rows of one map, with each cell's `score`; `around` (cells × neighbours) and `squares` (polygons in
    EPSG:25832) are in their order. A place is told by its surest cell, after which it is called, whose window
    (`window_count`, `window_expected`) was tested and whose persistence it has; `cell_id` is the cell with most in it,
    which the place is named after; `count` and `expected` are of all its cells, `score` is the highest of theirs.
    `scan` says whether the scan's circles (`circles`; none where the year was not scanned) agree: "agrees",
    "elsewhere" or "".
    """
    numbers = patches(cells["hotspot"].to_numpy(), around)
    order = np.flatnonzero(numbers >= 0)
    hot = cells.iloc[order]
    surplus = hot["window_count"] - hot["window_expected"]
    surest = hot.assign(patch=numbers[order], surplus=surplus, order=order).sort_values(
        ["p_value", "surplus", "count"], ascending=[True, False, False], kind="stable"
    )
    best = surest.groupby("patch")["score"].transform("max")
    ranked = surest.assign(best=best).sort_values("best", ascending=False, kind="stable")
    agreed = {cell for listed in circles.loc[circles["p_value"] <= 0.05, "cells"] for cell in listed.split(";")}
    ids = np.full(len(cells), "", dtype=object)
    rows = []
    for rank, (_, members) in enumerate(ranked.groupby("patch", sort=False), start=1):
        peak = members.iloc[0]
        ids[members["order"]] = peak["cell_id"]
        densest = members.sort_values("count", ascending=False, kind="stable").iloc[0]
        square = squares[int(densest["order"])]
        near = near_housing(square, where)
        rows.append(
            peak[[name for name in PLACE_COLUMNS if name in cells]].to_dict()
            | {
                "place_id": peak["cell_id"],
                "cell_id": densest["cell_id"],
                "score": peak["best"],
                "rank": rank,
                "cells": ";".join(sorted(members["cell_id"])),
                "near": ";".join(near),
                "close_by": ";".join(close_by(square, where)),
                "where": described(peak["area_id"], square, near, where),
                "count": members["count"].sum(),
                "expected": members["expected"].sum(),
                "mass": bool(members["mass"].any()),
                "more_than_before": bool(members["more_than_before"].any()),
                "scan": "" if circles.empty else "agrees" if agreed & set(members["cell_id"]) else "elsewhere",
            }
        )
    return pd.DataFrame(rows, columns=PLACE_COLUMNS), ids


def cell_names(ids: NDArray[np.object_], area_ids: NDArray[np.object_], where: Whereabouts) -> list[str]:
    """Where each cell is, in words."""
    squares = polygon(ids.astype(str))
    return [
        described(str(area_id), square, near_housing(square, where), where)
        for area_id, square in zip(area_ids, squares, strict=True)
    ]


def near_housing(square: BaseGeometry, where: Whereabouts) -> list[str]:
    """Housing areas that the cell overlaps, most first."""
    if square.bounds not in where.near:
        where.near[square.bounds] = _near_housing(square, where)
    return where.near[square.bounds]


def _near_housing(square: BaseGeometry, where: Whereabouts) -> list[str]:
    parts = {area: outline.intersection(square).area / square.area for area, outline in where.housing.items()}
    return sorted((area for area, part in parts.items() if part >= LEAST_OVERLAP), key=parts.__getitem__, reverse=True)


def close_by(square: BaseGeometry, where: Whereabouts) -> list[str]:
    """Housing areas within half a kilometre of the cell, nearest first."""
    distances = {area: outline.distance(square) for area, outline in where.housing.items()}
    return sorted((area for area, far in distances.items() if far <= CLOSE_BY), key=distances.__getitem__)


def described(municipality: str, square: BaseGeometry, near: list[str], where: Whereabouts) -> str:
    """Where the cell lies, in words: "Ballerup: ved Hold-an Vej og Centrumgaden, 200 m fra Ballerup Station".

    Without named streets it is told by the housing area, else by landmark, distance and direction; without those too
    it is the part of the municipality: "Ballerup: den vestlige del". `near` is what `near_housing` says of the square.
    """
    key = municipality, square.bounds
    if key not in where.told:
        where.told[key] = _described(municipality, square, near, where)
    return where.told[key]


def _described(municipality: str, square: BaseGeometry, near: list[str], where: Whereabouts) -> str:
    name = where.names.get(municipality, municipality)
    told = _by_streets(square, near, where)
    if told:
        return f"{name}: {told}"
    if near:
        return f"{name}: ved {danish.join(where.names[area] for area in near)}"
    middle = square.centroid
    distances = {area: outline.distance(middle) for area, outline in where.housing.items()}
    nearest = min(distances, key=distances.__getitem__, default="")
    if nearest and distances[nearest] <= IN_REACH:
        metres = max(STEP, round(distances[nearest] / STEP) * STEP)
        wind = direction(where.housing[nearest].centroid, middle)
        far = f"{metres} m" if metres < KILOMETRE else f"{danish.decimal(metres / KILOMETRE)} km"
        return f"{name}: {far} {wind} for {where.names[nearest]}"
    outline = where.municipalities.get(municipality)
    if outline is None:
        return name
    if outline.centroid.distance(middle) < MIDDLE * np.sqrt(outline.area):
        return f"{name}: midten"
    return f"{name}: den {direction(outline.centroid, middle)}lige del"


def _by_streets(square: BaseGeometry, near: list[str], where: Whereabouts) -> str:
    """The cell by its housing area, streets and station, else by a landmark; "" where none of them is known."""
    if where.known is None:
        return ""
    if not near:
        return place_name(square, where.known)
    housing = danish.join(where.names[area] for area in near)
    if streets_at(square, where.known):
        return f"{housing}, {place_name(square, where.known)}"
    station = station_near(square, where.known)
    return f"ved {housing}{f', {station}' if station else ''}"
