"""Perceived safety over the waves: lines with their intervals, cut where comparison stops, initiatives beneath."""

from collections.abc import Sequence
from typing import Any

import pandas as pd

from components.charts.labels import spread
from components.charts.lanes import Initiative, lane_axes, lane_room, lane_traces
from components.charts.periods import LEFT, RIGHT, TICK_ROOM, Span, span_of, time_axis
from components.charts.style import (
    LINE_HEIGHT,
    SMALL,
    Chart,
    air_above,
    caption_lines,
    escape,
    figure,
    figures,
    footer,
    footer_height,
    note,
    nothing,
    percent_ticks,
    wrap,
)
from components.charts.waves import Line, Reading, area_lines, band, ends, joined, newest_label
from drawings.palette import Palette, fade, palette

PLOT = 250
MOST_HIGHLIGHTED = 5
LABEL_CHARACTERS = 15
# Bands of more areas than this cover each other; from there on each reading carries a line.
MOST_BANDS = 2
# How far the readings of several areas stand apart within a year, as a part of the axis.
APART = 0.011
SYMBOLS = ("circle", "square", "triangle-up", "pentagon", "triangle-down")


def trend(
    rows: pd.DataFrame,
    *,
    highlight: Sequence[str] | None = None,
    direction: int = 1,
    initiatives: Sequence[Initiative] = (),
    years: tuple[int, int] | None = None,
    limits: tuple[float, float] | None = None,
    plot: float = PLOT,
    dark: bool = False,
) -> Chart:
    """Draw survey shares of one or more areas over the waves.

    `rows` are survey rows of one indicator (shares 0–1). `highlight` names at most five area ids to draw in colour
    with a label at the end, the others grey; by default the first five. `direction` is 1 where more is better.
    `initiatives` are (title, start, end or None), drawn as bands under the plot. `years` (first, last) and `limits`
    (lowest, highest share) fix the axes, so that pictures can be compared. `plot` is the plot's height in px.
    Raises ValueError for more than five highlighted areas.
    """
    if rows.empty:
        return nothing(dark)
    colours = palette(dark)
    everything = area_lines(rows)
    chosen = list(highlight) if highlight is not None else [line.area_id for line in everything[:MOST_HIGHLIGHTED]]
    if len(chosen) > MOST_HIGHLIGHTED:
        raise ValueError(f"{len(chosen)} areas to highlight; at most {MOST_HIGHLIGHTED} can be told apart")
    front = [line for line in everything if line.area_id in chosen]
    context = [line for line in everything if line.area_id not in chosen]
    hues = colours.series if len(front) > 1 else (colours.perceived,)
    span = span_of([reading.x for line in everything for reading in (*line.readings, *line.unseen)] or [2000], years)
    low, high = limits or ends(everything, share=True)
    breaks = _breaks(front)
    captions = caption_lines(_captions(front, context, low, high, direction))
    top = 12 + (2 * LINE_HEIGHT if breaks else 0)
    lanes = lane_room(initiatives, span)
    below = 10 if lanes else TICK_ROOM
    axes = lane_axes(initiatives, span, plot)
    axes["yaxis"] |= {"range": air_above(low, high), **percent_ticks(low, high)}
    layout: dict[str, Any] = {
        "xaxis": {**time_axis(span, dark), "anchor": "y"},
        **axes,
        "shapes": [_break_line(x, colours) for x in breaks],
        "annotations": [
            *(_break_label(x, text, span, colours) for x, text in breaks.items()),
            *_end_labels(front, hues, low, high, plot),
            footer(captions, LEFT, below, dark),
        ],
        "barmode": "overlay",
    }
    traces = [_context_trace(context, colours), _unseen_trace(front, hues, low, high)]
    for index, line in enumerate(front):
        shift = (index - (len(front) - 1) / 2) * APART * (span[1] - span[0]) if len(front) > MOST_BANDS else 0.0
        traces += [
            _interval_trace(line, hues[index], span, len(front), shift),
            _line_trace(line, hues[index], SYMBOLS[index], shift, colours),
        ]
    return figure(
        [*traces, *lane_traces(initiatives, span, dark)],
        layout,
        dark=dark,
        height=top + plot + lanes + below + footer_height(captions),
        margin={"l": LEFT, "r": RIGHT, "t": top, "b": below + footer_height(captions)},
    )


def _breaks(front: Sequence[Line]) -> dict[float, str]:
    return {x: text for line in front for x, text in line.breaks}


def _context_trace(context: Sequence[Line], colours: Palette) -> dict[str, Any]:
    x, y, hover = joined([run for line in context for run in line.runs])
    return {
        "type": "scatter",
        "mode": "lines+markers",
        "x": x,
        "y": y,
        "line": {"color": colours.faint, "width": 1.25},
        "marker": {"size": 4, "color": colours.faint},
        "hovertext": hover,
        "hovertemplate": "%{hovertext}<extra></extra>",
        "name": "andre områder",
    }


def _interval_trace(line: Line, hue: str, span: Span, count: int, shift: float) -> dict[str, Any]:
    """Draw intervals as a band where one or two areas share the picture, as a line at each reading where more do."""
    trace = {"type": "scatter", "mode": "lines", "hoverinfo": "skip", "name": "interval"}
    if count <= MOST_BANDS:
        x, y = band(line.runs, 0.008 * (span[1] - span[0]))
        fill = {"fill": "toself", "fillcolor": fade(hue, 0.2 if count == 1 else 0.14), "line": {"width": 0}}
        return {**trace, **fill, "x": x, "y": y}
    known = [reading for reading in line.readings if reading.low is not None]
    return {
        **trace,
        "x": [x for reading in known for x in (reading.x + shift, reading.x + shift, None)],
        "y": [y for reading in known for y in (reading.low, reading.high, None)],
        "line": {"color": fade(hue, 0.6), "width": 2},
    }


def _line_trace(line: Line, hue: str, symbol: str, shift: float, colours: Palette) -> dict[str, Any]:
    x, y, hover = joined(line.runs)
    marks = [mark for run in line.runs for mark in [*run, None]]
    hollow = [mark is not None and _is_hollow(mark) for mark in marks]
    edges = [colours.neutral if mark is not None and mark.uncertain else hue for mark in marks]
    return {
        "type": "scatter",
        "mode": "lines+markers",
        "x": [None if time is None else time + shift for time in x],
        "y": y,
        "line": {"color": hue, "width": 2.25},
        "marker": {
            "size": 8,
            "symbol": ["diamond" if mark is not None and mark.low is None else symbol for mark in marks],
            "color": [colours.paper if open_ else hue for open_ in hollow],
            "line": {
                "width": [1.75 if open_ else 1 for open_ in hollow],
                "color": [edge if open_ else colours.paper for open_, edge in zip(hollow, edges, strict=True)],
            },
        },
        "customdata": [line.area_id] * len(x),
        "hovertext": hover,
        "hovertemplate": "%{hovertext}<extra></extra>",
        "cliponaxis": False,
        "name": "andel",
    }


def _is_hollow(reading: Reading) -> bool:
    return reading.low is None or reading.uncertain or reading.provisional


def _unseen_trace(front: Sequence[Line], hues: Sequence[str], low: float, high: float) -> dict[str, Any]:
    unseen = [reading for line in front for reading in line.unseen]
    edges = [hue for line, hue in zip(front, hues, strict=False) for _ in line.unseen]
    return {
        "type": "scatter",
        "mode": "markers",
        "x": [reading.x for reading in unseen],
        "y": [low + 0.03 * (high - low)] * len(unseen),
        "marker": {"symbol": "x-thin", "size": 8, "line": {"width": 2, "color": edges}},
        "hovertext": [reading.hover for reading in unseen],
        "hovertemplate": "%{hovertext}<extra></extra>",
        "cliponaxis": False,
        "name": "uden tal",
    }


def _break_line(x: float, colours: Palette) -> dict[str, Any]:
    return {
        "type": "line",
        "x0": x,
        "x1": x,
        "y0": 0,
        "y1": 1,
        "yref": "y domain",
        "layer": "below",
        "line": {"color": colours.muted, "width": 1, "dash": "dot"},
    }


def _break_label(x: float, text: str, span: Span, colours: Palette) -> dict[str, Any]:
    part = (x - span[0]) / (span[1] - span[0])
    side = "left" if part < 0.3 else "right" if part > 0.7 else "center"
    return note(
        text,
        x=x,
        y=1,
        yref="paper",
        yanchor="bottom",
        yshift=4,
        xanchor=side,
        align=side,
        font={"size": SMALL, "color": colours.muted},
    )


def _end_labels(
    front: Sequence[Line], hues: Sequence[str], low: float, high: float, plot: float
) -> list[dict[str, Any]]:
    """Label each line beside its last reading, moved apart where they would overlap, with a thread to the reading."""
    labelled = [(line, hue) for line, hue in zip(front, hues, strict=False) if line.readings]
    texts = [_end_text(line.name, newest_label(line, front)) for line, _ in labelled]
    heights = [LINE_HEIGHT * (text.count("<br>") + 1) + 2.0 for text in texts]
    wished = [(line.readings[-1].value - low) / (high - low) * plot / 1.02 for line, _ in labelled]
    placed = spread(wished, heights)
    return [
        {
            "text": text,
            "x": 1,
            "xref": "paper",
            "xanchor": "left",
            "xshift": 4,
            "y": low + place / plot * 1.02 * (high - low),
            "yanchor": "middle",
            "align": "left",
            "showarrow": False,
            "font": {"size": SMALL, "color": hue},
        }
        for (_, hue), text, place in zip(labelled, texts, placed, strict=True)
    ]


def _end_text(name: str, value: str) -> str:
    """Set name and value on as few lines as the margin takes."""
    parts = wrap(name, LABEL_CHARACTERS)
    space = " " if len(parts[-1]) + 1 + len(value) <= LABEL_CHARACTERS else "<br>"
    return "<br>".join(escape(part) for part in parts) + f"{space}<b>{figures(value)}</b>"


def _captions(front: Sequence[Line], context: Sequence[Line], low: float, high: float, direction: int) -> list[str]:
    readings = [reading for line in front for reading in line.readings]
    parts = [
        f"Aksen går fra {100 * low:.0f} til {100 * high:.0f} pct.",
        "højere er bedre" if direction > 0 else "lavere er bedre",
    ]
    if any(reading.low is not None for reading in readings):
        parts.append(f"{'Farvet flade' if len(front) <= MOST_BANDS else 'Lodret streg'}: 95 pct.-interval")
    if any(reading.uncertain for reading in readings):
        parts.append("○ meget usikker")
    if any(reading.low is None for reading in readings):
        parts.append("◇ uden kendt usikkerhed")
    if any(line.unseen for line in front):
        parts.append("× uden tal")
    if context:
        parts.append("Grå: andre områder")
    return parts
