"""The log may be blotted: who did something is taken out after a set time, and nothing else of a line can change."""

from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

SQLITE = """
CREATE TRIGGER events_no_UPDATE BEFORE UPDATE ON events
WHEN NOT (NEW.id = OLD.id AND NEW.at = OLD.at AND NEW.what = OLD.what AND NEW.account = 'slettet'
          AND NEW.about = '')
BEGIN SELECT RAISE(ABORT, 'events: rows can only be added'); END
"""
POSTGRESQL = (
    "DROP TRIGGER events_only_grow ON events",
    """
CREATE TRIGGER events_only_grow BEFORE DELETE OR TRUNCATE ON events
FOR EACH STATEMENT EXECUTE FUNCTION events_only_grow()
""",
    """
CREATE TRIGGER events_only_blotted BEFORE UPDATE ON events FOR EACH ROW
WHEN (NOT (NEW.id = OLD.id AND NEW.at = OLD.at AND NEW.what = OLD.what AND NEW.account = 'slettet'
           AND NEW.about = ''))
EXECUTE FUNCTION events_only_grow()
""",
)


def upgrade() -> None:
    if op.get_context().dialect.name == "postgresql":
        for statement in POSTGRESQL:
            op.execute(statement)
    else:
        op.execute("DROP TRIGGER events_no_UPDATE")
        op.execute(SQLITE)
