"""The map of what became of places: shape and filling by verdict, numbers as in the list, a line from where it was."""

import pytest
import shapely

from drawings.model import Line, Symbol, Text
from drawings.moves_map import MoveMark, moves_map

TOWN = shapely.box(710_000, 6_180_000, 716_000, 6_184_000)
NEW = MoveMark(1, "new", "Torvet. Nyt", (711_000.0, 6_181_000.0))
MOVED = MoveMark(2, "moved", "Gaden. Flyttet", (713_000.0, 6_182_000.0), (713_900.0, 6_182_000.0))
UNSURE = MoveMark(3, "unsure_new", "Vejen. Måske nyt", (715_000.0, 6_183_000.0))


def test_the_certain_are_filled_and_the_uncertain_hollow() -> None:
    drawing = moves_map([TOWN], [], [NEW, UNSURE], sentence="To steder")
    shapes = {(mark.shape, mark.fill == "paper") for mark in drawing.marks if isinstance(mark, Symbol)}
    assert shapes == {("triangle-up", False), ("triangle-up", True)}


def test_each_place_has_its_number_and_its_words_in_the_order_of_the_list() -> None:
    drawing = moves_map([TOWN], [], [NEW, MOVED, UNSURE], sentence="Tre steder")
    assert sorted(mark.lines[0] for mark in drawing.marks if isinstance(mark, Text)) == ["1", "2", "3"]
    assert [stop.text for stop in drawing.stops] == [
        "1. Torvet. Nyt",
        "2. Gaden. Flyttet",
        "3. Vejen. Måske nyt",
    ]


def test_a_place_that_moved_has_a_dashed_line_from_where_it_was() -> None:
    drawing = moves_map([TOWN], [], [MOVED], sentence="Et sted")
    (line,) = (mark for mark in drawing.marks if isinstance(mark, Line))
    assert line.dash
    assert line.points[0][0] > line.points[1][0]


def test_roads_are_drawn_within_the_municipalities_alone() -> None:
    road = shapely.LineString([(700_000, 6_182_000), (730_000, 6_182_000)])
    drawing = moves_map([TOWN], [road], [], sentence="Ingen")
    (line,) = (mark for mark in drawing.marks if isinstance(mark, Line))
    assert all(0 <= x <= 1 for x, _ in line.points)


def test_without_an_outline_there_is_no_map() -> None:
    with pytest.raises(ValueError, match="no outline"):
        moves_map([], [], [NEW], sentence="Et sted")
