"""Which of many differences may be called real, and that nobody's filter has a say in it."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from statsmodels.stats.multitest import multipletests

from analysis.comparisons import benjamini_hochberg, verdicts

# Benjamini & Hochberg (1995), section 4.1: treatments of myocardial infarction.
PUBLISHED = [
    0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344,
    0.0459, 0.3240, 0.4262, 0.5719, 0.6528, 0.7590, 1,
]  # fmt: skip
p_values = st.lists(st.floats(0, 1), min_size=1, max_size=30)


def test_four_of_the_fifteen_published_comparisons_are_real() -> None:
    assert benjamini_hochberg(PUBLISHED).tolist() == [True] * 4 + [False] * 11


@given(p_values)
def test_the_same_are_real_as_in_statsmodels(values: list[float]) -> None:
    assert benjamini_hochberg(values).tolist() == multipletests(values, 0.05, "fdr_bh")[0].tolist()


@given(p_values, st.integers(0, 5))
def test_a_missing_p_value_is_no_test_and_changes_no_other(values: list[float], missing: int) -> None:
    padded = benjamini_hochberg(values + [np.nan] * missing)
    assert padded.tolist() == benjamini_hochberg(values).tolist() + [False] * missing


def test_no_tests_means_nothing_is_real() -> None:
    assert benjamini_hochberg([np.nan, np.nan]).tolist() == [False, False]
    assert benjamini_hochberg([]).tolist() == []


def test_verdicts_say_better_worse_unchanged_or_nothing() -> None:
    found = verdicts([0.1, -0.1, 0.1, np.nan, 0.1], [0.001, 0.001, 0.9, 0.001, np.nan], ["2023"] * 5, 1)
    assert found.tolist() == ["better", "worse", "unchanged", "", ""]


def test_where_less_is_better_verdicts_are_mirrored() -> None:
    d, p = [0.1, -0.1, 0.1], [0.001, 0.001, 0.9]
    assert verdicts(d, p, [1, 1, 1], -1).tolist() == ["worse", "better", "unchanged"]


def test_a_rise_from_nothing_is_judged_by_its_sign() -> None:
    assert verdicts([np.inf, -np.inf], [0.001, 0.001], ["a", "a"], -1).tolist() == ["worse", "better"]


@given(st.lists(st.tuples(st.floats(0, 0.2), st.sampled_from("abc")), min_size=1, max_size=40), st.randoms())
def test_a_filter_or_another_order_changes_no_verdict(rows: list[tuple[float, str]], shuffler: object) -> None:
    p, family = [row[0] for row in rows], [row[1] for row in rows]
    d = np.linspace(-1, 1, len(rows))
    all_of_them = verdicts(d, p, family, 1)
    order = np.arange(len(rows))
    shuffler.shuffle(order)  # type: ignore[attr-defined]
    seen = np.array([index for index in order if family[index] == family[0]])
    filtered = verdicts(d[seen], np.array(p)[seen], np.array(family)[seen], 1)
    assert filtered.tolist() == all_of_them[seen].tolist()


def test_many_quiet_areas_make_it_harder_to_stand_out() -> None:
    assert verdicts([0.1], [0.04], ["a"], 1).tolist() == ["better"]
    assert set(verdicts([0.1] * 20, [0.04] + [0.9] * 19, ["a"] * 20, 1)) == {"unchanged"}


def test_lists_of_different_length_are_refused() -> None:
    with pytest.raises(ValueError, match="shapes differ"):
        verdicts([0.1, 0.2], [0.01], ["a", "a"], 1)


def test_a_p_value_above_one_is_refused() -> None:
    with pytest.raises(ValueError, match="p_values = 5"):
        benjamini_hochberg([0.1, 5])


def test_another_direction_is_refused() -> None:
    with pytest.raises(ValueError, match="direction = 0 is not allowed; allowed: 1 or -1"):
        verdicts([0.1], [0.01], ["a"], 0)
