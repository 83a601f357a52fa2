"""Counts come by month, quarter, four months, half-year or year; a release tells quarters and years of them."""

import pandas as pd
import pytest

from data import clock
from data.contracts.validation import ContractError, Known, check
from data.release.changes import new_quarters
from data.release.incidents import incident_table
from data.release.spans import settled, unfinished, waiting

LEVELS = pd.Series({"havnen": "housing_area", "byen": "municipality"})
POPULATION = pd.DataFrame({"period": ["2022K1", "2023K1", "2024K1", "2025K1"], "area_id": "byen", "residents": 10_000})


def counts(told: dict[str, float], area: str = "havnen", **more: str) -> pd.DataFrame:
    columns = {"area_id": area, "category": "VOLD", "provenance": "official", "source_id": "politi"} | more
    return pd.DataFrame({"period": list(told), "count": list(told.values())}).assign(**columns)


def told(rows: pd.DataFrame) -> dict[str, float]:
    found = settled(rows).sort_values("period")
    return dict(zip(found["period"], found["count"], strict=True))


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({"2025K1": 5, "2025K2": 3}, {"2025K1": 5, "2025K2": 3}),
        ({"2025M01": 1, "2025M02": 2, "2025M03": 4, "2025M04": 8}, {"2025K1": 7}),
        ({"2025H1": 5, "2025H2": 6}, {"2025": 11}),
        ({"2025H1": 5}, {}),
        ({"2025T1": 1, "2025T2": 2, "2025T3": 3}, {"2025": 6}),
        ({"2025": 9}, {"2025": 9}),
        # What is told in a finer span stands, and the same told twice is not added.
        ({"2025": 9, "2025K1": 2}, {"2025K1": 2}),
        ({"2025K1": 2, "2025M01": 1, "2025M02": 1, "2025M03": 1}, {"2025K1": 2}),
        ({"2025": 9, "2025H1": 5, "2025H2": 6}, {"2025": 9}),
    ],
)  # fmt: skip
def test_counts_are_told_by_quarter_or_by_year(given: dict[str, float], expected: dict[str, float]) -> None:
    assert told(counts(given)) == expected


def test_a_sum_with_a_part_not_reported_is_missing_and_with_one_invented_is_invented() -> None:
    found = settled(counts({"2025H1": float("nan"), "2025H2": 6}))
    assert found["count"].isna().tolist() == [True]
    mixed = pd.concat([counts({"2025H1": 1}), counts({"2025H2": 2}, provenance="example")])
    assert settled(mixed)["provenance"].tolist() == ["example"]


def test_areas_and_categories_may_each_come_in_their_own_span() -> None:
    rows = pd.concat([counts({"2025H1": 5, "2025H2": 6}), counts({"2025K1": 7}, area="byen")])
    assert set(settled(rows)[["area_id", "period"]].itertuples(index=False, name=None)) == {
        ("havnen", "2025"), ("byen", "2025K1"),
    }  # fmt: skip


def test_years_are_compared_with_the_year_before_though_there_are_no_quarters() -> None:
    rows = settled(counts({"2023": 100, "2024": 100, "2025": 160}, area="byen"))
    found = incident_table(rows, POPULATION, LEVELS).set_index("period")
    assert list(found.index) == ["2023", "2024", "2025"]
    assert (found.loc["2025", "last_year"], found.loc["2025", "state"]) == (100, "published")
    assert found.loc["2025", "ratio"] == pytest.approx(1.6)


def test_a_year_left_out_is_not_last_year() -> None:
    found = incident_table(counts({"2022": 100, "2024": 100}), POPULATION, LEVELS).set_index("period")
    assert found.loc["2023", "state"] == "missing"
    assert pd.isna(found.loc["2024", "last_year"])


def test_years_stand_beside_the_years_that_quarters_make_up() -> None:
    quarters = {f"{year}K{quarter}": 10.0 for year in (2023, 2024) for quarter in (1, 2, 3, 4)}
    rows = settled(pd.concat([counts(quarters, area="byen"), counts({"2023H1": 1, "2023H2": 2, "2024": 4})]))
    found = incident_table(rows, POPULATION, LEVELS).set_index(["area_id", "period"])
    years = {key: row["count"] for key, row in found.iterrows() if len(key[1]) == 4}
    assert years == {("byen", "2023"): 40, ("byen", "2024"): 40, ("havnen", "2023"): 3, ("havnen", "2024"): 4}
    assert found.loc[("byen", "2024"), "state"] == "provisional"
    assert found.loc[("havnen", "2024"), "state"] == "published"


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("2025H1", "2025H1"), ("1. halvår 2025", "2025H1"), ("H2 2025", "2025H2"), ("2025T3", "2025T3"),
        ("3. tertial 2025", "2025T3"), ("2025M3", "2025M03"), ("marts 2025", "2025M03"), ("2025", "2025"),
        ("4. kvartal 2025", "2025K4"),
    ],
)  # fmt: skip
def test_a_file_may_write_the_period_as_one_says_it(written: str, code: str) -> None:
    rows = counts({written: 5})
    assert check(rows, "incidents", known=Known())["period"].item() == code


def test_half_of_a_year_is_not_taken_for_all_of_it() -> None:
    this_year = str(clock.today().year)
    with pytest.raises(ContractError) as refused:
        check(counts({this_year: 5}), "incidents", known=Known())
    assert refused.value.problems[0].message == "perioden er ikke slut endnu"


def test_a_third_half_year_is_none() -> None:
    with pytest.raises(ContractError) as refused:
        check(counts({"2025H3": 5}), "incidents", known=Known())
    assert refused.value.problems[0].message == "perioden findes ikke i kalenderen"


def test_where_offences_are_counted_by_year_the_newest_year_is_news() -> None:
    found = incident_table(counts({"2024": 100, "2025": 160}, area="byen"), POPULATION, LEVELS)
    assert new_quarters(found, None)["period"].tolist() == ["2025"]


def test_what_is_in_no_whole_quarter_or_year_waits() -> None:
    assert waiting(counts({"2024": 9, "2025H1": 1, "2025H2": 2, "2026H1": 3})) == ["2026H1"]
    assert waiting(counts({"2025K4": 9, "2026M01": 1, "2026M02": 2})) == ["2026M01", "2026M02"]
    assert waiting(counts({"2025K4": 9})) == []


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({"2025H1": 1}, [("2025H1", "2025", "2025H2")]),
        ({"2025T1": 1, "2025T3": 1}, [("2025T1", "2025", "2025T2"), ("2025T3", "2025", "2025T2")]),
        ({"2025M04": 1}, [("2025M04", "2025K2", "2025M05;2025M06")]),
        ({"2025M01": 1, "2025M02": 1, "2025M03": 1}, []),
        ({"2025": 9, "2025H1": 1}, []),
        ({"2025K1": 2, "2025M01": 1}, []),
    ],
)  # fmt: skip
def test_what_waits_is_told_with_what_it_lacks(given: dict[str, float], expected: list[tuple[str, str, str]]) -> None:
    rows = unfinished(counts(given))
    assert list(rows[["period", "whole", "lacks"]].itertuples(index=False, name=None)) == expected
    assert "count" not in rows


def test_an_area_waits_though_others_are_whole() -> None:
    rows = unfinished(pd.concat([counts({"2025H1": 5, "2025H2": 6}), counts({"2025H1": 7}, area="byen")]))
    assert rows["area_id"].tolist() == ["byen"]
