"""What lies around one place of the map, in metres: roads and landmarks, read from the pieces that browsers fetch."""

import json
from typing import NamedTuple

import shapely
from shapely.geometry.base import BaseGeometry

from components.map.geometry import STATIC
from components.map.streets import streets_written
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
    areas, members = release.areas, partnership.members
    ours = areas.loc[areas["area_id"].isin(members) & areas["geometry"].notna()]
    checksum = street_checksum(dict(standing(store.engine)), ours, members)
    streets = streets_written(lambda: street_map(store, ours, members), checksum)
    return (
        NOTHING
        if streets is None
        else _read(streets.url.removeprefix("app/static/"), streets.credit, box, -1 if near else 0)
    )


def _read(index: str, credit: str, box: BaseGeometry, step: int) -> Ground:
    told = json.loads((STATIC / index).read_bytes())
    window = to_degrees([box])[0]
    roads: list[tuple[int, BaseGeometry]] = []
    marks: list[Landmark] = []
    for name, *bounds in told["steps"][step]["pieces"]:
        if not shapely.box(*bounds).intersects(window):
            continue
        piece = json.loads((STATIC / "geo" / name).read_bytes())
        # A road within one step of the coordinates' rounding is a point.
        lines = [
            shapely.LineString(points if len(points) > 1 else [*points] * 2) for points in unpacked(piece["lines"])
        ]
        # The streets of a piece are many, and few of them lie here: only those are converted.
        near = [place for place, line in enumerate(lines) if line.intersects(window)]
        for place, line in zip(near, to_metres([lines[each] for each in near]) if near else (), strict=True):
            roads.append((int(piece["rank"][place]), line.intersection(box)))
        points = to_metres([shapely.Point(east, north) for *_, east, north in piece["landmarks"]] or [shapely.Point()])
        for (title, kind, *_), point in zip(piece["landmarks"], points, strict=False):
            if box.contains(point):
                marks.append(Landmark(title, kind, point.x, point.y))
    return Ground(tuple(roads), tuple(marks), credit)
