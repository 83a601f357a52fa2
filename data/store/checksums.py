"""Checksums over what the database holds, alike on SQLite and PostgreSQL, so that a changed byte is found later.

A load is summed with every row it holds, a release with the checksums of its documents, a line of the log and a shared
link each by itself. Only what never changes is summed. Columns without a value count for nothing, so a column that a
later version adds leaves the checksum of what is older as it was. The sums stand in a table of their own, so what an
older version of the program writes beside us has none until `seal` gives it one.
"""

import datetime as dt
import hashlib
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import RowMapping

from data.store.schema import source_tables

Values = Mapping[str, Any] | RowMapping
_EMPTY, _BETWEEN = "\x00", "\x1f"
_LOAD = ("kind", "file_name", "checksum", "loaded_at", "loaded_by", "rows", "withdraws")
_RELEASE = ("id", "published_at", "published_by", "note", "meeting_date", "repeats", "newest_load", "state")
_LINK = ("id", "made_at", "made_by", "page", "query", "release_id", "audience", "expires_at", "note")
_EVENT = ("at", "account", "what", "about")


class RowsChecksum:
    """Sums the rows of one load, piece by piece in the order of their row numbers."""

    def __init__(self, kind: str) -> None:
        """Begin with the rows of a load of this kind."""
        self._types = {column.name: column.type for column in source_tables[kind].columns}
        self._sums: dict[str, Any] = {}
        self._rows = 0

    def add(self, columns: Mapping[str, Sequence[object]]) -> None:
        """Take in the next rows, column by column, as they are handed to the driver or come from it."""
        many = len(next(iter(columns.values()))) if columns else 0
        for name, values in columns.items():
            if name not in self._sums:
                if all(value is None for value in values):
                    continue
                # Empty until now: the rows before count as empty cells, wherever the pieces were cut.
                self._sums[name] = hashlib.sha256((_EMPTY + _BETWEEN).encode() * self._rows)
            cells = _BETWEEN.join(_canonical(values, self._types[name]))
            self._sums[name].update((cells + _BETWEEN).encode("utf-8", "surrogatepass"))
        for name in self._sums.keys() - columns.keys():
            self._sums[name].update((_EMPTY + _BETWEEN).encode() * many)
        self._rows += many

    def hexdigest(self) -> str:
        """The sum of all rows taken in."""
        whole = hashlib.sha256(str(self._rows).encode())
        for name in sorted(self._sums):
            whole.update(f"{_BETWEEN}{name}{_BETWEEN}{self._sums[name].hexdigest()}".encode())
        return whole.hexdigest()


def _canonical(values: Sequence[object], kind: sa.types.TypeEngine[Any]) -> Iterable[str]:
    if isinstance(kind, sa.Float):  # SQLite keeps no negative zero
        return (_EMPTY if value is None else repr(float(value) + 0.0) for value in values)  # type: ignore[arg-type]
    if isinstance(kind, sa.Integer):
        return (_EMPTY if value is None else str(int(value)) for value in values)  # type: ignore[call-overload]
    if isinstance(kind, sa.Date):
        return (_EMPTY if value is None else str(value)[:10] for value in values)
    if isinstance(kind, sa.LargeBinary):
        return (_EMPTY if value is None else bytes(value).hex() for value in values)  # type: ignore[call-overload]
    return (_EMPTY if value is None else str(value) for value in values)


def load_checksum(head: Values, rows: str) -> str:
    """The checksum of a load: its head (columns of `loads`) and the sum of its rows."""
    return _summed(head, _LOAD, rows)


def release_checksum(head: Values, stored: Mapping[tuple[str, str], str]) -> str:
    """The checksum of a published release: its head (columns of `releases`) and those of its documents by name."""
    listed = _BETWEEN.join(f"{audience}/{name}={checksum}" for (audience, name), checksum in sorted(stored.items()))
    return _summed(head, _RELEASE, listed)


def link_checksum(link: Values) -> str:
    """The checksum of what was signed into a shared link; when it was opened or revoked is left out."""
    return _summed(link, _LINK)


def event_checksum(event: Values) -> str:
    """The checksum of one line of the log."""
    return _summed(event, _EVENT)


def _summed(values: Values, names: Sequence[str], *more: str) -> str:
    cells = [f"{name}={_plain(values[name])}" for name in names if values[name] is not None]
    return hashlib.sha256(_BETWEEN.join([*cells, *more]).encode("utf-8", "surrogatepass")).hexdigest()


def _plain(value: object) -> str:
    if isinstance(value, dt.datetime):
        moment = value if value.tzinfo else value.replace(tzinfo=dt.UTC)
        return moment.astimezone(dt.UTC).isoformat(timespec="microseconds")
    if isinstance(value, bool):
        return str(int(value))
    return str(value)
