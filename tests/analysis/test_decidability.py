"""What can be known before a criterion is adopted."""

import numpy as np
import pytest

from analysis.criteria import assess
from analysis.decidability import needed, prospects, undecided_midway


def test_with_150_answers_eight_points_cannot_be_seen_and_half_way_says_nothing() -> None:
    found = prospects(0.70, 150, 0.78, 150)
    assert undecided_midway(0.70, 150, 0.78, 150) == pytest.approx(0.83, abs=0.005)
    assert found.change_sought == pytest.approx(0.08)
    assert found.detectable_change > found.change_sought
    assert not found.can_be_decided


def test_with_800_answers_eight_points_can_be_seen() -> None:
    assert prospects(0.70, 800, 0.78, 800).can_be_decided


def test_the_share_that_would_meet_the_target_does() -> None:
    found = prospects(0.70, 400, 0.78, 400)
    assert assess(found.met_from + 1e-6, 400, 0.70, 400, 0.78, 1.0).status == "met"
    assert assess(found.met_from - 1e-6, 400, 0.70, 400, 0.78, 1.0).status == "undecided"
    assert assess(found.not_met_to - 1e-6, 400, 0.70, 400, 0.78, 1.0).status == "not_met"


def test_a_target_near_everyone_may_be_beyond_proof() -> None:
    found = prospects(0.80, 100, 0.99, 100)
    assert np.isnan(found.met_from)
    assert not found.can_be_decided


class TestChancesAtTheDeadline:
    """Methods note, section 8: what the verdict will be if the truth is the target, or if nothing changes."""

    def test_an_exact_success_mostly_ends_undecided_however_many_answer(self) -> None:
        for n in (100, 150, 300, 800):
            found = prospects(0.70, n, 0.80, n).if_reached
            assert 0.03 <= found.met <= 0.065
            assert found.undecided >= 0.87
            assert found.met + found.undecided + found.not_met == pytest.approx(1)

    def test_what_takes_a_large_change_is_decided_only_when_nothing_happens(self) -> None:
        assert prospects(0.70, 150, 0.86, 150).if_reached.undecided == pytest.approx(0.875, abs=0.03)
        assert prospects(0.70, 150, 0.80, 150).if_unchanged.not_met == pytest.approx(0.88, abs=0.01)
        assert prospects(0.70, 150, 0.80, 150).if_worse.not_met > 0.99

    @pytest.mark.parametrize(("n", "share"), [(150, 0.879), (300, 0.856)])
    def test_met_in_four_of_five_takes_more_than_the_target(self, n: int, share: float) -> None:
        found = prospects(0.70, n, 0.80, n)
        assert not found.provable
        assert needed(0.80, n).share == pytest.approx(share, abs=0.002)

    def test_the_tolerance_that_is_offered_makes_an_exact_success_provable_and_no_smaller_one_does(self) -> None:
        tolerance = needed(0.80, 300).tolerance
        assert prospects(0.70, 300, 0.80, 300, tolerance=tolerance).provable
        assert not prospects(0.70, 300, 0.80, 300, tolerance=tolerance - 0.002).provable

    def test_the_answers_that_are_offered_do_so_too(self) -> None:
        n = needed(0.80, 150, tolerance=0.05).answers
        assert 300 < n < 600
        assert prospects(0.70, n, 0.80, n, tolerance=0.05).if_reached.met == pytest.approx(0.8, abs=0.03)
        assert np.isnan(needed(0.80, 150).answers)

    def test_fewer_unsafe_is_the_mirror_here_too(self) -> None:
        safe = prospects(0.70, 300, 0.78, 300, tolerance=0.02)
        unsafe = prospects(0.30, 300, 0.22, 300, direction=-1, tolerance=0.02)
        assert unsafe.if_reached.met == pytest.approx(safe.if_reached.met)
        more, less = needed(0.78, 300, tolerance=0.02), needed(0.22, 300, direction=-1, tolerance=0.02)
        assert less.share == pytest.approx(1 - more.share)
        assert less.tolerance == pytest.approx(more.tolerance)


def test_fewer_unsafe_is_the_mirror_of_more_safe() -> None:
    safe, unsafe = prospects(0.70, 300, 0.78, 300), prospects(0.30, 300, 0.22, 300, direction=-1)
    assert undecided_midway(0.30, 300, 0.22, 300, direction=-1) == pytest.approx(undecided_midway(0.70, 300, 0.78, 300))
    assert unsafe.met_from == pytest.approx(1 - safe.met_from)


def test_a_target_equal_to_the_baseline_is_refused() -> None:
    with pytest.raises(ValueError, match=r"target = 0\.7 equals the baseline"):
        prospects(0.7, 300, 0.7, 300)


def test_fewer_than_30_answers_are_refused() -> None:
    with pytest.raises(ValueError, match="n_eff = 20 is not allowed; allowed: 30 or more"):
        prospects(0.7, 300, 0.78, 20)
