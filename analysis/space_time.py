"""Finds clusters that are growing now: more incidents in one place of late than its share of all would give.

Only where and when each incident was reported is needed, no population: what is expected in a place and a
stretch of time follows from the totals of the place and of the time.
"""

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.sparse import csr_array
from scipy.spatial import cKDTree
from scipy.special import xlogy

from analysis.arguments import Floats, not_negative, numbers, one, positive, whole

ROUNDING = 1e-9
CHUNK = 64
"""Permutations drawn at once: a chunk has a random stream of its own, so that cores change no answer."""


Piece: TypeAlias = tuple[int, np.random.SeedSequence]
"""How many permutations, and the stream of random numbers they are drawn from."""
Over: TypeAlias = Callable[[Callable[[Piece], NDArray[np.float32]], Sequence[Piece]], Iterable[NDArray[np.float32]]]
"""Applies a function to pieces on workers of one's own and gives what comes of each in their order, as `map` does."""


@dataclass(frozen=True)
class EmergingCluster:
    """A circle and a stretch of time that ends now, with more incidents than the totals explain.

    `cells` are row numbers of the input, `radius` is in the unit of the coordinates, `periods` is how many of
    the newest periods the stretch holds. `p_value` is the chance that the likeliest cylinder anywhere is as
    good; the smallest possible is 1/(permutations + 1).
    """

    cells: NDArray[np.intp]
    centre: tuple[float, float]
    radius: float
    periods: int
    observed: int
    expected: float
    log_likelihood_ratio: float
    p_value: float
    permutations: int
    seed: int


def emerging_clusters(
    counts: ArrayLike,
    coordinates: ArrayLike,
    *,
    seed: int,
    radius: float,
    longest: int,
    permutations: int = 999,
    minimum: int = 3,
    largest: float = 0.5,
    most: int = 10,
    cores: int | None = None,
    over: Over | None = None,
) -> list[EmergingCluster]:
    """Return the likeliest clusters that are alive in the newest period, at most `most`, none overlapping.

    `counts` is cells × periods (days, weeks …), oldest first; `coordinates` is cells × 2 in metres. Cylinders
    stand on circles around every cell, up to `radius` and up to the part `largest` of all incidents, and hold
    the newest 1, 2, … `longest` periods. A cylinder expects the incidents of its circle times the part of all
    incidents that fell in its periods; fewer than `minimum` incidents are no cluster, by chance or otherwise.
    Each of `permutations` shuffles of the incidents' periods keeps both totals; the same `seed` gives the same
    answer on any number of `cores` (all by default), and on the workers that `over` hands pieces of the permutations to
    (a cluster of Dask, say) in their stead. Cells with a missing count in any period are left out.
    Raises ValueError for counts that are negative or not whole, and for sizes that do not fit.
    Source: Kulldorff, Heffernan, Hartman, Assunção & Mostashari (2005), PLoS Medicine 2:e59; secondary
    clusters as in Kulldorff (1997), Communications in Statistics: Theory and Methods 26:1481.
    """
    x, xy = _checked(counts, coordinates)
    reach = one("radius", positive("radius", radius))
    if not 0 < largest <= 0.5:
        raise ValueError(f"largest = {largest!r} is not allowed; allowed: above 0 up to 0.5")
    for name, value in (("permutations", permutations), ("longest", longest), ("minimum", minimum), ("most", most)):
        if value < 1:
            raise ValueError(f"{name} = {value!r} is not allowed; allowed: 1 or more")
    if longest >= x.shape[1]:
        raise ValueError(f"longest = {longest} is not allowed; allowed: fewer than the {x.shape[1]} periods there are")
    known = np.flatnonzero(~np.isnan(x).any(axis=1))
    whole_counts, xy = x[known].astype(np.int64), xy[known]
    total, of_cell = int(whole_counts.sum()), whole_counts.sum(axis=1)
    zones = _zones(xy, of_cell, reach, minimum, largest * total)
    if zones is None:
        return []
    recent = np.cumsum(whole_counts[:, ::-1][:, :longest], axis=1)  # incidents of the newest 1, 2, … periods
    ratios = _Ratios(zones.incidents, recent.sum(axis=0), total, minimum)
    observed = zones.matrix @ recent[zones.cells].astype(np.float32)
    scores = np.stack([ratios.of(window, observed[:, window]) for window in range(longest)], axis=1)
    if scores.max() <= 0:
        return []
    shuffled = _Shuffled(zones, _ages(whole_counts, zones.cells, longest), of_cell[zones.cells], ratios, longest)
    by_chance = _best_by_chance(shuffled, permutations, seed, cores, over)
    return [
        EmergingCluster(
            cells=np.sort(known[members]),
            centre=(float(xy[zones.centre[zone]][0]), float(xy[zones.centre[zone]][1])),
            radius=float(zones.radius[zone]),
            periods=window + 1,
            observed=int(observed[zone, window]),
            expected=float(ratios.expected(window)[zone]),
            log_likelihood_ratio=float(scores[zone, window]),
            p_value=(1 + int((by_chance >= scores[zone, window] - ROUNDING).sum())) / (permutations + 1),
            permutations=permutations,
            seed=seed,
        )
        for zone, window, members in _apart(zones, scores, xy, most)
    ]


def recurrence_days(p_value: float, days_between_looks: float, analyses: int = 1) -> float:
    """Return how many days pass, on average, between clusters this good when nothing is going on.

    `analyses` is how many separate scans each look makes (one a category), whose chances add up.
    Raises ValueError for a p-value outside 0–1, and for days or analyses that are not above 0.
    Source: Kulldorff et al. (2005), PLoS Medicine 2:e59, for one scan a look.
    """
    if not 0 < p_value <= 1:
        raise ValueError(f"p_value = {p_value!r} is not allowed; allowed: above 0 up to 1")
    days = one("days_between_looks", positive("days_between_looks", days_between_looks))
    many = one("analyses", positive("analyses", analyses))
    return days / min(1.0, p_value * many)


@dataclass(frozen=True)
class _Zones:
    """All circles that differ in the incidents they hold: zones × cells with incidents, and where they stand."""

    matrix: csr_array
    cells: NDArray[np.intp]
    centre: NDArray[np.intp]
    radius: Floats
    incidents: NDArray[np.int64]


def _zones(xy: Floats, of_cell: NDArray[np.int64], reach: float, minimum: int, most: float) -> _Zones | None:
    """The circles of up to `reach` around each cell with `minimum` up to `most` incidents; the smallest of equals."""
    cells = np.flatnonzero(of_cell > 0)
    if not cells.size:
        return None
    pairs = cKDTree(xy).sparse_distance_matrix(cKDTree(xy[cells]), reach * (1 + ROUNDING), output_type="ndarray")
    order = np.lexsort((pairs["j"], pairs["v"], pairs["i"]))
    centre, cell, distance = pairs["i"][order], pairs["j"][order], pairs["v"][order]
    if not centre.size:
        return None
    first = np.r_[True, centre[1:] != centre[:-1]]
    start = np.maximum.accumulate(np.where(first, np.arange(centre.size), 0))
    farther = np.diff(distance) > ROUNDING * (1 + distance[1:])  # cells at the same distance enter together
    last = np.r_[farther | first[1:], True]
    incidents = _running(of_cell[cells][cell], start)
    # Circles that hold the same cells with incidents have the same sum of random numbers; one of them is enough.
    labels = np.random.default_rng(0).integers(1, 2**62, cells.size, dtype=np.int64)
    sums = _running(labels[cell], start)
    ends = np.flatnonzero(last & (incidents >= minimum) & (incidents <= most * (1 + ROUNDING)))
    if not ends.size:
        return None
    ends = ends[np.lexsort((centre[ends], distance[ends]))]
    ends = ends[np.sort(np.unique(sums[ends], return_index=True)[1])]
    sizes = ends - start[ends] + 1
    begins = np.r_[0, np.cumsum(sizes)]
    within = np.arange(begins[-1]) - np.repeat(begins[:-1] - start[ends], sizes)
    matrix = csr_array((np.ones(begins[-1], dtype=np.float32), cell[within], begins), shape=(ends.size, cells.size))
    return _Zones(matrix, cells, centre[ends], distance[ends], incidents[ends])


def _running(values: NDArray[np.int64], start: NDArray[np.intp]) -> NDArray[np.int64]:
    """Sums that begin anew at each `start`; they may wrap around, and differences are then still right."""
    with np.errstate(over="ignore"):
        sums = np.cumsum(values)
        result: NDArray[np.int64] = sums - sums[start] + values[start]
    return result


class _Ratios:
    """Log-likelihood ratios looked up by circle, window and count, since few different circles' totals occur."""

    def __init__(self, incidents: NDArray[np.int64], recent: NDArray[np.int64], total: int, minimum: int) -> None:
        self._incidents, self._recent, self._total = incidents, recent, total
        sizes, which = np.unique(incidents, return_inverse=True)
        begins = np.r_[0, np.cumsum(sizes + 1)]
        self._base = begins[:-1][which].astype(np.int32)
        count = np.concatenate([np.arange(size + 1) for size in sizes]).astype(float)
        circle = np.repeat(sizes, sizes + 1).astype(float)
        self._tables = [self._table(count, circle * many / total, minimum) for many in recent]

    def _table(self, count: Floats, expected: Floats, minimum: int) -> NDArray[np.float32]:
        with np.errstate(divide="ignore", invalid="ignore"):
            rest = self._total - count
            ratio = xlogy(count, count / expected) + xlogy(rest, rest / (self._total - expected))
        return np.where((count > expected) & (count >= minimum), ratio, 0).astype(np.float32)

    def of(self, window: int, observed: NDArray[np.float32]) -> NDArray[np.float32]:
        """The ratio of each circle (first axis) whose newest `window` + 1 periods hold `observed` incidents."""
        base = self._base.reshape(-1, *[1] * (observed.ndim - 1))
        return np.take(self._tables[window], base + observed.astype(np.int32))

    def expected(self, window: int) -> Floats:
        """What each circle expects in the newest `window` + 1 periods."""
        expected: Floats = self._incidents * (self._recent[window] / self._total)
        return expected


def _ages(x: NDArray[np.int64], cells: NDArray[np.intp], longest: int) -> NDArray[np.int16]:
    """How many periods ago each incident was, cell by cell; `longest` for all that are older."""
    age = np.minimum(np.arange(x.shape[1])[::-1], longest).astype(np.int16)
    each = x[cells]
    return np.repeat(np.broadcast_to(age, each.shape).ravel(), each.ravel())


@dataclass(frozen=True)
class _Shuffled:
    """Draws maps on which the incidents keep their places and swap their times, and gives the best ratio on each."""

    zones: _Zones
    ages: NDArray[np.int16]
    of_cell: NDArray[np.int64]
    ratios: _Ratios
    longest: int

    def __call__(self, piece: Piece) -> NDArray[np.float32]:
        size, stream = piece
        starts = np.r_[0, np.cumsum(self.of_cell)[:-1]]
        shuffled = np.random.default_rng(stream).permuted(np.tile(self.ages, (size, 1)), axis=1)
        recent = np.zeros((self.of_cell.size, size), dtype=np.float32)
        best = np.zeros(size, dtype=np.float32)
        for window in range(self.longest):
            recent += np.add.reduceat(shuffled == window, starts, axis=1, dtype=np.float32).T
            np.maximum(best, self.ratios.of(window, self.zones.matrix @ recent).max(axis=0), out=best)
        return best


def _best_by_chance(
    shuffled: _Shuffled, permutations: int, seed: int, cores: int | None, over: Over | None
) -> NDArray[np.float32]:
    """The best ratio on each of so many maps by chance."""
    sizes = [min(CHUNK, permutations - done) for done in range(0, permutations, CHUNK)]
    pieces = list(zip(sizes, np.random.SeedSequence(seed).spawn(len(sizes)), strict=True))
    if over is not None:
        return np.concatenate(list(over(shuffled, pieces)))
    with ThreadPoolExecutor(cores or os.cpu_count() or 1) as pool:
        return np.concatenate(list(pool.map(shuffled, pieces)))


def _apart(
    zones: _Zones, scores: NDArray[np.float32], xy: Floats, most: int
) -> Iterator[tuple[int, int, NDArray[np.intp]]]:
    """The best cylinders, best first, whose circles share no cell: zone, window and all cells of the circle."""
    windows = scores.argmax(axis=1)
    best = scores[np.arange(len(scores)), windows]
    tree, taken, given = cKDTree(xy), np.zeros(len(xy), dtype=bool), 0
    for zone in np.argsort(-best, kind="stable"):
        if best[zone] <= 0 or given == most:
            return
        circle = zones.radius[zone] * (1 + ROUNDING) + ROUNDING
        members = np.array(tree.query_ball_point(xy[zones.centre[zone]], circle, return_sorted=True), dtype=np.intp)
        if taken[members].any():
            continue
        taken[members] = True
        given += 1
        yield int(zone), int(windows[zone]), members


def _checked(counts: ArrayLike, coordinates: ArrayLike) -> tuple[Floats, Floats]:
    x, xy = not_negative("counts", counts), numbers("coordinates", coordinates)
    whole("counts", x)
    if x.ndim != 2:
        raise ValueError(f"counts has {x.ndim} dimensions; allowed: cells × periods")
    if xy.shape != (x.shape[0], 2) or np.isnan(xy).any():
        raise ValueError(f"coordinates has shape {xy.shape}; allowed: two numbers for each of {x.shape[0]} cells")
    return x, xy
