"""The hotspots in a real browser: for the police alone, from list to map and back, files to take along."""

import csv
import io
import re
from importlib.resources import files
from itertools import pairwise

import pytest
from playwright.sync_api import ConsoleMessage, Locator, Page, ViewportSize, expect

from tests.browser.reader import (
    WIDTHS,
    address_says,
    choose,
    drawn,
    look_as,
    open_page,
    parameters,
    text,
    title,
    too_wide,
    visit,
)
from tests.browser.server import Server

PHONE = ViewportSize(width=390, height=844)
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
AXE = files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8")


def as_police(page: Page, server: Server, category: str = "12") -> None:
    """Look at the app as local police, on the page of hotspots."""
    visit(page, f"{server.address}/?art={category}")
    look_as(page, "Lokalpoliti", "Hotspots")
    open_page(page, "Hotspots")


def test_for_others_the_address_leads_to_no_hotspots(page: Page, server: Server) -> None:
    page.goto(f"{server.address}/hotspots?art=12&felt=250m_618050_71625&felt_aar=2025")
    drawn(page)
    expect(page.get_by_test_id("stTopNav").get_by_role("link", name="Hotspots")).to_have_count(0)
    assert not title(page).inner_text().startswith("Hotspots")
    assert "250m" not in text(page)


def test_a_place_in_the_list_is_found_on_the_map_and_in_the_address(page: Page, server: Server) -> None:
    as_police(page, server)
    first = page.locator(".st-key-place_list .place").first
    first.click()
    expect(page).to_have_url(re.compile("felt=250m_"))
    drawn(page)
    chosen = parameters(page)["felt"][0]
    expect(page.get_by_test_id("stMain")).to_contain_text(f"Feltet hedder {chosen} i Det Danske Kvadratnet.")
    expect(page.locator(".leaflet-marks-pane path.selected")).to_have_count(2)


def test_where_when_how_sure_and_who_works_there_is_four_clicks_away(page: Page, server: Server) -> None:
    visit(page, f"{server.address}/?art=12")
    look_as(page, "Lokalpoliti", "Hotspots")
    clicks = (
        page.get_by_test_id("stTopNav").get_by_role("link", name="Hotspots"),
        page.get_by_role("radio", name="Indbrud i beboelser"),
        page.get_by_role("radio", name="Ballerup", exact=True),
        page.locator(".st-key-place_list .place").first,
    )
    for click in clicks:
        click.click()
        drawn(page)
    assert len(clicks) <= 4
    card = page.locator(".st-key-chosen_cell")
    for said in ("1. Ballerup: ", "mod 5,0 forventet", "År for år", "Ugens timer", "Indsatser inden for 500 m"):
        expect(card).to_contain_text(said)
    expect(card).to_be_in_viewport()  # beside the map, without scrolling


def on_a_phone(page: Page, server: Server) -> Locator:
    """The list as a sheet, as local police see it on a phone; the map fills the screen under it."""
    as_police(page, server)
    page.set_viewport_size(PHONE)
    page.locator('[class*="st-key-map_room_"]').evaluate("each => each.scrollIntoView()")
    return page.locator('[data-testid="stColumn"][data-sheet]')


def test_on_a_phone_the_list_is_a_sheet_over_the_map_that_is_drawn_up_by_its_handle(page: Page, server: Server) -> None:
    sheet = on_a_phone(page, server)
    handle = sheet.get_by_role("button", name="hotspots, tydeligste først")
    stage, down, grip = page.locator(".stage").first.bounding_box(), sheet.bounding_box(), handle.bounding_box()
    assert stage
    assert down
    assert grip
    assert grip["height"] >= 44
    assert down["y"] + down["height"] == pytest.approx(PHONE["height"], abs=1)
    assert stage["y"] < down["y"] < stage["y"] + stage["height"]  # it lies over the map
    assert min(down["y"], stage["y"] + stage["height"]) - max(stage["y"], 0) >= 0.7 * PHONE["height"]
    first = page.locator(".st-key-place_list .place").first
    expect(handle).to_have_attribute("aria-expanded", "false")
    expect(first).to_be_hidden()
    handle.focus()
    page.keyboard.press("Enter")
    expect(handle).to_have_attribute("aria-expanded", "true")
    expect(first).to_be_visible()
    up = sheet.bounding_box()
    assert up
    assert up["height"] <= 0.72 * PHONE["height"]  # some of the map is still seen
    page.keyboard.press("Escape")
    expect(first).to_be_hidden()


def test_choosing_a_place_on_a_phone_lets_the_sheet_down_to_its_first_line(page: Page, server: Server) -> None:
    sheet = on_a_phone(page, server)
    sheet.get_by_role("button", name="Vis mere").click()
    first = page.locator(".st-key-place_list .place").first
    where = first.inner_text().strip()
    first.click()
    expect(page).to_have_url(re.compile("felt=250m_"))
    handle = sheet.get_by_role("button", name=re.compile("Vis mere"))
    expect(handle).to_contain_text(where.splitlines()[-1])
    expect(handle).to_contain_text("forventet")
    expect(handle).to_be_in_viewport()
    expect(page.locator(".st-key-chosen_cell")).to_be_hidden()
    handle.click()
    expect(page.locator(".st-key-chosen_cell")).to_be_visible()


def test_what_the_police_do_in_a_place_is_noted_on_an_initiative_from_its_card(page: Page, own_server: Server) -> None:
    as_police(page, own_server)
    page.get_by_role("button", name=re.compile(r"1\. ")).first.click()
    drawn(page)
    page.get_by_role("button", name="Det gør vi her").click()
    form = page.locator('[class*="st-key-form_place_action"]')
    form.get_by_role("textbox", name="Det gør vi").fill("Patrulje fredag og lørdag aften")
    form.get_by_role("button", name="Gem").click()
    card = page.locator(".st-key-done_here")
    expect(card).to_contain_text("Noteret på stedet af Lokalpoliti (demo)")
    expect(card).to_contain_text(re.compile("Patrulje fredag og lørdag aften\\. .*eksempeldata"))
    expect(card).to_contain_text("Før og efter kommer med næste udgave.")
    card.get_by_role("button", name="Fortryd").click()
    expect(card).not_to_contain_text("Patrulje fredag og lørdag aften")


def test_no_level_of_heading_is_skipped(page: Page, server: Server) -> None:
    as_police(page, server)
    shown = "all => all.filter((each) => each.checkVisibility()).map((each) => Number(each.tagName[1]))"
    levels = page.locator("h1, h2, h3, h4").evaluate_all(shown)
    assert levels[0] == 1
    assert all(deeper - level <= 1 for level, deeper in pairwise(levels))


def test_a_wide_screen_has_no_handle(page: Page, server: Server) -> None:
    as_police(page, server)
    expect(page.locator(".st-key-sheet_handle")).to_be_hidden()
    expect(page.locator(".st-key-place_list .place").first).to_be_visible()


def test_hotspots_are_outlined_and_explained_in_the_legend(page: Page, server: Server) -> None:
    as_police(page, server)
    expect(page.locator(".leaflet-outlines-pane path")).to_have_count(2)
    expect(page.locator(".legend")).to_contain_text("Optrukket: hotspot")


def test_cells_are_never_drawn_as_pins(page: Page, server: Server) -> None:
    as_police(page, server)
    expect(page.locator(".leaflet-areas-pane canvas")).to_have_count(1)
    expect(page.locator(".leaflet-marker-icon")).to_have_count(0)


def test_choosing_a_year_to_compare_with_shows_what_is_new_and_gone(page: Page, server: Server) -> None:
    as_police(page, server)
    choose(page, "Sammenlign med", "2022")
    expect(page.locator(".legend")).to_contain_text("Hotspot i 2025, ikke i 2022")
    drawn(page)
    address_says(page, felt_mod="2022")
    assert "felter, der var hotspots i 2022 eller 2025" in text(page)


def test_the_files_of_the_page_are_stamped(page: Page, server: Server) -> None:
    as_police(page, server)
    contents = {}
    for label in ("PDF til briefing", "De tre tydeligste (A4)", "Kort til bilen (A6)", "GeoPackage til QGIS", "CSV"):
        with page.expect_download() as started:
            page.get_by_test_id("stDownloadButton").get_by_role("button", name=label, exact=True).click()
        contents[label] = (started.value.suggested_filename, started.value.path().read_bytes())
        drawn(page)
    assert all("_politi_udgave_2" in name for name, _ in contents.values())
    for label in ("PDF til briefing", "De tre tydeligste (A4)", "Kort til bilen (A6)"):
        assert contents[label][1].startswith(b"%PDF-")
    assert contents["GeoPackage til QGIS"][1].startswith(b"SQLite format 3")
    rows = list(csv.DictReader(io.StringIO(contents["CSV"][1].decode("utf-8-sig")), delimiter=";"))
    assert {row["Målgruppe"] for row in rows} == {"Lokalpoliti"}


def test_what_the_browser_fetches_for_the_map_holds_no_figure(page: Page, server: Server) -> None:
    bodies: list[str] = []
    page.on("response", lambda answer: bodies.append(answer.text()) if "/static/geo/" in answer.url else None)
    as_police(page, server)
    grid = [body for body in bodies if "250m_" in body]
    assert len(grid) == 1
    assert set(re.findall(r'"(\w+)":', grid[0])) == {"decimals", "id", "name", "shape"}


def test_the_page_fits_every_width_and_nothing_complains(page: Page, server: Server) -> None:
    complaints: list[str] = []

    def note(message: ConsoleMessage) -> None:
        if message.type == "error":
            complaints.append(message.text)

    page.on("console", note)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    as_police(page, server)
    scroll = {}
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        scroll[width] = too_wide(page)
    assert scroll == dict.fromkeys(WIDTHS, 0)
    assert complaints == []
    assert "eksempeldata" in text(page)
