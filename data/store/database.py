"""Reaches the database: SQLite by default, PostgreSQL by address; each transaction is whole on both."""

import os
import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine

from data.settings.chosen import database_file
from data.store.failures import StoreError, said_in_danish

MIGRATIONS = Path(__file__).parents[1] / "migrations"
CONNECT_SECONDS = 5
"""How long to wait for a PostgreSQL server that does not answer."""
BUSY_SECONDS = 10
"""How long to wait for somebody else who writes in a SQLite database."""
MIGRATING, PUBLISHING = 7_236_511, 7_236_512
"""Any numbers of our own: what two who migrate, or publish in, one PostgreSQL database at once wait for."""
_WRITES = "writes"


def engine_at(url: str | None = None) -> Engine:
    """The engine of a database address, of DATABASE_URL, or of the embedded SQLite file."""
    url = url or os.environ.get("DATABASE_URL") or f"sqlite:///{database_file()}"
    if url.startswith("postgresql://"):
        url = url.replace("postgresql://", "postgresql+psycopg://", 1)
    address = sa.make_url(url)
    if address.get_backend_name() != "sqlite":
        return sa.create_engine(address, pool_pre_ping=True, connect_args={"connect_timeout": CONNECT_SECONDS})
    if address.database not in (None, "", ":memory:"):
        Path(str(address.database)).parent.mkdir(parents=True, exist_ok=True)
    engine = sa.create_engine(address)
    sa.event.listen(engine, "connect", _prepare_sqlite)
    sa.event.listen(engine, "begin", _begin_sqlite)
    return engine


def _prepare_sqlite(connection: object, _record: object) -> None:
    # Python's driver would begin a transaction only before the first row is written, and none for tables:
    # a process killed while it migrates would leave half a schema. We begin them ourselves.
    connection.isolation_level = None  # type: ignore[attr-defined]
    cursor = connection.cursor()  # type: ignore[attr-defined]
    cursor.execute(f"PRAGMA busy_timeout={1000 * BUSY_SECONDS}")
    _write_ahead(cursor)
    for pragma in ("foreign_keys=ON", "synchronous=FULL"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _write_ahead(cursor: sqlite3.Cursor) -> None:
    # Of two who open a new database at once, SQLite refuses one at once here, whatever the busy timeout.
    until = time.monotonic() + BUSY_SECONDS
    while True:
        try:
            cursor.execute("PRAGMA journal_mode=WAL")
            return
        except sqlite3.OperationalError as error:
            if "locked" not in str(error) or time.monotonic() > until:
                raise
            time.sleep(0.01)


def _begin_sqlite(connection: Connection) -> None:
    # Who will write takes the lock at once: one who has read first and writes later would be refused, not wait.
    writes = connection.get_execution_options().get(_WRITES)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """A connection to read from; raises StoreUnavailableError when the database is away."""
    with said_in_danish(), engine.connect() as connection:
        yield connection


@contextmanager
def snapshot(engine: Engine) -> Iterator[Connection]:
    """A connection whose queries all see the database as it was at one moment, whatever is written meanwhile."""
    with reading(engine) as connection:
        if connection.dialect.name == "postgresql":  # SQLite's transactions are like this as they are
            connection = connection.execution_options(isolation_level="REPEATABLE READ")
        yield connection


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """A transaction to write in, all or nothing; raises StoreUnavailableError when nothing can be written."""
    with said_in_danish(), engine.execution_options(**{_WRITES: True}).begin() as connection:
        yield connection


def one_at_a_time(connection: Connection, what: int) -> None:
    """Wait until nobody else does `what`; held until the transaction ends. On SQLite `writing` has seen to it."""
    if connection.dialect.name == "postgresql":
        connection.execute(sa.select(sa.func.pg_advisory_xact_lock(what)))


@contextmanager
def trying(engine: Engine) -> Iterator[Connection]:
    """A transaction to write in that is undone in the end, whatever happens."""
    with said_in_danish(), engine.execution_options(**{_WRITES: True}).connect() as connection:
        transaction = connection.begin()
        try:
            yield connection
        finally:
            transaction.rollback()


def upgrade(engine: Engine, revision: str = "head") -> None:
    """Bring the schema to a revision (the newest); one transaction, and two at once wait for each other."""
    from alembic import command
    from alembic.config import Config
    from alembic.util import CommandError

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    with writing(engine) as connection:
        one_at_a_time(connection, MIGRATING)
        config.attributes["connection"] = connection
        try:
            command.upgrade(config, revision)
            if revision == "head":
                from data.store.seals import seal_what_has_none  # imports the schema, which a quick start can spare

                seal_what_has_none(connection)
        except CommandError as error:
            raise StoreError(
                "Databasen er lavet af en nyere version af programmet. Opdater programmet, og prøv igen."
            ) from error
