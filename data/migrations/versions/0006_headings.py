"""What partners' files call a column, once somebody has said which one is meant."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "headings",
        sa.Column("kind", sa.String(20), primary_key=True),
        sa.Column("heading", sa.Text, primary_key=True),
        sa.Column("column_name", sa.Text, nullable=False),
        sa.Column("remembered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("remembered_by", sa.Text, nullable=False),
    )
