"""How well last year's map foretold where this year's incidents would be."""

import numpy as np
import pytest

from analysis.prediction import back_test, prediction_accuracy_index


class TestPredictionAccuracyIndex:
    def test_it_is_the_share_of_incidents_over_the_share_of_the_area(self) -> None:
        # METHODS 6.
        assert prediction_accuracy_index([6, 3, 0], [3, 2, 1]).tolist() == pytest.approx([2, 1.5, 1])

    def test_all_cells_together_are_always_worth_one(self) -> None:
        draw = np.random.default_rng(1)
        assert prediction_accuracy_index(draw.poisson(3, 50), draw.random(50))[-1] == pytest.approx(1)

    def test_the_order_of_rows_changes_nothing_even_between_ties(self) -> None:
        assert prediction_accuracy_index([0, 6, 0, 3], [1, 1, 1, 2]).tolist() == pytest.approx(
            prediction_accuracy_index([3, 0, 0, 6], [2, 1, 1, 1]).tolist()
        )
        assert prediction_accuracy_index([9, 0], [1, 1]).tolist() == pytest.approx([1, 1])

    def test_without_incidents_there_is_nothing_to_judge(self) -> None:
        assert np.isnan(prediction_accuracy_index([0, 0], [1, 2])).all()

    def test_a_missing_cell_is_left_out(self) -> None:
        assert prediction_accuracy_index([6, np.nan, 3, 0], [3, 9, 2, 1]).tolist() == pytest.approx([2, 1.5, 1])


class TestBackTest:
    BEFORE = (9, 8, 1, 0, 0, 0, 0, 0, 0, 0)
    AFTER = (5, 0, 10, 5, 0, 0, 0, 0, 0, 0)

    def test_hotspots_are_scored_beside_last_years_top_cells(self) -> None:
        result = back_test(np.isin(np.arange(10), (0, 2)), self.BEFORE, self.AFTER)
        assert (result.cells, result.area_share, result.incidents) == (2, 0.2, 20)
        assert result.hotspots.hits == 15
        assert result.hotspots.hit_rate == pytest.approx(0.75)
        assert result.hotspots.pai == pytest.approx(3.75)
        assert result.hotspots.pei == pytest.approx(1)
        assert result.baseline.hits == 5
        assert result.baseline.pei == pytest.approx(5 / 15)
        assert result.beats_baseline

    def test_a_bad_map_is_told_as_plainly(self) -> None:
        result = back_test(np.arange(10) == 9, self.BEFORE, self.AFTER)
        assert (result.hotspots.hits, result.hotspots.pai, result.baseline.hits) == (0, 0, 5)
        assert not result.beats_baseline

    def test_ties_at_the_edge_of_the_baseline_count_as_their_mean(self) -> None:
        result = back_test([1, 0, 0], [4, 4, 0], [1, 9, 0])
        assert result.baseline.hits == pytest.approx(5)

    def test_no_hotspot_and_no_incidents_give_no_score(self) -> None:
        none_chosen = back_test([0, 0], [1, 2], [3, 4])
        no_incidents = back_test([1, 0], [1, 2], [0, 0])
        assert np.isnan([none_chosen.hotspots.pai, none_chosen.baseline.hit_rate]).all()
        assert np.isnan([no_incidents.hotspots.pai, no_incidents.baseline.pei]).all()
        assert not none_chosen.beats_baseline

    def test_a_cell_missing_in_one_year_is_left_out_of_both(self) -> None:
        result = back_test([1, 1, 0], [4, np.nan, 0], [1, 9, 1])
        assert (result.cells, result.area_share, result.incidents) == (1, 0.5, 2)

    def test_wrong_input_is_named_with_what_is_allowed(self) -> None:
        with pytest.raises(ValueError, match="chosen = 2 is not allowed; allowed: true or false"):
            back_test([2, 0], [1, 1], [1, 1])
        with pytest.raises(ValueError, match="counts_after = -1 is not allowed; allowed: 0 or more"):
            back_test([1, 0], [1, 1], [1, -1])
        with pytest.raises(ValueError, match=r"counts_before \(3,\).*allowed: the same shape"):
            back_test([1, 0], [1, 1, 1], [1, 1])
        with pytest.raises(ValueError, match="observed has 2 dimensions; allowed: one value for each cell"):
            prediction_accuracy_index([[1]], [[1]])
