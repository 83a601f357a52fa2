"""Pictures of every page at three widths, light and dark, kept beside the test results: `make screens`.

They are looked at, and held against those of the last time; no test compares them.
"""

import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from components.navigation import PAGES
from tests.browser.conftest import CHROMIUM, FLAGS, PATIENCE
from tests.browser.reader import WIDTHS, choose, drawn, look_as, open_page, visit
from tests.browser.server import serving

FOLDER = Path("test-results") / "screens"
TALLEST = 12_000
ROOM = 120
# Views that a page shows only by an address of their own.
MORE = {
    "initiatives.py": ("fane=logbog", "fane=vandringer", "fane=hvem"),
    "meeting.py": ("del=handlinger", "del=kalender", "del=forslag", "del=evaluering"),
    "safety_map.py": ("visning=aendring", "visning=udvikling", "visning=reference"),
}
# Pages that only one audience has: who, the title of the page, and the name of its pictures.
OF_ONE = (("Lokalpoliti", "Hotspots", "hotspots"), ("Sekretariat", "Data", "data"))
# Pages that are plain HTML, by the name of their pictures.
PLAIN = {"tilgaengelighed": "was", "kilder": "kilder", "persondata": "persondata", "beboere": "omraade/hjortegaarden"}


def addresses() -> dict[str, str]:
    """The name of each picture and the address it is of."""
    found = {}
    for entry in PAGES:
        if entry.needs_cells or entry.needs_publishing or entry.needs_sharing:
            continue
        name = entry.address or "overblik"
        found[name] = entry.address
        for query in MORE.get(entry.file, ()):
            found[f"{name}-{query.partition('=')[2]}"] = f"{entry.address}?{query}"
    return found


def take(page: Page, address: str, width: int, file: Path) -> None:
    """One page, whole."""
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(address)
    whole(page, width, file)


def take_of_one(page: Page, server: str, audience: str, title: str, name: str, scheme: str) -> Iterator[Path]:
    """The page of one audience at every width, whole; it is opened where the menu is."""
    page.set_viewport_size({"width": max(WIDTHS), "height": 900})
    visit(page, f"{server}/")
    look_as(page, audience, title)
    open_page(page, title)
    yield from whole_at_each(page, name, scheme, whole)


def take_shared(page: Page, server: str, scheme: str) -> Iterator[Path]:
    """What a shared link opens: the document of a light page, without script."""
    page.set_viewport_size({"width": max(WIDTHS), "height": 900})
    visit(page, f"{server}/omraade?omraade=vaerebro-park")
    page.get_by_role("button", name="Del med …").click()
    page.get_by_role("button", name="Lav link").wait_for()
    choose(page, "Målgruppe", "Lokalråd Gladsaxe")
    drawn(page)
    page.get_by_role("button", name="Lav link").click()
    page.goto(page.get_by_test_id("stCode").inner_text().strip())
    yield from whole_at_each(page, "delt-visning", scheme, plain)


def take_plain(page: Page, server: str, scheme: str) -> Iterator[Path]:
    """The pages that are plain HTML."""
    for name, address in PLAIN.items():
        page.goto(f"{server}/{address}")
        yield from whole_at_each(page, name, scheme, plain)


def whole_at_each(page: Page, name: str, scheme: str, shoot: Callable[[Page, int, Path], None]) -> Iterator[Path]:
    """The page that is open, at every width."""
    for width in WIDTHS:
        file = FOLDER / f"{name}-{width}-{scheme}.png"
        page.set_viewport_size({"width": width, "height": 900})
        shoot(page, width, file)
        yield file


def plain(page: Page, _width: int, file: Path) -> None:
    """A page of plain HTML, whole."""
    page.screenshot(path=file, full_page=True)


def whole(page: Page, width: int, file: Path) -> None:
    """A page of the app, whole: it scrolls inside the window."""
    drawn(page)
    tall = int(page.get_by_test_id("stMain").evaluate("element => element.scrollHeight"))
    page.set_viewport_size({"width": width, "height": min(tall + ROOM, TALLEST)})
    drawn(page)
    page.screenshot(path=file)


def take_all(browser: Browser, server: str) -> int:
    """Every page at every width in both colours; how many pictures there are."""
    count = 0
    for scheme in ("light", "dark"):
        context = browser.new_context(locale="da-DK", color_scheme=scheme)  # type: ignore[arg-type]
        context.set_default_timeout(PATIENCE)
        page = context.new_page()
        for name, address in addresses().items():
            for width in WIDTHS:
                take(page, f"{server}/{address}", width, FOLDER / f"{name}-{width}-{scheme}.png")
                count += 1
        for audience, title, name in OF_ONE:
            count += len(list(take_of_one(page, server, audience, title, name, scheme)))
        count += len(list(take_plain(page, server, scheme))) + len(list(take_shared(page, server, scheme)))
        context.close()
    return count


def main() -> None:
    """Serve the database of this installation and take the pictures."""
    import shutil

    program = next(filter(None, map(shutil.which, CHROMIUM)), None)
    if program is None:
        sys.exit("Chromium is missing: 'make browser-ready' says how to get it.")
    FOLDER.mkdir(parents=True, exist_ok=True)
    database = f"sqlite:///{Path('var') / 'tryghedsoverblik.db'}"
    with (
        tempfile.TemporaryDirectory() as folder,
        serving(database, Path(folder)) as server,
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(executable_path=program, args=FLAGS)
        print(f"{take_all(browser, server.address)} pictures in {FOLDER}")
        browser.close()


if __name__ == "__main__":
    main()
