"""Areas live and die: what a table of areas may say of it, and what follows from what it says."""

import datetime as dt

import pandas as pd
import pytest

from data.contracts.validation import ContractError, Known, check
from data.release.renamed import told_of, under_newest_names
from data.sentences.areas import life
from data.succession import declared_sums, heirs, redrawn_pairs, same_area

ENDED = "2024-12-31"
COLUMNS = ("area_id", "first_day", "last_day", "successors", "succession")


def table(*rows: tuple[str, str, str, str, str]) -> pd.DataFrame:
    """Areas as read from a file; all else of them is as it may be."""
    named = pd.DataFrame(rows, columns=list(COLUMNS), index=range(2, len(rows) + 2), dtype="str")
    return named.assign(
        code="", name=named["area_id"], level="housing_area", parent_id="", outline="none", provenance="example",
        source_id="panel",
    )  # fmt: skip


def checked(*rows: tuple[str, str, str, str, str]) -> pd.DataFrame:
    given = table(*rows)
    known = Known(areas={area: area for area in given["area_id"]}, sources=frozenset({"panel"}))
    return check(given, "areas", known=known, today=dt.date(2026, 3, 1))


NEW = ("havn", "2025-01-01", "", "", "")


def test_an_area_without_a_word_of_it_has_always_been_and_still_is() -> None:
    areas = checked(("havnen", "", "", "", ""))
    assert areas["last_day"].isna().all()
    assert heirs(areas, "havnen") == ()
    older = areas.drop(columns=["first_day", "last_day", "successors", "succession"])
    assert (declared_sums(older), heirs(older, "havnen"), same_area(older)) == ({}, (), {})


def test_a_renamed_area_is_the_same_area() -> None:
    areas = checked(("havnen", "", ENDED, "havn", "omdøbt"), NEW)
    assert same_area(areas) == {"havnen": "havn"}
    assert declared_sums(areas) == {"havnen": ("havn",)}


def test_a_split_area_is_the_sum_of_its_successors() -> None:
    areas = checked(("havnen", "", ENDED, "havn;oe", "delt"), NEW, ("oe", "", "", "", ""))
    assert declared_sums(areas) == {"havnen": ("havn", "oe")}
    assert same_area(areas) == {}


def test_areas_laid_together_are_the_parts_of_what_came() -> None:
    areas = checked(("nord", "", ENDED, "havn", "lagt sammen"), ("syd", "", ENDED, "havn", "merged"), NEW)
    assert declared_sums(areas) == {"havn": ("nord", "syd")}


def test_a_moved_border_makes_neither_the_sum_of_the_other() -> None:
    areas = checked(("havnen", "", ENDED, "havn", "grænse flyttet"), NEW)
    assert declared_sums(areas) == {}
    assert redrawn_pairs(areas) == [("havnen", "havn")]


def test_what_stands_where_an_area_stood_is_found_over_generations() -> None:
    areas = checked(
        ("a", "", "2020-12-31", "b", "omdøbt"), ("b", "", ENDED, "c;d", "delt"), ("c", "", "", "", ""),
        ("d", "", "", "", ""),
    )  # fmt: skip
    assert heirs(areas, "a") == ("c", "d")


def test_areas_that_succeed_each_other_in_a_ring_end_somewhere() -> None:
    areas = checked(("a", "", ENDED, "b", "omdøbt"), ("b", "", ENDED, "a", "omdøbt"))
    assert heirs(areas, "a") == ()
    assert set(same_area(areas)) == {"a", "b"}


@pytest.mark.parametrize(
    ("row", "message"),
    [
        (("havnen", "2025-01-01", "2024-12-31", "", ""), "sidste dag ligger før første dag"),
        (("havnen", "", "", "havn", "omdøbt"), "området har efterfølgere, men ingen sidste dag"),
        (("havnen", "", ENDED, "havn", ""), "efterfølgere og måden, de kom i stedet på, hører sammen"),
        (("havnen", "", ENDED, "", "delt"), "efterfølgere og måden, de kom i stedet på, hører sammen"),
        (("havnen", "", ENDED, "havn", "delt"),
         "et område, der er omdøbt eller lagt sammen, har én efterfølger, og et, der er delt, har mindst to"),
        (("havnen", "", ENDED, "havnen", "omdøbt"), "området kan ikke efterfølge sig selv"),
        (("havnen", "", ENDED, "hvan", "omdøbt"), "området kendes ikke"),
    ],
)  # fmt: skip
def test_what_cannot_be_said_of_a_life_is_refused(row: tuple[str, str, str, str, str], message: str) -> None:
    with pytest.raises(ContractError) as refused:
        checked(row, NEW)
    assert [problem.message for problem in refused.value.problems] == [message]


# What a release makes of it -------------------------------------------------------------------------------------


def loaded(areas: pd.DataFrame) -> dict[str, pd.DataFrame]:
    incidents = pd.DataFrame(
        [("2024K4", "havnen", 9), ("2025K1", "havnen", 7), ("2025K1", "havn", 8)],
        columns=["period", "area_id", "count"],
    ).assign(category="VOLD")
    criteria = pd.DataFrame({"criterion_id": ["c"], "version": [1], "area_ids": ["havnen;oe"]})
    return {"areas": areas, "incidents": incidents, "criteria": criteria}


def test_series_and_criteria_of_a_renamed_area_go_on_under_its_new_name() -> None:
    tables, newest = under_newest_names(loaded(checked(("havnen", "", ENDED, "havn", "omdøbt"), NEW)))
    assert newest == {"havnen": "havn"}
    assert tables["areas"]["area_id"].tolist() == ["havn"]
    assert tables["areas"]["formerly"].tolist() == ["havnen"]
    counts = tables["incidents"].sort_values("period")
    assert list(zip(counts["period"], counts["area_id"], counts["count"], strict=True)) == [
        ("2024K4", "havn", 9), ("2025K1", "havn", 8),
    ]  # fmt: skip
    assert tables["criteria"]["area_ids"].tolist() == ["havn;oe"]


def test_an_area_that_was_split_keeps_its_own_figures() -> None:
    areas = checked(("havnen", "", ENDED, "havn;oe", "delt"), NEW, ("oe", "2025-01-01", "", "", ""))
    tables, newest = under_newest_names(loaded(areas))
    assert newest == {}
    assert tables["incidents"]["area_id"].tolist() == ["havnen", "havnen", "havn"]


def test_to_disclosure_control_old_and_new_name_are_one_area() -> None:
    earlier = pd.DataFrame(
        {"area_id": ["havnen", "oe"], "period": "2024K4", "category": "VOLD", "count": [float("nan"), 6.0],
         "state": ["hidden", "published"], "stood": [3.0, 6.0]}
    )  # fmt: skip
    (told,) = told_of([earlier], {"havnen": "havn"})
    assert told["area_id"].tolist() == ["havn", "oe"]
    assert told["stood"].tolist() == [3.0, 6.0]


def test_an_area_says_when_it_ended_and_what_came_instead() -> None:
    areas = checked(("havnen", "", ENDED, "havn;oe", "delt"), NEW, ("oe", "2025-01-01", "", "", ""))
    names = {"havnen": "Havnen", "havn": "Ny Havn", "oe": "Øen"}
    rows = {row["area_id"]: row for row in areas.to_dict("records")}
    assert life(rows["havnen"], areas, names) == "Området ophørte 31. december 2024 og er delt i Ny Havn og Øen."
    assert life(rows["oe"], areas, names) == (
        "Området begyndte 1. januar 2025 efter Havnen; tal fra før den dag hører til det, der var."
    )
    assert life({"area_id": "x"}, areas[["area_id"]], names) == ""
