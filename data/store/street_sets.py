"""Keeps sets of roads and landmarks: what maps are drawn over, apart from all figures and releases."""

import hashlib
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.engine import Engine

from data import clock
from data.store.database import reading, writing
from data.store.events import LOADED, note
from data.store.failures import DamagedError
from data.store.schema import street_sets

ROADS, LANDMARKS = "roads", "landmarks"
KINDS = (ROADS, LANDMARKS)
LOAD_STREETS_AGAIN = "Indlæs filen igen: python -m data streets FIL"
"""What mends a damaged set."""


@dataclass(frozen=True)
class StreetSet:
    """One set as it was loaded: what it holds, whom to credit, and the SHA-256 checksum of `parquet`."""

    kind: str
    file_name: str
    checksum: str
    credit: str
    rows: int
    parquet: bytes


def keep(engine: Engine, kind: str, parquet: bytes, *, file_name: str, credit: str, rows: int, by: str) -> StreetSet:
    """Add a set, which stands from now on in place of the one before it, and note who did it in the log."""
    made = StreetSet(kind, file_name, hashlib.sha256(parquet).hexdigest(), credit, rows, parquet)
    with writing(engine) as connection:
        connection.execute(street_sets.insert().values(loaded_at=clock.now(), loaded_by=by, **vars(made)))
        note(connection, by, LOADED, f"{kind} {file_name}")
    return made


def newest(engine: Engine, kind: str) -> StreetSet | None:
    """The set of a kind that stands; None where none was ever loaded.

    Raises DamagedError where its content is not what was loaded.
    """
    columns = [street_sets.c[name] for name in StreetSet.__dataclass_fields__]
    query = sa.select(*columns).where(street_sets.c.kind == kind).order_by(street_sets.c.id.desc()).limit(1)
    with reading(engine) as connection:
        row = connection.execute(query).first()
    if row is None:
        return None
    newest_set = StreetSet(*row)
    if hashlib.sha256(newest_set.parquet).hexdigest() != newest_set.checksum:
        raise DamagedError(f"Kortgrundlaget »{newest_set.file_name}« er beskadiget i databasen. {LOAD_STREETS_AGAIN}")
    return newest_set


def standing(engine: Engine) -> tuple[tuple[str, str], ...]:
    """Which sets stand, without their content: kind and checksum, for telling whether they have changed."""
    last = sa.select(sa.func.max(street_sets.c.id)).group_by(street_sets.c.kind)
    query = sa.select(street_sets.c.kind, street_sets.c.checksum).where(street_sets.c.id.in_(last))
    with reading(engine) as connection:
        return tuple(sorted((row.kind, row.checksum) for row in connection.execute(query)))
