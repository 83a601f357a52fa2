"""Answers what has become of places between two windows of time: kept, moved, gone or new, and what is not certain.

That a place stands out in one window and not in the other is no proof that it changed (Gelman & Stern 2006, The
American Statistician 60:328). A place is therefore new, gone or moved only where its change is beyond chance too;
the rest is told as not certain.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

from analysis.arguments import Floats, numbers, one, positive

Verdict = Literal["kept", "moved", "new", "unsure_new", "gone", "unsure_gone"]
VERDICTS: tuple[Verdict, ...] = ("new", "moved", "kept", "gone", "unsure_new", "unsure_gone")
"""Every verdict, in the order in which they are told."""
REACH = 1000.0
"""Metres within which a place that has gone may have moved to: what one patrol goes round, and what the scan searches.

Where trouble moves at all it is looked for in rings right around the place it left (Bowers & Johnson 2003, Journal of
Quantitative Criminology 19:275); two places farther apart are two stories.
"""


@dataclass(frozen=True)
class Cluster:
    """Touching cells that stand out in one window: their row numbers, their middle, and whether its change is certain.

    `changed` is, for a cluster of the newer window, that it holds more than the older one explains beyond chance; for
    one of the older window, that it held more than the newer one explains.
    """

    cells: NDArray[np.intp]
    centre: tuple[float, float]
    changed: bool

    @classmethod
    def of(cls, cells: ArrayLike, coordinates: ArrayLike, counts: ArrayLike, changed: bool) -> "Cluster":
        """The cluster of some cells; its middle is that of its incidents (`counts` and `coordinates` of all cells)."""
        members = np.asarray(cells, dtype=np.intp)
        weights, xy = numbers("counts", counts)[members], numbers("coordinates", coordinates)[members]
        if not weights.sum() > 0:
            weights = np.ones(members.size)
        east, north = np.average(xy, axis=0, weights=weights)
        return cls(members, (float(east), float(north)), changed)


@dataclass(frozen=True)
class Fate:
    """What became of a place: `now` and `then` are its numbers among the clusters of each window, None where not there.

    `distance` is metres between the middles of the two; NaN where there is one alone.
    """

    verdict: Verdict
    now: int | None
    then: int | None
    distance: float = float("nan")


def fates(
    now: Sequence[Cluster], then: Sequence[Cluster], coordinates: ArrayLike, size: float, reach: float = REACH
) -> list[Fate]:
    """Return what became of each cluster of two windows, in the order of `VERDICTS`; each cluster is told once.

    `coordinates` are the middles (metres) of all cells, squares of the side `size`. The rule, the first that applies:

    1. kept: the two share a cell, or the newer one's middle lies within one cell's side of a former cluster. A cell is
       judged together with its neighbours, so the edge of a cluster is known to one cell's width and no better. Several
       may have been kept of one (it has parted), and several former ones be kept in one (they have grown together).
    2. moved: none is shared, both changes are certain, and the newer one's middle lies within `reach` of the former
       cluster (twice the cell's side where that is more). Nearest pairs first; each moves once.
    3. new, or gone, where the change is certain; else not certain to be.

    Raises ValueError for a size or reach that is not above 0 and for coordinates that are not two a cell.
    Method: see the module; the distances are stated with their reasons, not estimated.
    """
    xy = numbers("coordinates", coordinates)
    if xy.ndim != 2 or xy.shape[1] != 2:
        raise ValueError(f"coordinates has shape {xy.shape}; allowed: two numbers for each cell")
    side, within = one("size", positive("size", size)), one("reach", positive("reach", reach))
    away = np.array([[_distance(each.centre, xy[other.cells], side) for other in then] for each in now])
    away = away.reshape(len(now), len(then))
    shared = np.array([[np.intersect1d(each.cells, other.cells).size for other in then] for each in now])
    same = (shared.reshape(away.shape) > 0) | (away <= side)
    found = _kept(now, then, same, away)
    found += _moved(now, then, same, away, max(within, 2 * side))
    told_now, told_then = {fate.now for fate in found}, {fate.then for fate in found} | set(np.nonzero(same)[1])
    found += [
        Fate("new" if each.changed else "unsure_new", number, None)
        for number, each in enumerate(now)
        if number not in told_now
    ]
    found += [
        Fate("gone" if each.changed else "unsure_gone", None, number)
        for number, each in enumerate(then)
        if number not in told_then
    ]
    return sorted(found, key=lambda fate: VERDICTS.index(fate.verdict))


def _kept(now: Sequence[Cluster], then: Sequence[Cluster], same: NDArray[np.bool_], away: Floats) -> list[Fate]:
    """Each newer cluster that is the same place as a former one, with the nearest of those."""
    found = []
    for number in np.flatnonzero(same.any(axis=1)).tolist():
        former = int(np.argmin(np.where(same[number], away[number], np.inf)))
        found.append(Fate("kept", number, former, _between(now[number], then[former])))
    return found


def _moved(
    now: Sequence[Cluster], then: Sequence[Cluster], same: NDArray[np.bool_], away: Floats, reach: float
) -> list[Fate]:
    """Pairs of a place that certainly came and one that certainly went near it, nearest first, each in one pair."""
    came = np.array([each.changed for each in now], dtype=bool) & ~same.any(axis=1)
    went = np.array([each.changed for each in then], dtype=bool) & ~same.any(axis=0)
    far = np.where(came[:, None] & went[None, :] & (away <= reach), away, np.inf)
    found = []
    while far.size and np.isfinite(far).any():
        number, former = (int(place) for place in np.unravel_index(int(np.argmin(far)), far.shape))
        far[number, :], far[:, former] = np.inf, np.inf
        found.append(Fate("moved", number, former, _between(now[number], then[former])))
    return found


def _distance(point: tuple[float, float], centres: Floats, side: float) -> float:
    """Metres from a point to the nearest of some squares; 0 inside one."""
    outside = np.maximum(np.abs(centres - np.asarray(point)) - side / 2, 0)
    return float(np.hypot(*outside.T).min())


def _between(one_place: Cluster, other: Cluster) -> float:
    return float(np.hypot(*(np.asarray(one_place.centre) - np.asarray(other.centre))))
