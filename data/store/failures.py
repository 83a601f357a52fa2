"""What can go wrong in the store, each kind with words fit for the screen; only what may pass is told as passing."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DatabaseError, DBAPIError, InterfaceError, OperationalError, TimeoutError


class StoreError(RuntimeError):
    """The store could not do what was asked; the message is Danish and fit for the screen."""


class PublishConflictError(StoreError):
    """Somebody else published since this release was built; nothing was written."""


class DamagedError(StoreError):
    """Something in the database is not as it was written; trying again does not help."""


class DamagedReleaseError(DamagedError):
    """A release document does not match the checksum it was published with."""


class NotForAudienceError(StoreError):
    """The release was published before there was this audience, or without it; the next one brings it."""


class StoreUnavailableError(StoreError):
    """The database cannot be reached, read or written just now; nothing was written."""


DAMAGED = "Databasen er beskadiget. Gendan den fra en sikkerhedskopi: python -m data restore FIL --overwrite"
AWAY = "Databasen svarer ikke lige nu. Prøv igen om lidt."
UNSURE = (
    "Databasen svarede ikke, da det skulle gemmes, så det er usikkert, om det er gemt. Se efter, før du prøver igen."
)
_REPLICA = "Databasen er lige nu en kopi, der kun kan læses, for den skifter server. Intet er gemt. Prøv igen om lidt."
_BUSY = "En anden er ved at skrive i databasen. Prøv igen om et øjeblik."
_FULL = "Disken er fuld, så intet er gemt. Frigør plads, og prøv igen."
_UNEXPECTED = (
    "Databasen melder en fejl, der ikke går over af sig selv, og intet er gemt. Kør python -m data doctor, og sig det "
    "til den, der driver appen."
)
# What the database says → what we say. SQLite and PostgreSQL put it in English, and drivers add to it.
_SAID = (
    (("is full", "no space left", "could not extend"), _FULL),
    (
        ("readonly", "read-only", "permission denied", "must be owner"),
        "Databasen kan kun læses, så intet er gemt. Giv appen lov til at skrive i databasens mappe.",
    ),
    (
        ("unable to open database",),
        "Databasen kan ikke åbnes, så intet er gemt. Se efter, om dens mappe findes, og om appen må skrive i den.",
    ),
    (("is locked", "lock timeout"), _BUSY),
    (
        ("authentication failed", "no pg_hba.conf entry", "is not permitted to log in"),
        "Databasen afviser appens brugernavn eller adgangskode, så intet er gemt. Ret DATABASE_URL.",
    ),
    (
        ("fatal:  role", "fatal:  database"),
        "Databasen eller brugeren, som DATABASE_URL nævner, findes ikke på serveren, så intet er gemt.",
    ),
    (
        ("no such table", "does not exist", "no such column"),
        "Databasen er ikke gjort klar. Kør: python -m data bootstrap",
    ),
    (
        ("disk i/o error", "input/output error"),
        "Disken, databasen ligger på, melder fejl, så intet er gemt. Se efter disken, og tag en sikkerhedskopi.",
    ),
)
_DAMAGED = (
    "malformed", "not a database", "file is encrypted", "could not decode to utf-8", "invalid page",
    "could not read block", "missing chunk", "unexpected chunk", "data is corrupt", "invalid memory alloc",
    "invalid byte sequence",
)  # fmt: skip
# PostgreSQL's codes of what passes: connections, resources, operator intervention; deadlocks and locks; time-outs.
_PASSING = ("08", "53", "57", "40", "55P03", "25P03")
_PASSING_SAID = ("connection", "server closed", "timeout", "timed out", "starting up", "shutting down", "too many")


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
    except TimeoutError as error:  # SQLAlchemy's: all connections of ours are taken
        raise StoreUnavailableError(AWAY) from error


def is_without_rights(error: StoreError) -> bool:
    """Whether PostgreSQL refused because our user has no right to what was asked."""
    return getattr(getattr(error.__cause__, "orig", None), "sqlstate", None) == "42501"


def _translated(error: DBAPIError) -> StoreError | None:
    sentence = str(error.orig).lower()
    code = str(getattr(error.orig, "sqlstate", None) or "")
    if any(word in sentence for word in _DAMAGED):
        return DamagedError(DAMAGED)
    if code == "25006":
        return StoreUnavailableError(_REPLICA)
    for words, message in _SAID:
        if any(word in sentence for word in words):
            return StoreUnavailableError(message)
    if error.connection_invalidated or code.startswith(_PASSING):
        return StoreUnavailableError(AWAY)
    if not isinstance(error, (OperationalError, InterfaceError)):
        # PostgreSQL's statements that were cut short are plain DatabaseErrors; a broken rule is a subclass.
        return StoreUnavailableError(AWAY) if type(error) is DatabaseError else None
    passes = not code and any(word in sentence for word in _PASSING_SAID)
    return StoreUnavailableError(AWAY if passes else _UNEXPECTED)
