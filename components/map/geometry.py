"""Writes the geometry browsers fetch once and keep: one compact, content-hashed file a layer, without a single figure.

Static files are readable by whoever reaches the server. A file therefore holds area ids, names and outlines,
which are public, and nothing else; figures travel in the session of the one who may see them.
"""

import hashlib
import json
import os
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from shapely import get_coordinates
from shapely.geometry import MultiPolygon, Polygon
from shapely.geometry.base import BaseGeometry

from data.settings.chosen import drawn_folder
from geo.packing import DECIMALS, codes, whole_points

STATIC = drawn_folder()


@dataclass(frozen=True)
class GeometryLayer:
    """A set of areas that can be drawn: where the browser finds them, and in which order they stand there.

    `url` is relative to the app's own address. `bounds` is (west, south, east, north) in WGS84 degrees.
    `approximate` layers are drawn with broken lines, because their outlines are ours and not the authority's.
    `credit` is what their owner asks to have said.
    """

    url: str
    area_ids: tuple[str, ...]
    names: tuple[str, ...]
    bounds: tuple[float, float, float, float]
    approximate: bool = False
    credit: str = ""


def publish_layer(
    name: str,
    area_ids: Sequence[str],
    names: Sequence[str],
    geometries: Sequence[BaseGeometry],
    *,
    approximate: bool = False,
    credit: str = "",
    static: Path = STATIC,
) -> GeometryLayer:
    """Write a layer to static/geo/<name>-<12 hex digits>.json and return where it is; writing again changes nothing.

    The three sequences are equally long and in the same order; `geometries` are polygons or multipolygons in
    WGS84 degrees (longitude, latitude). Raises ValueError where the lengths differ, an id is repeated, a geometry
    is empty or no polygon, or coordinates cannot be degrees.
    """
    if not len(area_ids) == len(names) == len(geometries):
        raise ValueError(f"Kortlaget »{name}« har {len(area_ids)} id'er, {len(names)} navne, {len(geometries)} omrids.")
    if not area_ids:
        return GeometryLayer("", (), (), (0.0, 0.0, 0.0, 0.0), approximate, credit)
    if len(set(area_ids)) != len(area_ids):
        raise ValueError(f"Kortlaget »{name}« har samme område mere end én gang.")
    shapes, bounds = encode(name, area_ids, geometries)
    content = json.dumps(
        {"decimals": DECIMALS, "id": list(area_ids), "name": list(names), "shape": shapes},
        ensure_ascii=False,
        separators=(",", ":"),
    ).encode()
    file = f"geo/{name}-{hashlib.sha256(content).hexdigest()[:12]}.json"
    write_once(static / file, content)
    return GeometryLayer(f"app/static/{file}", tuple(area_ids), tuple(names), bounds, approximate, credit)


def encode(
    name: str, area_ids: Sequence[str], geometries: Sequence[BaseGeometry]
) -> tuple[str, tuple[float, float, float, float]]:
    """Return the outlines of a layer as one string, and their bounds (west, south, east, north) in degrees.

    Areas are parted by a space, polygons of an area by `!`, rings of a polygon by `'`. A ring is its
    (latitude, longitude) pairs in whole fifth decimals, each as the difference from the point before it in the
    file, zigzag-coded in base-32 digits of the URL-safe alphabet (the coding source maps use). The closing point
    of a ring is left out.
    """
    rings: list[NDArray[np.int64]] = []
    separators: list[str] = []
    for area_id, geometry in zip(area_ids, geometries, strict=True):
        between = " "
        for polygon in polygons(name, area_id, geometry):
            for ring in (polygon.exterior, *polygon.interiors):
                rings.append(whole_points(get_coordinates(ring)[:-1]))
                separators.append(between)
                between = "'"
            between = "!"
    if not rings:
        raise ValueError(f"Kortlaget »{name}« er tomt.")
    points = np.concatenate(rings)
    south, west = points.min(axis=0) / 10**DECIMALS
    north, east = points.max(axis=0) / 10**DECIMALS
    if west < -180 or east > 180 or south < -90 or north > 90:
        raise ValueError(f"Kortlaget »{name}« er ikke i grader (WGS84). Omregn til EPSG:4326 først.")
    coded = codes(np.diff(points, axis=0, prepend=0))
    ends = np.cumsum([len(ring) for ring in rings])
    pieces = ("".join(part) for part in np.split(coded, ends[:-1]))
    text = "".join(separator + piece for separator, piece in zip(separators, pieces, strict=True))
    return text[1:], (float(west), float(south), float(east), float(north))


def polygons(name: str, area_id: str, geometry: BaseGeometry) -> Iterator[Polygon]:
    """Yield the polygons of an area. Raises ValueError where there is none or the geometry is something else."""
    if isinstance(geometry, Polygon) and not geometry.is_empty:
        yield geometry
    elif isinstance(geometry, MultiPolygon) and not geometry.is_empty:
        yield from geometry.geoms
    else:
        kind = "tomt" if geometry is None or geometry.is_empty else geometry.geom_type
        raise ValueError(f"Omridset af »{area_id}« i kortlaget »{name}« er {kind}; det skal være en flade.")


def write_once(path: Path, content: bytes) -> None:
    """Write a content-hashed file unless it is there, whole or not at all, also when two processes do it at once."""
    if path.exists():
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(dir=path.parent)
    with os.fdopen(handle, "wb") as file:
        file.write(content)
    os.chmod(temporary, 0o644)
    os.replace(temporary, path)
