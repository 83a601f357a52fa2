"""Pages on paper: the area sheet on one A4 page, every other whole on as many as it needs; always light."""

import re

import pytest
from playwright.sync_api import Browser

from components.navigation import PageEntry
from tests.browser.conftest import visitor
from tests.browser.reader import OPEN_PAGES, drawn, visit
from tests.browser.server import Server

A_PAGE = re.compile(rb"/Type\s*/Page\b(?!s)")
A4 = (595, 842)  # points
# Charts that stick out of the column they stand in; a pixel is forgiven for rounding.
DRAWINGS = """[...document.querySelectorAll('[class*="st-key-drawing_"]')].map(place => {
  const host = [...place.querySelectorAll('*')].find(each => each.shadowRoot);
  return [host.shadowRoot.querySelector('.stage'), place.closest('[data-testid=stColumn]')];
})"""
CUT_CHARTS = f"""() => {DRAWINGS}.filter(([drawn, column]) => {{
  const [chart, room] = [drawn, column].map(each => each.getBoundingClientRect());
  return chart.right > room.right + 1 || chart.height < 50;
}}).length"""

# How much of its column the narrowest chart fills.
CHARTS_PART = f"""() => Math.min(...{DRAWINGS}.map(([drawn, column]) =>
  drawn.getBoundingClientRect().width / column.getBoundingClientRect().width))"""


@pytest.mark.parametrize("area", ["hoeje-gladsaxe", "gladsaxe"])
@pytest.mark.parametrize("width", [1440, 390])
def test_the_sheet_prints_on_one_a4_page_whatever_the_screen(
    server: Server, browser: Browser, area: str, width: int
) -> None:
    context = visitor(browser)
    page = context.new_page()
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(f"{server.address}/omraade?omraade={area}")
    drawn(page)
    paper = page.pdf(format="A4", prefer_css_page_size=True)
    assert len(A_PAGE.findall(paper)) == 1
    box = re.search(rb"/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]", paper)
    assert box is not None
    assert (float(box[1]), float(box[2])) == pytest.approx(A4, abs=1)
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    page.emulate_media(media="print")
    assert page.evaluate(CUT_CHARTS) == 0
    if width == 1440:  # a phone's narrow charts would grow too tall for one page
        assert page.evaluate(CHARTS_PART) >= 0.8
    context.close()


def test_after_printing_the_screen_is_as_it_was(server: Server, browser: Browser) -> None:
    context = visitor(browser)
    page = context.new_page()
    page.goto(f"{server.address}/omraade?omraade=hoeje-gladsaxe")
    drawn(page)
    chart = page.locator(".st-key-drawing_sheet_recorded svg.drawing")
    before = chart.bounding_box()
    page.pdf(format="A4")
    assert page.locator("body.on-paper").count() == 0
    assert chart.bounding_box() == before
    context.close()


# What stands on a page once it is set for paper: parts that stick out, closed folds, and what only a screen can do.
SET_FOR_PAPER = """() => {
  const page = document.querySelector('[data-testid="stMainBlockContainer"]'), room = page.getBoundingClientRect();
  const hosts = [...page.querySelectorAll('.stBidiComponent, .stBidiComponent *')].filter((each) => each.shadowRoot);
  const all = [page, ...hosts.map((each) => each.shadowRoot)].flatMap((root) => [...root.querySelectorAll('*')]);
  const seen = all.filter((each) => each.checkVisibility() && each.getBoundingClientRect().width > 2);
  const name = (each) => `${each.tagName}.${each.getAttribute("class")} ${each.textContent.slice(0, 40)}`;
  const wide = seen.filter((each) => each.matches('svg.drawing, .stage, table, article, h1, p'));
  return {
    cut: wide.filter((each) => each.getBoundingClientRect().right > room.right + 1).map(name),
    closed: seen.filter((each) => each.matches('details:not([open])')).map(name),
    only_screen: seen.filter((each) => each.matches(
      'input, textarea, select, [data-testid="stPopover"], [data-testid="stPageLink"], .st-key-who, .options, .buttons'
    )).map(name),
    foot: document.head.lastElementChild.textContent,
  };
}"""


def test_paper_keeps_what_a_row_says_and_tells_what_was_not_folded_out_and_where_it_is(
    server: Server, browser: Browser
) -> None:
    context = visitor(browser)
    page = context.new_page()
    visit(page, f"{server.address}/indsatser")
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    page.emulate_media(media="print")
    rows = page.locator('[class*="st-key-row_"] summary')
    assert rows.count() > 5
    assert all(row.is_visible() for row in rows.all())
    line = page.locator(".left-off-paper")
    told = line.inner_text()
    assert "Ikke med på papiret" in told
    assert "det, der står under hver række" in told
    assert "Alle kriterier i én tabel" in told
    assert told.endswith(page.url)
    assert "Skriv i loggen" not in told
    page.emulate_media(media="screen")
    page.evaluate("window.dispatchEvent(new Event('afterprint'))")
    assert line.count() == 0
    context.close()


@pytest.mark.parametrize("entry", OPEN_PAGES, ids=lambda entry: entry.title)
def test_every_page_on_paper_is_whole_with_its_folds_open_and_says_for_whom_it_is(
    server: Server, browser: Browser, entry: PageEntry
) -> None:
    context = visitor(browser)
    page = context.new_page()
    visit(page, f"{server.address}/{entry.address}")
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    page.emulate_media(media="print")
    found = page.evaluate(SET_FOR_PAPER)
    assert (found["cut"], found["closed"], found["only_screen"]) == ([], [], [])
    assert re.search(r"Ledelse · udgave 2, \d", found["foot"])
    page.emulate_media(media="screen")
    page.evaluate("window.dispatchEvent(new Event('afterprint'))")
    assert page.locator("body.for-paper").count() == 0
    context.close()
