"""Initiatives as horizontal bands under a time chart, and dialogues as marks on a line below them, on the same axis."""

from collections.abc import Sequence
from datetime import date

import pandas as pd

from drawings.model import Axis, Bar, Mark, Stop, Symbol, Text
from drawings.periods import TICK_ROOM, Span, moment

Initiative = tuple[str, date | str, date | str | None]
Dialogue = tuple[date | str, str]
"""The day, and what kind of dialogue with whom."""

LANE = 28.0
DIALOGUES = "Dialog med beboere og boligselskaber"


def lane_room(initiatives: Sequence[Initiative], span: Span, dialogues: Sequence[Dialogue] = ()) -> float:
    """Give the px the lanes take under the plot, the time axis' names aside; 0 without any."""
    return LANE * (len(within(initiatives, span)) + bool(_held_within(dialogues, span)))


def within(initiatives: Sequence[Initiative], span: Span) -> list[Initiative]:
    """Keep the initiatives that were running at some time within the axis; an end not known (NaT, "") is None."""
    known = [(title, start, None if pd.isna(end) or end == "" else end) for title, start, end in initiatives]
    return [
        (title, start, end)
        for title, start, end in known
        if moment(start) < span[1] and (end is None or moment(end) > span[0])
    ]


def lanes(
    initiatives: Sequence[Initiative], axis: Axis, plot: float, dialogues: Sequence[Dialogue] = ()
) -> tuple[list[Mark], list[Stop]]:
    """Draw the lanes from `plot` px downwards: a bar with its title above for each initiative, then the dialogues.

    A bar without an end date runs out in an arrow. Gives marks and stops.
    """
    span = (axis.low, axis.high)
    marks: list[Mark] = []
    stops: list[Stop] = []
    top = plot + TICK_ROOM
    shown = within(initiatives, span)
    for row, (title, start, end) in enumerate(shown):
        y = top + LANE * row
        first = axis.part(max(moment(start), span[0]))
        last = axis.part(span[1] if end is None else min(moment(end), span[1]))
        # A title that starts late on the axis ends where its bar ends, or it would run off a phone.
        late = first > 0.4
        marks.append(Bar("indsatser", first, last, y + 0.62 * LANE, y + 0.86 * LANE, "primary", 0.45))
        marks.append(
            Text("indsatsernes navne", (title,), last if late else first, y + 0.3 * LANE,
                 anchor="end" if late else "start")
        )  # fmt: skip
        if end is None:
            marks.append(Symbol("fortsætter", last, y + 0.74 * LANE, "triangle-right", 12, "primary"))
        stops.append(Stop((first + last) / 2, y + 0.74 * LANE, f"{title}: {_period(start, end)}"))
    held = _held_within(dialogues, span)
    if held:
        y = top + LANE * len(shown)
        marks.append(Text("dialogernes navn", (DIALOGUES,), 0, y + 0.3 * LANE))
    for day, words in held:
        x = axis.part(moment(day))
        marks.append(Symbol("dialog", x, y + 0.74 * LANE, "diamond", 9, "paper", "primary", 1.5))
        stops.append(Stop(x, y + 0.74 * LANE, f"{_day(day)}: {words}"))
    return marks, stops


def _held_within(dialogues: Sequence[Dialogue], span: Span) -> list[Dialogue]:
    return [(day, words) for day, words in dialogues if span[0] <= moment(day) <= span[1]]


def _period(start: date | str, end: date | str | None) -> str:
    first = _day(start)
    return f"fra {first}, er i gang" if end is None else f"fra {first} til {_day(end)}"


def _day(day: date | str) -> str:
    parsed = date.fromisoformat(day[:10]) if isinstance(day, str) else day
    return f"{parsed.day}.{parsed.month}.{parsed.year}"
