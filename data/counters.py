"""Counts what those who run the app want to know of; the numbers begin at nothing when a process starts."""

from collections import Counter
from threading import Lock

ANSWER_KEPT, ANSWER_MADE = "answer_kept", "answer_made"
"""What follows from something that does not change was asked for, and was there, or had to be worked out."""
RELEASE_KEPT, RELEASE_READ = "release_kept", "release_read"
"""A release was asked for, and was in memory, or was read from the database."""
RELEASE_FAILED = "release_failed"
"""A release could not be read: damaged, or the database was away."""
LOAD_REFUSED = "load_refused"
"""A delivery of files did not pass its contracts when it was examined; nothing was stored."""
SIGN_IN_FAILED = "sign_in_failed"
"""Somebody came back from the identity provider, and was not let in."""

_counts: Counter[str] = Counter()
_lock = Lock()


def count(what: str) -> None:
    """Note that something happened once more."""
    with _lock:
        _counts[what] += 1


def counted(what: str) -> int:
    """How many times something has happened since the process started."""
    return _counts[what]
