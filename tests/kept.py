"""Databases that take long to make: made once for all workers and runs, anew when anything they follow from changes."""

import datetime as dt
import fcntl
import hashlib
import os
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest

from data.release.shelf import Shelf, key_of
from tests.copies import SQLITE

ROOT = Path(__file__).parents[1]
FOLLOWS_FROM = ("data", "geo", "partnership.toml", "tests/shipped.py")
"""Beside the program and the libraries, which every key of a piece holds."""
MOST = 12
"""Kept at once; those that nobody has asked for longest give way."""


def kept_folder(request: pytest.FixtureRequest) -> Path:
    """Where all workers and runs keep what they make: pytest's own cache, or without one the folder of this run."""
    cache = getattr(request.config, "cache", None)
    if cache is not None:
        return Path(cache.mkdir("tryghedsoverblik"))
    run = request.getfixturevalue("tmp_path_factory").getbasetemp()
    return Path(run.parent if "PYTEST_XDIST_WORKER" in os.environ else run)


def kept_shelf(folder: Path, name: str = "worked-out") -> Shelf:
    """Pieces of publications that tests share; each is found only by the rows and the program it follows from."""
    return Shelf(folder / name)


def kept_database(folder: Path, name: str, make: Callable[[str], None], *follows_from: object) -> Path:
    """The file of a SQLite database, made by `make` at an address where it is not there; nobody may write in it.

    `follows_from` is what it rests on beside the program, the shipped data and the day.
    """
    file = folder / f"{name}-{key_of(name, _shipped(), dt.date.today(), *follows_from)}.db"
    with (folder / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # whoever comes second waits, and finds it made
        if not file.exists():
            half = folder / f"{name}.half"
            for left in folder.glob(f"{half.name}*"):
                left.unlink()
            make(f"{SQLITE}{half}")
            half.rename(file)
            _make_room(folder)
        os.utime(file)
    return file


def _make_room(folder: Path) -> None:
    newest = sorted(folder.glob("*.db"), key=lambda file: file.stat().st_mtime, reverse=True)
    for file in newest[MOST:]:
        file.unlink(missing_ok=True)


@cache
def _shipped() -> str:
    """The shipped data, outlines and settings, and the settings of this machine that the app heeds."""
    total = hashlib.sha256()
    files = [file for each in FOLLOWS_FROM for file in sorted([ROOT / each, *(ROOT / each).rglob("*")])]
    for file in files:
        if file.is_file() and file.suffix != ".pyc":
            total.update(file.relative_to(ROOT).as_posix().encode() + b"\x1f" + file.read_bytes())
    ours = sorted(item for item in os.environ.items() if item[0].startswith("TRYGHED_"))
    total.update(repr(ours).encode())
    return total.hexdigest()
