"""Chosen cells that touch are one patch."""

import numpy as np
import pytest

from geo.grid import neighbours
from geo.patches import patches

# Four cells in a row from west to east, and one north-east of the last.
ROW = [f"250m_618000_{71000 + 25 * step}" for step in range(4)] + ["250m_618025_71100"]


def around(ids: list[str]) -> np.ndarray:
    place = {cell: number for number, cell in enumerate(ids)}
    return np.array([[place.get(cell, -1) for cell in neighbours(one)] for one in ids])


def test_cells_side_by_side_are_one_patch_and_a_gap_parts_them() -> None:
    assert patches([True, True, False, True, False], around(ROW)).tolist() == [0, 0, -1, 1, -1]


def test_cells_that_touch_by_a_corner_are_one_patch() -> None:
    assert patches([False, False, False, True, True], around(ROW)).tolist() == [-1, -1, -1, 0, 0]


def test_nothing_chosen_is_no_patch() -> None:
    assert patches([False] * 5, around(ROW)).tolist() == [-1] * 5


def test_neighbours_for_other_cells_are_refused() -> None:
    with pytest.raises(ValueError, match="a row for each of 2 cells"):
        patches([True, False], around(ROW))
