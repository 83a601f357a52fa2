"""Where on the map a mass registration lies."""

import numpy as np
import pytest

from analysis.mass_cells import mass_cells

GROUPS = ["a", "a", "a", "b"]


def counts(newest: list[float]) -> np.ndarray:
    return np.array([[3, 2, 0, 9], [4, 1, 0, 8], newest], dtype=float)


def flags(*groups: str) -> np.ndarray:
    marked = np.zeros((3, 4), dtype=bool)
    marked[2] = np.isin(GROUPS, groups)
    return marked


def test_the_cell_that_rose_most_holds_it() -> None:
    found = mass_cells(counts([5, 120, 1, 300]), flags("a"), GROUPS)
    assert np.argwhere(found).tolist() == [[2, 1]]


def test_each_municipality_with_one_has_a_cell_of_its_own() -> None:
    found = mass_cells(counts([5, 120, 1, 300]), flags("a", "b"), GROUPS)
    assert np.argwhere(found).tolist() == [[2, 1], [2, 3]]


def test_without_one_no_cell_is_marked_however_much_it_rose() -> None:
    assert not mass_cells(counts([5, 120, 1, 300]), flags(), GROUPS).any()


def test_one_that_is_spread_over_many_cells_is_found_nowhere() -> None:
    assert not mass_cells(counts([18, 19, 19, 8]), flags("a"), GROUPS).any()


def test_a_cell_that_always_has_many_is_not_taken_for_it() -> None:
    always = np.array([[90, 0], [95, 0], [100, 40]], dtype=float)
    marked = np.array([[False] * 2, [False] * 2, [True] * 2])
    assert np.argwhere(mass_cells(always, marked, ["a", "a"])).tolist() == [[2, 1]]


def test_a_single_year_is_held_against_nothing() -> None:
    assert mass_cells([[2, 60]], [[True, True]], ["a", "a"]).tolist() == [[False, True]]


def test_cells_that_are_not_reported_are_passed_over() -> None:
    found = mass_cells(counts([5, np.nan, 60, 8]), flags("a"), GROUPS)
    assert np.argwhere(found).tolist() == [[2, 2]]


def test_shapes_that_do_not_fit_are_refused() -> None:
    with pytest.raises(ValueError, match="years × cells twice"):
        mass_cells([[1, 2]], [[True]], ["a", "a"])
