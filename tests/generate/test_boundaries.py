"""The script behind the municipal outlines, and the outlines it made."""

import json
import os
from pathlib import Path

import geopandas
import numpy as np
import pytest
import shapely

from generate import boundaries
from geo.boundaries import read

SHIPPED = Path(__file__).parents[2] / "geo" / "boundaries" / "municipalities.geojson"
REFERENCE = Path(os.environ.get("TRYGHED_REFERENCE_GEOMETRY", Path(__file__).parents[3] / "shared" / "geo"))
CODES = {"151", "153", "159", "161", "163", "165", "167", "169", "175", "183", "187"}


@pytest.fixture(scope="module")
def shipped() -> geopandas.GeoDataFrame:
    return geopandas.read_file(SHIPPED)


@pytest.fixture(scope="module")
def reference(shipped) -> np.ndarray:
    """The official outlines of the shipped municipalities, in their order, EPSG:25832."""
    files = sorted(REFERENCE.glob("kommuner*.geojson"))
    if not files:
        pytest.skip("no reference geometry; set TRYGHED_REFERENCE_GEOMETRY to its folder")
    official = read(files[0]).to_crs(25832).set_index("code")
    return official.geometry.loc[shipped["code"]].to_numpy()


def test_the_eleven_municipalities_of_the_police_district_are_shipped(shipped):
    assert set(shipped["code"]) == CODES
    assert dict(zip(shipped["code"], shipped["area_id"], strict=True))["169"] == "hoeje-taastrup"
    assert set(shipped["outline"]) == {"official"}


def test_the_shipped_file_is_in_whole_tens_of_metres_of_the_danish_standard(shipped):
    corners = shapely.get_coordinates(shipped.geometry.to_numpy())

    assert shipped.crs.to_epsg() == 25832
    assert (corners % 10 == 0).all()


def test_shared_edges_are_identical_without_gaps_or_overlaps(shipped):
    outlines = shipped.geometry.to_numpy()
    whole = shapely.union_all(outlines)

    assert shapely.is_valid(outlines).all()
    assert shapely.coverage_is_valid(outlines)
    assert whole.area == pytest.approx(shapely.area(outlines).sum(), abs=1e-3)
    assert whole.geom_type == "Polygon"
    assert not whole.interiors


def test_the_shipped_file_is_under_60_kb_and_credits_its_source():
    assert SHIPPED.stat().st_size < 60_000
    assert json.loads(SHIPPED.read_text())["attribution"] == ("Indeholder data fra Klimadatastyrelsen, DAGI, CC BY 4.0")


def test_each_area_is_within_one_per_cent_of_the_reference(shipped, reference):
    assert shapely.area(shipped.geometry.to_numpy()) / shapely.area(reference) == pytest.approx(1, rel=0.01)


def test_each_outline_agrees_with_the_reference(shipped, reference):
    outlines = shipped.geometry.to_numpy()
    agreement = shapely.area(shapely.intersection(outlines, reference)) / shapely.area(
        shapely.union(outlines, reference)
    )

    assert agreement.min() >= 0.98


@pytest.fixture
def wavy() -> geopandas.GeoDataFrame:
    """Two neighbours of about 2 x 3 km whose shared border has small waves, in EPSG:25832."""
    steps = np.linspace(0, 3000, 61)
    border = np.column_stack([702_003 + 15 * np.sin(np.arange(61)), 6_170_004 + steps])
    west = [(700_003, 6_170_004), *border, (700_003, 6_173_004)]
    east = [(704_003, 6_170_004), *border, (704_003, 6_173_004)]
    shapes = [shapely.Polygon(west), shapely.Polygon(east)]
    return geopandas.GeoDataFrame({"code": ["201", "202"], "name": ["Vest", "Øst"]}, geometry=shapes, crs=25832)


def test_neighbours_are_simplified_along_one_and_the_same_line(wavy):
    outlines = boundaries.generalise(wavy).geometry.to_numpy()

    assert shapely.get_num_coordinates(outlines).sum() < shapely.get_num_coordinates(wavy.geometry).sum() / 2
    assert shapely.coverage_is_valid(outlines)
    assert (shapely.get_coordinates(outlines) % 10 == 0).all()


def test_areas_that_overlap_are_refused(wavy):
    shifted = wavy.set_geometry([wavy.geometry[0], shapely.box(701_000, 6_170_004, 704_003, 6_173_004)])

    with pytest.raises(ValueError, match="coverage"):
        boundaries.generalise(shifted)


def test_an_area_lost_on_the_grid_is_refused_by_name(wavy):
    tiny = wavy.set_geometry([wavy.geometry[0], shapely.box(710_001, 6_170_001, 710_003, 6_170_003)])

    with pytest.raises(ValueError, match="'Øst' is too small"):
        boundaries.generalise(tiny)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Høje-Taastrup", "hoeje-taastrup"),
        ("Brøndby", "broendby"),
        ("Mørkhøj/Pileparken", "moerkhoej-pileparken"),
        ("Aarhus Å", "aarhus-aa"),
        ("Allé 4", "alle-4"),
    ],
)
def test_a_slug_writes_danish_letters_out(name, expected):
    assert boundaries.slug(name) == expected


def test_the_script_writes_the_chosen_areas_in_the_order_asked_for(tmp_path, wavy):
    wavy.to_file(tmp_path / "kilde.geojson")
    target = tmp_path / "ud.geojson"

    assert boundaries.main([str(tmp_path / "kilde.geojson"), "-o", str(target), "--codes", "0202,201"]) == 0

    made = read(target)
    assert made[["code", "area_id", "name"]].to_numpy().tolist() == [
        ["202", "oest", "Øst"],
        ["201", "vest", "Vest"],
    ]


def test_the_script_takes_ids_and_names_from_a_table(tmp_path, wavy):
    wavy.to_file(tmp_path / "kilde.geojson")
    (tmp_path / "areas.csv").write_text("area_id,code,name\nnaboen,0202,Naboen\n", encoding="utf-8")
    target = tmp_path / "ud.geojson"

    boundaries.main(
        [
            str(tmp_path / "kilde.geojson"),
            "-o",
            str(target),
            "--codes",
            "202",
            "--names",
            str(tmp_path / "areas.csv"),
        ]
    )

    assert read(target)[["area_id", "name"]].to_numpy().tolist() == [["naboen", "Naboen"]]


def test_the_script_names_a_code_the_source_does_not_have_and_writes_nothing(tmp_path, wavy, capsys):
    wavy.to_file(tmp_path / "kilde.geojson")
    target = tmp_path / "ud.geojson"

    assert boundaries.main([str(tmp_path / "kilde.geojson"), "-o", str(target), "--codes", "999"]) == 1

    assert "999; allowed are 201, 202" in capsys.readouterr().err
    assert not target.exists()
