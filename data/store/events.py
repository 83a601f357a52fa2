"""The log of who did what and when: rows are added, in the transaction of what they tell where there is one."""

import datetime as dt
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine

from data import clock
from data.store.checksums import event_checksum
from data.store.database import reading, writing
from data.store.schema import events
from data.store.seals import EVENT, seal

SIGNED_IN, SIGNED_OUT, REFUSED = "sign_in", "sign_out", "refused"
SHARED, OPENED, REVOKED = "share", "open", "revoke"
PUBLISHED, DRAFTED, ROLLED_BACK, LOADED, DOWNLOADED = "publish", "draft", "rollback", "load", "download"
REPAIRED, DESPITE_DAMAGE = "repair", "despite_damage"
RESTORED_WITHOUT_LOG = "no_log"
SENT_IN, APPROVED, TURNED_DOWN = "send_in", "approve", "turn_down"
BLOTTED, TOLD, ARCHIVED = "blot", "tell", "archive"
JOINED, LEFT = "join", "leave"

# What each says in words.
DONE = {
    SIGNED_IN: "loggede ind", SIGNED_OUT: "loggede ud", REFUSED: "blev afvist", SHARED: "delte link",
    OPENED: "åbnede link", REVOKED: "trak link tilbage", PUBLISHED: "udgav", DRAFTED: "lavede kladde",
    ROLLED_BACK: "udgav igen", LOADED: "indlæste", DOWNLOADED: "hentede",
    RESTORED_WITHOUT_LOG: "gendannede uden log", REPAIRED: "hentede tilbage", DESPITE_DAMAGE: "udgav trods skade",
    SENT_IN: "sendte ind", APPROVED: "godkendte", TURNED_DOWN: "afviste",
    BLOTTED: "tog navne ud af loggens linje", TOLD: "fortalte på mail om udgave", ARCHIVED: "pakkede",
    JOINED: "sagde ja til fællessiden:", LEFT: "tog tallene af fællessiden",
}  # fmt: skip


@dataclass(frozen=True)
class Event:
    """One line of the log: the account (an id, never a name), what it did, and to what."""

    id: int
    at: dt.datetime
    account: str
    what: str
    about: str


def note(connection: Connection, account: str, what: str, about: str) -> None:
    """Add a line within the transaction of a connection: it is kept if, and only if, what it tells is."""
    values = {"at": clock.now(), "account": account, "what": what, "about": about}
    number = connection.execute(events.insert().values(**values).returning(events.c.id)).scalar_one()
    seal(connection, EVENT, number, event_checksum(values))


def note_release(
    connection: Connection, account: str, number: int, *, repeats: int | None = None, draft: bool = False
) -> None:
    """Add the line of a release that is published, kept as a draft, or an earlier one published once more."""
    what = DRAFTED if draft else ROLLED_BACK if repeats else PUBLISHED
    note(connection, account, what, f"{number} ({repeats})" if repeats else str(number))


def record(engine: Engine, account: str, what: str, about: str = "") -> None:
    """Add a line about something that writes nothing else; raises StoreError when it cannot be written."""
    with writing(engine) as connection:
        note(connection, account, what, about)


def told_after(engine: Engine, what: str, number: int) -> list[Event]:
    """The lines of one kind with higher numbers than this, oldest first."""
    query = sa.select(events).where(events.c.id > number, events.c.what == what).order_by(events.c.id)
    with reading(engine) as connection:
        return [Event(*row) for row in connection.execute(query)]


def logged(engine: Engine, newest: int) -> list[Event]:
    """The newest lines of the log, newest first."""
    query = sa.select(events).order_by(events.c.id.desc()).limit(newest)
    with reading(engine) as connection:
        return [Event(*row) for row in connection.execute(query)]


def was_noted(engine: Engine, what: str, about: str) -> bool:
    """Whether the log has a line of a kind about something."""
    query = sa.select(events.c.id).where(events.c.what == what, events.c.about == about).limit(1)
    with reading(engine) as connection:
        return connection.scalar(query) is not None
