"""What the release says of a share held against the country, its municipality and areas like it, on small waves."""

from typing import Any

import pandas as pd
import pytest

from data.release.reference import REFERENCE_LEVELS, reference_table
from data.release.survey import survey_table
from data.views.view import REFERENCES

AREAS = pd.DataFrame(
    [
        ("landet", "Hele landet", "country", "", 5_900_000),
        ("byen", "Byen", "municipality", "landet", 50_000),
        ("nord", "Nord", "housing_area", "byen", 2000),
        ("syd", "Syd", "housing_area", "byen", 3000),
        ("vest", "Vest", "housing_area", "byen", 1000),
    ],
    columns=["area_id", "name", "level", "parent_id", "residents"],
)
SIMILAR = pd.DataFrame([("nord", "tryg", "syd;vest", False)], columns=["area_id", "indicator", "similar", "too_few"])


def share(area: str, value: float, n: float | None = 400, **changes: Any) -> dict[str, Any]:
    return {
        "wave": "2021",
        "area_id": area,
        "indicator": "tryg",
        "series": "jm",
        "share": value,
        "n": n,
        "n_eff": n,
        "deff": None,
        "half_width": None,
        "rounded": 0,
        "provenance": "official",
        "source_id": f"kilde-{area}",
        "note": "",
    } | changes


def against(reference: str, *rows: dict[str, Any], area: str = "nord") -> dict[str, Any]:
    survey = survey_table(pd.DataFrame(rows), AREAS.set_index("area_id")["level"], {"tryg": 1})
    table = reference_table(survey, AREAS, SIMILAR)
    found = table[(table["reference"] == reference) & (table["area_id"] == area)]
    return dict(found.iloc[0])


def test_the_release_knows_every_reference_a_reader_can_choose() -> None:
    assert list(REFERENCE_LEVELS) == list(REFERENCES)


def test_the_difference_carries_newcombes_interval() -> None:
    row = against("land", share("nord", 56 / 70, 70), share("landet", 48 / 80, 80))
    assert (row["difference"], row["low"], row["high"]) == pytest.approx((0.2, 0.0524, 0.3339), abs=5e-5)


@pytest.mark.parametrize(("value", "verdict"), [(0.9, "above"), (0.81, "unchanged"), (0.6, "below")])
def test_a_share_lies_surely_above_or_below_or_neither(value: float, verdict: str) -> None:
    assert against("land", share("nord", value), share("landet", 0.8, 1000))["verdict"] == verdict


@pytest.mark.parametrize(
    ("other", "reason"),
    [
        (share("landet", 0.8, None), "unknown_answers"),
        (share("landet", 0.8, series="pt"), "other_series"),
        (share("landet", 0.8, wave="2019"), "not_measured"),
        (share("landet", 0.8, 40), "very_uncertain"),
    ],
)
def test_a_share_that_cannot_be_compared_says_why_and_gets_no_verdict(other: dict[str, Any], reason: str) -> None:
    row = against("land", share("nord", 0.5), other)
    assert (row["verdict"], row["reason"]) == ("", reason)


def test_areas_that_are_alike_are_taken_together_by_their_residents_and_not_their_answers() -> None:
    row = against("lignende", share("nord", 0.9), share("syd", 0.6, 100), share("vest", 0.8, 300))
    assert row["reference_share"] == pytest.approx((3000 * 0.6 + 1000 * 0.8) / 4000)
    assert (row["reference_name"], row["verdict"]) == ("Syd og Vest", "above")


def test_one_area_alone_is_too_few_to_be_alike() -> None:
    row = against("lignende", share("nord", 0.9), share("syd", 0.6))
    assert (row["verdict"], row["reason"]) == ("", "too_few_alike")


def test_a_reference_that_is_hidden_is_not_measured() -> None:
    row = against("kommune", share("nord", 0.9), share("byen", 0.6, 20))
    assert (row["reason"], pd.isna(row["reference_share"])) == ("not_measured", True)


def test_a_hidden_share_is_held_against_nothing() -> None:
    survey = survey_table(
        pd.DataFrame([share("nord", 0.9, 20), share("landet", 0.8)]), AREAS.set_index("area_id")["level"], {"tryg": 1}
    )
    assert "nord" not in set(reference_table(survey, AREAS, SIMILAR)["area_id"])


def test_an_invented_side_makes_the_comparison_invented() -> None:
    row = against("land", share("nord", 0.9, provenance="example"), share("landet", 0.8))
    assert (row["provenance"], row["source_id"]) == ("example", "kilde-landet")


def test_another_wave_does_not_change_the_verdict() -> None:
    rows = [share("nord", 0.86), share("landet", 0.80, 2000)]
    alone = against("land", *rows)["verdict"]
    others = [share(area, 0.5, wave="2022") for area in ("nord", "syd", "vest", "landet")]
    assert alone == "above"
    assert against("land", *rows, *others)["verdict"] == alone
