"""Finds what has changed in the database since it was written: loads, releases, shared links and the log.

A single byte that turned on the disk is found here and nowhere else: SQLite's own check reads past what the cells say,
and PostgreSQL sums its pages only where somebody asked for it when the server was made.
"""

import hashlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine, Row

from data import danish
from data.store.checksums import event_checksum, link_checksum, load_checksum, release_checksum
from data.store.database import snapshot
from data.store.failures import DamagedError, StoreError, said_in_danish
from data.store.migrating import newest_version, version_of
from data.store.schema import (
    checksums,
    contents,
    documents,
    events,
    loads,
    releases,
    shared_links,
    source_tables,
    street_sets,
)
from data.store.seals import EVENT, LINK, LOAD, NO_ROWS, RELEASE, ROWS_AT_A_TIME, UNREADABLE, sums_of_rows
from data.store.street_sets import LOAD_STREETS_AGAIN

DATABASE, STREETS = "database", "street_set"
DOCUMENTS_AT_A_TIME = 20
_RESTORE = "Gendan databasen fra en sikkerhedskopi: python -m data restore FIL --overwrite"
_REPAIR = "Hent det tilbage fra en sikkerhedskopi: python -m data repair FIL"
OLDER = "Databasen er fra en ældre version af programmet. Opdater den, og prøv igen: python -m data releases"
_LISTS = {
    LOAD: "Listen over indlæsninger", RELEASE: "Listen over udgaver", LINK: "Listen over links", EVENT: "Loggen",
    STREETS: "Listen over kortgrundlag",
}  # fmt: skip


@dataclass(frozen=True)
class Damage:
    """One thing that is not as it was written: what it is, its number, and Danish words on it and on the remedy.

    `said` names files; `said_to_all` does not, for whoever may not see them.
    """

    what: str
    number: str
    said: str
    said_to_all: str


SAID_AT_ONCE = 3


def in_one_line(damage: Sequence[Damage]) -> str:
    """The damage as one piece of text: the first few in full, how many more there are, "" where there is none."""
    more = len(damage) - SAID_AT_ONCE
    rest = [f"Og {danish.plural(more, 'skade', 'skader')} mere: python -m data doctor"] if more > 0 else []
    return " ".join([*dict.fromkeys(each.said for each in damage[:SAID_AT_ONCE]), *rest])


def verify(engine: Engine, *, thorough: bool = True) -> list[Damage]:
    """Everything in the database that is not as it was written; nothing, where all is whole.

    Every load, published release, shared link and line of the log is compared with its checksum. `thorough` also lets
    SQLite go through its own file. What has no checksum yet, because an older version of the program wrote it, is
    passed over. Raises StoreError where the whole database is of an older version, whose tables are other ones.
    """
    try:
        with snapshot(engine) as connection:
            return verified(connection, thorough=thorough)
    except DamagedError:
        return [_damage(DATABASE, "", f"Databasefilen er beskadiget. {_RESTORE}")]


def verified(connection: Connection, *, thorough: bool = True) -> list[Damage]:
    """As `verify`, over a connection that sees one moment."""
    if version_of(connection) < newest_version():
        raise StoreError(OLDER)
    damage: list[Damage] = []
    if thorough and connection.dialect.name == "sqlite":
        try:
            with said_in_danish():
                whole = connection.exec_driver_sql("PRAGMA integrity_check(1)").scalar() == "ok"
        except DamagedError:
            whole = False
        if not whole:
            damage.append(_damage(DATABASE, "", f"Databasefilen er beskadiget. {_RESTORE}"))
    for what, look in ((LOAD, _loads), (RELEASE, _releases), (LINK, _links), (EVENT, _events), (STREETS, _streets)):
        try:
            with connection.begin_nested(), said_in_danish():
                damage += look(connection)
        except UNREADABLE:
            damage.append(_damage(what, "", f"{_LISTS[what]} kan ikke læses helt. {_RESTORE}"))
    return damage


def _damage(what: str, number: object, sentence: str, said_to_all: str | None = None) -> Damage:
    return Damage(what, str(number), sentence, sentence if said_to_all is None else said_to_all)


# Loads --------------------------------------------------------------------------------------------------------------


def _loads(connection: Connection) -> list[Damage]:
    known = _known(connection, LOAD)
    heads = connection.execute(sa.select(loads).order_by(loads.c.id)).all()
    sums: dict[int, str | None] = {}
    for kind in source_tables:
        sums |= _sums_of_kind(connection, kind, [head.id for head in heads if head.kind == kind])
    damage = []
    for head in heads:
        rows, stated = sums.pop(head.id, NO_ROWS), known.pop(str(head.id), None)
        if rows is None or stated not in (None, load_checksum(head._mapping, rows)):
            damage.append(_damaged_load(head))
    for number in known:
        sums.pop(int(number) if number.isdecimal() else 0, None)
        damage.append(_damage(LOAD, number, f"Indlæsning {number} er væk fra databasen. {_REPAIR}"))
    # Rows whose load is unknown are those that an index or a number has lost: SQLite's own check tells of the file.
    damage += [_damage(LOAD, number, f"Rækker hører til indlæsning {number}, som ikke findes. {_REPAIR}")
              for number in sorted(sums)]  # fmt: skip
    return damage


def _damaged_load(load: Row[Any]) -> Damage:
    again = "Indlæs filen igen, så står tallene, som de gjorde, eller hent den fra en sikkerhedskopi: "
    again += "python -m data repair FIL"
    day = danish.moment(load.loaded_at).split(" kl.")[0]
    return _damage(
        LOAD, load.id,
        f"Indlæsning {load.id} (»{load.file_name}«, {day}) er beskadiget i databasen. {again}",
        f"Indlæsning {load.id} er beskadiget i databasen. {again}",
    )  # fmt: skip


def _sums_of_kind(connection: Connection, kind: str, numbers: Iterable[int]) -> dict[int, str | None]:
    """The sum of the rows of each load of a kind; None where they cannot be read."""
    try:
        with connection.begin_nested(), said_in_danish():
            return dict(sums_of_rows(connection, kind))
    except UNREADABLE:
        pass
    sums: dict[int, str | None] = {}  # load by load, so that only the damaged one is named
    for number in numbers:
        try:
            with connection.begin_nested(), said_in_danish():
                sums |= dict(sums_of_rows(connection, kind, number))
        except UNREADABLE:
            sums[number] = None
    return sums


# Releases, links and the log ----------------------------------------------------------------------------------------


def _releases(connection: Connection) -> list[Damage]:
    known, damage = _known(connection, RELEASE), []
    bad: dict[int, set[str]] = {}
    stored: dict[int, dict[tuple[str, str], str]] = {}
    packed = _whole_contents(connection)
    query = sa.select(documents).order_by(documents.c.release_id)
    for row in connection.execute(query, execution_options={"yield_per": DOCUMENTS_AT_A_TIME}):
        stored.setdefault(row.release_id, {})[row.audience, row.name] = row.checksum
        whole = row.checksum in packed if not row.parquet else hashlib.sha256(row.parquet).hexdigest() == row.checksum
        if not whole:
            bad.setdefault(row.release_id, set()).add(f"»{row.name}«")
    for head in connection.execute(sa.select(releases).order_by(releases.c.id)):
        stated = known.pop(str(head.id), None)
        if head.id in bad:
            about = f"Udgave {head.id} er beskadiget ({danish.join(sorted(bad[head.id]))})"
        elif stated not in (None, release_checksum(head._mapping, stored.get(head.id, {}))):
            about = f"Udgave {head.id} er beskadiget"
        else:
            continue
        damage.append(_damage(RELEASE, head.id, f"{about}. {_REPAIR}"))
    gone = (_damage(RELEASE, number, f"Udgave {number} er væk fra databasen. {_REPAIR}") for number in known)
    return [*damage, *gone]


def _whole_contents(connection: Connection) -> set[str]:
    """The checksums of what packed releases share that is as it was packed."""
    rows = connection.execute(sa.select(contents), execution_options={"yield_per": DOCUMENTS_AT_A_TIME})
    return {row.checksum for row in rows if hashlib.sha256(row.parquet).hexdigest() == row.checksum}


def _links(connection: Connection) -> list[Damage]:
    return _rows(connection, LINK, shared_links, link_checksum, "Et delt link")


def _events(connection: Connection) -> list[Damage]:
    return _rows(connection, EVENT, events, event_checksum, "Linje {number} i loggen")


def _streets(connection: Connection) -> list[Damage]:
    """Sets of roads and landmarks carry the checksum of their content from the day they were loaded."""
    columns = (street_sets.c.id, street_sets.c.file_name, street_sets.c.checksum, street_sets.c.parquet)
    rows = connection.execute(sa.select(*columns).order_by(street_sets.c.id), execution_options={"yield_per": 1})
    damaged = [row for row in rows if hashlib.sha256(row.parquet).hexdigest() != row.checksum]
    return [
        _damage(
            STREETS, row.id, f"Kortgrundlaget »{row.file_name}« er beskadiget i databasen. {LOAD_STREETS_AGAIN}",
            f"Et kortgrundlag er beskadiget i databasen. {LOAD_STREETS_AGAIN}",
        )
        for row in damaged
    ]  # fmt: skip


def _rows(
    connection: Connection, what: str, table: sa.Table, checksum: Callable[[Any], str], noun: str
) -> list[Damage]:
    known, wrong = _known(connection, what), []
    options = {"yield_per": ROWS_AT_A_TIME}
    for row in connection.execute(sa.select(table).order_by(table.c.id), execution_options=options):
        if known.pop(str(row.id), None) not in (None, checksum(row._mapping)):
            wrong.append(row.id)
    damaged = [_damage(what, each, f"{noun.format(number=each)} er beskadiget. {_REPAIR}") for each in wrong]
    return damaged + [
        _damage(what, each, f"{noun.format(number=each)} er væk fra databasen. {_REPAIR}") for each in known
    ]


def _known(connection: Connection, what: str) -> dict[str, str]:
    query = sa.select(checksums.c.number, checksums.c.checksum).where(checksums.c.what == what)
    return {row.number: row.checksum for row in connection.execute(query)}
