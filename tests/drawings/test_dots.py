"""Shares of areas as dots: states that cannot be mistaken, an axis that says its range."""

import pytest

from drawings.dots import dots
from tests.drawings.looks import across, lines, marks, symbols, words
from tests.drawings.rows import HIDDEN, UNKNOWN, frame, survey_row


def test_areas_stand_in_the_order_of_the_rows_from_the_top() -> None:
    names = marks(dots(frame(survey_row(area="Herlev"), survey_row(area="Ballerup"))), "navn")
    assert [(mark.lines, mark.y) for mark in names] == [(("Herlev",), 16), (("Ballerup",), 48)]


def test_a_name_of_140_characters_makes_no_row_high_and_stands_whole_in_the_table() -> None:
    name = "Kvarteret mellem jernbanen, den gamle sukkerfabrik og de nye boligblokke ".ljust(140, "x")
    picture = dots(frame(survey_row(area=name), survey_row(area="Ballerup")))
    assert marks(picture, "navn")[0].lines == ("Kvarteret", "mellem", "jernbanen, den…")
    assert picture.plot <= 2 * 60
    assert picture.twin is not None
    assert picture.twin.rows[0][0] == name


def test_each_row_says_its_value_and_draws_its_interval() -> None:
    picture = dots(frame(survey_row(share=0.8)))
    (interval,) = lines(picture, "interval")
    assert "80 pct." in words(picture)
    assert [across(picture, x) for x, _ in interval.points] == [0.75, 0.84]


def test_a_ready_label_is_used_unchanged() -> None:
    assert "79,5 pct." in words(dots(frame(survey_row(label="79,5 pct."))))


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        (HIDDEN | {"quality": "D", "n": 24}, "ikke vist (for få svar)"),
        (HIDDEN | {"quality": "D", "n": 35}, "ikke vist (for stor usikkerhed)"),
        (HIDDEN | {"quality": "", "n": 80}, "ikke vist (skjuler en anden)"),
        (HIDDEN | {"quality": "", "n": float("nan")}, "skjules (få hændelser)"),
        (HIDDEN | {"state": "missing", "quality": ""}, "ikke målt"),
    ],
)
def test_a_figure_that_is_not_shown_is_words_in_its_row(changed: dict[str, object], said: str) -> None:
    picture = dots(frame(survey_row(), survey_row(area="Ballerup", **changed)))
    (word,) = marks(picture, "uden tal")
    assert (word.lines, word.y) == ((said,), 48)
    assert [mark.y for mark in symbols(picture, "andel")] == [16]


def test_a_share_of_quality_d_is_nowhere_even_where_the_row_holds_it() -> None:
    picture = dots(frame(survey_row(), survey_row(area="Ballerup", share=0.31, quality="D")))
    assert "31" not in words(picture)
    assert picture.twin is not None
    assert "31" not in str(picture.twin)
    assert picture.chart is not None
    assert picture.chart.series[0].values == (80.0, None)


def test_quality_c_is_hollow_and_grey_and_explained() -> None:
    picture = dots(frame(survey_row(quality="C")))
    (dot,) = symbols(picture, "andel")
    assert (dot.fill, dot.edge) == ("paper", "neutral")
    assert "○ meget usikker" in words(picture)


def test_an_interval_without_a_number_of_answers_is_said_to_be_the_sources_own() -> None:
    said = "uden antal svar er stregen kildens egen"
    assert said in words(dots(frame(survey_row(), survey_row(area="Ballerup", n=float("nan"), quality=""))))
    assert said not in words(dots(frame(survey_row(), survey_row(area="Ballerup"))))


def test_a_share_without_interval_is_an_open_diamond_and_explained() -> None:
    picture = dots(frame(survey_row(**UNKNOWN)))
    (dot,) = symbols(picture, "andel")
    assert (dot.shape, dot.fill) == ("diamond", "paper")
    assert "◇ uden kendt usikkerhed" in words(picture)


def test_the_reference_is_a_line_with_its_name_and_value() -> None:
    picture = dots(frame(survey_row()), (0.86, "Hele landet"))
    assert across(picture, lines(picture, "reference")[0].points[0][0]) == 0.86
    assert "Hele landet 86 pct." in words(picture)


@pytest.mark.parametrize(("direction", "said"), [(1, "højere er bedre"), (-1, "lavere er bedre")])
def test_the_axis_states_its_range_and_what_is_better(direction: int, said: str) -> None:
    picture = dots(frame(survey_row(share=0.8)), direction=direction)
    assert "aksen går fra 70 til 90" in words(picture)
    assert said in words(picture)


def test_a_range_from_the_caller_is_kept_so_that_waves_share_it() -> None:
    axis = dots(frame(survey_row()), limits=(0.4, 1.0)).across
    assert axis is not None
    assert (axis.low, axis.high) == (0.4, 1.0)


def test_the_picture_grows_with_its_rows() -> None:
    many = dots(frame(*(survey_row(area=f"Område {number}") for number in range(11))))
    assert many.height - dots(frame(survey_row())).height == 10 * 32


def test_a_selected_area_stands_in_bold() -> None:
    assert [mark.bold for mark in marks(dots(frame(survey_row()), selected=["herlev"]), "navn")] == [True]
