"""Which areas are neighbours."""

import geopandas
import pytest
import shapely

from geo.neighbours import neighbours

# Four squares of 1 km: b touches a along a side, c touches a at a corner, d lies 300 m east of b.
SQUARES = {"a": (0, 0), "b": (1000, 0), "c": (-1000, 1000), "d": (2300, 0)}


@pytest.fixture
def squares() -> geopandas.GeoDataFrame:
    shapes = [shapely.box(700_000 + x, 6_170_000 + y, 701_000 + x, 6_171_000 + y) for x, y in SQUARES.values()]
    return geopandas.GeoDataFrame({"area_id": list(SQUARES)}, geometry=shapes, crs=25832)


def test_areas_that_share_a_side_or_a_corner_touch(squares):
    assert neighbours(squares) == {"a": ("b", "c"), "b": ("a",), "c": ("a",), "d": ()}


@pytest.mark.parametrize(("distance", "expected"), [(299.0, ("a",)), (301.0, ("a", "d"))])
def test_a_distance_reaches_areas_so_many_metres_away(squares, distance, expected):
    assert neighbours(squares, distance)["b"] == expected


def test_areas_given_in_degrees_have_the_same_neighbours(squares):
    assert neighbours(squares.to_crs(4326), 301.0) == neighbours(squares, 301.0)


def test_another_column_can_be_the_key(squares):
    coded = squares.assign(code=["151", "153", "157", "159"])

    assert neighbours(coded, key="code")["151"] == ("153", "157")


@pytest.mark.parametrize("distance", [-1.0, float("nan"), float("inf")])
def test_a_distance_that_is_none_is_refused(squares, distance):
    with pytest.raises(ValueError, match="distance is"):
        neighbours(squares, distance)


def test_areas_without_projection_are_refused(squares):
    with pytest.raises(ValueError, match="no projection"):
        neighbours(squares.set_crs(None, allow_override=True))


def test_a_repeated_key_is_refused(squares):
    with pytest.raises(ValueError, match="area_id is 'a' more than once"):
        neighbours(squares.assign(area_id=["a", "a", "c", "d"]))
