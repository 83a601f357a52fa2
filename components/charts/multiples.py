"""Small multiples: one little panel an area, all on one stated axis, the other areas grey behind each."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd

from components.charts.style import (
    LINE_HEIGHT,
    SMALL,
    Chart,
    caption_lines,
    escape,
    figure,
    figures,
    footer,
    footer_height,
    nothing,
    wrap,
)
from components.charts.waves import Line, Reading, area_lines, band, ends, joined, newest_label, value_column
from data import danish
from drawings.palette import Palette, fade, palette

PANEL = 76
# Characters of a name that a phone holds across all panels.
NAME_CHARACTERS = 46
FOOT = 34
LEFT = 34
# The gap between panels as a part of a panel's width.
GUTTER = 0.16

Points = Sequence[float | None] | np.ndarray


def small_multiples(
    rows: pd.DataFrame,
    *,
    columns: int = 3,
    unit: str = "anmeldelser pr. 1.000 indbyggere",
    direction: int = 1,
    limits: tuple[float, float] | None = None,
    dark: bool = False,
) -> Chart:
    """Draw each area's line in a panel of its own, panels in the order of the rows, `columns` side by side.

    `rows` are survey rows (shares 0–1 by wave) or incident rows (rates by quarter; `unit` says what the rate is).
    `limits` (lowest, highest) fixes the one axis that all panels share; it is stated under the picture. `direction`
    is 1 where a higher share is better.
    """
    if rows.empty:
        return nothing(dark)
    # All panels stand in one coordinate system, shifted: one axis pair instead of two a panel draws at once.
    colours = palette(dark)
    share = value_column(rows) == "share"
    drawn = area_lines(rows)
    low, high = limits or ends(drawn, share=share)
    times = [reading.x for line in drawn for reading in line.readings] or [0.0, 1.0]
    grid = _Grid(drawn, columns, min(times), max(times), low, high)
    hue = colours.perceived if share else colours.recorded
    captions = caption_lines(_captions(drawn, low, high, share, unit, direction))
    foot = footer_height(captions)
    return figure(
        [
            grid.rules(colours),
            grid.behind(colours),
            grid.bands(hue),
            grid.lines_in_front(hue, colours),
            grid.axis_words(share, colours),
        ],
        {
            "xaxis": {"range": [-0.03, grid.width + 0.03], "visible": False},
            "yaxis": {"range": [grid.height, 0], "visible": False},
            "annotations": [*grid.titles(colours), footer(captions, LEFT, 4, dark)],
        },
        dark=dark,
        height=grid.height + foot + 4,
        margin={"l": LEFT, "r": 12, "t": 0, "b": foot + 4},
    )


class _Grid:
    """Panels laid out in px downwards and panel widths across."""

    def __init__(self, lines: Sequence[Line], columns: int, first: float, last: float, low: float, high: float) -> None:
        self.lines, self.columns = lines, columns
        self.first, self.span = first, max(last - first, 1.0)
        self.low, self.rise = low, high - low
        self.names = [wrap(line.name, NAME_CHARACTERS // columns) for line in lines]
        rows = [self.names[start : start + columns] for start in range(0, len(lines), columns)]
        heads = [LINE_HEIGHT * (max(len(name) for name in row) + 1) + 8 for row in rows]
        self.tops = [sum(heads[: row + 1]) + row * (PANEL + FOOT) for row in range(len(rows))]
        self.width = min(columns, max(len(lines), 1)) * (1 + GUTTER) - GUTTER
        self.height = (self.tops[-1] if rows else 0) + PANEL + FOOT - 8

    def corner(self, panel: int) -> tuple[float, float]:
        """Give the upper left corner of a panel's plot."""
        return (panel % self.columns) * (1 + GUTTER), self.tops[panel // self.columns]

    def across(self, panel: int, time: float | None) -> float | None:
        return None if time is None else self.corner(panel)[0] + (time - self.first) / self.span

    def down(self, panel: int, value: float | None) -> float | None:
        if value is None:
            return None
        return self.corner(panel)[1] + PANEL * (1 - (value - self.low) / self.rise)

    def place(
        self, panel: int, x: Sequence[float | None], y: Sequence[float | None]
    ) -> tuple[list[float | None], list[float | None]]:
        return [self.across(panel, time) for time in x], [self.down(panel, value) for value in y]

    def rules(self, colours: Palette) -> dict[str, Any]:
        x: list[float | None] = []
        y: list[float | None] = []
        for panel in range(len(self.lines)):
            left, top = self.corner(panel)
            for part in (0, 0.5, 1):
                x += [left, left + 1, None]
                y += [top + part * PANEL, top + part * PANEL, None]
        return _quiet("akser", x, y, {"color": colours.line, "width": 1})

    def behind(self, colours: Palette) -> dict[str, Any]:
        """Draw every other area behind each panel: the shape of the rest, without a hover of its own."""
        x: list[float | None] = []
        y: list[float | None] = []
        for panel in range(len(self.lines)):
            for other, line in enumerate(self.lines):
                if other != panel:
                    times, values, _ = joined(line.runs)
                    part_x, part_y = self.place(panel, times, values)
                    x += part_x
                    y += part_y
        # As arrays of short numbers: there are as many as areas times areas, and each is a fraction of a pixel at most.
        place = (np.array(x, dtype=np.float32), np.array(y, dtype=np.float32))
        return _quiet("andre områder", *place, {"color": fade(colours.faint, 0.6), "width": 1})

    def bands(self, hue: str) -> dict[str, Any]:
        x: list[float | None] = []
        y: list[float | None] = []
        for panel, line in enumerate(self.lines):
            part_x, part_y = self.place(panel, *band(line.runs, 0.02 * self.span))
            x += part_x
            y += part_y
        return {**_quiet("interval", x, y, {"width": 0}), "fill": "toself", "fillcolor": fade(hue, 0.2)}

    def lines_in_front(self, hue: str, colours: Palette) -> dict[str, Any]:
        x: list[float | None] = []
        y: list[float | None] = []
        hover: list[str] = []
        marks: list[Reading | None] = []
        areas: list[str] = []
        for panel, line in enumerate(self.lines):
            times, values, texts = joined(line.runs)
            part_x, part_y = self.place(panel, times, values)
            x += part_x
            y += part_y
            hover += texts
            marks += [mark for run in line.runs for mark in [*run, None]]
            areas += [line.area_id] * len(times)
        last = {id(line.readings[-1]) for line in self.lines if line.readings}
        hollow = [mark is not None and (mark.low is None or mark.uncertain or mark.provisional) for mark in marks]
        return {
            "type": "scatter",
            "mode": "lines+markers",
            "x": x,
            "y": y,
            "line": {"color": hue, "width": 2},
            "marker": {
                "opacity": 1,
                "size": [
                    7 if id(mark) in last else 6 if open_ else 4 for mark, open_ in zip(marks, hollow, strict=True)
                ],
                "symbol": ["diamond" if mark is not None and mark.low is None else "circle" for mark in marks],
                "color": [colours.paper if open_ else hue for open_ in hollow],
                "line": {"width": [1.25 if open_ else 0 for open_ in hollow], "color": hue},
            },
            "customdata": areas,
            "hovertext": hover,
            "hovertemplate": "%{hovertext}<extra></extra>",
            "cliponaxis": False,
            "name": "værdi",
        }

    def titles(self, colours: Palette) -> list[dict[str, Any]]:
        """Name each panel and give its newest figure."""
        labels = []
        for panel, line in enumerate(self.lines):
            left, top = self.corner(panel)
            name = "<br>".join(escape(part) for part in self.names[panel])
            newest = figures(newest_label(line, self.lines))
            labels.append(
                {
                    "text": f"<b>{name}</b><br>{newest}",
                    "x": left,
                    "y": top - 5,
                    "xanchor": "left",
                    "yanchor": "bottom",
                    "align": "left",
                    "showarrow": False,
                    "borderpad": 0,
                    "font": {"size": SMALL, "color": colours.ink},
                }
            )
        return labels

    def axis_words(self, share: bool, colours: Palette) -> dict[str, Any]:
        """Write the first and last year under each panel, and the axis' ends beside the first of each row."""
        x: list[float] = []
        y: list[float] = []
        texts: list[str] = []
        places: list[str] = []
        for panel in range(len(self.lines)):
            left, top = self.corner(panel)
            # Years hang from their own end of the panel, so that neighbours never touch.
            x += [left + 0.01, left + 0.99]
            y += [top + PANEL + 3] * 2
            texts += [str(int(self.first)), str(int(self.first + self.span))]
            places += ["bottom right", "bottom left"]
            if panel % self.columns == 0:
                x += [left, left]
                y += [top, top + PANEL]
                texts += [_end(end, share) for end in (self.low + self.rise, self.low)]
                places += ["middle left"] * 2
        return {
            "type": "scatter",
            "mode": "text",
            "x": x,
            "y": y,
            "text": texts,
            "textposition": places,
            "textfont": {"size": 11, "color": colours.muted},
            "hoverinfo": "skip",
            "cliponaxis": False,
            "name": "aksetal",
        }


def _quiet(name: str, x: Points, y: Points, line: dict[str, Any]) -> dict[str, Any]:
    return {
        "type": "scatter",
        "mode": "lines",
        "x": x,
        "y": y,
        "line": line,
        "hoverinfo": "skip",
        "name": name,
    }


def _end(value: float, share: bool) -> str:
    if share:
        return danish.number(100 * value)
    return danish.decimal(value, 2 if value < 1 else 1) if value % 1 else danish.number(value)


def _captions(lines: Sequence[Line], low: float, high: float, share: bool, unit: str, direction: int) -> list[str]:
    if share:
        parts = [
            f"Alle felter: {danish.number(100 * low)} til {danish.number(100 * high)} pct.",
            "højere er bedre" if direction > 0 else "lavere er bedre",
        ]
    else:
        parts = [f"Alle felter: {_end(low, share)} til {_end(high, share)} {unit}"]
    readings = [reading for line in lines for reading in line.readings]
    if any(reading.low is not None for reading in readings):
        parts.append("Farvet flade: 95 pct.-interval")
    if any(reading.uncertain for reading in readings):
        parts.append("○ meget usikker")
    if any(reading.low is None for reading in readings):
        parts.append("◇ uden kendt usikkerhed")
    if any(line.breaks for line in lines):
        parts.append("Brud: ny undersøgelse, kan ikke sammenlignes")
    if len(lines) > 1:
        parts.append("Grå: de andre områder")
    return parts
