"""What the very first visitor after a restart gets: the page of the address, in its frame, and no other page's file.

Streamlit serves a folder named pages/ beside its main script by file name until a session has set up the navigation.
"""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from components.navigation import PageEntry
from tests.browser.reader import OPEN_PAGES, current, drawn, visit
from tests.browser.server import Server, serving

FRONT_PAGE = OPEN_PAGES[0]


@pytest.mark.parametrize("entry", OPEN_PAGES, ids=lambda entry: entry.title)
def test_a_first_visit_opens_the_page_of_the_address_and_runs_no_other(
    entry: PageEntry, page: Page, shipped_database: str, tmp_path: Path
) -> None:
    with serving(shipped_database, tmp_path) as server:
        visit(page, f"{server.address}/{entry.address}")
        expect(current(page)).to_have_text(entry.title)
        assert server.pages_run() == {entry.file}


@pytest.mark.parametrize("address", ["safety_map", "pages/safety_map.py"])
def test_a_first_visit_to_an_unlisted_address_runs_no_page_file_of_that_name(
    address: str, page: Page, shipped_database: str, tmp_path: Path
) -> None:
    with serving(shipped_database, tmp_path) as server:
        page.goto(f"{server.address}/{address}")
        page.wait_for_load_state("networkidle")
        assert server.pages_run() <= {FRONT_PAGE.file}


@pytest.mark.parametrize("address", ["safety_map", "safety_map.py", "pages/safety_map"])
def test_an_unlisted_address_shows_the_front_page_in_its_frame(address: str, page: Page, server: Server) -> None:
    page.goto(f"{server.address}/{address}")
    drawn(page)
    expect(current(page)).to_have_text(FRONT_PAGE.title)
