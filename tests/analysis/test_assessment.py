"""How a success criterion stands, and that it stands so for a reason one can read off the figures."""

import dataclasses
from typing import Any

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from analysis.criteria import Assessment, assess, assess_activity, assess_counts
from analysis.criterion_rules import STATUSES, look_confidence

shares = st.integers(0, 1000).map(lambda thousandths: thousandths / 1000)
sizes = st.integers(30, 3000)
times = st.sampled_from([0.0, 0.25, 0.5, 0.75, 1.0, 1.5])


# Methods note, section 4: value, n, baseline, n, target, elapsed.
@pytest.mark.parametrize(
    ("figures", "status"),
    [
        ((0.80, 400, 0.70, 400, 0.78, 1.0), "undecided"),
        ((0.70, 400, 0.70, 400, 0.78, 1.0), "not_met"),
        ((0.62, 400, 0.70, 400, 0.78, 0.5), "worsening"),
        ((0.78, 900, 0.70, 900, 0.78, 0.5), "on_track"),
        ((0.69, 900, 0.70, 900, 0.80, 0.5), "behind"),
        ((0.74, 150, 0.70, 150, 0.78, 0.5), "undecided"),
        ((0.74, 20, 0.70, 150, 0.78, 0.5), "insufficient"),
    ],
)
def test_a_criterion_stands_as_published(figures: Any, status: str) -> None:
    assert assess(*figures).status == status


def test_a_target_reached_beyond_doubt_is_met_before_the_deadline() -> None:
    assert assess(0.85, 900, 0.70, 900, 0.78, 0.5).status == "met"


def test_the_required_share_lies_on_the_line_from_baseline_to_target() -> None:
    found = assess(0.74, 150, 0.70, 150, 0.78, 0.25)
    assert (found.required, found.gap, found.change) == pytest.approx((0.72, 0.02, 0.04))


def test_after_the_deadline_the_line_stays_at_the_target() -> None:
    assert assess(0.74, 150, 0.70, 150, 0.78, 2.0).required == pytest.approx(0.78)


@pytest.mark.parametrize(("value", "moving"), [(0.80, "better"), (0.60, "worse"), (0.71, "unclear")])
def test_it_moves_only_where_the_change_is_beyond_its_uncertainty(value: float, moving: str) -> None:
    assert assess(value, 400, 0.70, 400, 0.78, 0.5).moving == moving


def test_an_undecided_criterion_says_what_it_points_to_and_what_would_settle_it() -> None:
    found = assess(0.80, 400, 0.70, 400, 0.78, 1.0)
    assert (found.points_to, found.can_be_decided) == ("met", True)
    assert found.needed_n is not None
    assert assess(0.80, found.needed_n, 0.70, 400, 0.78, 1.0).status == "met"
    assert assess(0.80, found.needed_n - 1, 0.70, 400, 0.78, 1.0).status == "undecided"


def test_a_baseline_too_small_can_never_be_made_up_for() -> None:
    found = assess(0.74, 150, 0.70, 150, 0.78, 0.5)
    assert (found.points_to, found.needed_n, found.can_be_decided) == ("on_track", None, False)


def test_more_answers_than_there_are_residents_do_not_count_as_a_way_out() -> None:
    assert assess(0.80, 400, 0.70, 400, 0.78, 1.0, largest_n=1000).can_be_decided is False


def test_too_few_answers_still_say_how_many_would_do() -> None:
    found = assess(0.60, 20, 0.70, 900, 0.78, 1.0)
    assert (found.status, found.reason) == ("insufficient", "few_answers")
    assert assess(0.60, found.needed_n, 0.70, 900, 0.78, 1.0).status == "not_met"


@pytest.mark.parametrize(
    ("figures", "reason"),
    [
        ((None, 400, 0.7, 400), "no_value"),
        ((0.7, 400, None, 400), "no_baseline"),
        ((0.7, None, 0.7, 400), "unknown_answers"),
        ((0.7, 400, 0.7, np.nan), "unknown_answers"),
        ((0.7, 400, 0.7, 29), "few_answers"),
    ],
)
def test_missing_figures_never_become_a_number(figures: Any, reason: str) -> None:
    value, n, baseline, m = figures
    found = assess(value, n, baseline, m, 0.78, 0.5)
    assert (found.status, found.reason, found.can_be_decided) == ("insufficient", reason, False)
    assert np.isnan([found.gap, found.gap_low, found.change, found.change_high, found.detectable_change]).all()


def test_a_changed_question_blocks_every_verdict() -> None:
    found = assess(0.95, 900, 0.70, 900, 0.78, 1.0, comparable=False)
    assert (found.status, found.reason) == ("insufficient", "not_comparable")
    assert np.isnan(found.required)


@given(shares, sizes, shares, sizes, shares, times, st.sampled_from([0.0, 0.02, 0.05]))
def test_asking_for_the_unsafe_instead_of_the_safe_mirrors_every_verdict(
    x: float, n: int, b: float, m: int, g: float, elapsed: float, margin: float
) -> None:
    safe = assess(x, n, b, m, g, elapsed, 1, margin, largest_n=500)
    unsafe = assess(1 - x, n, 1 - b, m, 1 - g, elapsed, -1, margin, largest_n=500)
    assert (unsafe.status, unsafe.moving, unsafe.points_to) == (safe.status, safe.moving, safe.points_to)
    assert (unsafe.gap_low, unsafe.change_high) == pytest.approx(
        (safe.gap_low, safe.change_high), abs=1e-9, nan_ok=True
    )


@given(shares, sizes, shares, sizes, shares, times)
def test_limits_lie_about_their_figure(x: float, n: int, b: float, m: int, g: float, elapsed: float) -> None:
    assume(g >= b)
    found = assess(x, n, b, m, g, elapsed, largest_n=500)
    assert found.gap_low <= found.gap + 1e-12
    assert found.gap <= found.gap_high + 1e-12
    assert found.change_low - 1e-12 <= found.change <= found.change_high + 1e-12
    assert found.status in STATUSES


def test_an_assessment_cannot_be_changed_afterwards() -> None:
    with pytest.raises(dataclasses.FrozenInstanceError):
        assess(0.8, 400, 0.7, 400, 0.78, 1.0).status = "met"  # type: ignore[misc]


# Counts: value, baseline, target rate, elapsed; one year each.
@pytest.mark.parametrize(
    ("count", "baseline", "target", "elapsed", "status"),
    [
        (60, 200, 100, 1.0, "met"),
        (190, 200, 100, 1.0, "not_met"),
        (105, 200, 100, 1.0, "undecided"),
        (260, 200, 100, 0.5, "worsening"),
        (120, 200, 140, 0.5, "met"),
        (110, 200, 100, 0.5, "on_track"),
        (190, 200, 100, 0.5, "behind"),
        (145, 200, 100, 0.5, "undecided"),
    ],
)
def test_counts_follow_the_same_rules(count: int, baseline: int, target: float, elapsed: float, status: str) -> None:
    assert assess_counts(count, 1, baseline, 1, target, elapsed).status == status


def test_half_way_the_required_rate_is_the_geometric_mean() -> None:
    assert assess_counts(100, 1, 200, 2, 25, 0.5).required == pytest.approx(50)


def test_the_change_of_a_rate_is_the_logarithm_of_its_ratio_counted_as_good() -> None:
    found = assess_counts(100, 1, 200, 1, 100, 1.0)
    assert (found.change, found.gap) == pytest.approx((np.log(2), 0))
    assert found.moving == "better"


def test_counts_that_vary_more_than_chance_decide_less() -> None:
    assert assess_counts(75, 1, 200, 1, 100, 1.0).status == "met"
    assert assess_counts(75, 1, 200, 1, 100, 1.0, dispersion=4).status == "undecided"


def test_the_offences_that_would_settle_a_count_settle_it() -> None:
    found = assess_counts(95, 1, 200, 1, 100, 1.0)
    assert found.points_to == "met"
    assert found.needed_n is not None
    assert assess_counts(found.needed_n, found.needed_n / 95, 200, 1, 100, 1.0).status == "met"


def test_a_margin_of_five_per_cent_is_taken_off_the_required_rate() -> None:
    assert assess_counts(12_900, 1, 20_000, 1, 8_000, 0.5).status == "behind"
    assert assess_counts(12_900, 1, 20_000, 1, 8_000, 0.5, margin=0.05).status == "on_track"


def test_no_offences_at_all_can_meet_a_target() -> None:
    found = assess_counts(0, 1, 40, 1, 10, 1.0)
    assert found.status == "met"
    assert found.change_high == np.inf


@pytest.mark.parametrize(
    ("count", "baseline", "reason"),
    [(None, 50, "no_value"), (50, None, "no_baseline"), (5, 0, "zero_baseline")],
)
def test_counts_without_a_ratio_are_insufficient(count: float, baseline: float, reason: str) -> None:
    found = assess_counts(count, 1, baseline, 1, 10, 0.5)
    assert (found.status, found.reason) == ("insufficient", reason)
    assert np.isnan(found.change)


@pytest.mark.parametrize(
    ("done", "elapsed", "direction", "status"),
    [
        (10, 0.5, 1, "met"),
        (5, 0.5, 1, "on_track"),
        (4, 0.5, 1, "behind"),
        (9, 1.0, 1, "not_met"),
        (11, 0.2, -1, "not_met"),
        (10, 1.0, -1, "met"),
        (6, 0.5, -1, "behind"),
        (5, 0.5, -1, "on_track"),
        (None, 0.5, 1, "insufficient"),
    ],
)
def test_what_was_done_is_counted_without_uncertainty(
    done: float | None, elapsed: float, direction: int, status: str
) -> None:
    assert assess_activity(done, 10, elapsed, direction).status == status


def test_an_activity_begun_is_moving_and_one_not_begun_is_not() -> None:
    assert assess_activity(1, 10, 0.5).moving == "better"
    assert assess_activity(0, 10, 0.5) == Assessment(
        "behind",
        "unclear",
        required=5.0,
        gap=-5.0,
        gap_low=-5.0,
        gap_high=-5.0,
        change=0.0,
        change_low=0.0,
        change_high=0.0,
        detectable_change=0.0,
    )


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"value": 78}, r"value = 78 is not allowed; allowed: 0 to 1 \(a share, not percent\)"),
        ({"target": 1.2}, "target = 1.2"),
        ({"target": np.nan}, "target is missing; allowed: a number"),
        ({"elapsed": -0.1}, "elapsed = -0.1 is not allowed; allowed: 0 or more"),
        ({"direction": 2}, "direction = 2 is not allowed; allowed: 1 or -1"),
        ({"margin": -0.02}, "margin = -0.02 is not allowed; allowed: 0 or more"),
        ({"value_n_eff": [300, 300]}, "value_n_eff has shape"),
    ],
)
def test_bad_input_is_refused_by_name_value_and_range(change: dict[str, object], message: str) -> None:
    good = {
        "value": 0.8,
        "value_n_eff": 400,
        "baseline": 0.7,
        "baseline_n_eff": 400,
        "target": 0.78,
        "elapsed": 0.5,
    }
    with pytest.raises(ValueError, match=message):
        assess(**{**good, **change})  # type: ignore[arg-type]


def test_a_target_of_no_offences_is_met_when_few_enough_can_be_told_from_none() -> None:
    assert assess_counts(0, 1, 10, 1, 0, 1.0).status == "met"
    assert assess_counts(1, 1, 10, 1, 0, 1.0).status == "met"
    assert assess_counts(2, 1, 10, 1, 0, 1.0).status == "undecided"
    assert assess_counts(12, 1, 10, 1, 0, 1.0).status == "not_met"
    assert assess_counts(2, 1, 10, 1, 0, 1.0, tolerance_rate=7).status == "met"


def test_none_can_be_a_level_to_keep() -> None:
    assert assess_counts(0, 1, 0, 1, 0, 1.0).status == "met"
    assert assess_counts(12, 1, 0, 1, 0, 0.5).status == "worsening"


def test_more_of_nothing_is_nothing_to_reach() -> None:
    assert assess_counts(5, 1, 0, 1, 0, 1.0, direction=1).reason == "nothing_to_reach"


@pytest.mark.parametrize("elapsed", [0.5, 1.0])
def test_a_target_on_the_wrong_side_of_the_baseline_is_never_judged(elapsed: float) -> None:
    # Otherwise met and worse at once.
    found = assess(0.66, 900, 0.80, 900, 0.60, elapsed)
    assert (found.status, found.moving, found.reason) == ("insufficient", "unclear", "wrong_side")
    assert assess_counts(30, 1, 20, 1, 40, elapsed).reason == "wrong_side"


def test_keeping_the_level_is_a_target_too() -> None:
    assert assess(0.80, 900, 0.80, 900, 0.80, 1.0, tolerance=0.03).status == "met"


class TestTolerance:
    def test_reaching_the_target_is_met_where_the_limit_lies_within_the_tolerance(self) -> None:
        assert assess(0.80, 400, 0.70, 400, 0.80, 1.0).status == "undecided"
        assert assess(0.80, 400, 0.70, 400, 0.80, 1.0, tolerance=0.04).status == "met"

    def test_falling_short_by_more_than_the_tolerance_is_not_met(self) -> None:
        assert assess(0.72, 400, 0.70, 400, 0.80, 1.0).status == "not_met"
        assert assess(0.75, 400, 0.70, 400, 0.80, 1.0, tolerance=0.04).status == "undecided"
        assert assess(0.70, 400, 0.70, 400, 0.80, 1.0, tolerance=0.04).status == "not_met"

    def test_the_way_to_what_will_be_met_is_never_behind(self) -> None:
        assert assess(0.71, 2000, 0.70, 2000, 0.80, 0.5).status == "behind"
        assert assess(0.735, 9000, 0.70, 9000, 0.80, 0.5, tolerance=0.05).status == "on_track"

    def test_of_counts_it_is_a_number(self) -> None:
        assert assess_counts(100, 1, 200, 1, 100, 1.0).status == "undecided"
        assert assess_counts(100, 1, 200, 1, 100, 1.0, tolerance_rate=25).status == "met"


class TestOverItsLife:
    """A criterion shares one error of 5 % among all its looks; the look at the deadline has most of it."""

    def test_the_parts_of_the_looks_add_up_to_five_per_cent(self) -> None:
        times = [0.2, 0.4, 0.6, 0.8, 1.0]
        parts = [(1 - look_confidence(now, before)) / 2 for before, now in zip([0.0, *times], times, strict=False)]
        assert parts == pytest.approx([0.004] * 4 + [0.034])

    def test_a_criterion_judged_once_has_all_of_it(self) -> None:
        assert look_confidence(1.0, 0.0) == pytest.approx(0.90)

    def test_a_look_before_the_deadline_takes_more_to_decide(self) -> None:
        once = assess(0.68, 300, 0.70, 300, 0.78, 0.5)
        one_of_many = assess(0.68, 300, 0.70, 300, 0.78, 0.5, confidence=look_confidence(0.5, 0.25))
        assert (once.status, one_of_many.status) == ("behind", "undecided")

    def test_there_is_no_look_after_the_deadline(self) -> None:
        with pytest.raises(ValueError, match=r"before = 1\.0 is not allowed"):
            look_confidence(1.2, 1.0)
