"""What can be told of a criterion on a count before anybody is judged by it; arithmetic written out or simulated."""

import numpy as np
import pytest

from analysis.count_decidability import count_prospects
from analysis.criteria import assess_counts


def test_a_count_is_met_from_where_its_upper_limit_reaches_the_target() -> None:
    # 100 → 80 at 90 %: Byar's upper limit of 65 is 79.9 and of 66 is 81.0.
    found = count_prospects(100, 80)
    assert found.met_from == 65
    assert found.if_reached.met == pytest.approx(0.049, abs=0.002)  # Poisson(80) ≤ 65
    assert found.if_unchanged.not_met > 0.5 > found.if_unchanged.met
    assert found.if_worse.not_met > 0.98
    assert (found.tolerance_needed, found.count_needed) == (24, 59)


@pytest.mark.parametrize(("dispersion", "tolerance"), [(1.0, 0.0), (2.5, 10.0)])
def test_the_chances_are_how_often_the_rules_of_the_verdict_say_so(dispersion: float, tolerance: float) -> None:
    draw = np.random.default_rng(3)
    found = count_prospects(60, 40, -1, tolerance, dispersion)
    for truth, chances in ((40, found.if_reached), (60, found.if_unchanged), (80, found.if_worse)):
        mean = truth if dispersion == 1 else draw.gamma(truth / (dispersion - 1), dispersion - 1, 400)
        counts = draw.poisson(mean, 400)
        status = [
            assess_counts(int(x), 1.0, 60, 1.0, 40, 1.0, -1, dispersion, tolerance_rate=tolerance).status
            for x in counts
        ]
        assert np.mean([each == "met" for each in status]) == pytest.approx(chances.met, abs=0.06)
        assert np.mean([each == "not_met" for each in status]) == pytest.approx(chances.not_met, abs=0.06)


@pytest.mark.parametrize(("baseline", "target", "direction"), [(100, 80, -1), (30, 12, -1), (40, 70, 1), (12, 0, -1)])
@pytest.mark.parametrize("dispersion", [1.0, 3.0])
def test_what_is_offered_makes_an_exact_success_likely_to_show_and_a_step_less_does_not(
    baseline: float, target: float, direction: int, dispersion: float
) -> None:
    found = count_prospects(baseline, target, direction, dispersion=dispersion)
    needed = found.tolerance_needed
    assert count_prospects(baseline, target, direction, needed, dispersion).if_reached.met >= 0.8
    if needed > 1:
        assert count_prospects(baseline, target, direction, needed - 1, dispersion).if_reached.met < 0.8
    # None out of none cannot go lower: where 0 itself is not enough to show it, no count is.
    assert (
        np.isnan(found.count_needed)
        if (target, dispersion) == (0, 3)
        else direction * (found.count_needed - target) >= 0
    )


def test_none_is_met_where_there_are_none() -> None:
    found = count_prospects(12, 0)
    assert (found.if_reached.met, found.if_reached.not_met) == (1, 0)
    assert found.if_unchanged.met < 0.05


def test_a_target_equal_to_the_baseline_and_a_tolerance_down_to_nothing_are_refused() -> None:
    with pytest.raises(ValueError, match="target = 5 equals the baseline"):
        count_prospects(5, 5)
    with pytest.raises(ValueError, match="target less its tolerance"):
        count_prospects(5, 9, 1, tolerance=9)
