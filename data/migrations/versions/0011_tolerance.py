"""How far short of its target a criterion still counts as met."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("source_criteria", sa.Column("tolerance", sa.Float))
