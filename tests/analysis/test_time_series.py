"""Whether a series stepped at a date declared beforehand."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
import statsmodels.api as sm

from analysis.time_series import interrupted_time_series, steps

QUARTERS = np.arange(24)
# Rises by 2 % a quarter, a third higher in every fourth quarter, a fifth lower from quarter 12 on.
EXPECTED = 200 * 1.02**QUARTERS * np.where(QUARTERS % 4 == 3, 4 / 3, 1)
STEPPED = EXPECTED * np.where(QUARTERS >= 12, 0.8, 1)


def test_a_step_is_found_under_trend_and_season() -> None:
    found = interrupted_time_series(STEPPED, 12)
    assert found.ratio == pytest.approx(0.8)
    assert found.expected == pytest.approx(EXPECTED)
    assert found.low < 0.8 < found.high < 1


def test_a_plain_trend_is_no_step() -> None:
    found = interrupted_time_series(EXPECTED, 12)
    assert found.ratio == pytest.approx(1)
    assert found.p_value > 0.99


def test_a_larger_population_is_no_step() -> None:
    residents = np.where(QUARTERS >= 12, 2000, 1000)
    assert interrupted_time_series(EXPECTED * residents / 1000, 12, residents).ratio == pytest.approx(1)


def test_counts_that_jump_about_widen_the_interval() -> None:
    jumping = STEPPED * (1 + 0.3 * np.sin(QUARTERS**2))
    found, calm = interrupted_time_series(jumping, 12), interrupted_time_series(STEPPED, 12)
    assert found.dispersion > 3
    assert found.high / found.low > calm.high / calm.low


@pytest.mark.parametrize(("start", "before", "after"), [(7, 7, 17), (21, 21, 3)])
def test_fewer_than_8_quarters_before_or_4_after_are_not_enough(start: int, before: int, after: int) -> None:
    found = interrupted_time_series(STEPPED, start)
    assert (found.enough, found.quarters_before, found.quarters_after) == (False, before, after)
    assert np.isnan([found.ratio, found.p_value]).all()


def test_missing_quarters_are_left_out_and_not_zeros() -> None:
    series = STEPPED.copy()
    series[[5, 17]] = np.nan
    assert interrupted_time_series(series, 12).ratio == pytest.approx(0.8)


def test_no_offences_after_the_start_give_no_ratio() -> None:
    assert not interrupted_time_series(np.where(QUARTERS >= 12, 0, 5), 12).enough


def test_the_step_of_the_smoking_ban_is_the_published_one() -> None:
    # Acute coronary events in Sicily, 2002–2006 (Bernal, Cummins & Gasparrini 2017); methods note, section 8.
    months = pd.read_csv(Path(__file__).parent / "sicily.csv")
    start = int((months["smokban"] == 0).sum())
    plain = interrupted_time_series(months["aces"], start, months["stdpop"], season=1)
    assert (plain.ratio, plain.dispersion) == pytest.approx((0.8944, 3.559), abs=5e-4)
    waves = interrupted_time_series(months["aces"], start, months["stdpop"], season=12, harmonics=2)
    assert waves.ratio == pytest.approx(0.8851, abs=5e-5)
    assert waves.dispersion == pytest.approx(2.26, abs=0.005)


def test_the_fit_is_that_of_a_generalised_linear_model() -> None:
    counts = np.random.default_rng(4).poisson(STEPPED)
    found = interrupted_time_series(counts, 12)
    time = QUARTERS.astype(float)
    design = np.column_stack([np.ones(24), time, *(time % 4 == quarter for quarter in (1, 2, 3)), time >= 12])
    theirs = sm.GLM(counts, design, family=sm.families.Poisson()).fit()
    assert np.log(found.ratio) == pytest.approx(theirs.params[-1], abs=1e-7)
    assert found.dispersion == pytest.approx(max(1, theirs.pearson_chi2 / 18), rel=1e-6)


def test_quarters_that_follow_one_another_widen_the_interval() -> None:
    waves = STEPPED * np.exp(0.2 * np.sin(QUARTERS / 2.5))
    found = interrupted_time_series(waves, 12)
    assert found.carried_over > 2
    assert interrupted_time_series(STEPPED, 12).carried_over == 1


def test_several_series_get_what_each_gets_alone() -> None:
    many = np.random.default_rng(4).poisson(np.vstack([STEPPED, EXPECTED, np.full(24, 3.0)])).astype(float)
    many[1, 3] = np.nan
    together = steps(many, 12)
    for place, series in enumerate(many):
        alone = interrupted_time_series(series, 12)
        assert (together.log_ratio[place], together.p_value[place]) == pytest.approx(
            (np.log(alone.ratio), alone.p_value), nan_ok=True
        )


def test_a_start_outside_the_series_is_refused() -> None:
    with pytest.raises(ValueError, match="start = 24 is not allowed; allowed: 1 to 23"):
        interrupted_time_series(STEPPED, 24)
