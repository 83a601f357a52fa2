"""What the release says of incident figures, on small visible series."""

from collections.abc import Sequence

import numpy as np
import pandas as pd
import pytest

from data.release.incidents import incident_table

QUARTERS = [f"{year}K{quarter}" for year in range(2021, 2026) for quarter in range(1, 5)]
LEVELS = pd.Series({"herlev": "municipality", "gladsaxe": "municipality"})


def incidents(counts: Sequence[float], area: str = "herlev", category: str = "12") -> pd.DataFrame:
    return pd.DataFrame(
        {
            "period": QUARTERS[: len(counts)],
            "area_id": area,
            "category": category,
            "count": counts,
            "provenance": "official",
            "source_id": "dst-straf11",
        }
    )


def population(area: str = "herlev", residents: Sequence[int] = (10_000,) * 5) -> pd.DataFrame:
    return pd.DataFrame(
        {"period": [f"{year}K1" for year in range(2021, 2026)], "area_id": area, "residents": residents}
    )


def table(counts: Sequence[float]) -> pd.DataFrame:
    return incident_table(incidents(counts), population(), LEVELS).set_index("period")


def test_a_rate_is_per_thousand_residents_with_byars_interval() -> None:
    row = table([65] * 8).loc["2021K1"]
    assert (row["rate"], row["low"], row["high"]) == pytest.approx((6.5, 5.016319, 8.284914), abs=1e-6)


def test_a_year_is_the_sum_of_its_quarters() -> None:
    assert table([1, 2, 3, 4] * 2).loc["2021", "count"] == 10


def test_a_year_with_a_quarter_still_to_come_is_no_year() -> None:
    assert "2022" not in table([10] * 7).index


def test_a_year_with_a_quarter_not_reported_is_missing() -> None:
    rows = table([10, np.nan, 10, 10, 10, 10, 10, 10])
    assert (rows.loc["2021", "state"], rows.loc["2021K2", "state"]) == ("missing", "missing")


def test_a_quarter_is_compared_with_the_same_quarter_last_year() -> None:
    rows = table([10, 20, 30, 40, 11, 21, 31, 41])
    assert rows.loc["2022K3", "last_year"] == 30
    assert np.isnan(rows.loc["2021K3", "last_year"])


def test_the_ratio_and_its_interval_are_the_exact_ones() -> None:
    steady = [11, 1, 1, 1] * 4  # Enough like quarters for the dispersion to be 1.
    residents = population(residents=(3011, 800, 800, 800, 800))
    row = incident_table(incidents([21, 1, 1, 1, *steady]), residents, LEVELS).set_index("period").loc["2022K1"]
    assert row["dispersion"] == 1
    assert (row["ratio"], row["ratio_low"], row["ratio_high"]) == pytest.approx((1.971488, 0.8584264, 4.2772659))


def test_the_newest_quarter_and_its_year_are_provisional_and_get_no_verdict() -> None:
    rows = table([100] * 7 + [10])
    assert (rows.loc["2022K4", "state"], rows.loc["2022", "state"]) == ("provisional", "provisional")
    assert (rows.loc["2022K4", "changed"], rows.loc["2022", "changed"]) == ("", "")


def test_a_clear_fall_in_a_final_quarter_is_better() -> None:
    # Five years, so that the fall is not all that the dispersion is known from.
    assert table([100] * 16 + [40] + [100] * 3).loc["2025K1", "changed"] == "better"


def test_a_quarter_without_rows_is_missing_and_shifts_no_other() -> None:
    rows = incidents([10, 20, 30, 40, 11, 21, 31, 41, 12, 22, 32, 42])
    gap = rows[rows["period"] != "2022K1"]
    found = incident_table(gap, population(), LEVELS).set_index("period")
    assert (found.loc["2022K1", "state"], found.loc["2022", "state"]) == ("missing", "missing")
    assert np.isnan(found.loc["2023K1", "last_year"])
    assert found.loc["2023K2", "last_year"] == 21


def test_years_have_the_dispersion_of_years() -> None:
    drifting = [count for level in (100, 140, 90, 150, 100) for count in [level] * 4]
    found = table(drifting)
    assert found.loc["2023", "dispersion"] > 1.3 * found.loc["2023K1", "dispersion"]
    assert (found.loc["2023", "dispersion_df"], found.loc["2023K1", "dispersion_df"]) == (4, 16)


def test_the_limits_in_force_say_from_when_they_hold_and_what_they_rest_on() -> None:
    shifted = [60, 55, 66, 58] * 5 + [30, 26, 34, 28] * 5
    quarters = [f"{year}K{quarter}" for year in range(2021, 2031) for quarter in range(1, 5)]
    rows = (
        incidents([0])
        .drop(columns=["period", "count"])
        .merge(pd.DataFrame({"period": quarters, "count": shifted}), how="cross")
    )
    found = incident_table(rows, population(), LEVELS).set_index("period")
    newest = found.loc["2030K4"]
    assert (newest["limits_from"], newest["limits_n"], newest["limits_moved"]) == ("2026K1", 19, True)
    assert found.loc["2021K1", "limits_from"] == "2021K1"


def test_chance_alone_is_no_verdict() -> None:
    assert table([7, 9, 8, 10, 4, 9, 8, 10]).loc["2022K1", "changed"] == "unchanged"


def test_a_mass_registration_is_shown_flagged_and_kept_out_of_verdicts_either_way() -> None:
    counts = [60.0] * 20
    counts[5] = 476
    rows = table(counts)
    assert (rows.loc["2022K2", "count"], rows.loc["2022K2", "mass"]) == (476, True)
    assert (rows.loc["2022K2", "changed"], rows.loc["2023K2", "changed"]) == ("", "")


def test_a_mass_registration_is_kept_out_of_the_control_limits() -> None:
    counts = [58.0, 62.0] * 10
    usual = table(counts)
    counts[5] = 476
    assert table(counts).loc["2024K1", "upper"] == pytest.approx(usual.loc["2024K1", "upper"], rel=0.05)


def test_twelve_quarters_are_too_few_for_control_limits() -> None:
    assert table([60] * 13)["mean"].isna().all()


def test_years_have_no_control_limits() -> None:
    rows = table([60] * 20)
    assert rows.loc[["2021", "2024"], "mean"].isna().all()
    assert rows.loc["2021K1", "mean"] == 60


def test_nought_is_not_missing() -> None:
    row = table([0] + [5] * 7).loc["2021K1"]
    assert (row["state"], row["count"]) == ("published", 0)


def test_an_area_where_nobody_lives_has_counts_and_no_rates_and_is_compared_with_no_year() -> None:
    residents = population(residents=(0, 0, 10_000, 10_000, 10_000))
    row = incident_table(incidents([5] * 12), residents, LEVELS).set_index("period").loc["2022K1"]
    assert (row["count"], row["changed"]) == (5, "")
    assert row[["residents", "rate", "low", "high", "ratio"]].isna().all()


def test_an_area_without_residents_has_counts_and_no_rates() -> None:
    row = incident_table(incidents([5] * 8), population("gladsaxe"), LEVELS).set_index("period").loc["2021K1"]
    assert row["count"] == 5
    assert np.isnan(row["rate"])


def test_a_source_says_how_many_of_its_newest_periods_may_still_change() -> None:
    rows = incidents([5] * 8)
    source = str(rows["source_id"].iloc[0])
    for said, provisional in (({}, 1), ({source: 3}, 3), ({source: 0}, 0), ({"another": 4}, 1)):
        found = incident_table(rows, population(), LEVELS, provisional=said).set_index("period")["state"]
        quarters = found[[period for period in found.index if "K" in period]]
        assert list(quarters == "provisional") == [False] * (8 - provisional) + [True] * provisional
