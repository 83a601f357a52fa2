"""What lies beneath the map in a real browser: streets, tiles of our own, and one's own position, which stays there."""

import io
import math
import struct
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import numpy as np
import pytest
from PIL import Image
from playwright.sync_api import Page, WebSocket, expect
from pmtiles.tile import Compression, TileType, zxy_to_tileid
from pmtiles.writer import Writer

from components.map.tiles import ADDRESS as TILES
from components.map.tiles import CREDIT
from data.store import Store
from server.basemap import ADDRESS
from tests.browser.reader import drawn, visit
from tests.browser.server import Server, serving
from tests.browser.test_hotspots import as_police

NORTH, EAST = 55.731274, 12.398713
MAGENTA = (255, 0, 255)
WATER = (197.25, 214.75, 232.25)
"""35 % of (90, 140, 190) over white paper, as components/map/browser/vector.js draws it."""
OWNER = "Kortets ejer"
NEAR_ENOUGH = 6  # of 255, for the rounding of colours laid over each other
# Every tile over the three municipalities at the zooms a first view may have.
ZOOMS = range(8, 14)


def tile_of(zoom: int, east: float, north: float) -> tuple[int, int]:
    many = 2**zoom
    turn = math.asinh(math.tan(math.radians(north)))
    return int((east + 180) / 360 * many), int((1 - turn / math.pi) / 2 * many)


def magenta() -> bytes:
    """A tile that no map of ours looks like."""
    picture = io.BytesIO()
    Image.new("RGB", (256, 256), MAGENTA).save(picture, "PNG")
    return picture.getvalue()


def tile_server(monkeypatch: pytest.MonkeyPatch) -> ThreadingHTTPServer:
    """A server of tiles on this machine, as an administrator names one; it runs until it is shut down."""

    class Tile(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "image/png")
            self.end_headers()
            self.wfile.write(magenta())

        def log_message(self, format: str, *args: object) -> None:
            """Nothing is written among what the tests say."""

    tiles = ThreadingHTTPServer(("127.0.0.1", 0), Tile)
    Thread(target=tiles.serve_forever, daemon=True).start()
    monkeypatch.setenv(TILES, f"http://127.0.0.1:{tiles.server_port}/{{z}}/{{x}}/{{y}}.png")
    monkeypatch.setenv(CREDIT, OWNER)
    return tiles


def all_water() -> bytes:
    """A tile of vectors (MVT 2.1): one square of water that fills it."""

    def field(number: int, content: bytes | int) -> bytes:
        if isinstance(content, int):
            return bytes([number << 3, content])
        return bytes([number << 3 | 2, len(content)]) + content

    # Move to (0, 0), three lines along a side of 8 each, and close; zigzag makes 8 a 16 and -8 a 15.
    square = bytes([9, 0, 0, 26, 16, 0, 0, 16, 15, 0, 15])
    feature = field(3, 3) + field(4, square)
    return field(3, field(15, 2) + field(1, b"water") + field(2, feature) + field(5, 8))


def own_tiles(path: Path, monkeypatch: pytest.MonkeyPatch, content: bytes, kind: TileType) -> None:
    """A background map in a file of our own, the same tile everywhere."""
    with path.open("wb") as file:
        writer = Writer(file)
        numbers = []
        for zoom in ZOOMS:
            (west, south), (east, north) = tile_of(zoom, 12.1, 55.6), tile_of(zoom, 12.7, 55.85)
            numbers += [zxy_to_tileid(zoom, x, y) for x in range(west, east + 1) for y in range(north, south + 1)]
        for number in sorted(numbers):
            writer.write_tile(number, content)
        edges = {f"{edge}_{axis}_e7": 0 for edge in ("min", "max", "center") for axis in ("lon", "lat")}
        writer.finalize(
            {"tile_type": kind, "tile_compression": Compression.NONE, "min_zoom": 8, "max_zoom": 13,
             "center_zoom": 11, **edges},
            {"attribution": OWNER},
        )  # fmt: skip
    monkeypatch.setenv(ADDRESS, str(path))


@pytest.fixture(params=["a file of pictures", "a file of vectors", "a server that is named"])
def server_with_tiles(
    request: pytest.FixtureRequest, own_store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Server]:
    """The app with a background map, magenta all over, or of water where it is drawn from vectors."""
    files = {"a file of pictures": (magenta(), TileType.PNG), "a file of vectors": (all_water(), TileType.MVT)}
    if request.param in files:
        own_tiles(tmp_path / "kort.pmtiles", monkeypatch, *files[request.param])
        with serving(str(own_store.engine.url), tmp_path) as running:
            yield running
        return
    with tile_server(monkeypatch) as tiles, serving(str(own_store.engine.url), tmp_path) as running:
        yield running
        tiles.shutdown()


def test_a_tile_is_seen_through_an_area(page: Page, server_with_tiles: Server, request: pytest.FixtureRequest) -> None:
    beneath = WATER if "vectors" in request.node.name else MAGENTA
    visit(page, f"{server_with_tiles.address}/tryghedskort")
    drawn(page)
    expect(page.locator(".leaflet-tile-loaded").first).to_be_visible()
    expect(page.locator(".credit").first).to_contain_text(OWNER)
    page.wait_for_timeout(800)  # tiles fade in
    area = page.locator('.leaflet-areas-pane path[fill^="#"]').first
    colour, strength = area.get_attribute("fill") or "", float(area.get_attribute("fill-opacity") or 1)
    assert 0.3 < strength < 0.9
    expected = [
        strength * int(colour[start : start + 2], 16) + (1 - strength) * below
        for start, below in zip((1, 3, 5), beneath, strict=True)
    ]
    shown = np.asarray(Image.open(io.BytesIO(page.screenshot())).convert("RGB"), dtype=float)
    alike = int((np.abs(shown - expected).max(axis=2) <= NEAR_ENOUGH).sum())
    assert alike > 20


def test_streets_lie_beneath_the_cells_and_are_credited(page: Page, server: Server) -> None:
    as_police(page, server)
    expect(page.locator(".leaflet-streets-pane canvas")).to_have_count(1)
    expect(page.locator(".credit").first).to_contain_text("GeoDanmark")
    expect(page.locator(".credit").first).to_contain_text("OpenStreetMap")


def test_ones_own_position_is_shown_when_asked_for_and_told_to_nobody(page: Page, server: Server) -> None:
    sent: list[bytes] = []

    def listen(socket: WebSocket) -> None:
        socket.on("framesent", lambda frame: sent.append(frame if isinstance(frame, bytes) else frame.encode()))

    page.on("websocket", listen)
    page.on("request", lambda request: sent.append(request.url.encode() + (request.post_data_buffer or b"")))
    page.context.grant_permissions(["geolocation"], origin=server.address)
    page.context.set_geolocation({"latitude": NORTH, "longitude": EAST, "accuracy": 30})
    as_police(page, server)
    expect(page.locator("path.position")).to_have_count(0)
    page.get_by_role("button", name="Vis, hvor jeg er").click()
    expect(page.locator("path.position")).to_have_count(2)
    page.locator(".st-key-place_list .place").first.click()  # a rerun, with all that a browser tells
    drawn(page)
    said = b"\n".join(sent)
    assert len(sent) > 3
    for number in (NORTH, EAST):
        assert f"{number:.3f}".encode() not in said
        assert struct.pack("<d", number) not in said
