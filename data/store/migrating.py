"""Brings the tables of a database to the version of this program, and says which version they are."""

from functools import cache
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine

from data.store.database import MIGRATING, one_at_a_time, patient, schema_at, writing
from data.store.failures import StoreError, StoreUnavailableError, is_without_rights, said_in_danish
from data.store.schemas import ensure_schema

MIGRATIONS = Path(__file__).parents[1] / "migrations"
MIGRATING_SECONDS = 120
MAY_NOT_ALTER = (
    "Databasens tabeller skal bringes op til denne version, men appens bruger må ikke ændre dem. Kør én gang som "
    "tabellernes ejer: python -m data releases"
)


def version_of(connection: Connection) -> str:
    """The revision that the tables of a database are at; "" before the first."""
    with said_in_danish():
        if not sa.inspect(connection).has_table("alembic_version"):
            return ""
        return str(connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar() or "")


@cache
def newest_version() -> str:
    """The revision that this program reads and writes."""
    return max(file.name.split("_")[0] for file in (MIGRATIONS / "versions").glob("[0-9]*.py"))


def upgrade(engine: Engine, revision: str = "head") -> None:
    """Bring the schema to a revision (the newest); one transaction, and two at once wait for each other."""
    from alembic import command
    from alembic.config import Config
    from alembic.util import CommandError

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    if schema := schema_at(engine):
        ensure_schema(engine, schema)
    try:
        with writing(engine) as connection:
            patient(connection, MIGRATING_SECONDS)
            one_at_a_time(connection, MIGRATING)
            config.attributes["connection"] = connection
            command.upgrade(config, revision)
            if revision == "head":
                from data.store.seals import seal_what_has_none  # imports the schema, which a quick start can spare

                seal_what_has_none(connection)
    except CommandError as error:
        raise StoreError(
            "Databasen er lavet af en nyere version af programmet. Opdater programmet, og prøv igen."
        ) from error
    except StoreUnavailableError as error:
        if is_without_rights(error):
            raise StoreError(MAY_NOT_ALTER) from error
        raise
