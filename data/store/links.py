"""The record of shared links: who made which, when it was last opened, and whether it still holds."""

import datetime as dt
from dataclasses import asdict, dataclass

import sqlalchemy as sa
from sqlalchemy.engine import Engine

from data import clock
from data.store.checksums import link_checksum
from data.store.database import reading, writing
from data.store.events import OPENED, REVOKED, SHARED, note
from data.store.schema import shared_links
from data.store.seals import LINK, seal


@dataclass(frozen=True)
class LinkRecord:
    """One shared link as it is listed; `query` are the parameters of its view, `opened` how often it was opened."""

    id: str
    made_at: dt.datetime
    made_by: str
    page: str
    query: str
    release_id: int
    audience: str
    expires_at: dt.datetime
    note: str
    last_opened: dt.datetime | None = None
    opened: int = 0
    revoked_at: dt.datetime | None = None
    revoked_by: str | None = None

    def holds(self, now: dt.datetime) -> bool:
        """Whether it opens at a moment: neither revoked nor expired."""
        return self.revoked_at is None and now < self.expires_at


def add_link(engine: Engine, record: LinkRecord) -> None:
    """Record a new link and that it was shared; raises StoreError when nothing can be written."""
    with writing(engine) as connection:
        connection.execute(shared_links.insert().values(**asdict(record)))
        seal(connection, LINK, record.id, link_checksum(asdict(record)))
        note(connection, record.made_by, SHARED, f"{record.id} {record.audience}")


def find_link(engine: Engine, link_id: str) -> LinkRecord | None:
    """The record of a link, None where there is none by that id."""
    with reading(engine) as connection:
        row = connection.execute(sa.select(shared_links).where(shared_links.c.id == link_id)).first()
    return LinkRecord(*row) if row else None


def links(engine: Engine, made_by: str | None = None) -> list[LinkRecord]:
    """Every link, or those of one account, newest first."""
    query = sa.select(shared_links).order_by(shared_links.c.made_at.desc(), shared_links.c.id)
    if made_by is not None:
        query = query.where(shared_links.c.made_by == made_by)
    with reading(engine) as connection:
        return [LinkRecord(*row) for row in connection.execute(query)]


def open_link(engine: Engine, link_id: str, by: str) -> None:
    """Record that a link was opened just now."""
    now = clock.now()
    with writing(engine) as connection:
        counted = {"last_opened": now, "opened": shared_links.c.opened + 1}
        connection.execute(shared_links.update().where(shared_links.c.id == link_id).values(**counted))
        note(connection, by, OPENED, link_id)


def revoke_link(engine: Engine, link_id: str, by: str) -> None:
    """Let a link open no longer, from the next request on; a link that is revoked already stays as it is."""
    now = clock.now()
    with writing(engine) as connection:
        standing = shared_links.update().where(shared_links.c.id == link_id, shared_links.c.revoked_at.is_(None))
        if connection.execute(standing.values(revoked_at=now, revoked_by=by)).rowcount:
            note(connection, by, REVOKED, link_id)
