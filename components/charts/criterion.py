"""A success criterion in one picture: where we began, where we should be by now, where we are, where we are going."""

from typing import Any

import pandas as pd

from components.charts.criterion_labels import PLOT, Point, Unit, baseline_label, side_labels, times_named
from components.charts.periods import position, span_of, time_axis
from components.charts.style import LINE_HEIGHT, Chart, figure, hover_texts, percent_ticks
from drawings.palette import Palette, fade, palette

LEFT = 52
RIGHT = 116
TOP = 12
BOTTOM = 44


def criterion(
    points: pd.DataFrame,
    baseline: Point | tuple[str, float, float | None, float | None],
    target: float,
    deadline: str,
    required_today: float | None,
    today: Point | tuple[str, float, float | None, float | None] | None,
    direction: int = 1,
    unit: Unit = "pct.",
    dark: bool = False,
) -> Chart:
    """Draw a criterion: baseline, the way to the target by the deadline, and today's figure with its interval.

    `points` are the figures on the way, possibly none: `period` and `value`, or survey rows (wave, share), or
    incident rows (period, count).
    `baseline` and `today` are (period, value, low, high); `today` and `required_today` are None before the first
    measurement. `target`, `required_today` and values are shares with unit "pct.", counts with "antal". `direction`
    is 1 where the goal lies above. The way runs through `required_today`, so it shows what the assessment used,
    also where that lies on a log scale. A figure whose `state` is provisional is drawn hollow, and so explained.
    """
    colours = palette(dark)
    start = _point(baseline)
    now = _point(today) if today is not None else None
    ends_at = position(deadline)
    way = [(position(start.period), start.value), (ends_at, target)]
    if now is not None and required_today is not None:
        way.insert(1, (min(position(now.period), ends_at), required_today))
    times, values, hover, hollow = _history(points)
    low, high = _limits(start, now, [target, *values], unit)
    latest = [position(now.period)] if now else []
    span = span_of([position(start.period), ends_at, *times, *latest], None)
    said = dict(zip(times, hover, strict=True))
    named = (position(start.period), *latest)
    between = [index for index, time in enumerate(times) if time not in named]
    traces = [
        _history_trace(
            [times[index] for index in between],
            [values[index] for index in between],
            [hover[index] for index in between],
            [hollow[index] for index in between],
            colours,
        ),
        _baseline_trace(start, said.get(position(start.period), ""), colours),
    ]
    if now is not None:
        colour = colours.perceived if unit == "pct." else colours.recorded
        traces.append(_today_trace(now, colour, said.get(position(now.period), ""), colours))
    traces.insert(-1, _way_trace(way, colours))
    is_newest = now is None or max(times, default=0.0) <= position(now.period)
    provisional = any(hollow[index] for index in between)
    bottom = BOTTOM + (LINE_HEIGHT if provisional else 0)
    ticks = percent_ticks(low, high, 5) if unit == "pct." else {"nticks": 4, "tickformat": ",d"}
    return figure(
        traces,
        {
            "xaxis": {**time_axis(span, dark), **times_named(start, now, deadline, span)},
            "yaxis": {"range": [low, high], **ticks},
            "shapes": [_goal_side(target, direction, low, high, colours), _target_line(target, colours)],
            "annotations": [
                baseline_label(start, unit, colours, provisional),
                *side_labels(target, required_today, now, unit, (low, high), colours, is_newest),
            ],
        },
        dark=dark,
        height=TOP + PLOT + bottom,
        margin={"l": LEFT, "r": RIGHT, "t": TOP, "b": bottom},
    )


def _point(point: Point | tuple[str, float, float | None, float | None]) -> Point:
    """Read a tuple as a point; limits that are NaN, as tables hold them, become None."""
    period, value, *limits = point
    low, high = (None if pd.isna(limit) else limit for limit in (*limits, None, None)[:2])
    return Point(period, value, low, high)


def _history(points: pd.DataFrame) -> tuple[list[float], list[float], list[str], list[bool]]:
    """Give times, values and hover texts of the figures that are known, and which of them are provisional."""
    column = next((name for name in ("value", "share", "count") if name in points), None)
    if column is None:
        return [], [], [], []
    shown = points[points[column].notna()]
    times = [position(period) for period in shown["wave" if "wave" in shown else "period"]]
    states = shown["state"] if "state" in shown else [""] * len(shown)
    return times, list(shown[column]), hover_texts(shown), [state == "provisional" for state in states]


def _limits(start: Point, now: Point | None, values: list[float], unit: Unit) -> tuple[float, float]:
    """Give an axis that holds every value and interval, with room for the label of the baseline."""
    limits = [limit for point in (start, now) if point for limit in (point.value, point.low, point.high)]
    shown = [*values, *(limit for limit in limits if limit is not None)]
    low, high = min(shown), max(shown)
    air = 0.2 * max(high - low, 0.05 if unit == "pct." else 4)
    return max(0, low - air), min(1, high + air) if unit == "pct." else high + air


def _history_trace(
    times: list[float], values: list[float], hover: list[str], hollow: list[bool], colours: Palette
) -> dict[str, Any]:
    return {
        "type": "scatter",
        "mode": "markers",
        "x": times,
        "y": values,
        "marker": {
            "size": 7,
            "color": colours.neutral,
            "symbol": ["circle-open" if each else "circle" for each in hollow],
            "line": {"width": [1.5 if each else 0 for each in hollow]},
        },
        "hovertext": hover,
        "hovertemplate": "%{hovertext}<extra></extra>",
        "cliponaxis": False,
        "name": "målinger",
    }


def _way_trace(way: list[tuple[float, float]], colours: Palette) -> dict[str, Any]:
    return {
        "type": "scatter",
        "mode": "lines+markers",
        "x": [x for x, _ in way],
        "y": [y for _, y in way],
        "line": {"color": colours.muted, "width": 1.5, "dash": "5px,4px"},
        # Only where we should be by now carries a mark; the ends have their own.
        "marker": {
            "symbol": "line-ew",
            "opacity": 1,
            "size": [20 if 0 < index < len(way) - 1 else 0 for index in range(len(way))],
            "line": {"width": 2.5, "color": colours.ink},
        },
        "hoverinfo": "skip",
        "cliponaxis": False,
        "name": "vejen til målet",
    }


def _baseline_trace(start: Point, hover: str, colours: Palette) -> dict[str, Any]:
    return {
        "type": "scatter",
        "mode": "markers",
        "x": [position(start.period)],
        "y": [start.value],
        "error_y": _whisker(start, fade(colours.muted, 0.7), 2),
        "marker": {
            "symbol": "diamond",
            "size": 11,
            "color": colours.muted,
            "line": {"width": 1.5, "color": colours.paper},
        },
        **_said(hover),
        "cliponaxis": False,
        "name": "udgangspunkt",
    }


def _today_trace(now: Point, colour: str, hover: str, colours: Palette) -> dict[str, Any]:
    return {
        "type": "scatter",
        "mode": "markers",
        "x": [position(now.period)],
        "y": [now.value],
        "error_y": _whisker(now, fade(colour, 0.7), 6),
        "marker": {"size": 13, "color": colour, "line": {"width": 2, "color": colours.paper}},
        **_said(hover),
        "cliponaxis": False,
        "name": "nu",
    }


def _said(hover: str) -> dict[str, Any]:
    """Give a point its hover text, or no hover where there is none."""
    return {"hovertext": [hover], "hovertemplate": "%{hovertext}<extra></extra>"} if hover else {"hoverinfo": "skip"}


def _whisker(point: Point, colour: str, thickness: float) -> dict[str, Any]:
    if point.low is None or point.high is None:
        return {"visible": False}
    return {
        "type": "data",
        "symmetric": False,
        "array": [point.high - point.value],
        "arrayminus": [point.value - point.low],
        "color": colour,
        "thickness": thickness,
        "width": 0,
    }


def _goal_side(target: float, direction: int, low: float, high: float, colours: Palette) -> dict[str, Any]:
    return {
        "type": "rect",
        "xref": "paper",
        "x0": 0,
        "x1": 1,
        "y0": target,
        "y1": high if direction > 0 else low,
        "fillcolor": fade(colours.better, 0.12),
        "line": {"width": 0},
        "layer": "below",
    }


def _target_line(target: float, colours: Palette) -> dict[str, Any]:
    return {
        "type": "line",
        "xref": "paper",
        "x0": 0,
        "x1": 1,
        "y0": target,
        "y1": target,
        "layer": "below",
        "line": {"color": colours.better, "width": 2},
    }
