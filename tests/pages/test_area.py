"""What an area sheet says, as a reader meets it."""

import pytest

from components.session import AUDIENCE
from data.partnership import our_partnership
from tests.pages.conftest import Open, native_list, seen, words

AREA = "hoeje-gladsaxe"


def test_the_title_names_the_area_and_both_subjects(open_page: Open) -> None:
    page = open_page("Område", omraade=AREA)
    assert seen(page.title[0].value) == "Høje Gladsaxe: tryghed i nabolaget og anmeldte forbrydelser i alt"


def test_without_a_choice_the_sheet_of_the_telling_area_opens(open_page: Open) -> None:
    assert seen(open_page("Område").title[0].value).startswith("Høje Gladsaxe: ")


def test_the_key_figures_are_the_releases_own_sentences(open_page: Open) -> None:
    said = words(open_page("Område", omraade=AREA))
    assert "82 pct. føler sig trygge i Høje Gladsaxe (76–86 pct., 305 svar)." in said
    assert "257 anmeldelser i Høje Gladsaxe i 2025" in said
    assert "Der er ingen klar forskel fra tallet i lignende områder under ét" in said


def test_the_two_kinds_of_lists_stand_apart(open_page: Open) -> None:
    said = words(open_page("Område", omraade="vaerebro-park"))
    assert "Ministeriets lister]  \nForebyggelsesområde 1. december 2021" in said
    assert "Politiets liste (SUB)]  \nSUB senest 2013" in said


def test_an_area_on_no_known_list_is_said_to_be_so(open_page: Open) -> None:
    assert words(open_page("Område", omraade="grantoften")).count("Ingen kendte optagelser på lister") == 2


def test_neighbours_stand_side_by_side_and_nothing_is_claimed(open_page: Open) -> None:
    said = words(open_page("Område", omraade=AREA))
    assert "**Mørkhøj/Pileparken.** Anmeldelserne steg fra" in said
    assert "de viser ikke, om noget er flyttet" in said


def test_a_hidden_share_says_why_and_when_it_was_last_shown(open_page: Open) -> None:
    said = words(open_page("Område", omraade="lille-birkholm"))
    assert "i 2025 vises ikke: kun 24 svar" in said
    assert "Det nyeste tal, der kan vises, er fra 2024." in said


def test_what_calls_for_a_decision_comes_first_and_closed_goals_are_counted(open_page: Open) -> None:
    page = open_page("Område", omraade="grantoften")
    badges = [seen(each.value) for each in page.markdown if each.value.startswith(":") and "-badge[" in each.value[:15]]
    assert "Bagud" in badges[0]
    assert "Mål med udløbet frist: 1 opfyldt og 1 ikke opfyldt." in words(open_page("Område", omraade=AREA))


def test_the_newest_change_and_the_years_since_the_series_began_are_both_told(open_page: Open) -> None:
    page = open_page("Område", omraade="grantoften")
    folded = "".join(each.value for fold in page.expander for each in fold.markdown)
    for said in (
        "Der er ingen klar ændring siden 2024.",
        "falder 3,1 pct.point om året over 5 målinger (2021–2025), fra 73 pct. i 2021 til 61 pct. i 2025.",
    ):
        assert said in words(page)
        assert said not in folded


def test_choosing_another_area_moves_the_sheet_and_the_address(open_page: Open) -> None:
    page = open_page("Område", omraade=AREA)
    native_list(page, "choice_area").choose("grantoften")
    assert seen(page.title[0].value).startswith("Grantoften: ")
    assert page.query_params["omraade"] == "grantoften"


@pytest.mark.parametrize(
    "area", ["herlev", "hele-landet", "koebenhavns-vestegn", "sub-omraader", "hoejbjerg-vaenge", "vallensbaek"]
)
@pytest.mark.parametrize("indicator", ["tryg_i_nabolag", "tillid_til_politiet", "utryg_i_nabolag"])
def test_every_kind_of_area_has_a_sheet(open_page: Open, area: str, indicator: str) -> None:
    page = open_page("Område", omraade=area, emne=indicator, art="3410")
    assert not page.exception
    assert len(page.title) == 1


@pytest.mark.parametrize("audience", [each.id for each in our_partnership().audiences])
def test_every_audience_has_a_sheet_of_what_it_may_see(open_page: Open, audience: str) -> None:
    page = open_page("Område", omraade=["gladsaxe"])
    page.session_state[AUDIENCE] = audience
    page.run()
    assert not page.exception
    assert seen(page.title[0].value).startswith("Gladsaxe: ")


def test_the_sheet_tells_what_meetings_have_agreed_the_latest_first(open_page: Open) -> None:
    said = words(open_page("Område", omraade="grantoften"))
    newest = said.index("**Partnerskabsmøde 4. marts 2026. Fælles tolkning:** Grantoften halter efter planen.")
    assert newest < said.index("**Partnerskabsmøde 4. juni 2025. Opgave:** Brobyggerne lægger en aften mere")
    assert "Og 1 ældre; alle står under Møde." in said


def test_an_area_no_meeting_has_spoken_of_says_so(open_page: Open) -> None:
    assert "Ingen beslutning handler om området." in words(open_page("Område", omraade="hjortegaarden"))


@pytest.mark.parametrize(("audience", "headings"), [("offentlig", 0), ("lokalraad-gladsaxe", 1), ("ledelse", 1)])
def test_decisions_are_shown_to_those_who_have_meetings(open_page: Open, audience: str, headings: int) -> None:
    page = open_page("Område", omraade="gladsaxe")
    page.session_state[AUDIENCE] = audience
    page.run()
    assert [seen(each.value) for each in page.header].count("Det har møderne besluttet") == headings
    assert ("Fælles tolkning" in words(page)) == (audience == "ledelse")
