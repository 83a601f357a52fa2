"""Brings counts that came by month, half-year or four months to the spans a release is told in: quarters and years.

Every figure is then compared with one of its own length: months are added up to quarters, half-years and periods of
four months to years. Nothing shorter than a quarter is shown, so nothing shorter can give a hidden count away.
"""

from collections.abc import Sequence
from typing import Any

import pandas as pd

from data.calendar import Period, Span, is_year, period_of, spans_of

SERIES = ["area_id", "category"]
CELL = ["period", *SERIES]


def settled(incidents: pd.DataFrame) -> pd.DataFrame:
    """The counts as quarters and years, each area and category in one of the two within a year.

    `incidents` has the columns of its contract. Quarters stand where there are any, else the year as it came, else the
    sum of its half-years or periods of four months. A sum takes every part and is left out where one is not there; it
    is missing where a part is not reported, and invented where a part is.
    """
    if incidents.empty:
        return incidents
    spans = spans_of(incidents["period"])
    quarters, years = incidents[spans == "quarter"], incidents[spans == "year"]
    if len(quarters) == len(incidents):
        return incidents
    quarters = _beside(quarters, _added_up(incidents[spans == "month"], "quarter"), CELL)
    for span in ("half_year", "four_months"):
        years = _beside(years, _added_up(incidents[spans == span], "year"), CELL)
    told = quarters.assign(period=quarters["period"].str[:4])[CELL]
    return pd.concat([quarters, years[~_in(years, told, CELL)]], ignore_index=True)


def quarters_of(incidents: pd.DataFrame) -> pd.DataFrame:
    """The quarters alone."""
    rows = settled(incidents)
    return rows[~is_year(rows["period"])]


def waiting(incidents: pd.DataFrame) -> list[str]:
    """The periods that are in no quarter or year that is told yet, because its other parts are not there: ["2026H1"].

    `incidents` has the columns of its contract, as for `settled`.
    """
    told = [Period.parse(str(code)) for code in settled(incidents)["period"].unique()]
    periods = [Period.parse(str(code)) for code in incidents["period"].unique()]
    return sorted(
        each.code for each in periods if not any(one.first <= each.last and each.first <= one.last for one in told)
    )


def _added_up(parts: pd.DataFrame, span: Span) -> pd.DataFrame:
    """The sums of parts over whole periods of a length."""
    if parts.empty:
        return parts
    of = {code: Period.parse(str(code)) for code in parts["period"].unique()}
    into = {code: period_of(each.first, span) for code, each in of.items()}
    many = {code: each.in_a_year // into[code].in_a_year for code, each in of.items()}
    rows = parts.assign(period=parts["period"].map({code: each.code for code, each in into.items()}),
                        _many=parts["period"].map(many))  # fmt: skip
    groups = rows.groupby(CELL, sort=False)
    whole = rows[groups["count"].transform("size") == rows["_many"]].drop(columns="_many")
    if whole.empty:
        return parts.iloc[:0]
    how: dict[str, Any] = {str(name): "last" for name in whole if name not in CELL} | {
        "count": lambda counts: counts.sum(min_count=len(counts)), "provenance": "min",
    }  # fmt: skip
    return whole.groupby(CELL, as_index=False, sort=False).agg(how)[list(parts.columns)]


def _beside(first: pd.DataFrame, more: pd.DataFrame, key: Sequence[str]) -> pd.DataFrame:
    """The rows of both; where both tell of the same, those of the first stand."""
    frames = [each for each in (first, more[~_in(more, first, key)]) if len(each)]
    return pd.concat(frames, ignore_index=True) if frames else first


def _in(rows: pd.DataFrame, others: pd.DataFrame, key: Sequence[str]) -> "pd.Series[bool]":
    names = list(key)
    found = pd.MultiIndex.from_frame(rows[names]).isin(pd.MultiIndex.from_frame(others[names]))
    return pd.Series(found, index=rows.index)
