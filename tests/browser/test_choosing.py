"""The two figures everybody checks, and choosing an area on the map by mouse and by keyboard."""

import re

from playwright.sync_api import Page, expect

from data.release import Release
from tests.browser.reader import (
    address_says,
    choose,
    drawn,
    map_keys,
    name_on_map,
    open_page,
    title,
    visit,
)
from tests.browser.server import Server


def table_row(page: Page, area: str) -> str:
    """The row of an area in the table behind the picture, opened."""
    page.get_by_text("Vis tallene som tabel").first.click()
    row = page.locator(".plain-table").first.get_by_role("row").filter(has_text=area)
    expect(row).to_be_visible()
    return row.inner_text()


def test_choosing_municipalities_shows_gladsaxe_2019_as_793_per_cent(page: Page, server: Server) -> None:
    visit(page, f"{server.address}/tryghedskort")
    choose(page, "Niveau", "Kommuner")
    expect(title(page)).to_have_text("Tryghed i nabolaget i kommuner, 2019")
    drawn(page)
    assert re.search(r"Gladsaxe\s+2019\s+79,3 pct\.", table_row(page, "Gladsaxe"))


def test_gladsaxe_2019_is_written_in_the_picture_too(page: Page, server: Server) -> None:
    visit(page, f"{server.address}/tryghedskort?niveau=municipality&aar=2019&omraade=gladsaxe")
    expect(page.locator("svg.drawing").first).to_contain_text("79,3 pct.")
    expect(page.get_by_test_id("stMain")).to_contain_text("79,3 pct. føler sig trygge i Gladsaxe")


def test_herlev_in_the_fourth_quarter_of_2025_reads_541_reports(page: Page, server: Server) -> None:
    visit(page, f"{server.address}/udvikling?omraade=herlev")
    expect(page.get_by_test_id("stMain")).to_contain_text("541 anmeldelser i Herlev i 4. kvartal 2025")


def test_choosing_another_year_changes_the_figures(page: Page, server: Server) -> None:
    visit(page, f"{server.address}/tryghedskort?aar=2025")
    expect(page.get_by_role("group", name=re.compile("^Diagram: .*i 2025: fra"))).to_be_visible()
    choose(page, "Måling", "2021")
    expect(title(page)).to_have_text("Tryghed i nabolaget i boligområder, 2021")
    expect(page.get_by_role("group", name=re.compile("^Diagram: .*i 2021: fra"))).to_be_visible()
    expect(page.get_by_role("group", name=re.compile("^Diagram: .*i 2025: fra"))).to_have_count(0)


def test_a_click_on_the_map_chooses_the_area_here_and_on_the_next_page(page: Page, server: Server) -> None:
    visit(page, f"{server.address}/tryghedskort?niveau=municipality")
    place = name_on_map(page, "Ballerup").bounding_box()
    assert place is not None
    page.mouse.click(place["x"] + place["width"] / 2, place["y"] + place["height"] / 2)
    expect(page.get_by_role("heading", name="Ballerup", exact=True)).to_be_visible()
    expect(page).to_have_url(re.compile("omraade=ballerup(&|$)"))
    expect(map_keys(page).get_by_role("option", name="Ballerup")).to_have_attribute("aria-selected", "true")
    open_page(page, "Udvikling")
    expect(title(page)).to_have_text("Udviklingen i Ballerup")
    address_says(page, omraade="ballerup")


def test_a_second_click_on_the_area_gives_it_up_again(page: Page, server: Server) -> None:
    visit(page, f"{server.address}/tryghedskort?niveau=municipality&omraade=ballerup")
    selected = map_keys(page).locator('[aria-selected="true"]')
    expect(selected).to_have_text("Ballerup")
    map_keys(page).focus()
    page.keyboard.press("Enter")
    expect(selected).to_have_count(0)
    expect(page).to_have_url(re.compile("^(?!.*omraade=)"))


def test_the_keyboard_chooses_an_area_on_the_map(page: Page, server: Server) -> None:
    visit(page, f"{server.address}/tryghedskort")
    keys = map_keys(page)
    keys.focus()
    first = keys.get_attribute("aria-activedescendant")
    for arrow in ("ArrowDown", "ArrowRight", "ArrowUp", "ArrowLeft"):
        page.keyboard.press(arrow)
        if keys.get_attribute("aria-activedescendant") != first:
            break
    reached = keys.get_attribute("aria-activedescendant")
    assert reached != first
    name = keys.locator(f"#{reached}").inner_text()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name=name, exact=True)).to_be_visible()
    expect(keys.locator('[aria-selected="true"]')).to_have_text(name)
    open_page(page, "Udvikling")
    expect(title(page)).to_have_text(f"Udviklingen i {name}")


def test_the_map_says_aloud_which_area_the_keyboard_is_on(page: Page, server: Server) -> None:
    visit(page, f"{server.address}/tryghedskort?niveau=municipality&aar=2019&omraade=gladsaxe")
    map_keys(page).focus()
    expect(page.locator(".speech")).to_contain_text("Gladsaxe: 79,3 pct. føler sig trygge i Gladsaxe")


def test_the_card_of_the_area_leads_to_its_trend(page: Page, server: Server) -> None:
    visit(page, f"{server.address}/tryghedskort?niveau=municipality&omraade=gladsaxe")
    page.get_by_role("link", name="Se udviklingen i Gladsaxe").click()
    expect(title(page)).to_have_text("Udviklingen i Gladsaxe")
    address_says(page, omraade="gladsaxe")


def test_a_line_on_the_front_page_leads_to_its_evidence(page: Page, server: Server, shipped: Release) -> None:
    moved = shipped.changes[shipped.changes["kind"] == "survey"].iloc[0]
    visit(page, f"{server.address}/")
    line = page.locator(f".st-key-change_survey_{moved['subject']}_{moved['area_id']}")
    line.get_by_role("link", name="Se grundlaget").click()
    expect(title(page)).to_have_text(f"Udviklingen i {shipped.name_of(moved['area_id'])}")
    address_says(page, emne=moved["indicator"])


def test_a_line_on_the_front_page_leads_to_the_sheet_of_its_area(page: Page, server: Server, shipped: Release) -> None:
    moved = shipped.changes[shipped.changes["kind"] == "survey"].iloc[0]
    visit(page, f"{server.address}/")
    line = page.locator(f".st-key-change_survey_{moved['subject']}_{moved['area_id']}")
    line.get_by_role("link", name=f"Se området {shipped.name_of(moved['area_id'])}").click()
    expect(title(page)).to_contain_text(f"{shipped.name_of(moved['area_id'])}: ")


def test_buttons_side_by_side_are_a_named_group_of_radio_buttons_that_the_keyboard_goes_through(
    page: Page, server: Server
) -> None:
    visit(page, f"{server.address}/tryghedskort")
    group = page.get_by_role("group", name="Kortet viser", exact=True)
    expect(group.get_by_role("radio", name="Niveau", exact=True)).to_be_checked()
    group.get_by_role("radio", name="Niveau", exact=True).focus()
    page.keyboard.press("ArrowRight")
    expect(group.get_by_role("radio", name="Ændring", exact=True)).to_be_checked()
    expect(group.get_by_role("radio", name="Ændring", exact=True)).to_be_focused()
    expect(page).to_have_url(re.compile("visning=(?!niveau)"))
    drawn(page)
    ring = group.locator("label:has(:focus-visible)")
    assert ring.evaluate("(label) => parseFloat(getComputedStyle(label).outlineWidth)") == 3
    box = ring.bounding_box()
    assert box is not None
    assert min(box["width"], box["height"]) >= 24
