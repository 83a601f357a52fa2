"""What a reader sees while something is wrong: the figures that are left, and a banner that says so."""

from pathlib import Path

import pytest

from data.store import open_store
from data.store.schema import documents
from tests.copies import copied
from tests.pages.conftest import DrawFrom, Open
from tests.pages.conftest import draw_from as draw_from
from tests.pages.conftest import open_page as open_page


@pytest.fixture
def shipped_database(shipped_database: str, tmp_path: Path) -> str:
    """A copy of the shipped database whose newest release has been tampered with."""
    address = copied(shipped_database, tmp_path / "copy.db")
    store = open_store(address)
    with store.engine.begin() as connection:
        connection.execute(documents.update().where(documents.c.release_id == 2).values(parquet=b"PAR1 other PAR1"))
    store.engine.dispose()
    return address


@pytest.fixture
def draw_shipped(shipped_database: str, draw_from: DrawFrom) -> None:
    """Let the app draw from that copy, with nothing in memory."""
    draw_from(shipped_database)


def test_a_reader_sees_the_previous_release_and_a_banner_that_says_so(open_page: Open) -> None:
    page = open_page("Overblik")
    assert not page.exception
    banners = [warning.value for warning in page.warning]
    assert any("Udgave 2 fra " in text and "Imens vises udgave 1 fra " in text for text in banners)


def test_a_reader_who_asks_for_the_damaged_release_is_told_what_is_wrong(open_page: Open) -> None:
    page = open_page("Overblik", udgave="2")
    assert any("er beskadiget og vises ikke" in warning.value for warning in page.warning)
