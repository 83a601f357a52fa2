"""Areas have a first and a last day and may have successors."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for name in ("first_day", "last_day"):
        op.add_column("source_areas", sa.Column(name, sa.Date))
    for name in ("successors", "succession"):
        op.add_column("source_areas", sa.Column(name, sa.Text))
