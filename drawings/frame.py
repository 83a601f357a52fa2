"""The marks of a plot's axes: gridlines, tick names and the line that stands under a time axis."""

from collections.abc import Iterator

from drawings.model import SMALL, Axis, Drawing, Line, Mark, Text

TICK = 4.0


def frame_marks(drawing: Drawing) -> Iterator[Mark]:
    """What stands behind the marks of a drawing."""
    if drawing.upwards:
        yield from _upwards(drawing.upwards, drawing.plot)
    if drawing.across:
        yield from _across(drawing.across, drawing.plot if drawing.axis_at is None else drawing.axis_at)


def _upwards(axis: Axis, plot: float) -> Iterator[Mark]:
    for value, words in axis.ticks:
        y = plot * (1 - axis.part(value))
        if axis.grid:
            yield Line("gitter", ((0, y), (1, y)), "line")
        yield Text("akse", (words,), 0, y, dx=-6, anchor="end", size=SMALL, colour="muted")


def _across(axis: Axis, plot: float) -> Iterator[Mark]:
    if axis.line:
        yield Line("akselinje", ((0, plot), (1, plot)), "line")
    for value in axis.minor:
        yield Line("akse", ((axis.part(value), plot), (axis.part(value), plot + TICK)), "line")
    for value, words in axis.ticks:
        part = axis.part(value)
        if axis.grid:
            yield Line("gitter", ((part, 0), (part, plot)), "line")
        yield Text("akse", tuple(words.split("\n")), part, plot + 4, anchor="middle", level="top", size=SMALL,
                   colour="muted")  # fmt: skip
