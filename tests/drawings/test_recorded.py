"""Recorded offences by quarter: mass registrations cut and numbered; zero, missing and hidden never alike."""

import math

import pytest

from drawings.recorded import recorded
from tests.drawings.looks import across, bars, lines, marks, symbols, upwards, words
from tests.drawings.rows import YEAR, frame, incident_row


def test_a_mass_registration_is_cut_off_and_says_its_number() -> None:
    picture = recorded(frame(*YEAR, incident_row("2025K1", 476, signal="mass")))
    assert max(upwards(picture, bar.top) for bar in bars(picture, "antal")) < 80
    for said in ("Tal over en søjle: masseregistrering", "skåret af", "476"):
        assert said in words(picture)


def test_a_chart_to_edit_cuts_the_axis_and_says_so_beside_the_full_count() -> None:
    chart = recorded(frame(*YEAR, incident_row("2025K1", 476, signal="mass"))).chart
    assert chart is not None
    assert chart.high is not None
    assert chart.high < 80
    assert (chart.series[0].values[-1], chart.remarks[-1]) == (476, "masseregistrering")


def test_a_mass_registration_within_the_axis_is_numbered_above_the_plot_and_not_said_to_be_cut() -> None:
    picture = recorded(frame(*YEAR, incident_row("2025K1", 60, signal="mass")), plot=200)
    thread, label = marks(picture, "masseregistrering 2025K1")
    assert upwards(picture, thread.points[0][1]) == 60
    assert label.y < 0
    assert "skåret af" not in words(picture)


def test_mass_registrations_close_to_each_other_are_labelled_on_two_levels() -> None:
    masses = [incident_row("2025K1", 476, signal="mass"), incident_row("2025K2", 300, signal="mass")]
    picture = recorded(frame(*YEAR, *masses))
    first, second = (marks(picture, f"masseregistrering {period}")[1].y for period in ("2025K1", "2025K2"))
    assert abs(first - second) == 16


def test_a_true_mass_column_is_a_mass_registration_too() -> None:
    rows = frame(*(row | {"mass": False} for row in YEAR), incident_row("2025K1", 476) | {"mass": True})
    assert "masseregistrering" in words(recorded(rows))


def test_the_provisional_quarter_is_hollow_and_named() -> None:
    picture = recorded(frame(*YEAR, incident_row("2025K1", 40, state="provisional")))
    assert [bar.fill for bar in bars(picture, "antal")][-2:] == ["recorded", ""]
    assert "1. kv. 2025: 40 (foreløbig)" in words(picture)
    assert picture.chart is not None
    assert picture.chart.series[0].hollow[-1]


def test_zero_missing_and_hidden_are_three_different_marks() -> None:
    rows = frame(
        incident_row("2024K1", 0),
        incident_row("2024K2", math.nan, state="missing"),
        incident_row("2024K3", math.nan, state="hidden"),
        incident_row("2024K4", 9),
    )
    picture = recorded(rows)
    found = {
        name: [(across(picture, mark.x), mark.shape) for mark in symbols(picture, name)]
        for name in ("nul", "ikke indberettet", "skjules")
    }
    assert found == {
        "nul": [(2024.125, "line")],
        "ikke indberettet": [(2024.375, "cross")],
        "skjules": [(2024.625, "square")],
    }
    assert picture.twin is not None
    assert [row[1:] for row in picture.twin.rows[:3]] == [
        ("0", ""),
        ("–", "ikke indberettet"),
        ("–", "skjules (få hændelser)"),
    ]


def test_a_quarter_without_a_row_is_marked_as_not_reported() -> None:
    picture = recorded(frame(incident_row("2024K1", 8), incident_row("2024K3", 9)))
    assert [across(picture, mark.x) for mark in symbols(picture, "ikke indberettet")] == [2024.375]
    assert "2. kv. 2024: ikke indberettet" in [stop.text for stop in picture.stops]


def test_a_count_behind_a_hidden_row_sets_neither_column_nor_axis() -> None:
    picture = recorded(frame(incident_row("2024K1", 5), incident_row("2024K2", 400, state="hidden")))
    assert picture.upwards is not None
    assert picture.upwards.high < 10
    assert len(bars(picture, "antal")) == 1
    assert "400" not in f"{picture.twin}{picture.chart}"


def test_limits_are_drawn_and_named_where_they_are_given() -> None:
    limits = {"mean": 54.0, "lower": 30.0, "upper": 78.0}
    picture = recorded(frame(*(row | limits for row in YEAR)))
    assert {upwards(picture, y) for _, y in lines(picture, "upper")[0].points} == {78.0}
    for said in ("middel 54", "grænse 30", "grænse 78"):
        assert said in words(picture)


def test_a_short_series_has_no_limits() -> None:
    assert not {"mean", "lower", "upper"} & {mark.name for mark in recorded(frame(*YEAR)).marks}


def test_each_kind_of_signal_has_its_own_shape_and_words() -> None:
    kinds = ["outside", "shift", "trend", "two_of_three"]
    picture = recorded(frame(*(row | {"signal": kind} for row, kind in zip(YEAR, kinds, strict=True))))
    assert len({mark.shape for mark in symbols(picture, "signal")}) == 4
    for said in ("uden for grænserne", "samme side af midten", "i samme retning", "to af tre"):
        assert said in words(picture)


def test_dialogues_are_marks_on_a_lane_of_their_own_below_the_bands() -> None:
    talks = [("2021-07-01", "vandring, Beboere"), ("2010-01-01", "møde, Beboere")]
    picture = recorded(
        frame(*YEAR), initiatives=[("Beboerdialog", "2021-01-01", None)], dialogues=talks, years=(2020, 2024)
    )
    (mark,) = symbols(picture, "dialog")
    assert across(picture, mark.x) == pytest.approx(2021.5, abs=0.01)
    assert mark.y > bars(picture, "indsatser")[0].bottom
    assert "1.7.2021: vandring, Beboere" in [stop.text for stop in picture.stops]


def test_two_areas_in_one_picture_of_columns_are_refused() -> None:
    with pytest.raises(ValueError, match="2 values of area_id"):
        recorded(frame(incident_row("2024K1", 5), incident_row("2024K1", 5, area="Ballerup")))


def test_whole_years_among_the_quarters_are_refused() -> None:
    with pytest.raises(ValueError, match="»2024« is no quarter"):
        recorded(frame(*YEAR, incident_row("2024", 217)))


def stretch(periods: list[str], mean: float, begun: str, quarters: int, *, moved: bool) -> list[dict[str, object]]:
    limits = {"mean": mean, "lower": mean - 10, "upper": mean + 10, "season": 1.0}
    limits |= {"limits_from": begun, "limits_n": quarters, "limits_moved": moved}
    return [incident_row(period, mean, **limits) for period in periods]


def test_limits_that_moved_are_drawn_as_steps_with_a_line_where_and_a_sentence_on_why() -> None:
    old = stretch(["2023K3", "2023K4"], 50, "2016K1", 32, moved=False)
    new = stretch(["2024K1", "2024K2"], 30, "2024K1", 14, moved=True)
    picture = recorded(frame(*old, *new))
    (line,) = lines(picture, "nye grænser")
    assert {across(picture, x) for x, _ in line.points} == {2024.0}
    said = words(picture)
    assert "regnet om fra 1. kvartal 2024, fordi antallet varigt skiftede niveau" in said
    assert "De hviler på 14 kvartaler derfra; de forrige på 32 kvartaler fra 1. kvartal 2016." in said


def test_limits_that_never_moved_say_what_they_rest_on_and_draw_no_line() -> None:
    picture = recorded(frame(*stretch(["2024K1", "2024K2"], 30, "2016K1", 34, moved=False)))
    assert not marks(picture, "nye grænser")
    assert "Grænserne hviler på 34 kvartaler fra 1. kvartal 2016 og er ikke flyttet." in words(picture)


def test_limits_that_follow_the_season_say_so() -> None:
    rows = frame(*stretch(["2024K1", "2024K2"], 30, "2016K1", 34, moved=False)).assign(season=[0.8, 1.2])
    assert "De følger årstiden." in words(recorded(rows))


def test_three_in_a_row_near_one_limit_are_marked_and_named() -> None:
    picture = recorded(frame(*YEAR, incident_row("2025K1", 60, signal="three_of_three")))
    assert [mark.shape for mark in symbols(picture, "signal")] == ["square"]
    assert "tre i træk tæt på samme grænse" in words(picture)


def test_counts_that_came_as_years_are_drawn_as_years() -> None:
    picture = recorded(frame(incident_row("2022", 100), incident_row("2024", 160)))
    first, second = bars(picture, "antal")
    assert second.right - second.left == pytest.approx(first.right - first.left)
    assert first.right - first.left == pytest.approx(0.72 / 3, abs=0.01)
    assert "Anmeldelser pr. år" in words(picture)
    assert picture.twin.headings[0] == "År"
    assert [row[0] for row in picture.twin.rows] == ["2022", "2023", "2024"]
