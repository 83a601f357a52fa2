"""A schema of its own for each of several partnerships in one PostgreSQL database, and a role that sees nothing else.

A connection takes the role as it is opened, and has its schema alone on the search path: a query that names another
partnership's table finds none, and one that names its schema too is refused by the server.
"""

import psycopg
from psycopg import sql
from sqlalchemy.engine import Engine

from data.settings.several import is_name
from data.store.failures import AWAY, StoreError, StoreUnavailableError

PREFIX = "tryghed_"
COMMON_SCHEMA, COMMON_TABLE = f"{PREFIX}faelles", "shown"
"""Where partnerships show each other what they agreed to show (data.store.common); none of them may have that name."""
MANY_CONNECTIONS = {"pool_size": 2, "max_overflow": 3}
"""Connections of one process where many share a server, which takes a hundred in all as Debian sets it up."""


def schema_of(name: str) -> str:
    """The schema and the role of a partnership, "" for none; no two names have the same. ValueError for no name."""
    if not name:
        return ""
    if not is_name(name):
        raise ValueError(f"{name!r} cannot name a schema")
    return PREFIX + name.replace("-", "_")


def options_of(schema: str) -> str:
    """What a connection is opened with to see this schema alone; "" for a database of one's own."""
    return f" -c search_path={schema} -c role={schema}" if schema else ""


_COMMON = f"""
CREATE SCHEMA IF NOT EXISTS {COMMON_SCHEMA};
CREATE TABLE {COMMON_SCHEMA}.{COMMON_TABLE} (
    partnership varchar(40) PRIMARY KEY, title text NOT NULL, role text NOT NULL, consented_at timestamptz NOT NULL,
    document text NOT NULL, checksum varchar(64) NOT NULL
);
ALTER TABLE {COMMON_SCHEMA}.{COMMON_TABLE} ENABLE ROW LEVEL SECURITY;
CREATE POLICY read_by_all ON {COMMON_SCHEMA}.{COMMON_TABLE} FOR SELECT USING (true);
CREATE POLICY written_by_its_own ON {COMMON_SCHEMA}.{COMMON_TABLE}
    USING ('{PREFIX}' || replace(partnership, '-', '_') = current_user);
"""
_GRANTED = """
GRANT USAGE ON SCHEMA {common} TO {name};
GRANT SELECT, INSERT, DELETE ON {common}.{table} TO {name}
"""


def ensure_schema(engine: Engine, schema: str) -> None:
    """Make the schema and its role where they are not there yet; raises StoreError, with what to run, where we may not.

    It is done as the user of the engine's address, who takes the role of each partnership of the installation.
    """
    arguments, settings = engine.dialect.create_connect_args(engine.url)
    try:
        with psycopg.connect(*arguments, **settings, connect_timeout=2) as connection:
            # Two who begin a partnership at once wait for each other.
            connection.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [COMMON_SCHEMA])
            found = connection.execute(
                "SELECT (SELECT pg_has_role(oid, 'MEMBER') FROM pg_roles WHERE rolname = %s),"
                " to_regnamespace(%s) IS NOT NULL",
                [schema, schema],
            ).fetchone()
            may_take_role, has_schema = found or (None, False)
            name = sql.Identifier(schema)
            if may_take_role is None:
                connection.execute(sql.SQL("CREATE ROLE {} NOLOGIN").format(name))
            if not may_take_role:
                connection.execute(sql.SQL("GRANT {} TO CURRENT_USER").format(name))
            if not has_schema:
                connection.execute(sql.SQL("CREATE SCHEMA {} AUTHORIZATION {}").format(name, name))
            has_common = connection.execute("SELECT to_regclass(%s)", [f"{COMMON_SCHEMA}.{COMMON_TABLE}"]).fetchone()
            if has_common == (None,):
                connection.execute(_COMMON.encode())
            if not has_schema:
                parts = {"common": sql.Identifier(COMMON_SCHEMA), "table": sql.Identifier(COMMON_TABLE), "name": name}
                connection.execute(sql.SQL(_GRANTED).format(**parts))
    except psycopg.errors.InsufficientPrivilege as error:
        user, database = engine.url.username, engine.url.database
        raise StoreError(
            f"Partnerskabet har ikke sit eget skema i databasen endnu, og appens bruger må ikke lave det. Kør som "
            f'databasens administrator: ALTER ROLE "{user}" CREATEROLE; GRANT CREATE ON DATABASE "{database}" TO '
            f'"{user}"; og så kommandoen igen. Bagefter kan begge dele tages fra brugeren.'
        ) from error
    except psycopg.OperationalError as error:
        raise StoreUnavailableError(AWAY) from error
