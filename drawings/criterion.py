"""A success criterion in one picture: where we began, where we should be by now, where we are, where we are going."""

from collections.abc import Callable, Iterator, Sequence
from typing import Literal, NamedTuple

import pandas as pd

from data import danish
from drawings.model import (
    LINE_HEIGHT,
    SMALL,
    Axis,
    Bar,
    Drawing,
    Line,
    Margin,
    Mark,
    Stop,
    Symbol,
    Text,
    Twin,
    text_width,
)
from drawings.periods import Span, position, short_name, span_of, time_axis
from drawings.placing import spread
from drawings.ticks import number_ticks, percent_ticks
from drawings.words import hovers

Unit = Literal["pct.", "antal"]
At = Callable[[float, float], tuple[float, float]]

PLOT = 96.0
LEFT, RIGHT, TOP, BOTTOM = 52.0, 116.0, 12.0, 44.0
# The plot on the narrowest phone, in px, and the air between two names under it.
NARROWEST, AIR = 150.0, 8.0


class Point(NamedTuple):
    """A figure at a time: the period ("2021", "2025K4"), a share 0–1 or a count, and its limits where known."""

    period: str
    value: float
    low: float | None = None
    high: float | None = None


class _Figure(NamedTuple):
    """A figure on the way."""

    x: float
    value: float
    hover: str
    hollow: bool


def criterion(
    points: pd.DataFrame,
    baseline: Point | tuple[str, float, float | None, float | None],
    target: float,
    deadline: str,
    required_today: float | None,
    today: Point | tuple[str, float, float | None, float | None] | None,
    direction: int = 1,
    unit: Unit = "pct.",
) -> Drawing:
    """Draw a criterion: baseline, the way to the target by the deadline, and today's figure with its interval.

    `points` are the figures on the way, possibly none: `period` and `value`, or survey rows (wave, share), or
    incident rows (period, count).
    `baseline` and `today` are (period, value, low, high); `today` and `required_today` are None before the first
    measurement. `target`, `required_today` and values are shares with unit "pct.", counts with "antal". `direction`
    is 1 where the goal lies above. The way runs through `required_today`, so it shows what the assessment used,
    also where that lies on a log scale. A figure whose `state` is provisional is drawn hollow, and so explained.
    """
    start, now = _point(baseline), _point(today) if today is not None else None
    ends_at = position(deadline)
    way = [(position(start.period), start.value), (ends_at, target)]
    if now is not None and required_today is not None:
        way.insert(1, (min(position(now.period), ends_at), required_today))
    history = _history(points)
    low, high = _limits(start, now, [target, *(each.value for each in history)], unit)
    latest = [position(now.period)] if now else []
    span = span_of([position(start.period), ends_at, *(each.x for each in history), *latest], None)
    between = [each for each in history if each.x not in (position(start.period), *latest)]
    provisional = any(each.hollow for each in between)
    ticks = percent_ticks(low, high, 5) if unit == "pct." else number_ticks(low, high, 4)
    upwards = Axis(low, high, ticks, grid=True)
    across = Axis(*span, _times_named(start, now, deadline, span), time_axis(span).minor, line=True)
    hue = "perceived" if unit == "pct." else "recorded"

    def at(x: float, value: float) -> tuple[float, float]:
        return across.part(x), PLOT * (1 - upwards.part(value))

    goal = at(0, target)[1]
    top, bottom = (0.0, goal) if direction > 0 else (goal, PLOT)
    marks: list[Mark] = [
        Bar("målside", 0, 1, top, bottom, "better", 0.12),
        Line("mål", ((0, goal), (1, goal)), "better", 2),
        *(
            Symbol("målinger", *at(each.x, each.value), "circle", 7, "paper" if each.hollow else "neutral", "neutral",
                   1.5 if each.hollow else 0)
            for each in between
        ),
        *_marked(start, at, "udgangspunkt", "muted", "diamond", 9, 2),
        Line("vejen til målet", tuple(at(*each) for each in way), "muted", 1.5, dash="5 4"),
        *(Symbol("krævet nu", *at(*each), "line", 20, "ink", "ink", 2.5) for each in way[1:-1]),
    ]  # fmt: skip
    if now is not None:
        marks += _marked(now, at, "nu", hue, "circle", 13, 6)
    is_newest = now is None or max((each.x for each in history), default=0.0) <= position(now.period)
    explained = ("○ hul: foreløbigt tal",) if provisional else ()
    marks.append(
        Text("udgangspunktets navn", (f"◆ Udgangspunkt {_say(start.value, unit)}", *explained), 0, PLOT + 22,
             level="top", colour="muted")
    )  # fmt: skip
    marks += _side_labels(target, required_today, now, unit, upwards, hue, is_newest)
    hover_at = {each.x: each.hover for each in history}
    stops = [Stop(*at(each.x, each.value), each.hover) for each in between if each.hover]
    stops += [
        Stop(*at(position(each.period), each.value), hover_at[position(each.period)])
        for each in (start, now)
        if each is not None and hover_at.get(position(each.period))
    ]
    named = [("Udgangspunkt", start.period, start.value), ("Mål", deadline, target)]
    named += [("Nu", now.period, now.value)] if now else []
    return Drawing(
        "criterion",
        PLOT,
        Margin(LEFT, RIGHT, TOP, BOTTOM + (LINE_HEIGHT if provisional else 0)),
        tuple(marks),
        across=across,
        upwards=upwards,
        stops=tuple(stops),
        twin=Twin(
            ("Hvad", "Hvornår", "Tal"),
            tuple((what, short_name(when), _say(value, unit)) for what, when, value in named),
        ),
    )


def _point(point: Point | tuple[str, float, float | None, float | None]) -> Point:
    """Read a tuple as a point; limits that are NaN, as tables hold them, become None."""
    period, value, *limits = point
    low, high = (None if pd.isna(limit) else limit for limit in (*limits, None, None)[:2])
    return Point(period, value, low, high)


def _history(points: pd.DataFrame) -> list[_Figure]:
    """Give the figures that are known, in the order of the rows."""
    column = next((name for name in ("value", "share", "count") if name in points), None)
    if column is None:
        return []
    shown = points[points[column].notna()]
    states = shown["state"] if "state" in shown else [""] * len(shown)
    times = shown["wave" if "wave" in shown else "period"]
    return [
        _Figure(position(time), value, hover, state == "provisional")
        for time, value, hover, state in zip(times, shown[column], hovers(shown), states, strict=True)
    ]


def _limits(start: Point, now: Point | None, values: Sequence[float], unit: Unit) -> tuple[float, float]:
    """Give an axis that holds every value and interval, with room for the label of the baseline."""
    limits = [limit for point in (start, now) if point for limit in (point.value, point.low, point.high)]
    shown = [*values, *(limit for limit in limits if limit is not None)]
    low, high = min(shown), max(shown)
    air = 0.2 * max(high - low, 0.05 if unit == "pct." else 4)
    return max(0, low - air), min(1, high + air) if unit == "pct." else high + air


def _marked(point: Point, at: At, name: str, hue: str, shape: str, size: float, whisker: float) -> Iterator[Mark]:
    x = position(point.period)
    if point.low is not None and point.high is not None:
        yield Line(f"{name}, interval", (at(x, point.low), at(x, point.high)), hue, whisker, opacity=0.7)
    yield Symbol(name, *at(x, point.value), shape, size, hue, "paper", 2 if shape == "circle" else 1.5)


def _say(value: float, unit: Unit) -> str:
    return danish.percent(value, 0) if unit == "pct." else danish.number(value)


def _times_named(start: Point, now: Point | None, deadline: str, span: Span) -> tuple[tuple[float, str], ...]:
    """Name the times that matter under the axis: deadline, baseline and today, as many as a phone has room for."""
    wanted = [
        (position(deadline), _deadline_name(deadline)),
        (position(start.period), short_name(start.period)),
        *([(position(now.period), short_name(now.period))] if now else []),
    ]
    named: list[tuple[float, str]] = []
    for x, text in wanted:
        if all(_are_apart(x, text, *other, span) for other in named):
            named.append((x, text))
    return tuple(named)


def _are_apart(x: float, text: str, other: float, beside: str, span: Span) -> bool:
    between = abs(x - other) / (span[1] - span[0]) * NARROWEST
    widths = [max(text_width(line, SMALL) for line in each.split("\n")) for each in (text, beside)]
    return between >= sum(widths) / 2 + AIR


def _deadline_name(deadline: str) -> str:
    return f"{short_name(deadline) if len(deadline) <= 6 else deadline[:4]}\nfrist"


def _side_labels(
    target: float, required: float | None, now: Point | None, unit: Unit, upwards: Axis, hue: str, is_newest: bool
) -> Iterator[Mark]:
    """Name target, what is required by now and today's figure to the right, moved apart where they are close.

    Where a newer figure than the one judged stands in the picture (not `is_newest`), the period says what is meant.
    """
    named = [(target, f"Mål {_say(target, unit)}", "better", True)]
    if now is not None:
        when = "Nu" if is_newest else f"{short_name(now.period)}:"
        named.append((now.value, f"{when} {_say(now.value, unit)}", hue, True))
        if required is not None:
            needed = "Krævet nu" if is_newest else "Krævet da"
            named.append((required, f"{needed} {_say(required, unit)}", "muted", False))
    wished = [PLOT * (1 - upwards.part(value)) for value, *_ in named]
    placed = spread(wished, [LINE_HEIGHT + 1.0] * len(named))
    for (_, words, colour, bold), y in zip(named, placed, strict=True):
        yield Text("sidenavn", (words,), 1, y, dx=6, colour=colour, bold=bold)
