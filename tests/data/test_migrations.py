"""From every earlier schema, with data in it, to the newest: on SQLite and on PostgreSQL."""

import datetime as dt
import re
from collections.abc import Iterator
from typing import Any

import pytest
import sqlalchemy as sa
from alembic.script import ScriptDirectory

from data.store import Store, StoreError, migrate, open_store
from data.store.migrating import MIGRATIONS, newest_version
from data.store.verification import OLDER, verify

EARLIER = sorted(script.revision for script in ScriptDirectory(str(MIGRATIONS)).walk_revisions())[:-1]
MOMENT = dt.datetime(2026, 3, 4, 12, tzinfo=dt.UTC)
VALUES: dict[type[Any], Any] = {
    int: 1,
    float: 0.25,
    str: "2025K1",
    bytes: b"\x00\xff",
    dt.date: dt.date(2026, 3, 4),
    dt.datetime: MOMENT,
    bool: True,
}
Rows = dict[str, list[dict[str, Any]]]


@pytest.fixture
def unmigrated(empty_database: str) -> Iterator[Store]:
    opened = open_store(empty_database)
    yield opened
    opened.engine.dispose()


def fill(store: Store) -> None:
    """One row in every table of whatever schema the database has now."""
    schema = reflected(store)
    with store.engine.begin() as connection:
        for table in schema.sorted_tables:
            if table.name == "alembic_version":
                continue
            row = {column.name: VALUES[column.type.python_type] for column in table.columns}
            connection.execute(table.insert(), [row])


def reflected(store: Store) -> sa.MetaData:
    schema = sa.MetaData()
    schema.reflect(store.engine)
    return schema


def contents(store: Store) -> Rows:
    with store.engine.connect() as connection:
        return {
            table.name: [dict(row) for row in connection.execute(sa.select(table)).mappings()]
            for table in reflected(store).sorted_tables
            if table.name != "alembic_version"
        }


@pytest.mark.parametrize("revision", EARLIER)
def test_every_row_of_an_earlier_schema_is_kept_and_its_release_is_still_the_newest(
    unmigrated: Store, revision: str
) -> None:
    migrate(unmigrated, revision)
    fill(unmigrated)
    before = contents(unmigrated)
    migrate(unmigrated)
    after = contents(unmigrated)
    assert before
    for table, rows in before.items():
        kept = [{column: row[column] for column in rows[0]} for row in after[table]]
        assert [row for row in rows if row not in kept] == [], table
        assert len(kept) == len(rows) or table == "checksums", table  # what had no checksum is given one
    newest = unmigrated.newest()
    assert newest is not None
    assert (newest.id, newest.is_draft) == (1, False)


def test_a_migration_that_stops_halfway_changes_nothing(unmigrated: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    from alembic.operations import Operations

    def powerless(*_arguments: object, **_options: object) -> None:
        raise RuntimeError("power cut")

    migrate(unmigrated, "0001")
    before = contents(unmigrated)
    with monkeypatch.context() as cut:
        cut.setattr(Operations, "create_table", powerless)
        with pytest.raises(RuntimeError, match="power cut"):
            migrate(unmigrated)
    assert contents(unmigrated) == before
    migrate(unmigrated)
    assert unmigrated.newest() is None


def test_a_database_of_an_older_version_is_not_called_damaged_but_told_to_be_brought_up_to_date(
    unmigrated: Store,
) -> None:
    migrate(unmigrated, EARLIER[-1])
    with pytest.raises(StoreError, match=re.escape(OLDER)):
        verify(unmigrated.engine)
    migrate(unmigrated)
    assert verify(unmigrated.engine) == []


def test_the_newest_version_is_the_last_of_the_migrations() -> None:
    assert newest_version() == ScriptDirectory(str(MIGRATIONS)).get_current_head()
