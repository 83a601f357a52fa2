"""What became of places between two windows: the rule by small maps, its edges, and how seldom chance makes news."""

import numpy as np
import pytest
from numpy.typing import NDArray

from analysis.expected import expected_from_history, expected_from_population
from analysis.hotspots import hotspots_many
from analysis.moves import Cluster, fates

SIDE = 20
NORTH, EAST = np.divmod(np.arange(SIDE * SIDE), SIDE)
CENTRES = np.column_stack([EAST, NORTH]) * 250.0 + 125.0
ONE_EACH = np.ones(SIDE * SIDE)


def block(column: int, row: int, changed: bool = True) -> Cluster:
    """Three by three cells around one, with an incident in each."""
    cells = [SIDE * (row + up) + column + across for up in (-1, 0, 1) for across in (-1, 0, 1)]
    return Cluster.of(cells, CENTRES, ONE_EACH, changed)


def told(now: list[Cluster], then: list[Cluster]) -> list[tuple[str, int | None, int | None]]:
    return [(fate.verdict, fate.now, fate.then) for fate in fates(now, then, CENTRES, 250)]


def test_a_place_that_shares_a_cell_with_a_former_one_is_kept() -> None:
    assert told([block(5, 5)], [block(7, 5)]) == [("kept", 0, 0)]


def test_a_place_beside_a_former_one_without_a_cell_in_common_is_kept_where_its_middle_is_a_cell_away() -> None:
    # The middle of one cell lies half a cell from a former cluster that it only touches.
    one_cell = Cluster.of([SIDE * 5 + 7], CENTRES, ONE_EACH, changed=True)
    assert told([one_cell], [block(5, 5)]) == [("kept", 0, 0)]


def test_a_place_that_came_as_another_went_near_it_has_moved() -> None:
    # Middles 1 km apart, one row of cells between the two: 625 m from the middle to the former cluster.
    (fate,) = fates([block(9, 5)], [block(5, 5)], CENTRES, 250)
    assert (fate.verdict, fate.distance) == ("moved", pytest.approx(1000))


@pytest.mark.parametrize(("column", "verdicts"), [(10, ["moved"]), (11, ["new", "gone"])])
def test_beyond_a_kilometre_they_are_two_stories(column: int, verdicts: list[str]) -> None:
    # 875 and 1,125 m from the middle of the new place to the edge of the former one.
    assert [verdict for verdict, _, _ in told([block(column, 5)], [block(5, 5)])] == verdicts


@pytest.mark.parametrize(
    ("came", "went", "verdicts"),
    [
        (True, False, ["new", "unsure_gone"]),
        (False, True, ["gone", "unsure_new"]),
        (False, False, ["unsure_new", "unsure_gone"]),
    ],
)
def test_what_did_not_certainly_change_has_not_moved(came: bool, went: bool, verdicts: list[str]) -> None:
    assert [verdict for verdict, _, _ in told([block(9, 5, came)], [block(5, 5, went)])] == verdicts


def test_the_nearest_pair_moves_and_no_place_moves_twice() -> None:
    assert told([block(9, 9), block(9, 5)], [block(5, 5)]) == [("new", 0, None), ("moved", 1, 0)]


def test_a_place_that_has_parted_is_kept_twice_and_one_that_grew_together_leaves_none_gone() -> None:
    assert told([block(5, 5), block(8, 5)], [block(6, 5)]) == [("kept", 0, 0), ("kept", 1, 0)]
    assert told([block(6, 5)], [block(4, 5), block(8, 5)])[1:] == []


def test_cells_of_a_kilometre_may_move_as_far_as_two_of_them() -> None:
    now, then = (Cluster.of([place], CENTRES * 4, ONE_EACH, changed=True) for place in (SIDE * 5 + 8, SIDE * 5 + 6))
    assert [fate.verdict for fate in fates([now], [then], CENTRES * 4, 1000)] == ["moved"]


def test_the_middle_of_a_place_is_that_of_its_incidents() -> None:
    counts = np.zeros(SIDE * SIDE)
    counts[[0, 1]] = 1, 3
    assert Cluster.of([0, 1], CENTRES, counts, changed=True).centre == (pytest.approx(125 + 187.5), 125)


def test_nothing_then_and_nothing_now_is_told_as_nothing() -> None:
    assert told([], []) == []


def test_sizes_that_are_none_are_refused() -> None:
    with pytest.raises(ValueError, match="size"):
        fates([], [], CENTRES, 0)
    with pytest.raises(ValueError, match="two numbers"):
        fates([], [], [1.0, 2.0], 250)


def more_than_the_other_explains(windows: NDArray[np.float64], neighbours: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Cells of the second window that hold more than the first explains: what makes a place new, as a release asks."""
    history = expected_from_history(windows)
    return hotspots_many(windows, history, neighbours, dispersion=1.0).hotspot[1, 0]


def around() -> NDArray[np.int64]:
    steps = [(up, across) for up in (-1, 0, 1) for across in (-1, 0, 1) if up or across]
    rows = [
        [
            SIDE * (row + up) + column + across if 0 <= row + up < SIDE and 0 <= column + across < SIDE else -1
            for up, across in steps
        ]
        for row in range(SIDE)
        for column in range(SIDE)
    ]
    return np.array(rows)


def test_by_chance_alone_few_maps_with_lasting_places_have_a_new_one() -> None:
    # Busy and quiet cells that stay so: some cross the line each year, which is no news.
    rng, near = np.random.default_rng(3), around()
    with_news = with_hotspots = 0
    for _ in range(100):
        rate = 0.5 * rng.gamma(0.5, 2, SIDE * SIDE)
        windows = rng.poisson(rate, (2, 1, SIDE * SIDE)).astype(float)
        hot = hotspots_many(windows, expected_from_population(windows), near, dispersion=1.0).hotspot[:, 0]
        with_hotspots += bool((hot[1] & ~hot[0]).any())
        with_news += bool((hot[1] & ~hot[0] & more_than_the_other_explains(windows, near)).any())
    assert with_hotspots >= 60
    assert with_news <= 10
