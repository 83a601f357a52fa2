"""Reads what readers have been given in all earlier releases, which what they are given next must reckon with."""

import hashlib
import io
from collections.abc import Sequence

import pandas as pd
import pyarrow.parquet as pq
import sqlalchemy as sa
from sqlalchemy.engine import Engine

from data.store.database import reading
from data.store.schema import document_bytes, documents


def by_release(
    engine: Engine, audience: str, name: str, columns: Sequence[str] | None = None
) -> dict[int, pd.DataFrame]:
    """A table as each release gave it to an audience, by release number; damaged documents are passed over.

    Drafts are among them. With `columns`, only those are read. Releases that gave the very same share the table, which
    is read once: never write to it.
    """
    own = (documents.c.audience == audience) & (documents.c.name == name)
    query = sa.select(documents.c.release_id, documents.c.checksum).where(own).order_by(documents.c.release_id)
    tables: dict[str, pd.DataFrame] = {}
    with reading(engine) as connection:
        given = connection.execute(query).all()
        for number, checksum in given:
            if checksum in tables:
                continue
            content = connection.scalar(sa.select(document_bytes).where(own, documents.c.release_id == number))
            if content is not None and hashlib.sha256(content).hexdigest() == checksum:
                table = pq.read_table(io.BytesIO(content), columns=list(columns) if columns else None)
                tables[checksum] = table.to_pandas()
    return {number: tables[checksum] for number, checksum in given if checksum in tables}


def audiences_of(engine: Engine, release_id: int) -> set[str]:
    """The audiences that a release was made for."""
    query = sa.select(documents.c.audience).where(documents.c.release_id == release_id).distinct()
    with reading(engine) as connection:
        return set(connection.scalars(query))
