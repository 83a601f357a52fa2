"""»Sagt i én sætning«: the same area for a mayor, the press and those who live there."""

import pytest

from data.partnership import Category
from data.sentences.one_sentence import LENGTHS, in_one_sentence
from tests.data.sentences.test_figures import BURGLARY, NAN, SAFE, count_row, share_row

OFFENCES = Category("TOT", "Anmeldte forbrydelser i alt", "anmeldelser", BURGLARY.breaks)
YEAR = count_row(name="Høje Gladsaxe", period="2025", count=257.0, last_year=282.0, state="provisional")


def test_the_mayor_s_is_short() -> None:
    assert in_one_sentence("kort", share_row(), YEAR, SAFE, OFFENCES) == (
        "69 pct. føler sig trygge i Høje Gladsaxe uden klar ændring siden 2018; 257 anmeldelser i 2025."
    )


def test_the_press_gets_interval_answers_and_the_move() -> None:
    assert in_one_sentence("praecis", share_row(), YEAR, SAFE, OFFENCES) == (
        "69 pct. af de adspurgte føler sig trygge i Høje Gladsaxe (2019; 95 pct.-interval 63–74 pct., 293 svar) uden "
        "klar ændring siden 2018, og antallet af anmeldelser faldt fra 282 til 257 (−9 pct.) på et år (2025, "
        "foreløbigt)."
    )


def test_who_lives_there_reads_it_in_everyday_words() -> None:
    assert in_one_sentence("hverdag", share_row(), YEAR, SAFE, OFFENCES) == (
        "Syv ud af ti føler sig trygge i Høje Gladsaxe, nogenlunde som i 2018, og politiet fik 257 anmeldelser i 2025."
    )


def test_a_demonstrable_change_is_said_as_one() -> None:
    worse = share_row(changed="worse", change=-0.122)
    assert "og det er med statistisk sikkerhed værre end i 2018 (−12,2 pct.point)" in in_one_sentence(
        "kort", worse, None, SAFE, OFFENCES
    )
    assert "færre end i 2018" in in_one_sentence("hverdag", worse, None, SAFE, OFFENCES)


def test_a_hidden_share_is_not_made_into_tenths() -> None:
    hidden = share_row(state="hidden", share=NAN, n=24.0)
    assert in_one_sentence("hverdag", hidden, None, SAFE, OFFENCES) == (
        "Vi har spurgt for få i Høje Gladsaxe til at sige, hvor mange der føler sig trygge."
    )
    assert "(kun 24 svar, og der skal mindst 30 til)" in in_one_sentence("kort", hidden, None, SAFE, OFFENCES)


@pytest.mark.parametrize("length", [each.id for each in LENGTHS])
def test_a_hidden_count_is_left_out_and_nothing_is_said_of_nothing(length: str) -> None:
    hidden = count_row(state="hidden", count=NAN, period="2025")
    assert "anmeldelser" not in in_one_sentence(length, share_row(), hidden, SAFE, OFFENCES)
    assert in_one_sentence(length, None, None, SAFE, OFFENCES) == ""


def test_a_share_that_moves_over_the_years_is_said_to_where_the_newest_change_alone_says_nothing() -> None:
    still = share_row(changed="unchanged", previous_wave="2018")
    falls = {"verdict": "worse", "slope": -0.031, "first_wave": "2015"}
    said = {each.id: in_one_sentence(each.id, still, None, SAFE, OFFENCES, falls) for each in LENGTHS}
    assert "uden klar ændring siden 2018, men faldende siden 2015 (−3,1 pct.point om året)" in said["kort"]
    assert "men faldende siden 2015" in said["praecis"]
    assert "nogenlunde som i 2018, men færre end i 2015" in said["hverdag"]
    unsure = in_one_sentence("kort", still, None, SAFE, OFFENCES, falls | {"verdict": "unchanged"})
    assert "2015" not in unsure
