"""What lies around one place of the map, in metres: roads and landmarks, read from the pieces that browsers fetch."""

import json
from functools import lru_cache
from typing import NamedTuple

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from components.map.geometry import STATIC
from components.map.streets import streets_written
from components.map.tiles import Streets
from data.partnership import Partnership
from data.release import Release
from data.store import Store
from data.store.street_sets import standing
from data.streets import street_checksum, street_map
from geo.packing import unpacked
from geo.projection import to_degrees, to_metres


class Landmark(NamedTuple):
    """A named thing one finds one's way by, at a point in metres of EPSG:25832."""

    name: str
    kind: str
    easting: float
    northing: float


class Ground(NamedTuple):
    """Roads with their rank (0 the largest, 4 a path), landmarks, and whom to credit for them."""

    roads: tuple[tuple[int, BaseGeometry], ...]
    landmarks: tuple[Landmark, ...]
    credit: str


NOTHING = Ground((), (), "")


def ground_within(
    release: Release, partnership: Partnership, store: Store, box: BaseGeometry, *, near: bool = True
) -> Ground:
    """The ground within a box in metres of EPSG:25832; nothing where there are no streets.

    Not `near`, it is that of a map from afar: the largest roads, coarsely, and no landmark.
    """
    streets = _streets(release, partnership, store)
    return (
        NOTHING
        if streets is None
        else _read(streets.url.removeprefix("app/static/"), streets.credit, box, -1 if near else 0)
    )


def ground_credit(release: Release, partnership: Partnership, store: Store) -> str:
    """Whom the roads and landmarks come from; "" where there are none."""
    streets = _streets(release, partnership, store)
    return "" if streets is None else streets.credit


def _streets(release: Release, partnership: Partnership, store: Store) -> Streets | None:
    areas, members = release.areas, partnership.members
    ours = areas.loc[areas["area_id"].isin(members) & areas["geometry"].notna()]
    checksum = street_checksum(dict(standing(store.engine)), ours, members)
    return streets_written(lambda: street_map(store, ours, members), checksum)


def _read(index: str, credit: str, box: BaseGeometry, step: int) -> Ground:
    told = json.loads((STATIC / index).read_bytes())
    window = to_degrees([box])[0]
    roads: list[tuple[int, BaseGeometry]] = []
    marks: list[Landmark] = []
    for name, *bounds in told["steps"][step]["pieces"]:
        if not shapely.box(*bounds).intersects(window):
            continue
        piece = _piece(name)
        # The streets of a piece are many, and few of them lie here: only those are converted.
        touching = shapely.intersects(piece.lines, window)
        if touching.any():
            lines = shapely.intersection(to_metres(list(piece.lines[touching])), box)
            roads += zip(map(int, piece.ranks[touching]), lines, strict=True)
        inside = [mark for mark in piece.landmarks if window.contains(shapely.Point(mark[2:]))]
        points = to_metres([shapely.Point(mark[2:]) for mark in inside])
        marks += [Landmark(mark[0], mark[1], at.x, at.y) for mark, at in zip(inside, points, strict=True)]
    return Ground(tuple(roads), tuple(marks), credit)


class _Piece(NamedTuple):
    """The roads of a written piece with their ranks, and its landmarks (name, kind, east, north), in degrees."""

    lines: NDArray[np.object_]
    ranks: NDArray[np.int64]
    landmarks: list[tuple[str, str, float, float]]


@lru_cache(maxsize=64)
def _piece(name: str) -> _Piece:
    """A piece as it was written; its name has its checksum in it, so it never changes."""
    told = json.loads((STATIC / "geo" / name).read_bytes())
    # A road shorter than the coordinates are exact is a point.
    lines = [shapely.LineString(points if len(points) > 1 else [*points] * 2) for points in unpacked(told["lines"])]
    return _Piece(np.array(lines, dtype=object), np.array(list(told["rank"]), dtype=int), told["landmarks"])
