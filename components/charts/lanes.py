"""Initiatives as horizontal bands under a time chart, and dialogues as marks on a line below them, on the same axis."""

from collections.abc import Sequence
from datetime import date
from typing import Any

import pandas as pd

from components.charts.periods import TICK_ROOM, Span, moment
from components.charts.style import SMALL, escape
from drawings.palette import fade, palette

Initiative = tuple[str, date | str, date | str | None]
Dialogue = tuple[date | str, str]
"""The day, and what kind of dialogue with whom."""

LANE = 28
TITLE_CHARACTERS = 34


def lane_room(initiatives: Sequence[Initiative], span: Span, dialogues: Sequence[Dialogue] = ()) -> float:
    """Give the px the lanes need under the plot, the time axis' labels included; 0 without any."""
    lanes = _lanes(initiatives, span, dialogues)
    return TICK_ROOM + LANE * lanes if lanes else 0


def _lanes(initiatives: Sequence[Initiative], span: Span, dialogues: Sequence[Dialogue]) -> int:
    return len(within(initiatives, span)) + bool(_held_within(dialogues, span))


def _held_within(dialogues: Sequence[Dialogue], span: Span) -> list[Dialogue]:
    return [(day, words) for day, words in dialogues if span[0] <= moment(day) <= span[1]]


def within(initiatives: Sequence[Initiative], span: Span) -> list[Initiative]:
    """Keep the initiatives that were running at some time within the axis; an end not known (NaT, "") is None."""
    known = [(title, start, None if pd.isna(end) or end == "" else end) for title, start, end in initiatives]
    return [
        (title, start, end)
        for title, start, end in known
        if moment(start) < span[1] and (end is None or moment(end) > span[0])
    ]


def lane_traces(initiatives: Sequence[Initiative], span: Span, dark: bool) -> list[dict[str, Any]]:
    """Draw each initiative as a bar on `y2` with its title above; one without an end date runs out in an arrow."""
    shown = within(initiatives, span)
    if not shown:
        return []
    colours = palette(dark)
    starts = [max(moment(start), span[0]) for _, start, _ in shown]
    ends = [span[1] if end is None else min(moment(end), span[1]) for _, _, end in shown]
    titles = [escape(_shorten(title)) for title, _, _ in shown]
    hover = [escape(f"{title}: {_period(start, end)}") for title, start, end in shown]
    # A title that starts late on the axis ends where its bar ends, or it would run off a phone.
    late = [start > span[0] + 0.4 * (span[1] - span[0]) for start in starts]
    rows = range(len(shown))
    open_rows = [row for row in rows if shown[row][2] is None]
    return [
        {
            "type": "bar",
            "orientation": "h",
            "base": starts,
            "x": [end - start for start, end in zip(starts, ends, strict=True)],
            "y": [row + 0.74 for row in rows],
            "width": 0.24,
            "yaxis": "y2",
            "marker": {"color": fade(colours.primary, 0.45), "line": {"width": 0}},
            "hovertext": hover,
            "hovertemplate": "%{hovertext}<extra></extra>",
            "textposition": "none",
            "name": "indsatser",
        },
        {
            "type": "scatter",
            "mode": "text",
            "x": [ends[row] if late[row] else starts[row] for row in rows],
            "y": [row + 0.38 for row in rows],
            "text": titles,
            "textposition": ["middle left" if late[row] else "middle right" for row in rows],
            "textfont": {"size": SMALL, "color": colours.ink},
            "yaxis": "y2",
            "hoverinfo": "skip",
            "cliponaxis": False,
            "name": "indsatsernes navne",
        },
        {
            "type": "scatter",
            "mode": "markers",
            "x": [ends[row] for row in open_rows],
            "y": [row + 0.74 for row in open_rows],
            "marker": {"symbol": "triangle-right", "size": 12, "color": colours.primary},
            "yaxis": "y2",
            "hoverinfo": "skip",
            "cliponaxis": False,
            "name": "fortsætter",
        },
    ]


def dialogue_traces(
    initiatives: Sequence[Initiative], span: Span, dialogues: Sequence[Dialogue], dark: bool
) -> list[dict[str, Any]]:
    """Mark each dialogue by its day on the lane below the bands."""
    held = _held_within(dialogues, span)
    if not held:
        return []
    colours, lane = palette(dark), len(within(initiatives, span))
    return [
        {
            "type": "scatter",
            "mode": "markers",
            "x": [moment(day) for day, _ in held],
            "y": [lane + 0.74] * len(held),
            "marker": {"symbol": "diamond-open", "size": 9, "color": colours.primary, "line": {"width": 1.5}},
            "hovertext": [escape(f"{_day(day)}: {words}") for day, words in held],
            "hovertemplate": "%{hovertext}<extra></extra>",
            "yaxis": "y2",
            "cliponaxis": False,
            "name": "dialog",
        },
        {
            "type": "scatter",
            "mode": "text",
            "x": [span[0]],
            "y": [lane + 0.38],
            "text": ["Dialog med beboere og boligselskaber"],
            "textposition": ["middle right"],
            "textfont": {"size": SMALL, "color": colours.ink},
            "yaxis": "y2",
            "hoverinfo": "skip",
            "cliponaxis": False,
            "name": "dialogernes navn",
        },
    ]


def lane_axes(
    initiatives: Sequence[Initiative], span: Span, plot: float, dialogues: Sequence[Dialogue] = ()
) -> dict[str, Any]:
    """Split the height between a plot of `plot` px and the lanes beneath it: what `yaxis` and `yaxis2` add."""
    room = lane_room(initiatives, span, dialogues)
    if not room:
        return {"yaxis": {}}
    total = plot + room
    count = _lanes(initiatives, span, dialogues)
    return {
        "yaxis": {"domain": [room / total, 1]},
        "yaxis2": {
            "domain": [0, (room - TICK_ROOM) / total],
            "range": [count, 0],
            "showticklabels": False,
            "showgrid": False,
            "anchor": "x",
        },
    }


def _shorten(title: str) -> str:
    return title if len(title) <= TITLE_CHARACTERS else title[: TITLE_CHARACTERS - 1].rstrip() + "…"


def _period(start: date | str, end: date | str | None) -> str:
    first = _day(start)
    return f"fra {first}, er i gang" if end is None else f"fra {first} til {_day(end)}"


def _day(day: date | str) -> str:
    parsed = date.fromisoformat(day[:10]) if isinstance(day, str) else day
    return f"{parsed.day}.{parsed.month}.{parsed.year}"
