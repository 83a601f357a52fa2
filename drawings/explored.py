"""Perceived above recorded over time as Plotly reads it, to zoom in on, point at and choose from.

The rules of a figure (where a line breaks, what is hollow, what is not shown) are those of `drawings.readings`.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape
from math import ceil
from typing import Any

import pandas as pd

from data import danish
from drawings.palette import Palette, fade
from drawings.readings import AreaLine, Reading, area_lines, ends
from drawings.words import BREAK, HOLLOW, UNKNOWN, wrap

MOST_EXPLORED = 10
"""Areas that can be told apart: the five colours, and the same dashed."""
HEIGHT = 560
HOVER_CHARACTERS = 52
NOT_SHOWN = "× tallet vises ikke"
QUARTERS_BELOW = 3
"""Years below which the quarters are named."""
_UPPER, _LOWER = (0.56, 1.0), (0.0, 0.44)
Trace = dict[str, Any]


@dataclass(frozen=True)
class Explored:
    """A figure for Plotly (its `data` and `layout`), and what its signs mean."""

    figure: dict[str, Any]
    caption: tuple[str, ...]


def explored(
    survey: pd.DataFrame,
    incidents: pd.DataFrame,
    *,
    titles: tuple[str, str],
    time: tuple[float, float],
    colours: Palette,
) -> Explored:
    """Survey rows (shares 0–1) above incident rows (rates per 1,000) on the same time.

    `titles` name the two axes, `time` is where it begins and ends in decimal years, `colours` those of the reader's
    theme. An area has one colour in both; its name in the legend takes both away. Raises ValueError for more than ten
    areas.
    """
    asked, counted = area_lines(survey), area_lines(incidents)
    areas = list(dict.fromkeys(line.area_id for line in (*asked, *counted)))
    if len(areas) > MOST_EXPLORED:
        raise ValueError(f"{len(areas)} areas; at most {MOST_EXPLORED} can be told apart")
    looks = {area: _look(place, colours) for place, area in enumerate(areas)}
    named: set[str] = set()
    traces = [
        *(trace for line in asked for trace in _traces(line, looks[line.area_id], colours, 100, "y", named)),
        *(trace for line in counted for trace in _traces(line, looks[line.area_id], colours, 1, "y2", named)),
    ]
    layout = _layout(titles, time, colours) | {"shapes": [*_breaks(asked, colours)]}
    for axis, lines, share in (("yaxis", asked, True), ("yaxis2", counted, False)):
        low, high = ends(lines, share=share)
        room = 0.06 * (high - low)  # what is not shown stands below the axis, never on it
        layout[axis]["range"] = [(100 if share else 1) * (low - room), (100 if share else 1) * high]
    return Explored({"data": traces, "layout": layout}, _caption([*asked, *counted]))


def _look(place: int, colours: Palette) -> tuple[str, str]:
    """Colour and dash of an area by its place."""
    count = len(colours.series)
    return colours.series[place % count], "solid" if place < count else "dash"


def _traces(
    line: AreaLine, look: tuple[str, str], colours: Palette, times: float, axis: str, named: set[str]
) -> Iterator[Trace]:
    """A trace for each run that may be joined, and one for what is not shown."""
    colour, dash = look
    common: Trace = {
        "type": "scatter", "name": escape(line.name), "legendgroup": line.area_id, "yaxis": axis, "xaxis": "x",
        "hoverinfo": "text",
    }  # fmt: skip
    for run in line.runs:
        yield common | {
            "mode": "lines+markers",
            "showlegend": line.area_id not in named,
            "x": [each.x for each in run],
            "y": [times * each.value for each in run],
            "hovertext": [_hover(each) for each in run],
            "line": {"color": colour, "dash": dash, "width": 2},
            "marker": {
                "symbol": ["diamond" if each.low is None else "circle" for each in run],
                "color": [colours.paper if each.hollow else colour for each in run],
                "line": {"color": colour, "width": 1.5},
                "size": 8,
            },
            "error_y": _interval(run, times, colour),
        }
        named.add(line.area_id)
    if line.unseen:
        yield common | {
            "mode": "markers",
            "showlegend": False,
            "x": [each.x for each in line.unseen],
            "y": [0.0] * len(line.unseen),
            "yaxis": "y3" if axis == "y" else "y4",
            "hovertext": [_hover(each) for each in line.unseen],
            "marker": {"symbol": "x-thin", "size": 8, "line": {"color": colour, "width": 2}},
        }


def _interval(run: Sequence[Reading], times: float, colour: str) -> Trace:
    def away(limit: float | None, value: float) -> float:
        return 0.0 if limit is None else times * abs(limit - value)

    return {
        "type": "data",
        "symmetric": False,
        "array": [away(each.high, each.value) for each in run],
        "arrayminus": [away(each.low, each.value) for each in run],
        "color": fade(colour, 0.5),
        "thickness": 1.5,
        "width": 0,
    }


def _hover(reading: Reading) -> str:
    """What a point says, broken into lines; no text from data becomes markup of Plotly's."""
    lines = [part for line in reading.hover.split("\n") for part in wrap(line, HOVER_CHARACTERS)]
    return "<br>".join(map(escape, lines))


def _breaks(lines: Sequence[AreaLine], colours: Palette) -> Iterator[Trace]:
    for x in sorted({x for line in lines for x, _ in line.breaks}):
        yield {"type": "line", "x0": x, "x1": x, "xref": "x", "y0": _UPPER[0], "y1": _UPPER[1], "yref": "paper",
               "line": {"color": colours.muted, "width": 1, "dash": "dot"}}  # fmt: skip


def _layout(titles: tuple[str, str], time: tuple[float, float], colours: Palette) -> dict[str, Any]:
    places, words = _ticks(*time)
    muted = {"color": colours.muted, "size": 12}
    axis = {"gridcolor": colours.line, "zeroline": False, "fixedrange": True, "automargin": True, "tickfont": muted}
    # What is not shown has an axis of its own, so that no zoom moves it to where a value would be.
    unseen = {"visible": False, "range": [-0.02, 1], "fixedrange": True}
    return {
        "height": HEIGHT,
        "margin": {"l": 8, "r": 8, "t": 8, "b": 8},
        "separators": ",.",
        "hovermode": "closest",
        "dragmode": "zoom",
        "legend": {"orientation": "h", "y": -0.08, "yanchor": "top", "x": 0},
        "font": {"color": colours.ink, "size": 13},
        "xaxis": {"range": list(time), "tickvals": places, "ticktext": words, "anchor": "y2", "showgrid": False,
                  "zeroline": False, "tickfont": muted},
        "yaxis": axis | {"domain": list(_UPPER), "title": {"text": escape(titles[0]), "font": muted}},
        "yaxis2": axis | {"domain": list(_LOWER), "title": {"text": escape(titles[1]), "font": muted}},
        "yaxis3": unseen | {"overlaying": "y"},
        "yaxis4": unseen | {"overlaying": "y2"},
    }  # fmt: skip


def _ticks(begin: float, end: float) -> tuple[list[float], list[str]]:
    """Where names of time stand and what they are: quarters of less than three years, else as many years as fit."""
    first, last = int(begin), ceil(end) - 1
    if end - begin < QUARTERS_BELOW:
        quarters = [(year, quarter) for year in range(first, last + 1) for quarter in range(4)]
        shown = [each for each in quarters if begin <= each[0] + each[1] / 4 + 0.125 <= end]
        return [year + quarter / 4 + 0.125 for year, quarter in shown], [
            f"K{quarter + 1}<br>{year}" if (year, quarter) == shown[0] or quarter == 0 else f"K{quarter + 1}"
            for year, quarter in shown
        ]
    step = max(1, -(-(last - first + 1) // 8))
    named = list(range(last, first - 1, -step))[::-1]
    return [year + 0.5 for year in named], [str(year) for year in named]


def _caption(lines: Sequence[AreaLine]) -> tuple[str, ...]:
    readings = [each for line in lines for each in line.readings]
    said = ["Lodret streg ved et punkt: 95 pct.-interval"]
    if any(each.uncertain or each.provisional for each in readings):
        said.append(f"{HOLLOW} eller foreløbig")
    if any(each.low is None for each in readings):
        said.append(UNKNOWN)
    if any(line.breaks for line in lines):
        said.append(f"Stiplet: {danish.inside(BREAK)}")
    if any(line.unseen for line in lines):
        said.append(NOT_SHOWN)
    return tuple(said)
