"""The newest twelve months of cells and the twelve before them, in the finest periods that fill both."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import pandas as pd

from data.calendar import Period, Span, spans_of
from geo.grid import size_of

SPANS: dict[Span, int] = {"week": 52, "month": 12, "quarter": 4, "year": 1}
"""How many periods of a length are twelve months, the finest first."""
THEN, NOW = "0001", "0002"
"""What the two windows are called where a table of cells has its year."""
FRESHER = 31
"""Days that a coarser length has to end later to be used: figures a month old are not worth a few days' detail."""
WINDOW_COLUMNS = [
    "size", "category", "area_id", "span", "first_day", "last_day", "then_first_day", "then_last_day", "provenance",
    "source_id",
]  # fmt: skip


@dataclass(frozen=True)
class Windows:
    """Two windows as long as each other, the newer right after the older, both told of in full."""

    span: Span
    then: tuple[Period, ...]
    now: tuple[Period, ...]

    @property
    def last(self) -> dt.date:
        """The last day of the newer."""
        return self.now[-1].last


def rolling_years(cells: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Cells added up to the two windows, and which days those cover for each size, category and municipality.

    `cells` are loaded rows of cells of every length. The first table has their columns, with `year` `THEN` or `NOW`;
    the second those of `WINDOW_COLUMNS`. A municipality has windows of a length where it has told of every period in
    them, and of the category in any of them; of several lengths the finest is used that is as fresh as the others. In
    a part of a year cells that are not named had none, as in `data.release.years`; a missing part makes a window
    missing. Weeks come in 52, so that both windows have as many days.
    """
    sized = _sized(cells)
    parts: list[pd.DataFrame] = []
    told: list[list[object]] = []
    for (size, area), own in sized.groupby(["size", "area_id"], sort=True):
        by_span = {span: _windows(own.loc[own["span"] == span, "year"].unique(), span) for span in SPANS}
        found = [windows for windows in by_span.values() if windows is not None]
        homes = own.groupby("cell_id", sort=False)["households"].max()
        for category, rows in own.groupby("category", sort=True):
            chosen = _chosen([windows for windows in found if (rows["span"] == windows.span).any()])
            if chosen is None:
                continue
            used, summed = _summed(rows, chosen, homes)
            parts.append(summed.assign(area_id=str(area), category=str(category)))
            days = (*_ends(chosen.now), *_ends(chosen.then))
            told.append([size, category, area, chosen.span, *days, used["provenance"].min(), used["source_id"].iloc[0]])
    columns = ["year", "cell_id", "area_id", "category", "count", "households", "provenance", "source_id"]
    windowed = pd.concat(parts, ignore_index=True)[columns] if parts else pd.DataFrame(columns=columns)
    return windowed, pd.DataFrame(told, columns=WINDOW_COLUMNS)


def _sized(cells: pd.DataFrame) -> pd.DataFrame:
    """The rows with the size of their cell, the length of their period, and the municipality the cell lies in now."""
    sizes = {cell: size_of(cell) for cell in cells["cell_id"].unique()}
    homes = cells.drop_duplicates("cell_id", keep="last").set_index("cell_id")["area_id"]
    return cells.assign(
        size=cells["cell_id"].map(sizes), span=spans_of(cells["year"]), area_id=cells["cell_id"].map(homes)
    )


def _windows(codes: Iterable[str], span: Span) -> Windows | None:
    """The newest two windows of a length among the periods that are told of; None where one of those is missing."""
    known = {str(code): Period.parse(str(code)) for code in codes}
    if not known:
        return None
    many, last = SPANS[span], max(known.values(), key=lambda period: period.last)
    periods = tuple(last.moved(-back) for back in range(2 * many - 1, -1, -1))
    return Windows(span, periods[:many], periods[many:]) if all(each.code in known for each in periods) else None


def _chosen(found: list[Windows]) -> Windows | None:
    """The finest that ends no more than a month before the one that ends last."""
    if not found:
        return None
    latest = max(windows.last for windows in found)
    return next(windows for windows in found if (latest - windows.last).days <= FRESHER)


def _summed(rows: pd.DataFrame, windows: Windows, homes: pd.Series) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The rows that are used, and the count of every cell of the municipality in both windows."""
    label = {period.code: THEN for period in windows.then} | {period.code: NOW for period in windows.now}
    used = rows.assign(year=rows["year"].map(label), missing=rows["count"].isna())
    used = used[used["year"].notna() & (used["span"] == windows.span)]
    summed = used.groupby(["year", "cell_id"]).agg(count=("count", "sum"), missing=("missing", "any"))
    count = summed["count"].astype(float).mask(summed["missing"].to_numpy())
    every = pd.MultiIndex.from_product([[THEN, NOW], homes.index], names=["year", "cell_id"])
    count = count.reindex(every, fill_value=np.nan if windows.span == "year" else 0.0)
    made = count.rename("count").reset_index()
    made["households"] = made["cell_id"].map(homes)
    # "example" sorts before "official": what is invented in part is invented.
    return used, made.assign(provenance=used["provenance"].min(), source_id=used["source_id"].iloc[0])


def _ends(periods: tuple[Period, ...]) -> tuple[str, str]:
    return periods[0].first.isoformat(), periods[-1].last.isoformat()
