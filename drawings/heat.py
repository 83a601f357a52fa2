"""The week as a picture: a square for each weekday and band of hours, stronger where more was reported."""

from collections.abc import Sequence
from itertools import pairwise

import pandas as pd

from data import danish
from drawings.model import NOTHING, SMALL, Bar, Drawing, Margin, Mark, Stop, Text, Twin
from drawings.palette import DARK, LIGHT

ROW = 34.0
LEFT, TOP = 66.0, 26.0
GAP = 2.0
# The part of the way to the darkest from which white reads better than black; at the limit both have a contrast of 4.5.
LIGHT_FROM = 0.8
CAPTION = ("Tallene er antal anmeldelser i løbet af året.", "Farverne går fra færrest til flest.")


def heat(rows: pd.DataFrame, *, days: Sequence[str], bands: Sequence[str], hover: Sequence[str] = ()) -> Drawing:
    """Draw counts by time of week, Monday to the left and midnight at the top.

    `rows` has weekday (1–7), band (0–5) and count (NaN: not reported, drawn empty); `days` and `bands` are their names
    in order. `hover` is a text for each row, in the order of the rows.
    """
    if rows.empty or rows["count"].isna().all():
        return NOTHING
    top = max(float(rows["count"].max()), 1.0)
    hovers = list(hover) or [""] * len(rows)
    marks: list[Mark] = []
    stops: list[Stop] = []
    counts: dict[tuple[int, int], str] = {}
    wide = 1 / len(days)
    for weekday, band, count, text in zip(rows["weekday"], rows["band"], rows["count"], hovers, strict=True):
        day, row = int(weekday) - 1, int(band)
        middle = ((day + 0.5) * wide, (row + 0.5) * ROW)
        if text:
            stops.append(Stop(*middle, text))
        if pd.isna(count):
            continue
        counts[day, row] = danish.number(count)
        marks.append(
            Bar("felt", day * wide + 0.004, (day + 1) * wide - 0.004, row * ROW + GAP / 2, (row + 1) * ROW - GAP / 2,
                shade(float(count) / top))
        )  # fmt: skip
        ink = "/".join(_ink(part) for part in (float(count) / top, 1 - float(count) / top))
        marks.append(Text("tal", (counts[day, row],), *middle, anchor="middle", colour=ink))
    marks += [Text("dag", (day,), (index + 0.5) * wide, -6, anchor="middle", level="bottom")
              for index, day in enumerate(days)]  # fmt: skip
    marks += [Text("tid", (band,), 0, (index + 0.5) * ROW, dx=-8, anchor="end", size=SMALL)
              for index, band in enumerate(bands)]  # fmt: skip
    return Drawing(
        "heat",
        ROW * len(bands),
        Margin(LEFT, 4, TOP, 10),
        tuple(marks),
        stops=tuple(stops),
        caption=CAPTION,
        twin=Twin(
            ("Tid", *days),
            tuple(
                (band, *(counts.get((day, row), danish.MISSING) for day in range(len(days))))
                for row, band in enumerate(bands)
            ),
        ),
    )


def _ink(dark: float) -> str:
    return "#ffffff" if dark > LIGHT_FROM else "#000000"


def shade(part: float) -> str:
    """The colours ("light/dark") of a part (0–1) of the highest count, between the classes of recorded offences."""
    return f"{_shade(LIGHT.sequential_recorded, part)}/{_shade(DARK.sequential_recorded, part)}"


def _shade(scale: Sequence[str], part: float) -> str:
    steps = len(scale) - 1
    step = min(int(part * steps), steps - 1)
    low, high = list(pairwise(scale))[step]
    rest = part * steps - step
    mixed = (round(int(low[at : at + 2], 16) * (1 - rest) + int(high[at : at + 2], 16) * rest) for at in (1, 3, 5))
    return "#" + "".join(f"{value:02x}" for value in mixed)
