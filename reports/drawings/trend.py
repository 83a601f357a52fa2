"""Shares over the waves on paper: chosen areas in colour with their intervals, the others grey as context."""

from typing import Any

import pandas as pd

from data.release import records
from drawings.palette import LIGHT
from reports.document import Trend
from reports.drawings import svg
from reports.drawings.dots import limits, ticks

TOP, LEFT, LABEL = 6.0, 24.0, 92.0
LEAST_APART = 9.0


def trend_svg(drawn: Trend, width: float, plot: float) -> str:
    """Draw the lines; a line breaks where the survey was changed."""
    shown = drawn.rows[drawn.rows["state"] == "published"]
    low, high = limits(drawn.rows)
    years = [int(wave[:4]) for wave in shown["wave"]] or [2016]
    first, last = min(years), max(max(years), min(years) + 1)
    right, bottom = width - LABEL, TOP + plot

    def at(row: dict[str, Any], column: str = "share") -> tuple[float, float]:
        return (
            LEFT + (int(row["wave"][:4]) - first) / (last - first) * (right - LEFT),
            bottom - (row[column] - low) / (high - low) * plot,
        )

    parts = []
    for tick in ticks(low, high):
        y = bottom - (tick - low) / (high - low) * plot
        parts.append(svg.line(LEFT, y, right, y, LIGHT.line, 0.5))
        parts.append(svg.text(f"{100 * tick:.0f}", LEFT - 5, y + 2.3, anchor="end", colour=LIGHT.muted, size=svg.SMALL))
    step = 1 if (last - first) * 22 <= right - LEFT else 2
    for year in range(last, first - 1, -step):
        x = LEFT + (year - first) / (last - first) * (right - LEFT)
        parts.append(svg.text(str(year), x, bottom + 10, anchor="middle", colour=LIGHT.muted, size=svg.SMALL))
    for area, rows in shown.groupby("area_id", sort=False):
        if area not in drawn.shown:
            parts += [svg.path([at(row) for row in run], LIGHT.faint, 0.9) for run in _runs(rows)]
    ends = []
    for place, area in enumerate(drawn.shown):
        rows = shown[shown["area_id"] == area]
        colour = LIGHT.series[place % len(LIGHT.series)]
        for run in _runs(rows):
            parts += [_interval(row, at, colour) for row in run]
            parts.append(svg.path([at(row) for row in run], colour, 1.6))
            parts += [
                svg.diamond(*at(row), 2.4, colour)
                if pd.isna(row["low"])
                else svg.dot(*at(row), 2.4, colour, hollow=row["quality"] == "C")
                for row in run
            ]
        if len(rows):
            row = records(rows.tail(1))[0]
            ends.append((at(row), f"{row['name']} {row['label']}", colour))
    parts += _labels(ends, right)
    said = ["Pct.", "højere er bedre" if drawn.direction > 0 else "lavere er bedre", "lodret streg: 95 pct.-interval"]
    if drawn.rows["series"].nunique() > 1:
        said.append("linjen brydes, hvor der er spurgt på en anden måde")
    below, taken = svg.caption(said, bottom + 21, width)
    return svg.page(width, bottom + 15 + taken, [*parts, below])


def _runs(rows: pd.DataFrame) -> list[list[dict[str, Any]]]:
    """The rows of one area, cut where the survey was asked in another way."""
    return [records(run.sort_values("wave")) for _, run in rows.groupby("series", sort=False)]


def _interval(row: dict[str, Any], at: Any, colour: str) -> str:
    if pd.isna(row["low"]):
        return ""
    (x, low), (_, high) = at(row, "low"), at(row, "high")
    return f'<g opacity="0.45">{svg.line(x, low, x, high, colour, 1.6)}</g>'


def _labels(ends: list[tuple[tuple[float, float], str, str]], right: float) -> list[str]:
    """The name at the end of each line, pushed apart where two would meet."""
    parts, above = [], float("-inf")
    for (_, y), words, colour in sorted(ends, key=lambda end: end[0][1]):
        at = max(y, above + LEAST_APART)
        parts.append(svg.text(words, right + 8, at + 2.4, colour=colour, bold=True, size=svg.SMALL))
        above = at
    return parts
