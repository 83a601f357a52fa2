"""What the pictures promise: states that cannot be mistaken, lines that break where comparison does, safe text."""

import itertools
import math
from collections.abc import Callable

import pandas as pd
import plotly.graph_objects as go
import pytest

from components.charts import (
    CONFIG,
    criterion,
    dot_and_interval,
    quadrant,
    recorded,
    small_multiples,
    trend,
)
from components.charts.labels import beside, spread
from components.charts.lanes import within
from components.charts.periods import moment, position, quarter_name, quarters
from components.charts.style import caption_lines, percent_ticks, text_width
from drawings.palette import DARK, LIGHT, Palette, fade

# Machado, Oliveira and Fernandes 2009, severity 1.0, on linear RGB.
DEUTERANOPIA = ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.011820, 0.042940, 0.968881))
TO_XYZ = ((0.4124, 0.3576, 0.1805), (0.2126, 0.7152, 0.0722), (0.0193, 0.1192, 0.9505))
WHITE = (0.9505, 1.0, 1.089)
SETTINGS = pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])


# Colours --------------------------------------------------------------------------------------------------------------


def linear(colour: str) -> list[float]:
    parts = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    return [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]


def times(matrix: tuple[tuple[float, ...], ...], vector: list[float]) -> list[float]:
    return [sum(a * b for a, b in zip(row, vector, strict=True)) for row in matrix]


def contrast(one: str, other: str) -> float:
    light, dark = sorted((times(TO_XYZ, linear(colour))[1] for colour in (one, other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def seen_with_deuteranopia(colour: str) -> tuple[float, float, float]:
    """CIELAB of a colour as a reader with deuteranopia sees it."""
    shifted = [min(1.0, max(0.0, part)) for part in times(DEUTERANOPIA, linear(colour))]
    ratios = [part / white for part, white in zip(times(TO_XYZ, shifted), WHITE, strict=True)]
    x, y, z = (ratio ** (1 / 3) if ratio > 0.008856 else 7.787 * ratio + 16 / 116 for ratio in ratios)
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


def distance(one: str, other: str) -> float:
    return math.dist(seen_with_deuteranopia(one), seen_with_deuteranopia(other))


def test_the_contrast_of_black_on_white_is_21() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)


@SETTINGS
def test_every_text_colour_can_be_read_on_paper_and_surface(colours: Palette) -> None:
    texts = [colours.ink, colours.muted, colours.primary, colours.perceived, colours.recorded, colours.better]
    weakest = min(contrast(text, ground) for text in texts for ground in (colours.paper, colours.surface))
    assert weakest >= 4.5


@SETTINGS
def test_names_at_the_end_of_lines_can_be_read_in_their_own_colour(colours: Palette) -> None:
    assert min(contrast(colour, colours.paper) for colour in colours.series) >= 4.5


@SETTINGS
def test_status_colours_stand_out_as_graphics(colours: Palette) -> None:
    marks = [colours.better, colours.worse, colours.neutral]
    assert min(contrast(mark, ground) for mark in marks for ground in (colours.paper, colours.surface)) >= 3


@SETTINGS
def test_status_colours_differ_for_a_reader_with_deuteranopia(colours: Palette) -> None:
    pairs = itertools.combinations([colours.better, colours.worse, colours.neutral], 2)
    assert min(distance(*pair) for pair in pairs) > 15


@SETTINGS
def test_areas_in_one_chart_differ_for_a_reader_with_deuteranopia(colours: Palette) -> None:
    assert min(distance(*pair) for pair in itertools.combinations(colours.series, 2)) > 15


@SETTINGS
def test_perceived_and_recorded_are_never_mistaken(colours: Palette) -> None:
    assert distance(colours.perceived, colours.recorded) > 50


@pytest.mark.parametrize("name", ["sequential_perceived", "sequential_recorded", "diverging"])
def test_neighbouring_classes_of_a_map_differ_for_a_reader_with_deuteranopia(name: str) -> None:
    classes = getattr(LIGHT, name)
    assert len(classes) == 5
    assert min(distance(*pair) for pair in itertools.pairwise(classes)) > 15


def test_a_faded_colour_is_a_css_colour() -> None:
    assert fade("#1f6f9f", 0.25) == "rgba(31,111,159,0.25)"


# Rows -----------------------------------------------------------------------------------------------------------------


def survey_row(wave: str = "2023", area: str = "Herlev", share: float = 0.8, **changed: object) -> dict[str, object]:
    row = {
        "wave": wave, "area_id": area.lower(), "name": area, "level": "municipality", "indicator": "tryg",
        "series": "jm", "share": share, "n": 300, "n_eff": 300, "low": share - 0.05, "high": share + 0.04,
        "quality": "A", "comparable": True, "state": "published", "provenance": "example",
        "hover": f"{area} {wave}",
    }  # fmt: skip
    return row | changed


def incident_row(period: str, count: float, area: str = "Herlev", **changed: object) -> dict[str, object]:
    row = {
        "period": period, "area_id": area.lower(), "name": area, "category": "12", "count": count,
        "rate": count / 30, "low": count / 40, "high": count / 20, "mean": math.nan, "lower": math.nan,
        "upper": math.nan, "signal": "", "state": "published", "provenance": "official", "hover": f"{area} {period}",
    }  # fmt: skip
    return row | changed


def frame(*rows: dict[str, object]) -> pd.DataFrame:
    return pd.DataFrame(list(rows))


HIDDEN = {"share": math.nan, "low": math.nan, "high": math.nan, "state": "hidden"}
UNKNOWN = {"low": math.nan, "high": math.nan, "quality": ""}
YEAR = [incident_row(f"2024K{quarter}", count) for quarter, count in ((1, 50), (2, 60), (3, 55), (4, 52))]


def trace(figure: go.Figure, name: str) -> go.Scatter:
    return next(each for each in figure.data if each.name == name)


def words(figure: go.Figure) -> str:
    """Every text that stands in the picture itself, hover texts aside."""
    picture = figure.to_plotly_json()
    texts = [note["text"] for note in picture["layout"]["annotations"]]
    for each in picture["data"]:
        texts += each.get("text", [])
    for name, axis in picture["layout"].items():
        if name.startswith(("xaxis", "yaxis")):
            texts += axis.get("ticktext", [])
    return " ".join(texts)


def draw_criterion(**changed: object) -> go.Figure:
    given: dict[str, object] = {
        "points": frame(survey_row("2021", share=0.7), survey_row("2022", share=0.72), survey_row("2023", share=0.74)),
        "baseline": ("2021", 0.70, 0.65, 0.75),
        "target": 0.78,
        "deadline": "2027",
        "required_today": 0.727,
        "today": ("2023", 0.74, 0.69, 0.79),
    }
    return criterion(**(given | changed))  # type: ignore[arg-type]


EVERY_CHART: dict[str, Callable[[str, bool], go.Figure]] = {
    "dots": lambda name, dark: dot_and_interval(frame(survey_row(name=name)), dark=dark),
    "trend": lambda name, dark: trend(
        frame(survey_row(name=name)), initiatives=[(name, "2023-02-01", None)], dark=dark
    ),
    "recorded": lambda name, dark: recorded(frame(*YEAR), noun=name, dark=dark),
    "criterion": lambda name, dark: draw_criterion(dark=dark),
    "multiples": lambda name, dark: small_multiples(frame(survey_row(name=name)), dark=dark),
    "quadrant": lambda name, dark: quadrant(
        frame(survey_row(name=name)), frame(incident_row("2024", 30)), (0.8, 1.0, name), dark=dark
    ),
}
EVERY = pytest.mark.parametrize("draw", EVERY_CHART.values(), ids=EVERY_CHART.keys())


# Every picture --------------------------------------------------------------------------------------------------------


@EVERY
def test_a_name_from_the_data_cannot_be_read_as_markup(draw: Callable[[str, bool], go.Figure]) -> None:
    assert "<a>" not in words(draw("A <a>&", False))


@EVERY
def test_hover_shows_the_ready_text_and_nothing_else(draw: Callable[[str, bool], go.Figure]) -> None:
    for each in draw("Herlev", False).data:
        assert each.hoverinfo == "skip" or each.hovertemplate == "%{hovertext}<extra></extra>"


@EVERY
def test_pictures_are_in_danish_numbers_on_a_transparent_ground(draw: Callable[[str, bool], go.Figure]) -> None:
    layout = draw("Herlev", False).layout.template.layout
    assert layout.separators == ",."
    assert layout.paper_bgcolor == layout.plot_bgcolor == "rgba(0,0,0,0)"


@EVERY
def test_a_finger_scrolls_the_page_and_does_not_zoom_the_picture(draw: Callable[[str, bool], go.Figure]) -> None:
    layout = draw("Herlev", False).layout.template.layout
    assert (layout.dragmode, layout.xaxis.fixedrange, layout.yaxis.fixedrange) == (False, True, True)


@EVERY
def test_dark_pictures_take_the_dark_ink(draw: Callable[[str, bool], go.Figure]) -> None:
    assert draw("Herlev", True).layout.template.layout.font.color == DARK.ink


@EVERY
def test_side_margins_leave_a_phone_room_to_draw(draw: Callable[[str, bool], go.Figure]) -> None:
    margin = draw("Københavns Vestegn", False).layout.margin
    assert margin.l + margin.r <= 0.6 * 350


@pytest.mark.parametrize("draw", [dot_and_interval, trend, recorded, small_multiples])
def test_no_rows_give_a_sentence(draw: Callable[[pd.DataFrame], go.Figure]) -> None:
    rows = frame(survey_row() | incident_row("2024K1", 1)).iloc[:0]
    assert "Der er ingen tal at vise." in words(draw(rows))


def test_drawing_does_not_change_the_rows() -> None:
    survey = frame(survey_row("2022"), survey_row("2023"))
    incidents = frame(*YEAR)
    before = survey.copy(), incidents.copy()
    dot_and_interval(survey.tail(1))
    trend(survey)
    small_multiples(survey)
    recorded(incidents)
    quadrant(survey.tail(1), incidents.tail(1), (0.8, 1.0, "hele landet"))
    pd.testing.assert_frame_equal(survey, before[0])
    pd.testing.assert_frame_equal(incidents, before[1])


def test_changing_one_picture_leaves_the_next_alone() -> None:
    dot_and_interval(frame(survey_row())).layout.template.layout.font.color = "red"
    assert dot_and_interval(frame(survey_row())).layout.template.layout.font.color == LIGHT.ink


def test_the_browser_gets_no_tool_bar_and_danish() -> None:
    assert (CONFIG["displayModeBar"], CONFIG["locale"], CONFIG["responsive"]) == (False, "da", True)


def test_a_long_hover_text_is_broken_so_that_a_phone_shows_all_of_it() -> None:
    rows = frame(survey_row(hover="80 pct. føler sig trygge i Herlev (75–84 pct., 300 svar). Det er sikkert bedre."))
    lines = trace(dot_and_interval(rows), "andel").hovertext[0].split("<br>")
    assert max(len(line) for line in lines) <= 36


# Dots -----------------------------------------------------------------------------------------------------------------


def test_areas_stand_in_the_order_of_the_rows_from_the_top() -> None:
    figure = dot_and_interval(frame(survey_row(area="Herlev"), survey_row(area="Ballerup")))
    assert list(figure.layout.yaxis.ticktext) == ["Herlev", "Ballerup"]
    assert figure.layout.yaxis.range[0] > figure.layout.yaxis.range[1]


def test_each_row_says_its_value_and_draws_its_interval() -> None:
    figure = dot_and_interval(frame(survey_row(share=0.8)))
    assert "80 pct." in figure.layout.yaxis2.ticktext[0]
    assert list(trace(figure, "interval").x) == [pytest.approx(0.75), pytest.approx(0.84), None]


def test_a_ready_label_is_used_unchanged() -> None:
    assert "79,5 pct." in words(dot_and_interval(frame(survey_row(label="79,5 pct."))))


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        (HIDDEN | {"quality": "D"}, "ikke vist (for få svar)"),
        (HIDDEN | {"quality": ""}, "skjules (få hændelser)"),
        (HIDDEN | {"state": "missing", "quality": ""}, "ikke målt"),
    ],
)
def test_a_figure_that_is_not_shown_is_words_in_its_row(changed: dict[str, object], said: str) -> None:
    figure = dot_and_interval(frame(survey_row(), survey_row(area="Ballerup", **changed)))
    assert list(trace(figure, "uden tal").y) == [1]
    assert said in trace(figure, "uden tal").text[0]
    assert list(trace(figure, "andel").y) == [0]


def test_a_share_of_quality_d_is_not_drawn_even_where_the_row_holds_it() -> None:
    figure = dot_and_interval(frame(survey_row(), survey_row(area="Ballerup", share=0.31, quality="D")))
    assert 0.31 not in trace(figure, "andel").x
    assert "31" not in words(figure)


def test_quality_c_is_hollow_and_grey_and_explained() -> None:
    figure = dot_and_interval(frame(survey_row(quality="C")))
    marker = trace(figure, "andel").marker
    assert (marker.color[0], marker.line.color[0]) == (LIGHT.paper, LIGHT.neutral)
    assert "○ meget usikker" in words(figure)


def test_a_share_without_interval_is_an_open_diamond_and_explained() -> None:
    figure = dot_and_interval(frame(survey_row(**UNKNOWN)))
    marker = trace(figure, "andel").marker
    assert (marker.symbol[0], marker.color[0]) == ("diamond", LIGHT.paper)
    assert "◇ uden kendt usikkerhed" in words(figure)


def test_the_reference_is_a_line_with_its_name_and_value() -> None:
    figure = dot_and_interval(frame(survey_row()), (0.86, "Hele landet"))
    assert figure.layout.shapes[0].x0 == 0.86
    assert "Hele landet" in words(figure)
    assert "86 pct." in words(figure)


@pytest.mark.parametrize(("direction", "said"), [(1, "højere er bedre"), (-1, "lavere er bedre")])
def test_the_axis_states_its_range_and_what_is_better(direction: int, said: str) -> None:
    figure = dot_and_interval(frame(survey_row(share=0.8)), direction=direction)
    assert "aksen går fra 70 til 90" in words(figure)
    assert said in words(figure)


def test_a_range_from_the_caller_is_kept_so_that_waves_share_it() -> None:
    assert tuple(dot_and_interval(frame(survey_row()), limits=(0.4, 1.0)).layout.xaxis.range) == (0.4, 1.0)


def test_the_picture_grows_with_its_rows() -> None:
    few = dot_and_interval(frame(survey_row()))
    many = dot_and_interval(frame(*(survey_row(area=f"Område {number}") for number in range(11))))
    assert many.layout.height - few.layout.height == 10 * 32


def test_a_selected_area_stands_in_bold() -> None:
    assert "<b>Herlev</b>" in words(dot_and_interval(frame(survey_row()), selected=["herlev"]))


# Trend ----------------------------------------------------------------------------------------------------------------


def test_the_line_breaks_between_two_surveys_and_says_why() -> None:
    rows = frame(survey_row("2018", series="pt"), survey_row("2019", series="pt"), survey_row("2021"))
    figure = trend(rows)
    assert list(trace(figure, "andel").x) == [2018.5, 2019.5, None, 2021.5, None]
    assert figure.layout.shapes[0].x0 == 2020.5
    assert "ny undersøgelse –<br>kan ikke sammenlignes" in words(figure)


def test_the_line_breaks_where_two_waves_are_not_comparable() -> None:
    figure = trend(frame(survey_row("2021"), survey_row("2022", comparable=False)))
    assert list(trace(figure, "andel").x) == [2021.5, None, 2022.5, None]
    assert "kan ikke<br>sammenlignes" in words(figure)


def test_the_first_wave_is_no_break() -> None:
    assert not trend(frame(survey_row("2021", comparable=False), survey_row("2022"))).layout.shapes


def test_a_hidden_wave_is_a_gap_with_a_mark() -> None:
    figure = trend(frame(survey_row("2021"), survey_row("2022", **HIDDEN), survey_row("2023")))
    assert list(trace(figure, "andel").x) == [2021.5, None, 2023.5, None]
    assert list(trace(figure, "uden tal").x) == [2022.5]


def test_waves_out_of_order_are_drawn_in_order() -> None:
    figure = trend(frame(survey_row("2022"), survey_row("2021")))
    assert list(trace(figure, "andel").x) == [2021.5, 2022.5, None]


def test_a_last_figure_from_an_earlier_wave_says_from_when() -> None:
    rows = frame(survey_row("2022", share=0.7), survey_row("2022", "Ballerup"), survey_row("2023", "Ballerup"))
    assert "70 pct. (2022)" in words(trend(rows))


def test_more_than_five_areas_in_colour_are_refused() -> None:
    areas = [f"område {number}" for number in range(6)]
    rows = frame(*(survey_row(area=area) for area in areas))
    with pytest.raises(ValueError, match="at most 5"):
        trend(rows, highlight=areas)


def test_areas_beyond_the_highlighted_are_grey_context() -> None:
    rows = frame(survey_row(share=0.8), survey_row(area="Ballerup", share=0.6))
    figure = trend(rows, highlight=["herlev"])
    assert list(trace(figure, "andre områder").y) == [0.6, None]
    assert "Ballerup" not in words(figure)


def test_labels_at_the_end_of_lines_never_overlap() -> None:
    rows = frame(*(survey_row(area=f"Område {number}", share=0.8) for number in range(5)))
    figure = trend(rows)
    low, high = figure.layout.yaxis.range
    heights = sorted(
        (note.y - low) / (high - low) * 250 for note in figure.layout.annotations if "80 pct." in note.text
    )
    assert len(heights) == 5
    assert min(after - before for before, after in itertools.pairwise(heights)) >= 16


def test_initiatives_are_bands_on_the_same_axis_with_their_names() -> None:
    rows = frame(survey_row("2021"), survey_row("2023"))
    figure = trend(rows, initiatives=[("Beboerdialog", "2022-01-01", "2023-01-01")])
    bar = trace(figure, "indsatser")
    assert (bar.base[0], bar.x[0]) == (2022.0, pytest.approx(1.0))
    assert "Beboerdialog" in words(figure)
    assert bar.hovertext[0] == "Beboerdialog: fra 1.1.2022 til 1.1.2023"


def test_an_initiative_without_an_end_runs_to_the_edge_and_on() -> None:
    figure = trend(frame(survey_row("2021")), initiatives=[("Beboerdialog", "2021-07-01", None)])
    assert list(trace(figure, "fortsætter").x) == [2022.0]


@pytest.mark.parametrize("end", [None, pd.NaT, ""])
def test_an_end_that_is_not_known_means_that_the_initiative_goes_on(end: object) -> None:
    assert within([("Beboerdialog", "2021-01-01", end)], (2020.0, 2024.0))[0][2] is None  # type: ignore[list-item]


def test_initiatives_outside_the_axis_are_left_out() -> None:
    kept = within([("før", "2010-01-01", "2011-01-01"), ("under", "2021-01-01", None)], (2020.0, 2024.0))
    assert [title for title, _, _ in kept] == ["under"]


def test_dialogues_are_marks_on_a_lane_of_their_own_below_the_bands() -> None:
    talks = [("2021-07-01", "vandring, Beboere"), ("2010-01-01", "møde, Beboere")]
    figure = recorded(frame(*YEAR), initiatives=[("Beboerdialog", "2021-01-01", None)], dialogues=talks,
                      years=(2020, 2024))  # fmt: skip
    marks = trace(figure, "dialog")
    assert list(marks.x) == pytest.approx([2021.5], abs=0.01)
    assert list(marks.y) == [1.74]
    assert list(marks.hovertext) == ["1.7.2021: vandring, Beboere"]
    assert figure.layout.yaxis2.range == (2, 0)


def test_trend_and_recorded_share_their_time_axis() -> None:
    above = trend(frame(survey_row("2021")), years=(2020, 2024))
    below = recorded(frame(*YEAR), years=(2020, 2024))
    assert above.layout.xaxis.range == below.layout.xaxis.range == (2020.0, 2025.0)
    assert (above.layout.margin.l, above.layout.margin.r) == (below.layout.margin.l, below.layout.margin.r)


# Recorded -------------------------------------------------------------------------------------------------------------


def test_a_mass_registration_is_cut_off_and_says_its_number() -> None:
    figure = recorded(frame(*YEAR, incident_row("2025K1", 476, signal="mass")))
    assert max(trace(figure, "antal").y) < 80
    assert "Tal over en søjle: masseregistrering" in words(figure)
    assert "skåret af" in words(figure)
    assert "476" in words(figure)


def test_a_mass_registration_within_the_axis_is_numbered_above_the_plot_and_not_said_to_be_cut() -> None:
    figure = recorded(frame(*YEAR, incident_row("2025K1", 60, signal="mass")), plot=200)
    (label,) = [note for note in figure.layout.annotations if "masseregistrering" in (note.name or "")]
    top = figure.layout.yaxis.range[1]
    assert label.y == 60
    assert -label.ay >= 200 * (1 - 60 / top)
    assert "skåret af" not in words(figure)


def test_mass_registrations_close_to_each_other_are_labelled_on_two_levels() -> None:
    masses = [incident_row("2025K1", 476, signal="mass"), incident_row("2025K2", 300, signal="mass")]
    figure = recorded(frame(*YEAR, *masses))
    rises = [note.ay for note in figure.layout.annotations if "masseregistrering" in (note.name or "")]
    assert abs(rises[0] - rises[1]) == pytest.approx(16)


def test_a_true_mass_column_is_a_mass_registration_too() -> None:
    rows = frame(*(row | {"mass": False} for row in YEAR), incident_row("2025K1", 476) | {"mass": True})
    assert "masseregistrering" in words(recorded(rows))


def test_the_provisional_quarter_is_hollow_and_named() -> None:
    figure = recorded(frame(*YEAR, incident_row("2025K1", 40, state="provisional")))
    assert trace(figure, "antal").marker.color[-1] == "rgba(0,0,0,0)"
    assert "1. kv. 2025" in words(figure)
    assert "(foreløbig)" in words(figure)


def test_zero_missing_and_hidden_are_three_different_marks() -> None:
    rows = frame(
        incident_row("2024K1", 0),
        incident_row("2024K2", math.nan, state="missing"),
        incident_row("2024K3", math.nan, state="hidden"),
        incident_row("2024K4", 9),
    )
    figure = recorded(rows)
    marks = {name: list(trace(figure, name).x) for name in ("nul", "ikke indberettet", "skjules")}
    assert marks == {"nul": [2024.125], "ikke indberettet": [2024.375], "skjules": [2024.625]}


def test_a_quarter_without_a_row_is_marked_as_not_reported() -> None:
    figure = recorded(frame(incident_row("2024K1", 8), incident_row("2024K3", 9)))
    mark = trace(figure, "ikke indberettet")
    assert (mark.x[0], mark.hovertext[0]) == (2024.375, "2. kv. 2024: ikke indberettet")


def test_a_count_behind_a_hidden_row_sets_neither_column_nor_axis() -> None:
    figure = recorded(frame(incident_row("2024K1", 5), incident_row("2024K2", 400, state="hidden")))
    assert figure.layout.yaxis.range[1] < 10
    assert list(trace(figure, "antal").y) == [5]


def test_limits_are_drawn_and_named_where_they_are_given() -> None:
    limits = {"mean": 54.0, "lower": 30.0, "upper": 78.0}
    figure = recorded(frame(*(row | limits for row in YEAR)))
    assert set(trace(figure, "upper").y) == {78.0}
    for said in ("middel", "54", "30", "78"):
        assert said in words(figure)


def test_a_short_series_has_no_limits() -> None:
    assert not {"mean", "lower", "upper"} & {each.name for each in recorded(frame(*YEAR)).data}


def test_each_kind_of_signal_has_its_own_shape_and_words() -> None:
    kinds = ["outside", "shift", "trend", "two_of_three"]
    rows = [row | {"signal": kind} for row, kind in zip(YEAR, kinds, strict=True)]
    figure = recorded(frame(*rows))
    assert len(set(trace(figure, "signal").marker.symbol)) == 4
    for said in ("uden for grænserne", "samme side af midten", "i samme retning", "to af tre"):
        assert said in words(figure)


def test_two_areas_in_one_picture_of_columns_are_refused() -> None:
    with pytest.raises(ValueError, match="2 values of area_id"):
        recorded(frame(incident_row("2024K1", 5), incident_row("2024K1", 5, area="Ballerup")))


def test_whole_years_among_the_quarters_are_refused() -> None:
    with pytest.raises(ValueError, match="»2024« is no quarter"):
        recorded(frame(*YEAR, incident_row("2024", 217)))


# Criterion ------------------------------------------------------------------------------------------------------------


def test_the_way_runs_from_baseline_through_what_is_required_to_the_target() -> None:
    way = trace(draw_criterion(), "vejen til målet")
    assert list(zip(way.x, way.y, strict=True)) == [(2021.5, 0.70), (2023.5, 0.727), (2027.5, 0.78)]


def test_goal_requirement_and_today_are_said_in_words() -> None:
    said = words(draw_criterion())
    for text in ("Mål", "78 pct.", "Krævet nu", "73 pct.", "Nu", "74 pct.", "Udgangspunkt", "70 pct.", "2027<br>frist"):
        assert text in said


@pytest.mark.parametrize(("direction", "edge"), [(1, 1), (-1, 0)])
def test_the_side_of_the_goal_is_shaded(direction: int, edge: int) -> None:
    figure = draw_criterion(direction=direction)
    shade = figure.layout.shapes[0]
    assert (shade.y0, shade.y1) == (0.78, figure.layout.yaxis.range[edge])


def test_today_is_drawn_with_its_interval() -> None:
    error = trace(draw_criterion(), "nu").error_y
    assert (error.array[0], error.arrayminus[0]) == (pytest.approx(0.05), pytest.approx(0.05))


def test_unknown_limits_give_no_interval() -> None:
    assert trace(draw_criterion(today=("2023", 0.74, math.nan, math.nan)), "nu").error_y.visible is False


def test_before_the_first_measurement_only_the_way_is_drawn() -> None:
    figure = draw_criterion(points=pd.DataFrame(), today=None, required_today=None)
    assert "nu" not in {each.name for each in figure.data}
    assert "Krævet nu" not in words(figure)


def test_counts_are_written_as_counts() -> None:
    figure = draw_criterion(
        points=pd.DataFrame({"period": ["2021"], "value": [1240.0]}),
        baseline=("2021", 1240, 1170, 1310),
        target=1000,
        required_today=1112,
        today=("2023", 1180, 1113, 1249),
        direction=-1,
        unit="antal",
    )
    assert "1.000" in words(figure)
    assert "pct." not in words(figure)


def test_a_provisional_year_after_the_one_judged_is_hollow_and_explained() -> None:
    years = pd.DataFrame(
        {"period": ["2022", "2024", "2025"], "value": [19.0, 9.0, 16.0],
         "state": ["published", "published", "provisional"]}
    )  # fmt: skip
    figure = draw_criterion(
        points=years, baseline=("2022", 19, 11, 30), today=("2024", 9, 4, 18), target=12, required_today=15,
        deadline="2026", direction=-1, unit="antal",
    )  # fmt: skip
    assert trace(figure, "målinger").marker.symbol == ("circle-open",)
    said = words(figure)
    assert "hul: foreløbigt tal" in said
    assert "2024:" in said
    assert "Nu " not in said


def test_a_criterion_is_a_small_picture() -> None:
    assert draw_criterion().layout.height <= 220


# Small multiples ------------------------------------------------------------------------------------------------------


def test_every_panel_stands_on_the_one_stated_axis() -> None:
    figure = small_multiples(frame(survey_row(share=0.8), survey_row(area="Ballerup", share=0.6)))
    line = trace(figure, "værdi")
    assert "Alle felter: 50 til 90 pct." in words(figure)
    # 20 points of 40 are half a panel of 76 px, downwards.
    assert line.y[2] - line.y[0] == pytest.approx(38)


def test_each_panel_is_named_with_its_newest_figure() -> None:
    said = words(small_multiples(frame(survey_row("2022", share=0.7), survey_row("2023", share=0.8))))
    assert "<b>Herlev</b>" in said
    assert "80 pct." in said
    assert "70 pct." not in said


def test_incident_rows_are_drawn_as_rates_from_zero_in_their_own_colour() -> None:
    figure = small_multiples(frame(*YEAR))
    assert trace(figure, "værdi").line.color == LIGHT.recorded
    assert "Alle felter: 0 til 3 anmeldelser pr. 1.000" in words(figure)


def test_an_area_without_a_figure_says_so_in_its_panel() -> None:
    assert "ikke vist" in words(small_multiples(frame(survey_row(), survey_row(area="Ballerup", **HIDDEN))))


# Quadrant -------------------------------------------------------------------------------------------------------------

REFERENCE = (0.8, 1.0, "hele landet")


def test_both_figures_keep_their_own_axis_and_interval() -> None:
    figure = quadrant(frame(survey_row(share=0.8)), frame(incident_row("2024", 60)), REFERENCE)
    assert (trace(figure, "områder").x[0], trace(figure, "områder").y[0]) == (2.0, 0.8)
    assert list(trace(figure, "interval, rate").x) == [1.5, 3.0, None]
    assert list(trace(figure, "interval, share").y) == [pytest.approx(0.75), pytest.approx(0.84), None]


@pytest.mark.parametrize(("direction", "top"), [(1, "Tryg"), (-1, "Utryg")])
def test_quadrants_are_named_after_what_they_mean(direction: int, top: str) -> None:
    figure = quadrant(frame(survey_row()), frame(incident_row("2024", 60)), REFERENCE, direction=direction)
    upper_left = next(note for note in figure.layout.annotations if note.xref == "paper" and (note.x, note.y) == (0, 1))
    assert upper_left.text == f"<b>{top},<br>få anmeldelser</b>"


def test_an_area_that_lacks_a_figure_is_named_under_the_picture() -> None:
    survey = frame(survey_row(), survey_row(area="Ballerup", **HIDDEN))
    incidents = frame(incident_row("2024", 60), incident_row("2024", 70, area="Ballerup"))
    figure = quadrant(survey, incidents, REFERENCE)
    assert "Uden tal: Ballerup" in words(figure)
    assert len(trace(figure, "områder").x) == 1


def test_several_waves_of_an_area_are_refused() -> None:
    with pytest.raises(ValueError, match="more than one row"):
        quadrant(frame(survey_row("2022"), survey_row("2023")), frame(incident_row("2024", 60)), REFERENCE)


# Places and times -----------------------------------------------------------------------------------------------------


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
    assert (quarter_name("2025K4"), quarter_name("2021")) == ("4. kv. 2025", "2021")


def test_quarters_run_on_over_new_year() -> None:
    assert quarters("2024K3", "2025K2") == ["2024K3", "2024K4", "2025K1", "2025K2"]


def test_only_the_highest_tick_carries_the_unit() -> None:
    assert percent_ticks(0.5, 0.8)["ticktext"] == ["50", "55", "60", "65", "70", "75", "80 pct."]


def test_markup_takes_no_room_in_the_margin() -> None:
    assert text_width("<b>Høje &amp; Gl</b>") == text_width("Høje & Gl")


def test_a_caption_breaks_between_its_parts() -> None:
    assert caption_lines(["a" * 30, "b" * 30, "c"]) == ["a" * 30, "b" * 30 + " · c"]
