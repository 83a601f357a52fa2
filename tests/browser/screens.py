"""Pictures of every page at three widths, light and dark, kept beside the test results: `make screens`.

They are looked at, and held against those of the last time; no test compares them.
"""

import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from components.navigation import PAGES
from tests.browser.conftest import CHROMIUM, FLAGS, PATIENCE
from tests.browser.reader import WIDTHS, drawn
from tests.browser.server import serving

FOLDER = Path("test-results") / "screens"
TALLEST = 12_000
ROOM = 120
# Views that a page shows only by an address of their own.
MORE = {
    "initiatives.py": ("fane=logbog", "fane=vandringer", "fane=hvem"),
    "meeting.py": ("del=handlinger", "del=kalender", "del=forslag", "del=evaluering"),
}


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
