"""What the release says has become of places: kept, moved, gone, new, and what is not certain."""

from collections.abc import Mapping
from typing import Any

import pandas as pd
import pytest

from analysis.moves import VERDICTS
from data.partnership import our_partnership
from data.records import records
from data.release.cell_sheets import cell_sheets
from data.release.hotspot_moves import move_tables
from data.release.hotspot_places import Whereabouts
from data.sentences import moves as move_sentences
from drawings.moves_map import MARKS
from geo.grid import cell_of

SIDE = 24
WEST, SOUTH = 716_000, 6_180_000
NOWHERE = Whereabouts({"byen": "Byen"}, {}, {})
NO_MASS = pd.DataFrame(columns=["period", "area_id", "category", "mass"]).astype({"period": str})
VIOLENCE = our_partnership().category("12")


def cell(column: int, row: int) -> str:
    return str(cell_of(WEST + 250 * column + 125, SOUTH + 250 * row + 125, 250))


def town(then: Mapping[tuple[int, int], int | None], now: Mapping[tuple[int, int], int | None]) -> pd.DataFrame:
    """An even town in two years, with more in the cells named."""
    return pd.DataFrame(
        [
            {
                "year": year,
                "cell_id": cell(column, row),
                "area_id": "byen",
                "category": "12",
                "count": planted.get((column, row), 1 if (column + 2 * row) % 3 == 0 else 0),
                "households": 50,
                "provenance": "example",
                "source_id": "eksempeldata",
            }
            for year, planted in (("2024", then), ("2025", now))
            for column in range(SIDE)
            for row in range(SIDE)
        ]
    ).astype({"count": "Int64"})


def found(cells: pd.DataFrame, incidents: pd.DataFrame = NO_MASS) -> list[dict[str, Any]]:
    rows = move_tables(cells, incidents, NOWHERE)["hotspot_moves"]
    return records(rows[rows["size"] == 250])


def verdicts(cells: pd.DataFrame) -> list[str]:
    return [row["verdict"] for row in found(cells)]


def test_a_place_that_stays_is_kept_with_its_counts_of_both_years() -> None:
    (row,) = found(town({(7, 7): 20}, {(7, 7): 24}))
    assert (row["verdict"], row["cell_id"]) == ("kept", cell(7, 7))
    assert (row["count"] - row["then_count"], row["former_count"] - row["former_then_count"]) == (4, 4)


def test_a_place_that_came_is_new_and_one_that_went_is_gone() -> None:
    rows = found(town({(2, 2): 40}, {(20, 20): 40}))
    assert [(row["verdict"], row["cell_id"]) for row in rows] == [("new", cell(20, 20)), ("gone", cell(2, 2))]


def test_a_place_that_went_as_another_came_near_it_has_moved() -> None:
    (row,) = found(town({(7, 7): 40}, {(11, 7): 40}))
    assert (row["verdict"], row["cell_id"], row["former_cell_id"]) == ("moved", cell(11, 7), cell(7, 7))
    assert row["distance"] == pytest.approx(1000, abs=130)
    assert row["former_then_count"] - row["former_count"] == 40 - 1


def test_a_place_that_only_crossed_the_line_is_not_certainly_new() -> None:
    assert verdicts(town({(7, 7): 5}, {(7, 7): 9})) == ["unsure_new"]
    assert verdicts(town({(7, 7): 9}, {(7, 7): 5})) == ["unsure_gone"]


def test_nothing_that_stands_out_is_no_row_and_the_days_are_told_all_the_same() -> None:
    made = move_tables(town({}, {}), NO_MASS, NOWHERE)
    assert made["hotspot_moves"].empty
    assert made["hotspot_windows"]["last_day"].unique().tolist() == ["2025-12-31"]
    assert set(made["hotspot_windows"]["size"]) == {250, 1000}


def test_one_year_alone_tells_of_nothing() -> None:
    one = town({}, {(7, 7): 25})
    made = move_tables(one[one["year"] == "2025"], NO_MASS, NOWHERE)
    assert [len(table) for table in made.values()] == [0, 0]


def test_a_mass_registration_is_no_new_place() -> None:
    incidents = pd.DataFrame([{"period": "2025", "area_id": "byen", "category": "12", "mass": True}])
    assert found(town({}, {(7, 7): 400}), incidents) == []


def test_a_place_whose_other_year_is_not_reported_is_not_certainly_gone_and_its_count_is_missing() -> None:
    square = {(column, row): None for column in (6, 7, 8) for row in (6, 7, 8)}
    (row,) = found(town({(7, 7): 40}, square))
    assert row["verdict"] == "unsure_gone"
    assert pd.isna(row["count"])
    assert "et antal, der ikke er bedømt" in move_sentences.move_sentence(row, VIOLENCE)


def test_a_longer_history_says_how_much_a_year_varies() -> None:
    # Four years in which the same cells have many one year and none the next: nine is nothing to remark on.
    restless = pd.concat(
        [town({}, {}).query("year == '2025'").assign(year=year) for year in ("2022", "2023", "2024", "2025")]
    )
    turn = restless["year"].astype(int) + restless["cell_id"].str[8:11].astype(int) // 25
    restless["count"] = (turn % 2 * 6).astype("Int64")
    cells = town({}, {(7, 7): 9})
    calm = move_tables(cells, NO_MASS, NOWHERE)["hotspot_moves"]
    varied = move_tables(cells, NO_MASS, NOWHERE, cell_sheets(restless, NO_MASS))["hotspot_moves"]
    assert (len(calm[calm["size"] == 250]), len(varied[varied["size"] == 250])) == (1, 0)


# In words -------------------------------------------------------------------------------------------------------------


def test_a_moved_place_is_told_with_where_it_was_and_all_four_counts() -> None:
    row = {
        "verdict": "moved", "count": 25, "then_count": 1, "former_count": 1, "former_then_count": 25,
        "former_where": "Byen: ved Torvet", "distance": 980.0,
    }  # fmt: skip
    assert move_sentences.move_sentence(row, VIOLENCE) == (
        "25 anmeldte voldsforbrydelser mod 1 året før. 1,0 km derfra, ved Torvet, er der nu 1 mod 25 året før."
    )


def test_the_days_of_both_windows_are_said_and_whole_years_say_that_they_are_all_there_is() -> None:
    week = {
        "area_id": "byen", "span": "week", "first_day": "2024-12-30", "last_day": "2025-12-28",
        "then_first_day": "2024-01-01", "then_last_day": "2024-12-29",
    }  # fmt: skip
    year = week | {"area_id": "naboen", "span": "year", "last_day": "2025-12-31", "then_last_day": "2024-12-31"}
    names = {"byen": "Byen", "naboen": "Naboen"}
    assert move_sentences.windows_sentence([week], names) == (
        "De seneste 52 uger (30. december 2024–28. december 2025) er sat mod de 52 uger før "
        "(1. januar–29. december 2024)."
    )
    both = move_sentences.windows_sentence([week, year], names)
    assert "Naboen: Der er kun tal for hele år: 2025 er sat mod 2024" in both
    assert move_sentences.windows_sentence([], names) == move_sentences.NO_TWO_YEARS


def test_the_headline_counts_every_verdict_that_there_is() -> None:
    rows = [{"verdict": verdict} for verdict in ("kept", "kept", "new", "unsure_gone")]
    assert move_sentences.headline(rows) == (
        "4 steder skiller sig ud i et af de to år eller i begge: 1 nyt, 2 samme sted og 1 måske væk."
    )
    assert move_sentences.headline([]) == "Ingen steder skiller sig ud i nogen af de to år."


def test_every_verdict_has_a_sign_and_a_word_of_its_own() -> None:
    for told in (move_sentences.WORDS, move_sentences.SIGNS, MARKS):
        assert set(told) == set(VERDICTS)
        assert len(set(told.values())) == len(VERDICTS)


def test_the_rule_says_its_distances_for_the_size_of_cell() -> None:
    assert "højst 250 m fra det gamle" in move_sentences.rule("250")
    assert "højst 2 km derfra" in move_sentences.rule("1000")
