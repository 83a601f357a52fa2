"""Checksums of loads, releases, shared links and the log; those of what stands already are made after migrating."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "checksums",
        sa.Column("what", sa.String(10), primary_key=True),
        sa.Column("number", sa.String(40), primary_key=True),
        sa.Column("checksum", sa.String(64), nullable=False),
    )
