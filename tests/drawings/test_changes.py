"""How areas have shifted: marks around zero, worse always to the left, and what is not known in words."""

import math

import pytest

from drawings.changes import changes
from drawings.model import Drawing
from tests.drawings.looks import across, lines, marks, symbols, words
from tests.drawings.rows import frame

MEANING = "Pct.point siden forrige måling"


def shifted(
    area: str = "Herlev", shift: float = 0.05, verdict: str = "unchanged", **changed: object
) -> dict[str, object]:
    row = {
        "area_id": area.lower(), "name": area, "quality": "A", "shift": shift, "shift_low": shift - 0.06,
        "shift_high": shift + 0.06, "verdict": verdict, "words": "", "hover": f"{area} siden sidst",
    }  # fmt: skip
    return row | changed


def drawn(*rows: dict[str, object], direction: int = 1) -> Drawing:
    return changes(frame(*rows), direction, meaning=MEANING)


NOTHING_KNOWN = {"shift": math.nan, "shift_low": math.nan, "shift_high": math.nan, "verdict": ""}


def test_each_difference_stands_with_its_interval_around_a_line_at_zero() -> None:
    picture = drawn(shifted(shift=0.05))
    (interval,), (zero,), (mark,) = lines(picture, "interval"), lines(picture, "nul"), symbols(picture, "forskel")
    assert [across(picture, x) for x, _ in interval.points] == [-0.01, 0.11]
    assert {across(picture, x) for x, _ in zero.points} == {0.0}
    assert across(picture, mark.x) == 0.05
    assert "+5,0" in words(picture)
    assert MEANING in words(picture)


@pytest.mark.parametrize("direction", [1, -1])
def test_what_has_become_worse_stands_to_the_left_of_zero_whichever_way_is_worse(direction: int) -> None:
    picture = drawn(shifted(shift=-0.05 * direction, verdict="worse"), direction=direction)
    (zero,), (mark,) = lines(picture, "nul"), symbols(picture, "forskel")
    assert mark.x < zero.points[0][0]
    left, right = marks(picture, "ende")
    assert (left.lines, left.x, right.lines, right.x) == (("værre",), 0, ("bedre",), 1)


def test_a_proven_change_has_shape_and_colour_and_an_unproven_is_a_grey_dot() -> None:
    picture = drawn(shifted("Gladsaxe", 0.1, "better"), shifted("Herlev", 0.0), shifted("Ballerup", -0.1, "worse"))
    looks = [(mark.shape, mark.fill) for mark in symbols(picture, "forskel")]
    assert looks == [("triangle-right", "better"), ("circle", "neutral"), ("triangle-left", "worse")]
    assert "påvist" in words(picture)


def test_a_difference_too_unsure_to_be_judged_is_hollow_and_one_of_unknown_uncertainty_a_diamond() -> None:
    unknown = {"shift_low": math.nan, "shift_high": math.nan}
    picture = drawn(shifted(verdict=""), shifted("Ballerup", verdict="", **unknown))
    assert [(mark.shape, mark.fill) for mark in symbols(picture, "forskel")] == [
        ("circle", "paper"),
        ("diamond", "paper"),
    ]
    assert "○ meget usikker" in words(picture)
    assert "◇ uden kendt usikkerhed" in words(picture)


def test_an_interval_free_of_zero_without_proof_is_explained() -> None:
    free = {"shift_low": 0.01, "shift_high": 0.09}
    assert "ved et tilfælde" in words(drawn(shifted(**free)))
    assert "ved et tilfælde" not in words(drawn(shifted(verdict="better", **free), shifted("Ballerup", 0.01)))


def test_what_has_no_figure_is_words_in_its_row_in_picture_table_and_chart() -> None:
    picture = drawn(shifted(), shifted("Ballerup", words="ikke vist (for få svar)", **NOTHING_KNOWN))
    (word,) = marks(picture, "uden tal")
    assert (word.lines, word.y) == (("ikke vist (for få svar)",), 48)
    assert len(symbols(picture, "forskel")) == 1
    assert [[y for _, y in line.points] for line in lines(picture, "nul")] == [[0, 32]]
    assert picture.twin is not None
    assert picture.twin.rows[1] == ("Ballerup", "ikke vist (for få svar)", "–", "–")
    assert picture.chart is not None
    assert picture.chart.series[0].values == (5.0, None)


def test_a_row_with_words_shows_no_figure_even_where_it_holds_one() -> None:
    picture = drawn(shifted(), shifted("Ballerup", 0.31, words="ikke vist (for få svar)"))
    assert "31" not in f"{words(picture)} {picture.twin} {picture.chart}"


def test_the_table_says_difference_interval_and_verdict() -> None:
    twin = drawn(shifted(shift=0.1, verdict="better")).twin
    assert twin is not None
    assert twin.rows == (("Herlev", "+10,0 pct.point", "+4,0 til +16,0 pct.point", "klart bedre"),)


@pytest.mark.parametrize(
    ("shift", "ticks"),
    [
        (0.05, ["−10", "−5", "0", "+5", "+10", "+15"]),
        (0.0, ["−10", "−5", "0", "+5", "+10"]),
    ],
)
def test_the_axis_holds_zero_with_room_on_both_sides_and_signs_at_its_names(shift: float, ticks: list[str]) -> None:
    axis = drawn(shifted(shift=shift)).across
    assert axis is not None
    assert [name for _, name in axis.ticks] == ticks


def test_small_yearly_steps_have_a_decimal() -> None:
    axis = drawn(shifted(shift=0.004, shift_low=-0.002, shift_high=0.01)).across
    assert axis is not None
    assert [name for _, name in axis.ticks] == ["−0,5", "0", "+0,5", "+1,0"]


def test_all_without_figures_still_has_its_rows() -> None:
    picture = drawn(shifted(words="kan ikke sammenlignes", **NOTHING_KNOWN))
    assert "kan ikke sammenlignes" in words(picture)
    assert not symbols(picture, "forskel")
