"""Writes releases: whole, in one transaction, and never over what somebody else has published meanwhile."""

import datetime as dt
import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pandas as pd
import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.exc import IntegrityError

from data import clock
from data.release import DRAFT, PUBLISHED, table_to_parquet
from data.store.database import PUBLISHING, one_at_a_time, writing
from data.store.events import note_release
from data.store.failures import PublishConflictError, StoreError
from data.store.released import IS_DRAFT
from data.store.rows import Incoming, newest_load, refuse_overtaken, write_loads
from data.store.schema import documents, releases
from data.store.seals import seal_release

Documents = Mapping[tuple[str, str], bytes]
"""Release tables as Parquet, by (audience, name)."""

_CONFLICT = "En anden har udgivet nye tal imens. Intet er ændret: hent de nye tal, og udgiv igen."


@dataclass(frozen=True)
class Publication:
    """Who publishes a release, what is said of it, and what it rests on.

    `after` is the release that was current when the tables were built (None: there was none). `repeats` is the earlier
    release that it is once more. A draft is kept likewise, but is nobody's newest release until it is published.
    `incoming` is loaded in the same transaction, and `read_until` is the newest load that the tables were built from
    besides it (None: the newest there is); of the kinds of `incoming` there must be none since.
    """

    by: str
    note: str = ""
    meeting_date: dt.date | None = None
    after: int | None = None
    repeats: int | None = None
    draft: bool = False
    incoming: Sequence[Incoming] = ()
    read_until: int | None = None


def packed(tables: Mapping[str, Mapping[str, pd.DataFrame]]) -> dict[tuple[str, str], bytes]:
    """Release tables (audience → name → frame) as documents."""
    # Audiences that see the same share the very table, which is then packed once.
    frames = {id(frame): frame for named in tables.values() for frame in named.values()}
    bytes_of = {number: table_to_parquet(frame) for number, frame in frames.items()}
    return {
        (audience, name): bytes_of[id(frame)] for audience, named in tables.items() for name, frame in named.items()
    }


def write_release(engine: Engine, content: Documents, publication: Publication) -> int:
    """Publish these documents and return the number of the release.

    PublishConflictError is raised, and nothing written, if another one than `after` is the newest by now.
    """
    try:
        with writing(engine) as connection:
            one_at_a_time(connection, PUBLISHING)
            if _newest_published(connection) != publication.after:
                raise PublishConflictError(_CONFLICT)
            number = (connection.scalar(sa.select(sa.func.max(releases.c.id))) or 0) + 1
            _write_head(connection, number, publication)
            note_release(connection, publication.by, number, repeats=publication.repeats, draft=publication.draft)
            connection.execute(
                documents.insert(),
                [
                    {
                        "release_id": number,
                        "audience": audience,
                        "name": name,
                        "checksum": hashlib.sha256(table).hexdigest(),
                        "parquet": table,
                    }
                    for (audience, name), table in content.items()
                ],
            )
            seal_release(connection, number)
    except IntegrityError as error:
        # On PostgreSQL two may come this far with the same number; the first to commit has it.
        raise PublishConflictError(_CONFLICT) from error
    return number


def show_draft(engine: Engine, release_id: int, by: str) -> None:
    """Let everybody see a draft. PublishConflictError when a release has been published since it was made."""
    with writing(engine) as connection:
        one_at_a_time(connection, PUBLISHING)
        row = connection.execute(sa.select(releases).where(releases.c.id == release_id, IS_DRAFT)).first()
        if row is None:
            raise StoreError(f"Der findes ingen kladde med nummer {release_id}.")
        if (_newest_published(connection) or 0) > release_id:
            raise PublishConflictError(
                f"En udgave er udgivet, siden kladde {release_id} blev lavet. Intet er ændret: lav en ny kladde."
            )
        shown = {"state": PUBLISHED, "published_at": clock.now(), "published_by": by}
        connection.execute(releases.update().where(releases.c.id == release_id).values(**shown))
        seal_release(connection, release_id)
        note_release(connection, by, release_id)


def _write_head(connection: Connection, number: int, publication: Publication) -> None:
    newest, read_until = newest_load(connection), publication.read_until
    # What others have typed meanwhile is not in these tables, and must be seen to be waiting.
    overtaken = read_until is not None and newest > read_until
    if read_until is not None:
        refuse_overtaken(connection, (table.kind for table in publication.incoming), read_until)
    if made := write_loads(connection, publication.incoming, publication.by):
        newest = made[-1].id
    connection.execute(
        releases.insert().values(
            id=number,
            published_at=clock.now(),
            published_by=publication.by,
            note=publication.note,
            meeting_date=publication.meeting_date,
            repeats=publication.repeats,
            newest_load=read_until if overtaken else newest,
            state=DRAFT if publication.draft else PUBLISHED,
        )
    )


def _newest_published(connection: Connection) -> int | None:
    newest: int | None = connection.scalar(sa.select(sa.func.max(releases.c.id)).where(~IS_DRAFT))
    return newest
