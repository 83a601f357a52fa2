"""What the release says of survey figures, on small visible waves."""

from typing import Any

import numpy as np
import pandas as pd
import pytest

from analysis import proportions
from data.release.survey import survey_table
from data.release.trends import trend_table

LEVELS = pd.Series({"a": "housing_area", "b": "housing_area", "kommune": "municipality"})
DIRECTIONS = {"tryg": 1, "utryg": -1}


def wave(year: str, share: float, n: float | None = 400, **changes: Any) -> dict[str, Any]:
    return {
        "wave": year,
        "area_id": "a",
        "indicator": "tryg",
        "series": "jm",
        "share": share,
        "n": n,
        "n_eff": n,
        "deff": None,
        "half_width": None,
        "rounded": 0,
        "provenance": "example",
        "source_id": "eksempeldata",
        "note": "",
    } | changes


def table(*rows: dict[str, Any]) -> pd.DataFrame:
    return survey_table(pd.DataFrame(rows), LEVELS, DIRECTIONS)


def test_a_share_carries_wilsons_interval() -> None:
    row = table(wave("2021", 81 / 263, 263)).iloc[0]
    assert (row["low"], row["high"]) == pytest.approx((0.2553, 0.3662), abs=5e-5)


def test_without_a_design_effect_one_and_a_half_is_assumed_and_marked() -> None:
    row = table(wave("2021", 0.7, 300, n_eff=None)).iloc[0]
    assert (row["n_eff"], row["n_eff_basis"]) == (200, "assumed")


def test_a_share_without_answers_has_no_interval_no_quality_and_no_verdict() -> None:
    rows = table(wave("2021", 0.7, None), wave("2022", 0.4, None))
    assert rows["low"].isna().all()
    assert rows["quality"].tolist() == ["", ""]
    assert rows["changed"].tolist() == ["", ""]


def test_a_share_on_under_thirty_answers_leaves_no_trace_but_the_number_of_answers() -> None:
    row = table(wave("2021", 0.7, 29)).iloc[0]
    assert row["state"] == "hidden"
    assert row[["share", "low", "high", "change", "change_low", "change_high"]].isna().all()
    assert row["n"] == 29


def test_the_wave_after_a_hidden_one_tells_nothing_of_it() -> None:
    row = table(wave("2021", 0.7, 29), wave("2022", 0.5)).iloc[1]
    assert np.isnan(row["change"])
    assert np.isnan(row["change_low"])
    assert row["changed"] == ""


def test_a_large_fall_is_worse_and_its_interval_is_newcombes() -> None:
    row = table(wave("2021", 0.8), wave("2022", 0.6)).iloc[1]
    assert row["changed"] == "worse"
    assert (row["change_low"], row["change_high"]) == pytest.approx(proportions.difference(0.6, 400, 0.8, 400)[1:])


def test_for_an_indicator_where_less_is_better_a_fall_is_better() -> None:
    rows = table(wave("2021", 0.3, indicator="utryg"), wave("2022", 0.1, indicator="utryg"))
    assert rows["changed"].tolist() == ["", "better"]


def test_the_fall_a_newspaper_saw_is_not_surely_a_fall() -> None:
    rows = table(wave("2017", 0.796, 150), wave("2018", 0.711, 150))
    assert rows["changed"].tolist() == ["", "unchanged"]


def test_a_new_series_breaks_the_comparison_and_blocks_the_test() -> None:
    row = table(wave("2019", 0.9, series="pt"), wave("2021", 0.5)).iloc[1]
    assert not row["comparable"]
    assert np.isnan(row["change"])
    assert row["changed"] == ""


def test_a_very_uncertain_wave_takes_part_in_no_test() -> None:
    rows = table(wave("2021", 0.7, 60), wave("2022", 0.2))
    assert rows["quality"].tolist() == ["C", "A"]
    assert rows["changed"].tolist() == ["", ""]


def test_a_verdict_depends_on_its_family_and_on_nothing_else() -> None:
    rows = [wave("2021", 0.8), wave("2022", 0.72)]
    others = [wave("2021", 0.8, area_id="kommune"), wave("2022", 0.2, area_id="kommune")]
    alone, among = table(*rows), table(*rows, *others)
    assert among[among["area_id"] == "a"]["changed"].tolist() == alone["changed"].tolist()


def test_a_missing_share_is_missing_and_not_nought() -> None:
    row = table(wave("2021", np.nan)).iloc[0]
    assert row["state"] == "missing"
    assert np.isnan(row["low"])


def test_a_hidden_share_does_not_follow_from_a_half_width() -> None:
    row = table(wave("2021", 0.43, 27, n_eff=None, half_width=0.16)).iloc[0]
    assert (row["state"], row["n"]) == ("hidden", 27)
    assert row[["share", "low", "high", "n_eff", "change"]].isna().all()
    assert not {"half_width", "deff"} & set(row.index)


def test_a_half_year_is_held_against_the_half_year_before_and_never_against_a_year() -> None:
    rows = table(wave("2023", 0.9), wave("2024H1", 0.8), wave("2024H2", 0.6), wave("2024", 0.7))
    before = dict(zip(rows["wave"], rows["previous_wave"], strict=True))
    assert before == {"2023": "", "2024": "2023", "2024H1": "", "2024H2": "2024H1"}
    assert dict(zip(rows["wave"], rows["changed"], strict=True))["2024H2"] == "worse"


def test_a_trend_over_half_years_is_told_in_points_a_year() -> None:
    waves = ("2023H1", "2023H2", "2024H1", "2024H2")
    rows = table(*(wave(code, 0.5 + 0.05 * step, 5000) for step, code in enumerate(waves)))
    (row,) = trend_table(rows, DIRECTIONS).to_dict("records")
    assert (row["first_wave"], row["last_wave"], row["waves"]) == ("2023H1", "2024H2", 4)
    assert row["slope"] == pytest.approx(0.1, abs=1e-3)
