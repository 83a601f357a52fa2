"""Clusters that grow now: the search, its numbers by another road, and how often it cries wolf."""

import pickle
from collections.abc import Callable, Iterator, Sequence
from itertools import permutations as orders
from math import log
from typing import TypedDict

import numpy as np
import pytest
from numpy.typing import NDArray

from analysis.space_time import EmergingCluster, Piece, emerging_clusters, recurrence_days

Shuffled = Callable[[Piece], NDArray[np.float32]]


class Asked(TypedDict):
    """What a search is asked for beside its counts."""

    seed: int
    radius: float
    longest: int
    permutations: int


LINE = np.column_stack([np.arange(6.0) * 100, np.zeros(6)])
# Cells (rows) by weeks, oldest first: the third, fourth and fifth cell wake up in the last two weeks.
WAKING = [
    [3, 2, 3, 2, 1, 0],
    [2, 3, 2, 3, 0, 0],
    [1, 0, 0, 0, 2, 3],
    [0, 0, 1, 0, 2, 2],
    [0, 0, 0, 1, 2, 2],
    [2, 3, 2, 3, 0, 1],
]


def square(side: int) -> NDArray[np.float64]:
    """Centres of side × side cells of 250 m."""
    east, north = np.meshgrid(np.arange(side) * 250.0, np.arange(side) * 250.0)
    return np.column_stack([east.ravel(), north.ravel()])


def noise(rng: np.random.Generator, cells: int, weeks: int, incidents: int) -> NDArray[np.int64]:
    """Incidents that fall in uneven places and weeks, each without regard to the other."""
    where = rng.choice(cells, incidents, p=(weight := rng.gamma(0.7, 1, cells)) / weight.sum())
    when = rng.choice(weeks, incidents, p=(weight := rng.gamma(20, 1, weeks)) / weight.sum())
    counts = np.zeros((cells, weeks), dtype=np.int64)
    np.add.at(counts, (where, when), 1)
    return counts


def by_loops(
    counts: list[list[int]], xy: NDArray[np.float64], radius: float, longest: int
) -> Iterator[tuple[float, tuple[int, ...], int, int, float]]:
    """Every cylinder by plain loops and the paper's formulas: ratio, cells, periods, observed, expected."""
    total = sum(map(sum, counts))
    for centre in xy:
        distances = [float(np.hypot(*(other - centre))) for other in xy]
        for reach in sorted(set(distances)):
            if reach > radius:
                break
            cells = tuple(place for place, distance in enumerate(distances) if distance <= reach)
            if sum(sum(counts[cell]) for cell in cells) > total / 2:
                break
            for periods in range(1, longest + 1):
                observed = sum(sum(counts[cell][-periods:]) for cell in cells)
                recent = sum(sum(row[-periods:]) for row in counts)
                expected = sum(sum(counts[cell]) for cell in cells) * recent / total
                if observed < 3 or observed <= expected:
                    continue
                rest = total - observed
                ratio = observed * log(observed / expected) + (rest * log(rest / (total - expected)) if rest else 0)
                yield ratio, cells, periods, observed, expected


def best_by_loops(counts: list[list[int]], xy: NDArray[np.float64], radius: float, longest: int) -> float:
    return max((ratio for ratio, *_ in by_loops(counts, xy, radius, longest)), default=0.0)


class TestSearch:
    def test_the_best_cylinder_is_the_one_that_plain_loops_find(self) -> None:
        found = emerging_clusters(WAKING, LINE, seed=1, radius=200, longest=3, permutations=99)[0]
        ratio, cells, periods, observed, expected = max(by_loops(WAKING, LINE, 200, 3))
        assert (tuple(found.cells), found.periods, found.observed) == (cells, periods, observed) == ((2, 3, 4), 2, 13)
        assert found.expected == pytest.approx(expected)
        assert found.log_likelihood_ratio == pytest.approx(ratio, rel=1e-6)

    @pytest.mark.parametrize("seed", range(8))
    def test_on_any_map_the_best_ratio_is_the_one_that_plain_loops_find(self, seed: int) -> None:
        rng = np.random.default_rng(seed)
        xy, counts = square(5), noise(rng, 25, 8, 60)
        found = emerging_clusters(counts, xy, seed=1, radius=500, longest=4, permutations=1)
        best = best_by_loops(counts.tolist(), xy, 500, 4)
        assert (found[0].log_likelihood_ratio if found else 0.0) == pytest.approx(best, rel=1e-6)

    def test_the_p_value_is_the_one_that_all_shuffles_give(self) -> None:
        # Seven incidents: three cells, four weeks. All 7! orders of their weeks are tried by plain loops.
        cells, weeks = [0, 0, 0, 1, 1, 2, 2], [3, 3, 3, 0, 1, 0, 2]
        xy = LINE[:3] * 10

        def table(order: tuple[int, ...]) -> list[list[int]]:
            counts = [[0] * 4 for _ in range(3)]
            for cell, week in zip(cells, order, strict=True):
                counts[cell][week] += 1
            return counts

        own = best_by_loops(table(tuple(weeks)), xy, 100, 2)
        every = [best_by_loops(table(order), xy, 100, 2) for order in set(orders(weeks))]
        exact = np.mean([best >= own - 1e-9 for best in every])
        found = emerging_clusters(table(tuple(weeks)), xy, seed=4, radius=100, longest=2, permutations=19_999)[0]
        assert found.p_value == pytest.approx(exact, abs=0.004)

    def test_clusters_that_share_a_cell_are_told_once(self) -> None:
        xy, counts = square(8), noise(np.random.default_rng(2), 64, 10, 300)
        counts[10, -1] += 12
        counts[50, -2:] += 8
        found = emerging_clusters(counts, xy, seed=1, radius=500, longest=4, permutations=99)
        members = np.concatenate([cluster.cells for cluster in found])
        assert len(members) == len(set(members))
        assert {10, 50} <= set(members[: len(found[0].cells) + len(found[1].cells)])

    def test_cores_and_order_of_cells_change_nothing(self) -> None:
        one_core = emerging_clusters(WAKING, LINE, seed=3, radius=200, longest=3, permutations=199, cores=1)
        two_cores = emerging_clusters(WAKING, LINE, seed=3, radius=200, longest=3, permutations=199, cores=2)
        assert [told(cluster) for cluster in one_core] == [told(cluster) for cluster in two_cores]

    def test_pieces_handed_to_workers_of_ones_own_give_the_same(self) -> None:
        asked: Asked = {"seed": 3, "radius": 200, "longest": 3, "permutations": 199}
        handed: list[int] = []

        def over(function: Shuffled, pieces: Sequence[Piece]) -> list[NDArray[np.float32]]:
            handed.extend(size for size, _ in pieces)
            return [pickle.loads(pickle.dumps(function))(piece) for piece in pieces]  # as to another machine

        elsewhere = emerging_clusters(WAKING, LINE, **asked, over=over)
        assert [told(cluster) for cluster in elsewhere] == [
            told(cluster) for cluster in emerging_clusters(WAKING, LINE, **asked)
        ]
        assert sum(handed) == 199
        assert len(handed) > 1

    def test_two_workers_of_dask_give_the_same(self) -> None:
        distributed = pytest.importorskip("distributed", reason="Dask stands in requirements-bench.txt")
        from benchmarks.clusters import on_dask

        asked: Asked = {"seed": 3, "radius": 200, "longest": 3, "permutations": 199}
        alone = emerging_clusters(WAKING, LINE, **asked)
        with (
            distributed.LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None) as cluster,
            distributed.Client(cluster) as client,
        ):
            theirs = emerging_clusters(WAKING, LINE, **asked, over=on_dask(client))
        assert [told(cluster) for cluster in theirs] == [told(cluster) for cluster in alone]

    def test_a_cell_with_a_missing_week_is_left_out(self) -> None:
        counts = np.array(WAKING, dtype=float)
        counts[3, 0] = np.nan
        found = emerging_clusters(counts, LINE, seed=1, radius=200, longest=3, permutations=9)
        assert all(3 not in cluster.cells for cluster in found)

    def test_nothing_reported_is_no_cluster(self) -> None:
        assert emerging_clusters(np.zeros((6, 5)), LINE, seed=1, radius=200, longest=2) == []

    @pytest.mark.parametrize(
        ("counts", "longest", "said"),
        [
            ([[1.5] * 3] * 6, 2, "whole"),
            ([[-1] * 3] * 6, 2, "0 or more"),
            (WAKING, 6, "fewer than"),
            (WAKING, 0, "1 or"),
        ],
    )
    def test_what_cannot_be_scanned_is_refused(self, counts: list[list[float]], longest: int, said: str) -> None:
        with pytest.raises(ValueError, match=said):
            emerging_clusters(counts, LINE, seed=1, radius=200, longest=longest)


class TestTrust:
    def test_on_noise_a_p_value_below_five_percent_comes_in_five_of_a_hundred_maps(self) -> None:
        rng, xy = np.random.default_rng(11), square(12)
        low = [
            bool(found) and found[0].p_value <= 0.05
            for _ in range(200)
            for found in [
                emerging_clusters(noise(rng, 144, 20, 250), xy, seed=1, radius=500, longest=4, permutations=99)
            ]
        ]
        assert np.mean(low) <= 0.09  # 5 % and three standard errors

    def test_a_planted_cluster_is_found_within_four_weeks(self) -> None:
        # 400 incidents a year on 225 cells; from week 40 on one cell and its neighbours get 3 more a week.
        rng, xy = np.random.default_rng(5), square(15)
        counts = noise(rng, 225, 52, 400)
        near = np.flatnonzero(np.hypot(*(xy - xy[112]).T) <= 250)
        for week in range(40, 52):
            np.add.at(counts[:, week], rng.choice(near, 3), 1)
        seen = [
            bool(found) and recurrence_days(found[0].p_value, 7) >= 365 and bool(set(found[0].cells) & set(near))
            for weeks in range(1, 5)
            for found in [emerging_clusters(counts[:, : 40 + weeks], xy, seed=1, radius=500, longest=4)]
        ]
        assert True in seen

    def test_how_often_chance_would_do_as_well(self) -> None:
        # Kulldorff et al. (2005): p = 0.001 at a look each day is once in 1,000 days.
        assert recurrence_days(0.001, 1) == pytest.approx(1000)
        # A look a week at six categories.
        assert recurrence_days(0.001, 7, analyses=6) == pytest.approx(7 / 0.006)
        assert recurrence_days(0.5, 7, analyses=6) == 7


def told(cluster: EmergingCluster) -> tuple[object, ...]:
    return tuple(map(float, cluster.cells)), cluster.periods, cluster.observed, cluster.p_value
