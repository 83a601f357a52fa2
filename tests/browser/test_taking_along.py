"""What a reader takes along: a chart as PNG and SVG, and the map as a file that opens offline and asks nobody."""

import email
import re
import struct
import xml.etree.ElementTree as ET
import zipfile
from collections.abc import Iterator
from email.policy import default
from pathlib import Path

import pytest
from icalendar import Calendar
from playwright.sync_api import Browser, Page, expect

from data.store import Store
from data.store.events import DOWNLOADED, logged
from tests.browser.conftest import PATIENCE
from tests.browser.reader import look_as, name_on_map, open_page, title, visit
from tests.browser.server import Server

CHART = "Tryghed i nabolaget i 2025: fra"
SVG = "{http://www.w3.org/2000/svg}"


def taken(page: Page, button: str, folder: Path, patience: int = PATIENCE) -> Path:
    with page.expect_download(timeout=patience) as download:
        page.get_by_role("button", name=button).first.click()
    target = folder / download.value.suggested_filename
    download.value.save_as(target)
    return target


@pytest.fixture
def picture(page: Page, server: Server, tmp_path: Path) -> ET.Element:
    visit(page, f"{server.address}/tryghedskort")
    return ET.parse(taken(page, "Hent billedet som SVG", tmp_path)).getroot()


def words(element: ET.Element) -> str:
    return " ".join(" ".join(text.itertext()) for text in element.iter(f"{SVG}text"))


def test_a_chart_taken_as_svg_carries_its_sentence_source_release_and_badge(picture: ET.Element) -> None:
    said = words(picture)
    for text in (CHART, "Eksempeldata", "Kilde: ", "Udgave 2, ", "Grantoften", "61 pct."):
        assert text in said


def test_a_chart_taken_as_svg_points_at_nothing_outside_itself(picture: ET.Element) -> None:
    names = {element.get("id") for element in picture.iter()}
    pointers = re.findall(r"url\(['\"]?([^)'\"]*)", ET.tostring(picture, encoding="unicode"))
    assert all(pointer.removeprefix("#") in names for pointer in pointers)
    assert all(element.get("href") is None for element in picture.iter())


def test_a_chart_taken_as_png_is_twice_as_fine_as_the_screen(page: Page, server: Server, tmp_path: Path) -> None:
    visit(page, f"{server.address}/tryghedskort")
    shown = page.locator('[class*="st-key-drawing_"] .stage').first.bounding_box()
    content = taken(page, "Hent billedet som PNG", tmp_path).read_bytes()
    width, height = struct.unpack(">II", content[16:24])
    assert shown is not None
    assert content[:8] == b"\x89PNG\r\n\x1a\n"
    assert width == 2 * (round(shown["width"]) + 40)
    assert height > 2 * shown["height"]


@pytest.fixture
def offline(browser: Browser) -> Iterator[Page]:
    """A machine that is on no network."""
    context = browser.new_context(offline=True)
    context.set_default_timeout(PATIENCE)
    yield context.new_page()
    context.close()


def test_the_map_file_opens_offline_and_asks_nobody(page: Page, offline: Page, server: Server, tmp_path: Path) -> None:
    visit(page, f"{server.address}/tryghedskort?visning=aendring&aar=2022")
    file = taken(page, "Hent kort som HTML", tmp_path)
    asked: list[str] = []
    complaints: list[str] = []
    offline.on("request", lambda request: asked.append(request.url))
    offline.on("console", lambda message: complaints.append(message.text))
    offline.on("pageerror", lambda error: complaints.append(str(error)))
    offline.goto(file.as_uri())
    expect(offline.locator("h1")).to_have_text("Ændring i tryghed i nabolaget i boligområder, 2022")
    expect(offline.locator("path.leaflet-interactive")).to_have_count(8)
    assert (asked, complaints) == ([file.as_uri()], [])


def test_the_map_file_says_what_the_page_said(page: Page, offline: Page, server: Server, tmp_path: Path) -> None:
    visit(page, f"{server.address}/tryghedskort")
    file = taken(page, "Hent kort som HTML", tmp_path)
    offline.goto(file.as_uri())
    offline.locator("path.leaflet-interactive").first.hover()
    expect(offline.locator(".leaflet-tooltip:not(.name)")).to_contain_text("svar")
    whole = offline.locator("body")
    for text in ("eksempeldata", "Kilde: ", "Udgave 2, ", "Kun omrids: tallet vises ikke", "Lille Birkholm"):
        expect(whole).to_contain_text(text)
    expect(offline.locator("h1")).to_have_text(title(page).inner_text())


def test_the_meeting_pack_is_made_while_one_reads_and_fetched(page: Page, server: Server, tmp_path: Path) -> None:
    visit(page, f"{server.address}/omraade?omraade=vaerebro-park")
    page.get_by_role("button", name="Hent", exact=True).click()
    page.get_by_role("button", name="Mødebilag (PDF)", exact=True).click()
    expect(page.get_by_role("button", name="Hent Mødebilag (PDF)")).to_be_visible()
    file = taken(page, "Hent Mødebilag (PDF)", tmp_path)
    assert file.name == ("tryghed_tryg-i-nabolag-2025_anmeldte-forbrydelser-i-alt_vaerebro-park_2025-k4_ledelse.pdf")
    assert file.read_bytes().startswith(b"%PDF-")


def test_the_two_maps_move_together(page: Page, server: Server) -> None:
    visit(page, f"{server.address}/tryghedskort?ved_siden=anmeldelser&niveau=municipality")
    maps = page.locator(".map")
    expect(maps).to_have_count(2)

    def places() -> list[int]:
        boxes = [name_on_map(page, "Herlev").nth(place).bounding_box() for place in (0, 1)]
        frames = [maps.nth(place).bounding_box() for place in (0, 1)]
        return [round(box["x"] - frame["x"]) for box, frame in zip(boxes, frames, strict=True) if box and frame]

    before = places()
    maps.first.get_by_role("button", name="Zoom ind").click()
    expect(page.locator(".leaflet-zoom-anim")).to_have_count(0)
    page.wait_for_timeout(500)
    assert len(before) == 2
    assert places()[0] == places()[1] != before[0]


def test_the_waves_play_and_stop(page: Page, server: Server) -> None:
    visit(page, f"{server.address}/tryghedskort?aar=2023")
    page.get_by_role("button", name="Afspil").click()
    expect(title(page)).to_contain_text("2024")
    page.get_by_role("button", name="Stop").click()
    expect(page.get_by_role("button", name="Afspil")).to_be_visible()
    stopped = title(page).inner_text()
    page.wait_for_timeout(3_500)
    assert title(page).inner_text() == stopped


def test_a_reader_who_wants_less_motion_is_not_offered_to_play(browser: Browser, server: Server) -> None:
    context = browser.new_context(reduced_motion="reduce")
    context.set_default_timeout(PATIENCE)
    page = context.new_page()
    visit(page, f"{server.address}/tryghedskort")
    expect(page.get_by_role("slider")).to_have_count(1)
    expect(page.get_by_role("button", name="Afspil")).to_be_hidden()
    context.close()


def test_a_grid_offers_no_file_without_source_beside_the_one_that_has_it(page: Page, server: Server) -> None:
    visit(page, f"{server.address}/indsatser?fane=logbog")
    page.get_by_text("Vis tallene som tabel").click()
    page.get_by_test_id("stDataFrame").hover()
    tools = page.get_by_test_id("stElementToolbar")
    expect(tools.get_by_role("button", name="Søg")).to_be_visible()
    expect(tools.locator("button[aria-label^='Hent som CSV']")).to_be_attached()
    expect(tools.locator("button[aria-label^='Hent som CSV']")).to_be_hidden()
    expect(page.get_by_role("button", name="Hent som CSV")).to_have_count(1)


# Files that are made outside the session that asks for them ----------------------------------------------------------


def test_a_meeting_in_the_calendar_and_its_mail_lead_back_to_it(page: Page, server: Server, tmp_path: Path) -> None:
    link = f"{server.address}/moede?del=moedet&moede=2026-03-04-partnerskab"
    visit(page, link)
    (event,) = Calendar.from_ical(taken(page, "Til kalenderen (.ics)", tmp_path).read_bytes()).walk("VEVENT")
    assert str(event["URL"]) == link
    mail = email.message_from_bytes(taken(page, "Mailkladde (.eml)", tmp_path).read_bytes(), policy=default)
    body = mail.get_body(("plain",))  # type: ignore[attr-defined]
    assert link in body.get_content()


def test_the_mail_about_a_release_leads_to_the_app_and_the_package_is_fetched_and_noted_down(
    page: Page, own_server: Server, own_store: Store, tmp_path: Path
) -> None:
    visit(page, own_server.address)
    look_as(page, "Sekretariat", "Data")
    open_page(page, "Data")
    page.get_by_role("button", name="Fortæl det").first.click()
    mail = email.message_from_bytes(taken(page, "Mailkladde (.eml)", tmp_path).read_bytes(), policy=default)
    body = mail.get_body(("plain",))  # type: ignore[attr-defined]
    assert own_server.address in body.get_content()
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Pakke").first.click()
    with zipfile.ZipFile(taken(page, "Hent pakken", tmp_path, 3 * PATIENCE)) as package:
        assert "datapackage.json" in package.namelist()
    noted = next(each for each in logged(own_store.engine, 9) if each.what == DOWNLOADED)
    assert noted.account == "Sekretariat (demo)"
