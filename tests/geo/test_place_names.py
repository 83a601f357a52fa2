"""Places named as one would tell a colleague: by streets, else by landmark, distance and direction."""

import geopandas
import pytest
from shapely.geometry import LineString, Point, box

from geo.place_names import Gazetteer, direction, gazetteer, place_name, rounded_distance, streets_at

METRES = 25832
# A made-up town: two streets that cross, a third farther off, a station, a fort and a suburb's middle.
STREETS = {
    "Hedeparken": LineString([(710_000, 6_180_000), (711_000, 6_180_000)]),
    "Magleparken": LineString([(710_500, 6_179_500), (710_500, 6_180_500)]),
    "Langvej": LineString([(710_000, 6_181_000), (711_000, 6_181_000)]),
    "": LineString([(710_490, 6_180_020), (710_520, 6_180_020)]),
}
LANDMARKS = [
    ("Ballerup Station", "s-train", Point(710_500, 6_180_200)),
    ("Det Gamle Fort", "sight", Point(713_000, 6_183_000)),
    ("Forstaden", "suburb", Point(713_100, 6_182_600)),
]


def made(streets: bool = True, landmarks: bool = True) -> Gazetteer:
    rows = STREETS if streets else {}
    points = LANDMARKS if landmarks else []
    roads = geopandas.GeoDataFrame({"name": list(rows)}, geometry=list(rows.values()), crs=METRES)
    marks = geopandas.GeoDataFrame(
        {"name": [row[0] for row in points], "kind": [row[1] for row in points]},
        geometry=[row[2] for row in points],
        crs=METRES,
    )
    return gazetteer(roads, marks, {"Grantoften": box(715_000, 6_180_000, 715_400, 6_180_400)})


def test_two_streets_and_the_station_near_by() -> None:
    assert place_name(Point(710_495, 6_180_003), made()) == "ved Hedeparken og Magleparken, 200 m fra Ballerup Station"


def test_a_square_is_named_by_its_middle() -> None:
    assert streets_at(box(710_375, 6_179_880, 710_625, 6_180_130), made()) == ("Magleparken", "Hedeparken")


def test_a_street_far_from_any_station_stands_alone() -> None:
    assert place_name(Point(710_300, 6_181_100), made()) == "ved Langvej, 900 m fra Ballerup Station"
    assert place_name(Point(710_000, 6_181_140), made()) == "ved Langvej"


def test_without_street_names_it_is_landmark_distance_and_direction() -> None:
    assert place_name(Point(710_500, 6_179_900), made(streets=False)) == "300 m syd for Ballerup Station"
    assert place_name(Point(713_300, 6_183_300), made()) == "400 m nordøst for Det Gamle Fort"


def test_one_is_at_a_landmark_close_by() -> None:
    assert place_name(Point(713_040, 6_183_040), made()) == "ved Det Gamle Fort"


def test_the_middle_of_a_suburb_names_nothing_that_a_sight_can_name() -> None:
    assert "Fort" in place_name(Point(713_080, 6_182_700), made())


def test_a_known_area_names_what_lies_inside_it() -> None:
    assert place_name(Point(715_300, 6_180_300), made()) == "ved Grantoften"
    assert place_name(Point(715_200, 6_180_900), made()) == "500 m nord for Grantoften"


def test_nothing_near_has_no_name() -> None:
    assert place_name(Point(600_000, 6_200_000), made()) == ""


@pytest.mark.parametrize(
    ("metres", "said"),
    [(10, "50 m"), (160, "150 m"), (460, "450 m"), (490, "500 m"), (930, "900 m"), (960, "1 km"), (1440, "1,4 km")],
)
def test_distances_are_rounded_as_one_says_them(metres: float, said: str) -> None:
    assert rounded_distance(metres) == said


@pytest.mark.parametrize(("x", "y", "wind"), [(0, 5, "nord"), (5, 5, "nordøst"), (-5, 0, "vest"), (1, -9, "syd")])
def test_directions_are_danish(x: float, y: float, wind: str) -> None:
    assert direction(Point(0, 0), Point(x, y)) == wind
