"""The live map's Python side: what a rerun sends, what a geometry file holds, and what is refused."""

import json
from pathlib import Path
from typing import Any

import pytest
from shapely.geometry import MultiPolygon, Point, Polygon, box
from streamlit.testing.v1 import AppTest

from components.map import (
    AreaMap,
    GeometryLayer,
    Legend,
    LegendRow,
    Style,
    map_message,
    picked_area,
    publish_layer,
)
from components.map.tiles import tiles_from_environment
from components.map.wire import DIGITS, encoded, packed_classes, packed_texts
from geo.packing import ALPHABET

LEGEND = Legend("Andel trygge", (LegendRow("#cccccc", "under 80 pct."), LegendRow("#14506e", "80 pct. eller mere")))
HERLEV = box(12.40, 55.72, 12.45, 55.75)
RING = Polygon(HERLEV.exterior.coords, [box(12.41, 55.73, 12.42, 55.74).exterior.coords])


def layer(count: int) -> GeometryLayer:
    ids = tuple(f"omraade-{number}" for number in range(count))
    return GeometryLayer("app/static/geo/x-000000000000.json", ids, ids, (12.0, 55.0, 13.0, 56.0))


def message(count: int = 2, **changes: Any) -> dict[str, Any]:
    given: dict[str, Any] = {"classes": [1] * count, "labels": ["79,3 pct."] * count, "legend": LEGEND, "alt": "Kort."}
    given |= changes
    return map_message(AreaMap(layer(count), **given))


def outlines(file: dict[str, Any]) -> list[list[list[list[tuple[float, float]]]]]:
    """Read a geometry file as the browser does: areas of polygons of rings of (lat, lng)."""
    value = {chr(code): place for place, code in enumerate(ALPHABET)}
    areas: list[list[list[list[tuple[float, float]]]]] = []
    lat, lng = 0, 0
    for area in file["shape"].split(" "):
        areas.append([])
        for polygon in area.split("!"):
            areas[-1].append([])
            for ring in polygon.split("'"):
                numbers, number, shift = [], 0, 0
                for letter in ring:
                    number |= (value[letter] & 31) << shift
                    shift += 5
                    if not value[letter] & 32:
                        numbers.append((number >> 1) ^ -(number & 1))
                        number = shift = 0
                points = []
                for north, east in zip(numbers[::2], numbers[1::2], strict=True):
                    lat, lng = lat + north, lng + east
                    points.append((lat / 1e5, lng / 1e5))
                areas[-1][-1].append(points)
    return areas


def test_a_rerun_of_twenty_areas_sends_at_most_five_kilobytes() -> None:
    figures = [f"{share},3 pct. trygge (95 pct.: {share - 4},1–{share + 4},0)" for share in range(70, 90)]
    labels = [f"{figure}\n212 svar, kvalitet B\nKilde: Politiets Tryghedsundersøgelse" for figure in figures]
    assert len(encoded(message(20, labels=labels))) <= 5_000


def test_twenty_thousand_cells_send_at_most_150_kilobytes() -> None:
    labels = [f"{number % 9} anmeldelser\n{number % 60} husstande\nEksempeldata" for number in range(20_000)]
    assert len(encoded(message(20_000, labels=labels))) <= 150_000


def test_a_rerun_sends_no_geometry_and_no_area_names() -> None:
    sent = message(2, selected="omraade-1")
    assert sent["layer"] == "app/static/geo/x-000000000000.json"
    assert json.dumps(sent).count("omraade-") == 1


def test_class_and_style_are_one_character_each_area() -> None:
    packed = packed_classes([0, 1, 1, None], [Style.NORMAL, Style.HATCHED, Style.OUTLINED, Style.NORMAL])
    assert [DIGITS.index(letter) for letter in packed] == [3, 7, 8, 0]


def test_hidden_missing_and_zero_are_three_signs_without_a_class() -> None:
    packed = packed_classes([None] * 3, [Style.OUTLINED, Style.MISSING, Style.ZERO])
    assert [DIGITS.index(letter) for letter in packed] == [0, 1, 2]
    with pytest.raises(ValueError, match="Tegnemåden"):
        packed_classes([0], [Style.ZERO])


def test_a_line_shared_by_all_areas_is_sent_once() -> None:
    assert packed_texts(["79,3 pct.\nKilde", "85,0 pct.\nKilde"]) == [{"v": "79,3 pct.\n85,0 pct."}, {"u": "Kilde"}]


def test_repeated_lines_are_sent_once_with_an_index() -> None:
    assert packed_texts(["mange svar", "få svar", "mange svar"]) == [{"u": "mange svar\nfå svar", "i": "010"}]


def test_more_than_64_different_lines_are_told_apart_by_two_digits() -> None:
    lines = [f"{number % 70} anmeldelser i området" for number in range(700)]
    [column] = packed_texts(lines)
    unique, index = column["u"].split("\n"), column["i"]
    places = [DIGITS.index(index[2 * k]) * 64 + DIGITS.index(index[2 * k + 1]) for k in range(700)]
    assert [unique[place] for place in places] == lines


def test_a_shorter_label_has_empty_lines() -> None:
    assert packed_texts(["tal\nkilde", "vises ikke"])[1] == {"v": "kilde\n"}


def test_labels_are_sent_as_plain_text_unchanged() -> None:
    assert message(1, labels=["<b>»79,3« & æøå</b>"])["labels"] == [{"u": "<b>»79,3« & æøå</b>"}]
    assert "æøå" in encoded(message(1, labels=["æøå"])).decode()


def test_areas_without_a_class_are_drawn_as_outlines() -> None:
    assert message(2, classes=[None, 0])["classes"] == "03"


def test_a_class_without_a_legend_row_is_refused() -> None:
    with pytest.raises(ValueError, match="Klassen 2 har ingen række"):
        message(2, classes=[0, 2])


def test_too_few_labels_are_refused() -> None:
    with pytest.raises(ValueError, match="Kortet har 2 områder, men 1 tekster"):
        message(2, labels=["kun én"])


def test_a_selected_area_that_is_not_on_the_map_is_refused() -> None:
    with pytest.raises(ValueError, match="»odense« findes ikke på kortet"):
        message(2, selected="odense")


def test_a_base_that_is_the_layer_itself_is_not_drawn_twice() -> None:
    assert "base" not in message(2, base=layer(2))


def test_a_geometry_file_holds_ids_names_and_outlines_and_nothing_else(tmp_path: Path) -> None:
    published = publish_layer("kommuner", ["herlev"], ["Herlev"], [HERLEV], static=tmp_path)
    file = json.loads((tmp_path / published.url.removeprefix("app/static/")).read_text(encoding="utf-8"))
    assert set(file) == {"decimals", "id", "name", "shape"}
    assert (file["id"], file["name"]) == (["herlev"], ["Herlev"])


def test_an_outline_read_back_is_the_outline_written(tmp_path: Path) -> None:
    two = MultiPolygon([box(12.5, 55.7, 12.6, 55.8), RING])
    published = publish_layer("x", ["a", "b"], ["A", "B"], [HERLEV, two], static=tmp_path)
    file = json.loads((tmp_path / published.url.removeprefix("app/static/")).read_text(encoding="utf-8"))
    first, second = outlines(file)
    assert [(lng, lat) for lat, lng in first[0][0]] == list(HERLEV.exterior.coords)[:-1]
    assert [len(polygon) for polygon in second] == [1, 2]
    assert [(lng, lat) for lat, lng in second[1][1]] == list(RING.interiors[0].coords)[:-1]


def test_the_address_changes_with_the_outline_and_only_then(tmp_path: Path) -> None:
    moved = box(12.40, 55.72, 12.46, 55.75)
    addresses = [
        publish_layer("x", ["a"], ["A"], [outline], static=tmp_path).url for outline in (HERLEV, HERLEV, moved)
    ]
    assert addresses[0] == addresses[1] != addresses[2]
    assert len(list((tmp_path / "geo").iterdir())) == 2


def test_the_bounds_of_a_layer_are_west_south_east_north(tmp_path: Path) -> None:
    assert publish_layer("x", ["a"], ["A"], [HERLEV], static=tmp_path).bounds == (12.40, 55.72, 12.45, 55.75)


def test_metres_given_as_degrees_are_refused_with_the_remedy(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="EPSG:4326"):
        publish_layer("x", ["a"], ["A"], [box(714000, 6179000, 715000, 6180000)], static=tmp_path)


@pytest.mark.parametrize("outline", [Point(12.4, 55.7), Polygon()])
def test_an_area_that_is_no_surface_is_refused_by_name(tmp_path: Path, outline: Any) -> None:
    with pytest.raises(ValueError, match="Omridset af »herlev«"):
        publish_layer("x", ["herlev"], ["Herlev"], [outline], static=tmp_path)


def test_an_area_given_twice_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="samme område mere end én gang"):
        publish_layer("x", ["a", "a"], ["A", "A"], [HERLEV, RING], static=tmp_path)


@pytest.mark.parametrize(
    ("event", "pick"),
    [
        ({"area": "omraade-1"}, ("omraade-1",)),
        ({"area": None}, (None,)),
        ({"area": "odense"}, None),
        ({"area": ["omraade-1"]}, None),
        ("omraade-1", None),
        (None, None),
    ],
)
def test_only_areas_on_the_map_can_be_picked(event: object, pick: tuple[str | None] | None) -> None:
    assert picked_area(event, layer(2)) == pick


def test_there_is_no_background_map_unless_one_is_named() -> None:
    assert tiles_from_environment({}) is None


def test_a_named_background_map_opens_the_policy_for_its_host_only() -> None:
    tiles = tiles_from_environment({"TRYGHED_TILES_URL": "https://kort.example.dk/{z}/{x}/{y}.png"})
    assert tiles is not None
    assert tiles.origin == "https://kort.example.dk"


@pytest.mark.parametrize(
    "url", ["http://kort.example.dk/{z}/{x}/{y}.png", "https://{s}.example.dk/{z}/{x}/{y}.png", "https://example.dk/"]
)
def test_an_unusable_tile_address_is_refused(url: str) -> None:
    with pytest.raises(ValueError, match="TRYGHED_TILES_URL"):
        tiles_from_environment({"TRYGHED_TILES_URL": url})


def test_a_page_with_a_map_runs_and_keeps_the_selection_it_was_given() -> None:
    def page() -> None:
        from components.map import AreaMap, GeometryLayer, Legend, area_map

        areas = GeometryLayer("app/static/geo/x-000000000000.json", ("herlev",), ("Herlev",), (12.0, 55.0, 13.0, 56.0))
        area_map(AreaMap(areas, [None], ["Ikke målt"], Legend("Tryg", ()), "Kort.", selected="herlev"), key="k")

    at = AppTest.from_function(page, default_timeout=20).run()
    assert not at.exception
    (drawn,) = at.get("bidi_component")
    assert json.loads(drawn.proto.bytes)["selected"] == "herlev"


def test_areas_that_stand_out_are_sent_by_their_place_and_explained_in_the_legend() -> None:
    legend = Legend("Anmeldelser", LEGEND.rows, marked="Optrukket: hotspot")
    sent = message(3, marked=["omraade-2", "omraade-0"], legend=legend)
    assert sent["marked"] == [2, 0]
    assert sent["legend"]["marked"] == "Optrukket: hotspot"


def test_a_map_where_nothing_stands_out_sends_no_marks() -> None:
    assert "marked" not in message(3)


def test_a_mark_on_an_area_that_is_not_on_the_map_is_refused() -> None:
    with pytest.raises(ValueError, match="findes ikke på kortet"):
        message(3, marked=["atlantis"])
