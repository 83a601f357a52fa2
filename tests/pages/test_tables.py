"""The table beside each picture and its CSV: hidden figures as words, and nothing a spreadsheet would run."""

import csv
import io

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from components.session import Screen
from components.tables import to_csv
from data import danish, sentences
from data.release import Release
from data.views.row_words import incident_words, survey_words
from data.views.view import READINGS
from tests.pages.conftest import Open, unfolded


def hidden_survey_row(release: Release) -> pd.Series:
    rows = release.survey
    return rows[(rows["state"] == "hidden") & (rows["level"] == "housing_area")].iloc[0]


def on_the_map(page: AppTest, indicator: str, wave: str) -> pd.DataFrame:
    return unfolded(page, f"{indicator}_{next(iter(READINGS))}_housing_area_{wave}")


def test_a_hidden_share_is_a_word_in_the_table_on_the_page(open_page: Open, shipped: Release) -> None:
    hidden = hidden_survey_row(shipped)
    page = open_page("Tryghedskort", emne=hidden["indicator"], niveau="housing_area", aar=hidden["wave"])
    row = on_the_map(page, hidden["indicator"], hidden["wave"]).loc[shipped.name_of(hidden["area_id"])]
    assert row["Andel"].startswith(danish.HIDDEN)
    assert "pct" not in row["Andel"]


def test_a_hidden_share_has_no_interval_in_the_table(open_page: Open, shipped: Release) -> None:
    hidden = hidden_survey_row(shipped)
    page = open_page("Tryghedskort", emne=hidden["indicator"], niveau="housing_area", aar=hidden["wave"])
    row = on_the_map(page, hidden["indicator"], hidden["wave"]).loc[shipped.name_of(hidden["area_id"])]
    assert row["95 pct.-interval"] == "kendes ikke"


def test_the_table_names_the_source_and_marks_invented_rows(open_page: Open) -> None:
    table = on_the_map(open_page("Tryghedskort", aar="2025"), "tryg_i_nabolag", "2025")
    assert table["Kilde"].str.contains("eksempeldata").all()


@pytest.mark.parametrize(("state", "word"), [("hidden", sentences.HIDDEN_COUNT), ("missing", danish.NOT_REPORTED)])
def test_a_count_that_is_not_there_is_a_word_in_the_table(screen: Screen, state: str, word: str) -> None:
    rows = screen.release.incidents.head(1).assign(state=state, count=float("nan"), name="Grantoften")
    assert incident_words(rows, screen)["Antal"].iloc[0].startswith(word)


def test_an_unknown_uncertainty_is_said_in_words(screen: Screen) -> None:
    rows = screen.release.survey
    rows = rows[(rows["area_id"] == "gladsaxe") & (rows["indicator"] == "tryg_i_nabolag")]
    row = survey_words(rows.assign(name="Gladsaxe", label="79,3 pct."), screen).iloc[0]
    assert (row["95 pct.-interval"], row["Svar"]) == ("kendes ikke", "ikke offentliggjort")


def test_an_interval_without_a_number_of_answers_is_said_to_be_the_sources_own(screen: Screen) -> None:
    rows = screen.release.survey
    rows = rows[(rows["area_id"] == "gladsaxe") & (rows["indicator"] == "tryg_i_nabolag")]
    own = rows.assign(name="Gladsaxe", label="79,3 pct.", low=0.74, high=0.84, n_eff_basis="published")
    assert survey_words(own, screen)["95 pct.-interval"].iloc[0] == "74–84 pct. (kildens eget)"


def cells(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), delimiter=";"))


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t=", "\r=", "\n="])
def test_a_cell_that_a_spreadsheet_would_run_is_kept_as_text(start: str) -> None:
    content = to_csv(pd.DataFrame({"Område": [f"{start}HYPERLINK(1)"]}))
    assert cells(content)[1] == [f"'{start}HYPERLINK(1)"]


def test_a_cell_cannot_break_out_into_the_next() -> None:
    content = to_csv(pd.DataFrame({"Område": ['a";=1+1;"b\r\n=2+2'], "Antal": ["7"]}))
    assert cells(content)[1] == ['a";=1+1;"b\r\n=2+2', "7"]


def test_the_csv_opens_in_danish_excel() -> None:
    content = to_csv(pd.DataFrame({"Område": ["Værløse"], "Andel": ["79,3 pct."]}))
    assert content.startswith(b"\xef\xbb\xbf")
    assert cells(content) == [["Område", "Andel"], ["Værløse", "79,3 pct."]]
