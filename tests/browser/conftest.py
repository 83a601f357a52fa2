"""A real server and a real browser for the journeys, and a fresh visitor for each."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from data.store import Store
from tests.browser.server import Server, serving

HERE = Path(__file__).parent
CHROMIUM = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
CHROME_ON_A_MAC = "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"
# No sandbox, because CI runs as root; no name but our own address can be found, so nothing can be fetched elsewhere.
FLAGS = (
    "--no-sandbox",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-quic",
    "--no-first-run",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
)
# Two busy cores are slow; a page that draws is not waited for.
PATIENCE = 60_000


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark the journeys, and run them after everything else: Playwright keeps an event loop of its own running."""
    for item in items:
        if HERE in item.path.parents:
            item.add_marker("browser")
    items.sort(key=lambda item: HERE in item.path.parents)


@pytest.fixture(scope="session")
def server(shipped_database: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The app on the shipped data."""
    with serving(shipped_database, tmp_path_factory.mktemp("server")) as running:
        yield running


@pytest.fixture
def own_server(own_store: Store, tmp_path: Path) -> Iterator[Server]:
    """The app on a database of the test's own."""
    with serving(str(own_store.engine.url), tmp_path) as running:
        yield running


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium, without a window."""
    program = next(filter(None, map(shutil.which, (*CHROMIUM, CHROME_ON_A_MAC))), None)
    if program is None:
        pytest.fail("Chromium is missing: 'sudo apt-get install chromium' (Debian) or Google Chrome (macOS).")
    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=program, args=FLAGS)
        yield started
        started.close()


def visitor(browser: Browser) -> BrowserContext:
    """Somebody in Denmark at a desk who has never been here before."""
    context = browser.new_context(locale="da-DK", viewport={"width": 1440, "height": 900})
    context.set_default_timeout(PATIENCE)
    return context


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """The browser window of a new visitor."""
    context = visitor(browser)
    yield context.new_page()
    context.close()


@pytest.fixture
def another_page(browser: Browser) -> Iterator[Page]:
    """The browser window of somebody else."""
    context = visitor(browser)
    yield context.new_page()
    context.close()
