"""A criterion whose target asks for no more than there was, or against its indicator, is refused with the remedy."""

from dataclasses import replace

import pandas as pd
import pytest

from data.contracts.columns import Known
from data.contracts.problems import ContractError, Problem
from data.contracts.validation import check
from data.intake.baselines import baseline_in

SURVEY = pd.DataFrame(
    [
        ("2021", "ostby", "tryg", 0.90), ("2021", "vestby", "tryg", 0.60),
        ("2022", "ostby", "tryg", 0.90), ("2022", "ostby", "tryg", 0.80),
    ],
    columns=["wave", "area_id", "indicator", "share"],
)  # fmt: skip
POPULATION = pd.DataFrame(
    [("2021", "ostby", 1000), ("2021", "vestby", 3000)], columns=["period", "area_id", "residents"]
)
INCIDENTS = pd.DataFrame(
    [(f"2021K{quarter}", "ostby", "12", 5.0) for quarter in range(1, 5)]
    + [(f"2022K{quarter}", "ostby", "12", 5.0) for quarter in range(1, 4)],
    columns=["period", "area_id", "category", "count"],
)
stands = baseline_in(lambda kind: {"survey": SURVEY, "population": POPULATION, "incidents": INCIDENTS}[kind])
KNOWN = Known(
    areas={"ostby": "ostby", "vestby": "vestby"},
    indicators=frozenset({"tryg", "utryg"}),
    categories=frozenset({"12"}),
    sources=frozenset({"eksempeldata"}),
    initiatives=frozenset({"lys"}),
    purposes=frozenset({"tryghed"}),
    directions={"tryg": 1, "utryg": -1},
    baseline=stands,
)


def criterion(**cells: str) -> pd.DataFrame:
    good = {
        "criterion_id": "k", "version": "1", "initiative_id": "lys", "measure": "survey", "indicator": "tryg",
        "area_ids": "ostby", "baseline_period": "2021", "target": "0,95", "direction": "1", "deadline": "2027",
        "margin": "", "purpose_id": "tryghed", "author": "Sekretariatet", "adopted": "2022-01-31", "reason": "",
        "provenance": "example", "source_id": "eksempeldata",
    }  # fmt: skip
    return pd.DataFrame(good | cells, index=[2], dtype="str")


def refused(**cells: str) -> Problem:
    with pytest.raises(ContractError) as error:
        check(criterion(**cells), "criteria", KNOWN)
    (problem,) = error.value.problems
    return problem


def test_a_target_below_where_it_begins_is_refused_with_the_remedy() -> None:
    problem = refused(target="0,85")
    assert (problem.column, problem.message) == ("target", "målet ligger på den forkerte side af udgangspunktet")
    assert "Skriv et mål, der er bedre end udgangspunktet" in problem.remedy


def test_more_offences_than_there_were_are_no_target() -> None:
    problem = refused(measure="incidents", indicator="12", target="21", direction="-1")
    assert problem.message == "målet ligger på den forkerte side af udgangspunktet"


def test_a_direction_against_the_indicators_is_refused_with_the_remedy() -> None:
    problem = refused(indicator="utryg", target="0,10", direction="1")
    assert (problem.column, problem.message) == ("direction", "retningen er en anden end indikatorens")
    assert "Skriv den retning, der er aftalt for indikatoren" in problem.remedy


@pytest.mark.parametrize(
    "cells",
    [
        {"target": "0,90"},
        {"target": "0,95"},
        # Weighted by residents (1,000 and 3,000) the two begin at .675, by areas alike at .75.
        {"area_ids": "ostby;vestby", "target": "0,70"},
        {"measure": "incidents", "indicator": "12", "target": "20", "direction": "-1"},
        {"measure": "incidents", "indicator": "12", "target": "0", "direction": "-1"},
    ],
)
def test_a_target_at_least_as_good_as_where_it_begins_is_accepted(cells: dict[str, str]) -> None:
    assert len(check(criterion(**cells), "criteria", KNOWN)) == 1


@pytest.mark.parametrize(
    ("measure", "indicator", "areas", "period"),
    [
        ("survey", "tryg", ("ostby",), "2020"),
        # Asked in two ways, an area is missing, a quarter is missing: where it begins is not known.
        ("survey", "tryg", ("ostby",), "2022"),
        ("survey", "tryg", ("ostby", "sydby"), "2021"),
        ("incidents", "12", ("ostby",), "2022"),
    ],
)
def test_nothing_is_held_against_what_is_not_known(
    measure: str, indicator: str, areas: tuple[str, ...], period: str
) -> None:
    assert stands(measure, indicator, areas, period) is None


def test_without_figures_a_target_is_not_held_against_any() -> None:
    assert len(check(criterion(target="0,10"), "criteria", replace(KNOWN, baseline=None))) == 1
