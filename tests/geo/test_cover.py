"""The grid laid over an outline, and there and back between degrees and metres."""

import numpy as np
import pytest
import shapely

from geo.cover import cells_over
from geo.grid import polygon
from geo.projection import to_degrees, to_metres

CORNER = 716_000, 6_180_000


def test_a_square_of_a_kilometre_holds_sixteen_cells_of_250_metres() -> None:
    east, north = CORNER
    found = cells_over(shapely.box(east, north, east + 1000, north + 1000), 250)
    assert len(found) == 16
    assert shapely.union_all(polygon(np.array(found))).area == 1_000_000


def test_a_cell_belongs_to_the_outline_that_holds_its_centre() -> None:
    east, north = CORNER
    assert cells_over(shapely.box(east, north, east + 130, north + 130), 250) == ["250m_618000_71600"]
    assert cells_over(shapely.box(east, north, east + 120, north + 120), 250) == []


def test_shapes_come_back_from_degrees_where_they_were() -> None:
    east, north = CORNER
    square = shapely.box(east, north, east + 250, north + 250)
    there = to_degrees([square])[0]
    assert there.centroid.x == pytest.approx(12.44, abs=0.01)
    assert there.centroid.y == pytest.approx(55.72, abs=0.01)
    assert to_metres([there])[0].equals_exact(square, tolerance=1e-4)


def test_cells_that_share_a_corner_share_it_in_degrees_too() -> None:
    # The browser draws one line around cells that touch, by leaving out the edges that two of them share.
    first, second = (
        set(shape.exterior.coords)
        for shape in to_degrees(list(polygon(np.array(["250m_618000_71600", "250m_618000_71625"]))))
    )
    assert len(first & second) == 2
