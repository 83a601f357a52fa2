"""When, where and how a meeting is held."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for name in ("begins", "ends", "place", "online"):
        op.add_column("source_meetings", sa.Column(name, sa.Text))
