"""Reads what readers have been given in all earlier releases, which what they are given next must reckon with."""

import hashlib
import io
from collections.abc import Sequence

import pandas as pd
import pyarrow.parquet as pq
import sqlalchemy as sa
from sqlalchemy.engine import Engine

from data.store.database import reading
from data.store.schema import documents


def history(engine: Engine, audience: str, name: str, columns: Sequence[str]) -> list[pd.DataFrame]:
    """Every version of a table that an audience has been given, oldest first, drafts included; only some columns.

    A release published again counts once. A damaged document is passed over: nobody has been served from it since.
    """
    query = sa.select(documents.c.checksum, documents.c.parquet).where(
        documents.c.audience == audience, documents.c.name == name
    )
    with reading(engine) as connection:
        rows = connection.execute(query.order_by(documents.c.release_id)).all()
    versions = {row.checksum: row.parquet for row in rows}
    return [
        pq.read_table(io.BytesIO(content), columns=list(columns)).to_pandas()
        for checksum, content in versions.items()
        if hashlib.sha256(content).hexdigest() == checksum
    ]


def by_release(
    engine: Engine, audience: str, name: str, columns: Sequence[str] | None = None
) -> dict[int, pd.DataFrame]:
    """A table as each release gave it to an audience, by release number; damaged documents are passed over.

    Drafts are among them. With `columns`, only those are read.
    """
    query = sa.select(documents.c.release_id, documents.c.checksum, documents.c.parquet).where(
        documents.c.audience == audience, documents.c.name == name
    )
    with reading(engine) as connection:
        rows = connection.execute(query).all()
    return {
        row.release_id: pq.read_table(io.BytesIO(row.parquet), columns=list(columns) if columns else None).to_pandas()
        for row in rows
        if hashlib.sha256(row.parquet).hexdigest() == row.checksum
    }


def audiences_of(engine: Engine, release_id: int) -> set[str]:
    """The audiences that a release was made for."""
    query = sa.select(documents.c.audience).where(documents.c.release_id == release_id).distinct()
    with reading(engine) as connection:
        return set(connection.scalars(query))
