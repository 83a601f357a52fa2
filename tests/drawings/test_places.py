"""Where labels, times and ticks stand."""

import pytest

from drawings.periods import moment, position, short_name
from drawings.placing import beside, spread
from drawings.ticks import number_ticks, percent_ticks


def test_labels_that_do_not_touch_stay_where_they_are() -> None:
    assert spread([10, 60, 30], [16, 16, 16]) == [10, 60, 30]


def test_labels_that_touch_move_apart_around_their_middle() -> None:
    assert spread([50, 50], [16, 16]) == [42, 58]


def test_a_label_avoids_lines_where_it_can() -> None:
    free = beside([(100, 100)], [(40, 16)], [], [], (300, 300))
    crossed = beside([(100, 100)], [(40, 16)], [], [(106, 100, 150, 300)], (300, 300))
    assert free[0] == (1, 11)
    assert crossed[0] == (-1, 11)


def test_a_label_without_room_is_left_out() -> None:
    assert beside([(10, 10)], [(40, 16)], [], [], (20, 20)) == [None]


@pytest.mark.parametrize(
    ("period", "place"), [("2021", 2021.5), ("2025K1", 2025.125), ("2025K4", 2025.875), ("2024-01-01", 2024.0)]
)
def test_a_period_stands_at_its_middle(period: str, place: float) -> None:
    assert position(period) == place


def test_what_is_no_period_is_refused_with_examples() -> None:
    with pytest.raises(ValueError, match="»forår« is no year, quarter or date; write 2021, 2025K4 or 2021-09-01"):
        position("forår")


def test_a_date_stands_within_its_year() -> None:
    assert moment("2023-07-02") == pytest.approx(2023.5, abs=0.003)


def test_quarters_have_danish_names() -> None:
    assert (short_name("2025K4"), short_name("2021")) == ("4. kv. 2025", "2021")


def test_only_the_highest_tick_carries_the_unit() -> None:
    assert [words for _, words in percent_ticks(0.5, 0.8)] == ["50", "55", "60", "65", "70", "75", "80 pct."]


def test_ticks_of_counts_stand_at_round_numbers() -> None:
    assert [words for _, words in number_ticks(0, 1170)] == ["0", "500", "1.000"]
    assert [words for _, words in number_ticks(0, 4.2)] == ["0", "1", "2", "3", "4"]
