"""The queue of what is sent in: nobody but the secretariat reads it, and deciding on it erases what it said."""

import datetime as dt
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Engine, RowMapping

from data import clock
from data.store.database import reading, writing
from data.store.events import APPROVED, SENT_IN, TURNED_DOWN, note
from data.store.failures import StoreError
from data.store.schema import submissions

WAITING, TAKEN, REFUSED = "waiting", "approved", "refused"
MOST_WAITING = 40
"""How many may wait for one area: what nobody reads must not grow without end."""
FULL = "Der ligger allerede mange meldinger om området, som ikke er læst endnu. Prøv igen om nogle dage."
DECIDED = "Det er allerede afgjort af en anden."


@dataclass(frozen=True)
class Submission:
    """One thing sent in: its kind, the area and the audience it came from, and what it says ({} once decided on)."""

    id: str
    kind: str
    area_id: str
    audience: str
    received_on: dt.date
    content: Mapping[str, Any]
    state: str = WAITING
    reason: str = ""
    decided_on: dt.date | None = None


def add_submission(engine: Engine, new: Submission) -> None:
    """Put something in the queue, once: what is here already stays as it is. StoreError where the queue is full."""
    with writing(engine) as connection:
        if connection.scalar(sa.select(submissions.c.id).where(submissions.c.id == new.id)) is not None:
            return
        waits = (submissions.c.area_id == new.area_id) & (submissions.c.state == WAITING)
        if (connection.scalar(sa.select(sa.func.count()).where(waits)) or 0) >= MOST_WAITING:
            raise StoreError(FULL)
        connection.execute(
            submissions.insert().values(
                id=new.id, kind=new.kind, area_id=new.area_id, audience=new.audience, received_on=new.received_on,
                content=json.dumps(new.content, ensure_ascii=False, default=str), state=WAITING,
            )
        )  # fmt: skip
        note(connection, new.audience, SENT_IN, f"{new.id} {new.kind} {new.area_id}")


def find_submission(engine: Engine, submission_id: str) -> Submission | None:
    """One of them, None where there is none by that id."""
    with reading(engine) as connection:
        query = sa.select(submissions).where(submissions.c.id == submission_id)
        row = connection.execute(query).mappings().first()
    return _submission(row) if row else None


def waiting(engine: Engine) -> list[Submission]:
    """What nobody has decided on yet, the oldest first."""
    return _found(engine, submissions.c.state == WAITING, (submissions.c.received_on, submissions.c.id))


def turned_down(engine: Engine, area_id: str, since: dt.date) -> list[Submission]:
    """What an area has sent in and was told no to since a day, the latest first."""
    about = (submissions.c.area_id == area_id) & (submissions.c.state == REFUSED) & (submissions.c.decided_on >= since)
    return _found(engine, about, (submissions.c.decided_on.desc(), submissions.c.id))


def decide(engine: Engine, submission_id: str, *, taken: bool, by: str, reason: str = "") -> None:
    """Decide on something that waits, and erase what it said; StoreError where somebody has decided already."""
    values = {"state": TAKEN if taken else REFUSED, "content": "", "reason": reason, "decided_on": clock.today(),
              "decided_by": by}  # fmt: skip
    with writing(engine) as connection:
        waits = submissions.update().where(submissions.c.id == submission_id, submissions.c.state == WAITING)
        if not connection.execute(waits.values(**values)).rowcount:
            raise StoreError(DECIDED)
        note(connection, by, APPROVED if taken else TURNED_DOWN, submission_id)


def _found(engine: Engine, which: sa.ColumnElement[bool], order: tuple[Any, ...]) -> list[Submission]:
    with reading(engine) as connection:
        query = sa.select(submissions).where(which).order_by(*order)
        return [_submission(row) for row in connection.execute(query).mappings()]


def _submission(row: RowMapping) -> Submission:
    content = json.loads(row["content"]) if row["content"] else {}
    return Submission(
        row["id"], row["kind"], row["area_id"], row["audience"], row["received_on"], content, row["state"],
        row["reason"], row["decided_on"],
    )  # fmt: skip
