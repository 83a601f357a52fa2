"""A release: every figure of one publication with its interval, quality, state and source, fit for one audience.

Pages, reports and exports read this and nothing beneath it. `build` makes the tables; `data.store` keeps them.
"""

import datetime as dt
import io
from collections import defaultdict
from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass
from functools import cached_property
from types import MappingProxyType
from typing import TypeVar

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from data.lru_cache import LruCache
from data.records import Row, records

T = TypeVar("T")

PUBLISHED, DRAFT = "published", "draft"


@dataclass(frozen=True)
class ReleaseHead:
    """What identifies a release: its number, when and by whom it was published, and for which meeting.

    `state` is "published", or "draft" while only the secretariat may see it.
    """

    id: int
    published_at: dt.datetime
    published_by: str
    note: str
    meeting_date: dt.date | None
    repeats: int | None
    newest_load: int
    state: str = PUBLISHED

    @property
    def is_draft(self) -> bool:
        """Whether only the secretariat may see this release."""
        return self.state == DRAFT


@dataclass(frozen=True)
class Release:
    """One immutable release for one audience. Its tables are shared between sessions: never write to them.

    `alarm` is "" unless this is not the release that was asked for: then Danish words on why, to be shown.
    """

    head: ReleaseHead
    audience: str
    tables: Mapping[str, pd.DataFrame]
    alarm: str = ""

    @property
    def areas(self) -> pd.DataFrame:
        """Areas with name, level, parent, residents and outline (geometry as WKB in WGS84)."""
        return self.tables["areas"]

    @property
    def survey(self) -> pd.DataFrame:
        """Perceived safety: one row per wave, area and indicator."""
        return self.tables["survey"]

    @property
    def incidents(self) -> pd.DataFrame:
        """Reported offences: one row per period (quarter or year), area and category."""
        return self.tables["incidents"]

    @property
    def initiatives(self) -> pd.DataFrame:
        """The initiatives, one row each."""
        return self.tables["initiatives"]

    @property
    def activities(self) -> pd.DataFrame:
        """The log of what was done, one row per activity."""
        return self.tables["activities"]

    @property
    def criteria(self) -> pd.DataFrame:
        """The success criteria in force, with status and sentence."""
        return self.tables["criteria"]

    @property
    def changes(self) -> pd.DataFrame:
        """What moved since the previous meeting's release, most important first."""
        return self.tables["changes"]

    @property
    def sources(self) -> pd.DataFrame:
        """Where the figures come from."""
        return self.tables["sources"]

    @property
    def similar(self) -> pd.DataFrame:
        """The housing areas most like each housing area, by indicator."""
        return self.tables["similar"]

    @property
    def references(self) -> pd.DataFrame:
        """Each shown share held against the country, its district, its municipality and the areas like it."""
        return self.tables["references"]

    @property
    def effects(self) -> pd.DataFrame:
        """What changed beside each initiative, by figure and method, with its evidence level."""
        return self.tables["effects"]

    @property
    def gaps(self) -> pd.DataFrame:
        """Risk profiles by initiative and area: what is covered, and where the holes are."""
        return self.tables["gaps"]

    @property
    def overdue(self) -> pd.DataFrame:
        """What waits: criteria without fresh figures, silently logs, actions past due; the longest overdue first."""
        return self.tables["overdue"]

    @property
    def purposes(self) -> pd.DataFrame:
        """How many criteria of each purpose have each status."""
        return self.tables["purposes"]

    @property
    def status_history(self) -> pd.DataFrame:
        """The status of every criterion in each release, oldest first, this one included."""
        return self.tables["status_history"]

    @cached_property
    def names(self) -> dict[str, str]:
        """The Danish name of every area, by area id."""
        return dict(zip(self.areas["area_id"], self.areas["name"], strict=True))

    def name_of(self, area_id: str) -> str:
        """The Danish name of an area; KeyError if the release has no such area."""
        return self.names[area_id]

    @cached_property
    def _answers(self) -> LruCache:
        return LruCache()

    def get_or_make(self, what: Hashable, make: Callable[[], T]) -> T:
        """What `make` gives, made once: a release never changes, so neither does what follows from it alone.

        The answer is shared between sessions, so never write to it.
        """
        return self._answers.get_or_make(what, make)


def rows_of(release: Release, table: str, column: str, value: str) -> pd.DataFrame:
    """The rows of a table that have a value in a column of text; the table is sorted out once for all values."""
    groups = release.get_or_make(("rows of", table, column), lambda: dict(iter(release.tables[table].groupby(column))))
    rows: pd.DataFrame = groups[value] if value in groups else release.tables[table].iloc[:0]
    return rows


def records_of(release: Release, table: str) -> list[Row]:
    """The rows of a whole table, made once for all readers: never write to them."""
    return release.get_or_make(("records of", table), lambda: records(release.tables[table]))


def records_by(release: Release, table: str, column: str) -> Mapping[str, list[Row]]:
    """`records_of` by the value in a column, made once for all readers: never write to them."""

    def make() -> Mapping[str, list[Row]]:
        rows: defaultdict[str, list[Row]] = defaultdict(list)
        for row in records_of(release, table):
            rows[row[column]].append(row)
        return MappingProxyType(dict(rows))

    return release.get_or_make(("records by", table, column), make)


def table_to_parquet(frame: pd.DataFrame) -> bytes:
    """A release table as Parquet bytes."""
    return arrow_to_parquet(pa.Table.from_pandas(frame, preserve_index=False))


def arrow_to_parquet(table: pa.Table) -> bytes:
    """An Arrow table as the Parquet bytes of a release document; the same table gives the same bytes."""
    buffer = io.BytesIO()
    pq.write_table(table, buffer, compression="zstd")
    return buffer.getvalue()


def table_from_parquet(content: bytes) -> pd.DataFrame:
    """The release table in Parquet bytes."""
    frame: pd.DataFrame = pq.read_table(io.BytesIO(content)).to_pandas()
    return frame
