"""Documents of old releases are kept once each, however many releases and audiences have the very same."""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "contents",
        sa.Column("checksum", sa.String(64), primary_key=True),
        sa.Column("parquet", sa.LargeBinary, nullable=False),
    )
