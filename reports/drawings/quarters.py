"""Reported offences by quarter on paper, with the usual swings, what falls outside them and what is provisional."""

import math
from typing import Any

import pandas as pd

from data import danish
from data.release import records
from drawings.palette import LIGHT
from reports.document import Quarters
from reports.drawings import svg

TOP, LEFT, RIGHT = 10.0, 30.0, 46.0
UNUSUAL = ("outside", "shift", "trend", "two_of_three")


def quarters_svg(drawn: Quarters, width: float, plot: float) -> str:
    """Draw the counts; a mass registration that would flatten all else is cut off at the top and its count written."""
    rows = drawn.rows.sort_values("period").reset_index(drop=True)
    quarters = records(rows)
    top = _top(rows)
    right, bottom = width - RIGHT, TOP + plot
    step = (right - LEFT) / max(len(quarters) - 1, 1)

    def y(value: float) -> float:
        return bottom - min(value, top) / top * plot

    parts = []
    for tick in _ticks(top):
        parts.append(svg.line(LEFT, y(tick), right, y(tick), LIGHT.line, 0.5))
        parts.append(svg.text(danish.number(tick), LEFT - 5, y(tick) + 2.3, anchor="end", colour=LIGHT.muted,
                              size=svg.SMALL))  # fmt: skip
    # The axis begins at 0, which is always written.
    for place, row in enumerate(quarters):
        if row["period"].endswith("K1"):
            words = row["period"][:4]
            parts.append(svg.text(words, LEFT + step * place, bottom + 10, anchor="middle", colour=LIGHT.muted,
                                  size=svg.SMALL))  # fmt: skip
    parts.append(_swings(quarters, step, y))
    shown = [(LEFT + step * place, row) for place, row in enumerate(quarters) if pd.notna(row["count"])]
    parts += [svg.path(run, LIGHT.recorded, 1.1) for run in _runs(quarters, step, y)]
    for x, row in shown:
        parts.append(_mark(row, x, y(row["count"]), row["count"] > top))
    if shown:
        x, row = shown[-1]
        parts.append(
            svg.text(danish.number(row["count"]), x + 6, y(row["count"]) + 2.4, colour=LIGHT.recorded, bold=True)
        )
    below, taken = svg.caption(_captions(rows), bottom + 22, width)
    return svg.page(width, bottom + 16 + taken, [*parts, below])


def _top(rows: pd.DataFrame) -> float:
    usual = rows.loc[~rows["mass"].astype(bool), ["count", "upper"]].max().max()
    highest = usual if pd.notna(usual) and usual > 0 else rows["count"].max()
    return 1.06 * highest if pd.notna(highest) and highest > 0 else 1.0


def _ticks(top: float) -> list[float]:
    magnitude = 10 ** math.floor(math.log10(max(top, 1)))
    step = next(
        (
            part * magnitude
            for part in (0.25, 0.5, 1, 2, 5)
            if part * magnitude >= 1 and top / (part * magnitude) <= 5.5
        ),
        magnitude,
    )
    return [step * place for place in range(int(top / step) + 1)]


def _runs(quarters: list[dict[str, Any]], step: float, y: Any) -> list[list[tuple[float, float]]]:
    """The points of the line, cut where a count is hidden or missing."""
    runs: list[list[tuple[float, float]]] = [[]]
    for place, row in enumerate(quarters):
        if pd.isna(row["count"]):
            runs.append([])
        else:
            runs[-1].append((LEFT + step * place, y(row["count"])))
    return runs


def _swings(quarters: list[dict[str, Any]], step: float, y: Any) -> str:
    """The band of the usual swings and its mean."""
    known = [(LEFT + step * place, row) for place, row in enumerate(quarters) if pd.notna(row["mean"])]
    if not known:
        return ""
    above = [(x, y(row["upper"])) for x, row in known]
    below = [(x, y(max(row["lower"], 0))) for x, row in known]
    ring = " ".join(f"{x:.1f},{at:.1f}" for x, at in [*above, *below[::-1]])
    means = svg.path([(x, y(row["mean"])) for x, row in known], LIGHT.neutral, 0.7)
    return f'<polygon points="{ring}" fill="{LIGHT.surface}"/>{means}'


def _mark(row: dict[str, Any], x: float, y: float, cut: bool) -> str:
    if cut:
        peak = f'<path d="M{x - 3:.1f} {y + 5:.1f}L{x:.1f} {y:.1f}L{x + 3:.1f} {y + 5:.1f}Z" fill="{LIGHT.recorded}"/>'
        return peak + svg.text(danish.number(row["count"]), x, y - 2.5, anchor="middle", size=svg.SMALL)
    if row["state"] == "provisional":
        return svg.dot(x, y, 2.2, LIGHT.recorded, hollow=True)
    ring = f'<circle cx="{x:.1f}" cy="{y:.1f}" r="4" fill="none" stroke="{LIGHT.ink}" stroke-width="0.8"/>'
    mark = svg.dot(x, y, 1.8, LIGHT.recorded)
    return mark + ring if row["signal"] in UNUSUAL else mark


def _captions(rows: pd.DataFrame) -> list[str]:
    parts = ["Antal pr. kvartal"]
    if rows["mean"].notna().any():
        parts.append("bånd: sædvanlige udsving")
    if rows["signal"].isin(UNUSUAL).any():
        parts.append("cirkel: usædvanligt")
    if (rows["state"] == "provisional").any():
        parts.append("ring: foreløbigt")
    if rows["mass"].astype(bool).any():
        parts.append("trekant: masseregistrering, afkortet")
    if (rows["state"] == "hidden").any():
        parts.append("brud på linjen: tallet skjules (få hændelser)")
    return parts
