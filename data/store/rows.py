"""Writes checked tables as rows of the database, in pieces small enough for a million of them, and reads them."""

import datetime as dt
import itertools
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd
import sqlalchemy as sa
from sqlalchemy.engine import Connection, Dialect

from data import clock
from data.contracts.definitions import CONTRACTS
from data.store.checksums import RowsChecksum, load_checksum
from data.store.events import LOADED, REPAIRED, note
from data.store.failures import DAMAGED, DamagedError, PublishConflictError
from data.store.schema import loads, source_keys, source_tables, text_columns
from data.store.seals import LOAD, is_whole, seal

ROWS_AT_A_TIME = 20_000
TRY_AGAIN = "se, hvad der står nu, og gør det igen."


@dataclass(frozen=True)
class Incoming:
    """A table that has passed its contract, and the file it came from (SHA-256 checksum of its bytes).

    `withdraws`: its rows are to stand no longer.
    """

    kind: str
    frame: pd.DataFrame
    file_name: str
    checksum: str
    withdraws: bool = False


@dataclass(frozen=True)
class Load:
    """One file as it came: what, when, by whom, with the SHA-256 checksum of its bytes."""

    id: int
    kind: str
    file_name: str
    checksum: str
    loaded_at: dt.datetime
    loaded_by: str
    rows: int
    withdraws: bool = False


def read_rows(connection: Connection, kind: str, until: int | None = None) -> pd.DataFrame:
    """The rows of a kind that stand (or stood after load `until`): of each key the latest, unless it was withdrawn.

    Raises DamagedError where a cell holds what it cannot hold.
    """
    table = source_tables[kind]
    query = sa.select(table).order_by(table.c.load_id, table.c.row_number)
    if until is not None:
        query = query.where(table.c.load_id <= until)
    try:
        frame = pd.read_sql_query(query, connection)
    except (ValueError, TypeError) as error:  # a day that is no day: SQLAlchemy stumbles over it
        raise DamagedError(DAMAGED) from error
    gone = connection.scalars(sa.select(loads.c.id).where(loads.c.kind == kind, loads.c.withdraws)).all()
    frame = (
        with_empty_text(frame, kind).drop(columns="row_number").drop_duplicates(list(source_keys[kind]), keep="last")
    )
    return frame[~frame["load_id"].isin(gone)].reset_index(drop=True)


def with_empty_text(frame: pd.DataFrame, kind: str) -> pd.DataFrame:
    """The rows with "" for text that is missing: rows from before their contract had the column."""
    texts = [name for name in text_columns(kind) if name in frame and frame[name].isna().any()]
    return frame.fillna(dict.fromkeys(texts, "")) if texts else frame


def newest_load(connection: Connection) -> int:
    """The number of the newest load; 0 before the first."""
    newest: int = connection.scalar(sa.select(sa.func.max(loads.c.id))) or 0
    return newest


def shut_others_out(connection: Connection, kinds: Iterable[str]) -> None:
    """Let nobody else write rows of these kinds until the transaction ends; readers are let through.

    SQLite has one writer at a time as it is.
    """
    if connection.dialect.name == "postgresql":
        for kind in sorted(set(kinds)):
            connection.execute(sa.text(f"LOCK TABLE {source_tables[kind].name} IN SHARE ROW EXCLUSIVE MODE"))


def refuse_overtaken(connection: Connection, kinds: Iterable[str], seen: int) -> None:
    """Raise PublishConflictError where rows of these kinds have been loaded since load `seen`; others are shut out.

    For whoever has worked out what to write from the rows that stood then, and would otherwise write over those.
    """
    written = sorted(set(kinds))
    shut_others_out(connection, written)
    later = sa.select(loads.c.kind).where(loads.c.id > seen, loads.c.kind.in_(written)).order_by(loads.c.id)
    if (kind := connection.scalar(later.limit(1))) is not None:
        title = CONTRACTS[kind].title if kind in CONTRACTS else "Omrids"
        raise PublishConflictError(
            f"En anden har indlæst eller rettet noget i tabellen »{title}« imens. Intet er ændret: {TRY_AGAIN}"
        )


def write_loads(connection: Connection, incoming: Sequence[Incoming], by: str) -> list[Load]:
    """Add each table as a load of its own within the transaction of the connection.

    A file that is loaded again because its load is damaged takes that one's place, so what has been loaded since still
    goes before it.
    """
    return [_bring_back(connection, table, by) or _write_load(connection, table, by) for table in incoming]


def _bring_back(connection: Connection, incoming: Incoming, by: str) -> Load | None:
    """Write the rows of a damaged load anew from the same file; None where no load of the file is damaged."""
    same = sa.select(loads).where(loads.c.kind == incoming.kind, loads.c.checksum == incoming.checksum)
    for head in connection.execute(same.where(~loads.c.withdraws).order_by(loads.c.id)).all():
        if is_whole(connection, head):
            continue
        table = source_tables[incoming.kind]
        connection.execute(table.delete().where(table.c.load_id == head.id))
        stated = {**head._mapping, "file_name": incoming.file_name, "rows": len(incoming.frame)}
        connection.execute(loads.update().where(loads.c.id == head.id).values(**stated))
        seal(connection, LOAD, head.id, load_checksum(stated, write_rows(connection, head.id, incoming)))
        note(connection, by, REPAIRED, f"{incoming.kind} {head.id}")
        return Load(**stated)
    return None


def _write_load(connection: Connection, incoming: Incoming, by: str) -> Load:
    head: dict[str, Any] = {
        "kind": incoming.kind,
        "file_name": incoming.file_name,
        "checksum": incoming.checksum,
        "loaded_at": clock.now(),
        "loaded_by": by,
        "rows": len(incoming.frame),
        "withdraws": bool(incoming.withdraws),
    }
    load_id: int = connection.execute(loads.insert().values(**head).returning(loads.c.id)).scalar_one()
    note(connection, by, LOADED, f"{incoming.kind} {load_id}")
    seal(connection, LOAD, load_id, load_checksum(head, write_rows(connection, load_id, incoming)))
    return Load(id=load_id, **head)


def write_rows(connection: Connection, load_id: int, incoming: Incoming) -> str:
    """Add the rows of a load and return their sum (`data.store.checksums`)."""
    table, total = source_tables[incoming.kind], RowsChecksum(incoming.kind)
    columns = [column.name for column in table.columns if column.name in incoming.frame.columns]
    names = ["load_id", "row_number", *columns]
    # Straight to the driver: for a million rows SQLAlchemy would spend longer on each than the database does.
    placeholder = "?" if connection.dialect.paramstyle == "qmark" else "%s"
    quoted = ", ".join(f'"{name}"' for name in names)
    insert = f'INSERT INTO "{table.name}" ({quoted}) VALUES ({", ".join([placeholder] * len(names))})'
    for start in range(0, len(incoming.frame), ROWS_AT_A_TIME):
        piece = incoming.frame.iloc[start : start + ROWS_AT_A_TIME]
        values = [_values(piece[name], table.c[name], connection.dialect) for name in columns]
        numbers = range(start + 1, start + 1 + len(piece))
        connection.exec_driver_sql(insert, list(zip(itertools.repeat(load_id), numbers, *values, strict=False)))
        total.add(dict(zip(columns, values, strict=True)))
    return total.hexdigest()


def _values(cells: pd.Series, column: sa.Column[Any], dialect: Dialect) -> list[Any]:
    """The cells as the driver takes them: None instead of NaN, which says "missing", not "not a number"."""
    values = cells.astype(object).where(cells.notna(), None).tolist()
    if isinstance(column.type, sa.LargeBinary):  # every driver takes bytes; psycopg's wrapper around them has no sum
        return values
    process = column.type.dialect_impl(dialect).bind_processor(dialect)
    return [process(value) for value in values] if process else values
