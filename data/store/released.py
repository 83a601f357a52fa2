"""Reads releases as they were published: their heads, and their tables once their checksums have been checked."""

import hashlib
from collections.abc import Iterable
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Engine, Row

from data.release import DRAFT, Release, ReleaseHead
from data.release.tables import Tables
from data.store.database import reading
from data.store.failures import DamagedReleaseError, NotForAudienceError, StoreError
from data.store.schema import document_bytes, documents, releases

IS_DRAFT = releases.c.state == DRAFT


def heads(engine: Engine, *, drafts: bool = False) -> list[ReleaseHead]:
    """The heads of all releases, newest first, with or without drafts."""
    query = sa.select(releases).order_by(releases.c.id.desc())
    with reading(engine) as connection:
        rows = connection.execute(query if drafts else query.where(~IS_DRAFT)).all()
    return [ReleaseHead(*row) for row in rows]


def newest_head(engine: Engine) -> ReleaseHead | None:
    """The head of the newest published release, None before the first."""
    query = sa.select(releases).where(~IS_DRAFT).order_by(releases.c.id.desc()).limit(1)
    with reading(engine) as connection:
        row = connection.execute(query).first()
    return ReleaseHead(*row) if row else None


def head_of(engine: Engine, release_id: int, *, drafts: bool = False) -> ReleaseHead:
    """The head of one release; StoreError if there is none with that number, or it is a draft not asked for."""
    with reading(engine) as connection:
        row = connection.execute(sa.select(releases).where(releases.c.id == release_id)).first()
    if row is None or (row.state == DRAFT and not drafts):
        raise StoreError(f"Der findes ingen udgave {release_id}.")
    return ReleaseHead(*row)


def is_there(engine: Engine, head: ReleaseHead) -> bool:
    """Whether this very release, and not another of its number, is published in the database."""
    query = sa.select(releases.c.published_at).where(releases.c.id == head.id, ~IS_DRAFT)
    with reading(engine) as connection:
        return connection.scalar(query) == head.published_at


def documents_of(engine: Engine, release_id: int) -> dict[tuple[str, str], bytes]:
    """Every table of a release as its Parquet bytes, by (audience, name); raises DamagedReleaseError."""
    columns = documents.c.audience, documents.c.name, documents.c.checksum, document_bytes
    query = sa.select(*columns).where(documents.c.release_id == release_id)
    with reading(engine) as connection:
        rows = connection.execute(query.order_by(documents.c.audience, documents.c.name)).all()
    _check(rows, release_id)
    return {(row.audience, row.name): row.parquet for row in rows}


def read_release(engine: Engine, head: ReleaseHead, audience: str) -> Release:
    """A release as one audience may see it; raises DamagedReleaseError, and NotForAudienceError where it has none."""
    query = sa.select(documents.c.name, documents.c.checksum, document_bytes)
    with reading(engine) as connection:
        rows = connection.execute(
            query.where(documents.c.release_id == head.id, documents.c.audience == audience)
        ).all()
    if not rows:
        raise NotForAudienceError(
            f"Udgave {head.id} er udgivet, før målgruppen kom til, så den rummer ingen tal til den."
        )
    _check(rows, head.id)
    return Release(head, audience, Tables({row.name: row.parquet for row in rows}))


def _check(rows: Iterable[Row[*tuple[Any, ...]]], release_id: int) -> None:
    for row in rows:
        if hashlib.sha256(row.parquet).hexdigest() != row.checksum:
            raise DamagedReleaseError(f"Tabellen »{row.name}« i udgave {release_id} er beskadiget og vises ikke.")
