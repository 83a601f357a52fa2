"""Finds the shares that have to be hidden because they would tell, by the difference, a share that is hidden."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis.disclosure import Sum, is_unseen
from analysis.proportions import HALF_WIDTHS
from analysis.thresholds import FEWEST_ANSWERS

# A share is not shown where its interval is so wide; so a hidden one may be narrowed to no less.
NARROWEST = 2 * HALF_WIDTHS[-1]
ONE_SURVEY = ["wave", "indicator", "series"]


@dataclass(frozen=True)
class _Area:
    """How many answered in an area, how many of them yes (weighted), and what is decided of its share."""

    answers: float
    yes: float
    shown: bool
    may_hide: bool


def guarding(rows: pd.DataFrame, sums: Sequence[Sum]) -> "np.ndarray[tuple[int], np.dtype[np.bool_]]":
    """A flag on each shown share that would narrow a hidden one to less than 30 percentage points.

    `rows` has wave, area_id, indicator, series, level, share, n and state ("hidden", "published", "missing"); `sums`
    say which areas are made of which. Those who answered in an area are those who answered in its parts, and a rest:
    so the shares times the answers are an equation, and the rest is guarded though it is nobody's area. Hidden are the
    parts with the fewest answers, then the total; what is measured of a municipality is published elsewhere and stays.
    Method: secondary suppression by the interval that one equation leaves (Hundepool et al. 2012, Statistical
    Disclosure Control, ch. 4).
    """
    also = np.zeros(len(rows), dtype=bool)
    equations = list(_equations(sums))
    if not equations:
        return also
    numbered = rows.assign(place=np.arange(len(rows)))
    for _, survey in numbered[numbered["share"].notna()].groupby(ONE_SURVEY):
        places = dict(zip(survey["area_id"], survey["place"], strict=True))
        areas = {
            str(area): _Area(float(n), float(share * n), state == "published", level == "housing_area")
            for area, n, share, state, level in zip(
                survey["area_id"], survey["n"].astype(float), survey["share"].astype(float), survey["state"],
                survey["level"], strict=True,
            )
        }  # fmt: skip
        for area in _also_hidden(areas, equations):
            also[places[area]] = True
    return also


def _also_hidden(areas: Mapping[str, _Area], equations: Sequence[Sum]) -> set[str]:
    """The areas whose shares cannot be shown beside the others."""
    hidden: set[str] = set()
    while True:
        before = len(hidden)
        for each in equations:
            hidden |= _of_one(each, areas, hidden)
        if len(hidden) == before:
            return hidden


def _of_one(equation: Sum, areas: Mapping[str, _Area], hidden: set[str]) -> set[str]:
    """What has to be hidden, besides `hidden`, for one equation to tell no hidden share."""
    total, parts = areas.get(equation.total), [part for part in equation.parts if part in areas]
    if total is None or not total.shown or equation.total in hidden or not parts:
        return set()
    rest = _rest(equation, total, [areas[part] for part in parts])
    if rest is None:
        return set()
    more: set[str] = set()
    while True:
        shown = [part for part in parts if areas[part].shown and part not in hidden | more]
        dark = [areas[part] for part in parts if part not in shown] + ([rest] if rest.answers > 0 else [])
        guarded = [areas[part] for part in parts if not areas[part].shown] + ([rest] if _is_few(rest) else [])
        if all(_width(each, dark) >= NARROWEST for each in guarded):
            return more
        open_to_us = sorted((part for part in shown if areas[part].may_hide), key=lambda part: areas[part].answers)
        if open_to_us:
            more.add(open_to_us[0])
        elif total.may_hide:
            return more | {equation.total}
        else:
            return more


def _rest(equation: Sum, total: _Area, parts: Sequence[_Area]) -> _Area | None:
    """Those who answered in an area and in none of its parts; None where the numbers show that it is another survey."""
    answers = total.answers - sum(part.answers for part in parts)
    if np.isnan(answers) or answers < 0:
        return None
    yes = float(np.clip(total.yes - sum(part.yes for part in parts), 0, answers))
    return _Area(answers, yes, shown=False, may_hide=False)


def _is_few(rest: _Area) -> bool:
    """Whether the rest of a total is so few that its share, were it an area's, would not be shown."""
    return 0 < rest.answers < FEWEST_ANSWERS


def _width(guarded: _Area, dark: Sequence[_Area]) -> float:
    """How far apart the ends of a share are, to one who knows what all that is not shown comes to together."""
    if guarded.answers <= 0:
        return np.inf
    yes, others = sum(each.yes for each in dark), sum(each.answers for each in dark) - guarded.answers
    return (min(guarded.answers, yes) - max(0.0, yes - others)) / guarded.answers


def _equations(sums: Sequence[Sum]) -> Iterator[Sum]:
    """The sums, and those that follow by putting the parts of a part in its place."""
    within = {each.total: each for each in sums if not any(is_unseen(part) for part in each.parts)}
    for each in within.values():
        yield each
        known = {each.total}
        while inner := next((within[part] for part in each.parts if part in within and part not in known), None):
            known.add(inner.total)
            parts = dict.fromkeys(part for part in (*each.parts, *inner.parts) if part != inner.total)
            each = Sum(each.total, tuple(parts), each.complete and inner.complete)
            yield each
