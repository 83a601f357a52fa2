"""The words in the picture of a criterion: which times are named below, and what stands beside it."""

from typing import Any, Literal, NamedTuple

from components.charts.labels import spread
from components.charts.periods import Span, position, quarter_name
from components.charts.style import LINE_HEIGHT, SMALL, figures, note, text_width
from data import danish
from drawings.palette import Palette

Unit = Literal["pct.", "antal"]

PLOT = 96
# The plot on the narrowest phone, in px, and the air between two names under it.
NARROWEST = 150
AIR = 8


class Point(NamedTuple):
    """A figure at a time: the period ("2021", "2025K4"), a share 0–1 or a count, and its limits where known."""

    period: str
    value: float
    low: float | None = None
    high: float | None = None


def _say(value: float, unit: Unit) -> str:
    return figures(danish.percent(value, 0) if unit == "pct." else danish.number(value))


def times_named(start: Point, now: Point | None, deadline: str, span: Span) -> dict[str, Any]:
    """Name the times that matter under the axis: deadline, baseline and today, as many as a phone has room for."""
    wanted = [
        (position(deadline), _deadline_name(deadline)),
        (position(start.period), quarter_name(start.period)),
        *([(position(now.period), quarter_name(now.period))] if now else []),
    ]
    named: list[tuple[float, str]] = []
    for x, text in wanted:
        if all(_are_apart(x, text, *other, span) for other in named):
            named.append((x, text))
    return {"tickvals": [x for x, _ in named], "ticktext": [text for _, text in named]}


def _are_apart(x: float, text: str, other: float, beside: str, span: Span) -> bool:
    between = abs(x - other) / (span[1] - span[0]) * NARROWEST
    return between >= (text_width(text, SMALL) + text_width(beside, SMALL)) / 2 + AIR


def _deadline_name(deadline: str) -> str:
    return f"{quarter_name(deadline) if len(deadline) <= 6 else deadline[:4]}<br>frist"


def baseline_label(start: Point, unit: Unit, colours: Palette, provisional: bool = False) -> dict[str, Any]:
    """Name the baseline under its time, where no other figure can stand in the way, and what a hollow point is."""
    explained = "<br>○ hul: foreløbigt tal" if provisional else ""
    return note(
        f"◆ Udgangspunkt {_say(start.value, unit)}{explained}",
        x=0,
        xref="paper",
        xanchor="left",
        y=0,
        yref="paper",
        yanchor="top",
        yshift=-22,
        font={"size": SMALL, "color": colours.muted},
    )


def side_labels(
    target: float,
    required: float | None,
    now: Point | None,
    unit: Unit,
    limits: tuple[float, float],
    colours: Palette,
    is_newest: bool = True,
) -> list[dict[str, Any]]:
    """Name target, what is required by now and today's figure to the right, moved apart where they are close.

    Where a newer figure than the one judged stands in the picture (not `is_newest`), the period says what is meant.
    """
    low, high = limits
    named = [(target, f"<b>Mål {_say(target, unit)}</b>", colours.better)]
    if now is not None:
        colour = colours.perceived if unit == "pct." else colours.recorded
        when = "Nu" if is_newest else f"{quarter_name(now.period)}:"
        named.append((now.value, f"<b>{when} {_say(now.value, unit)}</b>", colour))
        if required is not None:
            needed = "Krævet nu" if is_newest else "Krævet da"
            named.append((required, f"{needed} {_say(required, unit)}", colours.muted))
    placed = spread([(value - low) / (high - low) * PLOT for value, _, _ in named], [LINE_HEIGHT + 1.0] * len(named))
    return [
        note(
            text,
            x=1,
            xref="paper",
            xanchor="left",
            xshift=6,
            y=low + place / PLOT * (high - low),
            yanchor="middle",
            font={"size": SMALL, "color": colour},
        )
        for (_, text, colour), place in zip(named, placed, strict=True)
    ]
