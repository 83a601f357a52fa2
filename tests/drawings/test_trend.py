"""Shares over the waves: lines that break where comparison does, on screen, in the table and in a chart to edit."""

import itertools

import pandas as pd
import pytest

from drawings.lanes import within
from drawings.lives import CAPTION
from drawings.model import LINE_HEIGHT, Text, widest
from drawings.recorded import recorded
from drawings.trend import trend
from tests.drawings.looks import across, bars, lines, marks, symbols, upwards, words
from tests.drawings.rows import HIDDEN, YEAR, frame, survey_row

BROKEN = (survey_row("2018", series="pt"), survey_row("2019", series="pt"), survey_row("2021"), survey_row("2023"))


def test_the_line_breaks_between_two_surveys_and_says_why() -> None:
    picture = trend(frame(*BROKEN))
    drawn = [[across(picture, x) for x, _ in line.points] for line in lines(picture, "forløb")]
    assert drawn == [[2018.5, 2019.5], [2021.5, 2023.5]]
    assert across(picture, lines(picture, "brud")[0].points[0][0]) == 2020.5
    assert "ny undersøgelse – kan ikke sammenlignes" in words(picture)


def test_a_chart_to_edit_has_a_series_on_each_side_of_a_break() -> None:
    chart = trend(frame(*BROKEN)).chart
    assert chart is not None
    assert [series.name for series in chart.series] == ["Herlev (2018–2019)", "Herlev (2021–2023)"]
    assert chart.series[0].values == (80.0, 80.0, None, None)
    assert chart.series[1].values == (None, None, 80.0, 80.0)
    assert chart.remarks[2] == "kan ikke sammenlignes med tidligere målinger"
    assert chart.notes == (
        "Linjen brydes før 2021: kan ikke sammenlignes med tidligere målinger.",
        "Lodret streg: 95 pct.-interval.",
    )
    assert all(low is None or low < 80 for low in chart.series[0].low)
    assert chart.series[1].high[:2] == (None, None)


def test_the_line_breaks_where_two_waves_are_not_comparable() -> None:
    picture = trend(frame(survey_row("2021"), survey_row("2022", comparable=False)))
    assert not lines(picture, "forløb")
    assert "kan ikke sammenlignes" in words(picture)


def test_the_first_wave_is_no_break() -> None:
    assert not lines(trend(frame(survey_row("2021", comparable=False), survey_row("2022"))), "brud")


def test_a_hidden_wave_is_a_gap_with_a_mark() -> None:
    picture = trend(frame(survey_row("2021"), survey_row("2022", **HIDDEN), survey_row("2023")))
    assert not lines(picture, "forløb")
    assert [across(picture, mark.x) for mark in symbols(picture, "uden tal")] == [2022.5]
    assert picture.twin is not None
    assert picture.twin.rows == (("Herlev", "80 pct.", "ikke vist", "80 pct."),)


def test_waves_out_of_order_are_drawn_in_order() -> None:
    picture = trend(frame(survey_row("2022"), survey_row("2021")))
    assert [across(picture, x) for x, _ in lines(picture, "forløb")[0].points] == [2021.5, 2022.5]


def test_a_last_figure_from_an_earlier_wave_says_from_when() -> None:
    rows = frame(survey_row("2022", share=0.7), survey_row("2022", "Ballerup"), survey_row("2023", "Ballerup"))
    assert "70 pct. (2022)" in words(trend(rows))


def test_more_than_five_areas_in_colour_are_refused() -> None:
    areas = [f"område {number}" for number in range(6)]
    rows = frame(*(survey_row(area=area) for area in areas))
    with pytest.raises(ValueError, match="at most 5"):
        trend(rows, highlight=areas)


def test_areas_beyond_the_highlighted_are_grey_context() -> None:
    picture = trend(frame(survey_row(share=0.8), survey_row(area="Ballerup", share=0.6)), highlight=["herlev"])
    assert [upwards(picture, mark.y) for mark in symbols(picture, "andre områder")] == [0.6]
    (name,) = marks(picture, "andre områders navne")
    assert isinstance(name, Text)
    assert (name.lines, name.x, name.colour, name.bold) == (("Ballerup",), 1, "muted", False)


def test_so_many_grey_lines_that_their_names_would_crowd_go_without() -> None:
    rows = frame(survey_row(), *(survey_row(area=f"Område {number}") for number in range(30)))
    assert not marks(trend(rows, highlight=["herlev"]), "andre områders navne")


def test_labels_at_the_end_of_lines_never_overlap() -> None:
    picture = trend(frame(*(survey_row(area=f"Område {number}", share=0.8) for number in range(5))))
    heights = sorted(mark.y for mark in marks(picture, "navn"))
    assert len(heights) == 5
    assert min(after - before for before, after in itertools.pairwise(heights)) >= 16


def test_initiatives_are_bands_on_the_same_axis_with_their_names() -> None:
    rows = frame(survey_row("2021"), survey_row("2023"))
    picture = trend(rows, initiatives=[("Beboerdialog", "2022-01-01", "2023-01-01")])
    (bar,) = bars(picture, "indsatser")
    assert (across(picture, bar.left), across(picture, bar.right)) == (2022.0, 2023.0)
    assert "Beboerdialog" in words(picture)
    assert "Beboerdialog: fra 1.1.2022 til 1.1.2023" in [stop.text for stop in picture.stops]


LONG = "SSP-koordination på tværs af kommunegrænser for børn og unge i alle boligområder"


def test_the_name_of_an_initiative_is_whole_from_the_left_edge_and_its_bar_stands_after_it() -> None:
    initiatives = [("Beboerdialog", "2021-07-01", None), (LONG, "2023-06-01", None), ("Exit", "2022-01-01", None)]
    picture = trend(frame(survey_row("2021"), survey_row("2023")), initiatives=initiatives)
    names = [mark for mark in marks(picture, "indsatsernes navne") if isinstance(mark, Text)]
    assert [" ".join(mark.lines) for mark in names] == ["Beboerdialog", LONG, "Exit"]
    assert {(mark.x, mark.dx, mark.anchor) for mark in names} == {(0, -picture.margin.left, "start")}
    assert all(widest(mark.lines, mark.size) <= 320 for mark in names)
    tops = [mark.y for mark in names]
    for mark, bar, below in zip(names, bars(picture, "indsatser"), [*tops[1:], picture.height], strict=True):
        assert mark.y + LINE_HEIGHT * len(mark.lines) <= bar.top
        assert bar.bottom <= below
    tied = lines(picture, "spor")
    assert [line.points[-1][0] for line in tied] == [bar.left for bar in bars(picture, "indsatser")]


def test_an_initiative_without_an_end_runs_to_the_edge_and_on() -> None:
    picture = trend(frame(survey_row("2021")), initiatives=[("Beboerdialog", "2021-07-01", None)])
    assert [mark.x for mark in symbols(picture, "fortsætter")] == [1.0]


@pytest.mark.parametrize("end", [None, pd.NaT, ""])
def test_an_end_that_is_not_known_means_that_the_initiative_goes_on(end: object) -> None:
    assert within([("Beboerdialog", "2021-01-01", end)], (2020.0, 2024.0))[0][2] is None  # type: ignore[list-item]


def test_initiatives_outside_the_axis_are_left_out() -> None:
    kept = within([("før", "2010-01-01", "2011-01-01"), ("under", "2021-01-01", None)], (2020.0, 2024.0))
    assert [title for title, _, _ in kept] == ["under"]


def test_trend_and_recorded_share_their_time_axis() -> None:
    above, below = trend(frame(survey_row("2021")), years=(2020, 2024)), recorded(frame(*YEAR), years=(2020, 2024))
    assert above.across == below.across
    assert above.margin[:2] == below.margin[:2]


def test_where_an_area_begins_or_ends_stands_a_rule_with_its_words() -> None:
    rows = frame(survey_row("2021"), survey_row("2022"), survey_row("2023"))
    picture = trend(rows, lives=(("2022-07-02", "Herlev begyndte"), ("1999-01-01", "Før tiden")))
    assert [across(picture, line.points[0][0]) for line in lines(picture, "områdets liv")] == [
        pytest.approx(2022.5, abs=0.01)
    ]
    assert "Herlev begyndte" in words(picture)
    assert "Før tiden" not in words(picture)
    assert CAPTION in picture.caption
    assert CAPTION not in trend(rows).caption
