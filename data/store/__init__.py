"""The store: the only place that speaks SQL. It keeps loads, publishes releases and hands them out."""

import datetime as dt
import hashlib
import os
import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd
import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.exc import IntegrityError

from data.release import Release, ReleaseHead, records, table_from_parquet, table_to_parquet
from data.store.schema import documents, loads, releases, source_keys, source_tables

DEFAULT_DATABASE = Path(__file__).parents[2] / "var" / "tryghedsoverblik.db"
MIGRATIONS = Path(__file__).parents[1] / "migrations"
RELEASES_KEPT_IN_MEMORY = 8


class StoreError(RuntimeError):
    """The store could not do what was asked; the message is Danish and fit for the screen."""


class PublishConflictError(StoreError):
    """Somebody else published since this release was built; nothing was written."""


class DamagedReleaseError(StoreError):
    """A release document does not match the checksum it was published with."""


@dataclass(frozen=True)
class Incoming:
    """A table that has passed its contract, and the file it came from (SHA-256 checksum of its bytes)."""

    kind: str
    frame: pd.DataFrame
    file_name: str
    checksum: str


@dataclass(frozen=True)
class Load:
    """One file as it came: what, when, by whom, with the SHA-256 checksum of its bytes."""

    id: int
    kind: str
    file_name: str
    checksum: str
    loaded_at: dt.datetime
    loaded_by: str
    rows: int


class Store:
    """Loads and releases behind one database address; safe to share between threads."""

    def __init__(self, engine: Engine) -> None:
        """Serve the database behind this engine."""
        self.engine = engine
        self._releases: dict[tuple[int, str], Release] = {}
        self._lock = threading.Lock()

    # Loads ------------------------------------------------------------------------------------------

    def load(self, incoming: Sequence[Incoming], by: str) -> list[Load]:
        """Store checked tables, all or none, and return their loads in the order given."""
        with self.engine.begin() as connection:
            return [_write_load(connection, table, by) for table in incoming]

    def loads(self) -> list[Load]:
        """Every load, oldest first."""
        with self.engine.connect() as connection:
            return [Load(*row) for row in connection.execute(sa.select(loads).order_by(loads.c.id))]

    def loaded(self, kind: str) -> pd.DataFrame:
        """All rows of a kind that now stand: of rows with one key, the one from the latest load; plus `load_id`."""
        table = source_tables[kind]
        query = sa.select(table).order_by(table.c.load_id, table.c.row_number)
        with self.engine.connect() as connection:
            frame = pd.read_sql_query(query, connection)
        frame = frame.drop(columns="row_number")
        return frame.drop_duplicates(list(source_keys[kind]), keep="last").reset_index(drop=True)

    # Releases ---------------------------------------------------------------------------------------

    def publish(
        self,
        tables: Mapping[str, Mapping[str, pd.DataFrame]],
        *,
        by: str,
        note: str = "",
        meeting_date: dt.date | None = None,
        after: int | None = None,
        repeats: int | None = None,
    ) -> ReleaseHead:
        """Publish release tables (audience → name → frame) in one transaction and return its head.

        `after` is the release that was current when the tables were built (None: there was none). If another one
        has been published since, PublishConflictError is raised and nothing is written.
        """
        packed = {
            (audience, name): table_to_parquet(frame)
            for audience, named in tables.items()
            for name, frame in named.items()
        }
        number = (after or 0) + 1
        try:
            with self.engine.begin() as connection:
                newest_load = connection.scalar(sa.select(sa.func.max(loads.c.id))) or 0
                connection.execute(
                    releases.insert().values(
                        id=number,
                        published_at=dt.datetime.now(dt.UTC),
                        published_by=by,
                        note=note,
                        meeting_date=meeting_date,
                        repeats=repeats,
                        newest_load=newest_load,
                    )
                )
                connection.execute(
                    documents.insert(),
                    [
                        {
                            "release_id": number,
                            "audience": audience,
                            "name": name,
                            "checksum": hashlib.sha256(content).hexdigest(),
                            "parquet": content,
                        }
                        for (audience, name), content in packed.items()
                    ],
                )
        except IntegrityError as error:
            raise PublishConflictError(
                f"Udgave {number} er allerede udgivet af en anden. Intet er ændret: hent de nye tal og udgiv igen."
            ) from error
        return self.head(number)

    def rollback(self, release_id: int, *, by: str) -> ReleaseHead:
        """Publish an earlier release once more as the newest; nothing is deleted."""
        earlier = self.head(release_id)
        with self.engine.connect() as connection:
            rows = connection.execute(
                sa.select(documents.c.audience, documents.c.name).where(documents.c.release_id == release_id)
            ).all()
        tables: dict[str, dict[str, pd.DataFrame]] = {}
        for audience, name in rows:
            tables.setdefault(audience, {})[name] = self._document(release_id, audience, name)
        newest = self.newest()
        return self.publish(
            tables,
            by=by,
            note=f"Tilbage til udgave {release_id}",
            meeting_date=earlier.meeting_date,
            after=newest.id if newest else None,
            repeats=release_id,
        )

    def releases(self) -> list[ReleaseHead]:
        """The heads of all releases, newest first."""
        with self.engine.connect() as connection:
            rows = connection.execute(sa.select(releases).order_by(releases.c.id.desc())).all()
        return [ReleaseHead(*row) for row in rows]

    def newest(self) -> ReleaseHead | None:
        """The head of the newest release, None before the first."""
        with self.engine.connect() as connection:
            row = connection.execute(sa.select(releases).order_by(releases.c.id.desc()).limit(1)).first()
        return ReleaseHead(*row) if row else None

    def head(self, release_id: int) -> ReleaseHead:
        """The head of one release; StoreError if there is none with that number."""
        with self.engine.connect() as connection:
            row = connection.execute(sa.select(releases).where(releases.c.id == release_id)).first()
        if row is None:
            raise StoreError(f"Der findes ingen udgave {release_id}.")
        return ReleaseHead(*row)

    def release(self, release_id: int | None = None, *, audience: str) -> Release:
        """A release as one audience may see it; the newest when no number is given. Immutable, kept in memory."""
        head = self.newest() if release_id is None else self.head(release_id)
        if head is None:
            raise StoreError("Der er endnu ikke udgivet nogen tal.")
        key = (head.id, audience)
        with self._lock:
            if key in self._releases:
                return self._releases[key]
        with self.engine.connect() as connection:
            query = sa.select(documents.c.name).where(
                documents.c.release_id == head.id, documents.c.audience == audience
            )
            names = connection.scalars(query).all()
        if not names:
            raise StoreError(f"Udgave {head.id} findes ikke for målgruppen »{audience}«.")
        release = Release(head, audience, {name: self._document(head.id, audience, name) for name in names})
        with self._lock:
            while len(self._releases) >= RELEASES_KEPT_IN_MEMORY:
                self._releases.pop(next(iter(self._releases)))
            self._releases[key] = release
        return release

    def _document(self, release_id: int, audience: str, name: str) -> pd.DataFrame:
        query = sa.select(documents.c.checksum, documents.c.parquet).where(
            documents.c.release_id == release_id, documents.c.audience == audience, documents.c.name == name
        )
        with self.engine.connect() as connection:
            checksum, content = connection.execute(query).one()
        if hashlib.sha256(content).hexdigest() != checksum:
            raise DamagedReleaseError(f"Tabellen »{name}« i udgave {release_id} er beskadiget og vises ikke.")
        return table_from_parquet(content)


def _write_load(connection: Connection, incoming: Incoming, by: str) -> Load:
    frame = incoming.frame
    head: dict[str, Any] = {
        "kind": incoming.kind,
        "file_name": incoming.file_name,
        "checksum": incoming.checksum,
        "loaded_at": dt.datetime.now(dt.UTC),
        "loaded_by": by,
        "rows": len(frame),
    }
    load_id: int = connection.execute(loads.insert().values(**head).returning(loads.c.id)).scalar_one()
    table = source_tables[incoming.kind]
    columns = [column.name for column in table.columns if column.name in frame.columns]
    # None instead of NaN: the database then says "missing", not "not a number".
    values = frame[columns].astype(object).where(frame[columns].notna(), None)
    rows = [
        record | {"load_id": load_id, "row_number": number} for number, record in enumerate(records(values), start=1)
    ]
    if rows:
        connection.execute(table.insert(), rows)
    return Load(id=load_id, **head)


def open_store(url: str | None = None) -> Store:
    """Open the store at a database address, from DATABASE_URL, or the embedded SQLite file in var/."""
    url = url or os.environ.get("DATABASE_URL") or f"sqlite:///{DEFAULT_DATABASE}"
    if url.startswith("postgresql://"):
        url = url.replace("postgresql://", "postgresql+psycopg://", 1)
    address = sa.make_url(url)
    if address.get_backend_name() == "sqlite" and address.database not in (None, "", ":memory:"):
        Path(str(address.database)).parent.mkdir(parents=True, exist_ok=True)
    engine = sa.create_engine(address, pool_pre_ping=True)
    if engine.dialect.name == "sqlite":
        sa.event.listen(engine, "connect", _prepare_sqlite)
    return Store(engine)


def _prepare_sqlite(connection: object, _record: object) -> None:
    cursor = connection.cursor()  # type: ignore[attr-defined]
    for pragma in ("journal_mode=WAL", "foreign_keys=ON", "busy_timeout=10000", "synchronous=FULL"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def migrate(store: Store) -> None:
    """Bring the database to the newest schema; does nothing when it is there already."""
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    with store.engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
