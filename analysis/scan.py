"""Gives a second opinion on hotspots: the one circle on the map least likely to be chance."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.spatial import cKDTree
from scipy.special import xlogy

from analysis.arguments import Figure, Floats, like, not_negative, numbers, one, positive, same_length, whole

# Two circles whose log-likelihood ratios differ by less than this differ by rounding alone.
ROUNDING = 1e-9


@dataclass(frozen=True)
class Cluster:
    """The most likely cluster: its cells (row numbers of the input), its circle and how sure it is.

    `radius` is in the unit of the coordinates, from the centre of one cell to that of the farthest.
    `relative_risk` is the rate inside over the rate outside (infinite where all incidents are inside). The
    smallest possible `p_value` is 1/(permutations + 1).
    """

    cells: NDArray[np.intp]
    centre: tuple[float, float]
    radius: float
    observed: int
    expected: float
    relative_risk: float
    log_likelihood_ratio: float
    p_value: float
    permutations: int
    seed: int


def log_likelihood_ratio(observed: ArrayLike, expected: ArrayLike, total: float) -> Figure:
    """Return Kulldorff's Poisson log-likelihood ratio of zones: how much likelier a raised rate is inside.

    `observed` and `expected` are of the zone; `total` incidents fell on the whole map, and its expected
    counts sum to the same. 0 where no more than expected was observed. Raises ValueError for negative counts
    and for zones that hold more than `total`.
    Source: Kulldorff (1997), Communications in Statistics: Theory and Methods 26:1481.
    """
    x, e = not_negative("observed", observed), not_negative("expected", expected)
    most = one("total", not_negative("total", total))
    for name, zone in (("observed", x), ("expected", e)):
        if (zone > most * (1 + ROUNDING)).any():
            raise ValueError(f"{name} = {zone.max():g} is not allowed; allowed: up to the total, {most:g}")
    return like(_ratios(x, e, most), x, e)


def _ratios(x: Floats, e: Floats, total: float) -> Floats:
    """`log_likelihood_ratio` of zones that are known to be as they should."""
    with np.errstate(divide="ignore", invalid="ignore"):
        ratio = xlogy(x, x / e) + xlogy(total - x, (total - x) / (total - e))
    found: Floats = np.where(np.isnan(x + e), np.nan, np.where(x > e, ratio, 0.0))
    return found


def scan(
    counts: ArrayLike,
    expected: ArrayLike,
    coordinates: ArrayLike,
    *,
    seed: int,
    permutations: int = 999,
    largest: float = 0.5,
    radius: float | None = None,
) -> Cluster | None:
    """Return the most likely circular cluster of one map, or None where no circle has more than expected.

    `coordinates` is cells × 2, metres from north and east. Circles are centred on every cell and grow until
    they hold the part `largest` of what is expected, or reach `radius`; cells at the same distance enter
    together. The p-value compares the best circle with the best of each of `permutations` maps on which as
    many incidents fall by chance as `expected` says (scaled to the incidents there are); the same `seed`
    gives the same answer, in whatever order the cells come. It is the chance of so good a circle anywhere on
    the map. Cells with a missing count or expectation are left out.
    Raises ValueError for counts that are negative or not whole, incidents where 0 are expected, fewer than 1
    permutation, `largest` outside 0–0.5 and shapes that do not fit.
    Source: Kulldorff (1997), Communications in Statistics: Theory and Methods 26:1481; Dwass (1957), Annals
    of Mathematical Statistics 28:181.
    """
    x, e, xy = _checked(counts, expected, coordinates)
    if not 0 < largest <= 0.5:
        raise ValueError(f"largest = {largest!r} is not allowed; allowed: above 0 up to 0.5")
    if permutations < 1:
        raise ValueError(f"permutations = {permutations!r} is not allowed; allowed: 1 or more")
    reach = None if radius is None else one("radius", positive("radius", radius))
    kept = np.flatnonzero(~np.isnan(x + e))
    kept = kept[np.lexsort((xy[kept, 0], xy[kept, 1]))]  # one order of cells, whatever order they came in
    x, e, xy = x[kept], e[kept], xy[kept]
    total = int(x.sum())
    if not total:
        return None
    e = e * (total / e.sum())
    drawn = np.random.default_rng(seed).multinomial(total, e / e.sum(), size=permutations)
    maps = np.ascontiguousarray(drawn.T, dtype=np.int32)
    terms, by_chance = _terms(total), np.zeros(permutations)
    strongest: _Circle | None = None
    for rings in _circles(e, xy, largest * total, reach):
        circle = rings.best(x, total)
        strongest = circle if strongest is None or circle.beats(strongest) else strongest
        np.maximum(by_chance, rings.best_ratios(maps, total, terms), out=by_chance)
    if strongest is None or strongest.ratio <= 0:
        return None
    as_good = int((by_chance >= strongest.ratio - ROUNDING).sum())
    outside = (total - strongest.observed) / (total - strongest.expected)
    rate = strongest.observed / strongest.expected
    centre = xy[strongest.cells[0]]
    return Cluster(
        cells=np.sort(kept[strongest.cells]),
        centre=(float(centre[0]), float(centre[1])),
        radius=strongest.radius,
        observed=strongest.observed,
        expected=strongest.expected,
        relative_risk=rate / outside if outside else float("inf"),
        log_likelihood_ratio=strongest.ratio,
        p_value=(1 + as_good) / (permutations + 1),
        permutations=permutations,
        seed=seed,
    )


@dataclass(frozen=True)
class _Rings:
    """The circles around one cell: cells by distance, where each ends, its expected count and its radius."""

    order: NDArray[np.intp]
    ends: NDArray[np.intp]
    expected: Floats
    radius: Floats

    def best(self, counts: Floats, total: int) -> "_Circle":
        """Return the best circle; among equals the smallest."""
        observed = np.cumsum(counts[self.order])[self.ends]
        ratios = _ratios(observed, self.expected, float(total))
        at = int(np.argmax(ratios >= ratios.max() - ROUNDING))
        members = self.order[: self.ends[at] + 1]
        return _Circle(float(ratios[at]), members, int(observed[at]), float(self.expected[at]), float(self.radius[at]))

    def best_ratios(self, maps: NDArray[np.int32], total: int, terms: Floats) -> Floats:
        """Return the largest `log_likelihood_ratio` on each of many maps, with logarithms looked up."""
        starts = np.concatenate([[0], self.ends[:-1] + 1])
        rings = np.add.reduceat(maps[self.order[: self.ends[-1] + 1]], starts, axis=0)
        counts = np.cumsum(rings, axis=0)
        own, rest = np.log(self.expected)[:, None], np.log(total - self.expected)[:, None]
        ratio = terms[counts] - counts * (own - rest) - total * rest
        ratio[counts <= self.expected[:, None]] = 0
        best: Floats = ratio.max(axis=0)
        return best


@dataclass(frozen=True)
class _Circle:
    ratio: float
    cells: NDArray[np.intp]
    observed: int
    expected: float
    radius: float

    def beats(self, other: "_Circle") -> bool:
        """Whether this circle is likelier, or as likely and smaller."""
        if abs(self.ratio - other.ratio) > ROUNDING:
            return self.ratio > other.ratio
        return self.cells.size < other.cells.size


def _checked(counts: ArrayLike, expected: ArrayLike, coordinates: ArrayLike) -> tuple[Floats, Floats, Floats]:
    x, e = not_negative("counts", counts), not_negative("expected", expected)
    xy = numbers("coordinates", coordinates)
    whole("counts", x)
    if x.ndim != 1:
        raise ValueError(f"counts has {x.ndim} dimensions; allowed: one map, a count for each cell")
    same_length(("counts", "expected"), x, e)
    if xy.shape != (x.size, 2) or np.isnan(xy).any():
        raise ValueError(f"coordinates has shape {xy.shape}; allowed: two numbers for each of {x.size} cells")
    impossible = (e == 0) & (x > 0)
    if impossible.any():
        cell = int(np.flatnonzero(impossible)[0])
        raise ValueError(f"expected = 0 where counts = {x[cell]:g}; allowed: above 0 where there are incidents")
    return x, e, xy


def _circles(e: Floats, xy: Floats, most: float, reach: float | None) -> Iterator[_Rings]:
    """Give the circles around each cell that hold no more than `most` and reach no farther than `reach`."""
    tree, near = cKDTree(xy), np.arange(e.size)
    for centre in xy:
        if reach is not None:
            near = np.array(tree.query_ball_point(centre, reach * (1 + ROUNDING), return_sorted=True))
        distance = np.hypot(*(xy[near] - centre).T)
        by_distance = np.argsort(distance, kind="stable")
        order, distance = near[by_distance], distance[by_distance]
        inside = np.cumsum(e[order])
        last_at_its_distance = np.diff(distance, append=np.inf) > ROUNDING * (1 + distance)
        ends = np.flatnonzero(last_at_its_distance & (inside > 0) & (inside <= most * (1 + ROUNDING)))
        if ends.size:
            yield _Rings(order, ends, inside[ends], distance[ends])


def _terms(total: int) -> Floats:
    """The part of the log-likelihood that depends on the count alone, for every count from 0 to the total."""
    count = np.arange(total + 1.0)
    terms: Floats = xlogy(count, count) + xlogy(total - count, total - count)
    return terms
