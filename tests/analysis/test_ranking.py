"""The ranking that would have foretold best: which rule wins, and that no year judges itself."""

import numpy as np
import pytest

from analysis.ranking import LAST_YEAR, RULES, Rule, best_ranking, scores
from analysis.windows import windows_of

# Five cells on a line; each one's neighbours by number, −1 where there is none.
LINE = np.array([[-1, 1], [0, 2], [1, 3], [2, 4], [3, -1]])
ALONE = np.full((5, 1), -1)


def score(counts: list[list[float]], rule: Rule, neighbours: np.ndarray = ALONE) -> list[float]:
    return list(scores(np.array(counts, dtype=float), rule, windows_of(neighbours, 5)))


class TestScore:
    def test_the_newest_year_alone(self) -> None:
        assert score([[9, 0, 0, 0, 0], [1, 2, 3, 4, 5]], LAST_YEAR) == [1, 2, 3, 4, 5]

    def test_a_year_older_weighs_half(self) -> None:
        # (½ · 6 + 1 · 3) / 1½
        assert score([[6, 0, 0, 0, 0], [3, 0, 0, 0, 0]], Rule(0.5))[0] == pytest.approx(4)

    def test_neighbours_lend_a_part(self) -> None:
        # 0.8 · 0 + 0.2 · (10 + 0)/2 beside the cell with ten.
        assert score([[10, 0, 0, 0, 0]], Rule(1, 0.2), LINE) == pytest.approx([8, 1, 0, 0, 0])

    def test_a_missing_year_counts_as_the_mean_of_the_known(self) -> None:
        assert score([[4, 1, 0, 0, 0], [np.nan, 1, 0, 0, 0]], LAST_YEAR)[0] == 4
        assert np.isnan(score([[np.nan, 1, 0, 0, 0]], LAST_YEAR)[0])


class TestChoice:
    def test_lasting_places_with_noisy_years_are_told_by_all_years(self) -> None:
        # The first cell is worst on the whole; the others take turns at one bad year.
        counts = [[5, 9, 0, 0, 0], [5, 0, 9, 0, 0], [5, 0, 0, 9, 0], [5, 0, 0, 0, 9]]
        found = best_ranking(counts, ALONE, 1)
        assert found.rule.decay > 0
        assert (found.hit_rate, found.last_year) == (pytest.approx(5 / 14), 0)

    def test_places_that_move_are_told_by_the_newest_year(self) -> None:
        counts = [[9, 0, 0, 0, 0], [0, 9, 0, 0, 0], [0, 9, 1, 0, 0], [0, 0, 9, 0, 0], [0, 0, 9, 0, 0]]
        assert best_ranking(counts, ALONE, 1).rule.decay <= 0.25

    def test_the_newest_year_has_no_say_in_its_own_test(self) -> None:
        before = [[5, 9, 0, 0, 0], [5, 0, 9, 0, 0], [5, 0, 0, 9, 0]]
        one = best_ranking([*before, [5, 0, 0, 9, 0]], ALONE, 1, (LAST_YEAR, Rule(1)))
        other = best_ranking([*before, [0, 0, 0, 9, 0]], ALONE, 1, (LAST_YEAR, Rule(1)))
        # All years alike wins on the years before, whatever the newest year says, and is what is judged.
        assert one.hit_rate == pytest.approx(5 / 14)
        assert other.hit_rate == 0

    def test_one_year_leaves_the_rule_untested(self) -> None:
        found = best_ranking([[1, 2, 3, 4, 5]], ALONE, 2)
        assert (found.rule, found.tested) == (RULES[0], 0)
        assert np.isnan(found.hit_rate)

    def test_cells_of_the_same_rank_count_as_their_mean(self) -> None:
        assert best_ranking([[1, 1, 0, 0, 0], [4, 0, 0, 0, 0]], ALONE, 1).last_year == pytest.approx(0.5)

    @pytest.mark.parametrize(("counts", "cells"), [([[1, 2]], 3), ([1, 2], 1), ([[-1, 2]], 1)])
    def test_what_cannot_be_ranked_is_refused(self, counts: list[list[float]], cells: int) -> None:
        with pytest.raises(ValueError, match="allowed"):
            best_ranking(counts, np.full((2, 1), -1), cells)
