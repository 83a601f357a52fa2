"""A place before and after, held against the rest of its map: its numbers, and how often it is wrong by chance."""

import numpy as np
import pytest

from analysis.place_change import place_change, sham_places

SIDE = 12
AROUND = np.array(
    [
        [
            (row + up) * SIDE + column + right if 0 <= row + up < SIDE and 0 <= column + right < SIDE else -1
            for up in (-1, 0, 1)
            for right in (-1, 0, 1)
            if up or right
        ]
        for row in range(SIDE)
        for column in range(SIDE)
    ]
)


def test_a_place_is_held_against_what_the_rest_of_the_map_did() -> None:
    # 11 after and 21 before in the place, 800 and 3011 in the rest: the published ratio of two rates.
    found = place_change([[21, 11], [3011, 800]], [True, False], start=1, before=1, after=1)
    assert (found.before, found.after) == (21, 11)
    assert found.expected == pytest.approx(21 * 800 / 3011)
    assert (found.ratio, found.low, found.high) == pytest.approx((1.971488, 0.8584264, 4.2772659), rel=1e-5)
    assert found.p_value > 0.05  # as the interval holds 1


def test_windows_of_different_length_are_held_against_each_other_by_the_rest() -> None:
    found = place_change([[5, 5, 5, 5, 2], [50, 50, 50, 50, 50]], [True, False], start=4, before=4, after=1)
    assert (found.before, found.after, found.expected) == (20, 2, 5)


def test_a_missing_count_leaves_nothing_to_be_said() -> None:
    found = place_change([[np.nan, 1], [9, 9]], [True, False], start=1, before=1, after=1)
    assert np.isnan([found.before, found.ratio, found.p_value]).all()


def test_where_the_rest_had_none_there_is_nothing_to_be_held_against() -> None:
    found = place_change([[4, 1], [0, 9]], [True, False], start=1, before=1, after=1)
    assert (found.before, found.after) == (4, 1)
    assert np.isnan([found.expected, found.p_value]).all()


@pytest.mark.parametrize(("start", "before", "after"), [(1, 2, 1), (4, 1, 2), (2, 0, 1), (2, 1, 0)])
def test_windows_outside_the_periods_are_refused(start: int, before: int, after: int) -> None:
    with pytest.raises(ValueError, match="do not fit in 5 periods"):
        place_change(np.ones((2, 5)), [True, False], start=start, before=before, after=after)


def test_the_busiest_places_of_an_even_town_seem_changed_in_no_more_than_one_of_ten() -> None:
    rng, p_values = np.random.default_rng(1), []
    for _ in range(10):
        weights = rng.gamma(0.7, 1, SIDE * SIDE)
        weekly = 12 * rng.gamma(20, 1 / 20, 104)
        counts = rng.poisson(weights[:, None] / weights.sum() * weekly)
        p_values.append(sham_places(counts, AROUND, np.zeros(SIDE * SIDE), 52, 26, fewest=5))
    tried = np.concatenate(p_values)
    assert tried.size > 400
    assert (tried < 0.05).mean() < 0.1


def test_a_place_that_somebody_acts_on_is_no_sham() -> None:
    counts = np.ones((SIDE * SIDE, 4))
    counts[SIDE * 5 + 5] = [90, 90, 1, 1]
    acted_on = np.arange(SIDE * SIDE) == SIDE * 5 + 5
    among = {"before": 2, "after": 2, "fewest": 5, "most": 1}
    assert sham_places(counts, AROUND, np.zeros(SIDE * SIDE), **among)[0] < 1e-6  # type: ignore[arg-type]
    assert sham_places(counts, AROUND, acted_on, **among)[0] > 0.05  # type: ignore[arg-type]
