"""When a quarterly series does something other than its usual ups and downs."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import poisson

from analysis import spc

# Methods note, section 3.
PUBLISHED = [20, 24, 20, 26, 22, 16, 18, 16, 31, 28, 34, 26, 30, 19, 18]
# Sways evenly about 20 and gives no signal of its own.
STEADY = [20, 23, 18, 21, 17, 22, 19, 20, 23, 18, 21, 17, 22, 19]


def test_limits_are_the_published_ones() -> None:
    chart = spc.xmr(PUBLISHED)
    assert chart["mean"].tolist() == pytest.approx([23.2] * 15)
    assert (chart["lower"][0], chart["upper"][0]) == pytest.approx((8.76, 37.64), abs=0.005)
    assert set(chart["signal"]) == {""}


def test_twelve_points_or_fewer_have_no_limits_and_no_signal() -> None:
    chart = spc.xmr([*PUBLISHED[:11], 500])
    assert chart[["mean", "lower", "upper"]].isna().all(axis=None)
    assert set(chart["signal"]) == {""}


def test_a_point_outside_the_limits_is_a_signal_on_its_side() -> None:
    chart = spc.xmr([*STEADY, 60, *STEADY])
    assert chart.loc[chart["signal"] == "outside", "value"].tolist() == [60]
    assert chart["side"][14] == 1


def test_seven_in_a_row_above_the_mean_are_a_shift() -> None:
    chart = spc.xmr([20, 24, 19, 25, 20, 24, 19, 25, 26, 29, 25, 28, 26, 30, 26, 18, 26, 17, 24])
    assert chart.index[chart["signal"] == "shift"].tolist() == list(range(7, 15))


def test_a_point_on_the_mean_breaks_the_run() -> None:
    values = np.tile([1.0, -1.0], 10)
    values[4:11] = [1, 1, 1, 0, 1, 1, 1]
    values[15:20] = [-1, -1, 1, -1, -1]
    assert values.sum() == 3
    values[19] -= 3
    chart = spc.xmr(values)
    assert chart["mean"][0] == pytest.approx(0)
    assert "shift" not in set(chart["signal"])


def test_seven_that_rise_are_a_trend_and_a_tie_breaks_it() -> None:
    rising = [*STEADY, 15, 17, 19, 20.5, 22, 24, 26, 20]
    assert (spc.xmr(rising)["signal"] == "trend").sum() == 7
    tied = [*STEADY, 15, 17, 19, 19, 22, 24, 26, 20]
    assert "trend" not in set(spc.xmr(tied)["signal"])


def test_two_of_three_close_to_one_limit_are_a_signal_but_not_on_opposite_sides() -> None:
    half = spc.xmr(STEADY)["upper"][0] - 20
    same = spc.xmr([*STEADY, 20 + 0.9 * half, 21, 20 + 0.9 * half, *STEADY])
    assert same.index[same["signal"] == "two_of_three"].tolist() == [14, 16]
    third_beyond_the_mean = spc.xmr([*STEADY, 20 + 0.9 * half, 19, 20 + 0.9 * half, *STEADY])
    assert set(third_beyond_the_mean["signal"]) == {""}
    opposite = spc.xmr([*STEADY, 20 + 0.9 * half, 20, 20 - 0.9 * half, *STEADY])
    assert set(opposite["signal"]) == {""}


def test_the_published_series_has_no_two_of_three_whose_third_lies_across_the_mean() -> None:
    # Methods note, section 8 (Making Data Count).
    series = [42, 40, 39, 24, 39, 24, 22, 29, 32, 22, 20, 23, 25, 26, 22, 24, 27, 7, 19, 26, 7, 7, 32]
    assert "two_of_three" not in set(spc.xmr(series, shift=6, trend=6)["signal"])


def test_no_limit_of_a_count_is_negative() -> None:
    counts = [[0, 14, 1, 13, 0, 12, 2, 15, 0, 14, 1, 13, 0, 12]]
    assert spc.xmr(counts[0])["lower"][0] < 0
    assert (spc.count_chart(counts).lower >= 0).all()


def test_small_counts_keep_exact_limits_where_residents_vary() -> None:
    counts = np.array([1, 0, 2, 1, 0, 1, 3, 1, 0, 2, 1, 0, 1, 1])
    residents = np.where(np.arange(14) < 7, 1000, 2000)
    chart = spc.laney_u(counts, residents)
    rate = counts.sum() / residents.sum()
    assert chart["upper"][0] * 1000 == poisson.isf(0.00135, rate * 1000)
    assert chart["upper"][13] * 2000 == poisson.isf(0.00135, rate * 2000)


def test_an_excluded_point_stays_in_the_table_and_counts_nowhere() -> None:
    with_mass = spc.xmr([*PUBLISHED[:8], 476, *PUBLISHED[8:]], exclude=[i == 8 for i in range(16)])
    without = spc.xmr(PUBLISHED)
    assert with_mass["value"][8] == 476
    assert not with_mass["used"][8]
    assert with_mass["signal"][8] == ""
    assert (with_mass["mean"][0], with_mass["upper"][0]) == (without["mean"][0], without["upper"][0])


def test_a_missing_quarter_is_not_a_zero() -> None:
    chart = spc.xmr([*PUBLISHED[:8], np.nan, *PUBLISHED[8:]])
    assert np.isnan(chart["value"][8])
    assert chart["lower"][0] == pytest.approx(8.76, abs=0.005)


@given(st.lists(st.floats(-1000, 1000), min_size=13, max_size=40), st.floats(-100, 100))
def test_turning_a_series_upside_down_mirrors_its_chart(values: list[float], centre: float) -> None:
    up, down = spc.xmr(values), spc.xmr([-value for value in values])
    assert down["upper"].to_numpy() == pytest.approx(-up["lower"].to_numpy(), abs=1e-9)
    assert (up["lower"] <= up["mean"] + 1e-9).all()


def test_many_series_at_once_get_what_each_gets_alone() -> None:
    draw = np.random.default_rng(2)
    many = draw.normal(50, 10, (20, 30))
    many[::3, 5] = np.nan
    together = spc.xmr_many(many)
    assert (together.signal != "").any()
    for row, series in enumerate(many):
        assert together.table(row).equals(spc.xmr(series))


def test_c_limits_leave_less_than_three_sigma_tails_outside() -> None:
    means = np.array([0.5, 1, 2, 4.9])
    lower, upper = spc.c_limits(means)
    assert (poisson.sf(upper, means) <= 0.00135).all()
    assert (poisson.sf(upper - 1, means) > 0.00135).all()
    assert lower.tolist() == [0, 0, 0, 0]


def test_no_offences_at_all_make_one_offence_a_signal() -> None:
    assert spc.c_limits(0) == (0, 0)


def test_small_counts_get_exact_limits_and_larger_ones_keep_xmr() -> None:
    counts = np.array([[1, 0, 2, 1, 0, 1, 3, 1, 0, 2, 1, 0, 1, 9], PUBLISHED[:14]])
    chart = spc.count_chart(counts)
    mean = counts[0].mean()
    assert chart.upper[0, 0] == poisson.isf(0.00135, mean)
    assert chart.signal[0].tolist() == [""] * 13 + ["outside"]
    assert chart.table(1).equals(spc.xmr(counts[1]))


def test_seven_quarters_without_offences_are_no_shift_where_there_are_hardly_any() -> None:
    chart = spc.count_chart([[1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1]])
    assert set(chart.signal[0]) == {""}


def test_equal_populations_make_laneys_limits_those_of_xmr() -> None:
    laney = spc.laney_u(np.array(PUBLISHED) * 10, 10)
    xmr = spc.xmr(PUBLISHED)
    # 3/1.128 = 2.6596 against the rounded 2.66.
    assert laney["upper"].to_numpy() == pytest.approx(xmr["upper"].to_numpy(), abs=0.005)
    assert laney["value"].tolist() == PUBLISHED


def test_laneys_limits_are_wider_in_a_small_population() -> None:
    residents = np.where(np.arange(15) == 4, 100, 1000)
    chart = spc.laney_u(np.round(np.array(PUBLISHED) * residents / 1000), residents)
    assert chart["upper"].idxmax() == 4
    assert (chart["lower"] >= 0).all()


@pytest.mark.parametrize(("name", "runs"), [("shift", {"shift": 2}), ("trend", {"trend": 0})])
def test_a_run_of_two_is_refused(name: str, runs: dict[str, int]) -> None:
    with pytest.raises(ValueError, match=f"{name} = . is not allowed; allowed: 3 or more"):
        spc.xmr(PUBLISHED, **runs)


def test_a_mask_of_another_length_is_refused() -> None:
    with pytest.raises(ValueError, match="exclude has shape"):
        spc.xmr(PUBLISHED, exclude=[False])


def test_a_table_where_one_series_is_asked_for_is_refused() -> None:
    with pytest.raises(ValueError, match="values has 2 dimensions; allowed: one series"):
        spc.xmr([PUBLISHED])
