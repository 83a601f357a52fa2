"""In which ways counts that nobody reported can have been corrected: all that move as few as must be, and no others."""

import numpy as np
from numpy.typing import NDArray

from analysis.disclosure.explanations import MOST, Explanations, explanations

NONE = np.nan
# Two halves and their whole, as sums of the halves.
HALVES = np.array([[1.0, 0.0], [0.0, 1.0], [1.0, 1.0]])


def found(reported: list[list[float]], parts: NDArray[np.float64] = HALVES) -> Explanations:
    """The ways for atoms that are the first products, from the numbers of all products release by release."""
    numbers = np.array(reported)
    return explanations(parts, numbers[:, : parts.shape[1]], list(numbers))


def moved(ways: Explanations) -> set[tuple[tuple[int, int], ...]]:
    """Each way as the (step, atom) that moved."""
    return {tuple((int(step), int(atom)) for step, atom in np.argwhere(each)) for each in ways.moved}


def test_a_whole_that_never_changed_moves_nothing() -> None:
    assert moved(found([[NONE, NONE, 9], [3, 6, 9]])) == {()}


def test_numbers_that_were_reported_move_where_they_changed_and_nowhere_else() -> None:
    assert moved(found([[3, 6, 9], [3, 8, 11], [3, 8, 11]])) == {((0, 1),)}


def test_a_whole_that_was_corrected_before_it_was_split_may_have_been_corrected_in_either_half() -> None:
    assert moved(found([[NONE, NONE, 9], [NONE, NONE, 11], [3, 8, 11]])) == {((0, 0),), ((0, 1),)}


def test_a_half_too_small_to_have_lost_so_many_alone_is_no_explanation() -> None:
    # 12 became 6: the first half, which is 5 now, can have been 11; the second, too, lost six from 7.
    assert moved(found([[NONE, NONE, 12], [5, 1, 6]])) == {((0, 0),), ((0, 1),)}
    # 2 became 9, and the second half is 8 now: the first cannot have been -6, so the second moved.
    assert moved(found([[NONE, NONE, 2], [1, 8, 9]])) == {((0, 1),)}


def test_a_number_withdrawn_between_two_values_moved_before_or_after() -> None:
    assert moved(found([[3, 6, NONE], [NONE, 6, NONE], [5, 6, NONE]])) == {((0, 0),), ((1, 0),)}


def test_figures_that_tell_when_it_moved_leave_one_explanation() -> None:
    assert moved(found([[3, 6, 9], [NONE, 6, 11], [5, 6, 11]])) == {((0, 0),)}


def test_figures_that_contradict_each_other_say_nothing_of_what_was_not_reported() -> None:
    ways = found([[NONE, 6, 3], [3, 6, 9]])
    assert moved(ways) == {((0, 0),)}
    assert not ways.doubtful.any()


def test_what_has_more_explanations_than_can_be_looked_through_is_doubtful_and_the_rest_is_not() -> None:
    halves = MOST + 1
    # One whole of many parts is corrected before it is split; beside it stands an atom that is always reported.
    parts = np.vstack([np.eye(halves + 1), [*np.ones(halves), 0.0]])
    then, now = [*[NONE] * halves, 4.0, 99.0], [*[6.0] * halves, 4.0, 6.0 * halves]
    ways = found([then, now], parts)
    assert len(ways.moved) <= MOST
    assert ways.doubtful.tolist() == [*[True] * halves, False]


def test_corrections_apart_from_each_other_are_doubtful_together_where_their_ways_are_too_many() -> None:
    groups = 5  # two ways each, and 32 together
    parts = np.vstack([np.eye(2 * groups), np.kron(np.eye(groups), [1.0, 1.0])])
    now = np.tile([3.0, 8.0], groups)
    ways = found([[*[NONE] * (2 * groups), *[9.0] * groups], [*now, *[11.0] * groups]], parts)
    assert len(ways.moved) == 1
    assert ways.doubtful.all()
