"""Perceived safety against recorded offences, area by area, with both intervals and the four quadrants named."""

from collections.abc import Iterable
from typing import Any

import pandas as pd

from components.charts.labels import BESIDE, Box, beside
from components.charts.style import (
    LINE_HEIGHT,
    SMALL,
    Chart,
    caption_lines,
    figure,
    footer,
    footer_height,
    hover_texts,
    lines,
    note,
    nothing,
    percent_ticks,
    text_width,
)
from data import danish
from drawings.palette import Palette, fade, palette

PLOT = 340
LEFT = 52
RIGHT = 16
TOP = 14
TICK_ROOM = 24
# Labels are placed for a phone; on a wider screen points only move apart.
PHONE_PLOT = 350 - LEFT - RIGHT
NAME_CHARACTERS = 16
SAFE, UNSAFE = "Tryg", "Utryg"
FEW, MANY = "få anmeldelser", "mange anmeldelser"


def quadrant(
    survey: pd.DataFrame,
    incidents: pd.DataFrame,
    reference: tuple[float, float, str] | None = None,
    *,
    direction: int = 1,
    unit: str = "anmeldelser pr. 1.000 indbyggere",
    selected: str = "",
    plot: float = PLOT,
    dark: bool = False,
) -> Chart:
    """Draw each area's recorded rate (across) against its share (upwards), the two never made into one.

    `survey` rows of one wave (shares 0–1) and `incidents` rows of one period and category (rates) are matched by
    area_id; an area that lacks either figure, or whose figure is hidden or of quality D, is named under the picture.
    `reference` is (share, rate, name) of what divides the quadrants, for example the country; without one the areas
    drawn are halved at their medians. `direction` is 1 where a higher share means safer. `unit` says what the rate is.
    `selected` is the area_id that stands out, `plot` the plot's height in px. A point whose name has no room on a
    phone is named under the picture too.
    Raises ValueError where an area stands in more than one row: a quadrant shows one time.
    """
    for rows in (survey, incidents):
        if rows["area_id"].duplicated().any():
            raise ValueError("an area stands in more than one row; give one wave, one period and one category")
    colours = palette(dark)
    pairs, left_out = _pairs(survey, incidents)
    if pairs.empty:
        return nothing(dark)
    reference = reference or _middle(pairs)
    (low, high), (first, last) = _ends(pairs, reference)
    corners = _corner_labels(direction, colours)
    labels, nameless = _point_labels(pairs, (first, last), (low, high), corners, selected, plot, colours)
    captions = caption_lines(
        [
            "Opad: andel i pct.",
            f"Til højre: {unit}",
            "Streger: 95 pct.-intervaller",
            f"Stiplet: {reference[2]}",
            *([f"Uden navn i billedet: {danish.join(nameless)}"] if nameless else []),
            *([f"Uden tal: {danish.join(left_out)}"] if left_out else []),
        ]
    )
    layout = {
        "xaxis": {
            "range": [first, last],
            "nticks": 6,
            "tickformat": ",.4~g",
            "showline": True,
            "linecolor": colours.line,
        },
        "yaxis": {"range": [low, high], **percent_ticks(low, high)},
        "shapes": [_divider("x", reference[1], colours), _divider("y", reference[0], colours)],
        "annotations": [
            *corners,
            *labels,
            footer(captions, LEFT, TICK_ROOM, dark),
        ],
    }
    foot = TICK_ROOM + footer_height(captions)
    return figure(
        [
            _whiskers(pairs, "share", colours.perceived),
            _whiskers(pairs, "rate", colours.recorded),
            _points(pairs, selected, colours),
        ],
        layout,
        dark=dark,
        height=TOP + plot + foot,
        margin={"l": LEFT, "r": RIGHT, "t": TOP, "b": foot},
    )


def _pairs(survey: pd.DataFrame, incidents: pd.DataFrame) -> tuple[pd.DataFrame, list[str]]:
    """Match the areas; gives those with both figures and the names of the others."""
    # Only what is drawn: the rows of a release are many columns wide.
    perceived = survey[["area_id", "name", "share", "low", "high", "state", "quality"]]
    counted = incidents[["area_id", "rate", "low", "high", "state"]]
    perceived = perceived.assign(hovertext=hover_texts(survey))
    counted = counted.assign(hovertext=hover_texts(incidents))
    both = perceived.merge(counted, on="area_id", how="left", suffixes=("", "_rate"))
    unseen = ["hidden", "missing"]
    usable = (
        both["share"].notna()
        & both["rate"].notna()
        & ~both["state"].isin(unseen)
        & ~both["state_rate"].isin(unseen)
        & (both["quality"] != "D")
    )
    return both[usable], list(both.loc[~usable, "name"])


def _middle(pairs: pd.DataFrame) -> tuple[float, float, str]:
    """Halve the areas drawn at their medians: a division of the picture, not a figure to judge by."""
    return float(pairs["share"].median()), float(pairs["rate"].median()), "midten af områderne (median)"


def _ends(pairs: pd.DataFrame, reference: tuple[float, float, str]) -> tuple[tuple[float, float], tuple[float, float]]:
    """Give both axes' ends with air around, where the quadrants' names stand."""
    shares = [reference[0], *pairs[["share", "low", "high"]].stack().dropna()]
    rates = [reference[1], *pairs[["rate", "low_rate", "high_rate"]].stack().dropna()]
    tall = max(max(shares) - min(shares), 0.1)
    wide = max(max(rates) - min(rates), 1e-9)
    return (
        (max(0, min(shares) - 0.16 * tall), min(1.0, max(shares) + 0.16 * tall)),
        (max(0, min(rates) - 0.08 * wide), max(rates) + 0.08 * wide),
    )


def _whiskers(pairs: pd.DataFrame, kind: str, colour: str) -> dict[str, Any]:
    """Draw the intervals of one kind in its colour: shares upwards, rates across."""
    across = kind == "rate"
    lows, highs = ("low_rate", "high_rate") if across else ("low", "high")
    x: list[float | None] = []
    y: list[float | None] = []
    columns = ["share", "rate", lows, highs]
    for share, rate, low, high in pairs[columns].itertuples(index=False, name=None):
        if pd.notna(low):
            x += [low, high, None] if across else [rate, rate, None]
            y += [share, share, None] if across else [low, high, None]
    return {
        "type": "scatter",
        "mode": "lines",
        "x": x,
        "y": y,
        "line": {"color": fade(colour, 0.75), "width": 2.5},
        "hoverinfo": "skip",
        "name": f"interval, {kind}",
    }


def _points(pairs: pd.DataFrame, selected: str, colours: Palette) -> dict[str, Any]:
    hollow = [quality == "C" or pd.isna(low) for quality, low in zip(pairs["quality"], pairs["low"], strict=True)]
    chosen = [area == selected for area in pairs["area_id"]]
    return {
        "type": "scatter",
        "mode": "markers",
        "x": list(pairs["rate"]),
        "y": list(pairs["share"]),
        "marker": {
            "size": [14 if mine else 10 for mine in chosen],
            "symbol": ["diamond" if pd.isna(low) else "circle" for low in pairs["low"]],
            "color": [colours.paper if open_ else colours.ink for open_ in hollow],
            "line": {
                "width": 1.75,
                "color": [colours.neutral if open_ else colours.paper for open_ in hollow],
            },
        },
        "customdata": list(pairs["area_id"]),
        "hovertext": [
            f"{perceived}<br>{counted}"
            for perceived, counted in zip(pairs["hovertext"], pairs["hovertext_rate"], strict=True)
        ],
        "hovertemplate": "%{hovertext}<extra></extra>",
        "name": "områder",
    }


def _divider(axis: str, value: float, colours: Palette) -> dict[str, Any]:
    other = "y" if axis == "x" else "x"
    return {
        "type": "line",
        f"{axis}0": value,
        f"{axis}1": value,
        f"{other}ref": "paper",
        f"{other}0": 0,
        f"{other}1": 1,
        "layer": "below",
        "line": {"color": colours.muted, "width": 1.25, "dash": "dot"},
    }


def _corner_labels(direction: int, colours: Palette) -> list[dict[str, Any]]:
    top, bottom = (SAFE, UNSAFE) if direction > 0 else (UNSAFE, SAFE)
    return [
        note(
            f"<b>{feeling},<br>{amount}</b>",
            x=x,
            xref="paper",
            xanchor="left" if x == 0 else "right",
            align="left" if x == 0 else "right",
            xshift=6 if x == 0 else -4,
            y=y,
            yref="paper",
            yanchor="bottom" if y == 0 else "top",
            yshift=4 if y == 0 else -2,
            font={"size": SMALL, "color": colours.muted},
        )
        for y, feeling in ((1, top), (0, bottom))
        for x, amount in ((0, FEW), (1, MANY))
    ]


def _point_labels(
    pairs: pd.DataFrame,
    across: tuple[float, float],
    upwards: tuple[float, float],
    corners: Iterable[dict[str, Any]],
    selected: str,
    plot: float,
    colours: Palette,
) -> tuple[list[dict[str, Any]], list[str]]:
    """Name each point where its name hides nothing; gives the labels and the names that have no room."""

    def right(rate: float) -> float:
        return (rate - across[0]) / (across[1] - across[0]) * PHONE_PLOT

    def up(share: float) -> float:
        return (share - upwards[0]) / (upwards[1] - upwards[0]) * plot

    whiskers: list[Box] = []
    for row in pairs[["share", "rate", "low", "high", "low_rate", "high_rate"]].to_dict("records"):
        x, y = right(row["rate"]), up(row["share"])
        whiskers.append((x - 2, up(row["low"]), x + 2, up(row["high"])))
        whiskers.append((right(row["low_rate"]), y - 2, right(row["high_rate"]), y + 2))
    spots = [(right(rate), up(share)) for rate, share in zip(pairs["rate"], pairs["share"], strict=True)]
    names = [
        f"<b>{text}</b>" if area == selected else text
        for area, text in zip(pairs["area_id"], (lines(name, NAME_CHARACTERS) for name in pairs["name"]), strict=True)
    ]
    sizes = [(text_width(name, SMALL), LINE_HEIGHT * (name.count("<br>") + 1.0)) for name in names]
    placed = beside(spots, sizes, [_corner_box(corner, plot) for corner in corners], whiskers, (PHONE_PLOT, plot))
    labels = [
        note(
            name,
            x=rate,
            y=share,
            xanchor={1: "left", 0: "center", -1: "right"}[place[0]],
            align={1: "left", 0: "center", -1: "right"}[place[0]],
            xshift=BESIDE * place[0],
            yanchor="middle",
            yshift=place[1],
            font={"size": SMALL, "color": colours.ink},
        )
        for name, rate, share, place in zip(names, pairs["rate"], pairs["share"], placed, strict=True)
        if place is not None
    ]
    return labels, [name for name, place in zip(pairs["name"], placed, strict=True) if place is None]


def _corner_box(corner: dict[str, Any], plot: float) -> Box:
    """Give the place on a phone that the name of a quadrant takes."""
    width, height = text_width(corner["text"], SMALL), 2 * LINE_HEIGHT
    left = 6 if corner["x"] == 0 else PHONE_PLOT - width - 4
    bottom = 4 if corner["y"] == 0 else plot - height - 2
    return left, bottom, left + width, bottom + height
