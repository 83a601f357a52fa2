"""Copies of a SQLite database that a test may write in."""

import shutil
from pathlib import Path

SQLITE = "sqlite:///"


def copied(database: str, file: Path) -> str:
    """The address of a copy of a database in a file, with what SQLite has written beside it and not yet into it."""
    for ending in ("", "-wal", "-shm"):
        if (source := Path(database.removeprefix(SQLITE) + ending)).exists():
            shutil.copy(source, f"{file}{ending}")
    return f"{SQLITE}{file}"
