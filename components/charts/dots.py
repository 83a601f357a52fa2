"""The main picture of areas: one row an area, a dot for the share and a line for its interval."""

from collections.abc import Collection
from typing import Any

import pandas as pd

from components.charts.style import (
    LINE_HEIGHT,
    SIZE,
    SMALL,
    Chart,
    caption_lines,
    escape,
    figure,
    figures,
    footer,
    footer_height,
    hover_texts,
    labels_of,
    lines,
    note,
    nothing,
    percent_ticks,
    text_width,
)
from data import danish
from drawings.axis import share_limits
from drawings.palette import Palette, fade, palette

ROW = 32
NAME_CHARACTERS = 15
TICK_ROOM = 24


def dot_and_interval(
    rows: pd.DataFrame,
    reference: tuple[float, str] | None = None,
    direction: int = 1,
    dark: bool = False,
    *,
    selected: Collection[str] = (),
    limits: tuple[float, float] | None = None,
) -> Chart:
    """Draw survey shares of areas with their intervals, in the order of the rows.

    `rows` are survey rows of one wave and indicator (shares 0–1). `reference` is a share and its label, drawn as a
    line. `direction` is 1 where more is better and −1 where less is. `selected` area ids stand in bold. `limits`
    fixes the axis (shares), so that pictures of several waves share it; otherwise it is set from the rows and said
    under the picture.
    Quality C is hollow and grey, a share of unknown uncertainty an open diamond; quality D, a hidden and a missing
    figure are words in their row, never an empty one.
    """
    if rows.empty:
        return nothing(dark)
    colours = palette(dark)
    states = [_state(row) for row in rows.itertuples()]
    values = labels_of(rows, "share")
    drawn = [state == "" for state in states]
    low, high = limits or _limits(rows[drawn], reference)
    count = len(rows)
    names = [_name(str(name), area in selected) for name, area in zip(rows["name"], rows["area_id"], strict=True)]
    left = max((text_width(name) for name in names), default=0) + 18
    row_height = max(ROW, 6 + LINE_HEIGHT * max((name.count("<br>") + 1 for name in names), default=1))
    captions = caption_lines(_captions(rows[drawn], low, high, direction))
    top = 26 if reference else 8
    axis = {"range": [count - 0.5, -0.5], "tickmode": "array", "tickvals": list(range(count))}
    layout: dict[str, Any] = {
        "xaxis": {"range": [low, high], **percent_ticks(low, high, 4, unit="")},
        "yaxis": {
            **axis,
            "ticktext": names,
            "tickfont": {"size": SIZE, "color": colours.ink},
            "ticklabelstandoff": 10,
        },
        # The values stand on an axis of their own to the right, so that they line up whatever the width.
        "yaxis2": {
            **axis,
            "ticktext": [_value(value, state) for value, state in zip(values, states, strict=True)],
            "tickfont": {"size": SIZE, "color": colours.ink},
            "ticklabelstandoff": 8,
            "overlaying": "y",
            "side": "right",
            "showgrid": False,
        },
        "shapes": [_reference_line(reference[0], colours)] if reference else [],
        "annotations": [
            footer(captions, left, TICK_ROOM, dark),
            *([_reference_label(reference, low, high, colours)] if reference else []),
        ],
    }
    return figure(
        [
            *_interval_traces(rows, drawn, colours),
            _dot_trace(rows, drawn, colours),
            _word_trace(rows, states, low, colours),
        ],
        layout,
        dark=dark,
        height=top + row_height * count + TICK_ROOM + footer_height(captions),
        margin={"l": left, "r": 64, "t": top, "b": TICK_ROOM + footer_height(captions)},
    )


def _state(row: Any) -> str:
    """Say in words why a row has no dot; empty where it has one."""
    if row.quality == "D":
        return "ikke vist (for få svar)"
    if row.state == "hidden":
        return "skjules (få hændelser)"
    if row.state == "missing" or pd.isna(row.share):
        return "ikke målt"
    return ""


def _name(name: str, bold: bool) -> str:
    text = lines(name, NAME_CHARACTERS)
    return f"<b>{text}</b>" if bold else text


def _value(value: str, state: str) -> str:
    # A figure space before one digit keeps the units under each other.
    return "" if state else figures(value.rjust(7, "\u2007"))


def _limits(rows: pd.DataFrame, reference: tuple[float, str] | None) -> tuple[float, float]:
    """Give whole tens of per cent around everything drawn, within 0–100."""
    values = [*rows["share"].dropna(), *rows["low"].dropna(), *rows["high"].dropna()]
    values += [reference[0]] if reference else []
    return share_limits(values)


def _captions(rows: pd.DataFrame, low: float, high: float, direction: int) -> list[str]:
    parts = [
        f"Pct.; aksen går fra {100 * low:.0f} til {100 * high:.0f}",
        "højere er bedre" if direction > 0 else "lavere er bedre",
    ]
    if (rows["low"].notna() & (rows["quality"] != "C")).any():
        parts.append("Streg: 95 pct.-interval")
    if (rows["quality"] == "C").any():
        parts.append("○ meget usikker")
    if rows["low"].isna().any():
        parts.append("◇ uden kendt usikkerhed")
    return parts


def _interval_traces(rows: pd.DataFrame, drawn: list[bool], colours: Palette) -> list[dict[str, Any]]:
    traces = []
    for uncertain in (False, True):
        x: list[float | None] = []
        y: list[float | None] = []
        limits = zip(rows["low"], rows["high"], rows["quality"], strict=True)
        for place, (low, high, quality) in enumerate(limits):
            if drawn[place] and pd.notna(low) and (quality == "C") == uncertain:
                x += [low, high, None]
                y += [place, place, None]
        colour = colours.neutral if uncertain else colours.perceived
        traces.append(
            {
                "type": "scatter",
                "mode": "lines",
                "x": x,
                "y": y,
                "line": {"color": fade(colour, 1 if uncertain else 0.7), "width": 2 if uncertain else 5},
                "hoverinfo": "skip",
                "name": "usikkert interval" if uncertain else "interval",
            }
        )
    return traces


def _dot_trace(rows: pd.DataFrame, drawn: list[bool], colours: Palette) -> dict[str, Any]:
    shown = rows[drawn]
    uncertain = [quality == "C" for quality in shown["quality"]]
    hollow = [
        grey or pd.isna(low) or state == "provisional"
        for grey, low, state in zip(uncertain, shown["low"], shown["state"], strict=True)
    ]
    edges = [colours.neutral if grey else colours.perceived for grey in uncertain]
    return {
        "type": "scatter",
        "mode": "markers",
        "x": list(shown["share"]),
        "y": [place for place, here in enumerate(drawn) if here],
        "yaxis": "y2",
        "marker": {
            "size": 10,
            "symbol": ["diamond" if pd.isna(low) else "circle" for low in shown["low"]],
            "color": [colours.paper if open_ else edge for open_, edge in zip(hollow, edges, strict=True)],
            "line": {
                "color": [edge if open_ else colours.paper for open_, edge in zip(hollow, edges, strict=True)],
                "width": [2 if open_ else 1.5 for open_ in hollow],
            },
            "opacity": 1,
        },
        "customdata": list(shown["area_id"]),
        "hovertext": hover_texts(shown),
        "hovertemplate": "%{hovertext}<extra></extra>",
        "cliponaxis": False,
        "name": "andel",
    }


def _word_trace(rows: pd.DataFrame, states: list[str], low: float, colours: Palette) -> dict[str, Any]:
    places = [place for place, state in enumerate(states) if state]
    shown = rows.iloc[places]
    return {
        "type": "scatter",
        "mode": "text",
        "x": [low] * len(places),
        "y": places,
        "text": [f"<i>{states[place]}</i>" for place in places],
        "textposition": "middle right",
        "textfont": {"size": SMALL, "color": colours.muted},
        "customdata": list(shown["area_id"]),
        "hovertext": hover_texts(shown),
        "hovertemplate": "%{hovertext}<extra></extra>",
        "cliponaxis": False,
        "name": "uden tal",
    }


def _reference_line(share: float, colours: Palette) -> dict[str, Any]:
    return {
        "type": "line",
        "x0": share,
        "x1": share,
        "y0": 0,
        "y1": 1,
        "yref": "paper",
        "layer": "below",
        "line": {"color": colours.muted, "width": 1.5, "dash": "dot"},
    }


def _reference_label(reference: tuple[float, str], low: float, high: float, colours: Palette) -> dict[str, Any]:
    share, label = reference
    part = (share - low) / (high - low)
    return note(
        f"{escape(label)} {figures(danish.percent(share, 0))}",
        x=share,
        y=1,
        yref="paper",
        yanchor="bottom",
        yshift=4,
        xanchor="left" if part < 1 / 3 else "right" if part > 2 / 3 else "center",
        height=LINE_HEIGHT,
        font={"size": SMALL, "color": colours.muted},
    )
