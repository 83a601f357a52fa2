"""What meets a reader who has never been here: Danish words everywhere, one hint, and a page that does not jump."""

import re

import pytest
from playwright.sync_api import Page, expect

from components.navigation import PageEntry
from data.release import Release
from tests.browser.reader import OPEN_PAGES, drawn, map_keys, unfold, visit
from tests.browser.server import Server

# Words of Streamlit's that a reader would hear or see; each is said in Danish (server/wording).
ENGLISH = re.compile(
    r"^(App pages|Clear all|Choose an option|Close|Decrement|Download as CSV.*|Fullscreen.*|Help for .*|Increment|Logo"
    r"|Navigate to home page|Open|Remove .*|Search.*|Selected values|Show/hide columns.*|Upload.*|.* icon)$"
)
SPOKEN = """() => {
    const said = [];
    for (const element of document.querySelectorAll('[aria-label], [alt], [title], [placeholder]'))
        for (const name of ['aria-label', 'alt', 'title', 'placeholder'])
            if (element.hasAttribute(name)) said.push(element.getAttribute(name));
    return said;
}"""
# How far content has moved by itself while the page was drawn, as browsers measure it (0.1 is their limit for good).
WATCH_FOR_JUMPS = """window.jumps = 0;
    new PerformanceObserver((list) => list.getEntries().forEach((each) => (window.jumps += each.value)))
        .observe({ type: 'layout-shift', buffered: true });"""
NOTICEABLE = 0.1


@pytest.mark.parametrize("entry", OPEN_PAGES, ids=lambda entry: entry.title)
def test_nothing_is_said_in_english(entry: PageEntry, page: Page, server: Server) -> None:
    visit(page, f"{server.address}/{entry.address}")
    unfold(page)
    drawn(page)
    assert [said for said in page.evaluate(SPOKEN) if ENGLISH.match(said)] == []


def test_a_button_of_streamlits_is_named_in_danish_also_when_it_is_drawn_later(page: Page, server: Server) -> None:
    visit(page, f"{server.address}/udvikling?omraade=vaerebro-park")
    page.get_by_role("button", name="Fjern Værebro Park").click()
    expect(page).to_have_url(re.compile("^(?!.*omraade=)"))
    drawn(page)
    page.get_by_role("combobox", name="Områder").fill("Atlantis")
    expect(page.get_by_text("Intet fundet")).to_be_visible()


def test_an_area_is_read_aloud_in_whole_sentences(page: Page, server: Server) -> None:
    visit(page, f"{server.address}/tryghedskort?omraade=grantoften")
    map_keys(page).focus()
    speech = page.locator(".speech")
    expect(speech).to_contain_text("Grantoften")
    expect(speech).to_have_text(re.compile(r"^(?!.*\.\.).*\. Valgt\.$", re.DOTALL))


def test_every_municipality_of_the_partnership_is_named_on_the_map(page: Page, server: Server) -> None:
    visit(page, f"{server.address}/tryghedskort")
    for name in ("Ballerup", "Gladsaxe", "Herlev"):
        expect(page.locator(".name.place").get_by_text(name, exact=True)).to_have_count(1)


@pytest.mark.parametrize("path", ["/", "/tryghedskort"])
def test_every_housing_area_finds_room_for_its_name(page: Page, server: Server, shipped: Release, path: str) -> None:
    visit(page, f"{server.address}{path}")
    measured = set(shipped.survey.loc[shipped.survey["level"] == "housing_area", "area_id"])
    expect(page.locator(".name.area")).to_have_count(len(measured))


def test_a_hint_that_is_put_away_is_away_on_the_next_visit_too(page: Page, server: Server) -> None:
    visit(page, f"{server.address}/tryghedskort")
    page.get_by_role("button", name="Skjul tip").click()
    hint = page.locator(".st-key-hint")
    expect(hint).to_have_count(0)
    expect(page.locator(".st-key-hints_remembered [data-drawn]")).to_have_count(1)
    page.reload()
    drawn(page)
    expect(hint).to_have_count(0)


@pytest.mark.parametrize("width", [1440, 390])
def test_the_map_page_does_not_jump_while_it_is_drawn(page: Page, server: Server, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    page.add_init_script(WATCH_FOR_JUMPS)
    visit(page, f"{server.address}/tryghedskort")
    assert page.evaluate("window.jumps") < NOTICEABLE
