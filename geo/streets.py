"""Cuts roads into pieces that a map fetches as it needs them: few and coarse from afar, all of them from near."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import geopandas
import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from geo.grid import EPSG

MARGIN = 800.0
"""Metres beyond the partnership that roads and landmarks are kept."""
FINEST = 1.0
"""Metres within which a kept road follows the one delivered: finer than a map for finding one's way needs."""


@dataclass(frozen=True)
class Step:
    """What is shown from a zoom on: roads up to a rank, drawn within `tolerance` metres, in squares of `side`."""

    zoom: float
    rank: int
    tolerance: float
    side: int


STEPS = (Step(0, 1, 40.0, 100_000), Step(10.5, 2, 8.0, 20_000), Step(12.75, 4, 1.5, 5_000))
"""The steps of the map, coarsest first; a map shows the last whose zoom it has reached."""


@dataclass(frozen=True)
class Piece:
    """One square of one step: its bounds in degrees (west, south, east, north), its roads and its landmarks.

    `lines` are in WGS84, `ranks` and `names` belong to them. A landmark is (name, kind, longitude, latitude).
    """

    step: int
    bounds: tuple[float, float, float, float]
    lines: tuple[BaseGeometry, ...]
    ranks: tuple[int, ...]
    names: tuple[str, ...]
    landmarks: tuple[tuple[str, str, float, float], ...]


def clip(
    frame: geopandas.GeoDataFrame, outlines: Sequence[BaseGeometry], margin: float = MARGIN
) -> geopandas.GeoDataFrame:
    """Return what of roads or landmarks (WGS84) lies within `margin` metres of outlines given in EPSG:25832.

    Roads are cut at the margin, joined where they meet under the same name and rank, and drawn within a metre of
    what was delivered. The columns are kept.
    """
    metres = frame.to_crs(EPSG)
    around = shapely.union_all([shapely.simplify(outline, 50) for outline in outlines]).buffer(margin)
    shapely.prepare(around)
    inside = metres[shapely.intersects(around, metres.geometry.to_numpy())]
    if inside.empty or "rank" not in inside:
        return inside.to_crs(4326).reset_index(drop=True)
    cut = inside.set_geometry(shapely.intersection(inside.geometry.to_numpy(), around), crs=EPSG)
    return joined(cut, FINEST).to_crs(4326)


def joined(roads: geopandas.GeoDataFrame, tolerance: float) -> geopandas.GeoDataFrame:
    """Return roads (in metres) as long lines of one name and rank, a row each, simplified within `tolerance`."""
    rows: list[tuple[str, int, BaseGeometry]] = []
    for (name, rank), group in roads.groupby(["name", "rank"], sort=True):
        parts = shapely.get_parts(group.geometry.to_numpy())
        lines = parts[shapely.get_type_id(parts) == shapely.GeometryType.LINESTRING]
        merged = shapely.get_parts(shapely.line_merge(shapely.union_all(lines)))
        merged = shapely.simplify(merged[shapely.get_type_id(merged) == shapely.GeometryType.LINESTRING], tolerance)
        rows += [(str(name), int(rank), line) for line in merged if line.length > 0]
    return geopandas.GeoDataFrame(
        {"name": [row[0] for row in rows], "rank": [row[1] for row in rows]},
        geometry=[row[2] for row in rows],
        crs=EPSG,
    )


def pieces(roads: geopandas.GeoDataFrame, landmarks: geopandas.GeoDataFrame) -> Iterator[Piece]:
    """Give the pieces of every step, squares row by row; squares with nothing in them are left out.

    Both frames are in WGS84, as `clip` returns them. Landmarks are in the pieces of the last two steps.
    """
    metres, points = roads.to_crs(EPSG), landmarks.to_crs(EPSG)
    for number, step in enumerate(STEPS):
        chosen = metres[metres["rank"] <= step.rank]
        drawn = joined(chosen, step.tolerance) if len(chosen) else chosen
        marks = points if number else points.iloc[:0]
        yield from _cut(number, step.side, drawn, marks)


def _cut(number: int, side: int, roads: geopandas.GeoDataFrame, marks: geopandas.GeoDataFrame) -> Iterator[Piece]:
    """The pieces of one step."""
    if not len(roads) and not len(marks):
        return
    bounds = np.vstack([frame.bounds.to_numpy() for frame in (roads, marks) if len(frame)])
    west, south = np.floor(bounds[:, :2].min(axis=0) / side).astype(int)
    east, north = np.floor(bounds[:, 2:].max(axis=0) / side).astype(int)
    tree = shapely.STRtree(roads.geometry.to_numpy())
    for row in range(south, north + 1):
        for column in range(west, east + 1):
            square = shapely.box(column * side, row * side, (column + 1) * side, (row + 1) * side)
            touching = np.sort(tree.query(square, predicate="intersects"))
            inside = marks[marks.within(square)]
            if not touching.size and inside.empty:
                continue
            corners = geopandas.GeoSeries([square], crs=EPSG).to_crs(4326).total_bounds
            yield _piece(number, tuple(map(float, corners)), roads.iloc[touching], square, inside)


def _piece(
    number: int,
    bounds: tuple[float, ...],
    roads: geopandas.GeoDataFrame,
    square: BaseGeometry,
    marks: geopandas.GeoDataFrame,
) -> Piece:
    cut = roads.set_geometry(shapely.intersection(roads.geometry.to_numpy(), square), crs=EPSG)
    parts = cut.explode(ignore_index=True).to_crs(4326)
    parts = parts[parts.geometry.geom_type == "LineString"].sort_values(["rank", "name"], kind="stable")
    points = marks.to_crs(4326)
    return Piece(
        number,
        (bounds[0], bounds[1], bounds[2], bounds[3]),
        tuple(parts.geometry),
        tuple(map(int, parts["rank"])),
        tuple(map(str, parts["name"])),
        tuple(zip(points["name"], points["kind"], points.geometry.x, points.geometry.y, strict=True)),
    )
