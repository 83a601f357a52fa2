"""Brings back from a backup only what is damaged, and leaves all that is newer as it is."""

from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from data.backup import opened_backup
from data.store import Store
from data.store.database import reading, writing
from data.store.events import REPAIRED, note
from data.store.schema import checksums, document_bytes, documents, loads, releases, shared_links, source_tables
from data.store.seals import LINK, LOAD, RELEASE
from data.store.verification import Damage, verify

_NOT_THERE = "Den findes ikke hel i sikkerhedskopien."
_BROUGHT = {
    LOAD: "Indlæsning {} er hentet tilbage.",
    RELEASE: "Udgave {} er hentet tilbage.",
    LINK: "Et delt link er hentet tilbage.",
}


def repair(store: Store, file: Path, *, by: str) -> list[str]:
    """Bring back each damaged load, release and link from a backup that holds the very same; returns what was done.

    The same means: written with the same checksum, and whole in the backup. The log is never written in, so a damaged
    line of it stays. One transaction; raises StoreError, and changes nothing, where the backup is not whole.
    """
    damage = [each for each in verify(store.engine) if each.number]
    lines = []
    with opened_backup(file) as backup, reading(backup.engine) as source, writing(store.engine) as target:
        for each in damage:
            if each.what in _BROUGHT and _same(source, target, each):
                _bring(source, target, each)
                note(target, by, REPAIRED, f"{each.what} {each.number}")
                lines.append(_BROUGHT[each.what].format(each.number))
            else:
                lines.append(f"{each.said.split('. ')[0]}. {_NOT_THERE}")
    return lines


def _same(source: Connection, target: Connection, damage: Damage) -> bool:
    """Whether the backup's is the one that was damaged: known there, and by the same checksum as here."""
    query = sa.select(checksums.c.checksum).where(checksums.c.what == damage.what, checksums.c.number == damage.number)
    there, here = source.scalar(query), target.scalar(query)
    return there is not None and here in (None, there)


def _bring(source: Connection, target: Connection, damage: Damage) -> None:
    if damage.what == LINK:
        _replace(source, target, shared_links, shared_links.c.id, damage.number)
        return
    head, number = (loads, int(damage.number)) if damage.what == LOAD else (releases, int(damage.number))
    (row,) = source.execute(sa.select(head).where(head.c.id == number)).mappings()
    if target.execute(head.update().where(head.c.id == number).values(**row)).rowcount == 0:
        target.execute(head.insert().values(**row))
    if damage.what == RELEASE:
        _replace(source, target, documents, documents.c.release_id, number)
    else:
        table = source_tables[row["kind"]]
        _replace(source, target, table, table.c.load_id, number)


def _replace(
    source: Connection,
    target: Connection,
    table: sa.Table,
    column: "sa.Column[int] | sa.Column[str]",
    number: int | str,
) -> None:
    target.execute(table.delete().where(column == number))
    # What was packed in the backup comes back with bytes of its own.
    columns = [document_bytes if each is documents.c.parquet else each for each in table.columns]
    rows = [dict(row) for row in source.execute(sa.select(*columns).where(column == number)).mappings()]
    if rows:
        target.execute(table.insert(), rows)
