"""An outline says whom it must be credited to; those loaded before do not."""

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("source_boundaries", sa.Column("credit", sa.Text))
