"""What the page of developments adds to each trend: initiatives beneath, and every area on one axis."""

from tests.pages.conftest import Open, pictures, words


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
