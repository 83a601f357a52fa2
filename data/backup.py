"""Keeps the whole database in one file, and brings it back: `python -m data backup FILE` and `restore FILE`.

The file is a SQLite database whichever server it was taken from, so that it can be restored on either.
"""

import contextlib
import os
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.engine import Connection
from sqlalchemy.exc import DBAPIError

from data.store import DamagedError, Store, StoreError, StoreUnavailableError, migrate, open_store
from data.store.database import reading, snapshot, writing
from data.store.events import RESTORED_WITHOUT_LOG, note
from data.store.schema import checksums, events, metadata, releases
from data.store.seals import EVENT, UNREADABLE
from data.store.verification import in_one_line, verify

ROWS_AT_A_TIME = 5_000
_ANYWAY = "Med --despite-damage tages kopien alligevel, med skaden i."


def backup(store: Store, file: Path, *, despite_damage: bool = False) -> int:
    """Copy the whole database, as it is at one moment, to a new file; returns the number of rows.

    The app may go on meanwhile. The file appears when it is complete and checked. Raises StoreError when there is a
    file of that name already, it cannot be written, or something in the database is damaged, unless
    `despite_damage`: then what is damaged is copied as it is.
    """
    if file.exists():
        raise StoreError(f"Filen {file} findes i forvejen. Vælg et andet navn.")
    half = file.with_name(file.name + ".part")
    try:
        half.unlink(missing_ok=True)
        half.touch(mode=0o600)  # the database holds what not every audience may see
        with _opened(half) as copy:
            migrate(copy)
            try:
                with snapshot(store.engine) as source, writing(copy.engine) as target:
                    rows = _copy(source, target, metadata.sorted_tables)
            except UNREADABLE as error:
                outcome = in_one_line(verify(store.engine)) or str(error)
                raise DamagedError(f"Der er ikke taget nogen sikkerhedskopi. {outcome}") from error
            damage = [] if despite_damage else verify(copy.engine)
        if damage:
            raise DamagedError(f"Der er ikke taget nogen sikkerhedskopi. {in_one_line(damage)} {_ANYWAY}")
        _as_one_file(half)
        os.replace(half, file)
    except OSError as error:
        raise StoreError(f"Sikkerhedskopien kan ikke gemmes som {file}: {error.strerror}.") from error
    finally:
        half.unlink(missing_ok=True)
    return rows


def restore(store: Store, file: Path, *, overwrite: bool = False, despite_damage: bool = False) -> int:
    """Replace the whole database by a backup, in one transaction; returns the number of rows.

    A backup of an earlier version is brought up to date first. The log of a database that has one is kept as it is:
    bringing a backup back must not be a way to wipe it; of a backup with releases and no log, the log says so. Raises
    StoreError, and changes nothing, when the file is not a whole backup, comes from a later version, something in it is
    damaged and `despite_damage` is not given, or the database holds something and `overwrite` is not given.
    """
    with opened_backup(file, despite_damage=despite_damage) as source_store:
        migrate(store)
        with reading(source_store.engine) as source, writing(store.engine) as target:
            if not overwrite and _holds_something(target):
                raise StoreError("Databasen er ikke tom. Skriv --overwrite for at erstatte alt i den.")
            keeps_log = _has_rows(target, events)
            tables = [table for table in metadata.sorted_tables if not (table is events and keeps_log)]
            for table in reversed(metadata.sorted_tables):
                if table is not events:
                    mine = checksums.c.what != EVENT if table is checksums and keeps_log else sa.true()
                    target.execute(table.delete().where(mine))
            try:
                rows = _copy(source, target, tables, log=not keeps_log)
            except (DBAPIError, *UNREADABLE) as error:
                raise StoreError(
                    f"{file.name} kan ikke gendannes: den rummer noget, databasen ikke kan tage imod. Intet er ændret."
                ) from error
            _continue_numbers(target)
            if not _has_rows(source, events) and _has_rows(source, releases):
                # What has been published was logged: somebody has taken the log out of the file.
                note(target, "python -m data restore", RESTORED_WITHOUT_LOG, file.name)
    return rows


@contextlib.contextmanager
def opened_backup(file: Path, *, despite_damage: bool = False) -> Iterator[Store]:
    """A store on a copy of a backup, checked and brought up to date; raises StoreError unless it is whole."""
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "backup.db"
        try:
            shutil.copyfile(file, copy)
        except OSError as error:
            raise StoreError(f"Sikkerhedskopien {file} kan ikke læses: {error.strerror}.") from error
        refused = f"{file.name} er ikke en hel sikkerhedskopi."
        _check(copy, refused)
        with _opened(copy) as opened:
            try:
                migrate(opened)
                lacking = set(metadata.tables) - set(sa.inspect(opened.engine).get_table_names())
            except (StoreUnavailableError, *UNREADABLE) as error:
                raise StoreError(refused) from error
            if lacking:
                raise StoreError(f"{refused} Tabellen »{min(lacking)}« mangler.")
            damage = verify(opened.engine)
            if damage and not despite_damage:
                raise DamagedError(f"{refused} {in_one_line(damage)}")
            yield opened


@contextlib.contextmanager
def _opened(file: Path) -> Iterator[Store]:
    opened = open_store(f"sqlite:///{file}")
    try:
        yield opened
    finally:
        opened.engine.dispose()


def _copy(source: Connection, target: Connection, tables: Sequence[sa.Table], *, log: bool = True) -> int:
    """Copy the rows of these tables; without the log also without the checksums of its lines."""
    copied = 0
    for table in tables:
        query = sa.select(table).order_by(*table.primary_key.columns)
        if table is checksums and not log:
            query = query.where(checksums.c.what != EVENT)
        result = source.execute(query, execution_options={"yield_per": ROWS_AT_A_TIME})
        for rows in result.mappings().partitions():
            if any(type(value) is str and "\0" in value for row in rows for value in row.values()):
                raise ValueError("a NUL byte, which no text of ours has and PostgreSQL does not take")
            target.execute(table.insert(), [dict(row) for row in rows])
            copied += len(rows)
    return copied


def _holds_something(connection: Connection) -> bool:
    return any(_has_rows(connection, table) for table in metadata.sorted_tables)


def _has_rows(connection: Connection, table: sa.Table) -> bool:
    return connection.execute(sa.select(table).limit(1)).first() is not None


def _continue_numbers(connection: Connection) -> None:
    """Let PostgreSQL's own numbering go on after the restored rows; SQLite's does so by itself."""
    if connection.dialect.name != "postgresql":
        return
    for table in metadata.sorted_tables:
        numbered = table.autoincrement_column
        if numbered is None:
            continue
        highest = connection.scalar(sa.select(sa.func.max(numbered)))
        sequence = sa.func.pg_get_serial_sequence(table.name, numbered.name)
        connection.execute(sa.select(sa.func.setval(sequence, highest or 1, highest is not None)))


def _as_one_file(file: Path) -> None:
    """Write SQLite's log beside the file into it, so that the file alone is the backup."""
    with contextlib.closing(sqlite3.connect(file)) as connection:
        connection.execute("PRAGMA journal_mode=DELETE")


def _check(file: Path, refused: str) -> None:
    """Raise StoreError unless the file is a whole database of ours."""
    try:
        with contextlib.closing(sqlite3.connect(file)) as connection:
            whole = connection.execute("PRAGMA integrity_check(1)").fetchone() == ("ok",)
            ours = "SELECT count(*) FROM sqlite_master WHERE name IN ('alembic_version', 'releases')"
            if not whole or connection.execute(ours).fetchone() != (2,):
                raise StoreError(refused)
    except sqlite3.DatabaseError as error:
        raise StoreError(refused) from error
