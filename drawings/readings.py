"""Rows of a release as lines over time: one line an area, cut wherever two figures may not be compared."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from data.calendar import Period
from drawings.periods import position, short_name
from drawings.words import NEW_SERIES, NOT_COMPARABLE, hovers, labels_of

OPTIONAL = ("series", "comparable", "quality")
# The longest step that a line of offences takes, in lengths of a period: a left-out quarter is a gap. A left-out wave
# or year is passed over.
LONGEST_STEP = 1.2


@dataclass(frozen=True)
class Reading:
    """One figure at one time; `low` and `high` are None where the uncertainty is unknown."""

    period: str
    x: float
    value: float
    low: float | None
    high: float | None
    uncertain: bool
    provisional: bool
    label: str
    hover: str

    @property
    def hollow(self) -> bool:
        """Whether its mark is open: very uncertain, of unknown uncertainty, or provisional."""
        return self.low is None or self.uncertain or self.provisional


@dataclass(frozen=True)
class AreaLine:
    """An area's readings in runs that may be joined, the places where comparison stops, and where nothing shows."""

    area_id: str
    name: str
    runs: tuple[tuple[Reading, ...], ...]
    breaks: tuple[tuple[float, str], ...]
    unseen: tuple[Reading, ...]

    @property
    def readings(self) -> list[Reading]:
        """Every reading that is shown, oldest first."""
        return [reading for run in self.runs for reading in run]


def value_column(rows: pd.DataFrame) -> str:
    """Name the column that is drawn: `share` of survey rows, `rate` of incident rows."""
    return "share" if "share" in rows else "rate"


def area_lines(rows: pd.DataFrame) -> list[AreaLine]:
    """Sort survey or incident rows into one line an area, areas in the order in which they first appear.

    A run ends where the series changes, where `comparable` is false, where a figure is missing, hidden or of
    quality D, and where a quarter is left out. Only the first two are breaks that the picture explains.
    """
    column = value_column(rows)
    times = rows["wave" if "wave" in rows else "period"].astype(str)
    named: dict[str, Sequence[Any]] = {
        name: list(rows[name]) for name in ("area_id", "name", "low", "high", "state", *OPTIONAL) if name in rows
    }
    named |= {
        "value": list(rows[column]),
        "time": list(times),
        "hover": hovers(rows),
        "label": labels_of(rows, column),
    }
    areas: dict[str, list[dict[str, Any]]] = {}
    # Plain dicts: pandas' own grouping takes longer than all the rest of the picture.
    for values in zip(*named.values(), strict=True):
        record = dict(zip(named, values, strict=True))
        record["x"] = position(record["time"])
        areas.setdefault(record["area_id"], []).append(record)
    step = math.inf if "wave" in rows else _longest_step(times.unique())
    return [_line(sorted(records, key=lambda record: record["x"]), step) for records in areas.values()]


def _longest_step(codes: Iterable[str]) -> float:
    """The longest step, in years, that a line through these periods takes; any where all are whole years."""
    spans = [Period.parse(code) for code in codes]
    if all(period.span == "year" for period in spans):
        return math.inf
    return LONGEST_STEP * max(period.years for period in spans if period.span != "year")


def _line(records: Sequence[dict[str, Any]], step: float) -> AreaLine:
    runs: list[list[Reading]] = []
    breaks: list[tuple[float, str]] = []
    unseen: list[Reading] = []
    previous: dict[str, Any] | None = None
    goes_on = False
    for record in records:
        reading = _reading(record)
        if _is_unseen(record):
            unseen.append(reading)
            goes_on = False
            continue
        if previous is not None:
            if reason := _reason(previous, record):
                breaks.append(((previous["x"] + record["x"]) / 2, reason))
            goes_on = goes_on and not reason and record["x"] - previous["x"] < step
        if goes_on:
            runs[-1].append(reading)
        else:
            runs.append([reading])
        previous, goes_on = record, True
    first = records[0]
    return AreaLine(first["area_id"], str(first["name"]), tuple(map(tuple, runs)), tuple(breaks), tuple(unseen))


def _is_unseen(record: dict[str, Any]) -> bool:
    return record["state"] in ("hidden", "missing") or record.get("quality") == "D" or pd.isna(record["value"])


def _reason(before: dict[str, Any], after: dict[str, Any]) -> str:
    if before.get("series") != after.get("series"):
        return NEW_SERIES
    comparable = after.get("comparable", True)
    return NOT_COMPARABLE if pd.isna(comparable) or not comparable else ""


def _reading(record: dict[str, Any]) -> Reading:
    return Reading(
        period=record["time"],
        x=record["x"],
        value=record["value"],
        low=_known(record["low"]),
        high=_known(record["high"]),
        uncertain=record.get("quality") == "C",
        provisional=record["state"] == "provisional",
        label=record["label"],
        hover=record["hover"],
    )


def _known(limit: float | None) -> float | None:
    return None if limit is None or math.isnan(limit) else float(limit)


def bands(runs: Sequence[Sequence[Reading]], half_width: float) -> list[list[tuple[float, float]]]:
    """Give the outlines (time, value) of the intervals of runs; a reading alone gets a column of `half_width` years."""
    rings = []
    for run in runs:
        for part in _with_interval(run):
            edge = half_width if len(part) == 1 else 0.0
            times = [part[0].x - edge, *(reading.x for reading in part[1:-1]), part[-1].x + edge]
            ends = [part[0], *part[1:-1], part[-1]]
            lows = [(x, each.low or 0.0) for x, each in zip(times, ends, strict=True)]
            highs = [(x, each.high or 0.0) for x, each in zip(times, ends, strict=True)]
            rings.append([*lows, *reversed(highs)])
    return rings


def _with_interval(run: Sequence[Reading]) -> list[list[Reading]]:
    parts: list[list[Reading]] = [[]]
    for reading in run:
        if reading.low is None or reading.high is None:
            parts.append([])
        else:
            parts[-1].append(reading)
    return [part for part in parts if part]


def newest_label(line: AreaLine, lines: Sequence[AreaLine]) -> str:
    """Give a line's newest figure; one that is older than the newest of the picture says from when."""
    if not line.readings:
        return "ikke vist"
    newest = line.readings[-1]
    behind = newest.x < max(reading.x for other in lines for reading in (*other.readings, *other.unseen))
    return f"{newest.label} ({short_name(newest.period)})" if behind else newest.label


def _round_up(value: float) -> float:
    """Round up to a number that reads well at the end of an axis."""
    if value <= 0:
        return 1.0
    scale = float(10 ** math.floor(math.log10(value)))
    return next(step * scale for step in (1, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10) if step * scale >= value - 1e-12)


def ends(lines: Sequence[AreaLine], *, share: bool) -> tuple[float, float]:
    """Give the value axis' ends for everything drawn: whole tens of per cent for shares, from zero for rates."""
    values = [
        limit
        for line in lines
        for reading in line.readings
        for limit in (reading.value, reading.low, reading.high)
        if limit is not None
    ]
    if not values:
        return 0.0, 1.0
    if not share:
        return 0.0, _round_up(max(values))
    low = max(0, math.floor(10 * min(values) + 1e-9))
    high = min(10, max(math.ceil(10 * max(values) - 1e-9), low + 2))
    return min(low, high - 2) / 10, high / 10
