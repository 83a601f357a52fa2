"""Roads and landmarks out of what municipalities and OpenStreetMap deliver."""

import json
import zipfile
from collections.abc import Mapping
from pathlib import Path

import geopandas
import pyogrio
import pytest
from shapely.geometry import LineString, Point, Polygon, mapping

from geo.problems import BoundaryError
from geo.road_files import full_name, read_landmarks, read_roads

EAST = LineString([(12.40, 55.72), (12.41, 55.72)])
NORTH = LineString([(12.40, 55.72), (12.40, 55.73)])


def geojson(*features: tuple[Mapping[str, object], object]) -> bytes:
    made = [{"type": "Feature", "properties": dict(row), "geometry": mapping(shape)} for row, shape in features]
    return json.dumps({"type": "FeatureCollection", "features": made}).encode()


@pytest.mark.parametrize(
    ("row", "name", "rank"),
    [
        ({"vejnavn": "Hedeparken", "vejklasse": "Lokalvej-Sekundær"}, "Hedeparken", 3),
        ({"navngivenVej": "Ballerup Boulevard", "vejklasse": "Trafikvej - fordeling"}, "Ballerup Boulevard", 1),
        ({"name": "Hillerødmotorvejen", "highway": "motorway"}, "Hillerødmotorvejen", 0),
        ({"NAME": "Vestbuen", "FCLASS": "tertiary"}, "Vestbuen", 2),
        ({"name": None, "highway": "footway"}, "", 4),
        ({"authority": "state", "maxspeed": 110}, "", 0),
        ({"authority": "municipal", "maxspeed": 50}, "", 2),
        ({"authority": "private_common", "maxspeed": 30}, "", 4),
        ({}, "", 3),
    ],
)
def test_names_and_ranks_are_found_under_the_headings_that_are_used(
    row: Mapping[str, object], name: str, rank: int
) -> None:
    roads = read_roads(geojson((row, EAST)), "veje.geojson")
    assert list(roads[["name", "rank"]].itertuples(index=False, name=None)) == [(name, rank)]


def test_what_is_no_line_is_passed_over() -> None:
    roads = read_roads(geojson(({"name": "A"}, EAST), ({"name": "B"}, Point(12.4, 55.7))), "veje.geojson")
    assert list(roads["name"]) == ["A"]


@pytest.mark.parametrize("ending", ["gpkg", "zip", "pmtiles"])
def test_geopackage_shapefile_and_vector_tiles_hold_the_same_roads(tmp_path: Path, ending: str) -> None:
    frame = geopandas.GeoDataFrame(
        {"name": ["Østervej", "Åvej"], "highway": ["primary", "service"]}, geometry=[EAST, NORTH], crs=4326
    )
    path = tmp_path / f"veje.{ending}"
    if ending == "gpkg":
        frame.to_crs(25832).to_file(path, layer="veje")
    elif ending == "pmtiles":
        pyogrio.write_dataframe(frame, path, layer="roads", driver="PMTiles", MAXZOOM=12, MINZOOM=12)
    else:
        frame.to_crs(25832).to_file(tmp_path / "veje.shp", encoding="UTF-8")
        with zipfile.ZipFile(path, "w") as archive:
            for part in tmp_path.glob("veje.[!z]*"):
                archive.write(part, part.name)
    roads = read_roads(path)
    ranks = dict(zip(roads["name"], roads["rank"], strict=True))
    assert ranks == {"Østervej": 1, "Åvej": 4}
    assert roads.crs == 4326
    assert roads.total_bounds == pytest.approx([12.40, 55.72, 12.41, 55.73], abs=0.001)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "kan ikke genkendes"),
        (b'{"type": "FeatureCollection"}', "ikke gyldig GeoJSON"),
        (geojson(({"name": "Torvet"}, Point(12.4, 55.7))), "ingen veje"),
        (b"PMTiles\x03nothing more", "kortfelter"),
        (b"SQLite format 3\x00 and nothing more", "GeoPackage"),
    ],
)
def test_a_file_without_roads_says_what_is_wrong(content: bytes, said: str) -> None:
    with pytest.raises(BoundaryError, match=said):
        read_roads(content, "veje")


def test_landmarks_have_names_kinds_and_sources() -> None:
    park = Polygon([(12.4, 55.7), (12.41, 55.7), (12.41, 55.71), (12.4, 55.71)])
    content = geojson(
        ({"name": "Malmparken St.", "kind": "s-train", "source": "køreplan 2018"}, Point(12.39, 55.72)),
        ({"name": "Byparken", "kind": "park"}, park),
        ({"name": None, "kind": "school"}, Point(12.4, 55.7)),
    )
    found = read_landmarks(content, "steder.geojson")
    assert list(found["name"]) == ["Malmparken Station", "Byparken"]
    assert list(found["source"]) == ["køreplan 2018", ""]
    assert found.geometry[1].within(park)


def test_a_station_is_written_out() -> None:
    assert full_name("Herlev St.") == "Herlev Station"
    assert full_name("Storegade") == "Storegade"
