"""A model that leans on other areas, and what a rank is worth."""

import numpy as np
import pytest
from scipy.optimize import minimize_scalar

from analysis.small_areas import chance_of_being_last, fay_herriot
from benchmarks.simulations import ranks

SHARES = np.array([0.62, 0.71, 0.75, 0.80, 0.58, 0.69, 0.77, 0.83])
VARIANCES = np.array([0.0015, 0.0012, 0.0020, 0.0009, 0.0031, 0.0014, 0.0011, 0.0018])


def test_areas_of_one_size_are_drawn_to_their_mean_by_the_known_part() -> None:
    # With equal variances restricted maximum likelihood has an answer by hand: s² − v.
    found = fay_herriot(SHARES, np.full(8, 0.002))
    spread = SHARES.var(ddof=1) - 0.002
    assert found.between == pytest.approx(spread, rel=1e-6)
    assert found.weight == pytest.approx(np.full(8, spread / (spread + 0.002)), rel=1e-6)
    assert found.leans_on == pytest.approx(np.full(8, SHARES.mean()))
    assert found.model == pytest.approx(found.weight * SHARES + (1 - found.weight) * SHARES.mean())


def test_the_variance_between_areas_is_where_the_restricted_likelihood_is_largest() -> None:
    x = np.column_stack([np.ones(8), np.arange(8.0)])

    def minus_log_likelihood(between: float) -> float:
        w = 1 / (between + VARIANCES)
        inner = (x * w[:, None]).T @ x
        beta = np.linalg.solve(inner, (x * w[:, None]).T @ SHARES)
        away = SHARES - x @ beta
        return float(0.5 * (np.log(1 / w).sum() + np.linalg.slogdet(inner)[1] + (w * away**2).sum()))

    best = minimize_scalar(minus_log_likelihood, bounds=(0, 0.05), method="bounded", options={"xatol": 1e-10})
    found = fay_herriot(SHARES, VARIANCES, np.arange(8.0))
    assert found.between == pytest.approx(best.x, abs=1e-6)


def test_an_area_with_few_answers_leans_more() -> None:
    found = fay_herriot(SHARES, VARIANCES)
    assert np.argmin(found.weight) == np.argmax(VARIANCES)
    assert ((found.model - SHARES) * (found.leans_on - SHARES) >= 0).all()
    assert (found.low < found.model).all()


def test_areas_that_differ_by_no_more_than_chance_are_all_drawn_to_their_mean() -> None:
    found = fay_herriot([0.70, 0.71, 0.69, 0.70, 0.70], np.full(5, 0.01))
    assert found.between == 0
    assert found.model == pytest.approx(np.full(5, 0.70))
    assert (found.error > 0).all()


def test_four_areas_are_too_few_and_a_missing_one_is_left_out() -> None:
    assert not fay_herriot(SHARES[:4], VARIANCES[:4]).enough
    found = fay_herriot(np.append(SHARES, np.nan), np.append(VARIANCES, 0.001))
    assert found.areas == 8
    assert np.isnan(found.model[8])


def test_the_model_is_nearer_the_truth_than_the_areas_own_figures() -> None:
    # As measured when this was asked for: from about 3.5 points of error to little over 3 with eight areas.
    draw = np.random.default_rng(6)
    own, modelled, inside = [], [], []
    for _ in range(400):
        truth = draw.normal(0.72, 0.06, 8).clip(0.4, 0.95)
        seen = draw.binomial(150, truth) / 150
        found = fay_herriot(seen, seen * (1 - seen) / 150)
        own.append((seen - truth) ** 2)
        modelled.append((found.model - truth) ** 2)
        inside.append((found.low <= truth) & (truth <= found.high))
    assert np.sqrt(np.mean(own)) == pytest.approx(0.036, abs=0.002)
    assert 0.029 <= np.sqrt(np.mean(modelled)) <= 0.034
    assert np.mean(inside) == pytest.approx(0.95, abs=0.025)


def test_the_worst_of_eight_alike_areas_is_hardly_known() -> None:
    found = chance_of_being_last(SHARES, np.sqrt(VARIANCES))
    assert np.nansum(found) == pytest.approx(1)
    assert np.argmax(found) == 4
    assert 0.4 < found[4] < 0.95


def test_worst_is_most_where_less_is_better_and_a_missing_area_takes_no_part() -> None:
    found = chance_of_being_last([0.1, 0.2, np.nan, 0.1, 0.2, 0.5], np.full(6, 0.01), direction=-1)
    assert found[5] == 1
    assert np.isnan(found[2])
    assert chance_of_being_last([0.1, 0.2, 0.3, 0.4, 0.5], np.full(5, 0.01))[0] == 1


def test_of_four_areas_it_is_not_known_how_they_vary_so_no_rank_is_told() -> None:
    assert np.isnan(chance_of_being_last([0.1, 0.2, 0.3, 0.4], np.full(4, 0.01))).all()


def test_areas_that_hardly_differ_share_the_chance_although_one_figure_is_the_poorest() -> None:
    # Three standard errors lie between the poorest and the best of eight, as they do by chance where all are alike;
    # taken by itself the poorest figure would be called the poorest area in three of four.
    estimate = np.array([0.69, 0.715, 0.72, 0.72, 0.725, 0.73, 0.735, 0.75])
    found = chance_of_being_last(estimate, np.full(8, 0.02))
    alone = np.random.default_rng(1).normal(estimate, 0.02, (4000, 8)).argmin(axis=1)
    assert found[0] < 0.4 < 0.6 < (alone == 0).mean()


@pytest.mark.parametrize("spread", [0.03, 0.05, 0.08])
def test_the_chance_that_is_told_is_how_often_it_comes_true(spread: float) -> None:
    right, stated = ranks(spread, 400)
    assert np.mean(stated) == pytest.approx(np.mean(right), abs=0.06)
