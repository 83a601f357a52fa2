"""Which areas a release calls neighbours, on squares in a row."""

import geopandas
import pandas as pd
import pytest
import shapely

from data.release import Release
from data.release.neighbours import neighbour_table

# West ends of squares 500 m wide: b touches a, c lies 900 m east of b, d 1,100 m east of c.
WEST = {"a": 0, "b": 500, "c": 1900, "d": 3500}


def areas(levels: dict[str, str] | None = None) -> pd.DataFrame:
    shapes = [shapely.box(700_000 + west, 6_170_000, 700_500 + west, 6_170_500) for west in WEST.values()]
    degrees = geopandas.GeoSeries(shapes, crs=25832).to_crs(4326)
    level = [(levels or {}).get(area, "housing_area") for area in WEST]
    return pd.DataFrame({"area_id": list(WEST), "level": level, "geometry": shapely.to_wkb(degrees.to_numpy())})


def pairs(table: pd.DataFrame) -> set[tuple[str, str]]:
    return set(table.itertuples(index=False, name=None))


def test_areas_that_touch_or_lie_within_a_kilometre_are_neighbours() -> None:
    assert pairs(neighbour_table(areas())) == {("a", "b"), ("b", "a"), ("b", "c"), ("c", "b")}


def test_areas_of_different_levels_are_no_neighbours() -> None:
    assert pairs(neighbour_table(areas({"b": "municipality"}))) == set()


def test_an_area_without_an_outline_has_no_neighbours() -> None:
    without = areas()
    without.loc[without["area_id"] == "b", "geometry"] = None
    assert pairs(neighbour_table(without)) == set()


@pytest.mark.parametrize(
    ("area", "near"),
    [
        ("hoeje-gladsaxe", {"moerkhoej-pileparken"}),
        ("hjortegaarden", {"lille-birkholm"}),
        ("vaerebro-park", set()),
        ("herlev", {"ballerup", "gladsaxe", "glostrup", "roedovre"}),
        ("hele-landet", set()),
    ],
)
def test_the_shipped_areas_have_the_neighbours_a_map_shows(shipped: Release, area: str, near: set[str]) -> None:
    table = shipped.tables["neighbours"]
    assert set(table.loc[table["area_id"] == area, "neighbour_id"]) == near
