"""Criterion, small multiples, quadrant and week."""

import math

import pandas as pd
import pytest

from drawings.criterion import criterion
from drawings.heat import heat
from drawings.model import Drawing
from drawings.multiples import small_multiples
from drawings.quadrant import quadrant
from tests.drawings.looks import across, bars, lines, marks, symbols, upwards, words
from tests.drawings.rows import HIDDEN, YEAR, frame, incident_row, survey_row

REFERENCE = (0.8, 1.0, "hele landet")


def draw_criterion(**changed: object) -> Drawing:
    given: dict[str, object] = {
        "points": frame(survey_row("2021", share=0.7), survey_row("2022", share=0.72), survey_row("2023", share=0.74)),
        "baseline": ("2021", 0.70, 0.65, 0.75),
        "target": 0.78,
        "deadline": "2027",
        "required_today": 0.727,
        "today": ("2023", 0.74, 0.69, 0.79),
    }
    return criterion(**(given | changed))  # type: ignore[arg-type]


def test_the_way_runs_from_baseline_through_what_is_required_to_the_target() -> None:
    picture = draw_criterion()
    (way,) = lines(picture, "vejen til målet")
    assert [(across(picture, x), upwards(picture, y)) for x, y in way.points] == [
        (2021.5, 0.70), (2023.5, 0.727), (2027.5, 0.78),
    ]  # fmt: skip


def test_goal_requirement_and_today_are_said_in_words() -> None:
    said = words(draw_criterion())
    for text in ("Mål 78 pct.", "Krævet nu 73 pct.", "Nu 74 pct.", "Udgangspunkt 70 pct.", "2027 frist"):
        assert text in said


@pytest.mark.parametrize(("direction", "ends"), [(1, (0.0, "mål")), (-1, ("mål", 96.0))])
def test_the_side_of_the_goal_is_shaded(direction: int, ends: tuple[object, object]) -> None:
    picture = draw_criterion(direction=direction)
    goal = lines(picture, "mål")[0].points[0][1]
    (shade,) = bars(picture, "målside")
    assert (shade.top, shade.bottom) == tuple(goal if end == "mål" else end for end in ends)


def test_today_is_drawn_with_its_interval() -> None:
    picture = draw_criterion()
    assert [upwards(picture, y) for _, y in lines(picture, "nu, interval")[0].points] == [0.69, 0.79]


def test_unknown_limits_give_no_interval() -> None:
    assert not lines(draw_criterion(today=("2023", 0.74, math.nan, math.nan)), "nu, interval")


def test_before_the_first_measurement_only_the_way_is_drawn() -> None:
    picture = draw_criterion(points=pd.DataFrame(), today=None, required_today=None)
    assert not symbols(picture, "nu")
    assert "Krævet nu" not in words(picture)


def test_counts_are_written_as_counts() -> None:
    picture = draw_criterion(
        points=pd.DataFrame({"period": ["2021"], "value": [1240.0]}),
        baseline=("2021", 1240, 1170, 1310),
        target=1000,
        required_today=1112,
        today=("2023", 1180, 1113, 1249),
        direction=-1,
        unit="antal",
    )
    assert "1.000" in words(picture)
    assert "pct." not in words(picture)


def test_a_provisional_year_after_the_one_judged_is_hollow_and_explained() -> None:
    years = pd.DataFrame(
        {"period": ["2022", "2024", "2025"], "value": [19.0, 9.0, 16.0],
         "state": ["published", "published", "provisional"]}
    )  # fmt: skip
    picture = draw_criterion(
        points=years, baseline=("2022", 19, 11, 30), today=("2024", 9, 4, 18), target=12, required_today=15,
        deadline="2026", direction=-1, unit="antal",
    )  # fmt: skip
    assert [mark.fill for mark in symbols(picture, "målinger")] == ["paper"]
    said = words(picture)
    assert "hul: foreløbigt tal" in said
    assert "2024:" in said
    assert "Nu " not in said


def test_a_criterion_is_a_small_picture() -> None:
    assert draw_criterion().height <= 220


def test_every_panel_stands_on_the_one_stated_axis() -> None:
    picture = small_multiples(frame(survey_row(share=0.8), survey_row(area="Ballerup", share=0.6)))
    first, second = symbols(picture, "værdi")
    assert "Alle felter: 50 til 90 pct." in words(picture)
    # 20 points of 40 are half a panel of 76 px.
    assert second.y - first.y == pytest.approx(38)


def test_each_panel_is_named_with_its_newest_figure() -> None:
    said = words(small_multiples(frame(survey_row("2022", share=0.7), survey_row("2023", share=0.8))))
    assert "Herlev" in said
    assert "80 pct." in said
    assert "70 pct." not in said


def test_incident_rows_are_drawn_as_rates_from_zero_in_their_own_colour() -> None:
    picture = small_multiples(frame(*YEAR))
    assert {line.colour for line in lines(picture, "forløb")} == {"recorded"}
    assert "Alle felter: 0 til 3 anmeldelser pr. 1.000" in words(picture)


def test_an_area_without_a_figure_says_so_in_its_panel() -> None:
    assert "ikke vist" in words(small_multiples(frame(survey_row(), survey_row(area="Ballerup", **HIDDEN))))


def test_panels_break_where_comparison_does_and_say_so() -> None:
    picture = small_multiples(frame(survey_row("2019", series="pt"), survey_row("2021"), survey_row("2022")))
    assert len(lines(picture, "forløb")) == 1
    assert "Brud: ny undersøgelse, kan ikke sammenlignes" in words(picture)


def test_both_figures_keep_their_own_axis_and_interval() -> None:
    picture = quadrant(frame(survey_row(share=0.8)), frame(incident_row("2024", 60)), REFERENCE)
    (point,) = symbols(picture, "områder")
    assert (across(picture, point.x), upwards(picture, point.y)) == (2.0, 0.8)
    assert [across(picture, x) for x, _ in lines(picture, "interval, rate")[0].points] == [1.5, 3.0]
    assert [upwards(picture, y) for _, y in lines(picture, "interval, share")[0].points] == [0.75, 0.84]


def test_each_axis_of_the_quadrants_has_its_title() -> None:
    picture = quadrant(frame(survey_row()), frame(incident_row("2024", 60)), REFERENCE)
    titles = [mark.lines for mark in marks(picture, "aksetitel")]
    assert titles == [("Andel i pct.",), ("Anmeldelser pr. 1.000 indbyggere",)]


@pytest.mark.parametrize(("direction", "top"), [(1, "Tryg"), (-1, "Utryg")])
def test_quadrants_are_named_after_what_they_mean(direction: int, top: str) -> None:
    picture = quadrant(frame(survey_row()), frame(incident_row("2024", 60)), REFERENCE, direction=direction)
    upper_left = next(mark for mark in marks(picture, "felt") if (mark.x, mark.level) == (0, "top"))
    assert upper_left.lines == (f"{top},", "få anmeldelser")


def test_an_area_that_lacks_a_figure_is_named_under_the_picture() -> None:
    survey = frame(survey_row(), survey_row(area="Ballerup", **HIDDEN))
    incidents = frame(incident_row("2024", 60), incident_row("2024", 70, area="Ballerup"))
    picture = quadrant(survey, incidents, REFERENCE)
    assert "Uden tal: Ballerup" in words(picture)
    assert len(symbols(picture, "områder")) == 1


def test_several_waves_of_an_area_are_refused() -> None:
    with pytest.raises(ValueError, match="more than one row"):
        quadrant(frame(survey_row("2022"), survey_row("2023")), frame(incident_row("2024", 60)), REFERENCE)


def test_an_hour_that_is_not_reported_is_an_empty_square() -> None:
    week = pd.DataFrame({"weekday": [1, 2], "band": [0, 0], "count": [4.0, math.nan]})
    picture = heat(week, days=["Ma", "Ti"], bands=["0–4"])
    assert len(bars(picture, "felt")) == 1
    assert picture.twin is not None
    assert picture.twin.rows == (("0–4", "4", "–"),)
