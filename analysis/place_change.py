"""Holds a place before and after a day against the rest of its map, and tries that where nothing was begun.

The rest of the map in the same periods carries season and general ups and downs, so that windows of different length
can be held against each other. Places are acted on where much happened of late, and much of late falls by itself: the
sham windows choose their places in the same way, so their false alarms hold that fall too.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from analysis.arguments import Floats, not_negative
from analysis.rates import rate_ratio
from analysis.windows import Neighbours, windows_of


@dataclass(frozen=True)
class PlaceChange:
    """A place before and after: its counts, what the rest of the map leads one to expect after, and their ratio."""

    before: float
    after: float
    expected: float
    ratio: float
    low: float
    high: float
    p_value: float


def place_change(counts: ArrayLike, place: ArrayLike, start: int, before: int, after: int) -> PlaceChange:
    """Return what became of a place from period `start` on.

    `counts` is cells × periods, oldest first; `place` is true for the cells of the place. The windows are the `before`
    periods before `start` and the `after` periods from it. Expected after is the count before times what the rest of
    the map did; the ratio is observed over expected, its interval and p-value those of `rates.rate_ratio` with the
    rest's counts as exposure. All but the counts is NaN where the rest has none in a window, and everything where a
    count is missing.
    Raises ValueError for negative counts and windows that the periods do not hold.
    Source: the conditional test of two Poisson rates, Przyborowski & Wilenski (1940), Biometrika 31:313; the rest of
    the town as control, Wheeler & Ratcliffe (2018), Crime Science 7:11.
    """
    x = _checked(counts, start, before, after)
    inside = np.asarray(place, dtype=bool)
    then, now = _sums(x, start, before, after)
    own = np.array([then[inside].sum(), now[inside].sum()])
    rest = np.array([then[~inside].sum(), now[~inside].sum()])
    ratio, low, high, p_value = _ratios(own[:1], own[1:], rest[:1], rest[1:])
    expected = own[0] * rest[1] / rest[0] if rest.all() else np.nan
    return PlaceChange(
        float(own[0]), float(own[1]), float(expected), float(ratio[0]), float(low[0]), float(high[0]), float(p_value[0])
    )


def sham_places(
    counts: ArrayLike,
    neighbours: Neighbours,
    acted_on: ArrayLike,
    before: int,
    after: int,
    *,
    fewest: int,
    most: int = 5,
    every: int = 2,
) -> Floats:
    """Return the p-value of `place_change` for each of many places where nothing was begun.

    On every `every`th period that has both windows, the `most` cells that hold most before it together with their
    neighbours are held against the rest, as the places that one would have acted on then: none overlapping, none with a
    cell that is `acted_on` or has a missing count, and each with `fewest` incidents or more in both windows together.
    Raises ValueError as `place_change`, and as `windows.windows_of`.
    """
    x = not_negative("counts", counts)
    around = windows_of(neighbours, len(x))
    taboo = around @ np.asarray(acted_on, dtype=float) > 0
    found: list[Floats] = []
    for start in range(before, x.shape[1] - after + 1, every):
        then, now = _sums(_checked(x, start, before, after), start, before, after)
        known = ~np.isnan(then + now)
        here = np.where(known, then, 0.0), np.where(known, now, 0.0)
        own = around @ here[0], around @ here[1]
        allowed = known & ~taboo & (around @ (~known).astype(float) == 0) & (own[0] + own[1] >= fewest)
        chosen = _fullest(own[0], allowed, around.indptr, around.indices, most)
        if len(chosen):
            rest = [side.sum() - mine[chosen] for side, mine in zip(here, own, strict=True)]
            found.append(_ratios(own[0][chosen], own[1][chosen], rest[0], rest[1])[3])
    p_values = np.concatenate(found) if found else np.empty(0)
    return p_values[~np.isnan(p_values)]


def _fullest(
    score: Floats, allowed: NDArray[np.bool_], begins: NDArray[np.int32], cells: NDArray[np.int32], most: int
) -> NDArray[np.intp]:
    """The cells with the highest score whose windows share no cell, at most so many."""
    taken = np.zeros(len(score), dtype=bool)
    chosen: list[int] = []
    for cell in np.argsort(-score, kind="stable"):
        if len(chosen) == most or score[cell] <= 0:
            break
        window = cells[begins[cell] : begins[cell + 1]]
        if allowed[cell] and not taken[window].any():
            taken[window] = True
            chosen.append(int(cell))
    return np.array(chosen, dtype=np.intp)


def _ratios(then: Floats, now: Floats, rest_then: Floats, rest_now: Floats) -> tuple[Floats, Floats, Floats, Floats]:
    """`rate_ratio` of the place after over before, with the rest's counts as exposure; NaN where the rest has none."""
    some = (rest_then > 0) & (rest_now > 0)
    exposure = np.where(some, rest_now, np.nan), np.where(some, rest_then, np.nan)
    ratio, low, high, p_value = rate_ratio(now, exposure[0], then, exposure[1])
    return np.asarray(ratio), np.asarray(low), np.asarray(high), np.asarray(p_value)


def _sums(x: Floats, start: int, before: int, after: int) -> tuple[Floats, Floats]:
    return x[:, start - before : start].sum(axis=1), x[:, start : start + after].sum(axis=1)


def _checked(counts: ArrayLike, start: int, before: int, after: int) -> Floats:
    x = not_negative("counts", counts)
    if x.ndim != 2:
        raise ValueError(f"counts has {x.ndim} dimensions; allowed: cells × periods")
    if before < 1 or after < 1 or start < before or start + after > x.shape[1]:
        raise ValueError(
            f"start = {start}, before = {before}, after = {after} do not fit in {x.shape[1]} periods; allowed: both "
            "windows of 1 period or more within them"
        )
    return x
