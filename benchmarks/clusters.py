"""Times the scan for growing clusters, and counts how often it cries wolf and how late it sees what is there.

python -m benchmarks.clusters            the time of 20,000 cells, 52 weeks, 6 categories, 999 permutations
python -m benchmarks.clusters --years 20 false alarms a year, and the delay in weeks of planted clusters
python -m benchmarks.clusters --dask     200,000 cells, one category, on two workers of Dask beside this process
"""

import argparse
import math
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from analysis.space_time import Over, Piece, emerging_clusters, recurrence_days
from benchmarks.results import Figure, Results

CELLS, WEEKS, CATEGORIES, PERMUTATIONS = 20_000, 52, 6, 999
MANY = 200_000
INCIDENTS = 4_000
SMALL_SIDE, SMALL_CATEGORIES, SMALL_INCIDENTS = 20, 3, 300
Shuffled: TypeAlias = Callable[[Piece], NDArray[np.float32]]
LONGEST, RADIUS, ALARM_DAYS = 8, 500.0, 365.0


def square(side: int) -> NDArray[np.float64]:
    """The middles of side × side cells of 250 m."""
    east, north = np.meshgrid(np.arange(side) * 250.0, np.arange(side) * 250.0)
    return np.column_stack([east.ravel(), north.ravel()])


def fallen(rng: np.random.Generator, cells: int, weeks: int, incidents: int) -> NDArray[np.int64]:
    """Incidents in uneven cells and uneven weeks, each without regard to the other."""
    where = rng.gamma(0.5, 1, cells)
    when = rng.gamma(20, 1, weeks)
    counts = np.zeros((cells, weeks), dtype=np.int64)
    np.add.at(
        counts,
        (rng.choice(cells, incidents, p=where / where.sum()), rng.choice(weeks, incidents, p=when / when.sum())),
        1,
    )
    return counts


def seconds() -> float:
    """How long one look takes at full size."""
    rng = np.random.default_rng(1)
    xy = square(142)[:CELLS]
    maps = [fallen(rng, CELLS, WEEKS, INCIDENTS) for _ in range(CATEGORIES)]
    begun = time.perf_counter()
    for counts in maps:
        emerging_clusters(counts, xy, seed=1, radius=RADIUS, longest=LONGEST, permutations=PERMUTATIONS)
    return time.perf_counter() - begun


def on_dask(client: Any) -> Over:
    """Hands pieces to the workers of a Dask client; what they share is sent to each of them once."""

    def over(
        function: Callable[[Piece], NDArray[np.float32]], pieces: Sequence[Piece]
    ) -> Iterable[NDArray[np.float32]]:
        shared = client.scatter(function, broadcast=True)
        found: list[NDArray[np.float32]] = client.gather(client.map(called, pieces, function=shared, pure=False))
        return found

    return over


def called(piece: Piece, function: Shuffled) -> NDArray[np.float32]:
    """What a function makes of a piece."""
    return function(piece)


def on_many(results: Results, cells: int) -> None:
    """One look at a map ten times as large, by the threads of this process and by two workers of Dask."""
    from distributed import Client, LocalCluster  # requirements-bench.txt

    rng, side = np.random.default_rng(1), math.ceil(math.sqrt(cells))
    counts, xy = fallen(rng, cells, WEEKS, INCIDENTS * cells // CELLS), square(side)[:cells]
    asked: dict[str, Any] = {"seed": 1, "radius": RADIUS, "longest": LONGEST, "permutations": PERMUTATIONS}
    begun = time.perf_counter()
    ours = emerging_clusters(counts, xy, **asked)
    results.add(Figure(f"{cells:,} cells × {WEEKS} weeks, this process", time.perf_counter() - begun, "s"))
    with (
        LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None) as cluster,
        Client(cluster) as client,
    ):
        begun = time.perf_counter()
        theirs = emerging_clusters(counts, xy, **asked, over=on_dask(client))
        results.add(Figure(f"{cells:,} cells × {WEEKS} weeks, two workers of Dask", time.perf_counter() - begun, "s"))
    same = [(each.p_value, each.log_likelihood_ratio) for each in ours]
    differ = same != [(each.p_value, each.log_likelihood_ratio) for each in theirs]
    results.add(Figure(f"{cells:,} cells/numbers that differ on Dask", float(differ), "", 0))


def alarms(counts: NDArray[np.int64], xy: NDArray[np.float64]) -> list[set[int]]:
    """The cells of each alarm at one look among several categories."""
    emerging = emerging_clusters(counts, xy, seed=1, radius=RADIUS, longest=LONGEST, permutations=PERMUTATIONS)
    return [
        set(map(int, cluster.cells))
        for cluster in emerging
        if recurrence_days(cluster.p_value, 7, analyses=SMALL_CATEGORIES) >= ALARM_DAYS
        and counts[cluster.cells, -1].any()
    ]


def false_alarms(years: int) -> float:
    """Alarms a year where nothing is going on: a look a week, each alarm counted, also when it stands again."""
    rng, xy = np.random.default_rng(2), square(SMALL_SIDE)
    total = 0
    for _ in range(years):
        for _ in range(SMALL_CATEGORIES):
            counts = fallen(rng, len(xy), 2 * WEEKS, 2 * SMALL_INCIDENTS)
            total += sum(len(alarms(counts[:, week - WEEKS : week], xy)) for week in range(WEEKS, 2 * WEEKS))
    return total / years


def delays(times: int, more: int = 3) -> list[int | None]:
    """Weeks from the first of `more` extra incidents a week in 500 m to the first alarm there; None if not in 8."""
    rng, xy = np.random.default_rng(3), square(SMALL_SIDE)
    weeks: list[int | None] = []
    for _ in range(times):
        counts = fallen(rng, len(xy), WEEKS + 8, SMALL_INCIDENTS)
        near = np.flatnonzero(np.hypot(*(xy - xy[rng.integers(len(xy))]).T) <= 250)
        for week in range(WEEKS, WEEKS + 8):
            np.add.at(counts[:, week], rng.choice(near, more), 1)
        seen = (
            week + 1
            for week in range(8)
            if any(cells & set(map(int, near)) for cells in alarms(counts[:, week + 1 : WEEKS + week + 1], xy))
        )
        weeks.append(next(seen, None))
    return weeks


def main() -> int:
    """Measure what was asked for; returns how many targets were missed, of which there are none yet."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.clusters", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--years", type=int, default=0)
    parser.add_argument("--dask", action="store_true")
    chosen = parser.parse_args()
    years, results = chosen.years, Results("clusters")
    if chosen.dask:
        on_many(results, MANY)
        return results.tell()
    if not years:
        size = f"{CELLS:,} cells × {WEEKS} weeks × {CATEGORIES} categories"
        results.add(Figure(f"{size}, {PERMUTATIONS} permutations", seconds(), "s"))
        return results.tell()
    results.add(Figure(f"false alarms a year over {SMALL_CATEGORIES} categories", false_alarms(years), "alarms"))
    for more in (3, 5):
        waited = delays(years, more)
        seen = [weeks for weeks in waited if weeks is not None]
        late = float(np.median(seen)) if seen else float("nan")
        results.add(Figure(f"{more} more a week/not seen of {len(waited)}", len(waited) - len(seen), "clusters"))
        results.add(Figure(f"{more} more a week/seen after", late, "weeks"))
    return results.tell()


if __name__ == "__main__":
    sys.exit(main())
