"""The first schema: loads as append-only rows, releases as checksummed documents."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

# Frozen as it was: a migration never follows what the contracts become later.
TEXT, WHOLE, DECIMAL, DAY = sa.Text, sa.BigInteger, sa.Float, sa.Date
ORIGIN = {"provenance": TEXT, "source_id": TEXT}
SOURCES = {
    "sources": {
        "source_id": TEXT, "title": TEXT, "publisher": TEXT, "licence": TEXT, "retrieved": DAY, "url": TEXT,
        "coverage": TEXT, "provenance": TEXT,
    },
    "areas": {
        "area_id": TEXT, "code": TEXT, "name": TEXT, "level": TEXT, "parent_id": TEXT, "dwellings": WHOLE,
        "residents": WHOLE, "lists": TEXT, "outline": TEXT, **ORIGIN,
    },
    "population": {"period": TEXT, "area_id": TEXT, "residents": WHOLE, **ORIGIN},
    "survey": {
        "wave": TEXT, "area_id": TEXT, "indicator": TEXT, "series": TEXT, "share": DECIMAL, "n": WHOLE,
        "n_eff": DECIMAL, "deff": DECIMAL, "half_width": DECIMAL, "rounded": WHOLE, **ORIGIN, "note": TEXT,
    },
    "incidents": {"period": TEXT, "area_id": TEXT, "category": TEXT, "count": WHOLE, **ORIGIN},
    "cells": {
        "year": TEXT, "cell_id": TEXT, "area_id": TEXT, "category": TEXT, "count": WHOLE, "households": WHOLE, **ORIGIN,
    },
    "initiatives": {
        "initiative_id": TEXT, "title": TEXT, "focus_area": WHOLE, "principles": TEXT, "area_ids": TEXT, "start": DAY,
        "end": DAY, "working_group": TEXT, "lead": TEXT, "purpose_id": TEXT, "purpose": TEXT, "target_group": TEXT,
        "method": TEXT, "person_years": DECIMAL, "funds_dkk": WHOLE, **ORIGIN,
    },
    "activities": {
        "initiative_id": TEXT, "date": DAY, "area_id": TEXT, "kind": TEXT, "text": TEXT, "count": WHOLE, **ORIGIN,
    },
    "criteria": {
        "criterion_id": TEXT, "version": WHOLE, "initiative_id": TEXT, "measure": TEXT, "indicator": TEXT,
        "area_ids": TEXT, "baseline_period": TEXT, "target": DECIMAL, "direction": WHOLE, "deadline": TEXT,
        "margin": DECIMAL, "purpose_id": TEXT, "author": TEXT, "adopted": DAY, "reason": TEXT, **ORIGIN,
    },
}  # fmt: skip


def upgrade() -> None:
    op.create_table(
        "loads",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("file_name", sa.Text, nullable=False),
        sa.Column("checksum", sa.String(64), nullable=False),
        sa.Column("loaded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("loaded_by", sa.Text, nullable=False),
        sa.Column("rows", sa.Integer, nullable=False),
    )
    for kind, columns in SOURCES.items():
        _create_source_table(kind, *(sa.Column(name, sql_type) for name, sql_type in columns.items()))
    _create_source_table(
        "boundaries",
        *(sa.Column(name, sa.Text, nullable=False) for name in ("area_id", "name", "outline", "basis")),
        sa.Column("geometry", sa.LargeBinary, nullable=False),
    )
    op.create_table(
        "releases",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("published_by", sa.Text, nullable=False),
        sa.Column("note", sa.Text, nullable=False),
        sa.Column("meeting_date", sa.Date),
        sa.Column("repeats", sa.Integer, sa.ForeignKey("releases.id")),
        sa.Column("newest_load", sa.Integer, nullable=False),
    )
    op.create_table(
        "documents",
        sa.Column("release_id", sa.Integer, sa.ForeignKey("releases.id"), primary_key=True),
        sa.Column("audience", sa.String(60), primary_key=True),
        sa.Column("name", sa.String(30), primary_key=True),
        sa.Column("checksum", sa.String(64), nullable=False),
        sa.Column("parquet", sa.LargeBinary, nullable=False),
    )


def _create_source_table(kind: str, *columns: sa.Column) -> None:
    op.create_table(
        f"source_{kind}",
        sa.Column("load_id", sa.Integer, sa.ForeignKey("loads.id"), primary_key=True),
        sa.Column("row_number", sa.Integer, primary_key=True),
        *columns,
    )
