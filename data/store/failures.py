"""What can go wrong in the store, each kind with words fit for the screen."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DatabaseError, DBAPIError, InterfaceError, OperationalError


class StoreError(RuntimeError):
    """The store could not do what was asked; the message is Danish and fit for the screen."""


class PublishConflictError(StoreError):
    """Somebody else published since this release was built; nothing was written."""


class DamagedReleaseError(StoreError):
    """A release document does not match the checksum it was published with."""


class NotForAudienceError(StoreError):
    """The release was published before there was this audience, or without it; the next one brings it."""


class StoreUnavailableError(StoreError):
    """The database cannot be reached, read or written just now; nothing was written."""


# What the database says → what we say. SQLite and PostgreSQL put it in English, and drivers add to it.
_SAID = (
    (("is full", "no space left", "could not extend"), "Disken er fuld, så intet er gemt. Frigør plads, og prøv igen."),
    (
        ("readonly", "read-only", "permission denied"),
        "Databasen kan kun læses, så intet er gemt. Giv appen lov til at skrive i databasens mappe.",
    ),
    (
        ("unable to open database",),
        "Databasen kan ikke åbnes, så intet er gemt. Se efter, om dens mappe findes, og om appen må skrive i den.",
    ),
    (("is locked", "lock timeout"), "En anden er ved at skrive i databasen. Prøv igen om et øjeblik."),
    (
        ("no such table", "does not exist", "no such column"),
        "Databasen er ikke gjort klar. Kør: python -m data bootstrap",
    ),
)
_DAMAGED = ("malformed", "not a database", "invalid page", "file is encrypted")
_AWAY = "Databasen svarer ikke lige nu. Prøv igen om lidt."


@contextmanager
def said_in_danish() -> Iterator[None]:
    """Turn what the database cannot do into a StoreError; what we ask wrongly stays an error of ours."""
    try:
        yield
    except DBAPIError as error:
        translated = _translated(error)
        if translated is None:
            raise
        raise translated from error


def _translated(error: DBAPIError) -> StoreError | None:
    said = str(error.orig).lower()
    if any(word in said for word in _DAMAGED):
        return DamagedReleaseError("Databasen er beskadiget. Gendan den fra en sikkerhedskopi: python -m data restore")
    for words, message in _SAID:
        if any(word in said for word in words):
            return StoreUnavailableError(message)
    # PostgreSQL's statements that were cut short are plain DatabaseErrors; a broken rule is a subclass.
    away = isinstance(error, (OperationalError, InterfaceError)) or error.connection_invalidated
    return StoreUnavailableError(_AWAY) if away or type(error) is DatabaseError else None
