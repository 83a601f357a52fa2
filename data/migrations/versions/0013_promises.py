"""Insecure places as promises: where they are, who sees to them by when, and what was done."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for name in ("landmark", "square", "owner", "outcome"):
        op.add_column("source_insecure_places", sa.Column(name, sa.Text))
    op.add_column("source_insecure_places", sa.Column("due", sa.Date))
