"""Meetings, decisions, dialogue, proposals and risk profiles; pooled waves of criteria; loads that withdraw rows."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

# Frozen as it was: a migration never follows what the contracts become later.
TEXT, WHOLE, DAY = sa.Text, sa.BigInteger, sa.Date
ORIGIN: dict[str, Any] = {"provenance": TEXT, "source_id": TEXT}
SOURCES: dict[str, dict[str, Any]] = {
    "meetings": {
        "meeting_id": TEXT, "date": DAY, "forum": TEXT, "area_id": TEXT, "chair_id": TEXT, "title": TEXT,
        "agenda": TEXT, "release_id": WHOLE, "status": TEXT, **ORIGIN,
    },
    "decisions": {
        "decision_id": TEXT, "meeting_id": TEXT, "kind": TEXT, "text": TEXT, "owner": TEXT, "due": DAY, "done": DAY,
        "view": TEXT, "figure": TEXT, "release_id": WHOLE, **ORIGIN,
    },
    "dialogues": {
        "dialogue_id": TEXT, "date": DAY, "area_id": TEXT, "kind": TEXT, "counterpart": TEXT, "reach": WHOLE,
        "text": TEXT, **ORIGIN,
    },
    "insecure_places": {
        "place_id": TEXT, "dialogue_id": TEXT, "area_id": TEXT, "place_type": TEXT, "count": WHOLE, "status": TEXT,
        "follow_up": TEXT, **ORIGIN,
    },
    "proposals": {
        "proposal_id": TEXT, "date": DAY, "from_area": TEXT, "title": TEXT, "text": TEXT, "status": TEXT,
        "answer": TEXT, **ORIGIN,
    },
    "risk_profiles": {"profile_id": TEXT, "title": TEXT, "description": TEXT, "size_class": TEXT, **ORIGIN},
    "coverage": {"profile_id": TEXT, "initiative_id": TEXT, "area_id": TEXT, "how": TEXT, **ORIGIN},
}  # fmt: skip


def upgrade() -> None:
    op.add_column("loads", sa.Column("withdraws", sa.Boolean, nullable=False, server_default=sa.false()))
    op.add_column("source_criteria", sa.Column("waves", sa.BigInteger))
    for kind, columns in SOURCES.items():
        op.create_table(
            f"source_{kind}",
            sa.Column("load_id", sa.Integer, sa.ForeignKey("loads.id"), primary_key=True),
            sa.Column("row_number", sa.Integer, primary_key=True),
            *(sa.Column(name, sql_type) for name, sql_type in columns.items()),
        )
