import numpy as np
import pytest

from analysis.unusual import far_from_history

USUAL = [14, 13, 15, 12, 16, 14, 13, 15, 14, 12, 13, 15, 16, 14, 13, 14, 15, 13, 14]


@pytest.mark.parametrize("count", [0, 1, 60])
def test_a_count_far_below_or_above_its_surroundings_is_flagged(count: int) -> None:
    flagged, usual = far_from_history([[*USUAL, count]])
    assert (flagged[0, -1], flagged[0, :-1].any(), usual[0, -1]) == (True, False, 14)


@pytest.mark.parametrize("count", [8, 14, 22])
def test_a_count_within_chance_is_not_flagged(count: int) -> None:
    assert not far_from_history([[*USUAL, count]])[0].any()


def test_a_restless_series_is_given_more_room_than_a_steady_one() -> None:
    restless = [count * 3 if place % 2 else count for place, count in enumerate(USUAL)]
    flagged, _ = far_from_history([[*restless, 60], [*USUAL, 60]])
    assert flagged[:, -1].tolist() == [False, True]


def test_a_short_or_missing_history_flags_nothing() -> None:
    flagged, usual = far_from_history([[14, 13, 15, 320], [np.nan, np.nan, np.nan, 5]])
    assert not flagged.any()
    assert np.isnan(usual).all()


def test_most_quarters_of_a_series_that_varies_by_chance_alone_pass() -> None:
    counts = np.random.default_rng(20260304).poisson(20, (500, 40))
    assert far_from_history(counts)[0].mean() < 0.001
