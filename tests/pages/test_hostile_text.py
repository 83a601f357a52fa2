"""Whatever things are called, no page makes a picture, a link or formatting of it: every free text, on every page."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pandas as pd
import pytest
from pandas.api.types import is_numeric_dtype
from streamlit.testing.v1.element_tree import Block

from components.navigation import PAGES
from data.contracts.validation import CONTRACTS
from data.release import Release
from data.store import Store
from tests.pages.conftest import DrawFrom, seen_by

HOSTILE = "![x](/auth/logout) <img src=x> [y](http://ond.example) :material/home: "
RAW = ("![x](/auth", "](http://ond", "<img src=x>")
MARKUP = ("<img", 'href="/auth', 'href="http://ond')
# What Streamlit reads as Markdown; values and options of widgets, and cells of tables, are shown as they are.
MARKDOWN = ("body", "label", "help")
FREE = {"sentence"} | {
    column.name
    for contract in CONTRACTS.values()
    for column in contract.columns
    if column.kind == "text" and not (column.pattern or column.refers or column.choices)
    and not column.name.endswith(("_id", "_ids"))
}  # fmt: skip
# Words of our own that code looks up.
NOT_FREE = {
    *("category", "indicator", "series", "period", "wave", "year", "view", "band", "weekday", "url"),
    *("kind", "reason", "how", "method", "coverage"),
}
TEXTS = FREE - NOT_FREE


def hostile(table: pd.DataFrame) -> pd.DataFrame:
    """A table in which every free text that is not empty begins with what could do harm."""
    texts = [name for name in table.columns if name in TEXTS and not is_numeric_dtype(table[name])]
    said = {
        name: [f"{HOSTILE}{each}" if isinstance(each, str) and each else each for each in table[name]] for name in texts
    }
    return table.assign(**said)


@pytest.fixture
def hostile_release(monkeypatch: pytest.MonkeyPatch, shipped_database: str, draw_from: DrawFrom) -> None:
    draw_from(shipped_database)
    as_it_is = Store.release
    made: dict[tuple[int, str], Release] = {}

    def changed(self: Store, release_id: int | None = None, *, audience: str, drafts: bool = False) -> Release:
        found = as_it_is(self, release_id, audience=audience, drafts=drafts)
        key = found.head.id, audience
        if key not in made:
            tables = {name: hostile(table) for name, table in found.tables.items()}
            made[key] = replace(found, tables=tables)
        return made[key]

    monkeypatch.setattr(Store, "release", changed)


def told(node: Any) -> Iterator[str]:
    """Every text of a page that is read as Markdown."""
    proto = getattr(node, "proto", None)
    for field in MARKDOWN:
        text = getattr(proto, field, "")
        if isinstance(text, str) and node.type != "html":
            yield text
    if isinstance(node, Block):
        for child in node.children.values():
            yield from told(child)


@pytest.mark.parametrize(
    "entry", [entry for entry in PAGES if not entry.needs_publishing], ids=lambda entry: entry.title
)
@pytest.mark.usefixtures("hostile_release")
def test_a_page_makes_nothing_of_what_things_are_called(entry: Any) -> None:
    page = seen_by("politi" if entry.needs_cells else "ledelse", entry)
    assert not page.exception
    texts = list(told(page._tree))
    assert any("auth/logout" in text or "auth\\/logout" in text for text in texts) or entry.title in (
        "Delte links",
        "Kriterium",
    )
    assert [text for text in texts for raw in RAW if raw in text] == []
    drawn = [each.proto.body for each in page.get("html")]
    assert [html for html in drawn for raw in MARKUP if raw in html] == []
