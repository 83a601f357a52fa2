"""The table of effects: windows, comparison, evidence level and sentences, on small series."""

import datetime as dt
from typing import Any

import numpy as np
import pandas as pd
import pytest

from data.partnership import Partnership
from data.release import Release
from data.release.effects import effect_table

QUARTERS = [f"{year}K{quarter}" for year in range(2018, 2024) for quarter in range(1, 5)]
ORIGIN = {"provenance": "example", "source_id": "eksempeldata"}
AREAS = ("a", "b", "c", "d")


def tables(
    series: dict[str, list[float]], similar: str = "b;c;d", neighbours: tuple[str, ...] = (), start: str = "2021-01-01"
) -> dict[str, pd.DataFrame]:
    """One initiative in area a; `series` gives the quarterly counts of each area from 2018 to 2023."""
    incidents = [
        {
            "period": quarter, "area_id": area, "category": "TOT", "level": "housing_area", "count": float(count),
            "residents": 1000.0, "mass": False, "dispersion": 1.0, "state": "published", **ORIGIN,
        }
        for area, counts in series.items()
        for quarter, count in zip(QUARTERS, counts, strict=True)
    ]  # fmt: skip
    survey = pd.DataFrame(
        [
            {
                "wave": wave, "area_id": "a", "indicator": "tryg_i_nabolag", "level": "housing_area", "series": "jm",
                "share": share, "n": 400, "n_eff": 400.0, "state": "published", **ORIGIN,
            }
            for wave, share in (("2020", 0.70), ("2022", 0.80))
        ]
    )  # fmt: skip
    names = {"a": "Grantoften", "b": "Bakken", "c": "Dalen", "d": "Engen"}
    return {
        "incidents": pd.DataFrame(incidents),
        "survey": survey,
        "areas": pd.DataFrame([{"area_id": area, "name": names[area], "level": "housing_area"} for area in series]),
        "initiatives": pd.DataFrame(
            [{"initiative_id": "i", "area_ids": "a", "start": dt.date.fromisoformat(start), "end": None, **ORIGIN}]
        ),
        "criteria": pd.DataFrame(),
        "similar": pd.DataFrame([{"area_id": "a", "indicator": "tryg_i_nabolag", "similar": similar}]),
        "neighbours": pd.DataFrame([("a", near) for near in neighbours], columns=["area_id", "neighbour_id"]),
    }


def steady(before: float, after: float) -> list[float]:
    """Twelve quarters before 2021 and twelve from then on."""
    return [before] * 12 + [after] * 12


def rows(made: dict[str, pd.DataFrame], partnership: Partnership) -> dict[str, dict[str, Any]]:
    """The offence rows by method."""
    found = effect_table(made, partnership)
    return {row["method"]: row for row in found.to_dict("records") if row["measure"] == "incidents"}


FALL = {"a": steady(50, 25), "b": steady(50, 49), "c": steady(50, 51), "d": steady(50, 50)}


def test_the_windows_are_two_whole_years_before_and_after_the_start(partnership: Partnership) -> None:
    row = rows(tables(FALL), partnership)["before_after"]
    assert (row["before_from"], row["before_to"], row["after_from"], row["after_to"]) == (
        "2019K1", "2020K4", "2021K1", "2022K4",
    )  # fmt: skip
    assert (row["before"], row["after"]) == (400, 200)


def test_the_quarter_in_which_it_began_belongs_to_neither_side(partnership: Partnership) -> None:
    row = rows(tables(FALL, start="2021-02-15"), partnership)["before_after"]
    assert (row["before_to"], row["after_from"]) == ("2020K4", "2021K2")


def test_the_effect_is_the_areas_ratio_over_that_of_the_others(partnership: Partnership) -> None:
    # (200/400) / ((392+408+400)/1200) = .5
    row = rows(tables(FALL), partnership)["comparison"]
    assert row["effect"] == pytest.approx(0.5)
    assert (row["evidence_level"], row["verdict"], row["main"]) == (3, "better", True)


def test_level_three_says_more_than_others_and_that_other_explanations_are_not_ruled_out(
    partnership: Partnership,
) -> None:
    sentence = rows(tables(FALL), partnership)["comparison"]["sentence"]
    assert "antallet faldt fra 400 til 200 (−50 pct.)" in sentence
    assert "Andre forklaringer er ikke udelukket." in sentence
    assert "virkede" not in sentence


def test_level_one_says_that_we_cannot_say_why(partnership: Partnership) -> None:
    row = rows(tables(FALL), partnership)["before_after"]
    assert row["evidence_level"] == 1
    assert "Vi kan ikke sige hvorfor." in row["sentence"]


def test_with_one_area_to_compare_with_there_is_no_level_three(partnership: Partnership) -> None:
    found = rows(tables({name: FALL[name] for name in ("a", "b")}, similar="b"), partnership)
    assert "comparison" not in found
    assert found["time_series"]["evidence_level"] == 2


def test_neighbours_are_not_what_an_area_is_held_against(partnership: Partnership) -> None:
    found = rows(tables(FALL, neighbours=("d",)), partnership)
    assert found["comparison"]["comparison_area_ids"] == "b;c"
    # (ΔT + ΔTn) − 2000/2000·ΔC = (−200 + 0) − (784+... b 392−400 + c 408−400 = 0) = −200.
    assert (found["displacement"]["effect"], found["displacement"]["neighbour_ids"]) == (-200, "d")


def test_the_placebo_rank_is_of_the_area_among_its_comparisons(partnership: Partnership) -> None:
    row = rows(tables(FALL), partnership)["comparison"]
    assert (row["placebo_rank"], row["placebo_p"]) == (1, 0.25)


def test_an_area_that_lay_highest_at_the_start_carries_a_warning(partnership: Partnership) -> None:
    high = FALL | {"a": steady(80, 60)}
    assert "Grantoften lå højest af alle" in rows(tables(high), partnership)["before_after"]["sentence"]
    low = FALL | {"a": steady(30, 20)}
    assert "lå højest" not in rows(tables(low), partnership)["before_after"]["sentence"]


def test_small_counts_are_told_without_per_cent(partnership: Partnership) -> None:
    small = {"a": steady(2, 1), "b": steady(2, 2), "c": steady(2, 2), "d": steady(2, 2)}
    sentence = rows(tables(small), partnership)["comparison"]["sentence"]
    assert "fra 16 til 8" in sentence
    assert "pct." not in sentence


def test_hidden_or_mass_counts_leave_the_effect_unmade(partnership: Partnership) -> None:
    made = tables(FALL)
    spoiled = (made["incidents"]["area_id"] == "a") & (made["incidents"]["period"] == "2020K2")
    made["incidents"].loc[spoiled, "count"] = np.nan
    row = rows(made, partnership)[""]
    assert (row["evidence_level"], row["reason"]) == (0, "Et af tallene skjules eller rummer en masseregistrering.")


def test_too_short_a_time_leaves_the_effect_unmade(partnership: Partnership) -> None:
    row = rows(tables(FALL, start="2023-06-01"), partnership)[""]
    assert row["reason"] == "Der er ikke tal for et helt år både før og efter, at indsatsen begyndte."


def test_perceived_safety_is_told_before_and_after(partnership: Partnership) -> None:
    (row,) = effect_table(tables(FALL), partnership).query("measure == 'survey'").to_dict("records")
    assert (row["method"], row["evidence_level"], row["verdict"]) == ("before_after", 1, "better")
    assert "andelen steg fra 70 pct. til 80 pct. fra 2020 til 2022" in row["sentence"]


def test_without_initiatives_the_table_is_empty_with_its_columns(partnership: Partnership) -> None:
    made = tables(FALL)
    made["initiatives"] = made["initiatives"].iloc[:0]
    found = effect_table(made, partnership)
    assert (len(found), "sentence" in found) == (0, True)


def test_no_sentence_of_the_shipped_effects_claims_a_cause(shipped: Release) -> None:
    said = " ".join(shipped.tables["effects"]["sentence"]).lower()
    assert [word for word in ("virkede", "skyldes", "på grund af", "takket være") if word in said] == []
    made = shipped.tables["effects"]
    beyond = made[made["evidence_level"] >= 2]
    assert beyond["sentence"].str.contains("Andre forklaringer er ikke udelukket").all()
