"""The approximate outlines of the housing areas."""

import json
from pathlib import Path

import geopandas
import numpy as np
import pytest
import shapely

from generate import outlines
from geo.boundaries import read

FOLDER = Path(__file__).parents[2] / "geo" / "boundaries"

# Published numbers of dwellings; those of the other areas are not published one by one.
DWELLINGS = {
    "hoeje-gladsaxe": 1921,
    "vaerebro-park": 1345,
    "grantoften": 1342,
    "hjortegaarden": 1000,
    "lille-birkholm": 1000,
    "hoejbjerg-vaenge": 522,
}

# Published points inside an area: longitude, latitude.
POINTS = {
    "Høje Gladsaxe Torv 4": ("hoeje-gladsaxe", 12.49741, 55.72891),
    "the estate point of Høje Gladsaxe": ("hoeje-gladsaxe", 12.49167, 55.72917),
    "the stop Værebroparken": ("vaerebro-park", 12.43882, 55.75723),
    "the stop Pilegårdsvej (Novembervej)": ("moerkhoej-pileparken", 12.46732, 55.71959),
    "Magleparken 5": ("hede-magleparken", 12.36369, 55.71965),
    "the stop Hedeparken (Hold-an Vej)": ("hede-magleparken", 12.35612, 55.71419),
    "Platanbuen 1": ("grantoften", 12.34398, 55.72588),
}


@pytest.fixture(scope="module")
def housing() -> geopandas.GeoDataFrame:
    return read(FOLDER / "housing_areas.geojson").to_crs(25832).set_index("area_id")


def test_the_shipped_file_is_what_the_script_writes(tmp_path):
    outlines.main(["-o", str(tmp_path / "ud.geojson")])

    assert (tmp_path / "ud.geojson").read_bytes() == (FOLDER / "housing_areas.geojson").read_bytes()


def test_every_outline_is_marked_approximate_and_says_what_it_rests_on(housing):
    assert len(housing) == 8
    assert set(housing["outline"]) == {"approximate"}
    assert housing["basis"].str.startswith("Omtrentlig afgrænsning tegnet efter ").all()


def test_every_outline_lies_inside_its_municipality(housing):
    municipalities = read(FOLDER / "municipalities.geojson").to_crs(25832).set_index("area_id").geometry
    written = json.loads((FOLDER / "housing_areas.geojson").read_text())["features"]
    homes = {one["properties"]["area_id"]: one["properties"]["municipality"] for one in written}

    assert [area for area in housing.index if not municipalities[homes[area]].covers(housing.geometry[area])] == []


def test_no_two_outlines_overlap(housing):
    shapes = housing.geometry.to_numpy()
    one, other = shapely.STRtree(shapes).query(shapes, predicate="intersects")

    assert np.array_equal(one, other)


@pytest.mark.parametrize(("area", "dwellings"), DWELLINGS.items())
def test_the_size_suits_the_number_of_dwellings(housing, area, dwellings):
    # Danish estates of row houses have some 25 dwellings a hectare; slabs of 16 storeys in a park fewer
    # than 100.
    assert 25 <= dwellings / (housing.geometry[area].area / 10_000) <= 100


@pytest.mark.parametrize(("area", "longitude", "latitude"), POINTS.values(), ids=POINTS.keys())
def test_a_published_point_of_the_estate_lies_inside_its_outline(area, longitude, latitude):
    shapes = read(FOLDER / "housing_areas.geojson").set_index("area_id").geometry

    assert shapes[area].covers(shapely.Point(longitude, latitude))
