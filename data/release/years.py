"""Adds up what came by quarter, month or week to the years it covers, where no yearly figure came."""

from collections.abc import Sequence
from typing import Any

import pandas as pd

from data.calendar import Period, spans_of

SHORTER = ("quarter", "month", "week")
OWNER = ["area_id", "year"]


def yearly(rows: pd.DataFrame, keys: Sequence[str]) -> pd.DataFrame:
    """The yearly rows of a table, and shorter periods added up for each municipality and year that has none.

    `rows` have `year` (the code of a period of any length), `area_id`, `count` and the columns `keys`, which with the
    year name a row. Only years all of whose periods a municipality has told something of are added up; what it has not
    named in them is 0, as it is in the periods themselves. Of several lengths the longest is used.
    """
    if rows.empty:
        return rows
    periods = {str(code): Period.parse(str(code)) for code in rows["year"].unique()}
    spans = spans_of(rows["year"])
    summed = [rows[spans == "year"]]
    for span in SHORTER:
        parts = rows[spans == span].assign(period=rows["year"], year=rows["year"].str[:4])
        parts = parts[~_owners(parts).isin(_owners(pd.concat(summed)))]
        if parts.empty:
            continue
        whole = parts["period"].map(lambda code: periods[code].in_a_year)
        complete = parts[parts.groupby(OWNER)["period"].transform("nunique") == whole]
        if len(complete):
            summed.append(_added_up(complete.drop(columns="period"), [*OWNER, *keys]))
    return pd.concat(summed, ignore_index=True) if len(summed) > 1 else summed[0]


def _owners(rows: pd.DataFrame) -> pd.MultiIndex:
    return pd.MultiIndex.from_frame(rows[OWNER].astype(str))


def _added_up(rows: pd.DataFrame, keys: Sequence[str]) -> pd.DataFrame:
    """Counts are summed, and missing where a part is; a part invented is all invented; households are the largest."""
    how: dict[str, Any] = dict.fromkeys((str(name) for name in rows if name not in keys), "first")
    how |= {"count": lambda counts: counts.sum(min_count=len(counts))}
    how |= {name: rule for name, rule in (("households", "max"), ("provenance", "min")) if name in how}
    return rows.groupby(list(keys), as_index=False, sort=False).agg(how)
