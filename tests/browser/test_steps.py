"""Errands with their steps counted: what a director, a secretary and a group do before and at the meeting."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from components.navigation import PageEntry
from tests.browser.reader import OPEN_PAGES, address_says, drawn, open_page, title, too_wide, visit
from tests.browser.server import Server

NARROWEST = 320  # pixels: a page at 400 %, as WCAG's reflow has it
# What one hits on a page and how small it is; a field that is hidden behind its label is as large as that.
SMALL_TARGETS = """() => [...document.querySelectorAll(
    '[data-testid="stMain"] :is(a, button, summary, [role="button"], [role="tab"], [role="radio"])')]
  .filter((each) => each.checkVisibility()).map((each) => [each, each.getBoundingClientRect()])
  .filter(([, box]) => box.width > 2 && box.height > 2 && Math.min(box.width, box.height) < 23.5)
  .filter(([each]) => !each.closest('p'))
  .map(([each, box]) => `${each.tagName} ${box.width}x${box.height} ${each.textContent}`)"""
LARGE = 22  # pixels: read from a chair, and on a projector from the end of the room
TALLEST_STATUS = 2_500


class Steps:
    """A visitor whose clicks are counted."""

    def __init__(self, page: Page, address: str) -> None:
        self.page, self.count = page, 0
        visit(page, address)

    def click(self, what: Locator) -> None:
        """One click, and what comes of it."""
        what.click()
        self.count += 1
        drawn(self.page)

    def menu(self, title: str) -> None:
        """Another page by the menu."""
        self.click(self.page.get_by_test_id("stTopNav").get_by_role("link", name=title))


def bottom(page: Page, selector: str) -> float:
    box = page.locator(selector).bounding_box()
    assert box is not None
    return box["y"] + box["height"]


def test_the_board_is_read_on_one_screen(page: Page, server: Server) -> None:
    visit(page, server.address)
    assert bottom(page, "table.board") <= 900
    figures = page.locator("table.board td:is(.share, .rate).shown .value")
    sizes = figures.evaluate_all("values => values.map((each) => parseFloat(getComputedStyle(each).fontSize))")
    assert len(sizes) == 22
    assert min(sizes) >= LARGE


def test_a_director_sees_what_to_decide_in_gladsaxe_after_one_click(page: Page, server: Server) -> None:
    visit(page, server.address)
    page.get_by_role("radio", name="Gladsaxe", exact=True).click()
    address_says(page, kommune="gladsaxe")
    drawn(page)
    expect(page.get_by_role("heading", name=re.compile("^Kræver en beslutning"))).to_be_visible()
    subjects = page.locator("article.decision h3").all_inner_texts()
    assert subjects
    assert set(page.locator("table.board tbody .under").all_inner_texts()) == {"Gladsaxe"}


def test_a_row_of_the_board_opens_the_area_by_one_press_of_enter(page: Page, server: Server) -> None:
    visit(page, server.address)
    page.get_by_role("link", name="Værebro Park", exact=True).first.press("Enter")
    expect(title(page)).to_have_text(re.compile("^Værebro Park: "))
    address_says(page, omraade="vaerebro-park")


def test_a_heading_sorts_the_board_and_says_so(page: Page, server: Server) -> None:
    visit(page, server.address)
    heading = page.get_by_role("columnheader", name=re.compile("^Tryghed i nabolaget"))
    heading.get_by_role("button").click()
    expect(heading).to_have_attribute("aria-sort", "descending")
    # No order without how likely it is right, seen and heard; the alphabet needs none.
    chance = re.compile("Grantoften har det dårligste tal af 7 områder; chancen for, at .* er 94 pct\\.")
    expect(page.locator(".board-order:visible")).to_have_text([chance])
    expect(page.locator('.board-frame [role="status"]')).to_have_text(chance)
    names = page.locator("table.board tbody th a").all_inner_texts()
    assert names[0] == "Hjortegården"
    assert names[-1] == "Lille Birkholm"  # what is not shown has no rank
    page.get_by_role("columnheader", name="Område").get_by_role("button").click()
    expect(page.locator(".board-order:visible")).to_have_count(0)


def test_an_option_is_one_click_from_the_agenda_and_the_meeting_shows_it(page: Page, own_server: Server) -> None:
    visit(page, own_server.address)
    card = page.locator('article[data-criterion="grantoften-tryg"]')
    card.get_by_role("button", name="Nyt mål").click()
    expect(card.locator('[aria-pressed="true"]')).to_have_text("Nyt mål")
    expect(page.locator(".st-key-last_change")).to_contain_text("Sat på dagsordenen")
    drawn(page)
    open_page(page, "Møde")
    expect(page.get_by_text(re.compile("Indstilling: Målet ændres")).first).to_be_visible()

    page.get_by_role("button", name="Vis på storskærm").click()
    expect(
        page.get_by_role("dialog").get_by_role("heading", name="Tryghed i nabolaget i Grantoften").first
    ).to_be_visible()
    page.keyboard.press("Escape")


def test_today_s_mark_in_a_goal_s_picture_has_the_colour_of_its_status(page: Page, server: Server) -> None:
    visit(page, f"{server.address}/moede")
    fill = "each => getComputedStyle(each).fill"
    met = page.locator("article.good .goal-picture .today").first.evaluate(fill)
    behind = page.locator("article.bad .goal-picture .today").first.evaluate(fill)
    assert (met, behind) == ("rgb(1, 102, 94)", "rgb(140, 81, 10)")


def test_a_decision_s_heading_leads_to_the_very_criterion_in_view(page: Page, server: Server) -> None:
    visit(page, server.address)
    page.locator('article[data-criterion="grantoften-tryg"] h3 a').click()
    marked = page.locator(".st-key-marked_criterion_grantoften-tryg")
    expect(marked).to_be_in_viewport()
    address_says(page, kriterium="grantoften-tryg")


def test_indsatser_is_short_with_nothing_opened(page: Page, server: Server) -> None:
    visit(page, f"{server.address}/indsatser")
    assert page.get_by_test_id("stMain").evaluate("element => element.scrollHeight") <= TALLEST_STATUS


def test_the_menu_is_whole_from_900_pixels(page: Page, server: Server) -> None:
    page.set_viewport_size({"width": 900, "height": 800})
    visit(page, server.address)
    shown = page.get_by_test_id("stTopNav").inner_text()
    assert "Om tallene" in shown
    assert not re.search(r"\d+ (more|mere)", shown)


def test_each_page_and_tab_has_a_title_of_its_own(page: Page, server: Server) -> None:
    titles = []
    for address in (
        "",
        "moede",
        "indsatser",
        "indsatser?fane=logbog",
        "indsatser?fane=hvem",
        "omraade?omraade=grantoften",
    ):
        visit(page, f"{server.address}/{address}")
        titles.append(page.title())
    assert len(set(titles)) == len(titles)
    assert all(each.endswith("· Tryghedsoverblik") for each in titles)


def test_the_address_of_omraade_names_the_area_it_shows(page: Page, server: Server) -> None:
    visit(page, f"{server.address}/omraade")
    address_says(page, omraade="hoeje-gladsaxe")
    expect(title(page)).to_have_text(re.compile("^Høje Gladsaxe: "))


def test_the_focus_is_seen_as_a_ring_of_three_pixels(page: Page, server: Server) -> None:
    visit(page, server.address)
    page.get_by_role("button", name="Kopiér link").focus()
    for _ in range(2):
        page.keyboard.press("Tab")
    width = page.evaluate("parseFloat(getComputedStyle(document.activeElement).outlineWidth)")
    assert width == 3


def test_a_director_is_at_most_two_clicks_from_what_to_decide_in_gladsaxe(page: Page, server: Server) -> None:
    steps = Steps(page, server.address)
    steps.click(page.get_by_role("radio", name="Gladsaxe", exact=True))
    expect(page.locator("article.decision .options").first).to_contain_text("Ændr indsatsen")
    assert steps.count <= 2


def test_the_secretary_has_the_meeting_on_the_projector_in_three_clicks(page: Page, own_server: Server) -> None:
    steps = Steps(page, own_server.address)
    steps.menu("Møde")
    steps.click(page.get_by_role("button", name=re.compile("^Sæt \\d+ tal på dagsordenen")))
    steps.click(page.get_by_role("button", name="Vis på storskærm"))
    expect(page.get_by_role("dialog")).to_be_visible()
    assert steps.count <= 3


def test_a_working_group_writes_in_its_log_after_three_clicks(page: Page, server: Server) -> None:
    steps = Steps(page, server.address)
    steps.menu("Indsatser")
    steps.click(page.get_by_role("radio", name="Logbog", exact=True))
    steps.click(page.get_by_text("Skriv i loggen", exact=True))
    expect(page.get_by_role("textbox", name="Det gjorde vi")).to_be_visible()
    assert steps.count <= 3


@pytest.mark.parametrize("entry", OPEN_PAGES, ids=lambda entry: entry.title)
def test_at_320_pixels_nothing_sticks_out_and_targets_can_be_hit(page: Page, server: Server, entry: PageEntry) -> None:
    page.set_viewport_size({"width": NARROWEST, "height": 800})
    visit(page, f"{server.address}/{entry.address}")
    assert too_wide(page) == 0
    assert page.evaluate(SMALL_TARGETS) == []
