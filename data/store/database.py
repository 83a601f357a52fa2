"""Reaches the database: SQLite by default, PostgreSQL by address; each transaction is whole on both."""

import os
import sqlite3
import time
import weakref
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.exc import DBAPIError

from data.settings.chosen import database_file
from data.settings.several import NAME, served_name
from data.store.failures import (
    AWAY,
    UNSURE,
    StoreError,
    StoreUnavailableError,
    said_in_danish,
)
from data.store.schemas import MANY_CONNECTIONS, options_of, schema_of
from data.store.watch import Watch

CONNECT_SECONDS = 2
"""How long to wait for a PostgreSQL server that does not answer; a page in memory is not to wait over three."""
READ_SECONDS = 2
"""How long a reader waits for a lock, or for one of our own connections."""
BUSY_SECONDS = 10
"""How long to wait for somebody else who writes in a SQLite database."""
MIGRATING, PUBLISHING, BUILDING = 7_236_511, 7_236_512, 7_236_513
"""Any numbers of our own: what two who migrate, publish in or build for one PostgreSQL database at once wait for."""
_WRITES = "writes"
SHARED_FILE = (
    f"DATABASE_URL nævner en SQLite-fil, men {NAME} nævner ét af flere partnerskaber, og de kan ikke dele en fil. "
    "Fjern DATABASE_URL: så har hvert sin egen fil i sin mappe. Eller nævn en PostgreSQL-server."
)


def engine_at(url: str | None = None) -> Engine:
    """The engine of a database address, of DATABASE_URL, or of the embedded SQLite file.

    Of several partnerships in one installation each has a schema of its own in the database of DATABASE_URL, or a file
    of its own. Raises StoreError where they would have to share one.
    """
    stated = url or os.environ.get("DATABASE_URL")
    name = "" if url else served_name()
    url = stated or f"sqlite:///{database_file()}"
    if url.startswith("postgresql://"):
        url = url.replace("postgresql://", "postgresql+psycopg://", 1)
    address = sa.make_url(url)
    if address.get_backend_name() != "sqlite":
        return _server_engine(address, schema_of(name))
    if name and stated:
        raise StoreError(SHARED_FILE)
    if address.database not in (None, "", ":memory:"):
        Path(str(address.database)).parent.mkdir(parents=True, exist_ok=True)
    engine = sa.create_engine(address, pool_timeout=READ_SECONDS)
    sa.event.listen(engine, "connect", _prepare_sqlite)
    sa.event.listen(engine, "begin", _begin_sqlite)
    if address.database not in (None, "", ":memory:"):
        _notice_another_file(engine, Path(str(address.database)))
    return engine


def _notice_another_file(engine: Engine, file: Path) -> None:
    """Leave a file that has been replaced or removed under us: what we would read and write is no longer the database.

    Nor is another one made in its place, once there has been one.
    """
    seen: list[tuple[int, int]] = []

    def found() -> tuple[int, int] | None:
        try:
            status = file.stat()
        except OSError:
            return None
        return status.st_dev, status.st_ino

    def opening(_dialect: Any, _record: Any, _arguments: Any, _settings: Any) -> None:
        if seen and found() is None:
            raise sqlite3.OperationalError("unable to open database file")

    def opened(_connection: object, record: Any) -> None:
        record.info["file"] = found()
        seen[:] = [record.info["file"]] if record.info["file"] else seen

    def taken(_connection: object, record: Any, _proxy: object) -> None:
        if record.info.get("file") != found():
            raise sa.exc.InvalidatePoolError("the database file is another one")

    sa.event.listen(engine, "do_connect", opening)
    sa.event.listen(engine, "connect", opened)
    sa.event.listen(engine, "checkout", taken)


def _server_engine(address: sa.URL, schema: str = "") -> Engine:
    """The engine of a PostgreSQL server, watched: nobody waits for one that has stopped answering.

    With a schema its connections see that one alone.
    """
    patience = {
        "connect_timeout": CONNECT_SECONDS,
        "options": f"-c lock_timeout={READ_SECONDS}s{options_of(schema)}",
        # A machine that is gone is noticed also where nothing is asked of it.
        "keepalives_idle": 5, "keepalives_interval": 2, "keepalives_count": 3, "tcp_user_timeout": 5_000,
    }  # fmt: skip
    engine = sa.create_engine(
        address, pool_pre_ping=True, pool_timeout=READ_SECONDS, connect_args=patience,
        **(MANY_CONNECTIONS if schema else {}),
    )  # fmt: skip
    if schema:
        _schemas[engine.pool] = schema

    def ping() -> None:
        arguments, settings = engine.dialect.create_connect_args(address)
        connection = engine.dialect.loaded_dbapi.connect(*arguments, **{**settings, **patience}, autocommit=True)
        try:
            connection.execute("SELECT 1")
        finally:
            connection.close()

    watch = Watch(ping)
    _watches[engine.pool] = watch
    sa.event.listen(engine, "connect", lambda connection, _record: watch.opened(connection))
    sa.event.listen(engine, "close", lambda connection, _record: watch.closed(connection))

    def refuse(dialect: Any, _record: Any, _arguments: Any, _settings: Any) -> None:
        if watch.is_away:
            raise dialect.loaded_dbapi.OperationalError("connection timeout: the server shows no sign of life")

    sa.event.listen(engine, "do_connect", refuse)
    return engine


_watches: "weakref.WeakKeyDictionary[sa.Pool, Watch]" = weakref.WeakKeyDictionary()
_schemas: "weakref.WeakKeyDictionary[sa.Pool, str]" = weakref.WeakKeyDictionary()
"""The schema of those that are one of several partnerships in a database."""


@contextmanager
def asking(engine: Engine, *, reads: bool) -> Iterator[None]:
    """Around all that is asked: what goes wrong is said in Danish, and a server that is away is not asked at all."""
    watch = _watches.get(engine.pool)
    if watch is None:
        with said_in_danish():
            yield
        return
    if watch.is_away or (reads and watch.rests):
        raise StoreUnavailableError(AWAY)
    began = time.monotonic()
    try:
        with watch.asking(), said_in_danish():
            yield
    except StoreUnavailableError:
        if reads and time.monotonic() - began > READ_SECONDS / 2:
            watch.waited_in_vain()
        raise


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
    with asking(engine, reads=True), engine.connect() as connection:
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
    """A transaction to write in, all or nothing; raises StoreUnavailableError when nothing can be written.

    Where the server is lost while it confirms, the message says that nobody can know whether it was kept.
    """
    with asking(engine, reads=False), engine.execution_options(**{_WRITES: True}).connect() as connection:
        transaction = connection.begin()
        try:
            patient(connection)
            yield connection
        except BaseException:
            transaction.rollback()
            raise
        try:
            transaction.commit()
        except DBAPIError as error:
            if error.connection_invalidated:
                raise StoreUnavailableError(UNSURE) from error
            raise


def schema_at(engine: Engine) -> str:
    """The schema of PostgreSQL that an engine works in, where it is one of several partnerships; else ""."""
    return _schemas.get(engine.pool, "")


def patient(connection: Connection, seconds: int = BUSY_SECONDS) -> None:
    """Let a transaction wait so long for locks of others; on SQLite the busy timeout has seen to it."""
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql(f"SET LOCAL lock_timeout = '{seconds:d}s'")


def one_at_a_time(connection: Connection, what: int) -> None:
    """Wait until nobody else does `what`; held until the transaction ends. On SQLite `writing` has seen to it.

    Other partnerships in the same database are waited for by nobody.
    """
    if connection.dialect.name == "postgresql":
        schema = schema_at(connection.engine)
        ours = (what, sa.func.hashtext(schema)) if schema else (what,)
        connection.execute(sa.select(sa.func.pg_advisory_xact_lock(*ours)))


@contextmanager
def trying(engine: Engine) -> Iterator[Connection]:
    """A transaction to write in that is undone in the end, whatever happens."""
    with asking(engine, reads=False), engine.execution_options(**{_WRITES: True}).connect() as connection:
        transaction = connection.begin()
        try:
            yield connection
        finally:
            transaction.rollback()
