"""Small multiples: one little panel an area, all on one stated axis, the other areas grey behind each."""

from collections.abc import Iterator, Sequence

import pandas as pd

from data import danish
from drawings.model import (
    LINE_HEIGHT,
    NOTHING,
    Area,
    Copies,
    Drawing,
    Line,
    Margin,
    Mark,
    Points,
    Stop,
    Symbol,
    Text,
    Twin,
)
from drawings.readings import AreaLine, Reading, area_lines, bands, ends, newest_label, value_column
from drawings.words import BREAK, HOLLOW, UNKNOWN, better, name_lines

PANEL = 76.0
# Characters of a name that a phone holds across all panels.
NAME_CHARACTERS = 39
FOOT = 34.0
LEFT = 34.0
# The gap between panels as a part of a panel's width.
GUTTER = 0.16


def small_multiples(
    rows: pd.DataFrame,
    *,
    columns: int = 3,
    unit: str = "anmeldelser pr. 1.000 indbyggere",
    direction: int = 1,
    limits: tuple[float, float] | None = None,
) -> Drawing:
    """Draw each area's line in a panel of its own, panels in the order of the rows, `columns` side by side.

    `rows` are survey rows (shares 0–1 by wave) or incident rows (rates by quarter; `unit` says what the rate is).
    `limits` (lowest, highest) fixes the one axis that all panels share; it is stated under the picture. `direction`
    is 1 where a higher share is better.
    """
    if rows.empty:
        return NOTHING
    share = value_column(rows) == "share"
    lines = area_lines(rows)
    low, high = limits or ends(lines, share=share)
    times = [reading.x for line in lines for reading in line.readings] or [0.0, 1.0]
    grid = _Grid(lines, columns, min(times), max(times), low, high)
    hue = "perceived" if share else "recorded"
    marks: list[Mark] = [*grid.behind()]
    stops: list[Stop] = []
    for panel, line in enumerate(lines):
        marks += grid.rules(panel)
        marks += grid.front(panel, line, hue)
        marks += grid.words(panel, line, share)
        stops += [
            Stop(*grid.at(panel, reading.x, reading.value), reading.hover, line.area_id)
            for reading in line.readings
            if reading.hover
        ]
    return Drawing(
        "multiples",
        grid.height,
        Margin(LEFT, 12, 0, 4),
        tuple(marks),
        stops=tuple(stops),
        caption=tuple(_captions(lines, low, high, share, unit, direction)),
        twin=Twin(("Område", "Nyeste"), tuple((line.name, newest_label(line, lines)) for line in lines)),
    )


class _Grid:
    """Panels laid out in px downwards and panel widths across."""

    def __init__(
        self, lines: Sequence[AreaLine], columns: int, first: float, last: float, low: float, high: float
    ) -> None:
        self.lines, self.columns = lines, columns
        self.first, self.span = first, max(last - first, 1.0)
        self.low, self.rise = low, high - low
        self.names = [name_lines(line.name, NAME_CHARACTERS // columns) for line in lines]
        rows = [self.names[start : start + columns] for start in range(0, len(lines), columns)]
        heads = [LINE_HEIGHT * (max(len(name) for name in row) + 1) + 8 for row in rows]
        self.tops = [sum(heads[: row + 1]) + row * (PANEL + FOOT) for row in range(len(rows))]
        self.width = min(columns, max(len(lines), 1)) * (1 + GUTTER) - GUTTER
        self.height = (self.tops[-1] if rows else 0) + PANEL + FOOT - 8

    def corner(self, panel: int) -> tuple[float, float]:
        """Give the upper left corner of a panel's plot."""
        return (panel % self.columns) * (1 + GUTTER) / self.width, self.tops[panel // self.columns]

    def at(self, panel: int, time: float, value: float) -> tuple[float, float]:
        left, top = self.corner(panel)
        across = left + min(max((time - self.first) / self.span, 0), 1) / self.width
        return across, top + PANEL * (1 - (value - self.low) / self.rise)

    def points(self, panel: int, pairs: Sequence[tuple[float, float]]) -> Points:
        return tuple(self.at(panel, *pair) for pair in pairs)

    def rules(self, panel: int) -> Iterator[Mark]:
        left, top = self.corner(panel)
        for part in (0, 0.5, 1):
            y = top + part * PANEL
            yield Line("akser", ((left, y), (left + 1 / self.width, y)), "line")

    def behind(self) -> Iterator[Mark]:
        """Draw all areas grey behind each panel: the same lines every time, moved to where the panel is."""
        runs = tuple(
            self.points(0, [(each.x, each.value) for each in run])
            for line in self.lines
            for run in line.runs
            if len(run) > 1
        )
        if len(self.lines) > 1 and runs:
            shape = Area("andre områder", runs, opacity=0.6, edge="faint", closed=False)
            (left, top), corners = self.corner(0), [self.corner(panel) for panel in range(len(self.lines))]
            yield Copies("andre områder", shape, tuple((x - left, y - top) for x, y in corners))

    def front(self, panel: int, line: AreaLine, hue: str) -> Iterator[Mark]:
        rings = tuple(self.points(panel, ring) for ring in bands(line.runs, 0.02 * self.span))
        if rings:
            yield Area("interval", rings, hue, 0.2)
        newest = line.readings[-1] if line.readings else None
        for run in line.runs:
            points = self.points(panel, [(each.x, each.value) for each in run])
            if len(points) > 1:
                yield Line("forløb", points, hue, 2)
            for reading, point in zip(run, points, strict=True):
                yield _dot(reading, point, hue, reading is newest)

    def words(self, panel: int, line: AreaLine, share: bool) -> Iterator[Mark]:
        """Name the panel, give its newest figure, its first and last year, and the axis' ends at the row's start."""
        left, top = self.corner(panel)
        right = left + 1 / self.width
        yield Text("navn", self.names[panel], left, top - 5 - LINE_HEIGHT, level="bottom", bold=True)
        yield Text("nyeste", (newest_label(line, self.lines),), left, top - 5, level="bottom")
        y = top + PANEL + 3
        yield Text("akse", (str(int(self.first)),), left, y, level="top", size=11, colour="muted")
        last = str(int(self.first + self.span))
        yield Text("akse", (last,), right, y, anchor="end", level="top", size=11, colour="muted")
        if panel % self.columns == 0:
            for end, down in ((self.low + self.rise, top), (self.low, top + PANEL)):
                yield Text("akse", (_end(end, share),), left, down, dx=-4, anchor="end", size=11, colour="muted")


def _dot(reading: Reading, point: tuple[float, float], hue: str, newest: bool) -> Mark:
    size = 7 if newest else 6 if reading.hollow else 4
    shape = "diamond" if reading.low is None else "circle"
    if reading.hollow:
        return Symbol("værdi", *point, shape, size, "paper", hue, 1.25)
    return Symbol("værdi", *point, shape, size, hue)


def _end(value: float, share: bool) -> str:
    if share:
        return danish.number(100 * value)
    return danish.decimal(value, 2 if value < 1 else 1) if value % 1 else danish.number(value)


def _captions(lines: Sequence[AreaLine], low: float, high: float, share: bool, unit: str, direction: int) -> list[str]:
    if share:
        parts = [
            f"Alle felter: {danish.number(100 * low)} til {danish.number(100 * high)} pct.",
            better(direction),
        ]
    else:
        parts = [f"Alle felter: {_end(low, share)} til {_end(high, share)} {unit}"]
    readings = [reading for line in lines for reading in line.readings]
    if any(reading.low is not None for reading in readings):
        parts.append("Farvet flade: 95 pct.-interval")
    if any(reading.uncertain for reading in readings):
        parts.append(HOLLOW)
    if any(reading.low is None for reading in readings):
        parts.append(UNKNOWN)
    if any(line.breaks for line in lines):
        parts.append(BREAK)
    if len(lines) > 1:
        parts.append("Grå: de andre områder")
    return parts
