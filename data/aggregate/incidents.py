"""Counts cases by area, grid cell and time, streaming: ten million rows in forty seconds of work, none of them kept."""

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import duckdb
import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray
from pyproj import Transformer

from data.aggregate.case_format import CaseFormat
from data.aggregate.errors import AggregateError
from data.aggregate.ground import Ground
from data.aggregate.offences import OffenceGroups
from data.aggregate.raw_rows import RawRows
from geo.grid import EASTINGS, EPSG, NORTHINGS

MEMORY = "512MB"
_KEYS = ("reason", "month", "municipality", "housing_area", "signature", "cell_e", "cell_n", "weekday", "band")
_SETS: Mapping[str, tuple[str, ...]] = {
    "reasons": ("reason",),
    "municipalities": ("month", "municipality", "signature"),
    "housing_areas": ("month", "housing_area", "signature"),
    "cells": ("month", "cell_e", "cell_n", "municipality", "signature"),
    "municipality_hours": ("month", "municipality", "signature", "weekday", "band"),
    "housing_hours": ("month", "housing_area", "signature", "weekday", "band"),
}
"""Name of a count → what it is counted by."""

_PLACES = ("municipality", "housing_area")

REASONS: Mapping[str, str] = {
    "no_date": "sagen har ingen dato",
    "unreadable_date": "datoen kan ikke læses",
    "future_date": "datoen ligger i fremtiden",
    "no_place": "sagen har intet sted",
    "unknown_point": "adressepunktet står ikke i filen med adressepunkter",
    "unreadable_place": "koordinaterne kan ikke læses som tal",
    "abroad": "koordinaterne ligger uden for Danmark",
    "elsewhere": "stedet ligger uden for kommunerne i omridsene",
}
"""Why a case is in no area; each case has one reason, the first that holds."""


@dataclass(frozen=True)
class CaseCounts:
    """What a file of cases holds, counted; months count from year 0 (2025M01 is 24300).

    Each of `tables` has the columns of its set and `cases`; areas are numbers of the ground, cells whole numbers of
    cells east and north. `reasons` is reason → cases ("" for those placed); `months` has the cases placed in each month
    with their first and last day; `without_hour` counts the placed cases that do not tell their hour, `skipped` the
    lines with too few or too many fields, `blank` the empty ones.
    """

    tables: dict[str, pd.DataFrame]
    reasons: dict[str, int]
    months: pd.DataFrame
    without_hour: int
    groups: OffenceGroups = field(compare=False)
    skipped: int = 0
    blank: int = 0

    @property
    def rows(self) -> int:
        """Every line of the file below its headings."""
        return sum(self.reasons.values()) + self.skipped + self.blank


def count_cases(
    rows: RawRows,
    columns: Mapping[str, str],
    form: CaseFormat,
    where: Ground,
    groups: OffenceGroups,
    cell_size: int,
    today: dt.date,
    points: pd.DataFrame | None = None,
) -> CaseCounts:
    """Count the cases of a file; `columns` are its headings by part (see `data.aggregate.mapping.CASES`).

    `points` are address points (`point`, `x`, `y` as text) for cases that name one instead of coordinates. Raises
    AggregateError where no case can be placed at all.
    """
    connection = duckdb.connect(config={"threads": 2, "memory_limit": MEMORY, "temp_directory": ""})
    try:
        # Nothing may be put on disk or fetched: what does not fit in memory fails.
        for setting in ("autoinstall_known_extensions", "autoload_known_extensions"):
            connection.execute(f"SET {setting} = false")
        add: Any = connection.create_function
        add(
            "place",
            _placing(where, form),
            ["DOUBLE", "DOUBLE"],
            duckdb.struct_type({"e": "DOUBLE", "n": "DOUBLE", "m": "INTEGER", "h": "INTEGER"}),
            type="arrow",
        )
        add("signature", _signing(groups), ["VARCHAR"], "BIGINT", type="arrow")
        connection.register("cases", rows.stream([columns[part] for part in columns], columns.get("offence", "")))
        if points is not None:
            connection.register("points", points)
        places = {part: f"c{number}" for number, part in enumerate(columns)}
        counted = connection.sql(_query(places, form, cell_size, today, points is not None)).df()
    finally:
        connection.close()
    for word, told in rows.words.items():
        groups.note(word, told)
    return replace(_counts(counted, groups), skipped=rows.skipped, blank=rows.blank)


def _query(places: Mapping[str, str], form: CaseFormat, size: int, today: dt.date, by_point: bool) -> str:
    """One pass over the cases that counts them in every way at once."""
    columns = {part: f"trim({places[part]})" if part in places else "''" for part in ("date", "hour", "offence")}
    hour = (
        "hour(moment)"
        if form.has_hour and "hour" not in places
        else f"""
        CASE WHEN {_HOUR.format(text=columns["hour"])} < 24 THEN {_HOUR.format(text=columns["hour"])} END"""
    )
    if by_point:
        x, y = "points.x", "points.y"
        source = f"cases LEFT JOIN points ON trim({places['point']}) = points.point"
        given, lost = f"trim({places['point']}) <> ''", "points.point IS NULL"
    else:
        x, y, source = places.get("easting", "''"), places.get("northing", "''"), "cases"
        given, lost = f"trim({x}) <> '' AND trim({y}) <> ''", "false"
    sets = ", ".join(f"(ok, {', '.join(keys)})" for keys in _SETS.values())
    return f"""
    WITH told AS (
        SELECT {columns["date"]} AS day, {columns["offence"]} AS offence, {_number(x)} AS x, {_number(y)} AS y,
               {given} AS given, {lost} AS lost,
               try_strptime({columns["date"]}, '{form.date}') AS moment, {hour} AS hour
        FROM {source}
    ), placed AS (
        SELECT *, place(x, y) AS p, signature(offence) AS s FROM told
    ), judged AS (
        SELECT *, CASE
            WHEN day = '' THEN 'no_date' WHEN moment IS NULL THEN 'unreadable_date'
            WHEN moment::DATE > DATE '{today.isoformat()}' THEN 'future_date'
            WHEN NOT given THEN 'no_place' WHEN lost THEN 'unknown_point'
            WHEN p IS NULL THEN 'unreadable_place' WHEN p.e IS NULL THEN 'abroad'
            WHEN p.m < 0 THEN 'elsewhere' ELSE '' END AS reason
        FROM placed
    ), ready AS (
        SELECT reason, reason = '' AS ok, moment::DATE AS day, hour,
               (year(moment) * 12 + month(moment) - 1)::INTEGER AS month, p.m AS municipality, p.h AS housing_area,
               s AS signature, floor(p.e / {size})::INTEGER AS cell_e, floor(p.n / {size})::INTEGER AS cell_n,
               isodow(moment)::INTEGER AS weekday, (hour // 4)::INTEGER AS band
        FROM judged
    )
    SELECT grouping_id({", ".join(_KEYS)}) AS counted_by, {", ".join(_KEYS)}, ok, count(*) AS cases,
           min(day) AS first, max(day) AS last, count(*) - count(hour) AS without_hour
    FROM ready GROUP BY GROUPING SETS ({sets})
    """


_HOUR = r"try_cast(regexp_extract({text}, '^\D*(\d{{1,2}})(?:[:.]?\d{{2}})?(?:[:.]\d{{2}})?$', 1) AS INTEGER)"


def _number(text: str) -> str:
    """SQL for a coordinate: a comma is a decimal comma, and points beside it stand between thousands."""
    return (
        f"try_cast(CASE WHEN contains({text}, ',') THEN replace(replace({text}, '.', ''), ',', '.') ELSE {text} END "
        "AS DOUBLE)"
    )


def _placing(where: Ground, form: CaseFormat) -> Callable[[pa.ChunkedArray, pa.ChunkedArray], pa.Array]:
    """The function that tells of many coordinates where they are: metres, municipality and housing area."""
    order = form.coordinates
    project = None if order is None or order.epsg == EPSG else Transformer.from_crs(order.epsg, EPSG, always_xy=True)

    def place(x: pa.ChunkedArray, y: pa.ChunkedArray) -> pa.Array:
        first, second = (np.asarray(each, dtype=float) for each in (x, y))
        east, north = (second, first) if order is not None and order.swapped else (first, second)
        if project is not None:
            east, north = project.transform(east, north)
        inside = (east >= EASTINGS[0]) & (east < EASTINGS[1]) & (north >= NORTHINGS[0]) & (north < NORTHINGS[1])
        east, north = np.where(inside, east, np.nan), np.where(inside, north, np.nan)
        columns = {
            "e": pa.array(east, from_pandas=True),
            "n": pa.array(north, from_pandas=True),
            "m": pa.array(where.municipalities.locate(east, north)),
            "h": pa.array(where.housing_areas.locate(east, north)),
        }
        return pa.StructArray.from_arrays(list(columns.values()), list(columns))

    return place


def _signing(groups: OffenceGroups) -> Callable[[pa.ChunkedArray], pa.Array]:
    """The function that tells of many offences which categories they count in."""

    def signature(offences: pa.ChunkedArray) -> pa.Array:
        coded = pc.dictionary_encode(offences)
        coded = coded.combine_chunks() if isinstance(coded, pa.ChunkedArray) else coded
        words, codes = coded.dictionary.to_pylist(), coded.indices.to_numpy(zero_copy_only=False)
        signatures: NDArray[np.int64] = np.array([groups.signature(word) for word in words], dtype=np.int64)[codes]
        return pa.array(signatures)

    return signature


def _counts(counted: pd.DataFrame, groups: OffenceGroups) -> CaseCounts:
    tables: dict[str, pd.DataFrame] = {}
    for name, keys in _SETS.items():
        # grouping_id sets the bit of each key that is not in the set, the first key highest.
        number = sum((key not in keys) << (len(_KEYS) - 1 - index) for index, key in enumerate(_KEYS))
        tables[name] = counted[counted["counted_by"] == number]
    reasons = tables.pop("reasons")
    placed = reasons[reasons["ok"]]
    if placed.empty:
        worst = reasons.sort_values("cases")["reason"].iloc[-1] if len(reasons) else ""
        why = f": {REASONS[worst]}" if worst else ""
        raise AggregateError(f"Ingen af sagerne kan placeres{why}. Se efter, om det er de rigtige kolonner.")
    inside = tables["municipalities"]
    months = inside[inside["ok"]].groupby("month").agg({"cases": "sum", "first": "min", "last": "max"})
    months.index = months.index.astype(int)
    for name, keys in _SETS.items():
        if name != "reasons":
            rows = tables[name]
            rows = rows[rows["ok"]].dropna(subset=list(keys))[[*keys, "cases"]].astype("int64")
            # Most cases lie in no housing area; area numbers begin at 0.
            tables[name] = rows[(rows[[key for key in keys if key in _PLACES]] >= 0).all(axis=1)]
    return CaseCounts(
        tables,
        {str(reason): int(cases) for reason, cases in zip(reasons["reason"], reasons["cases"], strict=True)},
        months,
        int(placed["without_hour"].iloc[0]),
        groups,
    )
