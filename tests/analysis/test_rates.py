"""What a count of reported offences may be said to show."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binomtest

from analysis import rates

counts = st.integers(0, 400)
exposures = st.floats(0.1, 1000)


# Office for Health Improvement and Disparities, Technical Guide: Confidence Intervals (Byar from 10 on, exact
# below).
@pytest.mark.parametrize(
    ("count", "low", "high"),
    [(65, 50.16319, 82.84914), (5, 1.62349, 11.66833), (0, 0, 3.68888)],
)
def test_the_interval_of_a_count_is_the_published_one(count: int, low: float, high: float) -> None:
    assert rates.count_interval(count) == pytest.approx((low, high), abs=1e-5)


def test_byar_lies_within_a_thousandth_of_the_exact_limits() -> None:
    assert rates.count_interval(65) == pytest.approx((50.16563, 82.84782), rel=1e-4)


def test_the_limits_of_a_count_are_a_ratio_to_what_was_expected() -> None:
    # R documentation of poisson.test: 137 deaths against 24.19893 expected, exact limits 4.753125 and
    # 6.692709.
    low, high = rates.count_interval(137)
    assert (low / 24.19893, high / 24.19893) == pytest.approx((4.753125, 6.692709), rel=1e-4)


def test_the_ratio_of_two_rates_is_the_published_one() -> None:
    # R documentation of poisson.test, breast cancer after fluoroscopy: 11 in 800 and 6 + 8 + 7 in 1083 + 1050
    # + 878.
    ratio, low, high, p_value = rates.rate_ratio(11, 800, 21, 3011)
    assert (ratio, low, high) == pytest.approx((1.971488, 0.8584264, 4.2772659), abs=1e-6)
    # R's p of .07967 adds up outcomes and does not belong to R's own interval; ours is the interval turned round.
    assert p_value == pytest.approx(0.11202, abs=1e-5)


def test_the_p_value_is_twice_the_smaller_exact_tail() -> None:
    draw = np.random.default_rng(11)
    newer, older, exposure = draw.integers(0, 60, 300), draw.integers(1, 60, 300), draw.uniform(0.2, 5, 300)
    tails = [
        min(binomtest(int(x), int(x + y), e / (e + 1), side).pvalue for side in ("less", "greater"))
        for x, y, e in zip(newer, older, exposure, strict=True)
    ]
    theirs = np.minimum(1, 2 * np.array(tails))
    assert rates.rate_ratio(newer, exposure, older, 1)[3] == pytest.approx(theirs, abs=1e-12)


@given(st.integers(0, 5000), st.integers(0, 5000), exposures, st.floats(1, 500))
def test_a_difference_is_real_exactly_where_its_interval_leaves_out_one(
    x1: int, x2: int, e1: float, phi: float
) -> None:
    _, low, high, p_value = rates.rate_ratio(x1, e1, x2, 1, dispersion=phi)
    if abs(p_value - 0.05) > 1e-9:
        assert (p_value < 0.05) == (low > 1 or high < 1)


def test_large_counts_that_vary_a_lot_are_not_told_apart_by_a_p_value_of_nothing() -> None:
    _, low, high, p_value = rates.rate_ratio(40_000, 1, 60_000, 1, dispersion=2000)
    assert (low, high) == pytest.approx((0.36, 1.21), abs=0.005)
    assert p_value == pytest.approx(0.203, abs=0.001)


def test_a_p_value_is_never_zero() -> None:
    assert rates.rate_ratio(10**6, 1, 2 * 10**6, 1)[3] > 0


@given(counts, exposures, counts, exposures)
def test_swapping_two_periods_turns_the_ratio_round(x1: int, e1: float, x2: int, e2: float) -> None:
    ratio, low, high, p_value = rates.rate_ratio(x1, e1, x2, e2)
    back_ratio, back_low, back_high, back_p = rates.rate_ratio(x2, e2, x1, e1)
    assert back_p == pytest.approx(p_value, abs=1e-9)
    if x1 and x2:
        assert (back_ratio, back_low, back_high) == pytest.approx((1 / ratio, 1 / high, 1 / low), rel=1e-6)
        assert low <= ratio <= high


@given(counts, st.floats(1.01, 20))
def test_overdispersion_never_narrows_and_limits_are_ordered(count: int, dispersion: float) -> None:
    low, high = rates.count_interval(count)
    wide_low, wide_high = rates.count_interval(count, dispersion=dispersion)
    assert 0 <= low <= count <= high
    # Byar and the exact limits do not meet to the last digit where the effective count passes 10.
    assert wide_low <= low + 0.05
    assert wide_high >= high - 0.05


def test_overdispersion_widens_by_its_square_root() -> None:
    _, low, high, p_value = rates.rate_ratio(400, 1, 400, 1)
    _, wide_low, wide_high, wide_p = rates.rate_ratio(440, 1, 400, 1, dispersion=4)
    assert np.log(wide_high / wide_low) / np.log(high / low) == pytest.approx(2, rel=0.05)
    assert wide_p > rates.rate_ratio(440, 1, 400, 1)[3]
    assert p_value == 1


def test_nothing_on_both_sides_is_no_ratio_and_no_difference() -> None:
    ratio, low, high, p_value = rates.rate_ratio(0, 10, 0, 10)
    assert np.isnan([ratio, low, high]).all()
    assert p_value == 1


def test_something_over_nothing_has_no_upper_end() -> None:
    ratio, low, high, _ = rates.rate_ratio(5, 1, 0, 1)
    assert (ratio, high) == (np.inf, np.inf)
    assert 0 < low < 1


def test_a_missing_count_gives_nothing_and_leaves_the_others_alone() -> None:
    answers = rates.rate_ratio([11, np.nan], [800, 800], [21, 21], [3011, 3011])
    assert np.isnan([column[1] for column in answers]).all()
    assert [column[0] for column in answers] == pytest.approx(rates.rate_ratio(11, 800, 21, 3011))
    assert np.isnan(rates.count_interval([np.nan])).all()


@pytest.mark.parametrize(("older", "newer", "allowed"), [(20, 20, True), (19, 40, False), (40, 19, False)])
def test_per_cent_is_for_counts_from_20(older: int, newer: int, allowed: bool) -> None:
    assert rates.percent_allowed(newer, older) is allowed


def test_per_cent_is_never_for_an_unknown_count() -> None:
    assert rates.percent_allowed(np.nan, 100) is False


def test_counts_that_vary_by_chance_have_dispersion_near_one() -> None:
    draw = np.random.default_rng(5)
    assert rates.dispersion(draw.poisson(60, (300, 40)))[0] == pytest.approx(1, abs=0.05)


def test_counts_that_vary_three_times_as_much_have_dispersion_near_three() -> None:
    draw = np.random.default_rng(5)
    counts = draw.poisson(draw.gamma(30, 2, (300, 40)))
    assert rates.dispersion(counts)[0] == pytest.approx(3, abs=0.2)


def test_dispersion_leaves_out_missing_quarters_and_takes_exposure_into_account() -> None:
    counts = [[100, 20, 30, 40, 200, 20, np.nan, 40]]
    residents = [[1, 1, 1, 1, 2, 1, 1, 1]]
    assert rates.dispersion(counts, residents)[0] == 1.0
    # By hand: (200 − 100)²/300, 0 and 0 over three pairs.
    assert rates.dispersion(counts)[0] == pytest.approx(10_000 / 300 / 3)


def test_years_of_areas_that_drift_have_more_dispersion_than_their_quarters() -> None:
    draw = np.random.default_rng(8)
    drift = np.cumsum(draw.normal(0, 0.06, (200, 40)), axis=1)
    counts = draw.poisson(50 * np.exp(drift))
    quarters, _ = rates.dispersion(counts)
    years, degrees = rates.dispersion(counts, season=4, span=4)
    assert years > 1.4 * quarters
    assert degrees == 200 * (40 - 8 + 1) // 4


def test_dispersion_of_a_span_compares_the_sums_a_season_apart() -> None:
    # By hand: 30 and 60 in two years: (60 − 45)² / 22.5.
    assert rates.dispersion([[10, 5, 5, 10, 20, 10, 10, 20]], season=4, span=4) == (pytest.approx(10.0), 1)


def test_dispersion_is_unknown_without_a_year_to_compare_with() -> None:
    assert np.isnan(rates.dispersion([[5, 6, 7, 8]])[0])


def test_a_negative_count_is_refused() -> None:
    with pytest.raises(ValueError, match="count = -1 is not allowed; allowed: 0 or more"):
        rates.count_interval([3, -1])


def test_no_residents_are_refused() -> None:
    with pytest.raises(ValueError, match="exposure_2 = 0 is not allowed; allowed: above 0"):
        rates.rate_ratio(1, 1, 1, 0)


def test_a_part_of_an_offence_is_refused() -> None:
    with pytest.raises(ValueError, match=r"count_1 = 2\.5 is not allowed; allowed: whole numbers"):
        rates.rate_ratio(2.5, 1, 1, 1)
