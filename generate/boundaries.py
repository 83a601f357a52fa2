"""Making the shipped municipal outlines from an official boundary file.

::

    python -m generate.boundaries DAGI.geojson -o geo/boundaries/municipalities.geojson --codes 165,151,153

The outlines are simplified as one coverage, so that a border two municipalities share stays one line, and
then drawn on a grid of whole tens of metres: all lines are noded on that grid together and the faces they
enclose are handed out to the municipalities. Shared borders are therefore identical corner by corner, with
neither gap nor overlap, whatever file went in.

Method: `shapely.coverage_simplify` (Visvalingam and Whyatt on a coverage, GEOS 3.12; the tolerance is
the square root of the area a removed corner may span) and snap-rounding noding (Hobby 1999) in
`shapely.union_all` with a grid size.
"""

import argparse
import csv
import json
import re
import sys
import unicodedata
from collections.abc import Sequence
from pathlib import Path

import geopandas
import numpy as np
import numpy.typing as npt
import shapely

from geo import dagi
from geo.boundaries import BoundaryError, Limits, read

EPSG = 25832
TOLERANCE = 50.0
"""The default tolerance in metres: invisible on a map of a police district."""
GRID = 10.0
"""Corners lie on whole multiples of so many metres."""
CREDIT = f"Indeholder data fra {dagi.CREDIT}"

_OFFICIAL_FILE = Limits(
    file_bytes=1_000_000_000,
    unpacked_bytes=2_000_000_000,
    vertices=20_000_000,
    feature_vertices=2_000_000,
    seconds=3600,
)
"""A whole national file at full detail, from a source the person running the script has chosen."""


def generalise(
    areas: geopandas.GeoDataFrame, tolerance: float = TOLERANCE, grid: float = GRID
) -> geopandas.GeoDataFrame:
    """Return the areas with generalised outlines in EPSG:25832, corners on whole multiples of `grid` metres.

    `areas` holds polygons that form a coverage (neighbours share their border corner by corner), in any
    projection; `tolerance` is in metres, 0 for none. Columns and order are kept.

    Raises ValueError where the areas overlap or their shared borders differ, and where an area is too small
    to survive.
    """
    areas = areas.to_crs(EPSG)
    if not shapely.coverage_is_valid(areas.geometry.to_numpy()):
        raise ValueError("areas overlap, or their shared borders differ; a coverage is needed")
    simplified = shapely.coverage_simplify(areas.geometry.to_numpy(), tolerance)
    lines = shapely.union_all(shapely.boundary(simplified), grid_size=grid)
    faces = shapely.get_parts(shapely.polygonize(shapely.get_parts(lines)))
    owners = _owners(faces, simplified)
    lost = sorted(set(range(len(areas))) - set(owners))
    if lost:
        raise ValueError(f"area {areas.iloc[lost[0]].get('name', lost[0])!r} is too small for a grid of {grid:g} m")
    outlines = [shapely.normalize(shapely.union_all(faces[owners == owner])) for owner in range(len(areas))]
    return areas.set_geometry(geopandas.GeoSeries(outlines, index=areas.index, crs=EPSG))


def _owners(faces: npt.NDArray[np.object_], areas: npt.NDArray[np.object_]) -> npt.NDArray[np.intp]:
    """Return for each face the position of the area that covers most of it, or -1 where none covers half."""
    overlap = shapely.area(shapely.intersection(faces[:, None], areas[None, :]))
    best = overlap.argmax(axis=1)
    covered = overlap[np.arange(len(faces)), best] >= shapely.area(faces) / 2
    return np.where(covered, best, -1)


def slug(name: str) -> str:
    """Return the area_id made from a Danish name: ``Høje-Taastrup`` → ``hoeje-taastrup``.

    æ, ø and å become ae, oe and aa; other accents are dropped; whatever is neither letter nor digit becomes
    one hyphen.
    """
    plain = name.lower().replace("æ", "ae").replace("ø", "oe").replace("å", "aa")
    ascii_only = unicodedata.normalize("NFKD", plain).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", ascii_only).strip("-")


def as_geojson(areas: geopandas.GeoDataFrame) -> str:
    """Return the areas as GeoJSON in EPSG:25832 with one area a line, whole metres, and the credit.

    `areas` has the columns `area_id`, `code`, `name` and polygons in EPSG:25832.
    """
    head = {
        "type": "FeatureCollection",
        "crs": {"type": "name", "properties": {"name": f"urn:ogc:def:crs:EPSG::{EPSG}"}},
        "attribution": CREDIT,
    }
    features = [
        json.dumps(
            {
                "type": "Feature",
                "properties": {
                    "area_id": row.area_id,
                    "code": row.code,
                    "name": row.name_,
                    "outline": "official",
                },
                "geometry": _whole(shapely.geometry.mapping(row.geometry)),
            },
            ensure_ascii=False,
            separators=(",", ":"),
        )
        for row in areas.rename(columns={"name": "name_"}).itertuples()
    ]
    opening = json.dumps(head, ensure_ascii=False)[:-1]
    return f'{opening}, "features": [\n' + ",\n".join(features) + "\n]}\n"


def _whole(value: object) -> object:
    """Return a GeoJSON geometry with its coordinates as whole numbers."""
    if isinstance(value, dict):
        return {name: _whole(part) for name, part in value.items()}
    if isinstance(value, list | tuple):
        return [_whole(part) for part in value]
    return round(value) if isinstance(value, float) else value


def _named(areas: geopandas.GeoDataFrame, names: Path | None) -> geopandas.GeoDataFrame:
    """Return the areas with area_id and name from a CSV, or without one with the slug of their name."""
    if names is None:
        return areas.assign(area_id=[slug(name) for name in areas["name"]])
    with names.open(encoding="utf-8-sig", newline="") as file:
        rows = {row["code"].lstrip("0"): row for row in csv.DictReader(file) if row["code"]}
    return areas.assign(
        area_id=[rows[code]["area_id"] for code in areas["code"]],
        name=[rows[code]["name"] for code in areas["code"]],
    )


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the script; returns 0, or 1 after printing what is wrong."""
    parser = argparse.ArgumentParser(prog="python -m generate.boundaries", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("source", type=Path, help="official boundary file: GeoJSON, GeoPackage or Shapefile")
    parser.add_argument("-o", "--output", type=Path, required=True, help="GeoJSON file to write")
    parser.add_argument("--codes", required=True, help="municipality codes, separated by commas")
    parser.add_argument("--names", type=Path, help="CSV with code, area_id and name (default: made from the names)")
    parser.add_argument("--tolerance", type=float, default=TOLERANCE, help="metres (default: %(default)g)")
    options = parser.parse_args(arguments)
    codes = [code.strip().lstrip("0") for code in options.codes.split(",")]
    try:
        areas = read(options.source, limits=_OFFICIAL_FILE)
        missing = sorted(set(codes) - set(areas["code"]))
        if missing:
            raise ValueError(f"--codes is {', '.join(missing)}; allowed are {', '.join(sorted(areas['code']))}")
        chosen = areas.set_index("code", drop=False).loc[codes]
        outlines = generalise(_named(chosen, options.names), options.tolerance)
    except (BoundaryError, ValueError, KeyError, OSError) as error:
        print(error, file=sys.stderr)
        return 1
    options.output.write_text(as_geojson(outlines), encoding="utf-8")
    corners = shapely.get_num_coordinates(outlines.geometry.to_numpy()).sum()
    print(f"{options.output}: {len(outlines)} areas, {corners} corners, {options.output.stat().st_size} bytes")
    return 0


if __name__ == "__main__":
    sys.exit(main())
