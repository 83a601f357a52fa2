"""Packs old releases: what many of their documents have in common is kept once, and they are read as before.

A document that is packed holds no bytes of its own; they stand under its checksum in the table `contents`. Its
checksum, and all that is said of its release, stay as published: a packed release is opened and verified like others.
"""

import hashlib
import sqlite3
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine

from data import danish
from data.store.database import PUBLISHING, one_at_a_time, reading, writing
from data.store.events import ARCHIVED, note
from data.store.failures import DamagedReleaseError
from data.store.released import IS_DRAFT
from data.store.schema import contents, documents, holds_its_bytes, releases

KEPT_AS_THEY_ARE = 8
"""How many of the newest releases are left unpacked where nothing else is said."""


@dataclass(frozen=True)
class Packed:
    """How many releases were packed, and how many bytes their documents took before and take now."""

    releases: int
    before: int
    after: int


def pack(engine: Engine, keep: int, by: str) -> Packed:
    """Pack every release but the newest `keep` published ones; drafts are left alone. What is packed stays so.

    One transaction a release: who is stopped has packed some of them. Raises DamagedReleaseError at a document that is
    not as it was published, which is left where it is.
    """
    packed = Packed(0, 0, 0)
    for number in _old(engine, keep):
        with writing(engine) as connection:
            one_at_a_time(connection, PUBLISHING)
            before, after = _pack(connection, number)
        packed = Packed(packed.releases + 1, packed.before + before, packed.after + after)
    if packed.releases:
        with writing(engine) as connection:
            note(connection, by, ARCHIVED, danish.plural(packed.releases, "udgave", "udgaver"))
    return packed


def _old(engine: Engine, keep: int) -> list[int]:
    """The numbers of the releases that are to be packed and are not, oldest first."""
    published = sa.select(releases.c.id).where(~IS_DRAFT).order_by(releases.c.id.desc())
    unpacked = sa.select(documents.c.release_id).where(holds_its_bytes).distinct()
    with reading(engine) as connection:
        old = connection.scalars(published).all()[keep:]
        return sorted(set(old) & set(connection.scalars(unpacked).all()))


def _pack(connection: Connection, number: int) -> tuple[int, int]:
    """Move the bytes of a release's documents; returns how many there were, and how many of them were new."""
    mine = documents.c.release_id == number
    rows = connection.execute(sa.select(documents.c.checksum, documents.c.parquet).where(mine, holds_its_bytes)).all()
    by_checksum = {row.checksum: row.parquet for row in rows}
    wrong = [name for name, content in by_checksum.items() if hashlib.sha256(content).hexdigest() != name]
    if wrong:
        raise DamagedReleaseError(f"Udgave {number} er beskadiget og er ikke pakket. Se python -m data doctor.")
    known = connection.execute(sa.select(contents).where(contents.c.checksum.in_(by_checksum))).all()
    there = {row.checksum for row in known if row.parquet == by_checksum[row.checksum]}
    # What has been damaged since it was packed gives way to what has come back from a backup.
    connection.execute(contents.delete().where(contents.c.checksum.in_({row.checksum for row in known} - there)))
    new = [{"checksum": name, "parquet": content} for name, content in by_checksum.items() if name not in there]
    if new:
        connection.execute(contents.insert(), new)
    connection.execute(documents.update().where(mine, holds_its_bytes).values(parquet=b""))
    return sum(len(row.parquet) for row in rows), sum(len(each["parquet"]) for each in new)


def give_back_space(engine: Engine) -> bool:
    """Let the file of a SQLite database shrink to what is in it; False where somebody reads in it for too long.

    PostgreSQL sees to it by itself.
    """
    if engine.dialect.name != "sqlite":
        return True
    connection = engine.raw_connection()
    try:
        connection.cursor().execute("VACUUM")
    except sqlite3.OperationalError:
        return False
    finally:
        connection.close()
    return True
