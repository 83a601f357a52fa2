"""The names of roads in tiles of vectors: the map's own scripts on a page of nothing else, so that it is soon seen."""

from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, Route

from components.map import BROWSER
from server.vendor import leaflet_path
from server.web import STATIC

PLACE = "http://kort.test"
DEEPEST = 13
PAGE = f"""<!doctype html><meta charset="utf-8">
<link rel="stylesheet" href="/leaflet.css"><script src="/leaflet.js"></script>
<div id="map" style="width: 600px; height: 400px"></div>
<script type="module">
  import {{ makeStreets }} from "/streets.js";
  import {{ vectorTiles }} from "/vector.js";
  const map = L.map("map", {{ zoomSnap: 0.25, fadeAnimation: false, zoomAnimation: false }}).setView([55.72, 12.4], 12);
  map.createPane("names");
  const theme = () => ({{ ink: "#000000", muted: "#666666", paper: "#ffffff" }});
  let tiles = null;
  const streets = makeStreets(L, map, theme, () => tiles?.roads() ?? []);
  tiles = vectorTiles(L, "/tile/{{z}}/{{x}}/{{y}}", {DEEPEST}, theme).addTo(map);
  tiles.on("load", streets.write);
  Object.assign(window, {{ map, tiles, streets }});
</script>"""


def field(number: int, content: bytes | int) -> bytes:
    """A field of a message (Protocol Buffers); the length of its content takes two bytes above 127."""
    if isinstance(content, int):
        return bytes([number << 3, content])
    many = len(content)
    return bytes([number << 3 | 2, *([many & 127 | 128, many >> 7] if many > 127 else [many])]) + content


def roads(name: str, kind: str) -> bytes:
    """A tile of vectors (MVT 2.1) with seven roads across it, each of eight stretches, of one name and class."""
    # Move to where the next road begins and draw eight lines of 1 to the right; zigzag makes 1 a 2 and -8 a 15.
    lines = b"".join(bytes([9, 15 if row else 0, 2, 66]) + bytes([2, 0] * 8) for row in range(7))
    feature = field(2, bytes([0, 0, 1, 1])) + field(3, 2) + field(4, lines)
    told = field(3, b"name") + field(3, b"class") + b"".join(field(4, field(1, each.encode())) for each in (name, kind))
    return field(3, field(15, 2) + field(1, b"transportation") + field(2, feature) + told + field(5, 8))


@pytest.fixture
def on_a_page(page: Page) -> Page:
    """A page with a map of tiles in which every road is Vejen, a large one."""
    tile, leaflet = roads("Vejen", "primary"), STATIC / leaflet_path()

    def answer(route: Route) -> None:
        path = urlsplit(route.request.url).path
        if path == "/":
            route.fulfill(body=PAGE, content_type="text/html")
        elif path.startswith("/tile/"):
            route.fulfill(body=tile, content_type="application/vnd.mapbox-vector-tile")
        elif path.startswith("/leaflet"):
            route.fulfill(path=leaflet / path[1:])
        else:
            route.fulfill(path=BROWSER / path[1:], content_type="text/javascript")

    page.route(f"{PLACE}/**", answer)
    page.goto(PLACE)
    return page


def test_roads_of_vector_tiles_have_their_names_along_them_once_they_can_be_read(on_a_page: Page) -> None:
    written = on_a_page.locator("canvas.streetnames")
    on_a_page.wait_for_function("window.tiles && tiles.roads().length > 0")
    assert on_a_page.evaluate("tiles.roads()[0].name") == "Vejen"
    on_a_page.wait_for_timeout(200)
    assert written.get_attribute("data-roads") == "0"  # too far away to read them
    on_a_page.evaluate("map.setZoom(15)")
    on_a_page.wait_for_function("Number(document.querySelector('canvas.streetnames').dataset.roads) > 0")
    # Every road lies level, seven to a tile: where the map says one runs, it runs.
    inside = on_a_page.evaluate(
        "tiles.roads().some(({ line: [first, ...rest] }) => rest.every(([lat]) => Math.abs(lat - first[0]) < 1e-9))"
    )
    assert inside


def test_names_go_with_their_tiles(on_a_page: Page) -> None:
    on_a_page.wait_for_function("window.tiles && tiles.roads().length > 0")
    on_a_page.evaluate("tiles.remove(); streets.write()")
    assert on_a_page.evaluate("tiles.roads().length") == 0
    assert on_a_page.locator("canvas.streetnames").get_attribute("data-roads") == "0"
