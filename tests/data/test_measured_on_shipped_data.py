"""What the methods note measured on the shipped data stands in the release (methods note, section 8)."""

import pytest

from analysis.spc import count_chart
from data.calendar import is_year
from data.release import Release


def test_a_weapons_year_varies_twice_as_much_as_a_weapons_quarter(shipped: Release) -> None:
    rows = shipped.incidents
    weapons = rows[(rows["category"] == "3410") & (rows["level"] == "municipality")]
    years = is_year(weapons["period"])
    assert weapons.loc[~years, "dispersion"].unique() == pytest.approx([2.60], abs=0.005)
    assert weapons.loc[years, "dispersion"].unique() == pytest.approx([5.11], abs=0.005)


def test_with_the_dispersion_of_years_few_yearly_verdicts_are_left(shipped: Release) -> None:
    rows = shipped.incidents
    yearly = rows[is_year(rows["period"])]
    assert int(yearly["changed"].isin(["better", "worse"]).sum()) == 14


def test_six_series_have_a_trend_and_five_of_them_were_never_called_changed(shipped: Release) -> None:
    survey, trends = shipped.survey, shipped.tables["trends"]
    moved = trends[trends["verdict"].isin(["better", "worse"])]
    changed = survey[survey["changed"].isin(["better", "worse"])]
    ever = set(zip(changed["area_id"], changed["indicator"], strict=True))
    never = [row for row in zip(moved["area_id"], moved["indicator"], strict=True) if row not in ever]
    assert (len(moved), len(never)) == (6, 5)


def test_one_mean_over_ten_years_puts_a_signal_on_nearly_every_series_and_moved_limits_on_none_of_their_newest(
    shipped: Release,
) -> None:
    rows = shipped.incidents
    quarterly = rows[(rows["level"] == "municipality") & ~is_year(rows["period"])]
    by_series = quarterly.assign(signalled=quarterly["signal"] != "").pivot(
        index=["area_id", "category"], columns="period", values=["count", "signalled"]
    )
    one_mean = count_chart(by_series["count"].to_numpy(dtype=float)).signal != ""
    assert (len(one_mean), int(one_mean.any(axis=1).sum())) == (88, 82)
    assert one_mean.mean() == pytest.approx(0.42, abs=0.005)
    stepped = by_series["signalled"].to_numpy(dtype=bool)
    assert (int(one_mean[:, -1].sum()), int(stepped[:, -1].sum())) == (26, 0)
    assert stepped.mean() == pytest.approx(0.24, abs=0.005)
