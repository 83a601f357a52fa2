"""Recorded offences by quarter: columns from zero, with expected limits and signals where the rules allow them."""

from collections.abc import Sequence
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from components.charts.labels import spread
from components.charts.lanes import Dialogue, Initiative, dialogue_traces, lane_axes, lane_room, lane_traces
from components.charts.periods import (
    LEFT,
    RIGHT,
    TICK_ROOM,
    Span,
    quarter_name,
    span_of,
    time_axis,
)
from components.charts.quarters import LIMITS, Quarter, axis_top, complete
from components.charts.style import (
    LINE_HEIGHT,
    SMALL,
    caption_lines,
    escape,
    figure,
    figures,
    footer,
    footer_height,
    note,
    nothing,
)
from components.palette import Palette, fade, palette
from data import danish

PLOT = 230
QUARTER = 0.25
# What a heading may fill beside the newest figure, and the part of a phone's axis that a mass registration's number
# takes.
HEADING_CHARACTERS = 26
MASS_LABEL = 0.2
# How far the value axis runs on above its top.
ABOVE_TOP = 1.02
SIGNALS = {
    "outside": ("diamond", "◆ uden for grænserne"),
    "shift": ("circle", "● flere i træk på samme side af midten"),
    "trend": ("triangle-up", "▲ flere i træk i samme retning"),
    "two_of_three": ("square", "■ to af tre tæt på grænsen"),
}


def recorded(
    rows: pd.DataFrame,
    *,
    noun: str = "anmeldelser",
    initiatives: Sequence[Initiative] = (),
    dialogues: Sequence[Dialogue] = (),
    years: tuple[int, int] | None = None,
    plot: float = PLOT,
    dark: bool = False,
) -> go.Figure:
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
    labels, levels = _mass_labels(masses, top_value, plot, span, colours)
    captions = caption_lines(_captions(data, masses, clipped))
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
            *_headings(shown, noun, LINE_HEIGHT * levels, colours),
            *labels,
            *_limit_labels(data, top_value, plot, colours),
            footer(captions, LEFT, below, dark),
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
        height=top + plot + lanes + below + footer_height(captions),
        margin={"l": LEFT, "r": RIGHT, "t": top, "b": below + footer_height(captions)},
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


def _headings(shown: Sequence[Quarter], noun: str, above: float, colours: Palette) -> list[dict[str, Any]]:
    """Say above the plot what is counted, and what the newest quarter shows."""
    place = {"y": 1, "yref": "paper", "yanchor": "bottom", "yshift": above + 8, "xref": "paper"}
    font = {"size": SMALL, "color": colours.muted}
    heading = f"{noun[:1].upper()}{noun[1:]} pr. kvartal"
    labels = [note(escape(heading), **place, x=0, xanchor="left", xshift=-LEFT, font=font)]
    # A long name of an offence takes the whole line on a phone, so the newest figure is left to the plot.
    if shown and len(heading) <= HEADING_CHARACTERS:
        newest = shown[-1]
        state = " (foreløbig)" if newest.state == "provisional" else ""
        text = f"{quarter_name(newest.period)}: <b>{figures(danish.number(newest.count))}</b>{state}"
        labels.append(note(text, **place, x=1, xanchor="right", xshift=RIGHT - 6, font=font))
    return labels


def _mass_labels(
    masses: Sequence[Quarter], top: float, plot: float, span: Span, colours: Palette
) -> tuple[list[dict[str, Any]], int]:
    """Number each mass registration above the plot, a thin line down to its own column; gives the levels.

    Where two stand close the later takes a level of its own. A number ends at its column, so that the line of a
    later column passes it by; only where there is no room to the left does it begin there.
    """
    labels: list[dict[str, Any]] = []
    taken: list[float] = []  # per level, how far along the axis it is taken, as a part of its length
    for quarter in masses:
        part = (quarter.x - span[0]) / (span[1] - span[0])
        early = part < MASS_LABEL
        start, end = (part, part + MASS_LABEL) if early else (part - MASS_LABEL, part)
        level = next((index for index, until in enumerate(taken) if until < start), len(taken))
        taken[level : level + 1] = [end]
        height = min(quarter.count or 0, top)
        labels.append(
            {
                "text": f"<b>{figures(danish.number(quarter.count))}</b>",
                "name": f"masseregistrering {quarter.period}",
                "x": quarter.x,
                "y": height,
                "xanchor": "left" if early else "right",
                "yanchor": "bottom",
                "ax": -4 if early else 4,
                "ay": -plot * (1 - height / (ABOVE_TOP * top)) - LINE_HEIGHT * level - 3,
                "arrowhead": 0,
                "arrowwidth": 1,
                "arrowcolor": colours.muted,
                "borderpad": 0,
                "font": {"size": SMALL, "color": colours.ink},
            }
        )
    return labels, len(taken)


def _limit_labels(data: Sequence[Quarter], top: float, plot: float, colours: Palette) -> list[dict[str, Any]]:
    """Name the mean and the limits to the right of where they end."""
    words = {"upper": "grænse", "mean": "middel", "lower": "grænse"}
    known = {name: [value for quarter in data if (value := getattr(quarter, name)) is not None] for name in words}
    labelled = [(words[name], values[-1]) for name, values in known.items() if values]
    placed = spread([value / top * plot for _, value in labelled], [float(LINE_HEIGHT)] * len(labelled))
    return [
        note(
            f"{word} {figures(danish.number(value))}",
            x=1,
            xref="paper",
            xanchor="left",
            xshift=6,
            y=place / plot * top,
            yanchor="middle",
            font={"size": SMALL, "color": colours.ink if word == "middel" else colours.muted},
        )
        for (word, value), place in zip(labelled, placed, strict=True)
    ]


def _captions(data: Sequence[Quarter], masses: Sequence[Quarter], clipped: Sequence[Quarter]) -> list[str]:
    signals = {quarter.signal for quarter in data if quarter.count is not None}
    states = {quarter.state for quarter in data}
    parts = [words for name, (_, words) in SIGNALS.items() if name in signals]
    if masses:
        parts.append("Tal over en søjle: masseregistrering")
    if clipped:
        parts.append("Søjle med to snit: skåret af")
    if "provisional" in states:
        parts.append("Hul søjle: foreløbigt tal")
    if any(quarter.count == 0 for quarter in data):
        parts.append("– nul")
    if "missing" in states:
        parts.append("× ikke indberettet")
    if "hidden" in states:
        parts.append("□ skjules (få hændelser)")
    return parts
