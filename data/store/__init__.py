"""The store: the only place that speaks SQL. It keeps loads, publishes releases and hands them out."""

import threading
from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import replace
from typing import TypeVar

import pandas as pd
import sqlalchemy as sa
from sqlalchemy.engine import Engine

from data import danish
from data.counters import RELEASE_FAILED, RELEASE_KEPT, RELEASE_READ, count
from data.lru_cache import LruCache
from data.release import Release, ReleaseHead
from data.store.database import engine_at, reading, snapshot, trying, writing
from data.store.entries import EntryConflictError, amend, versions
from data.store.failures import (
    DamagedError,
    DamagedReleaseError,
    NotForAudienceError,
    PublishConflictError,
    StoreError,
    StoreUnavailableError,
)
from data.store.migrating import upgrade
from data.store.publishing import Documents, Publication, packed, show_draft, write_release
from data.store.released import documents_of, head_of, heads, is_there, newest_head, read_release
from data.store.rows import Incoming, Load, newest_load, read_rows, refuse_overtaken, write_loads
from data.store.schema import loads, source_tables

T = TypeVar("T")

RELEASES_KEPT_IN_MEMORY = 8
ANSWERS_FROM_LOADS = 100
"""How many answers that follow from the loads are kept: addresses ask for more than there is room for."""

__all__ = [
    "DamagedError", "DamagedReleaseError", "EntryConflictError", "Incoming", "Load", "NotForAudienceError",
    "Publication", "PublishConflictError", "Store", "StoreError", "StoreUnavailableError", "migrate", "open_store",
]  # fmt: skip


class Store:
    """Loads and releases behind one database address; safe to share between threads."""

    def __init__(self, engine: Engine) -> None:
        """Serve the database behind this engine."""
        self.engine = engine
        self._releases: dict[tuple[ReleaseHead, str], Release] = {}
        self._last: dict[str, Release] = {}
        self._seen: ReleaseHead | None = None
        self._loaded = LruCache(ANSWERS_FROM_LOADS)
        self._lock = threading.Lock()

    # Loads ------------------------------------------------------------------------------------------

    def load(self, incoming: Sequence[Incoming], by: str, *, read_until: int | None = None) -> list[Load]:
        """Store checked tables, all or none, and return their loads in the order given.

        With `read_until`, they were made from what stood after that load: PublishConflictError is raised, and nothing
        written, where rows of their kinds have been loaded since.
        """
        with writing(self.engine) as connection:
            if read_until is not None:
                refuse_overtaken(connection, (table.kind for table in incoming), read_until)
            return write_loads(connection, incoming, by)

    def loads(self) -> list[Load]:
        """Every load, oldest first."""
        with reading(self.engine) as connection:
            return [Load(*row) for row in connection.execute(sa.select(loads).order_by(loads.c.id))]

    def newest_load(self) -> int:
        """The number of the newest load; 0 before the first."""
        with reading(self.engine) as connection:
            return newest_load(connection)

    def loaded(self, kind: str, until: int | None = None) -> pd.DataFrame:
        """All rows of a kind that now stand: of rows with one key, the one from the latest load; plus `load_id`.

        Rows that the latest load withdrew are left out. With `until`, the rows that stood after that load.
        """
        with reading(self.engine) as connection:
            return read_rows(connection, kind, until)

    def once_loaded(self, what: Hashable, make: Callable[[], T]) -> T:
        """What `make` reads from the loads, read again only when something has been loaded since, by whomever.

        The answer is shared between sessions, so never write to it.
        """
        with reading(self.engine) as connection:
            # Two who load at once on PostgreSQL may finish in another order than their numbers: the count tells.
            newest, many = connection.execute(sa.select(sa.func.max(loads.c.id), sa.func.count())).one()
        return self._loaded.get_or_make((newest, many, what), make)

    def trial(self, incoming: Sequence[Incoming]) -> tuple[int, dict[str, pd.DataFrame]]:
        """The newest load, and what `loaded` would give for each kind if these tables were loaded; nothing is kept."""
        with trying(self.engine) if incoming else snapshot(self.engine) as connection:
            newest = newest_load(connection)
            write_loads(connection, incoming, by="")
            return newest, {kind: read_rows(connection, kind) for kind in source_tables}

    def amend(self, incoming: Incoming, by: str, based_on: int | None) -> Load:
        """Store one typed row that follows the row of load `based_on` (None: a new one); raises EntryConflictError."""
        return amend(self.engine, incoming, by, based_on)

    def versions(self, kind: str, key: Mapping[str, object]) -> pd.DataFrame:
        """Every version of the rows with these values of key columns, oldest first, with who and when."""
        return versions(self.engine, kind, key)

    # Releases ---------------------------------------------------------------------------------------

    def publish(self, tables: Mapping[str, Mapping[str, pd.DataFrame]], publication: Publication) -> ReleaseHead:
        """Publish release tables (audience → name → frame) in one transaction and return its head.

        PublishConflictError is raised, and nothing written, if another release than `publication.after` is the newest.
        """
        return self.publish_documents(packed(tables), publication)

    def publish_documents(self, content: Documents, publication: Publication) -> ReleaseHead:
        """Publish release tables that are Parquet already ((audience, name) → bytes), kept byte for byte."""
        return self.head(write_release(self.engine, content, publication), drafts=True)

    def publish_draft(self, release_id: int, *, by: str) -> ReleaseHead:
        """Let everybody see a draft. PublishConflictError when a release has been published since it was made."""
        show_draft(self.engine, release_id, by)
        return self.head(release_id)

    def rollback(self, release_id: int, *, by: str, seen: int | None = None) -> ReleaseHead:
        """Publish an earlier release once more as the newest; nothing is deleted.

        PublishConflictError is raised where another one than `seen`, which its reader took for the newest, is that.
        """
        earlier = self.head(release_id)
        newest = self.newest()
        publication = Publication(
            by=by,
            note=f"Tilbage til udgave {release_id}",
            meeting_date=earlier.meeting_date,
            after=seen or (newest.id if newest else None),
            repeats=release_id,
        )
        return self.publish_documents(self.documents(release_id), publication)

    def releases(self, *, drafts: bool = False) -> list[ReleaseHead]:
        """The heads of all releases, newest first; `drafts` for those who may see them."""
        return heads(self.engine, drafts=drafts)

    def newest(self) -> ReleaseHead | None:
        """The head of the newest published release, None before the first."""
        return newest_head(self.engine)

    def head(self, release_id: int, *, drafts: bool = False) -> ReleaseHead:
        """The head of one release; StoreError if there is none with that number, or it is a draft not asked for."""
        return head_of(self.engine, release_id, drafts=drafts)

    def release(self, release_id: int | None = None, *, audience: str, drafts: bool = False) -> Release:
        """A release as one audience may see it; the newest when no number is given. Immutable, kept in memory.

        When the newest is damaged, the one before it is served; when the database is away or damaged as a whole, the
        one last read. Both carry an `alarm` to show. StoreError is raised where nothing whole can be served. A draft
        is served by its number only, and only where `drafts` says that the reader may see it.
        """
        try:
            if release_id is None:
                release = self._newest_whole(audience)
            else:
                release = self._read(self.head(release_id, drafts=drafts), audience)
        except (StoreUnavailableError, DamagedError) as error:
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
        return documents_of(self.engine, release_id)

    def _newest_whole(self, audience: str) -> Release:
        newest = self.newest()
        if newest is None:
            raise StoreError("Der er endnu ikke udgivet nogen tal.")
        gone = self._gone(newest)
        try:
            release = self._read(newest, audience)
        except DamagedError:
            count(RELEASE_FAILED)
            return self._whole_before(newest, audience)
        return replace(release, alarm=_older(gone, newest)) if gone else release

    def _whole_before(self, damaged: ReleaseHead, audience: str) -> Release:
        """The newest release before a damaged one that is whole, with an alarm that says so."""
        for head in self.releases():
            if head.id >= damaged.id:
                continue
            try:
                release = self._read(head, audience)
            except DamagedError:
                count(RELEASE_FAILED)
                continue
            return replace(
                release,
                alarm=f"Udgave {_title(damaged)} er beskadiget og vises ikke. Imens vises udgave "
                f"{_title(head)}. Sig det til den, der driver appen.",
            )
        raise DamagedReleaseError("Alle udgaver er beskadiget. Gendan databasen: python -m data restore FIL")

    def _gone(self, newest: ReleaseHead) -> ReleaseHead | None:
        """The newest release this process has seen, where the database no longer has it: it is an older one by now."""
        with self._lock:
            seen = self._seen
        if seen is not None and seen != newest and not is_there(self.engine, seen):
            return seen
        with self._lock:
            if seen is None or newest.id >= seen.id:
                self._seen = newest
        return None

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
        release = read_release(self.engine, head, audience)
        with self._lock:
            while len(self._releases) >= RELEASES_KEPT_IN_MEMORY:
                self._releases.pop(next(iter(self._releases)))
            self._releases[key] = release
        return release


def _older(gone: ReleaseHead, newest: ReleaseHead) -> str:
    return (
        f"Databasen er skiftet ud: udgave {_title(gone)} findes ikke længere i den. Nu vises udgave {_title(newest)}. "
        "Sig det til den, der driver appen: appen skal genstartes, når det er, som det skal være."
    )


def _title(head: ReleaseHead) -> str:
    return f"{head.id} fra {danish.date(head.published_at)}"


def open_store(url: str | None = None) -> Store:
    """Open the store at a database address, from DATABASE_URL, or the embedded SQLite file in var/."""
    return Store(engine_at(url))


def migrate(store: Store, revision: str = "head") -> None:
    """Bring the database to the newest schema (or an earlier one); does nothing when it is there already."""
    upgrade(store.engine, revision)
