"""A page as Streamlit's own test client runs it, on the shipped data."""

import importlib
import json
import pkgutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pandas as pd
import pytest
import streamlit as st
from streamlit.components.v2.bidi_component.main import _make_trigger_id
from streamlit.proto.WidgetStates_pb2 import WidgetState
from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import Block
from streamlit.util import calc_hash

import components
from components import session
from components.native_radios import NAME as NATIVE_RADIOS
from components.native_select import NAME as NATIVE_SELECT
from components.navigation import PAGES, PageEntry
from components.session import AUDIENCE
from data.store import Store, open_store

FRAME = Path(__file__).parents[2] / "components" / "frame.py"
# A module first imported by a page while a test has replaced something would keep the replacement for every later test.
for _module in pkgutil.walk_packages(components.__path__, "components."):
    if _module.name != "components.frame":  # which draws a page when it is imported
        importlib.import_module(_module.name)
Open = Callable[..., AppTest]
DrawFrom = Callable[[str], None]


@pytest.fixture
def draw_from(monkeypatch: pytest.MonkeyPatch) -> Iterator[DrawFrom]:
    """Let the app draw from the database at an address, until the test is over."""

    def chosen(database: str) -> None:
        monkeypatch.setenv("DATABASE_URL", database)
        st.cache_resource.clear()

    yield chosen
    st.cache_resource.clear()


@pytest.fixture
def own_store(own_store: Store, draw_from: DrawFrom) -> Store:
    """The shipped data in a database of the test's own, which the app uses."""
    draw_from(str(own_store.engine.url))
    return own_store


@pytest.fixture(scope="session")
def read_store(shipped_database: str) -> Iterator[Store]:
    """The shipped data as a process has them that has drawn its pages before; for tests that write nothing."""
    opened = open_store(shipped_database)
    yield opened
    opened.engine.dispose()


@pytest.fixture
def draw_shipped(
    shipped_database: str, draw_from: DrawFrom, read_store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Let the app draw from the shipped data, with what other tests have read of them still in memory."""
    draw_from(shipped_database)
    monkeypatch.setattr(session, "_store", lambda: read_store)


@pytest.fixture
def open_page(draw_shipped: None) -> Open:
    """Open a page by its title, with the address's parameters as keywords."""

    def opened(title: str, **parameters: str | list[str]) -> AppTest:
        entry = next(entry for entry in PAGES if entry.title == title)
        app = AppTest.from_file(FRAME, default_timeout=20)
        app.query_params.update(parameters)
        return first_visit(app, entry)

    return opened


def pictures(page: AppTest) -> list[dict[str, Any]]:
    """What each picture of a page is sent as, in their order; its `html` is the drawing."""
    sent = [element.proto for element in page.get("bidi_component")]
    return [json.loads(each.bytes) for each in sent if each.component_name == "tryghedsoverblik_billede"]


@dataclass(frozen=True)
class List:
    """A list that the browser draws itself, as it is sent to it."""

    page: AppTest
    id: str
    value: str
    options: dict[str, str]
    """By value, the words that stand in the list."""

    def choose(self, value: str) -> AppTest:
        """Choose a value as a reader does in the browser."""
        return send(self.page, self.id, "chosen", value)


def native_list(page: AppTest, key: str) -> List:
    """The one list of a page with this key."""
    number, data = element_of(page, NATIVE_SELECT, key)
    return List(page, number, data["value"], dict(data["options"]))


def native_radios(page: AppTest, key: str) -> List:
    """The one choice among buttons of a page with this key."""
    number, data = element_of(page, NATIVE_RADIOS, key)
    return List(page, number, data["value"], dict(data["options"]))


def element_of(page: AppTest, component: str, key: str) -> tuple[str, dict[str, Any]]:
    """The id of the one element of our own component with this key, and what it is sent."""
    sent = [element.proto for element in page.get("bidi_component")]
    (one,) = [each for each in sent if each.component_name == component and each.id.endswith(f"-{key}")]
    return one.id, json.loads(one.json)


def send(page: AppTest, number: str, event: str, value: Any) -> AppTest:
    """Send an event of an element of our own as the browser does, and run the page."""
    states = page._tree.get_widget_states()
    sent = json.dumps([{"event": event, "value": value}])
    states.widgets.append(WidgetState(id=_make_trigger_id(number, "events"), json_trigger_value=sent))
    return page._run(states)


def seen_by(audience: str, entry: PageEntry = PAGES[0], **address: str) -> AppTest:
    """A page as an audience sees it, with the address's parameters as keywords."""
    app = AppTest.from_file(FRAME, default_timeout=60)
    app.session_state[AUDIENCE] = audience
    app.query_params.update(address)
    return first_visit(app, entry)


def first_visit(app: AppTest, entry: PageEntry) -> AppTest:
    """A page opened by its address, without the front page before it; ValueError where the reader does not have it."""
    if not entry.address:
        return app.run()
    app._page_hash = calc_hash(entry.address)
    app.run()
    if app._finished_page_script_hash != calc_hash(entry.address):
        raise ValueError(f"Could not find a navigation page at /{entry.address}")
    return app


def tables(node: AppTest | Block) -> list[pd.DataFrame]:
    """The plain tables of a page or a part of it, the first column as the index, every cell the text it is read as."""
    made = [ElementTree.fromstring(each.proto.body) for each in node.get("html") if "plain-table" in each.proto.body]
    return [_table(each) for each in made]


def _table(drawn: ElementTree.Element) -> pd.DataFrame:
    headings, *rows = ([("".join(cell.itertext())) for cell in row] for row in drawn.iter("tr"))
    return pd.DataFrame(rows, columns=headings).set_index(headings[0])


def unfolded(page: AppTest, file_name: str) -> pd.DataFrame:
    """The table beside a picture, which is made once a reader unfolds it; named as the file it can be fetched as."""
    page.session_state[f"table_{file_name}"] = True
    page.run()
    folds = [each for each in page.expander if each.label == "Vis tallene som tabel"]
    return next(table for fold in folds for table in (*tables(fold), *(each.value for each in fold.dataframe)))


def words(app: AppTest) -> str:
    """Every text on the page, as a reader sees it."""
    elements = [*app.title, *app.header, *app.subheader, *app.markdown, *app.caption, *app.warning, *app.info]
    cells = [cell for table in tables(app) for cell in table.reset_index().to_numpy().ravel()]
    return "\n".join([*(seen(element.value) for element in elements), *cells])


def seen(text: str) -> str:
    """A text without the signs that disarm Markdown: backslashes and word joiners."""
    return text.replace("\\", "").replace("\u2060", "")
