"""A source says when its next figures are awaited."""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("source_sources", sa.Column("next_figures", sa.Date))
