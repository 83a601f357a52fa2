"""Text twice as large, and a page as narrow as WCAG's reflow has it: no words lie over others, and none are cut.

What is measured is the room of every word one sees, in the pictures too, and what sticks out of a box that hides it.
"""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from components.navigation import PageEntry
from tests.browser.conftest import visitor
from tests.browser.reader import OPEN_PAGES, drawn, too_wide, visit
from tests.browser.server import Server

# (width in pixels, size of the root's type in per cent)
SETTINGS = ((1280, 200), (320, 100), (640, 200))
TWICE = "document.documentElement.style.setProperty('font-size', '{}%', 'important')"
WORDS = (Path(__file__).parent / "words.js").read_text("utf-8")


@pytest.mark.parametrize("entry", OPEN_PAGES, ids=lambda entry: entry.title)
@pytest.mark.parametrize(("width", "size"), SETTINGS)
def test_no_words_lie_over_others_or_are_cut(
    server: Server, browser: Browser, entry: PageEntry, width: int, size: int
) -> None:
    context = visitor(browser)
    page = context.new_page()
    page.set_viewport_size({"width": width, "height": 900})
    visit(page, f"{server.address}/{entry.address}")
    page.evaluate(TWICE.format(size))
    page.wait_for_timeout(500)
    drawn(page)
    found = page.evaluate(WORDS)
    assert (found["over"], found["cut"], too_wide(page)) == ([], [], 0)
    assert page.get_by_text(re.compile(r"^\d+ more$")).count() == 0  # how many pages the menu has no room for
    context.close()


def test_words_that_lie_over_others_and_words_that_are_cut_would_be_found(server: Server, browser: Browser) -> None:
    context = visitor(browser)
    page = context.new_page()
    visit(page, f"{server.address}/om-tallene")
    page.evaluate(
        """document.querySelector('h1').insertAdjacentHTML('afterend',
        '<div style="position:relative"><p style="position:absolute">Det ene</p>'
        + '<p style="position:absolute">Det andet</p></div><p style="width:40px;overflow:hidden;'
        + 'white-space:nowrap">En lang sætning</p>')"""
    )
    found = page.evaluate(WORDS)
    assert "»Det ene« over »Det andet«" in found["over"]
    assert "En lang sætning" in found["cut"]
    context.close()
