"""What can be known before a criterion is adopted."""

import numpy as np
import pytest

from analysis.criteria import assess
from analysis.decidability import prospects


def test_with_150_answers_eight_points_cannot_be_seen_and_half_way_says_nothing() -> None:
    found = prospects(0.70, 150, 0.78, 150)
    assert found.undecided_midway == pytest.approx(0.83, abs=0.005)
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


def test_fewer_unsafe_is_the_mirror_of_more_safe() -> None:
    safe, unsafe = prospects(0.70, 300, 0.78, 300), prospects(0.30, 300, 0.22, 300, direction=-1)
    assert unsafe.undecided_midway == pytest.approx(safe.undecided_midway)
    assert unsafe.met_from == pytest.approx(1 - safe.met_from)


def test_a_target_equal_to_the_baseline_is_refused() -> None:
    with pytest.raises(ValueError, match=r"target = 0\.7 equals the baseline"):
        prospects(0.7, 300, 0.7, 300)


def test_fewer_than_30_answers_are_refused() -> None:
    with pytest.raises(ValueError, match="n_eff = 20 is not allowed; allowed: 30 or more"):
        prospects(0.7, 300, 0.78, 20)
