"""»Hent«: what one sees is made into a file while one reads on, and fetched under a name one finds again."""

import pytest
from streamlit.testing.v1 import AppTest

from components.session import AUDIENCE
from reports.document import Subject
from tests.pages.conftest import Open, words

TURNS = 60


def opened(app: AppTest) -> AppTest:
    app.session_state["take_along"] = True
    return app.run()


def finished(app: AppTest, label: str) -> AppTest:
    """Look again, as the page does by itself, until the file is there."""
    for _ in range(TURNS):
        if any(each.startswith(f"Hent {label} (") for each in fetch_labels(app)):
            return app
        app.run()
    raise AssertionError("the file was never made")


def fetch_labels(app: AppTest) -> list[str]:
    return [each.proto.label for each in app.get("download_button")]


@pytest.mark.parametrize("title", ["Overblik", "Møde", "Tryghedskort", "Udvikling", "Område", "Indsatser"])
def test_every_view_can_be_taken_along_in_every_form(open_page: Open, title: str) -> None:
    app = opened(open_page(title))
    assert not app.exception
    labels = [button.label for button in app.button]
    for label in ("Mødebilag (PDF)", "Ét ark (PDF)", "Slides (PowerPoint)", "Excel", "CSV til dansk Excel", "JSON",
                  "Parquet", "GeoPackage til QGIS", "Kort som HTML"):  # fmt: skip
        assert label in labels


def test_a_file_is_made_and_can_be_fetched_under_a_telling_name(open_page: Open) -> None:
    app = opened(open_page("Område", omraade="vaerebro-park"))
    app.button(key="take_csv").click().run()
    app = finished(app, "CSV til dansk Excel")
    name = "tryghed_tryg-i-nabolag-2025_anmeldte-forbrydelser-i-alt_vaerebro-park_2025-k4_ledelse.csv"
    assert name in [each.value.replace("\\", "") for each in app.caption]


def test_the_area_that_the_page_shows_by_itself_is_what_is_taken_along(
    open_page: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[tuple[tuple[str, ...], str]] = []

    def noted(chosen: object, subject: Subject, told: object) -> bytes:
        made.append((subject.view.areas, subject.about))
        return b"fil"

    monkeypatch.setattr("components.sharing.take_along.make", noted)
    app = opened(open_page("Område"))
    app.button(key="take_et-ark").click().run()
    app = finished(app, "Ét ark (PDF)")
    assert made == [(("hoeje-gladsaxe",), "hoeje-gladsaxe")]
    name = "tryghed-et-ark_tryg-i-nabolag-2025_anmeldte-forbrydelser-i-alt_hoeje-gladsaxe_2025-k4_ledelse.pdf"
    assert name in [each.value.replace("\\", "") for each in app.caption]
    assert "Det, du ser nu: Høje Gladsaxe, i udgave 2" in words(app)


def test_what_is_of_the_whole_partnership_says_so(open_page: Open) -> None:
    said = words(opened(open_page("Område")))
    assert "Mødebilag: hele partnerskabet, med en side om Høje Gladsaxe" in said
    assert "Kort: hele partnerskabet" in said


def test_a_file_of_another_view_is_no_longer_offered(open_page: Open) -> None:
    app = opened(open_page("Område", omraade="vaerebro-park"))
    app.button(key="take_csv").click().run()
    app = finished(app, "CSV til dansk Excel")
    app.session_state[AUDIENCE] = "lokalraad-gladsaxe"
    app.run()
    assert not any(label.startswith("Hent CSV til dansk Excel (") for label in fetch_labels(app))


def test_a_file_under_way_can_be_called_off(open_page: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    import threading

    go_on = threading.Event()

    def slow(chosen: object, subject: object, told: object) -> bytes:
        go_on.wait(20)
        return b"fil"

    monkeypatch.setattr("components.sharing.take_along.make", slow)
    app = opened(open_page("Overblik"))
    app.button(key="take_moedebilag").click().run()
    app.button(key="take_cancel").click().run()
    go_on.set()
    assert "take_cancel" not in [button.key for button in app.button]
    assert not any("Hent Mødebilag" in label for label in fetch_labels(app))


def test_a_file_that_cannot_be_made_says_so_in_words(open_page: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(chosen: object, subject: object, told: object) -> bytes:
        raise ValueError("i stykker")

    monkeypatch.setattr("components.sharing.take_along.make", broken)
    app = opened(open_page("Overblik"))
    app.button(key="take_json").click().run()
    for _ in range(TURNS):
        if app.error:
            break
        app.run()
    assert [error.value for error in app.error] == ["Filen kunne ikke laves. Prøv igen, eller vælg et andet format."]
