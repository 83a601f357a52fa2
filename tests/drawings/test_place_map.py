"""The map of insecure places: shape and colour by state, numbers from near, and nothing finer than a square."""

import shapely

from drawings.model import Area, Symbol, Text
from drawings.place_map import PlaceMark, place_map
from drawings.promises_html import Group, Promise, promises_html

AREA = shapely.box(710_000, 6_180_000, 710_800, 6_180_600)
MARKS = [PlaceMark(1, "åben", "Sti", 710_050.0, 6_180_050.0), PlaceMark(2, "udført", "Torv", 710_050.0, 6_180_050.0)]


def test_each_state_has_a_shape_and_a_colour_of_its_own() -> None:
    symbols = [mark for mark in place_map([AREA], [], MARKS, sentence="To steder").marks if isinstance(mark, Symbol)]
    assert [(mark.shape, mark.fill) for mark in symbols] == [("circle", "worse"), ("diamond", "better")]


def test_two_places_of_one_square_stand_beside_each_other_with_their_numbers() -> None:
    drawing = place_map([AREA], [], MARKS, sentence="To steder")
    numbers = [mark for mark in drawing.marks if isinstance(mark, Text)]
    assert [mark.lines for mark in numbers] == [("1",), ("2",)]
    assert numbers[0].x < numbers[1].x
    assert sum(isinstance(mark, Area) and mark.name == "kvadrat" for mark in drawing.marks) == 2


def test_from_afar_a_place_is_a_mark_without_number() -> None:
    wide = shapely.box(700_000, 6_175_000, 720_000, 6_190_000)
    assert not [mark for mark in place_map([wide], [], MARKS, sentence="").marks if isinstance(mark, Text)]


def test_the_list_escapes_what_people_wrote_and_gives_readers_no_button() -> None:
    place = Promise("p", 1, "åben", "Sti <b>", "", "", "Lys & luft", "Ingen ansvarlig endnu", "", True)
    html = promises_html([Group("Åben", "1 sted", (place,))])
    assert "Sti &lt;b&gt;" in html
    assert "Lys &amp; luft" in html
    assert "<button" not in html
    assert 'data-place="p"' in promises_html([Group("Åben", "1 sted", (place,))], may_write=True)
