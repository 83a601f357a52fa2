"""Where there are more incidents than chance explains, and how long it has been so."""

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy.sparse import csr_array
from scipy.stats import nbinom, poisson

from analysis.expected import expected_from_population
from analysis.hotspots import (
    hotspots,
    hotspots_many,
    persistence,
    positions,
    prediction_accuracy_index,
    scan,
    upper_tail,
    variation_over_years,
)
from benchmarks.hotspots import square

# Five cells in a row; −1 is beyond the edge.
ROW = np.array([[-1, 1], [0, 2], [1, 3], [2, 4], [3, -1]])


def _planted(seed: int = 1) -> tuple[NDArray[np.float64], NDArray[np.int64]]:
    """30 × 30 cells with 0.3 incidents each, and 12 more in cell 465."""
    neighbours, _ = square(900)
    counts = np.random.default_rng(seed).poisson(0.3, 900).astype(float)
    counts[465] += 12
    return counts, neighbours


class TestWindows:
    def test_a_cell_is_judged_with_its_neighbours(self) -> None:
        table = hotspots([0, 3, 4, 0, 0], [1, 1, 1, 2, 2], ROW)
        assert table["observed"].tolist() == [3, 7, 7, 4, 0]
        assert table["expected"].tolist() == [2, 3, 4, 5, 4]
        assert table["p_value"].tolist() == pytest.approx(poisson.sf([2, 6, 6, 3, -1], [2, 3, 4, 5, 4]))
        assert list(table) == ["observed", "expected", "p_value", "hotspot", "dispersion"]

    def test_a_sparse_adjacency_says_the_same_as_cell_numbers(self) -> None:
        counts, neighbours = _planted()
        rows, place = np.nonzero(neighbours >= 0)
        links = csr_array((np.full(rows.size, 7.0), (rows, neighbours[rows, place])), shape=(900, 900))
        by_number, by_link = (hotspots(counts, np.full(900, 0.3), n) for n in (neighbours, links))
        assert by_number.equals(by_link)

    def test_a_neighbour_named_twice_and_the_cell_itself_count_once(self) -> None:
        twice = np.column_stack([ROW, ROW, np.arange(5)])
        assert hotspots([1, 2, 3, 4, 5], np.ones(5), twice)["observed"].tolist() == [3, 6, 9, 12, 9]

    def test_a_cell_that_is_not_reported_is_in_no_window_and_has_no_verdict(self) -> None:
        table = hotspots([9, np.nan, 9, 0, 0], np.ones(5), ROW)
        assert table["observed"].tolist() == pytest.approx([9, np.nan, 9, 9, 0], nan_ok=True)
        assert table["expected"].tolist() == pytest.approx([1, np.nan, 2, 3, 2], nan_ok=True)
        assert not table["hotspot"][1]

    def test_positions_find_each_neighbour_and_say_where_there_is_none(self) -> None:
        assert positions(["a", "b"], [["b", "x"], ["a", "b"]]).tolist() == [[1, -1], [0, 1]]
        with pytest.raises(ValueError, match=r"cell_ids holds 'a' more than once; allowed: each cell once"):
            positions(["a", "a"], [["b"], ["b"]])


class TestTest:
    def test_chance_is_exact_poisson(self) -> None:
        assert upper_tail([0, 1, 5, 40], 3.2) == pytest.approx(poisson.sf([-1, 0, 4, 39], 3.2))

    def test_overdispersed_counts_are_negative_binomial_with_phi_times_the_variance(self) -> None:
        size, share = 3.2 / (2.5 - 1), 1 / 2.5
        assert nbinom.var(size, share) == pytest.approx(2.5 * 3.2)
        assert upper_tail([0, 1, 5, 40], 3.2, 2.5) == pytest.approx(nbinom.sf([-1, 0, 4, 39], size, share))

    def test_nothing_expected_makes_any_incident_impossible_and_none_certain(self) -> None:
        assert upper_tail([0, 1], 0, [1, 2]) == pytest.approx([1, 0])
        assert np.isnan(upper_tail(np.nan, 1))

    def test_fewer_than_five_incidents_are_no_hotspot_however_unlikely(self) -> None:
        quiet = np.full(5, 0.001)
        assert not hotspots([0, 0, 4, 0, 0], quiet, ROW)["hotspot"].any()
        assert hotspots([0, 0, 5, 0, 0], quiet, ROW)["hotspot"].tolist() == [False, True, True, True, False]

    def test_dispersion_makes_the_same_count_less_surprising_and_is_stated(self) -> None:
        counts, neighbours = _planted()
        sure, unsure = (hotspots(counts, np.full(900, 0.3), neighbours, dispersion=phi) for phi in (1, 12))
        assert sure["hotspot"][465]
        assert not unsure["hotspot"].any()
        assert unsure["dispersion"].tolist() == pytest.approx([12] * 900)

    def test_dispersion_of_a_window_weighs_its_cells_by_what_they_expect(self) -> None:
        table = hotspots(np.zeros(5), [1, 1, 2, 1, 1], ROW, dispersion=[1, 1, 3, 1, 1])
        assert table["dispersion"].tolist() == pytest.approx([1, 2, 2, 2, 1])


class TestFinding:
    def test_a_planted_hotspot_is_found_on_nine_maps_of_ten(self) -> None:
        found = [hotspots(c, expected_from_population(c), n)["hotspot"][465] for c, n in map(_planted, range(40))]
        assert np.mean(found) >= 0.9

    def test_cells_far_from_a_planted_hotspot_are_left_alone(self) -> None:
        counts, neighbours = _planted()
        table = hotspots(counts, expected_from_population(counts), neighbours)
        near = {465, *neighbours[465].tolist()}
        assert table["hotspot"][465]
        assert set(np.flatnonzero(table["hotspot"])) <= near

    def test_the_order_of_cells_changes_nothing(self) -> None:
        counts, neighbours = _planted()
        order = np.random.default_rng(2).permutation(900)
        where = np.append(np.argsort(order), -1)
        straight = hotspots(counts, np.full(900, 0.3), neighbours)
        mixed = hotspots(counts[order], np.full(900, 0.3), where[neighbours[order]])
        assert mixed.to_numpy(float) == pytest.approx(straight.iloc[order].to_numpy(float))

    def test_many_maps_at_once_say_the_same_as_one_at_a_time(self) -> None:
        counts = np.random.default_rng(3).poisson(0.5, (2, 3, 900)).astype(float)
        _, neighbours = _planted()
        expected = expected_from_population(counts)
        many = hotspots_many(counts, expected, neighbours, dispersion=np.array([[[1], [2], [1.5]]]))
        one = hotspots(counts[1, 2], expected.values[1, 2], neighbours, dispersion=1.5)
        assert many.p_value[1, 2] == pytest.approx(one["p_value"].to_numpy())
        assert (many.hotspot[1, 2] == one["hotspot"]).all()

    def test_the_names_other_floors_rely_on_are_here(self) -> None:
        assert prediction_accuracy_index([6, 3, 0], [3, 2, 1]).tolist() == pytest.approx([2, 1.5, 1])
        assert scan([0, 0], [1, 1], [[0, 0], [1, 1]], seed=1) is None


class TestVariation:
    NEIGHBOURS, _ = square(2_500)

    def _counts(self, phi: float) -> NDArray[np.float64]:
        """4 years, one category, places that differ tenfold and more, φ times the variance of chance."""
        mean = np.random.default_rng(4).gamma(0.5, 2, 2_500) + 0.05
        draw = np.random.default_rng(5)
        if phi == 1:
            return draw.poisson(mean, (4, 1, 2_500)).astype(float)
        return draw.negative_binomial(mean / (phi - 1), 1 / phi, (4, 1, 2_500)).astype(float)

    @pytest.mark.parametrize("phi", [1.0, 2.0, 5.0])
    def test_it_is_recovered_however_much_places_differ(self, phi: float) -> None:
        assert variation_over_years(self._counts(phi), self.NEIGHBOURS) == pytest.approx([phi], rel=0.15)

    def test_a_mass_registration_and_a_new_hotspot_do_not_count(self) -> None:
        counts = self._counts(2.0)
        without = variation_over_years(counts, self.NEIGHBOURS)
        counts[1, 0, 100] += 400
        counts[3, 0, 1_230] += 60
        assert variation_over_years(counts, self.NEIGHBOURS) == pytest.approx(without, abs=0.1)

    def test_one_municipality_that_falls_while_another_rises_is_no_variation(self) -> None:
        neighbours, _ = square(900)
        west = np.arange(900) < 450
        mean = np.where(west, [[[8.0]], [[4.0]]], [[[4.0]], [[8.0]]])
        counts = np.random.default_rng(6).poisson(mean).astype(float)
        assert variation_over_years(counts, neighbours, west) == pytest.approx([1], abs=0.15)
        assert variation_over_years(counts, neighbours)[0] > 3

    def test_cells_not_reported_are_left_out_and_one_year_alone_gives_one(self) -> None:
        counts = self._counts(2.0)
        counts[2, 0, 2_000:] = np.nan
        assert variation_over_years(counts, self.NEIGHBOURS) == pytest.approx([2], rel=0.15)
        assert variation_over_years(counts[:1], self.NEIGHBOURS).tolist() == [1]

    def test_it_is_what_the_maps_are_tested_with(self) -> None:
        counts = self._counts(2.0)
        maps = hotspots_many(counts, expected_from_population(counts), self.NEIGHBOURS)
        phi = variation_over_years(counts, self.NEIGHBOURS)[0]
        assert maps.dispersion == pytest.approx(np.full(counts.shape, phi))


@pytest.mark.parametrize(
    ("years", "label"),
    [
        ("0000", ""),
        ("0001", "new"),
        ("0011", "persistent"),
        ("1011", "persistent"),
        ("1101", "persistent"),
        ("1111", "persistent"),
        ("0101", "sporadic"),
        ("1001", "sporadic"),
        ("0100", "sporadic"),
        ("0010", "sporadic"),
        ("1100", "fading"),
        ("1010", "fading"),
        ("1110", "fading"),
        ("101", "persistent"),
        ("01", "new"),
        ("10", "sporadic"),
        ("1", ""),
        ("1?11", "persistent"),
        ("111?", ""),
        ("?0?1", "new"),
    ],
)
def test_persistence_follows_its_rules_oldest_year_first(years: str, label: str) -> None:
    flags = np.array([[{"0": 0.0, "1": 1.0, "?": np.nan}[year]] for year in years])
    table = persistence(flags)
    assert table["label"].tolist() == [label]
    assert table["years_hot"].tolist() == [years.count("1")]
    assert table["years_known"].tolist() == [len(years) - years.count("?")]


class TestRefusals:
    @pytest.mark.parametrize(
        ("change", "message"),
        [
            ({"counts": [-1, 0, 0, 0, 0]}, "counts = -1 is not allowed; allowed: 0 or more"),
            ({"counts": [0.5, 0, 0, 0, 0]}, "counts = 0.5 is not allowed; allowed: whole numbers"),
            ({"counts": np.zeros((2, 5))}, "counts has 2 dimensions; allowed: one map"),
            ({"expected": [-1, 0, 0, 0, 0]}, "expected = -1 is not allowed; allowed: 0 or more"),
            ({"expected": np.ones(4)}, r"expected has shape \(4,\); allowed: the shape of counts, \(5,\)"),
            ({"level": 5}, "level = 5 is not allowed; allowed: above 0 and below 1"),
            ({"minimum": -1}, "minimum = -1 is not allowed; allowed: 0 or more"),
            ({"dispersion": 0.5}, "dispersion = 0.5 is not allowed; allowed: 1 or more"),
            ({"dispersion": [1, 2]}, r"dispersion has shape \(2,\); allowed: as counts, \(5,\)"),
            ({"neighbours": ROW + 1}, "neighbours = 5 is not allowed; allowed: -1 to 4"),
            (
                {"neighbours": ROW[:4]},
                r"neighbours has shape \(4, 2\) and type int64; allowed: a sparse matrix",
            ),
            ({"neighbours": ROW * 1.0}, "type float64; allowed: a sparse matrix, or whole numbers"),
            ({"neighbours": csr_array((4, 5))}, r"neighbours has shape \(4, 5\); allowed: \(5, 5\)"),
        ],
    )
    def test_wrong_input_is_named_with_what_is_allowed(self, change: dict[str, object], message: str) -> None:
        given: dict[str, object] = {"counts": np.zeros(5), "expected": np.ones(5), "neighbours": ROW}
        with pytest.raises(ValueError, match=message):
            hotspots(**(given | change))  # type: ignore[arg-type]

    def test_many_maps_come_as_years_by_categories_by_cells(self) -> None:
        with pytest.raises(ValueError, match="counts has 1 dimensions; allowed: years × categories × cells"):
            hotspots_many(np.zeros(5), np.ones(5), ROW)
        with pytest.raises(ValueError, match=r"groups has shape \(4,\); allowed: one for each cell, \(5,\)"):
            variation_over_years(np.zeros((2, 1, 5)), ROW, [1, 1, 2, 2])

    def test_persistence_wants_verdicts_by_year(self) -> None:
        with pytest.raises(ValueError, match=r"hotspot has shape \(2,\); allowed: years × cells"):
            persistence([True, False])
        with pytest.raises(ValueError, match="hotspot = 3 is not allowed; allowed: true, false or missing"):
            persistence([[3], [0]])
