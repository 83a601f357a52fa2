"""Whether an area with an initiative changed more than others, and what saying so is worth."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis import effects
from benchmarks.simulations import comparisons_found

counts = st.integers(1, 500)


def test_the_ratio_of_ratios_is_the_published_one() -> None:
    # Methods note, section 5.
    found = effects.ratio_of_rate_ratios(207, 110, 308, 318)
    assert (found.ratio, found.low, found.high) == pytest.approx((0.5147, 0.389, 0.681), abs=5e-4)


@given(counts, counts, counts, counts)
def test_swapping_the_area_and_its_comparison_turns_the_ratio_round(a: int, b: int, c: int, d: int) -> None:
    there, back = effects.ratio_of_rate_ratios(a, b, c, d), effects.ratio_of_rate_ratios(c, d, a, b)
    assert (back.ratio, back.low, back.high) == pytest.approx((1 / there.ratio, 1 / there.high, 1 / there.low))
    assert there.low <= there.ratio <= there.high


def test_comparison_areas_that_go_their_own_ways_widen_the_interval() -> None:
    alike = effects.ratio_of_rate_ratios(200, 150, [100, 100, 100, 100], [100, 100, 100, 100])
    apart = effects.ratio_of_rate_ratios(200, 150, [100, 100, 100, 100], [60, 140, 70, 130])
    assert alike.dispersion == 1
    shares = [(60, 160), (140, 240), (70, 170), (130, 230)]
    assert apart.dispersion == pytest.approx(sum((x - n / 2) ** 2 / (n / 4) for x, n in shares) / 3)
    assert apart.high / apart.low > alike.high / alike.low
    assert apart.comparison_areas == 4


def test_nothing_left_to_count_is_no_ratio() -> None:
    assert np.isnan(effects.ratio_of_rate_ratios(5, 0, 300, 310).ratio)


def test_the_weighted_displacement_difference_is_the_published_one() -> None:
    # Wheeler & Ratcliffe (2018); figures of the methods note, section 5.
    found = effects.weighted_displacement_difference((308, 318), (207, 110), (150, 140), (178, 157))
    assert found.difference == -118
    assert found.standard_error == pytest.approx(np.sqrt(1568))
    assert found.z == pytest.approx(-2.98, abs=0.001)
    assert found.high < 0


def test_without_surroundings_the_displacement_is_left_out() -> None:
    assert effects.weighted_displacement_difference((308, 318), (207, 110)).difference == -107


def test_three_counts_are_no_before_and_after() -> None:
    with pytest.raises(ValueError, match=r"treated = .* allowed: two counts, before and after"):
        effects.weighted_displacement_difference((1, 2), (1, 2, 3))


def test_the_smallest_placebo_p_value_is_one_in_all_areas() -> None:
    assert effects.placebo_rank(-0.9, [0.1, -0.2, 0.3, 0.05]) == (1, 0.2)


def test_a_placebo_as_large_counts_against_the_area() -> None:
    assert effects.placebo_rank(-0.3, [0.1, -0.2, 0.3, 0.05]) == (2, 0.4)


def test_no_placebo_area_is_refused() -> None:
    with pytest.raises(ValueError, match="placebo_effects"):
        effects.placebo_rank(0.5, [])


@pytest.mark.parametrize(
    ("before", "after", "areas", "level"),
    [(4, 4, 0, 1), (8, 4, 0, 2), (8, 3, 0, 1), (4, 4, 4, 1), (8, 4, 4, 2), (4, 4, 5, 3), (20, 8, 6, 3)],
)
def test_the_evidence_level_follows_from_what_is_compared(before: int, after: int, areas: int, level: int) -> None:
    assert effects.evidence_level(before, after, areas) == level


def test_no_quarter_after_is_no_evidence() -> None:
    with pytest.raises(ValueError, match="quarters_after = 0 is not allowed; allowed: 1 or more"):
        effects.evidence_level(8, 0)


def test_a_missing_count_is_refused() -> None:
    with pytest.raises(ValueError, match="after holds a missing count"):
        effects.ratio_of_rate_ratios(10, np.nan, 10, 10)


def test_other_comparison_areas_before_than_after_are_refused() -> None:
    with pytest.raises(ValueError, match="comparison_after has 1 areas, comparison_before 2"):
        effects.ratio_of_rate_ratios(10, 10, [10, 10], [10])


def test_a_comparison_of_another_size_is_brought_to_the_size_of_the_treated() -> None:
    # ΔT − k·ΔC = (110 − 207) − 2·(318 − 308) = −117; variance 207 + 110 + 4·(308 + 318) = 2821.
    found = effects.weighted_displacement_difference((308, 318), (207, 110), comparison_size=2)
    assert (found.difference, found.standard_error) == pytest.approx((-117, 2821**0.5))


def test_overdispersion_widens_the_displacement_by_its_root() -> None:
    plain = effects.weighted_displacement_difference((308, 318), (207, 110))
    wide = effects.weighted_displacement_difference((308, 318), (207, 110), dispersion=4)
    assert wide.standard_error == pytest.approx(2 * plain.standard_error)


def test_a_dispersion_from_few_areas_widens_the_displacement_by_t() -> None:
    plain = effects.weighted_displacement_difference((308, 318), (207, 110), dispersion=2)
    few = effects.weighted_displacement_difference((308, 318), (207, 110), dispersion=2, comparison_areas=3)
    assert (few.high - few.low) / (plain.high - plain.low) == pytest.approx(4.302653 / 1.959964, rel=1e-6)
    assert few.p_value > plain.p_value
    with pytest.raises(ValueError, match="comparison_areas = 1 is not allowed"):
        effects.weighted_displacement_difference((308, 318), (207, 110), comparison_areas=1)


def test_few_comparison_areas_find_hardly_anything() -> None:
    # Methods note, section 8: a true fall of 30 %, φ = 1, is found in 0, 15 and 72 %; that is with 300 cases in each.
    found = [effects.comparison_power(300, 300, areas) for areas in (2, 3, 5)]
    assert found == pytest.approx([0, 0.15, 0.72], abs=0.02)


@pytest.mark.parametrize(("areas", "cases"), [(2, 300), (3, 300), (5, 300), (5, 200), (5, 100)])
def test_the_power_is_how_often_the_comparison_finds_it(areas: int, cases: float) -> None:
    found = comparisons_found(0.7, areas, cases, many=800)
    assert found == pytest.approx(effects.comparison_power(cases, cases, areas), abs=0.05)


def test_the_areas_needed_find_a_fall_in_four_of_five() -> None:
    needed = effects.comparison_areas_needed(250, 250)
    assert needed is not None
    assert effects.comparison_power(250, 250, needed) >= 0.8 > effects.comparison_power(250, 250, needed - 1)
    assert effects.comparison_areas_needed(5, 5) is None
