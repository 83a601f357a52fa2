"""Whether a series stepped at a date declared beforehand."""

import numpy as np
import pytest

from analysis.time_series import interrupted_time_series

QUARTERS = np.arange(24)
# Rises by 2 % a quarter, a third higher in every fourth quarter, a fifth lower from quarter 12 on.
EXPECTED = 200 * 1.02**QUARTERS * np.where(QUARTERS % 4 == 3, 4 / 3, 1)
STEPPED = EXPECTED * np.where(QUARTERS >= 12, 0.8, 1)


def test_a_step_is_found_under_trend_and_season() -> None:
    found = interrupted_time_series(STEPPED, 12)
    assert found.ratio == pytest.approx(0.8)
    assert found.expected == pytest.approx(EXPECTED)
    assert found.low < 0.8 < found.high < 1


def test_a_plain_trend_is_no_step() -> None:
    found = interrupted_time_series(EXPECTED, 12)
    assert found.ratio == pytest.approx(1)
    assert found.p_value > 0.99


def test_a_larger_population_is_no_step() -> None:
    residents = np.where(QUARTERS >= 12, 2000, 1000)
    assert interrupted_time_series(EXPECTED * residents / 1000, 12, residents).ratio == pytest.approx(1)


def test_counts_that_jump_about_widen_the_interval() -> None:
    jumping = STEPPED * (1 + 0.3 * np.sin(QUARTERS**2))
    found, calm = interrupted_time_series(jumping, 12), interrupted_time_series(STEPPED, 12)
    assert found.dispersion > 3
    assert found.high / found.low > calm.high / calm.low


@pytest.mark.parametrize(("start", "before", "after"), [(7, 7, 17), (21, 21, 3)])
def test_fewer_than_8_quarters_before_or_4_after_are_not_enough(start: int, before: int, after: int) -> None:
    found = interrupted_time_series(STEPPED, start)
    assert (found.enough, found.quarters_before, found.quarters_after) == (False, before, after)
    assert np.isnan([found.ratio, found.p_value]).all()


def test_missing_quarters_are_left_out_and_not_zeros() -> None:
    series = STEPPED.copy()
    series[[5, 17]] = np.nan
    assert interrupted_time_series(series, 12).ratio == pytest.approx(0.8)


def test_no_offences_after_the_start_give_no_ratio() -> None:
    assert not interrupted_time_series(np.where(QUARTERS >= 12, 0, 5), 12).enough


def test_a_start_outside_the_series_is_refused() -> None:
    with pytest.raises(ValueError, match="start = 24 is not allowed; allowed: 1 to 23"):
        interrupted_time_series(STEPPED, 24)
