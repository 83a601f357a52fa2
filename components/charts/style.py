"""The look every chart shares: template, margins, captions, and text made safe for Plotly."""

import base64
import html
import math
import re
import textwrap
from collections.abc import Iterable, Sequence
from functools import cache, cached_property
from typing import Any

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from data import danish
from drawings.palette import palette

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
# As many words as fit on a line of hover text; and what takes more care than that.
_FITTING = re.compile(rf"(.{{1,{HOVER_CHARACTERS}}})(?: |$)")
_UNEVEN = re.compile(rf"-|[^\S ]|  |^ | $|\S{{{HOVER_CHARACTERS + 1}}}")

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
    return escape("\n".join(part for line in lines for part in _wrapped(line) or [""])).replace("\n", "<br>")


def _wrapped(line: str) -> list[str]:
    """The lines of `textwrap.wrap`, which takes ten times as long over every plain sentence."""
    return textwrap.wrap(line, HOVER_CHARACTERS) if _UNEVEN.search(line) else _FITTING.findall(line)


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
def template(dark: bool) -> dict[str, Any]:
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
    return {
        "layout": {
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
    }


class Chart(go.Figure):
    """A figure that Plotly checks only when somebody looks into it, and that nobody changes any more.

    Checking takes many times as long as all the rest of a picture, and what the functions here give is checked where
    the tests look into it. Readers are sent it as it was given.
    """

    def __init__(self, given: dict[str, Any]) -> None:
        """Take `data` (traces) and `layout` as plain dicts."""
        # Around Plotly's own way of setting attributes, which looks into the figure.
        self.__dict__["_given"] = given

    def __getattr__(self, name: str) -> Any:
        """Only asked for what checking makes: `_data`, `_layout_obj` and so on."""
        if "_given" not in self.__dict__ or "_checked" in self.__dict__:
            raise AttributeError(name)
        self.__dict__["_checked"] = True
        super().__init__(self._given)
        return getattr(self, name)

    def to_dict(self) -> dict[str, Any]:
        """What browsers are sent; shared, so never write to it."""
        return self._sent

    @cached_property
    def _sent(self) -> dict[str, Any]:
        return {**self._given, "data": [_packed(trace) for trace in self._given["data"]]}

    def with_meta(self, meta: dict[str, Any]) -> "Chart":
        """The same figure with notes on it that Plotly carries along."""
        return Chart({**self._given, "layout": {**self._given["layout"], "meta": meta}})

    @property
    def meta(self) -> dict[str, Any]:
        """The notes on it."""
        notes: dict[str, Any] = self._given["layout"].get("meta", {})
        return notes


def _packed(trace: dict[str, Any]) -> dict[str, Any]:
    """A trace with its arrays as Plotly.js reads them: their bytes, which are shorter than digits."""
    return trace | {name: _bytes(value) for name, value in trace.items() if isinstance(value, np.ndarray)}


def _bytes(values: np.ndarray) -> dict[str, str]:
    spec = {"dtype": values.dtype.str[1:], "bdata": base64.b64encode(values.tobytes()).decode()}
    return spec | ({"shape": ", ".join(map(str, values.shape))} if values.ndim > 1 else {})


def figure(
    traces: Sequence[dict[str, Any]],
    layout: dict[str, Any],
    *,
    dark: bool,
    height: float,
    margin: dict[str, float],
) -> Chart:
    """Assemble a figure with our template; `height` and `margin` are px and include the captions."""
    base = {
        "template": template(dark),
        "height": round(height),
        "margin": {**margin, "pad": 0, "autoexpand": False},
    }
    return Chart({"data": list(traces), "layout": {**base, **layout}})


def nothing(dark: bool) -> Chart:
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
