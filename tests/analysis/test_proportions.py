"""What a survey share may be said to show: intervals, differences, reliability and the answers it takes."""

from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from statsmodels.stats.proportion import confint_proportions_2indep, proportion_confint

from analysis import proportions

# What a table of aggregates holds where nothing was published.
NONE: Any = None
sizes = st.floats(1, 5000)
shares = st.integers(0, 1000).map(lambda thousandths: thousandths / 1000)


# Newcombe (1998), Statistics in Medicine 17:857, table I (score, no continuity correction); 65/100: worked
# example of the Office for Health Improvement and Disparities, Technical Guide: Confidence Intervals.
@pytest.mark.parametrize(
    ("yes", "n", "low", "high"),
    [
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0, 0.1611),
        (1, 29, 0.0061, 0.1718),
        (65, 100, 0.552544, 0.736358),
    ],
)
def test_the_interval_of_a_share_is_wilsons(yes: int, n: int, low: float, high: float) -> None:
    assert proportions.interval(yes / n, n) == pytest.approx((low, high), abs=5e-5)


# Newcombe (1998b), Statistics in Medicine 17:873, table II, method 10.
@pytest.mark.parametrize(
    ("yes_1", "n_1", "yes_2", "n_2", "low", "high"),
    [
        (56, 70, 48, 80, 0.0524, 0.3339),
        (9, 10, 3, 10, 0.1705, 0.8090),
        (0, 10, 0, 20, -0.1611, 0.2775),
        (10, 10, 0, 20, 0.6791, 1.0),
    ],
)
def test_the_interval_of_a_difference_is_newcombes(
    yes_1: int, n_1: int, yes_2: int, n_2: int, low: float, high: float
) -> None:
    d = proportions.difference(yes_1 / n_1, n_1, yes_2 / n_2, n_2)
    assert d == pytest.approx((yes_1 / n_1 - yes_2 / n_2, low, high), abs=5e-5)


def test_intervals_agree_with_statsmodels() -> None:
    assert proportions.interval(0.37, 81) == pytest.approx(proportion_confint(0.37 * 81, 81, method="wilson"))
    theirs = confint_proportions_2indep(40, 81, 60, 90, method="newcomb", compare="diff")
    assert proportions.difference(40 / 81, 81, 60 / 90, 90)[1:] == pytest.approx(theirs)


@given(shares, sizes, st.floats(1.01, 10))
def test_limits_are_ordered_inside_0_and_1_and_more_answers_never_widen(share: float, n: float, more: float) -> None:
    low, high = proportions.interval(share, n)
    narrow_low, narrow_high = proportions.interval(share, n * more)
    assert 0 <= low <= share <= high <= 1
    assert narrow_high - narrow_low <= high - low + 1e-12


@given(shares, sizes, shares, sizes)
def test_swapping_two_areas_turns_the_difference_round(p1: float, n1: float, p2: float, n2: float) -> None:
    d, low, high = proportions.difference(p1, n1, p2, n2)
    back = proportions.difference(p2, n2, p1, n1)
    assert back == pytest.approx((-d, -high, -low), abs=1e-12)
    assert -1 <= low <= d + 1e-12
    assert d - 1e-12 <= high <= 1


@given(shares, sizes, shares, sizes)
def test_the_p_value_never_contradicts_its_interval(p1: float, n1: float, p2: float, n2: float) -> None:
    _, low, high = proportions.difference(p1, n1, p2, n2)
    p_value = proportions.difference_p_value(p1, n1, p2, n2)
    assert 0 <= p_value <= 1
    if abs(p_value - 0.05) > 1e-9:
        assert (p_value < 0.05) == (low > 0 or high < 0)


def test_equal_shares_have_p_value_one_and_swapping_changes_nothing() -> None:
    assert proportions.difference_p_value(0.7, 300, 0.7, 150) == 1
    assert proportions.difference_p_value(0.7, 300, 0.6, 150) == pytest.approx(
        proportions.difference_p_value(0.6, 150, 0.7, 300)
    )


# Half-widths at one half, by hand from Wilson's formula: 4.9, 5.2, 9.6, 10.4, 14.8 and 15.2 percentage
# points.
@pytest.mark.parametrize(("n", "grade"), [(400, "A"), (350, "B"), (100, "B"), (85, "C"), (40, "C"), (38, "D")])
def test_reliability_falls_with_the_answers(n: int, grade: str) -> None:
    assert proportions.quality(0.5, n, n) == grade


def test_fewer_than_30_answers_are_not_shown_however_narrow_the_interval() -> None:
    assert proportions.quality(0.99, 29, 29) == "D"
    assert proportions.quality(0.99, 300, 29) == "D"


def test_a_share_without_known_answers_has_no_reliability_to_state() -> None:
    grades = proportions.quality([0.7, NONE, 0.7], [NONE, 300, 300], [NONE, 300, 300])
    assert list(grades) == ["", "", "B"]


# Methods note, section 1: two equal waves at 0.8, 80 % power.
@pytest.mark.parametrize(("n", "points"), [(50, 0.254), (100, 0.176), (150, 0.142), (300, 0.099), (800, 0.059)])
def test_the_detectable_change_is_the_published_one(n: int, points: float) -> None:
    assert proportions.detectable_change(0.8, n, n) == pytest.approx(points, abs=1e-9)


@given(shares, st.floats(30, 3000), st.floats(1, 10))
def test_more_answers_never_make_the_detectable_change_larger(share: float, n: float, more: float) -> None:
    assert proportions.detectable_change(share, n * more, n * more) <= proportions.detectable_change(share, n, n)


def test_the_answers_needed_find_the_change_they_were_asked_for() -> None:
    needed = proportions.n_needed(0.8, 0.08)
    assert proportions.detectable_change(0.8, needed, needed) <= 0.08
    assert proportions.detectable_change(0.8, needed - 10, needed - 10) > 0.08


def test_a_change_that_leaves_the_scale_cannot_be_asked_for() -> None:
    assert np.isnan(proportions.n_needed(0.5, 0.6))


def test_effective_answers_rest_on_the_best_there_is() -> None:
    n_eff, basis = proportions.effective_n(
        n=[300, 300, 300, 300, NONE, NONE],
        n_eff=[210, NONE, NONE, NONE, NONE, NONE],
        deff=[2, 2, NONE, NONE, NONE, 2],
        half_width=[0.05, 0.05, 0.05, NONE, 0.05, NONE],
        share=[0.8] * 6,
    )
    assert list(basis) == ["given", "deff", "interval", "assumed", "interval", "unknown"]
    # 1.96² · 0.8 · 0.2 / 0.05² = 245.9
    assert n_eff == pytest.approx([210, 150, 245.853, 200, 245.853, np.nan], abs=1e-3, nan_ok=True)


def test_a_half_width_around_everyone_says_nothing_about_the_answers() -> None:
    assert proportions.effective_n(90, NONE, NONE, 0.03, 1.0) == (60, "assumed")


def test_waves_are_pooled_by_their_answers() -> None:
    assert proportions.pool([0.7, 0.8], [100, 300]) == pytest.approx((0.775, 400))


def test_a_pool_with_a_wave_missing_is_missing() -> None:
    share, n_eff = proportions.pool([[0.7, 0.7], [0.8, np.nan], [0.6, 0.7]], [[100, 100]] * 3)
    assert np.isnan([share[1], n_eff[1]]).all()
    assert share[0] == pytest.approx(0.7)


def test_four_waves_are_not_pooled() -> None:
    with pytest.raises(ValueError, match="allowed: 2 or 3 waves"):
        proportions.pool([0.7] * 4, [100] * 4)


@pytest.mark.parametrize("missing", [None, np.nan, pd.NA])
def test_missing_answers_never_become_a_number(missing: Any) -> None:
    assert np.isnan(proportions.interval([0.7], [missing])).all()
    d, low, high = proportions.difference([0.7], [missing], [0.6], [100])
    assert np.isnan([low, high, proportions.difference_p_value([0.7], [missing], [0.6], [100])]).all()
    assert d == pytest.approx([0.1])
    assert np.isnan(proportions.detectable_change([0.7], [missing], [100])).all()


@pytest.mark.parametrize("share", [0, 0.5, 1])
def test_a_share_of_none_or_all_without_answers_has_no_limits(share: float) -> None:
    assert np.isnan(proportions.interval(share, np.nan)).all()


def test_a_share_given_in_percent_is_refused_with_the_remedy() -> None:
    with pytest.raises(ValueError, match=r"share = 69 is not allowed; allowed: 0 to 1 \(a share, not percent\)"):
        proportions.interval(69, 300)


def test_no_effective_answers_are_refused() -> None:
    with pytest.raises(ValueError, match="n_eff = 0 is not allowed; allowed: above 0"):
        proportions.interval(0.5, [100, 0])


def test_a_confidence_in_percent_is_refused() -> None:
    with pytest.raises(ValueError, match="confidence = 95"):
        proportions.interval(0.5, 100, confidence=95)


def test_a_column_of_many_areas_gives_the_same_as_each_area_alone() -> None:
    together = proportions.interval(pd.Series([0.7, 0.8]), pd.Series([100, 200]))
    alone = [proportions.interval(0.7, 100), proportions.interval(0.8, 200)]
    assert np.transpose(together).tolist() == [list(pair) for pair in alone]
