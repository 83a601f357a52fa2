"""One row at a time, as people type it: changed only by who has seen the row that stands, and never lost."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

import pandas as pd
import sqlalchemy as sa
from sqlalchemy.engine import Engine

from data.records import records
from data.store.database import reading, writing
from data.store.failures import StoreError
from data.store.rows import Incoming, Load, shut_others_out, with_empty_text, write_loads
from data.store.schema import loads, source_keys, source_tables, text_columns

HEAD = ("load_id", "loaded_at", "loaded_by", "came_from", "withdrawn")
"""What `versions` tells of each version besides its own columns."""


class EntryConflictError(StoreError):
    """Somebody else changed the row since it was read; nothing was written.

    `theirs` is the row that now stands with the columns of `versions`, or {} where there is none by that key.
    """

    def __init__(self, theirs: Mapping[str, Any]) -> None:
        """Keep the row that stands in the way."""
        self.theirs = dict(theirs)
        super().__init__(f"Rækken er ændret af {theirs.get('loaded_by', 'en anden')}. Intet er gemt eller overskrevet.")


def amend(engine: Engine, incoming: Incoming, by: str, based_on: int | None) -> Load:
    """Add one row as a load of its own, provided that the row it follows is still the one that stands.

    `based_on` is the load_id of that row; None where there is none, or where it has been withdrawn. Reading and writing
    are one transaction that shuts others out of the kind, so of two at once one is refused. Raises EntryConflictError.
    """
    table = source_tables[incoming.kind]
    (row,) = records(incoming.frame)
    key = {name: row[name] for name in source_keys[incoming.kind]}
    with writing(engine) as connection:
        shut_others_out(connection, [incoming.kind])
        newest = _versions(incoming.kind, key).order_by(None)
        newest = newest.order_by(table.c.load_id.desc(), table.c.row_number.desc()).limit(1)
        newest_row = connection.execute(newest).mappings().first()
        allowed = (
            {None}
            if newest_row is None
            else {newest_row["load_id"], None}
            if newest_row["withdrawn"]
            else {newest_row["load_id"]}
        )
        if based_on not in allowed:
            raise EntryConflictError(_plain_row(newest_row, incoming.kind) if newest_row is not None else {})
        return write_loads(connection, [incoming], by)[0]


def _plain_row(row: sa.RowMapping, kind: str) -> dict[str, Any]:
    texts = set(text_columns(kind))
    return {str(name): "" if value is None and name in texts else value for name, value in row.items()}


def versions(engine: Engine, kind: str, key: Mapping[str, object]) -> pd.DataFrame:
    """Every version of the rows with these values of key columns, oldest first: `HEAD`, then the row's own columns."""
    with reading(engine) as connection:
        return with_empty_text(pd.read_sql_query(_versions(kind, key), connection), kind)


def _versions(kind: str, key: Mapping[str, object]) -> sa.Select[Any]:
    table = source_tables[kind]
    own = [column for column in table.columns if column.name not in ("load_id", "row_number")]
    head = (
        table.c.load_id,
        loads.c.loaded_at,
        loads.c.loaded_by,
        loads.c.file_name.label("came_from"),
        loads.c.withdraws.label("withdrawn"),
    )
    query = sa.select(*head, *own).join(loads, loads.c.id == table.c.load_id)
    query = query.where(*(table.c[name] == _plain(value) for name, value in key.items()))
    return query.order_by(table.c.load_id, table.c.row_number)


def _plain(value: object) -> object:
    """A value as the database compares it: a day without a time, a number of Python's own."""
    if isinstance(value, dt.datetime):
        return value.date()
    return value.item() if hasattr(value, "item") else value
