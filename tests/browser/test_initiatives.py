"""Indsatser in a browser: what is asked for on a card, and what a criterion gives along."""

import xml.etree.ElementTree as ET
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.reader import drawn, too_wide, visit
from tests.browser.server import Server

CRITERION = "vaerebro-tryg"
PICTURE = '[class*="st-key-drawing_"] svg.drawing'


def opened(page: Page, server: Server) -> Page:
    """Indsatser by a link to a criterion, which opens the row of its initiative."""
    visit(page, f"{server.address}/indsatser?kriterium={CRITERION}")
    return page


def test_the_picture_of_a_criterion_is_taken_from_behind_its_button(page: Page, server: Server, tmp_path: Path) -> None:
    opened(page, server).locator(f".st-key-behind_{CRITERION} button").click()
    with page.expect_download() as download:
        page.get_by_role("button", name="Hent billedet som SVG").click()
    download.value.save_as(tmp_path / "picture.svg")
    said = " ".join(ET.parse(tmp_path / "picture.svg").getroot().itertext())
    assert download.value.suggested_filename == f"criterion_{CRITERION}.svg"
    for text in ("Målet er mindst 70 pct. i 2025.", "Kilde: ", "Udgave 2, ", "Mål"):
        assert text in said


def test_one_part_of_an_initiative_is_shown_at_a_time_and_put_away_again(page: Page, server: Server) -> None:
    card = opened(page, server).locator(".st-key-initiative_tryghedsvandringer")
    card.get_by_role("radio", name="Om indsatsen").click()
    expect(card.get_by_text("Målgruppe:")).to_be_visible()
    card.get_by_role("radio", name="Det gjorde vi").click()
    expect(card.get_by_role("columnheader", name="Aktivitet")).to_be_visible()
    expect(card.get_by_text("Målgruppe:")).to_have_count(0)
    card.get_by_role("radio", name="Det gjorde vi").click()
    expect(card.get_by_role("columnheader", name="Aktivitet")).to_have_count(0)


@pytest.mark.parametrize("part", ["Om indsatsen", "Det gjorde vi", "Før og efter"])
def test_a_phone_shows_each_part_within_its_width(page: Page, server: Server, part: str) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    card = opened(page, server).locator(".st-key-initiative_tryghedsvandringer")
    card.get_by_role("radio", name=part).click()
    expect(card.locator(".st-key-asked_tryghedsvandringer")).to_be_visible()
    drawn(page)
    assert too_wide(page) == 0
