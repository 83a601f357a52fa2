"""The view between address bar, session and filters, also when the browser is a step behind."""

import pytest

from data.partnership import Partnership
from data.release import Release
from data.views.nearest import nearest
from data.views.view import View
from tests.pages.conftest import Open, native_list, native_radios, send, words

WRONG = {
    "emne": "vejret",
    "niveau": "gade",
    "aar": "1900",
    "art": "9999",
    "omraade": "atlantis",
    "sammenlign": "naboer",
}


@pytest.mark.parametrize(("name", "value"), WRONG.items())
def test_a_wrong_value_gives_its_message_and_the_nearest_view(
    open_page: Open, shipped: Release, partnership: Partnership, name: str, value: str
) -> None:
    view, messages = nearest(View.from_query({name: value}), shipped, partnership)
    page = open_page("Overblik", **{name: value})
    assert len(messages) == 1
    assert value in messages[0]
    assert messages[0] in words(page)
    assert page.query_params == view.to_query()
    assert not page.exception


@pytest.mark.parametrize("number", ["99", "-1", "abc", "1.5", "9" * 60])
def test_a_release_that_does_not_exist_gives_way_to_the_newest(open_page: Open, number: str) -> None:
    page = open_page("Overblik", udgave=number)
    assert "Den udgave findes ikke. Viser de nyeste tal i stedet." in words(page)
    assert "udgave" not in page.query_params
    assert not page.exception


def test_the_address_of_a_first_visit_states_the_whole_view(
    open_page: Open, shipped: Release, partnership: Partnership
) -> None:
    view, _ = nearest(View(), shipped, partnership)
    assert open_page("Overblik").query_params == view.to_query()


def test_a_choice_in_a_filter_is_written_to_the_address(open_page: Open) -> None:
    page = open_page("Tryghedskort")
    native_list(page, "choice_period").choose("2021")
    assert page.query_params["aar"] == "2021"
    assert page.title[0].value.endswith(", 2021")


def test_a_choice_that_was_not_in_the_list_changes_nothing(open_page: Open) -> None:
    page = open_page("Tryghedskort")
    before = dict(page.query_params)
    for forged in ("1999", "", "<b>2021</b>", "2021 "):
        native_list(page, "choice_period").choose(forged)
        assert page.query_params == before
        assert not page.exception


def test_choosing_a_level_without_the_year_takes_the_newest_year_there_is_and_says_so(open_page: Open) -> None:
    page = open_page("Tryghedskort", aar="2025")
    native_list(page, "choice_level").choose("municipality")
    assert page.title[0].value == "Tryghed i nabolaget i kommuner, 2019"
    assert "Der er ingen måling i 2025 for kommuner. Viser den nyeste fra 2019 i stedet." in words(page)


def test_a_button_side_by_side_chooses_and_what_it_does_not_have_is_left_out(open_page: Open) -> None:
    page = open_page("Tryghedskort")
    buttons = native_radios(page, "segments_reading")
    assert buttons.options[buttons.value] == "Niveau"
    change = next(reading for reading, words in buttons.options.items() if words == "Ændring")
    buttons.choose(change)
    assert page.query_params["visning"] == change
    assert native_radios(page, "segments_reading").value == change
    for sent in ("findes ikke", "", None, 7, ["x"], {"a": 1}):
        send(page, buttons.id, "chosen", sent)
        assert not page.exception
        assert page.query_params["visning"] == change


def test_a_second_choice_keeps_the_first_though_the_browsers_address_is_a_step_behind(open_page: Open) -> None:
    page = open_page("Udvikling")
    behind = dict(page.query_params)
    native_list(page, "choice_indicator").choose("tillid_til_politiet")
    page.query_params = behind
    native_list(page, "choice_category").choose("12")
    assert (page.query_params["emne"], page.query_params["art"]) == ("tillid_til_politiet", "12")


def test_going_back_to_the_address_before_brings_its_view_back(open_page: Open) -> None:
    page = open_page("Udvikling")
    before = dict(page.query_params)
    native_list(page, "choice_category").choose("12")
    page.query_params = before
    page.run()
    assert page.query_params == before
    assert native_list(page, "choice_category").value == "TOT"


def test_going_back_to_an_address_without_areas_gives_the_area_up(open_page: Open) -> None:
    page = open_page("Udvikling")
    before = dict(page.query_params)
    page.multiselect(key="choice_areas").set_value(["herlev"]).run()
    native_list(page, "choice_category").choose("12")
    page.query_params = before
    page.run()
    assert page.multiselect(key="choice_areas").value == []


def test_the_view_follows_from_page_to_page(open_page: Open) -> None:
    page = open_page("Tryghedskort", omraade="vaerebro-park", aar="2021")
    page.switch_page("../pages/trends.py").run()
    assert page.title[0].value == "Udviklingen i Værebro Park"
    assert page.query_params["aar"] == "2021"


def test_someone_who_looks_at_an_earlier_release_can_go_to_the_newest(open_page: Open) -> None:
    page = open_page("Overblik", udgave="1")
    next(button for button in page.button if button.label == "Se nyeste tal").click().run()
    assert "udgave" not in page.query_params
    assert "Du ser udgave" not in words(page)


@pytest.mark.parametrize("area", ["hele-landet", "koebenhavns-vestegn", "sub-omraader", "gladsaxe", "grantoften"])
def test_an_area_of_any_level_can_be_followed_over_time(open_page: Open, shipped: Release, area: str) -> None:
    page = open_page("Udvikling", omraade=area)
    assert page.title[0].value == f"Udviklingen i {shipped.name_of(area)}"
    assert not page.exception


def test_several_areas_can_be_followed_over_time(open_page: Open) -> None:
    page = open_page("Udvikling", omraade=["grantoften", "herlev"], emne="utryg_i_nabolag")
    assert page.title[0].value == "Udviklingen i Grantoften og Herlev"
    assert not page.exception
