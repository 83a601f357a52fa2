"""The background map of our own: tiles out of one file, and plain words where the file is of no use."""

import gzip
from pathlib import Path

import pytest
from pmtiles.tile import Compression, TileType, zxy_to_tileid
from pmtiles.writer import Writer
from starlette.applications import Starlette

from components.map.tiles import Tiles, tiles_from_environment
from server.basemap import ADDRESS, PATH, BasemapError, basemap_from_environment, opened
from server.web import routes
from tests.server.asgi import Answer, ask

PICTURE = b"\x89PNG pretended"


def tiles(path: Path, kind: TileType = TileType.PNG, packing: Compression = Compression.NONE) -> Path:
    """A file with one tile: zoom 11, the one that holds Ballerup."""
    with path.open("wb") as file:
        writer = Writer(file)
        content = gzip.compress(PICTURE) if packing == Compression.GZIP else PICTURE
        writer.write_tile(zxy_to_tileid(11, 1094, 640), content)
        header = {
            "tile_type": kind, "tile_compression": packing, "min_zoom": 11, "max_zoom": 11,
            "min_lon_e7": 0, "min_lat_e7": 0, "max_lon_e7": 0, "max_lat_e7": 0, "center_zoom": 11,
            "center_lon_e7": 0, "center_lat_e7": 0,
        }  # fmt: skip
        writer.finalize(header, {"attribution": "<a href='x'>© Kortets ejer</a>"})
    return path


def answer(static: Path, address: str) -> Answer:
    return ask(Starlette(routes=routes(static)), address)


def test_a_tile_is_served_from_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(ADDRESS, str(tiles(tmp_path / "kort.pmtiles")))
    found = answer(tmp_path / "static", "/app/basemap/11/1094/640")
    assert (found.status, found.body, found.headers["content-type"]) == (200, PICTURE, "image/png")


@pytest.mark.parametrize("address", ["/app/basemap/11/0/0", "/app/basemap/0/9/9", "/app/basemap/99/1/1"])
def test_where_there_is_no_tile_nothing_is_found(address: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(ADDRESS, str(tiles(tmp_path / "kort.pmtiles")))
    assert answer(tmp_path / "static", address).status == 404


def test_without_a_file_there_are_no_tiles(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(ADDRESS, raising=False)
    assert basemap_from_environment({}) is None
    assert answer(tmp_path / "static", "/app/basemap/11/1094/640").status == 404


def test_the_owner_is_credited_in_plain_text(tmp_path: Path) -> None:
    assert opened(str(tiles(tmp_path / "kort.pmtiles"))).credit == "© Kortets ejer"


@pytest.mark.parametrize("packing", [Compression.NONE, Compression.GZIP])
def test_vectors_are_served_unpacked_and_named_as_what_they_are(
    packing: Compression, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(ADDRESS, str(tiles(tmp_path / "kort.pmtiles", TileType.MVT, packing)))
    found = answer(tmp_path / "static", "/app/basemap/11/1094/640")
    assert (found.status, found.body) == (200, PICTURE)
    assert found.headers["content-type"] == "application/vnd.mapbox-vector-tile"
    assert basemap_from_environment().is_vector  # type: ignore[union-attr]
    assert tiles_from_environment() == Tiles(PATH, "© Kortets ejer", vector=11)


def test_tiles_of_another_kind_are_refused(tmp_path: Path) -> None:
    with pytest.raises(BasemapError, match="hverken billeder"):
        opened(str(tiles(tmp_path / "kort.pmtiles", TileType.AVIF)))


def test_a_file_that_is_something_else_is_refused(tmp_path: Path) -> None:
    (tmp_path / "kort.pmtiles").write_bytes(b"not tiles at all, by any measure" * 8)
    with pytest.raises(BasemapError, match="kan ikke læses"):
        opened(str(tmp_path / "kort.pmtiles"))
