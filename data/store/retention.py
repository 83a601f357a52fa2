"""What is kept of persons for a set time only: who did what is blotted out of the log, and old links are deleted.

The log stays provable. A blotted line keeps its number, its moment and what was done, and the database lets nothing
else be changed. What the lines said is summed into one digest, which stands in the log itself: whoever has a backup
from before can show that nothing but names was taken out, and the digest alone gives no name away.
"""

import datetime as dt
import hashlib
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine

from data import clock
from data.store.checksums import event_checksum
from data.store.database import reading, writing
from data.store.events import BLOTTED, note
from data.store.schema import checksums, events, shared_links, submissions
from data.store.seals import EVENT, LINK, seal

GONE = "slettet"
"""What stands where an account stood."""


@dataclass(frozen=True)
class Taken:
    """How many lines of the log were blotted, and how many links and decided submissions deleted."""

    lines: int
    links: int
    submissions: int


def keep_no_longer_than(engine: Engine, before: dt.datetime, by: str) -> Taken:
    """Blot the log's lines from before a moment, and delete links that had expired by then, in one transaction.

    What is blotted already is left alone. Raises StoreError where nothing can be written.
    """
    with writing(engine) as connection:
        lines = _blot(connection, before, by)
        ended = connection.scalars(sa.select(shared_links.c.id).where(shared_links.c.expires_at < before)).all()
        connection.execute(checksums.delete().where(checksums.c.what == LINK, checksums.c.number.in_(ended)))
        connection.execute(shared_links.delete().where(shared_links.c.id.in_(ended)))
        decided = submissions.delete().where(submissions.c.decided_on < clock.here(before).date())
        return Taken(lines, len(ended), connection.execute(decided).rowcount)


def _blot(connection: Connection, before: dt.datetime, by: str) -> int:
    told = (events.c.at < before) & (events.c.account != GONE) & (events.c.what != BLOTTED)
    rows = connection.execute(sa.select(events).where(told).order_by(events.c.id)).all()
    if not rows:
        return 0
    digest = digest_of(connection, [row.id for row in rows])
    connection.execute(events.update().where(told).values(account=GONE, about=""))
    for row in rows:
        seal(connection, EVENT, row.id, event_checksum({**row._mapping, "account": GONE, "about": ""}))
    note(connection, by, BLOTTED, f"{_ranges([row.id for row in rows])}: {digest}")
    return len(rows)


def digest_of(connection: Connection, numbers: list[int]) -> str:
    """The digest of lines of the log: SHA-256 over their checksums in the order of their numbers."""
    wanted = checksums.c.number.in_([str(number) for number in numbers])
    found = connection.execute(
        sa.select(checksums.c.number, checksums.c.checksum).where(checksums.c.what == EVENT, wanted)
    )
    by_number = {row.number: row.checksum for row in found}
    return hashlib.sha256("\n".join(by_number.get(str(number), "") for number in numbers).encode()).hexdigest()


def proofs(engine: Engine, earlier: Engine) -> list[tuple[str, bool]]:
    """For each time the log was blotted, which lines, and whether an earlier copy of the database proves them whole."""
    with reading(engine) as connection:
        said = connection.scalars(sa.select(events.c.about).where(events.c.what == BLOTTED).order_by(events.c.id)).all()
    with reading(earlier) as connection:
        return [
            (lines, digest_of(connection, _numbers(lines)) == digest)
            for lines, _, digest in (about.partition(": ") for about in said)
        ]


def _ranges(numbers: list[int]) -> str:
    """Numbers in order as ranges: "1-40,43"."""
    found: list[list[int]] = []
    for number in numbers:
        if found and number == found[-1][1] + 1:
            found[-1][1] = number
        else:
            found.append([number, number])
    return ",".join(str(first) if first == last else f"{first}-{last}" for first, last in found)


def _numbers(ranges: str) -> list[int]:
    ends = [(int(first), int(last or first)) for first, _, last in (each.partition("-") for each in ranges.split(","))]
    return [number for first, last in ends for number in range(first, last + 1)]
