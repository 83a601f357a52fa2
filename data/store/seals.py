"""Keeps the checksum of what is written, in the transaction that writes it, and gives one to what has none yet."""

import itertools
from collections.abc import Callable, Iterator
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Row

from data.store.checksums import RowsChecksum, Values, event_checksum, link_checksum, load_checksum, release_checksum
from data.store.failures import DamagedError, said_in_danish
from data.store.schema import checksums, documents, events, loads, releases, shared_links, source_tables

LOAD, RELEASE, LINK, EVENT = "load", "release", "link", "event"
ROWS_AT_A_TIME = 5_000
UNREADABLE = (DamagedError, ValueError, TypeError)
"""What comes of reading cells that hold what they cannot hold."""
_NUMBERED = {LOAD: loads, RELEASE: releases, LINK: shared_links, EVENT: events}


def seal(connection: Connection, what: str, number: int | str, checksum: str) -> None:
    """Keep the checksum of something just written; one that was kept before gives way."""
    connection.execute(checksums.delete().where(checksums.c.what == what, checksums.c.number == str(number)))
    connection.execute(checksums.insert().values(what=what, number=str(number), checksum=checksum))


def seal_release(connection: Connection, release_id: int) -> None:
    """Keep the checksum of a published release with all its documents; a draft has none, for its head may change."""
    head = connection.execute(sa.select(releases).where(releases.c.id == release_id)).one()
    if head.state != "draft":
        seal(connection, RELEASE, release_id, release_checksum(head._mapping, stored_documents(connection, release_id)))


def stored_documents(connection: Connection, release_id: int) -> dict[tuple[str, str], str]:
    """The checksums a release's documents were written with, by audience and name."""
    query = sa.select(documents.c.audience, documents.c.name, documents.c.checksum)
    rows = connection.execute(query.where(documents.c.release_id == release_id))
    return {(row.audience, row.name): row.checksum for row in rows}


def seal_what_has_none(connection: Connection) -> int:
    """Give a checksum to whatever was written before there were any, as it stands now; returns how many it was."""
    done = 0
    for what, table in _NUMBERED.items():
        kept = sa.select(checksums.c.number).where(checksums.c.what == what)
        query = sa.select(table).where(sa.cast(table.c.id, sa.String(40)).not_in(kept))
        rows = connection.execute(query.where(table.c.state != "draft") if table is releases else query).all()
        made = [(str(row.id), _checksum_of(connection, what, row._mapping)) for row in rows]
        if made:
            values = [{"what": what, "number": number, "checksum": checksum} for number, checksum in made]
            connection.execute(checksums.insert(), values)
        done += len(made)
    return done


def _checksum_of(connection: Connection, what: str, row: Values) -> str:
    of_row: dict[str, Callable[[Values], str]] = {LINK: link_checksum, EVENT: event_checksum}
    if what == LOAD:
        rows = dict(sums_of_rows(connection, row["kind"], row["id"])) if row["kind"] in source_tables else {}
        return load_checksum(row, rows.get(row["id"], NO_ROWS))
    if what == RELEASE:
        return release_checksum(row, stored_documents(connection, row["id"]))
    return of_row[what](row)


NO_ROWS = RowsChecksum("areas").hexdigest()
"""The sum of a load without rows, of whatever kind."""


def is_whole(connection: Connection, load: Row[Any]) -> bool:
    """Whether a load (a row of `loads`) has the checksum it was written with, or none yet."""
    kept = sa.select(checksums.c.checksum).where(checksums.c.what == LOAD, checksums.c.number == str(load.id))
    stated = connection.scalar(kept)
    try:
        with connection.begin_nested(), said_in_danish():
            rows = dict(sums_of_rows(connection, load.kind, load.id)).get(load.id, NO_ROWS)
    except UNREADABLE:
        return False
    return stated in (None, load_checksum(load._mapping, rows))


def sums_of_rows(connection: Connection, kind: str, number: int | None = None) -> Iterator[tuple[int, str]]:
    """The sum of the rows of each load of a kind, or of one load, by its number.

    Raises ValueError or TypeError where a cell holds what it cannot hold.
    """
    names = [column.name for column in source_tables[kind].columns if column.name != "load_id"]
    quoted = ", ".join(f'"{name}"' for name in ("load_id", *names))
    only = "" if number is None else f" WHERE load_id = {number:d}"
    # As the driver gives it: SQLAlchemy would turn text into days, and stumble over a day that is none.
    query = f'SELECT {quoted} FROM "source_{kind}"{only} ORDER BY load_id, row_number'
    result = connection.exec_driver_sql(query, execution_options={"yield_per": ROWS_AT_A_TIME})
    rows = itertools.chain.from_iterable(result.partitions())
    for load_id, its in itertools.groupby(rows, key=lambda row: row[0]):
        total, last = RowsChecksum(kind), 0
        while piece := list(itertools.islice(its, ROWS_AT_A_TIME)):
            columns = dict(zip(names, list(zip(*piece, strict=True))[1:], strict=True))
            if list(columns.pop("row_number")) != list(range(last + 1, last + 1 + len(piece))):
                raise ValueError("row numbers out of step")
            last += len(piece)
            total.add(columns)
        yield int(load_id), total.hexdigest()
