"""How many incidents a cell would have if nothing were special about it, and on what that rests."""

import numpy as np
import pytest

from analysis.expected import expected_from_history, expected_from_population


class TestFromPopulation:
    def test_incidents_follow_the_homes_but_for_a_tenth(self) -> None:
        answer = expected_from_population([20, 0, 0, 0], [30, 10, 0, 0])
        assert answer.values.tolist() == pytest.approx([14, 5, 0.5, 0.5])
        assert answer.basis.tolist() == ["population"]
        assert set(answer.dispersion) == {1}

    def test_all_of_them_follow_the_homes_when_so_asked(self) -> None:
        answer = expected_from_population([20, 0, 0, 0], [30, 10, 0, 0], evenly=0)
        assert answer.values.tolist() == pytest.approx([15, 5, 0, 0])

    @pytest.mark.parametrize("homes", [None, [0, 0, 0, 0]])
    def test_without_homes_every_cell_is_alike_and_says_so(self, homes: list[int] | None) -> None:
        answer = expected_from_population([20, 0, 4, 0], homes)
        assert answer.values.tolist() == pytest.approx([6, 6, 6, 6])
        assert answer.basis.tolist() == ["even"]

    def test_each_municipality_has_its_own_rate(self) -> None:
        answer = expected_from_population([30, 0, 60, 0], [1, 1, 1, 3], ["b", "b", "a", "a"], evenly=0)
        assert answer.values.tolist() == pytest.approx([15, 15, 15, 45])
        assert answer.groups.tolist() == ["a", "b"]
        assert answer.group_of.tolist() == [1, 1, 0, 0]

    def test_too_few_incidents_are_no_map_to_speak_of(self) -> None:
        answer = expected_from_population([19, 0, 20, 0], None, ["a", "a", "b", "b"])
        assert answer.basis.tolist() == ["too_few", "even"]
        assert answer.values.tolist() == pytest.approx([np.nan, np.nan, 10, 10], nan_ok=True)

    def test_a_cell_not_reported_takes_no_share(self) -> None:
        answer = expected_from_population([20, np.nan, 4], [1, 5, 1])
        assert answer.values.tolist() == pytest.approx([12, np.nan, 12], nan_ok=True)

    def test_many_maps_are_answered_at_once_each_with_its_own_total(self) -> None:
        counts = np.array([[[20, 0], [40, 0]], [[60, 0], [0, 1]]])
        answer = expected_from_population(counts, [3, 1], evenly=0)
        assert answer.values[:, :, 0].tolist() == [[15, 30], pytest.approx([45, np.nan], nan_ok=True)]
        assert answer.basis[..., 0].tolist() == [["population", "population"], ["population", "too_few"]]


class TestFromHistory:
    def test_the_first_year_rests_on_population_and_the_next_on_the_past(self) -> None:
        answer = expected_from_history([[30, 10], [20, 20], [30, 30]], weight=20)
        assert answer.basis[:, 0].tolist() == ["even", "history", "history"]
        assert answer.values[0].tolist() == pytest.approx([20, 20])
        # One year of 30 and 10, and 20 incidents for each cell by the even map: five eighths and three of 40.
        assert answer.values[1].tolist() == pytest.approx([25, 15])
        # Two years of 50 and 30 with the same 20 and 20, scaled from 40 a year to 60.
        assert answer.values[2].tolist() == pytest.approx([35, 25])

    def test_the_less_history_the_less_sure_the_expectation(self) -> None:
        answer = expected_from_history([[30, 10], [20, 20], [30, 30]], weight=20)
        # The year's total over the usual one, over the years known; the prior's 40 incidents are one year's.
        assert answer.dispersion[:, 0].tolist() == pytest.approx([1, 1 + 1 / 2, 1 + 1.5 / 3])

    def test_unless_told_otherwise_the_past_speaks_almost_alone(self) -> None:
        assert expected_from_history([[30, 10], [20, 20]]).values[1].tolist() == pytest.approx([30, 10], abs=0.1)

    def test_a_cell_that_never_had_an_incident_is_still_expected_to_have_some(self) -> None:
        assert expected_from_history([[40, 0], [40, 0]]).values[1, 1] > 0

    def test_a_year_not_reported_is_not_taken_for_a_year_without_incidents(self) -> None:
        gap = expected_from_history(np.array([[20, 20], [20, np.nan], [20, 20]]))
        # Usual is 30 a year, (40 + 20) / 2; both cells had 20 in each year they reported.
        assert gap.values[2].tolist() == pytest.approx([20, 20], abs=0.1)
        assert np.isnan(gap.values[1, 1])
        assert gap.dispersion[2, 1] > gap.dispersion[2, 0]

    def test_too_few_incidents_in_the_year_are_too_few_whatever_the_history(self) -> None:
        answer = expected_from_history([[300, 10], [5, 5]])
        assert answer.basis[1].tolist() == ["too_few"]
        assert np.isnan(answer.values[1]).all()


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"counts": [-1]}, "counts = -1 is not allowed; allowed: 0 or more"),
        ({"counts": [1.5]}, "counts = 1.5 is not allowed; allowed: whole numbers"),
        ({"counts": 1}, "counts is a single number; allowed: an array that ends in the cells"),
        ({"population": [-2, 0]}, "population = -2 is not allowed; allowed: 0 or more"),
        ({"population": [1, 2, 3]}, r"population has shape \(3,\); allowed: that of counts, \(2,\)"),
        ({"groups": ["a"]}, r"groups has shape \(1,\); allowed: one for each cell, \(2,\)"),
        ({"evenly": 10}, "evenly = 10 is not allowed; allowed: 0 to 1"),
    ],
)
def test_wrong_input_is_named_with_what_is_allowed(arguments: dict[str, object], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        expected_from_population(**({"counts": [20, 0]} | arguments))  # type: ignore[arg-type]


def test_history_needs_years_and_a_weight() -> None:
    with pytest.raises(ValueError, match=r"counts_by_year has shape \(2,\); allowed: years × … × cells"):
        expected_from_history([1, 2])
    with pytest.raises(ValueError, match="weight = 0 is not allowed; allowed: above 0"):
        expected_from_history([[1, 2]], weight=0)
