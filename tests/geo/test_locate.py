"""Which outline holds each of many points, held against trying every point against every outline."""

import numpy as np
import pytest
import shapely
from shapely.geometry import Point, box

from geo.locate import NOWHERE, Locator

TOWN, VILLAGE = box(720_000, 6_180_000, 721_030, 6_181_030), Point(723_000, 6_183_000).buffer(640)


def test_each_point_is_found_in_the_outline_that_holds_it() -> None:
    x, y = np.array([720_500.0, 723_000.0, 722_000.0]), np.array([6_180_500.0, 6_183_500.0, 6_180_500.0])
    assert Locator([TOWN, VILLAGE]).locate(x, y).tolist() == [0, 1, NOWHERE]


def test_a_point_on_an_edge_lies_inside_and_one_without_coordinates_nowhere() -> None:
    x, y = np.array([721_030.0, 721_030.1, np.nan]), np.array([6_181_030.0, 6_181_030.0, 6_180_500.0])
    assert Locator([TOWN]).locate(x, y).tolist() == [0, NOWHERE, NOWHERE]


@pytest.mark.parametrize("side", [37.0, 100.0, 5_000.0])
def test_the_lookup_answers_as_every_point_tried_against_every_outline(side: float) -> None:
    rng = np.random.default_rng(20261128)
    outlines = [VILLAGE, TOWN, box(720_900, 6_180_900, 722_600, 6_182_700)]  # the last overlaps both
    x, y = rng.uniform(719_800, 724_000, 20_000), rng.uniform(6_179_800, 6_184_000, 20_000)
    tried = np.array([shapely.intersects_xy(outline, x, y) for outline in outlines])
    expected = np.where(tried.any(axis=0), tried.argmax(axis=0), NOWHERE)
    assert (Locator(outlines, side).locate(x, y) == expected).all()


def test_without_an_outline_there_is_nothing_to_look_in() -> None:
    with pytest.raises(ValueError, match="outlines is empty"):
        Locator([])
