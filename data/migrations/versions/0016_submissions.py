"""What residents and local councils send in, until it is decided on; and proposals of one area's residents."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "submissions",
        sa.Column("id", sa.String(32), primary_key=True),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("area_id", sa.Text, nullable=False),
        sa.Column("audience", sa.String(60), nullable=False),
        sa.Column("received_on", sa.Date, nullable=False),
        sa.Column("content", sa.Text, nullable=False),
        sa.Column("state", sa.String(10), nullable=False),
        sa.Column("reason", sa.Text, nullable=False, server_default=""),
        sa.Column("decided_on", sa.Date),
        sa.Column("decided_by", sa.Text),
    )
    op.add_column("source_proposals", sa.Column("area_id", sa.Text))
