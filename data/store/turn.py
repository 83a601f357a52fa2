"""Lets one at a time publish on a database, in whatever process or on whatever machine: the next is told at once.

Nothing is published twice without it, for the later of two is refused when it writes (`data.store.publishing`). But by
then it has done all of its own work in vain.
"""

import contextlib
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import sqlalchemy as sa
from sqlalchemy.engine import Engine

from data.store.database import BUILDING, asking
from data.store.failures import PublishConflictError

TAKEN = "En anden er ved at udgive. Intet er ændret: vent, til det er færdigt, og prøv igen."
ENDING = ".udgiver"
"""Of the empty file beside a SQLite database that is locked meanwhile."""


@contextmanager
def turn_to_publish(engine: Engine) -> Iterator[None]:
    """Hold the turn as long as the block lasts; raises PublishConflictError while somebody else has it.

    It ends with the process that holds it, however that ends: PostgreSQL and the operating system see to it.
    """
    with _on_server(engine) if engine.dialect.name == "postgresql" else _beside_file(engine):
        yield


@contextmanager
def _on_server(engine: Engine) -> Iterator[None]:
    with asking(engine, reads=True):
        connection = engine.connect()
        # Several partnerships may have a schema each in one database, and publish as they like.
        ours = sa.func.hashtext(sa.func.current_schema())
        taken = connection.scalar(sa.select(sa.func.pg_try_advisory_lock(BUILDING, ours)))
        connection.commit()
    try:
        if not taken:
            raise PublishConflictError(TAKEN)
        yield
    finally:
        # Closed for good, not given back to the pool: the server takes the turn back with it.
        with contextlib.suppress(Exception):
            connection.detach()
        connection.close()


@contextmanager
def _beside_file(engine: Engine) -> Iterator[None]:
    database = engine.url.database
    if sys.platform == "win32" or database in (None, "", ":memory:"):
        yield
        return
    import fcntl

    try:
        file = os.open(f"{database}{ENDING}", os.O_CREAT | os.O_RDWR, 0o600)
    except OSError:  # where no file can be made, nothing can be published either, and that is told then
        yield
        return
    try:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise PublishConflictError(TAKEN) from error
        yield
    finally:
        os.close(file)
