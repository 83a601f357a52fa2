"""Times the live map as a reader waits for it: Chromium opens a page with it, and then asks for other classes."""

import os
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from benchmarks.chromium import FLAGS, PATIENCE, RESTING, program
from server.web import STATIC

ROOT = Path(__file__).parents[1]
VISITS, REDRAWS = 3, 5
PAGE = "from benchmarks import map_page\nmap_page.draw({count}, {vertices}, {static!r})\n"
APP = """from pathlib import Path

import streamlit as st

from components.map import BROWSER
from server.web import routes

app = st.App({page!r}, routes=routes(Path({static!r}), assets=[BROWSER]))
"""
DRAWN = '[data-map="drawn"]'
# From the click on the button until the frame after the one in which the new classes are on the map.
REDRAW = """() => new Promise((done) => {
    const map = document.querySelector('[data-map="drawn"]');
    const label = () => {
        const reach = (root) => root.querySelector('.map')
            ?? [...root.querySelectorAll('*')].map((each) => each.shadowRoot && reach(each.shadowRoot)).find(Boolean);
        return reach(map)?.ariaLabel;
    };
    const before = label(), began = performance.now();
    new MutationObserver((_, watch) => {
        if (label() === before) return;
        watch.disconnect();
        requestAnimationFrame(() => requestAnimationFrame(() => done((performance.now() - began) / 1000)));
    }).observe(map, { attributeFilter: ['data-map'] });
    [...document.querySelectorAll('button')].find((each) => each.textContent === 'Igen').click();
})"""


@dataclass(frozen=True)
class Wait:
    """Seconds from a new visitor's address to a drawn map, and from a click to the map drawn anew."""

    first: float
    redraw: float


def wait(count: int, vertices: int) -> Wait:
    """Open the map of a benchmark in Chromium several times and give the medians."""
    with sync_playwright() as playwright, serving(count, vertices) as address:
        browser = playwright.chromium.launch(executable_path=program(), args=FLAGS)
        _visit(browser, address)  # the server's own first time: imports, and the file of outlines
        visits = [_visit(browser, address) for _ in range(VISITS)]
        browser.close()
    return Wait(
        statistics.median(first for first, _ in visits), statistics.median(time for _, own in visits for time in own)
    )


def _visit(browser: Browser, address: str) -> tuple[float, list[float]]:
    context = browser.new_context(viewport={"width": 1440, "height": 900}, locale="da-DK")
    page = context.new_page()
    began = time.perf_counter()
    page.goto(address)
    page.wait_for_selector(DRAWN, timeout=PATIENCE)
    first = time.perf_counter() - began
    page.wait_for_selector(RESTING, timeout=PATIENCE)
    redraws = []
    for _ in range(REDRAWS):
        redraws.append(float(page.evaluate(REDRAW)))
        page.wait_for_selector(RESTING, timeout=PATIENCE)
    context.close()
    return first, redraws


@contextmanager
def serving(count: int, vertices: int) -> Iterator[str]:
    """Serve a page that holds the map of a benchmark and a button, with the app's own static files."""
    with tempfile.TemporaryDirectory() as folder:
        static, page, app = (Path(folder) / name for name in ("static", "page.py", "served.py"))
        shutil.copytree(STATIC / "vendor", static / "vendor")
        page.write_text(PAGE.format(count=count, vertices=vertices, static=str(static)), encoding="utf-8")
        app.write_text(APP.format(page=str(page), static=str(static)), encoding="utf-8")
        port = _free_port()
        process = subprocess.Popen(
            [sys.executable, "-m", "streamlit", "run", str(app), "--server.port", str(port)],
            cwd=ROOT,
            env=os.environ | {"PYTHONPATH": str(ROOT)},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.STDOUT,
        )
        try:
            _wait_until_healthy(f"http://127.0.0.1:{port}/_stcore/health")
            yield f"http://127.0.0.1:{port}/"
        finally:
            process.terminate()
            process.wait(timeout=20)


def _free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


def _wait_until_healthy(address: str) -> None:
    for _ in range(300):
        try:
            with urllib.request.urlopen(address, timeout=2):
                return
        except OSError:
            time.sleep(0.1)
    raise RuntimeError("The server of the benchmark did not start.")
