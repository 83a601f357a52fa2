"""Reading boundary files: what is accepted, in which forms, with what result."""

import contextlib
import io
import json
import sqlite3
import struct
import zipfile
from pathlib import Path

import geopandas
import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.boundaries import COLUMNS, BoundaryError, Limits, read
from tests.geo.boundary_files import RING, zipped

HERLEV = shapely.box(714_000, 6_180_000, 716_000, 6_183_000)
GLADSAXE = shapely.MultiPolygon(
    [shapely.box(716_000, 6_180_000, 719_000, 6_183_000), shapely.box(720_000, 6_180_000, 720_500, 6_180_500)]
)


@pytest.fixture
def two_areas() -> geopandas.GeoDataFrame:
    return geopandas.GeoDataFrame(
        {"kode": ["0163", "0159"], "navn": ["Herlev", "Gladsaxe"]}, geometry=[HERLEV, GLADSAXE], crs=25832
    )


def as_geojson(frame: geopandas.GeoDataFrame, folder: Path) -> bytes:
    frame.to_file(folder / "lag.geojson", driver="GeoJSON")
    return (folder / "lag.geojson").read_bytes()


def as_geopackage(frame: geopandas.GeoDataFrame, folder: Path) -> bytes:
    frame.to_file(folder / "lag.gpkg", driver="GPKG")
    return (folder / "lag.gpkg").read_bytes()


def as_shapefile(frame: geopandas.GeoDataFrame, folder: Path) -> bytes:
    frame.to_file(folder / "lag.shp", encoding="ISO-8859-1")
    return zipped({part.name: part.read_bytes() for part in folder.glob("lag.*")})


WRITERS = pytest.mark.parametrize("write", [as_geojson, as_geopackage, as_shapefile])


@WRITERS
@pytest.mark.parametrize("epsg", [25832, 4326])
def test_every_format_gives_the_same_areas_in_both_projections(two_areas, tmp_path, write, epsg):
    areas = read(write(two_areas.to_crs(epsg), tmp_path), "kommuner")

    assert tuple(areas.columns) == COLUMNS
    assert areas["code"].tolist() == ["163", "159"]
    assert areas["name"].tolist() == ["Herlev", "Gladsaxe"]
    assert areas.crs.to_epsg() == 4326
    assert areas.attrs["original_crs"] == f"EPSG:{epsg}"
    assert areas.to_crs(25832).area.tolist() == pytest.approx([6e6, 9.25e6], rel=1e-5)


def test_a_path_is_read_as_its_bytes_are(two_areas, tmp_path):
    content = as_geopackage(two_areas, tmp_path)

    assert read(tmp_path / "lag.gpkg").equals(read(content, "lag.gpkg"))


def test_a_shapefile_on_disk_is_read_with_the_parts_beside_it(two_areas, tmp_path):
    as_shapefile(two_areas, tmp_path)

    assert read(tmp_path / "lag.shp")["code"].tolist() == ["163", "159"]


def test_a_zip_may_hold_a_geopackage_or_geojson_in_a_folder(two_areas, tmp_path):
    for name, write in (("kort/lag.gpkg", as_geopackage), ("kort/lag.geojson", as_geojson)):
        assert len(read(zipped({name: write(two_areas, tmp_path), "læsmig.txt": b"hej"}), "kort.zip")) == 2


@pytest.mark.parametrize("column", ["kode", "KODE", "KOMKODE", "komkode", "kommunekode", "code"])
@pytest.mark.parametrize("value", ["163", "0163", " 0163 ", 163, 163.0])
def test_the_code_is_found_under_any_usual_name_and_loses_its_zero(column, value):
    assert read(feature_collection({column: value}))["code"].tolist() == ["163"]


@pytest.mark.parametrize("column", ["navn", "KOMNAVN", "name"])
def test_the_name_is_found_under_any_usual_name(column):
    assert read(feature_collection({"kode": "0163", column: "Herlev"}))["name"].tolist() == ["Herlev"]


def test_the_key_may_be_an_area_id():
    areas = read(feature_collection({"area_id": "grantoften", "outline": "approximate", "basis": "Tegnet."}))

    assert areas[["code", "area_id", "outline", "basis"]].to_numpy().tolist() == [
        ["", "grantoften", "approximate", "Tegnet."]
    ]


@pytest.mark.parametrize(
    ("properties", "whole", "credit"),
    [
        ({"credit": "Fjordby Kommune"}, "", "Fjordby Kommune"),
        ({}, "Indeholder data fra Fjordby Kommune, CC BY 4.0", "Fjordby Kommune, CC BY 4.0"),
        ({"credit": "Fjordby Kommune"}, "En anden", "Fjordby Kommune"),
        ({"dagi_id": "389103"}, "", "Klimadatastyrelsen, DAGI, CC BY 4.0"),
        ({}, "", ""),
    ],
    ids=["the feature", "the file", "the feature first", "DAGI's own columns", "nobody"],
)
def test_a_file_says_whom_its_outlines_are_credited_to(properties: dict[str, str], whole: str, credit: str) -> None:
    document = json.loads(feature_collection({"area_id": "grantoften", **properties}))
    areas = read(json.dumps({**document, "attribution": whole}).encode())
    assert list(areas["credit"]) == [credit]


def test_an_official_code_given_as_area_id_is_taken_as_the_code():
    assert read(feature_collection({"area_id": "0163"}))[["code", "area_id"]].to_numpy().tolist() == [["163", ""]]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "iso-8859-1"])
def test_danish_letters_survive_every_usual_encoding(encoding):
    text = feature_collection({"kode": "0153", "navn": "Brøndby"}).decode()

    assert read(text.encode(encoding))["name"].tolist() == ["Brøndby"]


@pytest.mark.parametrize("encoding", ["UTF-8", "ISO-8859-1"])
def test_a_shapefile_without_cpg_keeps_its_danish_letters(two_areas, tmp_path, encoding):
    two_areas.assign(navn=["Brøndby", "Høje-Taastrup"]).to_file(tmp_path / "lag.shp", encoding=encoding)
    parts = {one.name: one.read_bytes() for one in tmp_path.glob("lag.*") if one.suffix != ".cpg"}

    assert read(zipped(parts), "lag.zip")["name"].tolist() == ["Brøndby", "Høje-Taastrup"]


def test_a_shapefile_with_esris_own_name_for_the_projection_is_read(two_areas, tmp_path):
    as_shapefile(two_areas, tmp_path)

    assert "ETRS_1989_UTM_Zone_32N" in (tmp_path / "lag.prj").read_text()
    assert read(tmp_path / "lag.shp").attrs["original_crs"] == "EPSG:25832"


def test_a_geopackage_that_is_open_in_another_program_is_read(two_areas, tmp_path):
    as_geopackage(two_areas, tmp_path)
    with sqlite3.connect(tmp_path / "lag.gpkg") as database:
        database.execute("PRAGMA journal_mode = WAL")
    database.close()

    assert len(read((tmp_path / "lag.gpkg").read_bytes(), "lag.gpkg")) == 2


def test_heights_are_left_out():
    ring = [[12.4, 55.7, 3.0], [12.5, 55.7, 3.0], [12.5, 55.8, 3.0], [12.4, 55.7, 3.0]]

    assert not read(feature_collection({"kode": "163"}, ring)).geometry.has_z.any()


def test_a_hole_is_kept():
    hole = [[12.41, 55.71], [12.42, 55.71], [12.42, 55.72], [12.41, 55.71]]

    assert len(read(feature_collection({"kode": "163"}, RING, hole)).geometry[0].interiors) == 1


def feature_collection(properties: dict[str, object], *rings: list[list[float]]) -> bytes:
    """One polygon with the given properties, as GeoJSON in EPSG:4326."""
    geometry = {"type": "Polygon", "coordinates": list(rings or (RING,))}
    feature = {"type": "Feature", "properties": properties, "geometry": geometry}
    return json.dumps({"type": "FeatureCollection", "features": [feature]}, ensure_ascii=False).encode()


# Round trips: whatever valid areas are written, the same are read.

star = st.builds(
    lambda x, y, radii: shapely.Polygon(
        [
            (
                x + radius * np.cos(2 * np.pi * step / len(radii)),
                y + radius * np.sin(2 * np.pi * step / len(radii)),
            )
            for step, radius in enumerate(radii)
        ]
    ),
    st.floats(460_000, 880_000),
    st.floats(6_060_000, 6_390_000),
    st.lists(st.floats(100, 5_000), min_size=3, max_size=12),
)


@settings(max_examples=25, deadline=None)
@given(
    shapes=st.lists(star, min_size=1, max_size=4),
    write=st.sampled_from([as_geojson, as_geopackage, as_shapefile]),
)
def test_areas_come_back_as_they_were_written(tmp_path_factory, shapes, write):
    frame = geopandas.GeoDataFrame(
        {"kode": [str(101 + number) for number in range(len(shapes))]}, geometry=shapes, crs=25832
    )
    areas = read(write(frame, tmp_path_factory.mktemp("lag")), "lag").to_crs(25832)

    assert areas["code"].tolist() == frame["kode"].tolist()
    assert shapely.hausdorff_distance(areas.geometry, frame.geometry).max() < 0.01


@settings(max_examples=150, deadline=None)
@given(content=st.binary(max_size=300))
def test_no_bytes_whatever_do_more_than_be_refused(content):
    with pytest.raises(BoundaryError):
        read(content, "lag")


@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_a_damaged_file_is_read_or_refused_and_never_crashes(data, damaged_sources):
    content = bytearray(data.draw(st.sampled_from(damaged_sources)))
    for _ in range(data.draw(st.integers(1, 4))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    cut = data.draw(st.integers(len(content) // 2, len(content)))
    areas = None
    with contextlib.suppress(BoundaryError):
        areas = read(bytes(content[:cut]), "lag")

    assert areas is None or areas.geometry.is_valid.all()


@pytest.fixture(scope="module")
def damaged_sources(tmp_path_factory) -> list[bytes]:
    """One small file of each format, the Shapefile stored uncompressed so that damage reaches its parts."""
    frame = geopandas.GeoDataFrame({"kode": ["0163"]}, geometry=[HERLEV], crs=25832)
    folder = tmp_path_factory.mktemp("hele")
    as_shapefile(frame, folder)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for part in folder.glob("lag.*"):
            archive.write(part, part.name)
    return [as_geojson(frame, folder), as_geopackage(frame, folder), packed.getvalue()]


def test_a_forged_shapefile_index_is_not_believed(two_areas, tmp_path):
    as_shapefile(two_areas, tmp_path)
    index = (tmp_path / "lag.shx").read_bytes()
    forged = index[:24] + struct.pack(">i", 50 + 4 * 5000) + index[28:100] + index[100:108] * 5000
    (tmp_path / "lag.shx").write_bytes(forged)

    assert len(read(zipped({one.name: one.read_bytes() for one in tmp_path.glob("lag.*")}), "lag.zip")) == 2


def test_wide_limits_let_a_larger_file_through():
    content = feature_collection({"kode": "163"})

    assert len(read(content, limits=Limits(feature_vertices=5))) == 1
    with pytest.raises(BoundaryError, match="flere hjørner end de 4"):
        read(content, limits=Limits(feature_vertices=4))
