"""A source says how many of its newest periods may still change."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("source_sources", sa.Column("provisional", sa.BigInteger))
