"""What the map says in each reading, on the shipped release: class, way of drawing, words and legend."""

from dataclasses import replace
from typing import Any

import pytest

from components.map import Style
from components.map.readings import MapReading, perceived, recorded
from components.session import Screen
from data.records import Row, records
from data.views.map_classes import reference_rows, words
from data.views.rows import survey_rows
from data.views.view import READINGS


def looking(screen: Screen, **fields: Any) -> Screen:
    return replace(screen, view=replace(screen.view, **fields))


def reading(screen: Screen) -> MapReading:
    return perceived(screen)


def place(map_reading: MapReading, area: str) -> int:
    return map_reading.layer.area_ids.index(area)


def said(map_reading: MapReading, area: str) -> str:
    number = map_reading.classes[place(map_reading, area)]
    return "" if number is None else map_reading.legend.rows[number].text


def test_the_level_is_shown_in_the_fixed_classes(screen: Screen) -> None:
    gladsaxe = reading(looking(screen, level="municipality", period="2019"))
    assert said(gladsaxe, "gladsaxe") == "70–80 pct."


def test_the_classes_are_the_same_in_every_wave(screen: Screen) -> None:
    legends = {reading(looking(screen, period=wave)).legend.rows for wave in ("2016", "2021", "2025")}
    assert len(legends) == 1


def test_a_hidden_figure_is_an_outline_with_the_reason(screen: Screen) -> None:
    shown = reading(screen)
    hidden = place(shown, "lille-birkholm")
    assert (shown.classes[hidden], shown.styles[hidden]) == (None, Style.OUTLINED)
    assert "vises ikke" in shown.texts[hidden]


def test_what_was_never_measured_is_dotted_and_what_is_hidden_is_not(screen: Screen) -> None:
    survey = screen.release.survey
    unmeasured = survey[~((survey["area_id"] == "grantoften") & (survey["wave"] == "2025"))]
    tables = {**screen.release.tables, "survey": unmeasured}
    shown = reading(replace(screen, release=replace(screen.release, tables=tables)))
    without = {area: shown.styles[place(shown, area)] for area in ("grantoften", "lille-birkholm")}
    assert without == {"grantoften": Style.MISSING, "lille-birkholm": Style.OUTLINED}
    assert shown.legend.missing != shown.legend.outlined


def test_a_very_uncertain_figure_is_hatched(screen: Screen) -> None:
    shown = reading(screen)
    assert shown.styles[place(shown, "hoejbjerg-vaenge")] is Style.HATCHED


@pytest.mark.parametrize("wave", ["2016", "2017", "2018", "2019", "2021", "2022", "2023", "2024", "2025"])
def test_each_change_is_drawn_as_the_release_has_decided_it(screen: Screen, wave: str) -> None:
    view = looking(screen, reading="aendring", period=wave)
    rows = survey_rows(view, level="housing_area", wave=wave)
    shown = perceived(view)
    words_of = {"better": "Klart bedre", "worse": "Klart værre", "unchanged": "Ingen klar ændring"}
    for area, changed, state in zip(rows["area_id"], rows["changed"], rows["state"], strict=True):
        style = shown.styles[place(shown, area)]
        if state == "hidden":
            assert style is Style.OUTLINED
        elif changed:
            assert (said(shown, area), style) == (words_of[changed], Style.NORMAL)
        else:
            assert style is Style.HATCHED


def test_a_change_of_question_is_hatched_as_not_to_be_compared(screen: Screen) -> None:
    shown = reading(looking(screen, reading="aendring", period="2021"))
    assert set(shown.styles) == {Style.HATCHED}
    assert shown.legend.hatched == "Skraveret: kan ikke sammenlignes"
    assert all("der er spurgt på en anden måde" in text for text in shown.texts)


def test_the_fourth_reading_draws_which_way_each_share_has_gone_over_the_years(screen: Screen) -> None:
    view = looking(screen, reading="udvikling", period="2025")
    verdicts = {row["area_id"]: row["verdict"] for row in trend_rows(view)}
    words_of = {
        "better": "Klar bedring",
        "worse": "Klar tilbagegang",
        "unchanged": "Ingen klar udvikling",
    }
    shown = reading(view)
    drawn = [area for area in verdicts if shown.styles[place(shown, area)] is not Style.OUTLINED]
    assert {area: said(shown, area) for area in drawn} == {area: words_of[verdicts[area]] for area in drawn}
    assert {"better", "worse"} <= {verdicts[area] for area in drawn}
    falls = shown.texts[place(shown, "grantoften")]
    assert "falder 3,1 pct.point om året over 5 målinger (2021–2025)" in falls


def test_a_wave_before_the_newest_says_that_the_years_are_counted_up_to_the_newest(screen: Screen) -> None:
    shown = reading(looking(screen, reading="udvikling", period="2022"))
    assert Style.NORMAL not in shown.styles
    assert any(text.startswith("Udvikling over år gøres op for den nyeste måling.") for text in shown.texts)


def trend_rows(view: Screen) -> list[Row]:
    rows = view.release.tables["trends"]
    housing = (rows["level"] == "housing_area") & (rows["indicator"] == view.view.indicator)
    return records(rows[housing & (rows["last_wave"] == "2025")])


def test_a_first_wave_says_that_there_is_none_before_it(screen: Screen) -> None:
    shown = reading(looking(screen, reading="aendring", period="2016"))
    assert all(text.startswith("Der er ingen tidligere måling") for text in shown.texts)


def test_against_the_country_the_map_says_what_the_release_has_decided(screen: Screen) -> None:
    view = looking(screen, reading="reference", reference="land", period="2023")
    verdicts = dict(zip(reference_rows(view)["area_id"], reference_rows(view)["verdict"], strict=True))
    shown = reading(view)
    assert {area: said(shown, area) for area in verdicts} == dict.fromkeys(verdicts, "Klart under")
    assert set(verdicts.values()) == {"below"}
    assert shown.texts[place(shown, "grantoften")].startswith(
        "Det er med statistisk sikkerhed lavere end i hele landet (−"
    )


def test_where_more_is_worse_above_is_brown_and_below_is_teal(screen: Screen) -> None:
    safe = reading(looking(screen, reading="reference"))
    unsafe = reading(looking(screen, reading="reference", indicator="utryg_i_nabolag"))
    assert [row.text for row in safe.legend.rows] == [row.text for row in unsafe.legend.rows]
    assert [row.colour for row in safe.legend.rows] == [row.colour for row in unsafe.legend.rows][::-1]


def test_municipalities_without_answers_cannot_be_compared_and_say_so(screen: Screen) -> None:
    view = looking(screen, reading="reference", reference="land", level="municipality", period="2019")
    shown = reading(view)
    assert set(shown.styles) == {Style.HATCHED}
    assert "antallet af svar er ikke offentliggjort" in shown.texts[0]


def test_the_table_says_the_same_as_the_map(screen: Screen) -> None:
    view = looking(screen, reading="reference", reference="land", period="2023")
    table = words(view, survey_rows(view, level="housing_area", wave="2023"))
    assert (
        table["Sammenlignet med hele landet"]
        .str.startswith("Det er med statistisk sikkerhed lavere end i hele landet")
        .all()
    )


def test_reported_offences_are_drawn_in_classes_four_times_the_quarters(screen: Screen) -> None:
    shown = recorded(looking(screen, level="municipality", period="2019"))
    assert [row.text for row in shown.legend.rows] == ["under 32", "32–48", "48–64", "64–80", "80 eller mere"]


def test_a_year_before_the_reports_begin_is_not_reported_rather_than_zero(screen: Screen) -> None:
    shown = recorded(looking(screen, level="municipality", period="2013"))
    assert set(shown.classes) == {None}
    assert set(shown.texts) == {"Anmeldte forbrydelser i alt er ikke indberettet for 2013."}


def test_every_reading_names_source_release_and_invented_figures(screen: Screen) -> None:
    for each in READINGS:
        shown = reading(looking(screen, reading=each))
        assert shown.example
        assert shown.credit.startswith("Kilde: ")
        assert f"Udgave {screen.release.head.id}, " in shown.credit
