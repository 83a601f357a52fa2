"""What a map costs a browser at first and at each step nearer: bytes on the wire and processor time, in Chromium.

Run `python -m benchmarks.map_zoom`. 20,000 cells of 250 m lie over the shipped streets, as on Hotspots. Bytes are those
that were sent, compressed, of the geometry of the cells and of the pieces of the streets. Processor time is that of the
page's main thread alone (Chromium's thread ticks), so that nobody else's work on the machine counts; at first it holds
what Streamlit itself takes to start.
"""

import statistics
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from playwright.sync_api import Browser, CDPSession, Page, sync_playwright

from benchmarks.chromium import FLAGS, RESTING, program
from benchmarks.map_browser import DRAWN, serving
from benchmarks.results import Figure, Results

CELLS = (20_000, 4)
VISITS, STEPS = 3, 8
PATIENCE = 600_000
"""Milliseconds that a view is waited for: it may be long in coming on a busy machine, and costs what it costs."""
WHERE_STREETS_ARE = (0.353, 0.57)
"""Where in the first view the shipped streets lie, as parts of its width and height; the steps go nearer there."""
STREETS, CELL_FILES = "/vejstykke-", "/geo/"
STREETS_AT_FIRST_KB = 250.0
"""Most of the streets of three municipalities that the first view may send."""
SETTLED_MS = 900
"""A step nearer takes a quarter of a second to glide, and then fetches and draws its pieces."""


@dataclass
class Cost:
    """Kilobytes of streets and of the cells' geometry, and seconds of the main thread."""

    streets: float
    cells: float
    processor: float


class Meter:
    """Counts what a page has been sent and how long its main thread has worked, from one reading to the next."""

    def __init__(self, page: Page) -> None:
        """Begin to count."""
        self._session: CDPSession = page.context.new_cdp_session(page)
        self._session.send("Network.enable")
        self._session.send("Performance.enable", {"timeDomain": "threadTicks"})
        self._addresses: dict[str, str] = {}
        self._sent: dict[str, float] = {}
        self._session.on("Network.requestWillBeSent", self._asked)
        self._session.on("Network.loadingFinished", self._came)
        self._read = 0.0

    def _asked(self, told: dict[str, Any]) -> None:
        self._addresses[told["requestId"]] = told["request"]["url"]

    def _came(self, told: dict[str, Any]) -> None:
        address = self._addresses.get(told["requestId"], "")
        self._sent[address] = self._sent.get(address, 0.0) + told["encodedDataLength"] / 1000

    def read(self) -> Cost:
        """What has come to pass since the last reading."""
        sent, self._sent = self._sent, {}
        metrics = self._session.send("Performance.getMetrics")["metrics"]
        now = next(each["value"] for each in metrics if each["name"] == "TaskDuration")
        worked, self._read = now - self._read, now
        streets = sum(size for address, size in sent.items() if STREETS in address)
        return Cost(streets, sum(size for address, size in sent.items() if CELL_FILES in address) - streets, worked)


def visit(browser: Browser, address: str) -> Iterator[Cost]:
    """What a new visitor's first view costs, then each step nearer."""
    context = browser.new_context(viewport={"width": 1440, "height": 900}, locale="da-DK")
    page = context.new_page()
    meter = Meter(page)
    page.goto(address, wait_until="commit", timeout=PATIENCE)
    page.wait_for_selector(DRAWN, timeout=PATIENCE)
    page.wait_for_selector(RESTING, timeout=PATIENCE)
    page.wait_for_timeout(SETTLED_MS)
    yield meter.read()
    to_the_streets(page)
    meter.read()
    for _ in range(STEPS):
        page.get_by_role("button", name="Zoom ind").first.click()
        page.wait_for_timeout(SETTLED_MS)
        page.wait_for_load_state("networkidle")
        yield meter.read()
    context.close()


def to_the_streets(page: Page) -> None:
    """Draw the map until the streets are in its middle."""
    box = page.locator(".leaflet-container").first.bounding_box()
    if box is None:
        raise RuntimeError("The map has no box.")
    across, down = WHERE_STREETS_ARE
    page.mouse.move(box["x"] + across * box["width"], box["y"] + down * box["height"])
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2, steps=8)
    page.mouse.up()
    page.wait_for_timeout(SETTLED_MS)


def main() -> int:
    """Visit, print the medians of the visits and keep them; returns how many targets were missed."""
    results = Results("map_zoom")
    with sync_playwright() as playwright, serving(*CELLS) as address:
        browser = playwright.chromium.launch(executable_path=program(), args=FLAGS)
        list(visit(browser, address))  # the server's own first time: imports, and the files of outlines and streets
        visits = [list(visit(browser, address)) for _ in range(VISITS)]
        browser.close()
    for step, costs in enumerate(zip(*visits, strict=True)):
        named = f"map/{'first view' if not step else f'step {step} nearer'}"
        streets, cells, worked = (
            statistics.median(getattr(cost, what) for cost in costs) for what in ("streets", "cells", "processor")
        )
        results.add(Figure(f"{named}/streets", streets, "kB", None if step else STREETS_AT_FIRST_KB))
        if not step:
            results.add(Figure(f"{named}/cells and index", cells, "kB"))
        results.add(Figure(f"{named}/processor of the browser", worked, "s"))
    return results.tell()


if __name__ == "__main__":
    sys.exit(main())
