"""Shares of areas on paper: one row an area, a dot for the share and a line for its interval."""

from typing import Any

import pandas as pd

from data import danish
from data.release import records
from drawings.axis import share_limits
from drawings.palette import LIGHT
from reports.document import Dots
from reports.drawings import svg

ROW, TOP = 16.0, 4.0
RADIUS, VALUE = 3.2, 38.0


def dots_svg(drawn: Dots, width: float) -> str:
    """Draw the rows in their order. What is not shown is a word in its row, never an empty one."""
    rows = records(drawn.rows)
    low, high = limits(drawn.rows)
    left = min(max((svg.width_of(row["name"]) for row in rows), default=0) + 8, 0.42 * width)
    right = width - VALUE
    bottom = TOP + ROW * len(rows)

    def x(share: float) -> float:
        return left + (share - low) / (high - low) * (right - left)

    parts = []
    for tick in ticks(low, high):
        parts.append(svg.line(x(tick), TOP, x(tick), bottom, LIGHT.line, 0.5))
        unit = " pct." if tick == high else ""
        parts.append(svg.text(f"{100 * tick:.0f}{unit}", x(tick), bottom + 9, anchor="middle", colour=LIGHT.muted,
                              size=svg.SMALL))  # fmt: skip
    for place, row in enumerate(rows):
        parts.append(_row(row, TOP + ROW * (place + 0.5), left, right, x))
    below, taken = svg.caption(captions(drawn), bottom + 20, width)
    return svg.page(width, bottom + 14 + taken, [*parts, below])


def _row(row: dict[str, Any], y: float, left: float, right: float, x: Any) -> str:
    parts = [svg.text(row["name"], 0, y + 2.6)]
    if word := state_word(row):
        return "".join([*parts, svg.text(word, left, y + 2.6, colour=LIGHT.muted, size=svg.SMALL)])
    uncertain = row["quality"] == "C"
    colour = LIGHT.neutral if uncertain else LIGHT.perceived
    if pd.notna(row["low"]):
        stroke = 1.2 if uncertain else 3
        parts.append(
            svg.line(x(row["low"]), y, x(row["high"]), y, colour if uncertain else "#79a9c5", stroke, cap="round")
        )
        parts.append(svg.dot(x(row["share"]), y, RADIUS, colour, hollow=uncertain))
    else:
        parts.append(svg.diamond(x(row["share"]), y, RADIUS, colour))
    parts.append(svg.text(row["label"], right + VALUE, y + 2.6, anchor="end", bold=True))
    return "".join(parts)


def state_word(row: dict[str, Any]) -> str:
    """Why a row has no dot; empty where it has one."""
    if row["state"] == "hidden" or row["quality"] == "D":
        return "ikke vist (for få svar)"
    if row["state"] == "missing" or pd.isna(row["share"]):
        return "ikke målt"
    return ""


def limits(rows: pd.DataFrame) -> tuple[float, float]:
    """Whole tens of per cent around everything drawn, within 0–100, as shares."""
    shown = rows[rows["state"] == "published"]
    values = [value for column in ("share", "low", "high") for value in shown[column].dropna()]
    return share_limits(values)


def ticks(low: float, high: float) -> list[float]:
    """At most six ticks in tens or twenties of per cent, from the lower limit on and with the upper one."""
    first, last = round(10 * low), round(10 * high)
    step = 1 if last - first <= 5 else 2
    found = [tick / 10 for tick in range(first, last + 1, step)]
    return (
        found if found[-1] == high else [*found[:-1], high] if last - round(10 * found[-1]) < step else [*found, high]
    )


def captions(drawn: Dots) -> list[str]:
    """What the signs of the picture mean."""
    shown = drawn.rows[drawn.rows["state"] == "published"]
    low, high = limits(drawn.rows)
    parts = [
        f"Aksen går fra {danish.number(100 * low)} til {danish.number(100 * high)} pct.",
        "højere er bedre" if drawn.direction > 0 else "lavere er bedre",
    ]
    if (shown["low"].notna() & (shown["quality"] != "C")).any():
        parts.append("streg: 95 pct.-interval")
    if (shown["quality"] == "C").any():
        parts.append("ring: meget usikker")
    if shown["low"].isna().any():
        parts.append("rude: uden kendt usikkerhed")
    return parts
