"""Makes the shipped roads and landmarks from the reference files, generalised and with their credits.

::

    python -m generate.streets ROADS LANDMARKS -o geo/street_files

Roads are joined where they meet, drawn within two metres and rounded to five decimals. Landmarks are written in two
files, because those from OpenStreetMap stand under another licence (ODbL) than the rest.
"""

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path

import geopandas
import shapely

from data import danish
from geo.boundaries import read
from geo.grid import EPSG
from geo.road_files import read_landmarks, read_roads
from geo.streets import clip, joined

TOLERANCE = 2.0
ROADS_CREDIT = "Veje: indeholder data fra GeoDanmark (Klimadatastyrelsen og danske kommuner)"
ROADS_NOTE = (
    "Road centre lines of Gladsaxe, Herlev and Ballerup from GeoDanmark by way of a public research repository "
    "(2023-2024). The chain from GeoDanmark to the repository is not fully documented. Names were stripped before "
    "publication. Replace with `python -m data streets`."
)
OSM_CREDIT = "Steder: © OpenStreetMap contributors (2019 og 2024), ODbL"
OSM_NOTE = "Places from OpenStreetMap, September 2019 and April 2024, under the Open Database License (ODbL) 1.0."
OTHER_CREDIT = "Stationer efter offentlig køreplan (2018); steder fra Danmarks Stednavne"
OTHER_NOTE = "Stations after the public timetable of 2018; sights from Danmarks Stednavne (Klimadatastyrelsen)."
LEFT_OUT = ("tip top trafik(køre skole)", "byggelegeplads", "LAR-pytten", "Nyttehaver")
"""Places by whose names nobody finds their way."""


def roads(source: Path, boundaries: Path) -> str:
    """Return the shipped roads as GeoJSON, a line of text a road."""
    outlines = list(read(boundaries).to_crs(EPSG).geometry)
    kept = joined(clip(read_roads(source), outlines).to_crs(EPSG), TOLERANCE).to_crs(4326)
    rows: list[dict[str, object]] = [{"rank": int(rank)} for rank in kept["rank"]]
    return _geojson(rows, list(kept.geometry), ROADS_CREDIT, ROADS_NOTE, "2024")


def landmarks(source: Path) -> tuple[str, str]:
    """Return the landmarks from OpenStreetMap, and the others, as GeoJSON."""
    frame = read_landmarks(source)
    frame = frame[~frame["name"].isin(LEFT_OUT)].sort_values(["kind", "name"])
    frame = frame.assign(name=[danish.opening(name) for name in frame["name"]])
    theirs = frame["source"].str.startswith("OSM")
    return (
        _points(frame[theirs], OSM_CREDIT, OSM_NOTE, "2024"),
        _points(frame[~theirs], OTHER_CREDIT, OTHER_NOTE, "2018"),
    )


def _points(places: geopandas.GeoDataFrame, credit: str, note: str, year: str) -> str:
    rows = [dict(row) for row in places[["name", "kind", "source"]].to_dict("records")]
    return _geojson(rows, list(places.geometry), credit, note, year)


def _geojson(rows: Sequence[dict[str, object]], shapes: Sequence[object], credit: str, note: str, year: str) -> str:
    head = json.dumps({"type": "FeatureCollection", "credit": credit, "note": note, "year": year}, ensure_ascii=False)[
        :-1
    ]
    features = [
        json.dumps(
            {"type": "Feature", "properties": row, "geometry": _rounded(shape)},
            ensure_ascii=False,
            separators=(",", ":"),
        )
        for row, shape in zip(rows, shapes, strict=True)
    ]
    return f'{head}, "features": [\n' + ",\n".join(features) + "\n]}\n"


def _rounded(shape: object) -> object:
    written: object = json.loads(shapely.to_geojson(shapely.transform(shape, lambda points: points.round(5))))
    return written


def main(arguments: Sequence[str] | None = None) -> int:
    """Write the three files; returns 0."""
    parser = argparse.ArgumentParser(prog="python -m generate.streets", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("roads", type=Path)
    parser.add_argument("landmarks", type=Path)
    parser.add_argument("-o", "--output", type=Path, required=True)
    parser.add_argument("--boundaries", type=Path, default=Path("geo/boundaries/municipalities.geojson"))
    options = parser.parse_args(arguments)
    osm, others = landmarks(options.landmarks)
    made = {"roads": roads(options.roads, options.boundaries), "landmarks_osm": osm, "landmarks": others}
    for name, text in made.items():
        (options.output / f"{name}.geojson").write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
