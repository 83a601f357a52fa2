"""At the meeting: an action is agreed, found on the list, done and undone; and a lost connection loses no text."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.reader import drawn, text, visit
from tests.browser.server import Server, free_port, serving
from tests.copies import copied

MARCH = "moede?moede=2026-03-04-partnerskab"
CONNECTED = '[data-testid="stApp"][data-test-connection-state="CONNECTED"]'
ACTION = "Lyset på stien <b>gennemgås</b>"


@pytest.fixture(scope="module")
def minutes_book(shipped_database: str, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The address of a copy of the shipped data that one may write in."""
    return copied(shipped_database, tmp_path_factory.mktemp("minutes") / "minutes.db")


@pytest.fixture(scope="module")
def meeting_room(minutes_book: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The app on that copy."""
    with serving(minutes_book, tmp_path_factory.mktemp("server")) as running:
        yield running


def write_action(page: Page, owner: str = "Teknik og Miljø") -> None:
    page.get_by_text("Ny opgave", exact=True).last.click()
    page.get_by_role("textbox", name="Det gør vi").fill(ACTION)
    page.get_by_role("textbox", name="Ansvarlig rolle").fill(owner)
    page.get_by_role("spinbutton", name=re.compile("^(dag|day), Frist")).click()
    page.keyboard.type("01052031")
    page.keyboard.press("Escape")


def line_of(page: Page) -> Locator:
    return page.locator('[class*="st-key-line_action_"]').filter(has_text="Lyset på stien")


def go_to_part(page: Page, part: str) -> None:
    page.get_by_role("radio", name=part, exact=True).check()
    drawn(page)


def test_an_action_is_agreed_found_on_the_list_done_and_undone(page: Page, meeting_room: Server) -> None:
    visit(page, f"{meeting_room.address}/{MARCH}")
    write_action(page)
    page.get_by_role("button", name="Gem", exact=False).last.click()
    expect(page.locator(".st-key-last_change")).to_contain_text("Opgave gemt af Ledelse (demo)")
    go_to_part(page, "Opgaver")
    expect(line_of(page)).to_contain_text(ACTION)
    expect(line_of(page)).to_contain_text("Teknik og Miljø. Frist 1. maj 2031. Aftalt: Partnerskabsmøde 4. marts 2026.")
    line_of(page).get_by_role("button", name="Marker som udført").click()
    expect(page.locator(".st-key-last_change")).to_contain_text("Markeret som udført")
    expect(line_of(page).get_by_role("button", name="Marker som udført")).to_have_count(0)
    page.locator(".st-key-last_change").get_by_role("button", name="Fortryd").click()
    expect(line_of(page).get_by_role("button", name="Marker som udført")).to_be_visible()


def test_what_is_typed_survives_that_the_server_is_gone_for_a_while(
    page: Page, minutes_book: str, tmp_path: Path
) -> None:
    port = free_port()
    with serving(minutes_book, tmp_path, port=port) as before:
        visit(page, f"{before.address}/{MARCH}")
        write_action(page, owner="Driften")
    expect(page.locator(CONNECTED)).to_have_count(0)
    with serving(minutes_book, tmp_path, port=port):
        expect(page.locator(CONNECTED)).to_have_count(1, timeout=60_000)
        drawn(page)
        expect(page.get_by_label("Det gør vi")).to_have_value(ACTION)
        expect(page.get_by_label("Ansvarlig rolle")).to_have_value("Driften")
        saved = page.locator(".st-key-last_change")
        for _ in range(4):  # A click that falls while the page is coming back is lost, as a reader would see.
            page.get_by_role("button", name="Gem", exact=False).last.click()
            page.wait_for_timeout(500)
            drawn(page)
            if saved.count():
                break
        expect(saved).to_contain_text("Opgave gemt af Ledelse (demo)")


def test_a_figure_on_the_agenda_leads_back_to_its_own_release(page: Page, meeting_room: Server) -> None:
    visit(page, f"{meeting_room.address}/{MARCH}")
    page.locator('[class*="st-key-figure_link_"]').first.get_by_role("link").click()
    expect(page.locator("h1")).to_contain_text("indsatser i Grantoften")
    assert "udgave=2" in page.url
    assert "Du ser udgave 2 fra" in text(page)


def test_figures_are_ticked_off_without_asking_for_anything_and_added_by_one_press(
    page: Page, own_server: Server
) -> None:
    asked: list[str | bytes] = []
    page.on("websocket", lambda socket: socket.on("framesent", lambda sent: asked.append(sent)))
    visit(page, f"{own_server.address}/moede")
    picker = page.locator(".st-key-figure_picker")
    boxes = picker.get_by_role("checkbox", checked=True)
    many = boxes.count()
    button = picker.get_by_role("button", name=re.compile("dagsordenen$"))
    expect(button).to_have_text(f"Sæt {many} tal på dagsordenen")
    asked.clear()
    left_out = str(boxes.first.get_attribute("value"))
    boxes.first.focus()
    page.keyboard.press("Space")
    expect(button).to_have_text(f"Sæt {many - 1} tal på dagsordenen")
    picker.get_by_text(re.compile(r"^Andre mål \(\d+\)$")).click()
    other = picker.locator("details.group").get_by_role("checkbox").first
    other_said = str(other.get_attribute("value"))
    other.check()
    expect(button).to_have_text(f"Sæt {many} tal på dagsordenen")
    assert not asked
    button.click()
    expect(page.locator(".st-key-last_change")).to_contain_text(f"{many} tal sat på dagsordenen")
    drawn(page)
    agenda = page.locator('[class*="st-key-figure_"]:not(.st-key-figure_picker) [data-testid="stMarkdown"] strong')
    said = [re.sub(r"\s+", " ", each) for each in agenda.all_inner_texts()]
    assert re.sub(r"\s+", " ", other_said) in said
    assert re.sub(r"\s+", " ", left_out) not in said
