"""Rows of a release as lines over time: one line an area, cut wherever two figures may not be compared."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from components.charts.periods import position, quarter_name
from components.charts.style import hover_texts, labels_of

NEW_SERIES = "ny undersøgelse –<br>kan ikke sammenlignes"
NOT_COMPARABLE = "kan ikke<br>sammenlignes"
OPTIONAL = ("series", "comparable", "quality")
# The longest step, in years, that a line takes: a left-out wave is passed over, a left-out quarter is a gap.
YEARLY = math.inf
QUARTERLY = 0.3


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


@dataclass(frozen=True)
class Line:
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


def area_lines(rows: pd.DataFrame) -> list[Line]:
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
        "hover": hover_texts(rows),
        "label": labels_of(rows, column),
    }
    areas: dict[str, list[dict[str, Any]]] = {}
    # Plain dicts: pandas' own grouping takes longer than all the rest of the picture.
    for values in zip(*named.values(), strict=True):
        record = dict(zip(named, values, strict=True))
        record["x"] = position(record["time"])
        areas.setdefault(record["area_id"], []).append(record)
    step = YEARLY if "wave" in rows else QUARTERLY
    return [_line(sorted(records, key=lambda record: record["x"]), step) for records in areas.values()]


def _line(records: Sequence[dict[str, Any]], step: float) -> Line:
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
    return Line(first["area_id"], str(first["name"]), tuple(map(tuple, runs)), tuple(breaks), tuple(unseen))


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


def joined(runs: Sequence[Sequence[Reading]]) -> tuple[list[float | None], list[float | None], list[str]]:
    """Give x, y and hover text of runs with a gap between them, as Plotly draws broken lines."""
    x: list[float | None] = []
    y: list[float | None] = []
    hover: list[str] = []
    for run in runs:
        x += [*(reading.x for reading in run), None]
        y += [*(reading.value for reading in run), None]
        hover += [*(reading.hover for reading in run), ""]
    return x, y, hover


def band(runs: Sequence[Sequence[Reading]], half_width: float) -> tuple[list[float | None], list[float | None]]:
    """Give the outline of the intervals of runs; a reading on its own gets a column of `half_width` years a side."""
    x: list[float | None] = []
    y: list[float | None] = []
    for run in runs:
        for part in _with_interval(run):
            first, last = part[0], part[-1]
            edge = half_width if len(part) == 1 else 0.0
            forth = [first.x - edge, *(reading.x for reading in part[1:-1]), last.x + edge]
            lows = [first.low, *(reading.low for reading in part[1:-1]), last.low]
            highs = [first.high, *(reading.high for reading in part[1:-1]), last.high]
            x += [*forth, *reversed(forth), forth[0], None]
            y += [*lows, *reversed(highs), lows[0], None]
    return x, y


def _with_interval(run: Sequence[Reading]) -> list[list[Reading]]:
    parts: list[list[Reading]] = [[]]
    for reading in run:
        if reading.low is None or reading.high is None:
            parts.append([])
        else:
            parts[-1].append(reading)
    return [part for part in parts if part]


def newest_label(line: Line, lines: Sequence[Line]) -> str:
    """Give a line's newest figure; one that is older than the newest of the picture says from when."""
    if not line.readings:
        return "ikke vist"
    newest = line.readings[-1]
    behind = newest.x < max(reading.x for other in lines for reading in (*other.readings, *other.unseen))
    return f"{newest.label} ({quarter_name(newest.period)})" if behind else newest.label


def _round_up(value: float) -> float:
    """Round up to a number that reads well at the end of an axis."""
    if value <= 0:
        return 1.0
    scale = float(10 ** math.floor(math.log10(value)))
    return next(step * scale for step in (1, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10) if step * scale >= value - 1e-12)


def ends(lines: Sequence[Line], *, share: bool) -> tuple[float, float]:
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
