"""Which areas an area is held against."""

import numpy as np
import pandas as pd
import pytest

from analysis.similarity import similar_areas

AREAS = pd.DataFrame(
    [
        ("own", "housing_area", 0.70, 1000, "forstad"),
        ("near", "housing_area", 0.72, 1000, "forstad"),
        ("smaller", "housing_area", 0.70, 500, "forstad"),
        ("safer", "housing_area", 0.95, 1000, "by"),
        ("unknown-share", "housing_area", np.nan, 1000, "forstad"),
        ("only-size", "housing_area", np.nan, 1000, None),
        ("a-municipality", "municipality", 0.70, 1000, "forstad"),
    ],
    columns=["area_id", "level", "share", "size", "municipality_type"],
)


def test_the_most_similar_areas_come_nearest_first() -> None:
    found = similar_areas("own", AREAS)
    assert found.area_ids == ("unknown-share", "near", "smaller")
    # 0.2 of ten points and one doubling, each over three parts.
    assert found.distances == pytest.approx((0, 0.2 / 3, 1 / 3))
    assert not found.too_few


def test_areas_unlike_it_are_not_called_similar_and_it_says_so() -> None:
    found = similar_areas("own", AREAS, k=4)
    assert "safer" not in found.area_ids
    assert found.too_few


def test_a_municipality_is_not_like_a_housing_area_and_one_known_part_is_not_enough() -> None:
    found = similar_areas("own", AREAS, k=6, furthest=100)
    assert set(found.area_ids) == {"near", "smaller", "safer", "unknown-share"}


def test_distance_is_the_same_both_ways() -> None:
    there = similar_areas("own", AREAS, k=6, furthest=100)
    back = similar_areas("safer", AREAS, k=6, furthest=100)
    assert there.distances[there.area_ids.index("safer")] == back.distances[back.area_ids.index("own")]


def test_the_table_is_left_as_it_was() -> None:
    before = AREAS.copy()
    similar_areas("own", AREAS)
    pd.testing.assert_frame_equal(AREAS, before)


def test_an_unknown_area_is_refused() -> None:
    with pytest.raises(ValueError, match="area_id = 'atlantis' is found 0 times"):
        similar_areas("atlantis", AREAS)


def test_none_wanted_is_refused() -> None:
    with pytest.raises(ValueError, match="k = 0 is not allowed; allowed: 1 or more"):
        similar_areas("own", AREAS, k=0)


def test_a_table_without_sizes_is_refused() -> None:
    with pytest.raises(ValueError, match=r"areas lacks columns \['size'\]"):
        similar_areas("own", AREAS.drop(columns="size"))
