"""The one circle on the map least likely to be chance."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from analysis.scan import log_likelihood_ratio, scan
from benchmarks.hotspots import square

# Leukaemia in 281 census tracts of upstate New York, 1978–82 (Waller & Gotway 2004), whole cases; from spData
# (CC0), as packaged by Debian (r-cran-spdata 2.2.1, shapes/NY8_utm18), coordinates rounded to metres.
NEW_YORK = Path(__file__).with_name("new_york_leukaemia.csv")
# Three clusters SaTScan finds there, tracts by row number from 1, with SaTScan's cases, population and
# log-likelihood ratio (quoted in the tests of the R package smerc). It drew its circles in degrees, on points
# that differ a little from ours, so the clusters are compared, not the search.
SATSCAN = [
    (
        [49, 48, 50, 47, 1, 15, 51, 2, 13, 14, 3, 35, 16, 52, 36, 37, 12, 11, 5, 17, 10, 4, 6, 38, 18, 9],
        (85, 95_249, 11.577255),
    ),
    ([89, 88, 87, 84, 90, 86, 92, 85], (38, 34_083, 9.019716)),
    ([166, 159, 167], (11, 8_839, 3.209485)),
]
LINE = np.column_stack([np.arange(5.0), np.zeros(5)])


@pytest.fixture(scope="module")
def new_york() -> pd.DataFrame:
    tracts = pd.read_csv(NEW_YORK)
    return tracts.assign(expected=tracts["population"] * tracts["cases"].sum() / tracts["population"].sum())


class TestLikelihood:
    @pytest.mark.parametrize(("tracts", "published"), SATSCAN)
    def test_the_leukaemia_clusters_of_new_york_have_their_published_ratio(
        self, new_york: pd.DataFrame, tracts: list[int], published: tuple[int, int, float]
    ) -> None:
        zone = new_york.iloc[np.array(tracts) - 1]
        cases, population, ratio = published
        assert (zone["cases"].sum(), zone["population"].sum()) == (cases, population)
        found = log_likelihood_ratio(cases, zone["expected"].sum(), new_york["cases"].sum())
        assert found == pytest.approx(ratio, abs=5e-7)

    def test_by_hand(self) -> None:
        # 6 of 10 where 2 were expected: 6·ln 3 + 4·ln ½.
        assert log_likelihood_ratio(6, 2, 10) == pytest.approx(6 * np.log(3) - 4 * np.log(2))

    def test_no_more_than_expected_is_no_cluster(self) -> None:
        assert log_likelihood_ratio([1, 2], [2, 2], 10) == pytest.approx([0, 0])

    def test_everything_inside_is_finite(self) -> None:
        assert log_likelihood_ratio(10, 2, 10) == pytest.approx(10 * np.log(5))


class TestScan:
    def test_a_tiny_map_has_the_circle_found_by_hand(self) -> None:
        found = scan([6, 3, 0, 0, 1], np.ones(5), LINE, seed=1)
        assert found is not None
        # Two of five cells hold 9 of 10 incidents where 4 are expected.
        assert found.cells.tolist() == [0, 1]
        assert (found.observed, found.expected, found.radius) == (9, pytest.approx(4), 1)
        assert found.log_likelihood_ratio == pytest.approx(9 * np.log(9 / 4) + np.log(1 / 6))
        assert found.relative_risk == pytest.approx((9 / 4) / (1 / 6))

    def test_cells_at_the_same_distance_enter_together(self) -> None:
        # About cell 2, cells 1 and 3 enter as one.
        found = scan([0, 4, 9, 4, 0, 0, 0], np.ones(7), np.column_stack([np.arange(7.0), np.zeros(7)]), seed=1)
        assert found is not None
        assert found.cells.tolist() == [1, 2, 3]
        assert found.centre == (2, 0)

    def test_the_best_circle_of_new_york_is_the_best_of_all_tried_one_by_one(self, new_york: pd.DataFrame) -> None:
        points = new_york[["easting", "northing"]].to_numpy(float)
        cases, expected = new_york["cases"].to_numpy(), new_york["expected"].to_numpy()
        tried = []
        for point in points:
            order = np.argsort(((points - point) ** 2).sum(axis=1), kind="stable")
            inside = expected[order].cumsum()
            ratios = np.asarray(log_likelihood_ratio(cases[order].cumsum(), inside.clip(max=552), 552))
            tried.append(ratios[inside <= 0.1 * 552].max(initial=0))
        found = scan(cases, expected, points, seed=1, permutations=199, largest=0.1)
        assert found is not None
        assert found.log_likelihood_ratio == pytest.approx(max(tried))
        assert found.p_value <= 0.01

    def test_a_planted_cluster_is_found_where_it_is(self) -> None:
        _, points = square(400)
        counts = np.random.default_rng(1).poisson(0.3, 400)
        planted = np.hypot(*(points - points[210]).T) <= 250
        counts[planted] += 3
        found = scan(counts, np.ones(400), points, seed=1, permutations=199, radius=1_000)
        assert found is not None
        assert set(np.flatnonzero(planted)) <= set(found.cells)
        assert found.p_value == 0.005
        assert found.radius <= 1_000

    def test_on_maps_of_chance_alone_p_is_uniform(self) -> None:
        _, points = square(64)
        draw = np.random.default_rng(2)
        found = [scan(draw.poisson(1, 64), np.ones(64), points, seed=seed, permutations=99) for seed in range(200)]
        p_values = np.array([1.0 if cluster is None else cluster.p_value for cluster in found])
        for level in (0.05, 0.25, 0.5, 0.75):
            # Within three standard errors of 200 maps.
            assert (p_values <= level).mean() == pytest.approx(level, abs=3 * np.sqrt(level * (1 - level) / 200))

    def test_the_same_seed_gives_the_same_answer_in_any_order_of_cells(self) -> None:
        _, points = square(100)
        draw = np.random.default_rng(3)
        counts, expected, order = draw.poisson(1, 100), draw.uniform(0.5, 2, 100), draw.permutation(100)
        straight = scan(counts, expected, points, seed=4, permutations=99)
        mixed = scan(counts[order], expected[order], points[order], seed=4, permutations=99)
        assert straight is not None
        assert mixed is not None
        assert np.sort(order[mixed.cells]).tolist() == straight.cells.tolist()
        assert (mixed.p_value, mixed.centre) == (straight.p_value, straight.centre)
        assert mixed.log_likelihood_ratio == pytest.approx(straight.log_likelihood_ratio)

    def test_only_the_proportions_of_what_is_expected_matter(self) -> None:
        one, ten = (scan([6, 3, 0, 0, 1], np.full(5, times), LINE, seed=1) for times in (1, 10))
        assert one is not None
        assert ten is not None
        assert (one.p_value, one.expected) == (ten.p_value, pytest.approx(ten.expected))

    def test_a_cell_not_reported_is_left_out(self) -> None:
        found = scan([np.nan, 6, 3, 0, 0, 1], np.ones(6), np.vstack([[-1, 0], LINE]), seed=1)
        assert found is not None
        assert found.cells.tolist() == [1, 2]

    @pytest.mark.parametrize("counts", [[0, 0, 0, 0, 0], [2, 2, 2, 2, 2]])
    def test_a_map_without_any_excess_has_no_cluster(self, counts: list[int]) -> None:
        assert scan(counts, np.ones(5), LINE, seed=1) is None

    @pytest.mark.parametrize(
        ("change", "message"),
        [
            ({"counts": [-1, 0, 0, 0, 0]}, "counts = -1 is not allowed; allowed: 0 or more"),
            ({"counts": [0.5, 0, 0, 0, 0]}, "counts = 0.5 is not allowed; allowed: whole numbers"),
            ({"counts": np.ones((2, 5))}, "counts has 2 dimensions; allowed: one map"),
            ({"expected": [0, 1, 1, 1, 1]}, "expected = 0 where counts = 2; allowed: above 0"),
            ({"expected": np.ones(4)}, r"expected \(4,\); allowed: the same shape"),
            (
                {"coordinates": np.ones((5, 3))},
                r"coordinates has shape \(5, 3\); allowed: two numbers for each",
            ),
            ({"permutations": 0}, "permutations = 0 is not allowed; allowed: 1 or more"),
            ({"largest": 0.9}, "largest = 0.9 is not allowed; allowed: above 0 up to 0.5"),
            ({"radius": 0}, "radius = 0 is not allowed; allowed: above 0"),
        ],
    )
    def test_wrong_input_is_named_with_what_is_allowed(self, change: dict[str, object], message: str) -> None:
        given: dict[str, object] = {"counts": [2, 0, 0, 0, 0], "expected": np.ones(5), "coordinates": LINE}
        with pytest.raises(ValueError, match=message):
            scan(**(given | {"seed": 1} | change))  # type: ignore[arg-type]

    def test_a_zone_cannot_hold_more_than_the_whole(self) -> None:
        with pytest.raises(ValueError, match="observed = 11 is not allowed; allowed: up to the total, 10"):
            log_likelihood_ratio(11, 2, 10)
