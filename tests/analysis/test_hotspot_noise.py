"""How often maps on which nothing is going on show a hotspot: simulated with fixed seeds, 5 % at most."""

import numpy as np
import pytest
from numpy.typing import NDArray

from analysis.expected import expected_from_history, expected_from_population
from analysis.hotspots import hotspots_many
from benchmarks.hotspots import square

SPARSE_TO_DENSE = [0.05, 0.1, 0.3, 1.0, 3.0]
NEIGHBOURS, _ = square(1_600)
CELLS = len(NEIGHBOURS)
MAPS, YEARS, CATEGORIES = 1_000, 4, 250
ALLOWED = 0.05


def _share(hotspot: NDArray[np.bool_]) -> float:
    """The part of the maps with a hotspot anywhere."""
    return float(hotspot.any(axis=-1).mean())


@pytest.mark.parametrize("mean", SPARSE_TO_DENSE)
class TestNoise:
    def test_chance_alone(self, mean: float) -> None:
        counts = np.random.default_rng(1).poisson(mean, (1, MAPS, CELLS)).astype(float)
        maps = hotspots_many(counts, expected_from_population(counts), NEIGHBOURS)
        assert _share(maps.hotspot) <= ALLOWED

    def test_chance_about_homes_that_differ_a_hundredfold(self, mean: float) -> None:
        draw = np.random.default_rng(2)
        homes = draw.lognormal(0, 1, CELLS)
        likely = mean * (0.9 * homes / homes.mean() + 0.1)
        counts = draw.poisson(likely, (YEARS, CATEGORIES, CELLS)).astype(float)
        maps = hotspots_many(counts, expected_from_population(counts, homes), NEIGHBOURS)
        assert _share(maps.hotspot) <= ALLOWED

    def test_counts_that_vary_twice_as_much_as_chance(self, mean: float) -> None:
        counts = np.random.default_rng(3).negative_binomial(mean, 0.5, (YEARS, CATEGORIES, CELLS)).astype(float)
        expected = expected_from_population(counts)
        maps = hotspots_many(counts, expected, NEIGHBOURS)
        assert _share(maps.hotspot) <= ALLOWED
        # What the allowance is for: an exact Poisson test of the same maps is wrong most of the time.
        assert _share(hotspots_many(counts, expected, NEIGHBOURS, dispersion=1).hotspot) > 0.5

    def test_a_place_set_against_its_own_short_history(self, mean: float) -> None:
        counts = np.random.default_rng(4).poisson(mean, (YEARS, CATEGORIES, CELLS)).astype(float)
        maps = hotspots_many(counts, expected_from_history(counts), NEIGHBOURS)
        assert _share(maps.hotspot[1:]) <= ALLOWED

    def test_a_place_that_was_always_busier_is_not_news(self, mean: float) -> None:
        draw = np.random.default_rng(5)
        likely = mean * draw.gamma(0.5, 2, CELLS)
        counts = draw.poisson(likely, (YEARS, CATEGORIES, CELLS)).astype(float)
        maps = hotspots_many(counts, expected_from_history(counts), NEIGHBOURS)
        assert _share(maps.hotspot[1:]) <= ALLOWED
