"""The streets beneath the maps: little at first, kept for good, and nothing in them but streets."""

import json
from dataclasses import replace
from pathlib import Path

import brotli
import pytest

from components.map import AreaMap, Streets, map_message
from components.map.streets import streets_written
from data.partnership import Partnership
from data.store import Store
from data.streets import StreetMap, street_map
from geo.streets import STEPS
from tests.components.test_map import LEGEND, layer, message

AT_FIRST = 250_000


def written(found: StreetMap, static: Path) -> Streets:
    made = streets_written(lambda: found, found.checksum, static)
    assert made is not None
    return made


@pytest.fixture
def shipped_streets(own_store: Store, partnership: Partnership) -> StreetMap:
    return street_map(own_store, own_store.loaded("boundaries"), partnership.members)


def test_all_the_streets_of_three_municipalities_are_fewer_bytes_than_a_first_view_may_take(
    shipped_streets: StreetMap, tmp_path: Path
) -> None:
    written(shipped_streets, tmp_path)
    files = list((tmp_path / "geo").iterdir())
    assert sum(len(brotli.compress(path.read_bytes(), quality=5)) for path in files) < AT_FIRST


def test_the_index_says_where_each_piece_of_each_step_lies(shipped_streets: StreetMap, tmp_path: Path) -> None:
    made = written(shipped_streets, tmp_path)
    steps = json.loads((tmp_path / made.url.removeprefix("app/static/")).read_text(encoding="utf-8"))["steps"]
    assert [step["zoom"] for step in steps] == [step.zoom for step in STEPS]
    for file, west, south, east, north in (piece for step in steps for piece in step["pieces"]):
        assert (tmp_path / "geo" / file).exists()
        assert (west < east, south < north) == (True, True)


def test_streets_that_are_written_are_not_read_again(shipped_streets: StreetMap, tmp_path: Path) -> None:
    made = written(shipped_streets, tmp_path)

    def reads() -> StreetMap:
        raise AssertionError("read again")

    assert streets_written(reads, shipped_streets.checksum, tmp_path) == made


def test_a_map_without_streets_and_landmarks_is_none(shipped_streets: StreetMap, tmp_path: Path) -> None:
    empty = replace(shipped_streets, roads=shipped_streets.roads.iloc[:0], landmarks=shipped_streets.landmarks.iloc[:0])
    assert streets_written(lambda: empty, "0" * 64, tmp_path) is None


def test_whose_the_streets_are_stands_beneath_the_map_once() -> None:
    streets = Streets("app/static/geo/veje-000000000000.json", "Veje: GeoDanmark")
    told = map_message(AreaMap(layer(2), [1, 1], ["", ""], LEGEND, "Kort.", streets=streets))
    assert told["streets"] == streets.url
    assert told["credit"].endswith("Veje: GeoDanmark")


def test_without_streets_nothing_is_said_of_them() -> None:
    assert "streets" not in message()


def test_the_cells_of_a_chosen_place_are_told_by_their_numbers() -> None:
    assert message(3, cluster=["omraade-1", "omraade-2"])["cluster"] == [1, 2]
