"""Control limits move when the level has shifted for good, and know the season."""

import numpy as np
import pytest
from scipy.stats import nbinom

from analysis import spc
from analysis.spc_steps import seasonal_factors, stepped_chart

YEAR = np.arange(40) % 4
BURGLARY = np.array([1.05, 0.76, 0.95, 1.24])
# Ups and downs by chance about 60 a quarter, the same on every run.
STEADY = np.random.default_rng(5).poisson(60, 40)


def test_a_series_that_keeps_its_level_keeps_its_limits() -> None:
    chart = stepped_chart([STEADY])
    assert set(chart.step[0]) == {0}
    assert chart.base.all()


def test_limits_are_calculated_anew_from_the_quarter_where_a_lasting_shift_began() -> None:
    series = np.where(np.arange(40) < 22, STEADY, STEADY - 30)
    chart = stepped_chart([series])
    assert chart.step[0].tolist() == [0] * 22 + [1] * 18
    assert chart.mean[0, 0] == pytest.approx(series[:22].mean(), rel=0.05)
    assert chart.mean[0, 39] == pytest.approx(series[22:].mean(), rel=0.05)
    assert chart.signal[0, 39] == ""
    assert spc.xmr(series)["signal"][39] == "outside"


def test_a_shift_that_has_not_lasted_is_a_signal_against_the_old_limits() -> None:
    chart = stepped_chart([np.where(np.arange(40) < 32, STEADY, STEADY - 15)])
    assert set(chart.step[0]) == {0}
    assert chart.signal[0, 39] in ("shift", "outside")


def test_a_quarter_is_judged_against_its_own_season() -> None:
    series = np.random.default_rng(7).poisson(60 * BURGLARY[YEAR])
    series[38] = round(60 * 0.95 * 1.5)
    chart = stepped_chart([series])
    assert chart.season[0, :4] == pytest.approx(BURGLARY, abs=0.08)
    assert chart.signal[0, 38] == "outside"
    assert spc.xmr(series)["signal"][38] != "outside"


def test_a_season_that_is_no_more_than_chance_is_none() -> None:
    assert seasonal_factors([10, 11, 9, 10] * 3, np.ones(12), np.arange(12) % 4).tolist() == [1, 1, 1, 1]


def test_a_season_takes_three_full_years() -> None:
    assert seasonal_factors([10, 20, 30, 40] * 2, np.ones(8), np.arange(8) % 4).tolist() == [1, 1, 1, 1]
    assert seasonal_factors([10, 20, 30, 40] * 3, np.ones(12), np.arange(12) % 4)[3] > 1.5


def test_no_limit_is_negative() -> None:
    series = np.random.default_rng(3).poisson(np.random.default_rng(4).gamma(2, 4, (20, 40)))
    chart = stepped_chart(series, dispersion=4)
    assert np.nanmin(chart.lower) >= 0


def test_small_counts_have_exact_limits_that_carry_their_dispersion() -> None:
    series = np.array([1, 0, 2, 1, 0, 1, 3, 1, 0, 2, 1, 0, 1, 1, 0, 1])
    chart = stepped_chart([series, series], dispersion=[1, 2])
    mean = series.mean()
    assert chart.upper[0, 0] == spc.c_limits(mean)[1]
    assert chart.upper[1, 0] == nbinom.isf(0.00135, mean, 0.5)


def test_small_counts_keep_exact_limits_where_residents_vary() -> None:
    series = np.array([1, 0, 2, 1, 0, 1, 3, 1, 0, 2, 1, 0, 1, 1, 0, 1])
    residents = np.where(np.arange(16) < 8, 1000, 2000)
    chart = stepped_chart([series], exposure=[residents])
    assert chart.upper[0, 15] == spc.c_limits(series.sum() / residents.sum() * 2000)[1]
    assert set(chart.signal[0]) == {""}


def test_limits_follow_the_residents() -> None:
    residents = np.where(np.arange(40) < 20, 1000, 1300)
    series = np.round(STEADY * residents / 1000)
    chart = stepped_chart([series], exposure=[residents])
    assert chart.mean[0, 39] / chart.mean[0, 0] == pytest.approx(1.3)
    assert chart.step.max() == 0


def test_what_counts_nowhere_has_limits_but_no_signal() -> None:
    series = STEADY.astype(float)
    series[[10, 39]] = np.nan, 500
    chart = stepped_chart([series], exclude=[np.arange(40) == 39])
    assert chart.signal[0, [10, 39]].tolist() == ["", ""]
    assert np.isfinite(chart.upper[0]).all()
    assert not chart.base[0, [10, 39]].any()


def test_twelve_points_have_no_limits() -> None:
    chart = stepped_chart([STEADY[:12]])
    assert np.isnan(chart.mean).all()
    assert set(chart.step[0]) == {-1}


def test_no_offences_at_all_make_one_a_signal() -> None:
    assert stepped_chart([[0] * 20 + [1]]).signal[0].tolist() == [""] * 21
    assert stepped_chart([[0] * 39 + [3]]).signal[0, 39] == "outside"


def test_no_series_at_all_give_no_chart() -> None:
    assert stepped_chart(np.empty((0, 40))).mean.shape == (0, 40)
