"""Which areas are made of which by their outlines: three that lie over the same spot share it once."""

import pandas as pd
import shapely

from analysis.disclosure import Sum, overlap
from data.release.area_lattice import families


def sums(**outlines: shapely.Geometry) -> set[Sum]:
    """The sums of local areas of one municipality with these outlines."""
    areas = pd.DataFrame(
        [("kommune", "municipality", ""), *((area, "housing_area", "kommune") for area in outlines)],
        columns=["area_id", "level", "parent_id"],
    )
    shapes = pd.DataFrame({"area_id": outlines.keys(), "geometry": list(map(shapely.to_wkb, outlines.values()))})
    (family,) = families(areas, shapes)
    return {each for each in family.sums if each.total != "kommune"}


def test_two_areas_that_overlap_share_one_piece() -> None:
    both = overlap("a", "b")
    assert sums(a=shapely.box(0, 0, 2, 1), b=shapely.box(1, 0, 3, 1)) == {
        Sum("a", (both,), complete=False), Sum("b", (both,), complete=False),
    }  # fmt: skip


def test_three_areas_over_the_same_spot_share_it_once_and_each_two_what_they_share_besides() -> None:
    found = sums(a=shapely.box(0, 0, 4, 4), b=shapely.box(2, 0, 6, 4), c=shapely.box(1, 2, 5, 6))
    three, ab, ac, bc = overlap("a", "b", "c"), overlap("a", "b"), overlap("a", "c"), overlap("b", "c")
    assert {each.total: set(each.parts) for each in found} == {
        "a": {three, ab, ac}, "b": {three, ab, bc}, "c": {three, ac, bc},
    }  # fmt: skip


def test_areas_that_meet_only_where_all_three_do_have_that_piece_alone() -> None:
    three = overlap("a", "b", "c")
    found = sums(a=shapely.box(0, 0, 2, 2), b=shapely.box(1, 1, 3, 3),
                 c=shapely.union(shapely.box(1, 1, 2, 2), shapely.box(8, 8, 10, 10)))  # fmt: skip
    assert {each.total: each.parts for each in found} == {"a": (three,), "b": (three,), "c": (three,)}


def test_outlines_that_only_touch_share_nothing() -> None:
    assert sums(a=shapely.box(0, 0, 2, 2), b=shapely.box(1.99, 0, 4, 2)) == set()
