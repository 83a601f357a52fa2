"""What is said of one area, word for word."""

from typing import Any

import pytest

from data.partnership import LISTS, Category, Indicator
from data.sentences import areas as area_sentences
from data.settings.nouns import AreaList

NAN = float("nan")
SAFE = Indicator("tryg", "Tryghed i nabolaget", "føler sig trygge", "", "", 1, (0.6, 0.7, 0.8, 0.9))
ALL = Category("TOT", "Anmeldte forbrydelser i alt", "anmeldelser", (8, 12, 16, 20))


def year(**changes: Any) -> dict[str, Any]:
    """Høje Gladsaxe 2025: 257 reported, 60.0 per 1,000 residents, 282 the year before."""
    return {
        "name": "Høje Gladsaxe",
        "level": "housing_area",
        "period": "2025",
        "count": 257.0,
        "last_year": 282.0,
        "rate": 60.0,
        "low": 51.9,
        "high": 69.0,
        "mass": False,
        "last_year_mass": False,
        "state": "provisional",
        "changed": "",
    } | changes


@pytest.mark.parametrize(
    ("lists", "ministry", "police"),
    [
        ("", area_sentences.NO_LISTS, area_sentences.NO_LISTS),
        ("SUB 2014–2018", area_sentences.NO_LISTS, "SUB 2014–2018"),
        (
            "SUB senest 2013;Forebyggelsesområde 1. december 2021",
            "Forebyggelsesområde 1. december 2021",
            "SUB senest 2013",
        ),
        ("Suburbant område 2020", "Suburbant område 2020", area_sentences.NO_LISTS),
    ],
)
def test_the_ministrys_lists_and_the_polices_list_are_kept_apart(lists: str, ministry: str, police: str) -> None:
    found = area_sentences.list_memberships(lists, LISTS)
    assert found == {"Ministeriets lister": ministry, "Politiets liste (SUB)": police}


def test_a_partnership_has_lists_of_its_own_and_what_is_on_none_of_them_is_not_shown() -> None:
    own = (AreaList("Byliste", "Kommunens liste"),)
    assert area_sentences.list_memberships("Byliste 2024;SUB 2014", own) == {"Kommunens liste": "Byliste 2024"}
    assert area_sentences.list_memberships("", own) == {"Kommunens liste": area_sentences.NO_LISTS}


def test_standing_on_one_time_axis_claims_no_cause() -> None:
    assert area_sentences.same_time("Høje Gladsaxe", "housing_area", SAFE, ALL, (2016, 2025)) == (
        "Tryghed i nabolaget og anmeldte forbrydelser i alt i Høje Gladsaxe, 2016–2025, på én tidsakse med "
        "indsatserne. Det viser, hvad der skete i samme tid, ikke hvorfor."
    )


def test_neighbours_are_named_and_nothing_is_said_to_have_moved() -> None:
    assert area_sentences.neighbour_note(["Mørkhøj/Pileparken"], approximate=True) == (
        "Mørkhøj/Pileparken ligger inden for 1 km efter omtrentlige afgrænsninger. Tallene står side om side; "
        "de viser ikke, om noget er flyttet fra det ene område til det andet."
    )


def test_an_area_without_neighbours_says_so() -> None:
    assert area_sentences.neighbour_note([], approximate=True) == (
        "Der er ingen områder af samme slags inden for 1 km."
    )


def test_rates_of_areas_that_are_alike_stand_side_by_side() -> None:
    assert area_sentences.rates_alike(year(), 44.5, 69.3, ALL) == (
        "Anmeldte forbrydelser i alt pr. 1.000 indbyggere i 2025 (foreløbigt): "
        "60,0 i Høje Gladsaxe og 44,5–69,3 i de lignende områder."
    )


def test_too_few_areas_that_are_alike_is_said_before_they_are_named() -> None:
    assert area_sentences.alike_note(["Grantoften"], too_few=True) == (
        "Der er for få områder, der ligner, til en god sammenligning. "
        "De ligner mest i niveau, størrelse og kommunetype: Grantoften."
    )


def test_no_area_that_is_alike_is_said() -> None:
    assert area_sentences.alike_note([], too_few=True) == "Der er ingen områder, der ligner nok til en sammenligning."


def test_a_count_that_was_not_reported_moves_nowhere() -> None:
    row = year(state="missing", count=NAN, rate=NAN, period="2025K3")
    assert area_sentences.incident_move(row, ALL) == (
        "Anmeldte forbrydelser i alt i Høje Gladsaxe i 3. kvartal 2025 er ikke indberettet."
    )


def test_perceived_and_recorded_are_said_together_and_never_made_into_one() -> None:
    perceived = {
        "name": "Høje Gladsaxe",
        "level": "housing_area",
        "wave": "2025",
        "share": 0.818,
        "low": 0.76,
        "high": 0.86,
        "rounded": False,
    }
    assert area_sentences.both_figures(perceived, year(), SAFE, ALL) == (
        "82 pct. føler sig trygge i Høje Gladsaxe (2025), og der er 60,0 anmeldelser pr. 1.000 indbyggere "
        "i 2025 (foreløbigt)."
    )


@pytest.mark.parametrize(
    ("met", "not_met", "words"),
    [
        (0, 0, ""),
        (1, 0, "Mål med udløbet frist: 1 opfyldt."),
        (1, 2, "Mål med udløbet frist: 1 opfyldt og 2 ikke opfyldt."),
    ],
)
def test_criteria_whose_deadline_has_passed_are_counted(met: int, not_met: int, words: str) -> None:
    assert area_sentences.closed_criteria(met, not_met) == words


def test_small_panels_say_their_years() -> None:
    assert area_sentences.panels("Tryghed i nabolaget", "boligområder", ["2016", "2025"]) == (
        "Tryghed i nabolaget i boligområder, 2016–2025."
    )
    assert area_sentences.panels("Tryghed", "kommuner", ["2019"]) == "Tryghed i kommuner, 2019."


def test_older_initiatives_without_a_band_are_counted() -> None:
    assert area_sentences.bands_left_out(8, 2) == "De 8 nyeste indsatser er vist; 2 ældre står under Indsatser."
    assert area_sentences.bands_left_out(8, 0) == ""
