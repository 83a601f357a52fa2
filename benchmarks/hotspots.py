"""Times the hotspots of a whole release and of the whole country: run `python -m benchmarks.hotspots`."""

import importlib.util
import resource
import sys
import warnings

import numpy as np
from numpy.typing import NDArray
from scipy.stats import poisson

from analysis.expected import expected_from_history, expected_from_population
from analysis.hotspots import back_test, hotspots, hotspots_many, persistence, scan
from benchmarks.results import Figure, Pair, Results, Stopwatch, Timing, fastest
from benchmarks.statistics import SEED

YEARS, CATEGORIES = 4, 6
PARTNERSHIP, COUNTRY = 20_000, 200_000
PARTNERSHIP_LIMIT, COUNTRY_LIMIT, COUNTRY_GIB = 5.0, 60.0, 2.0
LOOPED = 4_000
PLANTED = 0.005  # part of the cells that are hotspots
# One municipality: cells of 250 m, with as many incidents a cell as the example data.
MUNICIPALITY, SCAN_LIMIT, SIDE, REACH = 600, 5.0, 250.0, 1_000.0


def square(cells: int) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """Return neighbours (cells × 8) and coordinates, metres, of a square map of about so many cells."""
    side = round(cells**0.5)
    framed = np.pad(np.arange(side**2).reshape(side, side), 1, constant_values=-1)
    steps = [(up, right) for up in (0, 1, 2) for right in (0, 1, 2) if (up, right) != (1, 1)]
    around = [framed[up : up + side, right : right + side].ravel() for up, right in steps]
    rows, columns = np.divmod(np.arange(side**2), side)
    return np.stack(around, axis=1), SIDE * np.column_stack([columns, rows]).astype(float)


def maps(cells: int) -> list[Timing]:
    """Time all maps of so many cells: uneven homes, overdispersion, a few hotspots."""
    draw, clock = np.random.default_rng(SEED), Stopwatch()
    neighbours, _ = square(cells)
    homes = draw.gamma(0.5, 100, len(neighbours))
    mean = homes / homes.mean() * draw.lognormal(-0.5, 1, (1, CATEGORIES, 1))
    mean[..., draw.random(len(homes)) < PLANTED] += 20
    shape = (YEARS, CATEGORIES, len(neighbours))
    counts = draw.negative_binomial(np.broadcast_to(mean / 0.5, shape), 1 / 1.5).astype(float)
    expected = clock.run("expected from homes", lambda: expected_from_population(counts, homes))
    tested = clock.run("tests", lambda: hotspots_many(counts, expected, neighbours))
    clock.run("expected from history", lambda: expected_from_history(counts, homes))
    clock.run("persistence", lambda: [persistence(tested.hotspot[:, each]) for each in range(CATEGORIES)])
    clock.run(
        "back-tests",
        lambda: [
            back_test(tested.hotspot[year - 1, each], counts[year - 1, each], counts[year, each])
            for year in range(1, YEARS)
            for each in range(CATEGORIES)
        ],
    )
    return clock.timings


def beside_esda(cells: int) -> Pair | None:
    """Seconds for one map of so many cells, by our exact test and by esda's Getis-Ord Gi* with 999 permutations.

    None where esda is not installed (requirements-bench.txt). What is timed is the test; neighbours are given to both.
    """
    if importlib.util.find_spec("esda") is None:
        return None
    from esda.getisord import G_Local
    from libpysal.weights import W

    neighbours, counts, expected = even_map(cells)
    weights = W(
        {cell: [int(each) for each in row if each >= 0] for cell, row in enumerate(neighbours)}, silence_warnings=True
    )
    own = fastest(lambda: hotspots(counts, expected, neighbours))
    # It tells at length which weight it gives to the cell itself: that of its neighbours, as ours does.
    warnings.simplefilter("ignore", UserWarning)
    return own, fastest(lambda: G_Local(counts, weights, star=True, permutations=999, seed=SEED), 1)


def beside_a_loop() -> Pair:
    """Seconds for the exact test of a map, and for the same test written as a loop over cells with SciPy."""
    neighbours, counts, expected = even_map(LOOPED)

    def loop() -> list[float]:
        tested = []
        for cell, row in enumerate(neighbours):
            window = [cell, *(int(each) for each in row if each >= 0)]
            tested.append(float(poisson.sf(counts[window].sum() - 1, expected[window].sum())))
        return tested

    return fastest(lambda: hotspots(counts, expected, neighbours)), fastest(loop, 1)


def even_map(cells: int) -> tuple[NDArray[np.int64], NDArray[np.float64], NDArray[np.float64]]:
    """Return neighbours, counts and expected counts of a map where every cell is alike."""
    neighbours, _ = square(cells)
    counts = np.random.default_rng(SEED).poisson(0.3, len(neighbours)).astype(float)
    return neighbours, counts, np.full(len(neighbours), counts.mean())


def circles() -> list[Timing]:
    """Time the scan of one municipality, with and without a largest radius."""
    draw, clock = np.random.default_rng(SEED), Stopwatch()
    _, coordinates = square(MUNICIPALITY)
    expected = draw.gamma(0.5, 1, len(coordinates))
    counts = draw.poisson(expected).astype(float)
    clock.run("scan to 1 km", lambda: scan(counts, expected, coordinates, seed=SEED, radius=REACH))
    clock.run("scan to half the map", lambda: scan(counts, expected, coordinates, seed=SEED))
    return clock.timings


def peak_gib() -> float:
    """Return the most memory the process has held, GiB."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / (2**30 if sys.platform == "darwin" else 2**20)


def main() -> int:
    """Run all, print the figures and keep them; returns how many targets were missed."""
    results = Results("hotspots")
    for cells, limit in ((PARTNERSHIP, PARTNERSHIP_LIMIT), (COUNTRY, COUNTRY_LIMIT)):
        results.add_steps(f"{cells:,} cells × {YEARS} years × {CATEGORIES} categories", maps(cells), limit)
    results.add(Figure(f"{COUNTRY:,} cells/memory", peak_gib(), "GiB", COUNTRY_GIB))
    own, loop = beside_a_loop()
    results.add(Figure(f"one map of {LOOPED:,} cells", own, "s", None, "a loop with SciPy", loop))
    if pair := beside_esda(PARTNERSHIP):
        results.add(Figure(f"one map of {PARTNERSHIP:,} cells", pair[0], "s", None, "esda, 999 permutations", pair[1]))
    else:
        print("esda is left out: requirements-bench.txt is not installed")
    results.add_steps(f"scan of {MUNICIPALITY} cells, 999 permutations", circles(), SCAN_LIMIT)
    return results.tell()


if __name__ == "__main__":
    sys.exit(main())
