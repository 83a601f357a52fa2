"""What a release was made of that the one before it was not: files and rows that people typed, in words."""

from collections.abc import Sequence

from data import danish
from data.entries import TYPED, UNDONE, WITHDRAWN
from data.release import ReleaseHead
from data.store import Load

NAMED = 4
"""Files named; the rest are counted."""


def loaded_files(loads: Sequence[Load]) -> list[Load]:
    """The loads that came from files or were fetched, newest first."""
    return [load for load in reversed(loads) if load.file_name not in (TYPED, UNDONE, WITHDRAWN) and not load.withdraws]


def came_in(head: ReleaseHead, heads: Sequence[ReleaseHead], loads: Sequence[Load]) -> str:
    """What was loaded and typed between a release and the one before it; `heads` are newest first."""
    if head.repeats is not None:
        return f"De samme tal som udgave {head.repeats}."
    since = max((each.newest_load for each in heads if each.id < head.id), default=0)
    new = [load for load in loads if since < load.id <= head.newest_load]
    files = list(dict.fromkeys(load.file_name for load in loaded_files(new)))
    typed = len(new) - len(loaded_files(new))
    named = files if len(files) <= NAMED else [*files[: NAMED - 1], f"{len(files) - NAMED + 1} filer mere"]
    parts = [*named, *([danish.plural(typed, "indtastning", "indtastninger")] if typed else [])]
    return f"Nyt siden udgaven før: {danish.join(parts)}." if parts else "Intet nyt siden udgaven før."
