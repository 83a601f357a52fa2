"""Text from data as the browser draws it: never a link, picture, list or icon, whatever a thing has been named."""

import json
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.conftest import visitor
from tests.browser.server import ROOT, serving

TEXTS = (
    "[x](http://ond.example)",
    "![x](http://ond.example/a.png)",
    "<img src=x onerror=alert(1)>",
    "http://ond.example/a",
    "www.ond.example",
    "nogen@ond.example",
    "23. november",
    "23) november",
    "  2. plads",
    "- 4 pct.",
    "+ 4 pct.",
    "* stjerne",
    "# overskrift",
    "> citat",
    "Område\n- punkt",
    "Område\n===",
    "**fed** _kursiv_ `kode` ~~streget~~",
    "$x^2$",
    "a | b",
    ":red[rød]",
    ":material/home:",
    ":smile:",
    "&lt;b&gt; &amp;",
    "a -- b -> c",
)
SCRIPT = """
import json, sys
sys.path.insert(0, {root!r})
import streamlit as st
from components.text import say

for number, text in enumerate(json.loads({texts!r})):
    with st.container(key=f"text_{{number}}"):
        say(text)
st.title("Færdig")
"""


@pytest.fixture(scope="module")
def page(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    """A page of nothing but texts from data."""
    folder = tmp_path_factory.mktemp("texts")
    script = folder / "texts.py"
    script.write_text(SCRIPT.format(root=str(ROOT), texts=json.dumps(TEXTS)), encoding="utf-8")
    context = visitor(browser)
    with serving("sqlite://", folder, str(script)) as server:
        opened = context.new_page()
        opened.goto(server.address)
        opened.get_by_role("heading", name="Færdig").wait_for()
        yield opened
    context.close()


@pytest.mark.parametrize("number", range(len(TEXTS)), ids=[repr(text) for text in TEXTS])
def test_a_text_is_shown_as_it_was_written(page: Page, number: int) -> None:
    shown = page.locator(f".st-key-text_{number}").get_by_test_id("stMarkdownContainer")
    elements = shown.evaluate("element => [...element.querySelectorAll('*')].map(each => each.tagName)")
    written = shown.evaluate("element => element.textContent").replace("\u2060", "")
    assert (elements, written.split()) == (["P"], TEXTS[number].split())
