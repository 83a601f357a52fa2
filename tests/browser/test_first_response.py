"""The answer of the first response in a browser: the page's own words at once, until the live page takes its place."""

import re
from html import unescape

import pytest
from playwright.sync_api import Browser, Page, expect

from components.initiatives.tabs import TABS
from components.meetings.parts import PARTS as MEETING_PARTS
from tests.browser.reader import OPEN_PAGES, title, visit
from tests.browser.server import Server
from tests.browser.test_first_impression import WATCH_FOR_JUMPS

FIRST = "#first-response"
PAGES = {entry.title: entry.address for entry in OPEN_PAGES}
PARTS = {title: f"moede?del={part}" for part, title in MEETING_PARTS.items()}
PARTS |= {title: f"indsatser?fane={tab}" for tab, title in TABS.items()}
# How far content may move by itself while the live page takes over, as browsers measure it.
STILL = 0.05
# The largest content, in square pixels, of the first response (which has gone by now) and of what came after it.
WATCH_THE_LARGEST = """window.largest = { first: 0, later: 0, words: '' };
    new PerformanceObserver((list) => list.getEntries().forEach((each) => {
        if (!each.element || each.element.closest('#first-response')) window.largest.first = each.size;
        else Object.assign(window.largest, { later: each.size, words: each.element.textContent });
    })).observe({ type: 'largest-contentful-paint', buffered: true });"""
PHONE = 390
# A line breaks elsewhere in the typeface that stands in until ours is there, so the same words may be so much larger.
TYPEFACE = 1.1
# What a page tries that its policy forbids; the reader's browser reports each as a fault of the page.
WATCH_FOR_VIOLATIONS = """window.violations = [];
    document.addEventListener('securitypolicyviolation', (each) => window.violations.push(each.violatedDirective));"""
# What few readers need: the scripts of interactive pictures and of tables that scroll.
LATER = re.compile(r"/(PlotlyChart|DataFrame|ArrowTable|arrowFormatUtils)\.")


@pytest.mark.parametrize("width", [1440, PHONE])
@pytest.mark.parametrize("path", [*PAGES.values(), *PARTS.values()], ids=[*PAGES, *PARTS])
def test_it_says_what_the_live_page_says_and_goes_without_a_jump(
    path: str, width: int, page: Page, server: Server
) -> None:
    address = f"{server.address}/{path}"
    missing: list[str] = []
    page.set_viewport_size({"width": width, "height": 900})
    page.on("response", lambda answer: missing.append(answer.url) if answer.status >= 400 else None)
    page.add_init_script(WATCH_FOR_JUMPS + WATCH_THE_LARGEST + WATCH_FOR_VIOLATIONS)
    sent = page.request.get(address).text()
    found = re.search(r"<h1>(.*?)</h1>", sent)
    assert found
    visit(page, address)
    expect(title(page)).to_have_text(unescape(found.group(1)))
    assert page.evaluate("window.jumps") <= STILL
    if width == PHONE:  # where a weak signal is; on a wide screen the live page has two columns of words at once
        largest = page.evaluate("window.largest")
        assert largest["later"] <= TYPEFACE * largest["first"], largest["words"]
    assert missing == page.evaluate("window.violations") == []


@pytest.mark.parametrize("path", [*PAGES.values(), *PARTS.values()], ids=[*PAGES, *PARTS])
def test_no_page_fetches_what_only_an_explorer_needs(path: str, page: Page, server: Server) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    visit(page, f"{server.address}/{path}")
    assert [url for url in asked if LATER.search(url)] == []


def test_a_question_of_ones_own_fetches_its_picture_when_it_is_opened(page: Page, server: Server) -> None:
    visit(page, f"{server.address}/udvikling?omraade=vaerebro-park")
    with page.expect_request(LATER):
        page.get_by_text("Udforsk: stil dit eget spørgsmål til tallene").click()
    expect(page.locator(".js-plotly-plot")).to_be_visible()
    expect(page).to_have_url(re.compile("udforsk=alle"))
    page.reload()
    expect(page.locator(".js-plotly-plot")).to_be_visible()


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
