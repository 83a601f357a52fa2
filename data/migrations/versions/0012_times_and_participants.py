"""How many times an activity took place and how many took part, each in a column of its own."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for name in ("times", "participants"):
        op.add_column("source_activities", sa.Column(name, sa.BigInteger))
