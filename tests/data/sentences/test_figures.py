from dataclasses import replace
from typing import Any

import pytest

from data import sentences
from data.partnership import Category, Indicator

NAN = float("nan")
SAFE = Indicator("tryg", "Tryghed i nabolaget", "føler sig trygge", "", "", 1, (0.6, 0.7, 0.8, 0.9))
BURGLARY = Category("1320", "Indbrud i beboelser", "anmeldte indbrud", (0.5, 1.0, 1.5, 2.0))


def share_row(**changes: Any) -> dict[str, Any]:
    """Høje Gladsaxe 2019: 68.9 % of 293 answers, Wilson 63.4–73.9 %."""
    return {
        "name": "Høje Gladsaxe",
        "level": "housing_area",
        "wave": "2019",
        "share": 0.689,
        "n": 293.0,
        "n_eff": 293.0,
        "n_eff_basis": "given",
        "low": 0.634,
        "high": 0.739,
        "quality": "B",
        "rounded": False,
        "state": "published",
        "previous_wave": "2018",
        "comparable": True,
        "change": -0.022,
        "change_low": -0.096,
        "change_high": 0.053,
        "changed": "unchanged",
    } | changes


def count_row(**changes: Any) -> dict[str, Any]:
    return {
        "name": "Herlev",
        "level": "municipality",
        "period": "2025K3",
        "count": 4.0,
        "last_year": 7.0,
        "rate": 0.13,
        "low": 0.04,
        "high": 0.33,
        "mass": False,
        "last_year_mass": False,
        "state": "published",
        "changed": "unchanged",
    } | changes


def test_level_and_change_read_as_the_newspaper_should_have_written_it() -> None:
    assert sentences.survey_figure(share_row(), SAFE) == (
        "69 pct. føler sig trygge i Høje Gladsaxe (63–74 pct., 293 svar). Der er ingen klar ændring siden 2018."
    )


def test_a_sure_change_is_told_with_its_interval() -> None:
    row = share_row(changed="worse", change=-0.122, change_low=-0.21, change_high=-0.031)
    assert sentences.survey_change(row) == (
        "Det er med statistisk sikkerhed værre end i 2018 (−12,2 pct.point, interval −21,0 til −3,1 pct.point)."
    )


def test_a_share_without_answers_keeps_its_decimal_and_says_that_its_uncertainty_is_unknown() -> None:
    row = share_row(name="Gladsaxe", share=0.793, n=NAN, n_eff=NAN, low=NAN, high=NAN, quality="")
    assert sentences.survey_level(row, SAFE) == (
        "79,3 pct. føler sig trygge i Gladsaxe (2019; antal svar er ikke offentliggjort, så usikkerheden kendes ikke)."
    )


def test_an_interval_without_a_number_of_answers_is_the_sources_own_and_says_why_it_is_not_tested() -> None:
    row = share_row(n=NAN, n_eff=NAN, n_eff_basis="published", quality="")
    assert sentences.survey_level(row, SAFE) == (
        "69 pct. føler sig trygge i Høje Gladsaxe (2019; 63–74 pct., intervallet er kildens eget; antal svar er ikke "
        "offentliggjort, så tallet indgår ikke i nogen test)."
    )
    assert sentences.survey_change(row | {"change_low": NAN, "change_high": NAN, "changed": ""}) == (
        "Om det er anderledes end i 2018, kan ikke testes: antal svar er ikke offentliggjort for begge målinger."
    )


def test_a_share_published_in_whole_per_cent_is_not_given_a_decimal() -> None:
    assert sentences.share(share_row(share=0.81, n_eff=NAN, low=NAN, high=NAN, rounded=True)) == "81 pct."


def test_a_very_precise_share_has_a_decimal() -> None:
    assert sentences.share(share_row(share=0.881, low=0.877, high=0.885)) == "88,1 pct."


def test_an_assumed_design_effect_is_said() -> None:
    assert "antaget" in sentences.survey_level(share_row(n_eff_basis="assumed"), SAFE)


def test_a_share_on_too_few_answers_says_why_it_is_not_shown() -> None:
    row = share_row(share=NAN, low=NAN, high=NAN, n=24.0, n_eff=18.0, quality="D", state="hidden")
    assert sentences.survey_figure(row, SAFE) == (
        "Tryghed i nabolaget i Høje Gladsaxe i 2019 vises ikke: kun 24 svar, og der skal mindst 30 til."
    )


def test_a_changed_question_is_said_instead_of_a_change() -> None:
    assert sentences.survey_change(share_row(comparable=False)) == (
        "Kan ikke sammenlignes med målingen i 2018: der er spurgt på en anden måde."
    )


def test_a_change_of_unknown_uncertainty_is_not_called_anything() -> None:
    row = share_row(change_low=NAN, change_high=NAN, changed="")
    assert "kan ikke testes" in sentences.survey_change(row)


def test_a_change_since_a_hidden_share_says_that_it_is_not_shown() -> None:
    row = share_row(change=NAN, change_low=NAN, change_high=NAN, changed="")
    assert sentences.survey_change(row) == (
        "Om det er anderledes end i 2018, kan ikke afgøres: tallet i 2018 vises ikke."
    )


def test_a_first_wave_has_no_change_to_tell() -> None:
    assert sentences.survey_change(share_row(previous_wave="")) == ""


@pytest.mark.parametrize(
    ("name", "level", "place"),
    [
        ("Hele landet", "country", "i hele landet"),
        ("Københavns Vestegn", "police_district", "i politikredsen Københavns Vestegn"),
        ("Herlev", "municipality", "i Herlev"),
        ("Værebro Park", "housing_area", "i Værebro Park"),
    ],
)
def test_places_have_their_own_wording(name: str, level: str, place: str) -> None:
    assert sentences.place(name, level) == place


@pytest.mark.parametrize(
    ("before", "after", "words"),
    [
        (7, 4, "fra 7 til 4"),
        (25, 19, "fra 25 til 19"),
        (19, 25, "fra 19 til 25"),
        (20, 30, "fra 20 til 30 (+50 pct.)"),
        (812, 541, "fra 812 til 541 (−33 pct.)"),
        (3799, 3815, "fra 3.799 til 3.815 (+0,4 pct.)"),
        (0, 3, "fra 0 til 3"),
    ],
)
def test_no_percentage_where_either_count_is_under_twenty(before: float, after: float, words: str) -> None:
    assert sentences.from_to(before, after) == words


def test_small_counts_are_told_as_they_are() -> None:
    assert sentences.incident_change(count_row(), BURGLARY) == (
        "De anmeldte indbrud faldt fra 7 til 4 på et år. Forskellen er ikke større end tilfældige udsving."
    )


def test_a_move_is_said_with_its_direction() -> None:
    offences = replace(BURGLARY, noun="anmeldelser")
    risen = count_row(last_year=257.0, count=282.0, changed="worse")
    assert sentences.incident_change(risen, offences) == (
        "Anmeldelserne steg fra 257 til 282 (+10 pct.) på et år. Stigningen er større end tilfældige udsving."
    )
    assert sentences.incident_change(risen | {"last_year": 282.0, "changed": "unchanged"}, offences).startswith(
        "Anmeldelserne er uændrede på et år."
    )


def test_a_hidden_share_has_one_reason_in_sentence_and_picture() -> None:
    few, uncertain = share_row(state="hidden", n=24), share_row(state="hidden", n=31)
    assert "kun 24 svar" in sentences.survey_level(few, SAFE)
    assert sentences.hidden_words(few) == "ikke vist (for få svar)"
    assert "usikkerheden er for stor" in sentences.survey_level(uncertain, SAFE)
    assert sentences.hidden_words(uncertain) == "ikke vist (for stor usikkerhed)"


def test_activities_are_told_as_the_total_they_are() -> None:
    done = {"measure": "activity", "value": 15.0, "value_period": "2025K4", "noun": "tryghedsvandringer"}
    assert sentences.criterion_today(done) == "I alt 15 tryghedsvandringer ved udgangen af 2025."
    assert sentences.criterion_today(done | {"value_period": "2025K3"}).endswith("ved udgangen af 3. kvartal 2025.")


def test_activities_of_a_time_that_still_runs_are_told_as_those_until_now() -> None:
    done = {"measure": "activity", "value": 20.0, "value_period": "2026K4", "noun": "natteravneture", "final": False}
    assert sentences.criterion_today(done) == "I alt 20 natteravneture indtil nu (4. kvartal 2026)."
    assert sentences.criterion_today(done | {"final": True}).endswith("ved udgangen af 2026.")


def test_reports_of_one_thing_are_the_subject_and_one_is_one() -> None:
    damage = Category("HAERVAERK", "Hærværk", "anmeldelser af hærværk", (1, 2, 3, 4))
    risen = count_row(count=9.0, last_year=2.0, changed="unchanged")
    assert sentences.incident_change(risen, damage).startswith("Anmeldelserne af hærværk steg fra 2 til 9 på et år.")
    assert sentences.incident_level(count_row(count=1.0), damage).startswith("1 anmeldelse af hærværk ")


def test_a_deadline_in_a_season_is_said_as_in_a_sentence() -> None:
    goal = {"direction": -1, "measure": "survey", "target": 0.2, "deadline": "2027-04-15 forår 2027", "tolerance": None}
    assert sentences.criterion_goal(goal) == "Målet er højst 20 pct. i foråret 2027."
    now = {"measure": "survey", "value": 0.24, "value_low": float("nan"), "value_period": "2026-04-15 forår 2026"}
    assert sentences.criterion_today(now) == "I foråret 2026: 24 pct."


def test_a_provisional_quarter_decides_nothing_alone() -> None:
    assert sentences.incident_verdict(count_row(state="provisional", changed="worse")) == (
        "Tallet er foreløbigt og afgør ikke noget alene."
    )


def test_a_mass_registration_blocks_the_comparison_in_words_too() -> None:
    assert "masseregistrering" in sentences.incident_verdict(count_row(last_year_mass=True, changed="better"))


@pytest.mark.parametrize(("state", "words"), [("missing", "er ikke indberettet"), ("hidden", "skjules (få hændelser)")])
def test_missing_and_hidden_counts_are_different_words(state: str, words: str) -> None:
    assert words in sentences.incident_level(count_row(state=state), BURGLARY)


def test_nought_is_a_number() -> None:
    row = count_row(count=0.0, rate=0.0, low=0.0, high=0.12)
    assert sentences.incident_level(row, BURGLARY).startswith("0 anmeldte indbrud i Herlev i 3. kvartal 2025")


def criterion_row(**changes: Any) -> dict[str, Any]:
    return {
        "measure": "survey",
        "noun": "svar",
        "direction": 1,
        "target": 0.78,
        "deadline": "2027",
        "baseline_period": "2021",
        "value": 0.74,
        "required": 0.74,
        "status": "undecided",
        "points_to": "on_track",
        "needed_n": 571.0,
        "overdue": False,
        "reason": "",
    } | changes


def test_an_undecided_criterion_says_what_would_settle_it() -> None:
    assert sentences.criterion_sentence(criterion_row()) == (
        "Målet er mindst 78 pct. i 2027. Det kan ikke afgøres endnu: forskellen er mindre end usikkerheden. "
        "Tallet selv peger mod »på sporet«. Omkring 580 svar ville kunne afgøre det."
    )


def test_past_its_deadline_an_undecided_criterion_says_endnu_no_more() -> None:
    assert "endnu" not in sentences.criterion_sentence(criterion_row(overdue=True))


@pytest.mark.parametrize(
    ("status", "words"),
    [
        ("met", "Det er nået, også når usikkerheden regnes med."),
        ("not_met", "Fristen er nået, og målet er med statistisk sikkerhed ikke nået."),
        ("on_track", "Følger planen, som kræver 74 pct. nu."),
        ("behind", "Halter klart efter planen, som kræver 74 pct. nu."),
        ("worsening", "Det går den forkerte vej: med statistisk sikkerhed dårligere end i 2021."),
    ],
)
def test_every_status_has_its_own_sentence(status: str, words: str) -> None:
    assert sentences.criterion_sentence(criterion_row(status=status, points_to="")) == (
        f"Målet er mindst 78 pct. i 2027. {words}"
    )


@pytest.mark.parametrize("reason", sentences.REASON_WORDS)
def test_every_reason_for_an_insufficient_basis_has_words(reason: str) -> None:
    said = sentences.criterion_sentence(criterion_row(status="insufficient", reason=reason))
    assert said.endswith(f"Grundlaget er utilstrækkeligt: {sentences.REASON_WORDS[reason]}.")


def test_a_goal_on_counts_names_what_is_counted() -> None:
    row = criterion_row(measure="incidents", noun="anmeldte indbrud", direction=-1, target=26.0)
    assert sentences.criterion_goal(row) == "Målet er højst 26 anmeldte indbrud i 2027."


def test_the_figure_of_today_comes_with_the_limits_the_status_rests_on() -> None:
    row = criterion_row(value=0.818, value_low=0.776, value_high=0.853, value_period="2025")
    assert sentences.criterion_today(row) == "I 2025: 82 pct. (90 pct.-interval 78–85 pct.)."


def test_a_count_of_today_has_its_limits_in_whole_numbers() -> None:
    row = criterion_row(
        measure="incidents", noun="anmeldte indbrud", value=14.0, value_low=8.4, value_high=22.3, value_period="2024"
    )
    assert sentences.criterion_today(row) == "I 2024: 14 anmeldte indbrud (90 pct.-interval 8–22)."


def test_an_activity_says_how_many_were_done() -> None:
    row = criterion_row(
        measure="activity", noun="tryghedsvandringer", target=12.0, value=15.0, status="met", deadline="2025"
    )
    assert sentences.criterion_sentence(row) == (
        "Målet er mindst 12 tryghedsvandringer i 2025. 15 er gennemført. Målet er nået."
    )
