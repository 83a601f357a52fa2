"""A page as Streamlit's own test client runs it, on the shipped data."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from components.navigation import PAGES

FRAME = Path(__file__).parents[2] / "components" / "frame.py"
Open = Callable[..., AppTest]


@pytest.fixture
def open_page(shipped_database: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Open]:
    """Open a page by its title, with the address's parameters as keywords."""
    monkeypatch.setenv("DATABASE_URL", shipped_database)
    st.cache_resource.clear()

    def opened(title: str, **parameters: str | list[str]) -> AppTest:
        entry = next(entry for entry in PAGES if entry.title == title)
        app = AppTest.from_file(FRAME, default_timeout=20)
        app.query_params.update(parameters)
        app.run()
        if entry is not PAGES[0]:
            app.switch_page(f"../pages/{entry.file}").run()
        return app

    yield opened
    st.cache_resource.clear()


def words(app: AppTest) -> str:
    """Every text on the page, as a reader sees it."""
    elements = [*app.title, *app.header, *app.subheader, *app.markdown, *app.caption, *app.warning, *app.info]
    return "\n".join(seen(element.value) for element in elements)


def seen(text: str) -> str:
    """A text without the signs that disarm Markdown: backslashes and word joiners."""
    return text.replace("\\", "").replace("\u2060", "")
