"""A release: every figure of one publication with its interval, quality, state and source, fit for one audience.

Pages, reports and exports read this and nothing beneath it. `build` makes the tables; `data.store` keeps them.
"""

import datetime as dt
import io
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, cast

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq


@dataclass(frozen=True)
class ReleaseHead:
    """What identifies a release: its number, when and by whom it was published, and for which meeting."""

    id: int
    published_at: dt.datetime
    published_by: str
    note: str
    meeting_date: dt.date | None
    repeats: int | None
    newest_load: int


@dataclass(frozen=True)
class Release:
    """One immutable release for one audience. Its tables are shared between sessions: never write to them."""

    head: ReleaseHead
    audience: str
    tables: Mapping[str, pd.DataFrame]

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

    def name_of(self, area_id: str) -> str:
        """The Danish name of an area; KeyError if the release has no such area."""
        return str(self.areas.set_index("area_id").at[area_id, "name"])


def records(table: pd.DataFrame) -> list[dict[str, Any]]:
    """The rows of a table, each as column → value."""
    return cast("list[dict[str, Any]]", table.to_dict("records"))


def table_to_parquet(frame: pd.DataFrame) -> bytes:
    """A release table as Parquet bytes."""
    buffer = io.BytesIO()
    pq.write_table(pa.Table.from_pandas(frame, preserve_index=False), buffer, compression="zstd")
    return buffer.getvalue()


def table_from_parquet(content: bytes) -> pd.DataFrame:
    """The release table in Parquet bytes."""
    frame: pd.DataFrame = pq.read_table(io.BytesIO(content)).to_pandas()
    return frame
