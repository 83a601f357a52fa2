"""Recorded offences by quarter: columns from zero, with expected limits and signals where the rules allow them."""

from collections.abc import Sequence
from typing import Any

import pandas as pd

from components.charts.lanes import Dialogue, Initiative, dialogue_traces, lane_axes, lane_room, lane_traces
from components.charts.periods import (
    LEFT,
    RIGHT,
    TICK_ROOM,
    span_of,
    time_axis,
)
from components.charts.quarters import LIMITS, Quarter, axis_top, complete
from components.charts.recorded_labels import ABOVE_TOP, SIGNALS, captions, headings, limit_labels, mass_labels
from components.charts.style import (
    LINE_HEIGHT,
    Chart,
    caption_lines,
    figure,
    footer,
    footer_height,
    nothing,
)
from drawings.palette import Palette, fade, palette

PLOT = 230
QUARTER = 0.25


def recorded(
    rows: pd.DataFrame,
    *,
    noun: str = "anmeldelser",
    initiatives: Sequence[Initiative] = (),
    dialogues: Sequence[Dialogue] = (),
    years: tuple[int, int] | None = None,
    plot: float = PLOT,
    dark: bool = False,
) -> Chart:
    """Draw the quarterly counts of one area and category.

    `rows` are incident rows (counts a quarter; SPC mean, lower and upper or NaN; signal). `noun` names what is
    counted in the plural. `initiatives` are (title, start, end or None), `dialogues` (day, words), each on lanes below.
    `years` (first, last) fixes the time axis. `plot` is the plot's height in px.
    A mass registration says its number above the plot and is cut off where it is higher than the axis;
    a provisional quarter is hollow; zero, missing
    and hidden are three different marks. A mass registration is a `signal` "mass" or a true `mass`.
    Raises ValueError for rows of more than one area or category: their columns would hide each other.
    """
    if rows.empty:
        return nothing(dark)
    for column in ("area_id", "category"):
        if rows[column].nunique() > 1:
            raise ValueError(f"rows hold {rows[column].nunique()} values of {column}; draw one picture for each")
    colours = palette(dark)
    data = complete(rows)
    top_value = axis_top(data)
    shown = [quarter for quarter in data if quarter.count is not None]
    masses = [quarter for quarter in shown if quarter.mass]
    clipped = [quarter for quarter in masses if (quarter.count or 0) > top_value]
    span = span_of([quarter.x for quarter in data], years)
    labels, levels = mass_labels(masses, top_value, plot, span, colours)
    notes = caption_lines(captions(data, masses, clipped))
    top = 26 + LINE_HEIGHT * levels
    lanes = lane_room(initiatives, span, dialogues)
    below = 10 if lanes else TICK_ROOM
    axes = lane_axes(initiatives, span, plot, dialogues)
    axes["yaxis"] |= {"range": [0, ABOVE_TOP * top_value], "nticks": 5, "rangemode": "tozero", "tickformat": ",d"}
    layout: dict[str, Any] = {
        "xaxis": {**time_axis(span, dark), "anchor": "y"},
        **axes,
        "barmode": "overlay",
        "annotations": [
            *headings(shown, noun, LINE_HEIGHT * levels, colours),
            *labels,
            *limit_labels(data, top_value, plot, colours),
            footer(notes, LEFT, below, dark),
        ],
    }
    return figure(
        [
            _columns(shown, top_value, colours),
            _cuts(clipped, top_value, colours),
            *_limits(data, colours),
            *_marks(data, top_value, colours),
            _signals(shown, colours),
            *lane_traces(initiatives, span, dark),
            *dialogue_traces(initiatives, span, dialogues, dark),
        ],
        layout,
        dark=dark,
        height=top + plot + lanes + below + footer_height(notes),
        margin={"l": LEFT, "r": RIGHT, "t": top, "b": below + footer_height(notes)},
    )


def _columns(shown: Sequence[Quarter], top: float, colours: Palette) -> dict[str, Any]:
    provisional = [quarter.state == "provisional" for quarter in shown]
    return {
        "type": "bar",
        "x": [quarter.x for quarter in shown],
        "y": [min(quarter.count or 0, top) for quarter in shown],
        "width": 0.72 * QUARTER,
        "marker": {
            "color": ["rgba(0,0,0,0)" if hollow else fade(colours.recorded, 0.8) for hollow in provisional],
            "line": {"color": colours.recorded, "width": [1.5 if hollow else 0 for hollow in provisional]},
        },
        "hovertext": [quarter.hover for quarter in shown],
        "hovertemplate": "%{hovertext}<extra></extra>",
        "textposition": "none",
        "name": "antal",
    }


def _cuts(clipped: Sequence[Quarter], top: float, colours: Palette) -> dict[str, Any]:
    """Draw two slanted cuts through each column that is higher than the axis."""
    x: list[float | None] = []
    y: list[float | None] = []
    for quarter in clipped:
        for height in (0.9, 0.93):
            x += [quarter.x - 0.6 * QUARTER, quarter.x + 0.6 * QUARTER, None]
            y += [(height - 0.012) * top, (height + 0.012) * top, None]
    return {
        "type": "scatter",
        "mode": "lines",
        "x": x,
        "y": y,
        "line": {"color": colours.paper, "width": 2},
        "hoverinfo": "skip",
        "name": "afkortet",
    }


def _limits(data: Sequence[Quarter], colours: Palette) -> list[dict[str, Any]]:
    # Each quarter spans its own width, so that limits which are set anew make a step.
    x = [place for quarter in data for place in (quarter.x - QUARTER / 2, quarter.x + QUARTER / 2)]
    lines = {name: [getattr(quarter, name) for quarter in data for _ in range(2)] for name in LIMITS}
    mean = {"color": colours.ink, "width": 1.5}
    limit = {"color": colours.muted, "width": 1.25, "dash": "4px,3px"}
    return [
        {
            "type": "scatter",
            "mode": "lines",
            "x": x,
            "y": line,
            "line": mean if name == "mean" else limit,
            "hoverinfo": "skip",
            "name": name,
        }
        for name, line in lines.items()
        if any(value is not None for value in line)
    ]


def _marks(data: Sequence[Quarter], top: float, colours: Palette) -> list[dict[str, Any]]:
    """Mark what has no column to see: nought, not reported, hidden."""
    kinds = (
        ("nul", "line-ew", 4.0, 0.0, colours.recorded, [quarter for quarter in data if quarter.count == 0]),
        ("ikke indberettet", "x-thin", 2.0, 0.03 * top, colours.neutral, _in_state(data, "missing")),
        ("skjules", "square-open", 2.0, 0.03 * top, colours.neutral, _in_state(data, "hidden")),
    )
    return [
        {
            "type": "scatter",
            "mode": "markers",
            "x": [quarter.x for quarter in marked],
            "y": [height] * len(marked),
            "marker": {"symbol": symbol, "size": 7, "color": colour, "line": {"width": width, "color": colour}},
            "hovertext": [quarter.hover for quarter in marked],
            "hovertemplate": "%{hovertext}<extra></extra>",
            "cliponaxis": False,
            "name": name,
        }
        for name, symbol, width, height, colour, marked in kinds
        if marked
    ]


def _in_state(data: Sequence[Quarter], state: str) -> list[Quarter]:
    return [quarter for quarter in data if quarter.state == state]


def _signals(shown: Sequence[Quarter], colours: Palette) -> dict[str, Any]:
    signalled = [quarter for quarter in shown if quarter.signal in SIGNALS]
    return {
        "type": "scatter",
        "mode": "markers",
        "x": [quarter.x for quarter in signalled],
        "y": [quarter.count for quarter in signalled],
        "marker": {
            "symbol": [SIGNALS[quarter.signal][0] for quarter in signalled],
            "size": 8,
            "color": colours.ink,
            "line": {"width": 1, "color": colours.paper},
        },
        "hovertext": [quarter.hover for quarter in signalled],
        "hovertemplate": "%{hovertext}<extra></extra>",
        "cliponaxis": False,
        "name": "signal",
    }
