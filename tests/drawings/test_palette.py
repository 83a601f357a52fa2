"""Colours that can be read, and told apart by a reader with deuteranopia."""

import itertools
import math

import pytest

from drawings.paint import css_paint, css_variables, forced_css, hex_paint
from drawings.palette import DARK, LIGHT, Palette, fade, map_colours, map_pairs, palette

# Machado, Oliveira and Fernandes 2009, severity 1.0, on linear RGB.
DEUTERANOPIA = ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.011820, 0.042940, 0.968881))
TO_XYZ = ((0.4124, 0.3576, 0.1805), (0.2126, 0.7152, 0.0722), (0.0193, 0.1192, 0.9505))
WHITE = (0.9505, 1.0, 1.089)
SETTINGS = pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])


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


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("scale", ["perceived", "recorded", "verdict"])
def test_what_is_strongest_on_a_map_stands_out_from_the_ground_in_light_and_dark(scale: str, dark: bool) -> None:
    colours = map_colours(scale, dark)
    strongest = [colours[-1]] if scale != "verdict" else [colours[0], colours[-1]]
    weakest = colours[1] if scale == "verdict" else colours[0]
    paper = palette(dark).paper
    assert min(contrast(each, paper) for each in strongest) >= 4.5
    assert all(contrast(each, paper) > contrast(weakest, paper) for each in strongest)


def test_a_pair_of_colours_is_decided_by_the_page_and_by_a_file() -> None:
    low, *_, high = map_pairs("recorded")
    assert (css_paint(low), css_paint(high)) == ("light-dark(#ffffd4,#993404)", "light-dark(#993404,#ffffd4)")
    assert (hex_paint(LIGHT)(low), hex_paint(DARK)(low)) == ("#ffffd4", "#993404")


@pytest.mark.parametrize("scale", ["perceived", "recorded"])
def test_a_map_of_nine_classes_goes_from_the_same_lightest_to_the_same_darkest_in_nine_different_colours(
    scale: str,
) -> None:
    five, nine = map_colours(scale), map_colours(scale, classes=9)
    assert (nine[0], nine[4], nine[-1]) == (five[0], five[2], five[-1])
    assert len(set(nine)) == 9


def test_a_map_of_few_classes_keeps_the_colours_of_the_scale() -> None:
    assert map_colours("perceived", classes=4) == map_colours("perceived")


def test_a_faded_colour_is_a_css_colour() -> None:
    assert fade("#1f6f9f", 0.25) == "rgba(31,111,159,0.25)"


def test_high_contrast_states_every_colour_of_a_picture_anew() -> None:
    roles = [said.partition(":")[0] for said in css_variables(LIGHT).split(";")]
    forced = forced_css(".picture")
    assert [role for role in roles if f"{role}:" not in forced] == []
    assert "#" not in forced
