"""What several partnerships of an installation show each other: a row each, read by all, written by its own alone.

In PostgreSQL it is a table in a schema of its own, and the server itself lets a partnership change its own row only.
With SQLite it is a file beside the partnerships' folders.
"""

import datetime as dt
import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.engine import Engine

from data.settings.several import partnerships_folder
from data.store.database import engine_at, reading, writing
from data.store.schema import UtcDateTime
from data.store.schemas import COMMON_SCHEMA, COMMON_TABLE

FILE_NAME = "faelles.db"


@dataclass(frozen=True)
class Consent:
    """A partnership's yes: its name and title, the role that agreed (never an account), when, and what it shows."""

    name: str
    title: str
    role: str
    at: dt.datetime
    document: str


def _table(schema: str | None) -> sa.Table:
    return sa.Table(
        COMMON_TABLE,
        sa.MetaData(schema=schema),
        sa.Column("partnership", sa.String(40), primary_key=True),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("role", sa.Text, nullable=False),
        sa.Column("consented_at", UtcDateTime, nullable=False),
        sa.Column("document", sa.Text, nullable=False),
        sa.Column("checksum", sa.String(64), nullable=False),
    )


_OF_ALL, _IN_FILE = _table(COMMON_SCHEMA), _table(None)


@contextmanager
def _common(engine: Engine) -> Iterator[tuple[Engine, sa.Table]]:
    """The database that is common to all, and the table in it."""
    if engine.dialect.name == "postgresql":
        yield engine, _OF_ALL
        return
    file = engine_at(f"sqlite:///{partnerships_folder() / FILE_NAME}")
    try:
        with reading(file) as connection:
            begun = sa.inspect(connection).has_table(COMMON_TABLE)
        if not begun:  # of two who begin at once the second finds it
            with writing(file) as connection:
                _IN_FILE.create(connection, checkfirst=True)
        yield file, _IN_FILE
    finally:
        file.dispose()


def shown(engine: Engine) -> list[Consent]:
    """What every partnership that agreed shows, by name; a row that is not as it was written is left out."""
    with _common(engine) as (database, table), reading(database) as connection:
        rows = connection.execute(sa.select(table).order_by(table.c.partnership)).all()
    return [
        Consent(row.partnership, row.title, row.role, row.consented_at, row.document)
        for row in rows
        if row.checksum == _checksum(row.document)
    ]


def put(engine: Engine, consent: Consent) -> None:
    """Show this in place of what the partnership showed; raises StoreError where it cannot be written."""
    with _common(engine) as (database, table), writing(database) as connection:
        connection.execute(table.delete().where(table.c.partnership == consent.name))
        connection.execute(
            table.insert().values(
                partnership=consent.name, title=consent.title, role=consent.role, consented_at=consent.at,
                document=consent.document, checksum=_checksum(consent.document),
            )
        )  # fmt: skip


def remove(engine: Engine, name: str) -> bool:
    """Show nothing of a partnership any more; whether it showed anything."""
    with _common(engine) as (database, table), writing(database) as connection:
        return bool(connection.execute(table.delete().where(table.c.partnership == name)).rowcount)


def _checksum(document: str) -> str:
    return hashlib.sha256(document.encode()).hexdigest()
