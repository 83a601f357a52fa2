"""Keeps what one publication worked out for the next one, on disk, where nothing that it rests on has changed.

A piece is found by a key that sums everything it follows from: the rows, and the program with the libraries beneath it.
It carries its own checksum, so one that is damaged, cut short or gone is worked out again and never taken for a figure.
"""

import hashlib
import io
import json
import os
import sys
import tempfile
import zipfile
from collections.abc import Callable, Hashable, Mapping
from functools import cache
from importlib.metadata import version
from pathlib import Path

import pandas as pd
import pyarrow.parquet as pq

from data.release import table_to_parquet
from data.settings.chosen import ROOT, database_file, var_folder, var_is_elsewhere
from data.settings.several import served_name

MOST_PIECES = 1000
"""Kept at once; those that nobody has asked for longest give way. The shipped data make some hundred of 4 MB in all."""
LIBRARIES = ("numpy", "pandas", "pyarrow", "scipy", "shapely", "geopandas")
PROGRAM = ("analysis", "geo", "data")
ENDING = ".piece"
_DIGEST = hashlib.sha256().digest_size


class Shelf:
    """Pieces in a folder that only their owner may read; without a folder nothing is kept."""

    def __init__(self, folder: Path | None = None) -> None:
        """Keep pieces in this folder, which is made when it is first needed."""
        self._folder = folder

    def find(self, key: str) -> dict[str, bytes] | None:
        """The parts of a piece by name; None where it is not there, or not as it was kept."""
        if self._folder is None:
            return None
        file = self._folder / f"{key}{ENDING}"
        try:
            stored = file.read_bytes()
            if hashlib.sha256(stored[_DIGEST:]).digest() != stored[:_DIGEST]:
                return None
            os.utime(file)
        except OSError:
            return None
        with zipfile.ZipFile(io.BytesIO(stored[_DIGEST:])) as parts:
            return {name: parts.read(name) for name in parts.namelist()}

    def keep(self, key: str, parts: Mapping[str, bytes]) -> None:
        """Keep a piece; where there is no room or no right to write, it is worked out again next time."""
        if self._folder is None:
            return
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w") as target:
            for name, content in parts.items():
                target.writestr(name, content)
        content = packed.getvalue()
        try:
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            with tempfile.NamedTemporaryFile(dir=self._folder, delete=False) as half:  # for its owner alone
                half.write(hashlib.sha256(content).digest() + content)
            Path(half.name).replace(self._folder / f"{key}{ENDING}")
            self._make_room(self._folder)
        except OSError:
            return

    def _make_room(self, folder: Path) -> None:
        newest = sorted(folder.iterdir(), key=lambda file: file.stat().st_mtime, reverse=True)
        for file in newest[MOST_PIECES:]:
            file.unlink(missing_ok=True)

    def tables(
        self, what: str, make: Callable[[], dict[str, pd.DataFrame]], *rests_on: object
    ) -> dict[str, pd.DataFrame]:
        """What `make` gives, which follows from the program and `rests_on` alone; from the shelf where it is there.

        Tables that would not come back just as they are, are not kept.
        """
        if self._folder is None:
            return make()
        key = key_of(what, *rests_on)
        found = self.find(key)
        if found is not None:
            return {name: _unpacked(content) for name, content in found.items()}
        made = make()
        parts = {name: table_to_parquet(frame) for name, frame in made.items()}
        if all(_comes_back(frame, parts[name]) for name, frame in made.items()):
            self.keep(key, parts)
        return made

    def table(self, what: str, make: Callable[[], pd.DataFrame], *rests_on: object) -> pd.DataFrame:
        """`tables` for one."""
        return self.tables(what, lambda: {what: make()}, *rests_on)[what]


def _unpacked(content: bytes) -> pd.DataFrame:
    """A table as it was: columns of objects come back as objects."""
    stored = pq.read_table(io.BytesIO(content))
    frame: pd.DataFrame = stored.to_pandas()
    kinds = json.loads(stored.schema.metadata[b"pandas"])["columns"]
    objects = [each["name"] for each in kinds if each["numpy_type"] == "object" and frame[each["name"]].dtype != object]
    return frame.astype(dict.fromkeys(objects, object)) if objects else frame


def _comes_back(frame: pd.DataFrame, content: bytes) -> bool:
    back = _unpacked(content)
    same = back.dtypes.equals(frame.dtypes) and back.columns.equals(frame.columns) and back.equals(frame)
    return same and all(map(_same_kinds, frame.items(), back.items())) and table_to_parquet(back) == content


def _same_kinds(one: tuple[Hashable, pd.Series], other: tuple[Hashable, pd.Series]) -> bool:
    """Whether objects are missing in the same way: None and NaN are the same to pandas."""
    return one[1].dtype != object or [*map(type, one[1])] == [*map(type, other[1])]


NO_SHELF = Shelf()


def our_shelf() -> Shelf:
    """The shelf of the partnership in use: beside its own SQLite file, with TRYGHED_VAR in that folder."""
    if var_is_elsewhere():
        return Shelf(var_folder() / "worked-out" / served_name())
    return Shelf(database_file().parent / "worked-out")


def key_of(what: str, *rests_on: object) -> str:
    """The key of a piece: what it is, what it rests on (tables, or what `repr` tells in full), and the program."""
    total = hashlib.sha256(f"{what} {_program()} {pd.get_option('mode.string_storage')}".encode())
    for each in rests_on:
        if isinstance(each, pd.DataFrame):
            total.update(repr([(str(name), str(kind)) for name, kind in each.dtypes.items()]).encode())
            total.update(pd.util.hash_pandas_object(each, index=False).to_numpy().tobytes())
        else:
            total.update(repr(each).encode())
        total.update(b"\x1f")
    return total.hexdigest()


@cache
def _program() -> str:
    """What the figures are worked out by: our own files, and the versions of the libraries."""
    total = hashlib.sha256(repr([sys.version_info[:2], *map(version, LIBRARIES)]).encode())
    for folder in PROGRAM:
        for file in sorted((ROOT / folder).rglob("*.py")):
            total.update(file.relative_to(ROOT).as_posix().encode() + b"\x1f" + file.read_bytes())
    return total.hexdigest()
