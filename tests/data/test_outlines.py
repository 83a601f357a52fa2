"""Outlines from an address or a file in EPSG:25832, as DAGI has them."""

import json
from pathlib import Path

import pandas as pd
import pytest

from data.__main__ import main
from data.contracts.problems import ContractError
from data.intake.download import Patience
from data.intake.outlines import ADDRESS, FetchedOutlines, fetch_outlines
from data.store import Incoming, Store, StoreError
from tests.outline_server import OutlineServer, busy, cut_off, missing, web_page
from tests.outline_server import outline_server as outline_server

HASTE = Patience(connect=0.5, silence=0.5, whole=1.0, attempts=3, pause=0.01, longest_pause=0.02)
AREAS = pd.DataFrame(
    {
        "area_id": ["herlev", "gladsaxe"], "code": ["163", "159"], "name": ["Herlev", "Gladsaxe"],
        "level": "municipality", "parent_id": "", "provenance": "official", "source_id": "dagi",
    }
)  # fmt: skip
EAST, NORTH = 715_000, 6_180_000


def municipality(code: str, name: str, east: float, corner: float = 1000) -> dict[str, object]:
    ring = [[east, NORTH], [east + 1000, NORTH], [east + corner, NORTH + 1000], [east, NORTH]]
    return {
        "type": "Feature",
        "properties": {"kode": code, "navn": name},
        "geometry": {"type": "Polygon", "coordinates": [ring]},
    }


def dagi(*features: object) -> bytes:
    """A national file in EPSG:25832."""
    crs = {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::25832"}}
    return json.dumps({"type": "FeatureCollection", "crs": crs, "features": features}).encode()


NATIONAL = dagi(
    municipality("0163", "Herlev", EAST),
    municipality("0159", "Gladsaxe", EAST + 2000),
    municipality("0101", "København", EAST + 4000),
)


@pytest.fixture
def with_areas(store: Store) -> Store:
    store.load([Incoming("areas", AREAS, "areas.csv", "0" * 64)], by="test")
    return store


def fetched(store: Store, server: OutlineServer) -> FetchedOutlines:
    return fetch_outlines(store, server.address, patience=HASTE)


def test_our_areas_are_taken_from_a_national_file_and_the_others_counted(
    with_areas: Store, outline_server: OutlineServer
) -> None:
    outline_server.content = NATIONAL
    found = fetched(with_areas, outline_server)
    assert [sorted(table.frame["area_id"]) for table in found.incoming] == [["gladsaxe", "herlev"]]
    assert found.sentences == (
        "kommuner.geojson: 2 områder har fået nye omrids: Gladsaxe og Herlev.",
        "kommuner.geojson: 1 område, som ikke er vores, er sprunget over.",
    )


def test_they_are_turned_into_degrees(with_areas: Store, outline_server: OutlineServer) -> None:
    from shapely import from_wkb

    outline_server.content = NATIONAL
    (table,) = fetched(with_areas, outline_server).incoming
    west, south, _, _ = from_wkb(table.frame["geometry"].iloc[0]).bounds
    assert (round(west, 1), round(south, 1)) == (12.4, 55.7)


def test_only_what_differs_from_what_stands_is_loaded(with_areas: Store, outline_server: OutlineServer) -> None:
    outline_server.content = NATIONAL
    with_areas.load(fetched(with_areas, outline_server).incoming, by="test")
    assert fetched(with_areas, outline_server).incoming == ()
    outline_server.content = dagi(
        municipality("0163", "Herlev", EAST, corner=900), municipality("0159", "Gladsaxe", EAST + 2000)
    )
    (table,) = fetched(with_areas, outline_server).incoming
    assert table.frame["area_id"].tolist() == ["herlev"]


def test_a_busy_server_and_an_answer_cut_off_are_asked_again(with_areas: Store, outline_server: OutlineServer) -> None:
    outline_server.content = NATIONAL
    outline_server.misbehave = [busy, cut_off]
    assert fetched(with_areas, outline_server).incoming


@pytest.mark.parametrize(
    ("answers", "said"),
    [([missing], "fejl 404"), ([web_page], "svarede med en webside"), ([busy] * 3, "Der er prøvet 3 gange")],
)
def test_what_cannot_be_fetched_is_said_in_words(
    with_areas: Store, outline_server: OutlineServer, answers: list[object], said: str
) -> None:
    outline_server.misbehave = list(answers)  # type: ignore[arg-type]
    with pytest.raises(StoreError, match=said):
        fetched(with_areas, outline_server)


def test_without_a_network_one_is_told(with_areas: Store) -> None:
    with pytest.raises(StoreError, match="ikke forbindelse"):
        fetch_outlines(with_areas, "http://127.0.0.1:9/x.geojson", patience=HASTE)


def test_a_file_that_is_wrong_is_refused_with_every_problem(with_areas: Store, outline_server: OutlineServer) -> None:
    outline_server.content = b'{"type": "FeatureCollection", "features": [{}]}'
    with pytest.raises(ContractError):
        fetched(with_areas, outline_server)


def test_a_file_without_any_of_our_areas_is_refused(with_areas: Store, outline_server: OutlineServer) -> None:
    outline_server.content = dagi(municipality("0101", "København", EAST))
    with pytest.raises(StoreError, match="ingen af vores områder"):
        fetched(with_areas, outline_server)


def test_the_command_loads_a_file_or_the_address_that_is_set(
    tmp_path: Path, with_areas: Store, monkeypatch: pytest.MonkeyPatch, outline_server: OutlineServer
) -> None:
    monkeypatch.setenv("DATABASE_URL", with_areas.engine.url.render_as_string(hide_password=False))
    file = tmp_path / "kommuner.geojson"
    file.write_bytes(NATIONAL)
    assert main(["boundaries", str(file)]) == 0
    assert len(with_areas.loaded("boundaries")) == 2
    outline_server.content = dagi(municipality("0163", "Herlev", EAST, corner=500))
    monkeypatch.setenv(ADDRESS, outline_server.address)
    assert main(["boundaries"]) == 0
    assert sorted(with_areas.loaded("boundaries")["load_id"]) == [2, 3]
    monkeypatch.delenv(ADDRESS)
    assert main(["boundaries"]) == 1
