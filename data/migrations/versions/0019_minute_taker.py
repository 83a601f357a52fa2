"""Who takes the minutes of a meeting."""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("source_meetings", sa.Column("minutes_by", sa.Text))
