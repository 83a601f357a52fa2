"""What the page of developments adds to each trend: initiatives beneath, and every area on one axis."""

import json

from tests.pages.conftest import Open, native_list, pictures, unfolded, words


def test_every_area_of_the_level_stands_on_one_axis(open_page: Open) -> None:
    said = words(open_page("Udvikling", omraade="hoeje-gladsaxe"))
    assert "Alle boligområder på samme akse" in said
    assert "Tryghed i nabolaget i boligområder, 2016–2025." in said
    assert "Anmeldte forbrydelser i alt pr. 1.000 indbyggere pr. kvartal i boligområder, 2016–2025." in said


def test_municipalities_are_set_beside_municipalities(open_page: Open) -> None:
    said = words(open_page("Udvikling", omraade="gladsaxe", niveau="municipality"))
    assert "Alle kommuner på samme akse" in said
    assert "boligområder" not in said


def test_the_areas_sheet_is_one_click_away(open_page: Open) -> None:
    page = open_page("Udvikling", omraade="hoeje-gladsaxe")
    assert "Se området Høje Gladsaxe" in [link.proto.label for link in page.get("page_link")]


def test_choosing_another_area_leaves_the_panels_as_they_are(open_page: Open) -> None:
    panels = [
        [picture["html"] for picture in pictures(open_page("Udvikling", omraade=area))][-2:]
        for area in ("hoeje-gladsaxe", "vaerebro-park")
    ]
    assert panels[0] == panels[1]


def test_a_question_of_ones_own_is_closed_until_it_is_asked(open_page: Open) -> None:
    page = open_page("Udvikling", omraade="hoeje-gladsaxe")
    assert page.get("plotly_chart") == []
    page.toggle(key="explore").set_value(True).run()
    assert len(page.get("plotly_chart")) == 1
    assert page.query_params["udforsk"] == "alle"


def test_the_address_opens_the_question_with_its_areas_and_years(open_page: Open) -> None:
    page = open_page("Udvikling", omraade=["hoeje-gladsaxe", "grantoften"], udforsk="2019-2023")
    assert "i Høje Gladsaxe og Grantoften, 2019–2023." in words(page)
    figure = json.loads(page.get("plotly_chart")[0].proto.spec)
    assert {trace["name"] for trace in figure["data"]} == {"Høje Gladsaxe", "Grantoften"}
    assert figure["layout"]["xaxis"]["range"] == [2019, 2024]
    assert all(2019 <= x < 2024 for trace in figure["data"] for x in trace["x"])


def test_a_question_may_begin_and_end_with_a_quarter(open_page: Open) -> None:
    page = open_page("Udvikling", omraade="hoeje-gladsaxe", udforsk="2024K2-2025K1")
    assert "i Høje Gladsaxe, 2. kvartal 2024 – 1. kvartal 2025." in words(page)
    figure = json.loads(page.get("plotly_chart")[0].proto.spec)
    assert figure["layout"]["xaxis"]["range"] == [2024.25, 2025.25]
    quarters = [trace for trace in figure["data"] if trace["yaxis"] == "y2"]
    assert sum(len(trace["x"]) for trace in quarters) == 4
    native_list(page, "explore_to").choose("2025K3")
    assert page.query_params["udforsk"] == "2024K2-2025K3"


def test_choosing_years_and_a_subject_in_the_question_changes_the_address_and_the_page(open_page: Open) -> None:
    page = open_page("Udvikling", omraade="hoeje-gladsaxe", udforsk="alle")
    native_list(page, "explore_from").choose("2018")
    native_list(page, "explore_to").choose("2022")
    assert page.query_params["udforsk"] == "2018-2022"
    second = list(native_list(page, "explore_category").options)[1]
    native_list(page, "explore_category").choose(second)
    assert native_list(page, "choice_category").value == second


def test_the_tables_of_the_question_hold_the_chosen_years_alone(open_page: Open) -> None:
    page = open_page("Udvikling", omraade="hoeje-gladsaxe", udforsk="2021-2023")
    table = unfolded(page, "tryg_i_nabolag_udforsk")
    assert set(table["Måling"]) <= {"2021", "2022", "2023"}
    assert len(table)


def test_other_pages_leave_the_question_out_of_their_address(open_page: Open) -> None:
    page = open_page("Udvikling", omraade="hoeje-gladsaxe", udforsk="alle")
    assert "udforsk" not in page.switch_page("../pages/area.py").run().query_params
