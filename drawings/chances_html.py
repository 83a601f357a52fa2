"""What a criterion can show at its deadline, as HTML: goal and noise on one scale, and the three chances as bars."""

from collections.abc import Mapping, Sequence
from functools import partial
from html import escape
from typing import Any

import pandas as pd

from data import danish
from data.sentences.chances import (
    VERDICTS,
    ChanceRow,
    chance_rows,
    chances_heading,
    deadline_rows,
    figure_words,
    scale_sentence,
)
from drawings.board_html import GOAL_TONES, heard

WIDTH, HEIGHT = 300, 68
_EDGE, _LINE = 10, 40
# "opfyldt fra" has a row of its own above "nu", so that they never lie on each other.
_TOP, _ABOVE = 11, 26
# The scale reaches so much further than what stands on it.
_AIR = 0.12


def chances_html(prospect: Any) -> str:
    """The picture of a `criterion_drafts.Prospect`; "" where it has no chances (activities, nothing known)."""
    rows = list(chance_rows(prospect))
    if not rows:
        return ""
    return (
        f'<div class="chances">{_scale(prospect)}{heard(scale_sentence(prospect))}'
        f"<p>{escape(chances_heading(prospect))}</p>{_bars(rows)}</div>"
    )


def deadline_html(row: Mapping[str, Any]) -> str:
    """The chances of an adopted criterion at its deadline, from its row of the release; "" once that has been."""
    rows = list(deadline_rows(row))
    return f'<div class="chances">{_bars(rows)}</div>' if rows else ""


def _bars(rows: Sequence[ChanceRow]) -> str:
    """A bar for each truth, and what its stretches are."""
    bars = "".join(
        f'<div><dt aria-hidden="true">{escape(row.truth)}</dt><dd>{heard(row.said)}'
        f'<span class="bar" aria-hidden="true">{"".join(_part(*part) for part in row.parts)}</span></dd></div>'
        for row in rows
    )
    legend = "".join(f'<li><i class="{GOAL_TONES[status]}"></i>{escape(word)}</li>' for status, word in VERDICTS)
    return f'<dl>{bars}</dl><ul aria-hidden="true">{legend}</ul>'


def _part(status: str, chance: float) -> str:
    """A stretch of a bar; its number stands in it where there is room."""
    number = danish.number(round(100 * chance))
    words = number if chance >= 0.05 else ""
    return f'<b class="{GOAL_TONES[status]}" style="flex-grow:{chance:.4f}">{words}</b>' if number != "0" else ""


def _scale(prospect: Any) -> str:
    """Baseline with its interval, the band of noise around it, the goal, and from where it would count as met."""
    base, target, met = prospect.baseline, prospect.target, prospect.met_from
    noise = prospect.detectable_change
    shown = [base, target, base - noise, base + noise, *([met] if pd.notna(met) else [])]
    reach = (max(shown) - min(shown)) * _AIR
    most = 1.0 if prospect.draft.measure == "survey" else max(shown) + reach
    low, high = max(0.0, min(shown) - reach), min(most, max(shown) + reach)

    def x(share: float) -> float:
        return _EDGE + (WIDTH - 2 * _EDGE) * (min(max(share, low), high) - low) / (high - low)

    limits = ""
    if pd.notna(prospect.baseline_low):
        limits = f'<path class="limits" d="M{x(prospect.baseline_low):.1f} {_LINE}H{x(prospect.baseline_high):.1f}"/>'
    proved = f'<path class="met" d="M{x(met):.1f} {_LINE - 9}V{_LINE + 9}"/>' if pd.notna(met) else ""
    said = partial(_figure, measure=prospect.draft.measure)
    ends = ("start", "end") if base <= target else ("end", "start")
    return (
        f'<svg viewBox="0 0 {WIDTH} {HEIGHT}" aria-hidden="true" focusable="false">'
        f'<rect class="noise" x="{x(base - noise):.1f}" y="{_LINE - 9}" width="{x(base + noise) - x(base - noise):.1f}"'
        f' height="18"/><path class="axis" d="M{_EDGE} {_LINE}H{WIDTH - _EDGE}"/>{limits}'
        f'<circle cx="{x(base):.1f}" cy="{_LINE}" r="4"/>'
        f'<path class="goal" d="M{x(target):.1f} {_LINE - 12}V{_LINE + 12}"/>{proved}'
        f'<text x="{x(base):.1f}" y="{_ABOVE}" text-anchor="middle">nu {said(base)}</text>'
        f'<text x="{x(target):.1f}" y="{HEIGHT - 4}" text-anchor="{ends[1]}">mål {said(target)}</text>'
        + (
            f'<text x="{x(met):.1f}" y="{_TOP}" text-anchor="{ends[1]}">opfyldt fra {said(met)}</text>'
            if pd.notna(met)
            else ""
        )
        + "</svg>"
    )


def _figure(figure: float, measure: str) -> str:
    return figure_words(figure, measure, 0).removesuffix(" pct.")
