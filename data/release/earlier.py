"""What readers have been told of counts, release by release: the equations that the next release must reckon with."""

from collections.abc import Iterable, Mapping, Sequence

import numpy as np
import pandas as pd

CELL = ["area_id", "period", "category"]
# What is remembered of a figure of a release: the number it showed (NaN: none), whether it hid it, and the number that
# stood then (NaN: not known).
COLUMNS = [*CELL, "count", "state", "stood"]
HIDDEN = "hidden"


def together(tables: Sequence[pd.DataFrame], stood: pd.DataFrame | None = None) -> pd.DataFrame:
    """One release as its readers together know it, with the columns COLUMNS.

    `tables` are the incident tables of the readers whom figures are hidden from, `stood` the counts that stood then
    (CELL and count), as those were told whom nothing is hidden from. What one reader is told, all may come to know.
    """
    rows = pd.concat([nothing(), *(table[[*CELL, "count", "state"]] for table in tables)], ignore_index=True)
    rows["hidden"] = rows["state"] == HIDDEN
    cells = rows.groupby(CELL, as_index=False, sort=False).agg({"count": "max", "hidden": "max"})
    cells["state"] = np.where(cells["count"].notna(), "published", np.where(cells["hidden"], HIDDEN, "missing"))
    cells["stood"] = cells["count"]
    if stood is not None and len(stood):
        true = stood.dropna(subset="count").drop_duplicates(CELL).rename(columns={"count": "true"})
        cells = cells.merge(true[[*CELL, "true"]], on=CELL, how="left")
        cells["stood"] = cells["stood"].fillna(cells["true"])
    return cells[COLUMNS].astype({"stood": float, "count": float})


def nothing() -> pd.DataFrame:
    """No figures, with the columns and types of what is remembered."""
    texts = {name: np.array([], dtype=object) for name in (*CELL, "state")}
    return pd.DataFrame(texts | {"count": np.array([]), "stood": np.array([])})[COLUMNS]


def with_release(releases: Iterable[pd.DataFrame]) -> pd.DataFrame:
    """Some releases as one table with their order in a column `release`, without what a later one only repeats."""
    tables = [table.assign(release=number) for number, table in enumerate(releases)]
    return pd.concat([nothing().assign(release=0), *tables], ignore_index=True)


def by_release(table: pd.DataFrame) -> list[pd.DataFrame]:
    """The releases in a table of `with_release`, oldest first."""
    return [rows.drop(columns="release") for _, rows in table.groupby("release", sort=True)]


def differing(releases: Sequence[pd.DataFrame]) -> list[pd.DataFrame]:
    """The releases without those that say the very same as the one before."""
    kept: list[pd.DataFrame] = []
    for each in releases:
        ordered = each.sort_values(CELL, ignore_index=True)
        if not kept or not ordered.equals(kept[-1]):
            kept.append(ordered)
    return kept


def stood_in(tables: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """The counts that the readers of one release were told between them, whoever they are (CELL and count)."""
    rows = [table.loc[table["count"].notna(), [*CELL, "count"]] for table in tables.values()]
    return pd.concat([nothing()[[*CELL, "count"]], *rows], ignore_index=True).drop_duplicates(CELL)
