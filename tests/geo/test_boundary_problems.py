"""What is said of a boundary file that cannot be used: one clear message per problem, and all at once."""

import re
from pathlib import Path

import geopandas
import pytest
import shapely

from geo.boundaries import BoundaryError, BoundaryProblem, read
from geo.problems import MOST_PROBLEMS
from tests.geo.boundary_files import OTHER, RING, collection, feature, only_problem, polygon, problems_of, zipped

FILES = Path(__file__).parents[1] / "data" / "files"


def test_an_unclosed_polygon_is_refused_with_its_two_ends():
    problem = only_problem(collection(polygon("163", RING), polygon("159", [*OTHER[:-1], [12.61, 55.7]])))

    assert problem == BoundaryProblem(
        2,
        "geometry",
        "(12,6 55,7) og (12,61 55,7)",
        "Fladen er ikke lukket: det første og det sidste punkt er forskellige.",
        "Luk fladen, så den slutter i det punkt, hvor den begynder.",
    )


def test_a_coordinate_that_is_no_number_is_told_without_a_warning():
    text = (FILES / "10-herlev.kml").read_text(encoding="utf-8")
    with pytest.raises(BoundaryError) as error:
        read(text.replace("55.75832664292424", "NaN55.75832664292424", 1).encode(), "herlev.kml")
    assert [each.message for each in error.value.problems] == ["Fladens koordinater kan ikke læses som tal."]


def test_an_unclosed_polygon_of_a_gml_is_told_without_a_warning():
    text = (FILES / "10-dagi.gml").read_text(encoding="utf-8")
    with pytest.raises(BoundaryError) as error:
        read(re.sub(r" \S+ \S+</gml:posList>", "</gml:posList>", text, count=1).encode(), "kommuner.gml")
    assert "Fladen er ikke lukket" in error.value.problems[0].message


@pytest.mark.parametrize("suffix", ["shp", "gpkg"])
def test_an_unclosed_polygon_is_found_in_binary_formats_too(tmp_path, suffix):
    square = shapely.box(714_000, 6_180_000, 716_000, 6_183_000)
    path = tmp_path / f"lag.{suffix}"
    geopandas.GeoDataFrame({"kode": ["0163"]}, geometry=[square], crs=25832).to_file(path)
    last = shapely.to_wkb(square)[-16:]
    content = path.read_bytes()
    at = content.rindex(last)
    path.write_bytes(content[:at] + shapely.to_wkb(shapely.Point(715_000, 6_181_000))[-16:] + content[at + 16 :])

    with pytest.raises(BoundaryError, match="ikke lukket"):
        read(path)


def test_a_self_intersection_is_refused_and_located():
    bow = [[12.4, 55.7], [12.5, 55.8], [12.5, 55.7], [12.4, 55.8], [12.4, 55.7]]
    problem = only_problem(collection(polygon("163", bow)))

    assert problem.message == "Fladens grænse krydser sig selv ved 12,45000° Ø, 55,75000° N."
    assert problem.remedy == "Flyt hjørnerne, så grænsen ikke krydser sig selv."


def test_a_hole_outside_its_polygon_is_refused():
    assert "hul uden for sin yderkant" in only_problem(collection(polygon("163", RING, OTHER))).message


def projected(x: float, y: float, size: float) -> dict[str, object]:
    return polygon("163", [[x, y], [x + size, y], [x + size, y + size], [x, y + size], [x, y]])


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (collection(projected(714_000, 6_180_000, 900)), "Koordinaterne er i EPSG:25832"),
        (
            collection(projected(12.4, 55.7, 0.1), crs="urn:ogc:def:crs:EPSG::25832"),
            "Koordinaterne er i EPSG:4326",
        ),
        (collection(projected(55.7, 12.4, 0.1)), "Øst og nord er byttet om"),
        (collection(projected(6_180_000, 714_000, 900), crs="EPSG:25832"), "Øst og nord er byttet om"),
        (collection(projected(1_390_000, 7_500_000, 900)), "EPSG:3857 (Web Mercator)"),
        (collection(projected(1_390_000, 7_500_000, 900), crs="EPSG:25832"), "EPSG:3857 (Web Mercator)"),
        (collection(projected(2.3, 48.8, 0.1)), "ligger uden for Danmark"),
        (collection(projected(1e308, 1e307, 1e306)), "ligger uden for Danmark"),
    ],
    ids=[
        "utm-as-degrees",
        "degrees-as-utm",
        "swapped",
        "swapped-utm",
        "mercator",
        "mercator-as-utm",
        "paris",
        "huge",
    ],
)
def test_coordinates_outside_denmark_are_explained_by_the_likeliest_mistake(content, message):
    assert message in only_problem(content).message


def test_a_mistake_that_every_area_shares_is_said_once():
    both = only_problem(collection(polygon("163", [p[::-1] for p in RING]), polygon("159", [p[::-1] for p in OTHER])))

    assert both.feature is None
    assert both.message == "Alle flader: Øst og nord er byttet om i koordinaterne."


@pytest.mark.parametrize("crs", ["EPSG:3857", "urn:ogc:def:crs:EPSG::23032", "noget lokalt"])
def test_another_projection_is_refused_by_name(crs):
    problem = only_problem(collection(polygon("163", RING), crs=crs))

    assert problem.column == "crs"
    assert problem.remedy == "Gem laget i EPSG:4326 (WGS84) eller EPSG:25832 (ETRS89 / UTM zone 32N)."


def test_a_shapefile_without_prj_is_refused(tmp_path):
    geopandas.GeoDataFrame({"kode": ["163"]}, geometry=[shapely.Polygon(RING)], crs=4326).to_file(tmp_path / "a.shp")
    parts = {one.name: one.read_bytes() for one in tmp_path.glob("a.*") if one.suffix != ".prj"}

    assert only_problem(zipped(parts)).message == "Shapefilen mangler .prj."


def test_a_shapefile_handed_over_without_its_other_parts_is_refused(tmp_path):
    geopandas.GeoDataFrame({"kode": ["163"]}, geometry=[shapely.Polygon(RING)], crs=4326).to_file(tmp_path / "a.shp")

    assert only_problem((tmp_path / "a.shp").read_bytes()).message == "Shapefilen mangler .dbf og .prj."


def test_a_missing_key_column_is_named_beside_what_the_file_has():
    problem = only_problem(collection(feature({"by": "Herlev", "nr": 1}, {"type": "Polygon", "coordinates": [RING]})))

    assert problem.column == "area_id eller kode"
    assert problem.message.endswith("filen har: by, nr.")


@pytest.mark.parametrize("value", ["63", "1630", "Herlev", "0063", 16.3])
def test_a_code_that_is_none_is_refused(value):
    problem = only_problem(collection(polygon(value, RING)))

    assert (problem.feature, problem.column, problem.value) == (1, "kode", str(value))


@pytest.mark.parametrize("value", [None, "", " "])
def test_an_area_without_key_is_refused(value):
    assert only_problem(collection(polygon(value, RING))).message == "Fladen siger ikke, hvilket område den er."


def test_a_duplicate_key_is_refused_whether_or_not_it_has_its_zero():
    problem = only_problem(collection(polygon("163", RING), polygon("0163", OTHER)))

    assert (problem.feature, problem.value) == (2, "163")
    assert problem.message == "Området står også som flade nr. 1."


@pytest.mark.parametrize("content", [b"", b"  \n"])
def test_an_empty_file_is_refused(content):
    assert only_problem(content).message == "Filen er tom."


def test_a_file_without_areas_is_refused():
    assert only_problem(collection()).message == "Filen har ingen flader."


@pytest.mark.parametrize(
    ("geometry", "kind"),
    [
        ({"type": "Point", "coordinates": [12.4, 55.7]}, "Point"),
        ({"type": "LineString", "coordinates": RING}, "LineString"),
        ({"type": "GeometryCollection", "geometries": []}, "GeometryCollection"),
    ],
)
def test_what_is_no_polygon_is_refused(geometry, kind):
    problem = only_problem(collection(feature({"kode": "163"}, geometry)))

    assert (problem.value, problem.message) == (kind, "Området er ikke en flade.")


@pytest.mark.parametrize("geometry", [None, {"type": "Polygon", "coordinates": []}, {}])
def test_an_area_without_polygon_is_refused(geometry):
    assert only_problem(collection(feature({"kode": "163"}, geometry))).message == "Området har ingen flade."


@pytest.mark.parametrize(
    "ring",
    [
        [[12.4, float("nan")], *RING[1:]],
        [[12.4, float("inf")], *RING[1:]],
        [["øst", "nord"], *RING[1:]],
        [[12.4], *RING[1:]],
        [[None, 55.7], *RING[1:]],
        [[10**400, 55.7], *RING[1:]],
        [1, 2, 3, 4],
        "ring",
        7,
    ],
    ids=[
        "nan",
        "infinite",
        "text",
        "one number",
        "null",
        "integer beyond floats",
        "flat",
        "string",
        "number",
    ],
)
def test_coordinates_that_are_no_numbers_are_refused(ring):
    assert "koordinater kan ikke læses" in only_problem(collection(polygon("163", ring))).message


@pytest.mark.parametrize("ring", [[], RING[:1], [RING[0], RING[1], RING[0]]])
def test_a_ring_of_too_few_corners_is_refused(ring):
    assert only_problem(collection(polygon("163", ring))).message == "Fladen har for få hjørner."


def test_every_problem_is_told_at_once_in_the_order_of_the_file():
    content = collection(
        polygon("163", RING[:-1]),
        polygon("?", RING),
        feature({"kode": "159"}, {"type": "Point", "coordinates": [12.4, 55.7]}),
        polygon("159", [[p[1], p[0]] for p in OTHER]),
    )

    assert [problem.feature for problem in problems_of(content)] == [1, 2, 3, 4, 4]


def test_a_file_full_of_errors_gives_a_list_one_can_read():
    problems = problems_of(collection(*(polygon("x", RING) for _ in range(MOST_PROBLEMS + 50))))

    assert len(problems) == MOST_PROBLEMS + 1
    assert problems[-1].message == "Filen har yderligere 50 fejl."


def test_the_error_names_file_feature_column_value_and_remedy():
    with pytest.raises(BoundaryError) as caught:
        read(collection(polygon("63", RING)), "/hemmelig/sti/kommuner.geojson")

    assert str(caught.value) == (
        "Filen »kommuner.geojson« kan ikke bruges:\n"
        "- Flade nr. 1, kolonnen »kode«, værdien »63«: Koden er ikke en kommunekode. "
        "Skriv tre eller fire cifre, fx 163 eller 0163."
    )


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"kode;navn\n163;Herlev\n", "format kan ikke genkendes"),
        (
            b"<OGRVRTDataSource><SrcDataSource>/etc/passwd</SrcDataSource></OGRVRTDataSource>",
            "format kan ikke",
        ),
        (b'{"type": "FeatureCollection",\n "features": [', "ikke gyldig GeoJSON (linje 2)"),
        (b"[" * 100_000, "ikke gyldig GeoJSON"),
        (b'{"type": "Topology"}', "ikke en samling af flader"),
        (b'{"type": "FeatureCollection", "features": 7}', "ikke en samling af flader"),
        (b"PK\x03\x04 og s\xe5 ikke mere", "Zip-filen er beskadiget"),
        (b"SQLite format 3\x00" + b"\x00" * 200, "ikke en gyldig GeoPackage"),
        (b"\x00\x00\x27\x0a" + b"\x00" * 10, "Shapefilen mangler .dbf og .prj"),
    ],
    ids=["csv", "vrt", "cut", "deep", "topojson", "number", "zip", "sqlite", "shp"],
)
def test_what_is_no_boundary_file_is_refused(content, message):
    assert message in only_problem(content).message


@pytest.mark.parametrize("letters", ["UTF-9", "shift_jis", "base64"])
def test_markup_in_letters_nobody_can_read_is_refused(letters):
    text = f'<?xml version="1.0" encoding="{letters}"?><kml xmlns="http://www.opengis.net/kml/2.2"></kml>'

    assert only_problem(text.encode()).message == "Filens tegnsæt kan ikke læses."


@pytest.mark.parametrize("letters", ["utf-8", "utf-16-le"])
def test_markup_that_reaches_outside_itself_is_not_opened_whatever_its_letters(letters):
    text = '<?xml version="1.0"?><kml xmlns="http://www.opengis.net/kml/2.2"><NetworkLink/></kml>'

    assert only_problem(text.encode(letters)).message == "Filen henviser til noget uden for sig selv."
