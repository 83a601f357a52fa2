"""Pages on a database without a release: the message of the store, in the frame, on every page."""

import pytest
from streamlit.testing.v1 import AppTest

from components.navigation import PAGES, PageEntry
from data.store import Store
from tests.pages.conftest import FRAME, DrawFrom

OPEN_PAGES = [entry for entry in PAGES if not (entry.needs_cells or entry.needs_publishing)]


@pytest.mark.parametrize("entry", OPEN_PAGES, ids=lambda entry: entry.title)
def test_a_page_without_a_release_says_so(entry: PageEntry, store: Store, draw_from: DrawFrom) -> None:
    draw_from(str(store.engine.url))
    app = AppTest.from_file(FRAME, default_timeout=20).run()
    if entry is not PAGES[0]:
        app.switch_page(f"../pages/{entry.file}").run()
    assert [error.value for error in app.error] == ["Der er endnu ikke udgivet nogen tal."]
    assert not app.exception
