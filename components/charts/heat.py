"""The week as a picture: a square for each weekday and band of hours, darker where more was reported."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd

from components.charts.style import (
    SMALL,
    Chart,
    caption_lines,
    escape,
    figure,
    footer,
    footer_height,
    nothing,
)
from data import danish
from drawings.palette import palette

ROW = 34
LEFT, TOP = 66, 26
# The part of the highest count from which white reads better than black; at the limit both have a contrast of 4.5.
LIGHT_FROM = 0.8
CAPTION = ("Tallene er antal anmeldelser i løbet af året.", "Mørkere er flere.")


def heat(
    rows: pd.DataFrame, dark: bool = False, *, days: Sequence[str], bands: Sequence[str], hover: Sequence[str] = ()
) -> Chart:
    """Draw counts by time of week, Monday to the left and midnight at the top.

    `rows` has weekday (1–7), band (0–5) and count (NaN: not reported, drawn empty); `days` and `bands` are their names
    in order. `hover` is a text for each row, in the order of the rows.
    """
    if rows.empty or rows["count"].isna().all():
        return nothing(dark)
    wide = rows.assign(hover=list(hover) or [""] * len(rows)).pivot(index="band", columns="weekday")
    counts = wide["count"].to_numpy(dtype=float, na_value=float("nan"))
    colours = palette(dark)
    scale = palette().sequential_recorded
    top = max(float(np.nanmax(counts)), 1.0)
    labels = [
        {
            "x": day,
            "y": band,
            "text": danish.number(count),
            "showarrow": False,
            "font": {"size": SMALL, "color": "#ffffff" if count > LIGHT_FROM * top else "#000000"},
        }
        for (band, day), count in np.ndenumerate(counts)
        if not np.isnan(count)
    ]
    captions = caption_lines(CAPTION)
    trace: dict[str, Any] = {
        "type": "heatmap",
        "z": counts,
        "text": [[escape(str(text)) for text in line] for line in wide["hover"].to_numpy()],
        "hovertemplate": "%{text}<extra></extra>",
        "colorscale": [[place / (len(scale) - 1), colour] for place, colour in enumerate(scale)],
        "zmin": 0,
        "zmax": top,
        "showscale": False,
        "xgap": 2,
        "ygap": 2,
    }
    axis = {"tickmode": "array", "showgrid": False, "tickfont": {"size": SMALL, "color": colours.ink}}
    layout: dict[str, Any] = {
        "xaxis": {**axis, "tickvals": list(range(len(days))), "ticktext": list(days), "side": "top"},
        "yaxis": {**axis, "tickvals": list(range(len(bands))), "ticktext": list(bands), "autorange": "reversed"},
        "annotations": [*labels, footer(captions, LEFT, 10, dark)],
    }
    return figure(
        [trace],
        layout,
        dark=dark,
        height=TOP + ROW * len(bands) + 10 + footer_height(captions),
        margin={"l": LEFT, "r": 4, "t": TOP, "b": 10 + footer_height(captions)},
    )
