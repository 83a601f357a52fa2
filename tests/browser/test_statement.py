"""What the accessibility statement says fails is what fails on the pages; and every page's foot leads to it."""

import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from reports.statement import SHORTCOMINGS
from tests.browser.conftest import PATIENCE
from tests.browser.reader import drawn, look_as, open_page, visit
from tests.browser.server import Server

MEETING = "moede?moede=2026-03-04-partnerskab"
DAY = re.compile("^(Monday|mandag),? ")


def in_language(browser: Browser, locale: str) -> Page:
    context = browser.new_context(locale=locale, viewport={"width": 1440, "height": 900})
    context.set_default_timeout(PATIENCE)
    return context.new_page()


@pytest.fixture
def english(browser: Browser) -> Iterator[Page]:
    """A reader whose browser speaks English."""
    page = in_language(browser, "en-GB")
    yield page
    page.context.close()


@pytest.fixture
def unsaid(page: Page) -> Page:
    """A reader who meets the page in the moment before our script has said Streamlit's words in Danish."""
    page.route("**/wording/*/wording.js", lambda route: route.abort())
    return page


def edit_meeting(page: Page, server: Server) -> None:
    visit(page, f"{server.address}/{MEETING}")
    page.get_by_role("button", name="Ret mødet").click()
    expect(page.get_by_label("Sted")).to_be_visible()


def first_monday(page: Page) -> str:
    page.get_by_role("button", name=re.compile("Vælg dato|Choose date")).first.click()
    return page.get_by_role("button", name=DAY).first.get_attribute("aria-label") or ""


def a_long_table_is_read_from_a_copy_with_fewer_rows_and_can_be_fetched(page: Page, server: Server) -> None:
    visit(page, f"{server.address}/udvikling")
    page.get_by_text("Vis tallene som tabel").first.click()
    copy = page.locator('[data-testid="data-grid-canvas"] table').first
    expect(copy).to_be_attached()
    assert int(copy.get_attribute("aria-rowcount") or 0) > 30
    assert copy.locator("tr").count() < int(copy.get_attribute("aria-rowcount") or 0)
    expect(page.get_by_role("button", name="Hent som CSV").first).to_be_visible()


def the_uploader_is_english_until_our_script_has_come(page: Page, server: Server) -> None:
    visit(page, server.address)
    look_as(page, "Sekretariat", "Data")
    open_page(page, "Data")
    expect(page.get_by_test_id("stFileUploader").first).to_contain_text("per file")


def an_empty_field_is_english_until_our_script_has_come(page: Page, server: Server) -> None:
    visit(page, f"{server.address}/kriterium")
    expect(
        page.get_by_placeholder("Choose an option").or_(page.get_by_label("Choose an option")).first
    ).to_be_attached()


def the_days_of_a_date_field_follow_the_browser(page: Page, server: Server) -> None:
    edit_meeting(page, server)
    assert first_monday(page).startswith("Monday")


Fails = Callable[[Page, Server], None]
ENGLISH: dict[str, Fails] = {"Datofelter": the_days_of_a_date_field_follow_the_browser}
UNSAID: dict[str, Fails] = {
    "Feltet til at lægge filer op": the_uploader_is_english_until_our_script_has_come,
    "Tomme felter": an_empty_field_is_english_until_our_script_has_come,
}
DRAWN: dict[str, Fails] = {"Tabeller med flere end 30 rækker":
                           a_long_table_is_read_from_a_copy_with_fewer_rows_and_can_be_fetched}  # fmt: skip


def test_every_part_that_is_said_to_fail_is_looked_for_on_the_pages() -> None:
    assert {each.what for each in SHORTCOMINGS} == {*ENGLISH, *UNSAID, *DRAWN}


@pytest.mark.parametrize("fails", ENGLISH.values(), ids=list(ENGLISH))
def test_what_follows_the_language_of_the_browser(english: Page, server: Server, fails: Fails) -> None:
    fails(english, server)


@pytest.mark.parametrize("fails", UNSAID.values(), ids=list(UNSAID))
def test_what_is_english_for_a_moment(unsaid: Page, server: Server, fails: Fails) -> None:
    fails(unsaid, server)


@pytest.mark.parametrize("fails", DRAWN.values(), ids=list(DRAWN))
def test_what_is_drawn_as_a_picture(page: Page, server: Server, fails: Fails) -> None:
    fails(page, server)


def test_where_the_browser_speaks_danish_so_does_the_date_field(page: Page, server: Server) -> None:
    edit_meeting(page, server)
    assert first_monday(page).startswith("mandag")


def test_the_foot_leads_to_the_statement_on_a_phone(page: Page, server: Server) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    visit(page, server.address)
    with page.expect_popup() as opened:
        page.get_by_role("link", name="Tilgængelighed").click()
    statement = opened.value
    expect(statement.get_by_role("heading", name="Tilgængelighedserklæring", level=1)).to_be_visible()
    statement.get_by_role("link", name="Til forsiden").click()
    drawn(statement)
