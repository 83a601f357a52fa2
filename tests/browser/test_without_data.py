"""A database that is empty, not set up or no database: the reader gets a plain Danish message, never a traceback."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from data.store import migrate, open_store
from tests.browser.reader import RESTING
from tests.browser.server import serving


def empty(file: Path) -> None:
    store = open_store(f"sqlite:///{file}")
    migrate(store)
    store.engine.dispose()


def not_set_up(file: Path) -> None:
    assert not file.exists()


def no_database(file: Path) -> None:
    file.write_text("Dette er ikke en database. " * 100, encoding="utf-8")


@pytest.mark.parametrize("make", [empty, not_set_up, no_database])
def test_a_reader_is_told_in_danish_and_sees_no_traceback(
    make: Callable[[Path], None], page: Page, tmp_path: Path
) -> None:
    make(tmp_path / "store.db")
    with serving(f"sqlite:///{tmp_path / 'store.db'}", tmp_path) as server:
        page.goto(f"{server.address}/tryghedskort")
        expect(page.get_by_test_id("stTopNav")).to_be_visible()
        page.wait_for_selector(RESTING)
        expect(page.get_by_test_id("stException")).to_have_count(0)
        expect(page.get_by_test_id("stAlert")).to_have_count(1)
        shown = page.get_by_test_id("stMain").inner_text()
        assert "Traceback" not in shown
        assert "sqlite" not in shown.lower()
        assert "Der er endnu ikke udgivet nogen tal" in shown or "atabasen" in shown
