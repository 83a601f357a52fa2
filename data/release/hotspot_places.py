"""Gathers touching hotspots into places: one line in a list, with its strongest cell and whereabouts in words."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from data import danish
from geo.patches import patches
from geo.projection import to_metres

PLACE_COLUMNS = [
    "size", "year", "category", "place_id", "rank", "cell_id", "cells", "area_id", "where", "near", "count",
    "expected", "window_count", "window_expected", "p_value", "persistence", "years_hot", "years_known",
    "more_than_before", "scan", "basis", "mass", "state", "provenance", "source_id",
]  # fmt: skip
# Of the strongest cell, for a housing area to lend the place its name.
LEAST_OVERLAP = 0.1
# A place nearer the middle than this part of the municipality's size is in its middle.
MIDDLE = 0.18
# Metres to a housing area for a place to be described by it, and how finely the distance is told.
IN_REACH, STEP, KILOMETRE = 1500, 100, 1000
WINDS = ("øst", "nordøst", "nord", "nordvest", "vest", "sydvest", "syd", "sydøst")
SIDES = ("østlige", "nordøstlige", "nordlige", "nordvestlige", "vestlige", "sydvestlige", "sydlige", "sydøstlige")


@dataclass(frozen=True)
class Whereabouts:
    """Names and outlines (EPSG:25832) by which a place is described: municipalities and housing areas."""

    names: dict[str, str]
    municipalities: dict[str, BaseGeometry]
    housing: dict[str, BaseGeometry]


def whereabouts(areas: pd.DataFrame) -> Whereabouts:
    """The outlines of a release's areas (WKB in WGS84), in metres."""
    drawn = areas[areas["geometry"].notna()]
    shapes: dict[str, dict[str, BaseGeometry]] = {"municipality": {}, "housing_area": {}}
    outlines = to_metres(shapely.from_wkb(drawn["geometry"].to_numpy()))
    for area_id, level, outline in zip(drawn["area_id"], drawn["level"], outlines, strict=True):
        if level in shapes:
            shapes[level][area_id] = outline
    names = dict(zip(areas["area_id"], areas["name"], strict=True))
    return Whereabouts(names, shapes["municipality"], shapes["housing_area"])


def place_rows(
    cells: pd.DataFrame,
    around: NDArray[np.int64],
    squares: NDArray[np.object_],
    circles: pd.DataFrame,
    where: Whereabouts,
) -> tuple[pd.DataFrame, NDArray[np.object_]]:
    """The places of one map, most certain first, and for each cell the id of its place ("" where it has none).

    `cells` are the rows of one map; `around` (cells × neighbours) and `squares` (polygons in EPSG:25832) are in their
    order. A place is told by its strongest cell, whose window (`window_count`, `window_expected`) was tested and whose
    persistence it has; `count` and `expected` are of all its cells. `scan` says whether the scan's circles
    (`circles`; none where the year was not scanned) agree: "agrees", "elsewhere" or "".
    """
    numbers = patches(cells["hotspot"].to_numpy(), around)
    order = np.flatnonzero(numbers >= 0)
    hot = cells.iloc[order]
    surplus = hot["window_count"] - hot["window_expected"]
    ranked = hot.assign(patch=numbers[order], surplus=surplus, order=order).sort_values(
        ["p_value", "surplus", "count"], ascending=[True, False, False], kind="stable"
    )
    agreed = {cell for listed in circles.loc[circles["p_value"] <= 0.05, "cells"] for cell in listed.split(";")}
    ids = np.full(len(cells), "", dtype=object)
    rows = []
    for rank, (_, members) in enumerate(ranked.groupby("patch", sort=False), start=1):
        peak = members.iloc[0]
        ids[members["order"]] = peak["cell_id"]
        near = _near(squares[int(peak["order"])], where)
        rows.append(
            peak[[name for name in PLACE_COLUMNS if name in cells]].to_dict()
            | {
                "place_id": peak["cell_id"],
                "rank": rank,
                "cells": ";".join(sorted(members["cell_id"])),
                "near": ";".join(near),
                "where": _where(peak["area_id"], squares[int(peak["order"])], near, where),
                "count": members["count"].sum(),
                "expected": members["expected"].sum(),
                "mass": bool(members["mass"].any()),
                "more_than_before": bool(members["more_than_before"].any()),
                "scan": "" if circles.empty else "agrees" if agreed & set(members["cell_id"]) else "elsewhere",
            }
        )
    return pd.DataFrame(rows, columns=PLACE_COLUMNS), ids


def _near(square: BaseGeometry, where: Whereabouts) -> list[str]:
    """Housing areas that the cell overlaps, most first."""
    parts = {area: outline.intersection(square).area / square.area for area, outline in where.housing.items()}
    return sorted((area for area, part in parts.items() if part >= LEAST_OVERLAP), key=parts.__getitem__, reverse=True)


def _where(municipality: str, square: BaseGeometry, near: list[str], where: Whereabouts) -> str:
    """Where the cell lies, in words: "Herlev: ved Hjortegården", "Ballerup: 700 m syd for Grantoften".

    Without a housing area in reach it is the part of the municipality: "Ballerup: den vestlige del".
    """
    name = where.names.get(municipality, municipality)
    if near:
        return f"{name}: ved {danish.join(where.names[area] for area in near)}"
    middle = square.centroid
    distances = {area: outline.distance(middle) for area, outline in where.housing.items()}
    nearest = min(distances, key=distances.__getitem__, default="")
    if nearest and distances[nearest] <= IN_REACH:
        metres = max(STEP, round(distances[nearest] / STEP) * STEP)
        wind = WINDS[_eighth(where.housing[nearest].centroid, middle)]
        far = f"{metres} m" if metres < KILOMETRE else f"{danish.decimal(metres / KILOMETRE)} km"
        return f"{name}: {far} {wind} for {where.names[nearest]}"
    outline = where.municipalities.get(municipality)
    if outline is None:
        return name
    if outline.centroid.distance(middle) < MIDDLE * np.sqrt(outline.area):
        return f"{name}: midten"
    return f"{name}: den {SIDES[_eighth(outline.centroid, middle)]} del"


def _eighth(start: BaseGeometry, end: BaseGeometry) -> int:
    """The direction between two points as an eighth of a turn, 0 east and 2 north."""
    return round(float(np.degrees(np.arctan2(end.y - start.y, end.x - start.x))) / 45) % 8
