"""The look every chart shares: template, margins, captions, and text made safe for Plotly."""

import html
import math
import re
import textwrap
from collections.abc import Iterable, Sequence
from functools import cache
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from components.palette import palette
from data import danish

FONT = "Inter, 'Inter Variable', system-ui, 'Segoe UI', sans-serif"
SIZE = 13
SMALL = 11.5
# Inter's mean advance in em over Danish text; Plotly does not tell text widths before it draws.
ADVANCE = 0.54
# A line of caption that still fits beside the page's own padding on a phone 390 px wide.
CAPTION_CHARACTERS = 55
LINE_HEIGHT = 16
HOVER_CHARACTERS = 36
SEPARATOR = " · "

CONFIG: dict[str, Any] = {
    "displayModeBar": False,
    "locale": "da",
    "responsive": True,
    "scrollZoom": False,
    "doubleClick": False,
    "showTips": False,
}


def escape(text: str) -> str:
    """Make text from data safe for Plotly, which reads a small HTML in every label."""
    return html.escape(text, quote=False)


def hover_texts(rows: pd.DataFrame) -> list[str]:
    """Give the ready hover text of each row, escaped and wrapped so that a phone shows all of it.

    A line break in the text (a newline or `<br>`) stays a line break; a missing text becomes empty.
    """
    return [_hover(text) for text in rows["hover"]] if "hover" in rows else [""] * len(rows)


def _hover(text: object) -> str:
    if not isinstance(text, str):
        return ""
    lines = text.replace("<br>", "\n").split("\n")
    return "<br>".join(escape(part) for line in lines for part in textwrap.wrap(line, HOVER_CHARACTERS) or [""])


def wrap(text: str, characters: int) -> list[str]:
    """Break a name into lines at spaces, hyphens and slashes, without cutting a word."""
    lines = textwrap.wrap(text.replace("/", "/ "), characters, break_long_words=False)
    return [line.replace("/ ", "/") for line in lines]


def lines(text: str, characters: int) -> str:
    """Give a name wrapped and escaped as a Plotly label."""
    return "<br>".join(escape(line) for line in wrap(text, characters))


def figures(text: str) -> str:
    """Set digits in tabular figures, so that values under each other line up."""
    return f'<span style="font-variant-numeric:tabular-nums">{text}</span>'


def labels_of(rows: pd.DataFrame, column: str) -> list[str]:
    """Give the text beside each figure: the row's ready `label`, or the figure in Danish where there is none.

    Shares become whole per cent, counts whole numbers and rates get one decimal; a missing figure becomes "–".
    """
    texts = {"share": lambda value: danish.percent(value, 0), "rate": danish.decimal}.get(column, danish.number)
    ready = rows["label"] if "label" in rows else [""] * len(rows)
    return [
        escape(label) if isinstance(label, str) and label else texts(value)
        for label, value in zip(ready, rows[column], strict=True)
    ]


def percent_ticks(low: float, high: float, at_most: int = 7, unit: str = " pct.") -> dict[str, Any]:
    """Give a share axis at most so many ticks in whole per cent; only the highest carries the unit.

    Steps that reach both ends of the axis are preferred, then the smallest.
    """
    ends = (100 * low, 100 * high)
    steps = [step for step in (2, 5, 10, 20, 25, 50) if (ends[1] - ends[0]) / step + 1 <= at_most + 1e-6]
    step = min(steps, key=lambda step: (any(abs(end / step - round(end / step)) > 1e-6 for end in ends), step))
    whole = range(step * math.ceil(ends[0] / step - 1e-6), math.floor(ends[1] + 1e-6) + 1, step)
    return {
        "tickmode": "array",
        "tickvals": [tick / 100 for tick in whole],
        "ticktext": [str(tick) for tick in whole[:-1]] + [f"{whole[-1]}{unit}"],
    }


def air_above(low: float, high: float) -> list[float]:
    """Give an axis' range with so much air on top that the uppermost gridline is drawn."""
    return [low, high + 0.02 * (high - low)]


def text_width(label: str, size: float = SIZE) -> float:
    """Estimate the width in px of a ready label, the widest line counting; markup takes no room."""
    shown = [html.unescape(re.sub(r"<[^>]*>", "", line)) for line in label.split("<br>")]
    return max(len(line) for line in shown) * size * ADVANCE


@cache
def template(dark: bool) -> go.layout.Template:
    """Our own Plotly template: Inter, transparent ground, light horizontal lines, a quiet hover card."""
    colours = palette(dark)
    axis = {
        "showgrid": False,
        "zeroline": False,
        "showline": False,
        "fixedrange": True,
        "ticks": "",
        "tickangle": 0,
        "ticklabelstandoff": 4,
        "tickfont": {"size": SMALL, "color": colours.muted},
        "automargin": False,
    }
    return go.layout.Template(
        layout={
            "font": {"family": FONT, "size": SIZE, "color": colours.ink},
            "paper_bgcolor": "rgba(0,0,0,0)",
            "plot_bgcolor": "rgba(0,0,0,0)",
            "separators": ",.",
            "showlegend": False,
            "autosize": True,
            "dragmode": False,
            "hovermode": "closest",
            "hoverdistance": 24,
            "hoverlabel": {
                "bgcolor": colours.surface,
                "bordercolor": colours.line,
                "font": {"family": FONT, "size": SIZE, "color": colours.ink},
                "align": "left",
            },
            "xaxis": axis,
            "yaxis": {**axis, "showgrid": True, "gridcolor": colours.line, "gridwidth": 1},
        }
    )


def figure(
    traces: Sequence[dict[str, Any]],
    layout: dict[str, Any],
    *,
    dark: bool,
    height: float,
    margin: dict[str, float],
) -> go.Figure:
    """Assemble a figure with our template; `height` and `margin` are px and include the captions."""
    base = {
        "template": template(dark),
        "height": round(height),
        "margin": {**margin, "pad": 0, "autoexpand": False},
    }
    return go.Figure({"data": list(traces), "layout": {**base, **layout}})


def nothing(dark: bool) -> go.Figure:
    """Give the picture of no rows: a sentence instead of an empty frame."""
    text = note("Der er ingen tal at vise.", x=0, y=0.5, xref="paper", yref="paper", xanchor="left")
    hidden = {"visible": False}
    layout = {"annotations": [text], "xaxis": hidden, "yaxis": hidden}
    return figure([], layout, dark=dark, height=80, margin={"l": 0, "r": 0, "t": 0, "b": 0})


def caption_lines(parts: Iterable[str]) -> list[str]:
    """Set the parts of a caption on lines that fit a phone, breaking between parts where it can be done."""
    done: list[str] = []
    for part in parts:
        if done and len(done[-1]) + len(SEPARATOR) + len(part) <= CAPTION_CHARACTERS:
            done[-1] += SEPARATOR + part
        else:
            done.extend(textwrap.wrap(part, CAPTION_CHARACTERS))
    return done


def note(text: str, **place: Any) -> dict[str, Any]:
    """Give an annotation without arrow; `text` is already safe for Plotly."""
    defaults = {"showarrow": False, "align": "left", "font": {"size": SMALL}, "borderpad": 0}
    return {**defaults, "text": text, **place}


def footer(captions: Sequence[str], left: float, below: float, dark: bool) -> dict[str, Any]:
    """Give the caption under a chart, flush with the figure's left edge and `below` px under the plot."""
    return note(
        "<br>".join(escape(line) for line in captions),
        x=0,
        xref="paper",
        xanchor="left",
        xshift=-left,
        y=0,
        yref="paper",
        yanchor="top",
        yshift=-below,
        font={"size": SMALL, "color": palette(dark).muted},
    )


def footer_height(captions: Sequence[str]) -> float:
    """Give the px a footer takes, with a little air under it."""
    return LINE_HEIGHT * len(captions) + 6
