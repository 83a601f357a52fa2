"""An estimate as it lies along an axis: its interval as a line, thin where it is uncertain, and its mark upon it."""

import pandas as pd

from drawings.model import Axis, Line, Mark, Symbol


def estimate_marks(
    name: str,
    figure: tuple[float, float, float],
    across: Axis,
    y: float,
    *,
    shape: str,
    size: float,
    colour: str,
    uncertain: bool,
    hollow: bool,
) -> list[Mark]:
    """The marks of one estimate at `y` px, its own called `name`.

    `figure` is the value and the lower and upper limit, in the units of `across`; the limits are NaN where nobody
    knows them, and no line is drawn. A `hollow` mark has the colour of the paper inside.
    """
    value, low, high = figure
    marks: list[Mark] = []
    if not pd.isna(low):
        ends = ((across.part(low), y), (across.part(high), y))
        kind = "usikkert interval" if uncertain else "interval"
        marks.append(Line(kind, ends, colour, 2 if uncertain else 5, opacity=1 if uncertain else 0.7))
    fill, edge = ("paper", colour) if hollow else (colour, "paper")
    marks.append(Symbol(name, across.part(value), y, shape, size, fill, edge, 2 if hollow else 1.5))
    return marks
