"""The store for the tests of data: each runs on SQLite and on PostgreSQL, for what holds on one must hold on both."""

from collections.abc import Iterator

import pytest

from data.store import Store, open_store


@pytest.fixture
def store(migrated_database: str) -> Iterator[Store]:
    """An empty, migrated store of its own, on each kind of server."""
    opened = open_store(migrated_database)
    yield opened
    opened.engine.dispose()
