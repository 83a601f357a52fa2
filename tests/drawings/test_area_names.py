"""The names of areas on a drawn map stand with the areas they name."""

import shapely

from drawings.area_map import framed, placed_names

NAMES = {"a": "Ballerup", "b": "Herlev", "c": "Ishøj"}
WIDE, HIGH = 400.0, 300.0


def test_an_area_outside_the_frame_has_neither_name_nor_thread() -> None:
    shapes = {"a": shapely.box(0, 0, 4000, 3000), "c": shapely.box(90_000, -90_000, 94_000, -87_000)}
    frame = framed([shapes["a"]], WIDE, HIGH)
    assert [name.words for name in placed_names(shapes, {}, NAMES, frame, WIDE, HIGH)] == ["Ballerup"]


def test_a_name_stands_in_what_is_seen_of_its_area_where_it_fits() -> None:
    shapes = {"a": shapely.box(0, 0, 4000, 3000), "b": shapely.box(-900, 0, 0, 3000)}
    frame = framed([shapely.box(-900, 0, 4000, 3000)], WIDE, HIGH)
    placed = {name.words: name for name in placed_names(shapes, {}, NAMES, frame, WIDE, HIGH)}
    herlev = placed["Herlev"]
    assert herlev.tied_to is None
    assert shapes["b"].contains(frame.place(herlev.x, herlev.y))


def test_a_name_stands_in_no_other_area() -> None:
    shapes = {"a": shapely.box(0, 0, 3800, 3000), "b": shapely.box(3800, 0, 9000, 3000)}
    frame = framed([shapes["a"]], WIDE, HIGH)
    placed = {name.words: name for name in placed_names(shapes, {}, NAMES, frame, WIDE, HIGH)}
    assert placed["Ballerup"].tied_to is None
    herlev = placed.get("Herlev")
    assert herlev is None or not shapes["a"].contains(frame.place(herlev.x, herlev.y))
