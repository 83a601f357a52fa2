"""The answer of the first response in a browser: the page's own words at once, until the live page takes its place."""

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from components.navigation import PageEntry
from tests.browser.reader import OPEN_PAGES, title, visit
from tests.browser.server import Server
from tests.browser.test_first_impression import NOTICEABLE, WATCH_FOR_JUMPS

FIRST = "#first-response"


@pytest.mark.parametrize("entry", OPEN_PAGES, ids=lambda entry: entry.title)
def test_it_says_what_the_live_page_says_and_goes_without_a_jump(entry: PageEntry, page: Page, server: Server) -> None:
    address = f"{server.address}/{entry.address}"
    missing: list[str] = []
    page.on("response", lambda answer: missing.append(answer.url) if answer.status >= 400 else None)
    page.add_init_script(WATCH_FOR_JUMPS)
    sent = page.request.get(address).text()
    found = re.search(r"<h1>(.*?)</h1>", sent)
    assert found
    visit(page, address)
    expect(title(page)).to_have_text(found.group(1))
    assert page.evaluate("window.jumps") < NOTICEABLE
    assert missing == []


def test_without_scripts_it_stays_and_says_what_is_missing(browser: Browser, server: Server) -> None:
    context = browser.new_context(java_script_enabled=False, viewport={"width": 390, "height": 844})
    page = context.new_page()
    page.goto(server.address)
    first = page.locator(FIRST)
    expect(first.get_by_role("heading", level=1)).to_be_visible()
    assert "Valg og knapper kræver JavaScript." in first.evaluate("element => element.innerText")
    expect(first.get_by_role("link", name="Værebro Park")).to_be_visible()
    context.close()


def test_without_a_web_socket_it_stays(page: Page, server: Server) -> None:
    page.route("**/_stcore/**", lambda route: route.abort())
    page.goto(server.address)
    expect(page.locator("#root > *").first).to_be_attached()
    first = page.locator(FIRST)
    expect(first.get_by_role("heading", level=1)).to_be_visible()
    expect(first.get_by_role("table")).to_contain_text("Grantoften")


def test_it_goes_where_the_reader_had_scrolled_to(page: Page, server: Server) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(server.address, wait_until="commit")
    page.locator(FIRST).evaluate("element => { element.scrollTop = 600; }")
    expect(page.locator(FIRST)).to_have_count(0)
    assert page.get_by_test_id("stMain").evaluate("element => element.scrollTop") == 600
