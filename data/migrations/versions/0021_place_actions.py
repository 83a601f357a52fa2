"""What is done in places told by grid cells, for those alone who may see the cells."""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None


def upgrade() -> None:
    text = ("action_id", "initiative_id", "area_id", "category", "cells", "text", "provenance", "source_id")
    op.create_table(
        "source_place_actions",
        sa.Column("load_id", sa.Integer, sa.ForeignKey("loads.id"), primary_key=True),
        sa.Column("row_number", sa.Integer, primary_key=True),
        *(sa.Column(name, sa.Text) for name in text),
        *(sa.Column(name, sa.Date) for name in ("start", "end")),
    )
