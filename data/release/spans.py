"""Brings counts that came by month, half-year or four months to the spans a release is told in: quarters and years.

Every figure is then compared with one of its own length: months are added up to quarters, half-years and periods of
four months to years. Nothing shorter than a quarter is shown, so nothing shorter can give a hidden count away.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from data.calendar import Period, Span, is_year, period_of, periods_between, spans_of, year_of

SERIES = ["area_id", "category"]
CELL = ["period", *SERIES]
UNFINISHED = "unfinished"
"""The name of the table of counts that are in no quarter or year that is told yet."""
UNFINISHED_COLUMNS = (*CELL, "whole", "lacks", "provenance", "source_id")
_ALONE = ("quarter", "year")
_WHOLE: dict[Span, Span] = {"month": "quarter", "half_year": "year", "four_months": "year"}


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


def as_told(loaded: Mapping[str, pd.DataFrame]) -> dict[str, pd.DataFrame]:
    """All that is loaded, with its counts as quarters and years, and a table UNFINISHED of those that wait."""
    counts = loaded["incidents"]
    return {**loaded, "incidents": settled(counts), UNFINISHED: unfinished(counts)}


def quarters_of(incidents: pd.DataFrame) -> pd.DataFrame:
    """The quarters alone."""
    rows = settled(incidents)
    return rows[~is_year(rows["period"])]


def unfinished(incidents: pd.DataFrame) -> pd.DataFrame:
    """The counts that are in no quarter or year that is told yet, because others of its parts are not there.

    `incidents` has the columns of its contract, as for `settled`. A row for each count, without the count itself:
    `whole` is the quarter or year that it is a part of, `lacks` the parts that are not there, ";" between them.
    """
    parts = incidents[~spans_of(incidents["period"]).isin(_ALONE)] if len(incidents) else incidents
    if parts.empty:
        return pd.DataFrame(columns=list(UNFINISHED_COLUMNS), dtype=object)
    wholes = {code: _whole(Period.parse(str(code))) for code in parts["period"].unique()}
    parts = parts.assign(whole=parts["period"].map({code: each.code for code, each in wholes.items()}))
    told = settled(incidents)
    told_years = told.assign(period=told["period"].map(year_of))
    waits = ~(
        _in(parts.assign(period=parts["whole"]), told, CELL)
        | _in(parts.assign(period=parts["period"].map(year_of)), told[is_year(told["period"])], CELL)
        | (~spans_of(parts["period"]).eq("month") & _in(parts.assign(period=parts["whole"]), told_years, CELL))
    )
    rows = parts[waits]
    there = rows.groupby([*SERIES, "whole"], sort=False)["period"].agg(frozenset)
    lacks = {
        key: ";".join(each.code for each in _parts(Period.parse(str(next(iter(codes))))) if each.code not in codes)
        for key, codes in there.items()
    }
    keys = zip(*(rows[name] for name in (*SERIES, "whole")), strict=True)
    rows = rows.assign(lacks=[lacks[key] for key in keys])
    return rows[list(UNFINISHED_COLUMNS)].sort_values(CELL, ignore_index=True)


def waiting(incidents: pd.DataFrame) -> list[str]:
    """The periods with counts that are in no quarter or year that is told yet: ["2026H1"]."""
    return sorted(map(str, unfinished(incidents)["period"].unique()))


def _whole(part: Period) -> Period:
    """The quarter or year that a part is told in."""
    return period_of(part.first, _WHOLE[part.span])


def _parts(part: Period) -> list[Period]:
    """All parts, as long as this one, of what it is told in."""
    whole = _whole(part)
    return list(periods_between(period_of(whole.first, part.span), period_of(whole.last, part.span)))


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
