"""Every page by the rules of WCAG 2.2 A and AA, in light and dark, wide and narrow; and an errand by keyboard alone.

axe-core finds what a machine can find. Where it cannot tell (text over a picture), it says so and is not counted.
"""

import re
from collections.abc import Iterator
from importlib.resources import files
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from components.navigation import PAGES, PageEntry
from tests.browser.conftest import PATIENCE
from tests.browser.reader import address_says, drawn, look_as, map_keys, open_page, title, visit
from tests.browser.server import Server

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
WIDTHS = (1440, 390)
# A page seen whole, because axe leaves out what is scrolled away; the rest is the page's own navigation.
ROOM = 120
TALLEST = 12_000
# Pages that not everybody has, and an audience that has them.
WHOSE = {"Hotspots": "Lokalpoliti", "Data": "Sekretariat"}
RUN = """async rules => {
    const found = await axe.run(document, {runOnly: {type: 'tag', values: rules}, resultTypes: ['violations']});
    return found.violations.flatMap(({id, nodes}) => nodes.map(({html, failureSummary}) =>
        ({rule: id, html, why: failureSummary})));
}"""

AXE = files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8")


@pytest.fixture(scope="module", params=["light", "dark", "forced"])
def guest(request: pytest.FixtureRequest, browser: Browser) -> Iterator[Page]:
    """Somebody whose system is light, dark or of forced colours, in a browser that lets a test put axe into a page."""
    colours: dict[str, Any] = (
        {"forced_colors": "active"} if request.param == "forced" else {"color_scheme": request.param}
    )
    context = browser.new_context(locale="da-DK", viewport={"width": 1440, "height": 900}, bypass_csp=True, **colours)
    context.set_default_timeout(PATIENCE)
    yield context.new_page()
    context.close()


def violations(page: Page, width: int) -> list[str]:
    """What axe finds on the page at a width."""
    page.set_viewport_size({"width": width, "height": 900})
    drawn(page)
    tall = page.get_by_test_id("stMain").evaluate("element => element.scrollHeight")
    page.set_viewport_size({"width": width, "height": min(int(tall) + ROOM, TALLEST)})
    page.wait_for_timeout(500)
    drawn(page)
    page.evaluate(AXE)
    found: list[dict[str, str]] = page.evaluate(RUN, RULES)
    return [f"{each['rule']}: {each['html'][:200]} {each['why'][:300]}" for each in found]


@pytest.mark.parametrize("entry", PAGES, ids=lambda entry: entry.title)
@pytest.mark.parametrize("width", WIDTHS)
def test_the_page_keeps_the_rules(guest: Page, server: Server, entry: PageEntry, width: int) -> None:
    if entry.title in WHOSE:
        guest.set_viewport_size({"width": 1440, "height": 900})  # A phone's menu is folded away.
        visit(guest, server.address)
        look_as(guest, WHOSE[entry.title], entry.title)
        open_page(guest, entry.title)
    else:
        visit(guest, f"{server.address}/{entry.address}")
    assert violations(guest, width) == []


@pytest.mark.parametrize("reading", ["aendring", "reference"])
def test_the_map_keeps_the_rules_in_every_reading_and_beside_the_reports(
    guest: Page, server: Server, reading: str
) -> None:
    visit(guest, f"{server.address}/tryghedskort?visning={reading}&ved_siden=anmeldelser&omraade=grantoften")
    assert violations(guest, 1440) == []


def test_a_rule_that_is_broken_would_be_found(guest: Page, server: Server) -> None:
    visit(guest, f"{server.address}/om-tallene")
    guest.evaluate(
        "document.querySelector('h1').insertAdjacentHTML('afterend', '<img src=\"data:,\"><button></button>')"
    )
    assert {found.split(":")[0] for found in violations(guest, 1440)} == {"image-alt", "button-name"}


def tab_to(page: Page, described: str) -> None:
    """Press Tab until the focus is on something with this in its name, as one who cannot use a mouse does."""
    name = """() => {
        let active = document.activeElement;
        while (active?.shadowRoot?.activeElement) active = active.shadowRoot.activeElement;
        const label = active?.getAttribute('aria-label') ?? active?.labels?.[0]?.textContent ?? '';
        return active ? `${label} ${active.textContent}` : '';
    }"""
    for _ in range(80):
        page.keyboard.press("Tab")
        if re.search(described, page.evaluate(name)):
            return
    raise AssertionError(f"»{described}« cannot be reached by Tab")


def test_a_whole_errand_can_be_done_by_keyboard_alone(page: Page, server: Server) -> None:
    visit(page, f"{server.address}/tryghedskort")

    tab_to(page, "^Emne")
    page.keyboard.type("Tillid")
    expect(title(page)).to_have_text(re.compile("^Tillid til politiet"))
    drawn(page)

    tab_to(page, "^Kort: ")
    page.keyboard.press("PageDown")
    chosen = map_keys(page).locator(f"#{map_keys(page).get_attribute('aria-activedescendant')}").inner_text()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name=chosen, exact=True)).to_be_visible()
    drawn(page)

    tab_to(page, "Se udviklingen i ")
    page.keyboard.press("Enter")
    expect(title(page)).to_have_text(f"Udviklingen i {chosen}")
    address_says(page, emne="tillid_til_politiet")
    drawn(page)

    tab_to(page, "Vis tallene som tabel")
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Hent som CSV").first).to_be_visible()
    drawn(page)
    tab_to(page, "Hent som CSV")
    with page.expect_download() as download:
        page.keyboard.press("Enter")
    assert chosen in download.value.path().read_text(encoding="utf-8-sig")
