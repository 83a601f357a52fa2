"""The database stops while somebody reads: the page goes on with what it has read, says so, and recovers by itself."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from components.navigation import PAGES, is_for
from components.session import our_store
from data.backup import backup, restore
from data.partnership import our_partnership
from data.store import migrate, open_store
from tests.pages.conftest import FRAME, words
from tests.postgres import PostgresServer

BANNER = "Databasen svarer ikke lige nu"
# Who writes also reads what has been written since the release, which only the database knows.
READING = [entry for entry in PAGES if is_for(entry, our_partnership().audiences[0]) and entry.in_menu]
READING = [entry for entry in READING if not entry.needs_local]


@pytest.fixture
def database(
    postgres: PostgresServer, shipped_database: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[PostgresServer]:
    """The shipped data on PostgreSQL, which the app uses."""
    url = postgres.new_database()
    shipped, store = open_store(shipped_database), open_store(url)
    backup(shipped, tmp_path / "backup.db")
    migrate(store)
    restore(store, tmp_path / "backup.db", overwrite=True)
    shipped.engine.dispose()
    store.engine.dispose()
    monkeypatch.setenv("DATABASE_URL", url)
    st.cache_resource.clear()
    yield postgres
    our_store().engine.dispose()
    st.cache_resource.clear()


def test_every_page_of_a_reader_is_drawn_from_memory_and_recovers(database: PostgresServer) -> None:
    apps = {}
    for entry in READING:
        app = AppTest.from_file(FRAME, default_timeout=60).run()
        apps[entry.title] = app if entry is PAGES[0] else app.switch_page(f"../pages/{entry.file}").run()
        assert BANNER not in words(apps[entry.title])
    database.stop()
    try:
        for app in apps.values():
            app.run()
            assert not app.exception
            assert app.title
            assert BANNER in words(app)
            assert "Imens vises udgave 2 fra " in words(app)
    finally:
        database.start()
    for app in apps.values():
        app.run()
        assert BANNER not in words(app)


def test_a_page_that_needs_the_database_says_so_in_one_sentence(database: PostgresServer) -> None:
    app = AppTest.from_file(FRAME, default_timeout=60)
    app.session_state["audience"] = "sekretariat"
    app.run()
    app.switch_page("../pages/data.py").run()
    database.stop()
    try:
        app.run()
        assert not app.exception
        assert any(BANNER in error.value for error in app.error)
    finally:
        database.start()
    app.run()
    assert [error.value for error in app.error] == []
