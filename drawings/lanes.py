"""Initiatives as horizontal bands under a time chart, and dialogues as marks on a line below them, on the same axis."""

from collections.abc import Sequence
from datetime import date

import pandas as pd

from drawings.model import LINE_HEIGHT, Axis, Bar, Line, Mark, Stop, Symbol, Text
from drawings.periods import LEFT, TICK_ROOM, Span, moment
from drawings.words import name_lines

Initiative = tuple[str, date | str, date | str | None]
Dialogue = tuple[date | str, str]
"""The day, and what kind of dialogue with whom."""

LANE = 28.0
NAME_CHARACTERS = 44
"""So much of a name fits on a line of the narrowest picture, 320 px."""
DIALOGUES = "Dialog med beboere og boligselskaber"


def lane_room(initiatives: Sequence[Initiative], span: Span, dialogues: Sequence[Dialogue] = ()) -> float:
    """Give the px the lanes take under the plot, the time axis' names aside; 0 without any."""
    named = sum(_room(name_lines(title, NAME_CHARACTERS)) for title, _, _ in within(initiatives, span))
    return named + LANE * bool(_held_within(dialogues, span))


def _room(lines: Sequence[str]) -> float:
    return LANE + LINE_HEIGHT * (len(lines) - 1)


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
    """Draw the lanes from `plot` px downwards: the title of each initiative and its bar, then the dialogues.

    A title begins at the left edge of the picture, so that it is whole at any width, and a thin line leads from there
    to its bar. A bar without an end date runs out in an arrow. Gives marks and stops.
    """
    span = (axis.low, axis.high)
    marks: list[Mark] = []
    stops: list[Stop] = []
    top = plot + TICK_ROOM
    y = top
    for title, start, end in within(initiatives, span):
        name = name_lines(title, NAME_CHARACTERS)
        bar = y + _room(name) - 0.26 * LANE
        first = axis.part(max(moment(start), span[0]))
        last = axis.part(span[1] if end is None else min(moment(end), span[1]))
        marks.append(Line("spor", ((0, bar), (first, bar)), "line"))
        marks.append(Bar("indsatser", first, last, bar - 0.12 * LANE, bar + 0.12 * LANE, "primary", 0.45))
        marks.append(Text("indsatsernes navne", name, 0, y + 1, dx=-LEFT, level="top"))
        if end is None:
            marks.append(Symbol("fortsætter", last, bar, "triangle-right", 12, "primary"))
        stops.append(Stop((first + last) / 2, bar, f"{title}: {_period(start, end)}"))
        y += _room(name)
    held = _held_within(dialogues, span)
    if held:
        marks.append(Text("dialogernes navn", (DIALOGUES,), 0, y + 1, dx=-LEFT, level="top"))
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
