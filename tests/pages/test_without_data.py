"""Pages on a database without a release: the message of the store, in the frame, on every page."""

from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from components.navigation import PAGES, PageEntry
from data.store import Store
from tests.pages.conftest import FRAME

OPEN_PAGES = [entry for entry in PAGES if not (entry.needs_cells or entry.needs_publishing)]


@pytest.mark.parametrize("entry", OPEN_PAGES, ids=lambda entry: entry.title)
def test_a_page_without_a_release_says_so(
    entry: PageEntry, store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path / 'store.db'}")
    st.cache_resource.clear()
    app = AppTest.from_file(FRAME, default_timeout=20).run()
    if entry is not PAGES[0]:
        app.switch_page(f"../pages/{entry.file}").run()
    st.cache_resource.clear()
    assert [error.value for error in app.error] == ["Der er endnu ikke udgivet nogen tal."]
    assert not app.exception
