"""What every picture promises as SVG: text stays text, data is never markup, and one drawing fits any width."""

import re
from collections.abc import Callable
from xml.etree import ElementTree

import pandas as pd
import pytest

from drawings.dots import dots
from drawings.html import figure
from drawings.model import Drawing
from drawings.multiples import small_multiples
from drawings.paint import css_paint, hex_paint, theme_css
from drawings.palette import DARK, LIGHT
from drawings.quadrant import quadrant
from drawings.recorded import recorded
from drawings.svg import fixed, fluid, fluid_css
from drawings.trend import trend
from tests.drawings.looks import words
from tests.drawings.rows import YEAR, frame, incident_row, survey_row
from tests.drawings.test_other_pictures import draw_criterion

EVERY_PICTURE: dict[str, Callable[[str], Drawing]] = {
    "dots": lambda name: dots(frame(survey_row(name=name, hover=name))),
    "trend": lambda name: trend(frame(survey_row(name=name)), initiatives=[(name, "2023-02-01", None)]),
    "recorded": lambda name: recorded(frame(*YEAR), noun=name),
    "criterion": lambda _: draw_criterion(),
    "multiples": lambda name: small_multiples(
        frame(survey_row("2021", name=name), survey_row(name=name), survey_row(area="Ballerup"))
    ),
    "quadrant": lambda name: quadrant(frame(survey_row(name=name)), frame(incident_row("2024", 30)), (0.8, 1.0, name)),
}
EVERY = pytest.mark.parametrize("draw", EVERY_PICTURE.values(), ids=EVERY_PICTURE.keys())


def read(svg: str) -> ElementTree.Element:
    return ElementTree.fromstring(svg)


@EVERY
def test_a_name_from_the_data_cannot_be_read_as_markup(draw: Callable[[str], Drawing]) -> None:
    picture = draw('A <a href="x">&').said('Et "mål" <b>')
    for svg in (fixed(picture, 600), fluid(picture, "a", stops=True), fluid(picture, "a"), figure(picture, "a")):
        assert not read(svg).findall(".//{*}a")
        assert not read(svg).findall(".//{*}b")


@EVERY
def test_every_word_of_the_picture_is_text_in_both_renderings(draw: Callable[[str], Drawing]) -> None:
    picture = draw("Herlev")
    for svg in (fixed(picture, 600), fluid(picture, "a")):
        said = " ".join("".join(text.itertext()) for text in read(svg).iter("{http://www.w3.org/2000/svg}text"))
        missing = [word for word in words(draw("Herlev")).split() if word not in said and word not in
                   " ".join(picture.caption).split()]  # fmt: skip
        assert not missing


@EVERY
def test_the_fixed_picture_stays_within_its_width(draw: Callable[[str], Drawing]) -> None:
    svg = read(fixed(draw("Herlev"), 600))
    right = [float(circle.get("cx", "0")) for circle in svg.iter("{http://www.w3.org/2000/svg}circle")]
    assert all(0 <= x <= 600 for x in right)


@EVERY
def test_the_fluid_picture_holds_no_width_of_its_own(draw: Callable[[str], Drawing]) -> None:
    picture = draw("Herlev")
    assert read(fluid(picture, "a")).get("width") is None
    assert "calc(100% - " in fluid_css(picture, "a")


@EVERY
def test_it_is_named_for_who_cannot_see_it(draw: Callable[[str], Drawing]) -> None:
    picture = draw("Herlev").said("80 pct. er trygge.")
    for svg in (fixed(picture, 600), fluid(picture, "a"), fluid(picture, "a", stops=True)):
        assert read(svg).get("aria-label") == "Diagram: 80 pct. er trygge."


@EVERY
def test_no_style_and_no_script_stands_in_it_that_a_strict_policy_would_refuse(draw: Callable[[str], Drawing]) -> None:
    html = figure(draw("Herlev"), "a")
    assert not re.search(r"\sstyle=|<style|<script|\son\w+=", html)


@EVERY
def test_side_margins_leave_a_phone_room_to_draw(draw: Callable[[str], Drawing]) -> None:
    margin = draw("Københavns Vestegn").margin
    assert margin.left + margin.right <= 0.6 * 350


def test_points_are_reached_one_after_the_other_and_only_the_first_by_tab() -> None:
    picture = dots(frame(survey_row(), survey_row(area="Ballerup")))
    stops = [each for each in read(fluid(picture, "a", stops=True)).iter() if each.get("class") == "stop"]
    assert [each.get("tabindex") for each in stops] == ["0", "-1"]
    assert [each.get("aria-label") for each in stops] == ["Herlev 2023", "Ballerup 2023"]
    assert [each.get("data-area") for each in stops] == ["herlev", "ballerup"]


def test_without_a_script_a_point_says_its_words_to_the_pointer() -> None:
    titles = read(fluid(dots(frame(survey_row())), "a")).iter("{http://www.w3.org/2000/svg}title")
    assert [title.text for title in titles] == ["Herlev 2023"]


def test_a_picture_in_a_file_is_in_one_set_of_colours_and_a_page_chooses_its_own() -> None:
    picture = dots(frame(survey_row()))
    assert DARK.perceived in fixed(picture, 600, paint=hex_paint(DARK))
    assert LIGHT.perceived in fixed(picture, 600)
    assert css_paint("series.2") == "var(--series-2)"
    assert f"--perceived:{DARK.perceived}" in theme_css().split("prefers-color-scheme:dark")[1]


def test_small_multiples_grow_with_the_areas_and_not_with_their_square() -> None:
    def size(count: int) -> int:
        rows = [survey_row(wave, f"Område {place}") for place in range(count) for wave in ("2021", "2022", "2023")]
        return len(fluid(small_multiples(frame(*rows)), "a"))

    assert size(40) < 4.5 * size(10)


@pytest.mark.parametrize("draw", [dots, trend, recorded, small_multiples])
def test_no_rows_give_a_sentence(draw: Callable[[pd.DataFrame], Drawing]) -> None:
    rows = frame(survey_row() | incident_row("2024K1", 1)).iloc[:0]
    assert "Der er ingen tal at vise." in words(draw(rows))


def test_drawing_does_not_change_the_rows() -> None:
    survey, incidents = frame(survey_row("2022"), survey_row("2023")), frame(*YEAR)
    before = survey.copy(), incidents.copy()
    dots(survey.tail(1))
    trend(survey)
    small_multiples(survey)
    recorded(incidents)
    quadrant(survey.tail(1), incidents.tail(1), (0.8, 1.0, "hele landet"))
    pd.testing.assert_frame_equal(survey, before[0])
    pd.testing.assert_frame_equal(incidents, before[1])
