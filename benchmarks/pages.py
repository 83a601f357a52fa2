"""Times each page as one reader meets it, on the server and in Chromium, beside a plain pandas page.

Run `python -m benchmarks.pages`. A rerun is timed from asking to the last message, over the web socket; the processor
time of the server counts nobody else's work on the machine.
"""

import asyncio
import statistics
import sys
import tempfile
import time
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, Locator, sync_playwright
from playwright.sync_api import Page as Window

from benchmarks import serving
from benchmarks.chromium import FLAGS, PATIENCE, RESTING, program
from benchmarks.results import Figure, Results
from benchmarks.serving import Served
from benchmarks.visitor import Visitor
from data.partnership import PARTNERSHIP_FILE

RUNS = 30
P95_SECONDS, SWITCH_SECONDS, START_SECONDS = 0.150, 0.5, 3.0
# The first has all pages but those that are for one audience alone.
AUDIENCES = ("ledelse", "politi", "sekretariat")
EACH = "[[audiences]]"
RIVAL = "benchmarks/rivals/pandas_page.py"


@dataclass(frozen=True)
class Page:
    """What a page costs: seconds of the first visit and of a rerun, the server's processor time for it, and bytes."""

    first: float
    p50: float
    p95: float
    cpu: float
    first_kb: float
    again_kb: float


async def timed(visitor: Visitor, served: Served, page: str) -> Page:
    """Open a page and run it again and again; raises RuntimeError where it shows an error."""
    first = await visitor.open(page)
    await visitor.rerun()
    before, seconds = served.cpu(), []
    for _ in range(RUNS):
        answer = await visitor.rerun()
        if answer.errors:
            raise RuntimeError(f"{page}: {answer.errors[0]}")
        seconds.append(answer.seconds)
    cpu = (served.cpu() - before) / RUNS
    ordered = sorted(seconds)
    p95 = ordered[int(0.95 * RUNS)]
    return Page(first.seconds, statistics.median(seconds), p95, cpu, first.size / 1000, answer.size / 1000)


async def all_pages(served: Served, measured: Collection[str] = ()) -> dict[str, Page]:
    """Every page of the menu, as the first audience has them, but those that have been measured."""
    async with Visitor(served.address) as visitor:
        by_page = {}
        if "" in measured:
            await visitor.open("")
        else:
            by_page[""] = await timed(visitor, served, "")
        return by_page | {
            page: await timed(visitor, served, page)
            for page in visitor.pages
            if page not in measured and page not in by_page
        }


@contextmanager
def seen_as(audience: str) -> Iterator[Served]:
    """The app on the shipped data, whose visitors look as one audience: the demo begins with the one named first."""
    head, *blocks = PARTNERSHIP_FILE.read_text(encoding="utf-8").split(EACH)
    blocks.sort(key=lambda block: f'\nid = "{audience}"\n' not in block)
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "partnership.toml"
        file.write_text(EACH.join([head, *blocks]), encoding="utf-8")
        with serving.serving(serving.shipped_database(), settings={"TRYGHED_PARTNERSHIP": str(file)}) as served:
            yield served


async def one_page(served: Served) -> Page:
    """The only page of a rival."""
    async with Visitor(served.address) as visitor:
        return await timed(visitor, served, "")


def on_the_server(results: Results) -> None:
    """Rerun, processor time and bytes of each page, beside the rival."""
    with serving.serving(serving.shipped_database(), RIVAL) as served:
        rival, rival_starts = asyncio.run(one_page(served)), served.seconds_to_answer
    pages: dict[str, Page] = {}
    for audience in AUDIENCES:
        with seen_as(audience) as served:
            starts = served.seconds_to_answer
            pages |= asyncio.run(all_pages(served, pages))
    results.add(Figure("pages/start of the server", starts, "s", START_SECONDS, "plain pandas page", rival_starts))
    for address, page in pages.items():
        name = address or "overblik"
        for part, value, unit, limit, other in (
            ("first visit, seconds", page.first, "s", None, rival.first),
            ("rerun p50", page.p50, "s", None, rival.p50),
            ("rerun p95", page.p95, "s", P95_SECONDS, rival.p95),
            ("processor", page.cpu, "s", None, rival.cpu),
            ("first visit, bytes", page.first_kb, "kB", None, rival.first_kb),
            ("rerun, bytes", page.again_kb, "kB", None, rival.again_kb),
        ):
            results.add(Figure(f"pages/{name}/{part}", value, unit, limit, "plain pandas page", other))


def in_the_browser(results: Results) -> None:
    """Seconds to the title (cold and warm cache), to another page drawn, and the scripts that had to come."""
    browser_program = program()
    if browser_program is None:
        print("The browser's part is left out: Chromium is missing.")
        return

    drawn: list[str] = []
    for audience in AUDIENCES:
        with seen_as(audience) as served:
            names = asyncio.run(_names(served))  # before Playwright, which keeps an event loop of its own
            with sync_playwright() as playwright:
                browser = playwright.chromium.launch(executable_path=browser_program, args=FLAGS)
                _in_windows(browser, served, names, drawn, results)
                browser.close()
            drawn += names


def _in_windows(browser: Browser, served: Served, names: list[str], drawn: list[str], results: Results) -> None:
    """Open each page in a window that knows nothing, again in the same, and go from one to the next.

    Those that have been drawn before, as another audience sees them, are passed over.
    """
    new = [name for name in names if name not in drawn]

    def opened(window: Window, address: str) -> float:
        started = time.perf_counter()
        window.goto(address)
        window.wait_for_selector("h1")
        return time.perf_counter() - started

    def new_window() -> Window:
        context = browser.new_context(locale="da-DK", viewport={"width": 1440, "height": 900})
        context.set_default_timeout(PATIENCE)
        return context.new_page()

    for name in new:
        window = new_window()
        cold = opened(window, f"{served.address}/{name}")
        window.wait_for_selector(RESTING)
        weigh = "performance.getEntriesByType('resource').filter((e) => /\\.js/.test(e.name))"
        scripts = window.evaluate(f"{weigh}.reduce((sum, e) => sum + e.encodedBodySize, 0)") / 1000
        warm = opened(window, f"{served.address}/{name}")
        window.wait_for_selector(RESTING)
        results.add(Figure(f"pages/{name or 'overblik'}/first paint, cold", cold, "s"))
        results.add(Figure(f"pages/{name or 'overblik'}/first paint, warm", warm, "s"))
        results.add(Figure(f"pages/{name or 'overblik'}/scripts", scripts, "kB"))
        window.context.close()
    window = new_window()
    opened(window, served.address)
    for turn in ("first", "warm"):
        for name in [*(each for each in new if each != names[0]), names[0]]:  # the first is gone to from the last
            window.wait_for_selector(RESTING)
            link = window.locator(f'[data-testid="stTopNav"] a[href$="/{name}"]')
            if link.count():
                taken = _switched(window, link)
                if turn == "warm" and name in new:
                    results.add(Figure(f"pages/{name or 'overblik'}/switched to, drawn", taken, "s", SWITCH_SECONDS))


def _switched(window: Window, link: Locator) -> float:
    """Seconds from the click until the other page is drawn."""
    title = window.locator("h1").inner_text()
    started = time.perf_counter()
    link.click()
    window.wait_for_function("(old) => document.querySelector('h1')?.innerText !== old", arg=title)
    window.wait_for_selector(RESTING)
    return time.perf_counter() - started


async def _names(served: Served) -> list[str]:
    """The addresses of the pages in the menu, warmed up."""
    async with Visitor(served.address) as visitor:
        await visitor.open("")
        for page in list(visitor.pages):
            await visitor.open(page)
        return list(visitor.pages)


def main() -> int:
    """Run both, print the figures and keep them; returns how many targets were missed."""
    results = Results("pages")
    on_the_server(results)
    in_the_browser(results)
    return results.tell()


if __name__ == "__main__":
    sys.exit(main())
