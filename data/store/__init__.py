"""The store: the only place that speaks SQL. It keeps loads, publishes releases and hands them out."""

import datetime as dt
import hashlib
import threading
from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import replace
from typing import Any, TypeVar, cast

import pandas as pd
import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.exc import IntegrityError

from data import danish
from data.release import DRAFT, PUBLISHED, Release, ReleaseHead, table_from_parquet, table_to_parquet
from data.store.database import PUBLISHING, engine_at, one_at_a_time, reading, snapshot, trying, upgrade, writing
from data.store.entries import EntryConflictError, amend, versions
from data.store.events import note_release
from data.store.failures import DamagedReleaseError, PublishConflictError, StoreError, StoreUnavailableError
from data.store.rows import Incoming, Load, read_rows, write_loads
from data.store.schema import documents, loads, releases, source_tables
from data.tally import RELEASE_FAILED, RELEASE_KEPT, RELEASE_READ, count

T = TypeVar("T")

RELEASES_KEPT_IN_MEMORY = 8

__all__ = [
    "DamagedReleaseError", "EntryConflictError", "Incoming", "Load", "PublishConflictError", "Store", "StoreError",
    "StoreUnavailableError", "migrate", "open_store",
]  # fmt: skip


class Store:
    """Loads and releases behind one database address; safe to share between threads."""

    def __init__(self, engine: Engine) -> None:
        """Serve the database behind this engine."""
        self.engine = engine
        self._releases: dict[tuple[ReleaseHead, str], Release] = {}
        self._last: dict[str, Release] = {}
        self._loaded: dict[Hashable, tuple[tuple[int, int], Any]] = {}
        self._lock = threading.Lock()

    # Loads ------------------------------------------------------------------------------------------

    def load(self, incoming: Sequence[Incoming], by: str) -> list[Load]:
        """Store checked tables, all or none, and return their loads in the order given."""
        with writing(self.engine) as connection:
            return write_loads(connection, incoming, by)

    def loads(self) -> list[Load]:
        """Every load, oldest first."""
        with reading(self.engine) as connection:
            return [Load(*row) for row in connection.execute(sa.select(loads).order_by(loads.c.id))]

    def newest_load(self) -> int:
        """The number of the newest load; 0 before the first."""
        with reading(self.engine) as connection:
            return _newest_load(connection)

    def loaded(self, kind: str) -> pd.DataFrame:
        """All rows of a kind that now stand: of rows with one key, the one from the latest load; plus `load_id`.

        Rows that the latest load withdrew are left out.
        """
        with reading(self.engine) as connection:
            return read_rows(connection, kind)

    def once_loaded(self, what: Hashable, make: Callable[[], T]) -> T:
        """What `make` reads from the loads, read again only when something has been loaded since, by whomever.

        The answer is shared between sessions, so never write to it.
        """
        with reading(self.engine) as connection:
            # Two who load at once on PostgreSQL may finish in another order than their numbers: the count tells.
            newest, many = connection.execute(sa.select(sa.func.max(loads.c.id), sa.func.count())).one()
        now = (newest or 0, many)
        with self._lock:
            then, answer = self._loaded.get(what, (None, None))
        if then != now:
            answer = make()
            with self._lock:
                self._loaded[what] = (now, answer)
        return cast(T, answer)

    def trial(self, incoming: Sequence[Incoming]) -> tuple[int, dict[str, pd.DataFrame]]:
        """The newest load, and what `loaded` would give for each kind if these tables were loaded; nothing is kept."""
        with trying(self.engine) if incoming else snapshot(self.engine) as connection:
            newest = _newest_load(connection)
            write_loads(connection, incoming, by="")
            return newest, {kind: read_rows(connection, kind) for kind in source_tables}

    def amend(self, incoming: Incoming, by: str, based_on: int | None) -> Load:
        """Store one typed row that follows the row of load `based_on` (None: a new one); raises EntryConflictError."""
        return amend(self.engine, incoming, by, based_on)

    def versions(self, kind: str, key: Mapping[str, object]) -> pd.DataFrame:
        """Every version of the rows with these values of key columns, oldest first, with who and when."""
        return versions(self.engine, kind, key)

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
        draft: bool = False,
        incoming: Sequence[Incoming] = (),
        read_until: int | None = None,
    ) -> ReleaseHead:
        """Publish release tables (audience → name → frame) in one transaction and return its head.

        `after` is the release that was current when the tables were built (None: there was none). If another one
        has been published since, PublishConflictError is raised and nothing is written. A draft is kept likewise,
        but is nobody's newest release until `publish_draft`. `incoming` is loaded in the same transaction, and
        `read_until` is the newest load that the tables were built from besides it (None: the newest there is).
        """
        # Audiences that see the same share the very table, which is then packed once.
        frames = {id(frame): frame for named in tables.values() for frame in named.values()}
        bytes_of = {number: table_to_parquet(frame) for number, frame in frames.items()}
        packed = {
            (audience, name): bytes_of[id(frame)] for audience, named in tables.items() for name, frame in named.items()
        }
        return self.publish_documents(
            packed, by=by, note=note, meeting_date=meeting_date, after=after, repeats=repeats, draft=draft,
            incoming=incoming, read_until=read_until,
        )  # fmt: skip

    def publish_documents(
        self,
        packed: Mapping[tuple[str, str], bytes],
        *,
        by: str,
        note: str = "",
        meeting_date: dt.date | None = None,
        after: int | None = None,
        repeats: int | None = None,
        draft: bool = False,
        incoming: Sequence[Incoming] = (),
        read_until: int | None = None,
    ) -> ReleaseHead:
        """Publish release tables that are Parquet already ((audience, name) → bytes), kept byte for byte."""
        try:
            with writing(self.engine) as connection:
                one_at_a_time(connection, PUBLISHING)
                if _newest_published(connection) != after:
                    raise PublishConflictError(_CONFLICT)
                number = (connection.scalar(sa.select(sa.func.max(releases.c.id))) or 0) + 1
                newest_load = _newest_load(connection)
                # What others have typed meanwhile is not in these tables, and must be seen to be waiting.
                overtaken = read_until is not None and newest_load > read_until
                if made := write_loads(connection, incoming, by):
                    newest_load = made[-1].id
                if overtaken and read_until is not None:
                    newest_load = read_until
                connection.execute(
                    releases.insert().values(
                        id=number,
                        published_at=dt.datetime.now(dt.UTC),
                        published_by=by,
                        note=note,
                        meeting_date=meeting_date,
                        repeats=repeats,
                        newest_load=newest_load,
                        state=DRAFT if draft else PUBLISHED,
                    )
                )
                note_release(connection, by, number, repeats=repeats, draft=draft)
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
            # On PostgreSQL two may come this far with the same number; the first to commit has it.
            raise PublishConflictError(_CONFLICT) from error
        return self.head(number, drafts=True)

    def publish_draft(self, release_id: int, *, by: str) -> ReleaseHead:
        """Let everybody see a draft. PublishConflictError when a release has been published since it was made."""
        with writing(self.engine) as connection:
            one_at_a_time(connection, PUBLISHING)
            row = connection.execute(sa.select(releases).where(releases.c.id == release_id, _DRAFTS)).first()
            if row is None:
                raise StoreError(f"Der findes ingen kladde med nummer {release_id}.")
            if (_newest_published(connection) or 0) > release_id:
                raise PublishConflictError(
                    f"En udgave er udgivet, siden kladde {release_id} blev lavet. Intet er ændret: lav en ny kladde."
                )
            shown = {"state": PUBLISHED, "published_at": dt.datetime.now(dt.UTC), "published_by": by}
            connection.execute(releases.update().where(releases.c.id == release_id).values(**shown))
            note_release(connection, by, release_id)
        return self.head(release_id)

    def rollback(self, release_id: int, *, by: str) -> ReleaseHead:
        """Publish an earlier release once more as the newest; nothing is deleted."""
        earlier = self.head(release_id)
        newest = self.newest()
        return self.publish_documents(
            self.documents(release_id),
            by=by,
            note=f"Tilbage til udgave {release_id}",
            meeting_date=earlier.meeting_date,
            after=newest.id if newest else None,
            repeats=release_id,
        )

    def releases(self, *, drafts: bool = False) -> list[ReleaseHead]:
        """The heads of all releases, newest first; `drafts` for those who may see them."""
        query = sa.select(releases).order_by(releases.c.id.desc())
        with reading(self.engine) as connection:
            rows = connection.execute(query if drafts else query.where(~_DRAFTS)).all()
        return [ReleaseHead(*row) for row in rows]

    def newest(self) -> ReleaseHead | None:
        """The head of the newest published release, None before the first."""
        query = sa.select(releases).where(~_DRAFTS).order_by(releases.c.id.desc()).limit(1)
        with reading(self.engine) as connection:
            row = connection.execute(query).first()
        return ReleaseHead(*row) if row else None

    def head(self, release_id: int, *, drafts: bool = False) -> ReleaseHead:
        """The head of one release; StoreError if there is none with that number, or it is a draft not asked for."""
        with reading(self.engine) as connection:
            row = connection.execute(sa.select(releases).where(releases.c.id == release_id)).first()
        if row is None or (row.state == DRAFT and not drafts):
            raise StoreError(f"Der findes ingen udgave {release_id}.")
        return ReleaseHead(*row)

    def release(self, release_id: int | None = None, *, audience: str, drafts: bool = False) -> Release:
        """A release as one audience may see it; the newest when no number is given. Immutable, kept in memory.

        When the newest is damaged, the one before it is served; when the database is away, the one last read. Both
        carry an `alarm` to show. StoreError is raised where nothing whole can be served. A draft is served by its
        number only, and only where `drafts` says that the reader may see it.
        """
        try:
            if release_id is None:
                release = self._newest_whole(audience)
            else:
                release = self._read(self.head(release_id, drafts=drafts), audience)
        except StoreUnavailableError as error:
            count(RELEASE_FAILED)
            remembered = self._remembered(release_id, audience)
            if remembered is None:
                raise
            return replace(remembered, alarm=f"{error} Imens vises udgave {_title(remembered.head)} fra hukommelsen.")
        with self._lock:
            if release_id is None:
                self._last[audience] = release
        return release

    def documents(self, release_id: int) -> dict[tuple[str, str], bytes]:
        """Every table of a release as its Parquet bytes, by (audience, name); raises DamagedReleaseError."""
        with reading(self.engine) as connection:
            query = sa.select(documents).where(documents.c.release_id == release_id)
            rows = connection.execute(query.order_by(documents.c.audience, documents.c.name)).all()
        for row in rows:
            if hashlib.sha256(row.parquet).hexdigest() != row.checksum:
                raise DamagedReleaseError(f"Tabellen »{row.name}« i udgave {release_id} er beskadiget og vises ikke.")
        return {(row.audience, row.name): row.parquet for row in rows}

    def _newest_whole(self, audience: str) -> Release:
        damaged: list[ReleaseHead] = []
        for head in self.releases():
            try:
                release = self._read(head, audience)
            except DamagedReleaseError:
                count(RELEASE_FAILED)
                damaged.append(head)
                continue
            if not damaged:
                return release
            return replace(
                release,
                alarm=f"Udgave {_title(damaged[0])} er beskadiget og vises ikke. Imens vises udgave "
                f"{_title(head)}. Sig det til den, der driver appen.",
            )
        if damaged:
            raise DamagedReleaseError("Alle udgaver er beskadiget. Gendan databasen: python -m data restore")
        raise StoreError("Der er endnu ikke udgivet nogen tal.")

    def _remembered(self, release_id: int | None, audience: str) -> Release | None:
        with self._lock:
            if release_id is None:
                return self._last.get(audience)
            read = [
                release for (head, who), release in self._releases.items() if (head.id, who) == (release_id, audience)
            ]
        return next((release for release in reversed(read) if not release.head.is_draft), None)

    def _read(self, head: ReleaseHead, audience: str) -> Release:
        key = (head, audience)
        with self._lock:
            if key in self._releases:
                count(RELEASE_KEPT)
                return self._releases[key]
        count(RELEASE_READ)
        with reading(self.engine) as connection:
            query = sa.select(documents.c.name, documents.c.checksum, documents.c.parquet)
            query = query.where(documents.c.release_id == head.id, documents.c.audience == audience)
            rows = connection.execute(query).all()
        if not rows:
            raise StoreError(f"Udgave {head.id} findes ikke for målgruppen »{audience}«.")
        for row in rows:
            if hashlib.sha256(row.parquet).hexdigest() != row.checksum:
                raise DamagedReleaseError(f"Tabellen »{row.name}« i udgave {head.id} er beskadiget og vises ikke.")
        release = Release(head, audience, {row.name: table_from_parquet(row.parquet) for row in rows})
        with self._lock:
            while len(self._releases) >= RELEASES_KEPT_IN_MEMORY:
                self._releases.pop(next(iter(self._releases)))
            self._releases[key] = release
        return release


_CONFLICT = "En anden har udgivet nye tal imens. Intet er ændret: hent de nye tal, og udgiv igen."
_DRAFTS = releases.c.state == DRAFT


def _newest_published(connection: Connection) -> int | None:
    newest: int | None = connection.scalar(sa.select(sa.func.max(releases.c.id)).where(~_DRAFTS))
    return newest


def _newest_load(connection: Connection) -> int:
    newest: int = connection.scalar(sa.select(sa.func.max(loads.c.id))) or 0
    return newest


def _title(head: ReleaseHead) -> str:
    return f"{head.id} fra {danish.date(head.published_at.date())}"


def open_store(url: str | None = None) -> Store:
    """Open the store at a database address, from DATABASE_URL, or the embedded SQLite file in var/."""
    return Store(engine_at(url))


def migrate(store: Store, revision: str = "head") -> None:
    """Bring the database to the newest schema (or an earlier one); does nothing when it is there already."""
    upgrade(store.engine, revision)
