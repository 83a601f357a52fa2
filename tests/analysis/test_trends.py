"""Whether a share has risen or fallen over its waves."""

import numpy as np
import pytest
import statsmodels.api as sm

from analysis.comparisons import benjamini_hochberg, verdicts
from analysis.proportions import difference_p_value
from analysis.trends import trend, trends

YEARS = [2021, 2022, 2023, 2024, 2025]


def test_a_straight_line_has_its_own_slope() -> None:
    found = trend(YEARS, [0.60, 0.63, 0.66, 0.69, 0.72], [150] * 5)
    assert (found.slope, found.start, found.end) == pytest.approx((0.03, 0.60, 0.72), abs=2e-4)
    assert (found.waves, found.dispersion) == (5, 1)
    assert found.low < 0.03 < found.high


def test_slope_and_error_are_those_of_weighted_least_squares() -> None:
    share, n = np.array([0.71, 0.74, 0.69, 0.78, 0.80]), np.array([140, 210, 95, 180, 160])
    found = trend(YEARS, share, n)
    near = (share * n + 0.5) / (n + 1)
    theirs = sm.WLS(share, sm.add_constant(np.array(YEARS) - 2021.0), weights=n / (near * (1 - near))).fit(
        cov_type="fixed scale"
    )
    assert found.slope == pytest.approx(theirs.params[1])
    assert (found.high - found.low) / 2 == pytest.approx(1.959964 * theirs.bse[1], rel=1e-5)
    assert found.p_value == pytest.approx(theirs.pvalues[1], rel=1e-6)


def test_missing_waves_are_left_out_and_years_count_not_places() -> None:
    found = trend([2017, 2018, 2021, 2023, 2025], [0.60, np.nan, 0.64, 0.66, 0.68], [150, 150, 150, 150, 150])
    assert (found.waves, found.slope) == (4, pytest.approx(0.01, abs=1e-4))


def test_three_waves_are_no_trend() -> None:
    found = trend(YEARS[:3], [0.5, 0.6, 0.7], [500] * 3)
    assert (found.enough, found.waves) == (False, 3)
    assert np.isnan([found.slope, found.p_value, found.dispersion]).all()


def test_waves_that_jump_about_widen_every_trend_of_their_family() -> None:
    calm = (YEARS, [0.60, 0.63, 0.66, 0.69, 0.72], [150] * 5)
    jumpy = (YEARS, [0.60, 0.80, 0.60, 0.80, 0.60], [150] * 5)
    alone, beside = trend(*calm), trends([calm, jumpy])[0]
    assert (alone.dispersion, beside.degrees) == (1, 6)
    assert beside.dispersion > 4
    assert beside.high - beside.low == pytest.approx(
        np.sqrt(beside.dispersion) * (alone.high - alone.low) * 2.446912 / 1.959964
    )


def test_everybody_or_nobody_safe_has_a_variance_too() -> None:
    found = trend(YEARS, [1.0, 1.0, 1.0, 1.0, 1.0], [40] * 5)
    assert found.slope == pytest.approx(0, abs=1e-12)
    assert 0 < found.high < 0.1


def test_swapping_safe_for_unsafe_turns_the_slope_round() -> None:
    share, n = np.array([0.71, 0.74, 0.69, 0.78, 0.80]), [140, 210, 95, 180, 160]
    up, down = trend(YEARS, share, n), trend(YEARS, 1 - share, n)
    assert (down.slope, down.low, down.high) == pytest.approx((-up.slope, -up.high, -up.low))


def test_two_waves_at_one_time_are_refused() -> None:
    with pytest.raises(ValueError, match="one wave at a time"):
        trend([2021, 2021, 2022, 2023], [0.5] * 4, [100] * 4)


class TestSimulated:
    """Methods note, section 8: 20 areas, 5 waves of 150 answers."""

    def _family(
        self, draw: np.random.Generator, slope: float, wobble: float = 0.0
    ) -> list[tuple[list[int], list, list]]:  # type: ignore[type-arg]
        base = draw.uniform(0.6, 0.8, (20, 1))
        truth = np.clip(base + slope * np.arange(5) + draw.normal(0, wobble, (20, 5)), 0.02, 0.98)
        return [(YEARS, list(draw.binomial(150, row) / 150), [150] * 5) for row in truth]

    def test_three_points_a_year_are_found_in_most_areas_and_hardly_ever_between_two_waves(self) -> None:
        draw = np.random.default_rng(12)
        found = newest = 0
        for _ in range(60):
            family = self._family(draw, 0.03)
            found += int(benjamini_hochberg([each.p_value for each in trends(family)]).sum())
            last, before = ([shares[place] for _, shares, _ in family] for place in (-1, -2))
            p_values = difference_p_value(last, 150, before, 150)
            newest += int((verdicts(np.subtract(last, before), p_values, np.zeros(20)) == "better").sum())
        assert found / 1200 >= 0.55
        assert newest / 1200 <= 0.03

    @pytest.mark.parametrize("wobble", [0.0, 0.03])
    def test_a_family_where_nothing_happens_seldom_has_a_trend(self, wobble: float) -> None:
        draw = np.random.default_rng(13)
        false = [
            benjamini_hochberg([each.p_value for each in trends(self._family(draw, 0.0, wobble))]).any()
            for _ in range(300)
        ]
        assert np.mean(false) <= 0.08
