"""Releases that only the secretariat sees until they are published."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("releases", sa.Column("state", sa.String(10), nullable=False, server_default="published"))
