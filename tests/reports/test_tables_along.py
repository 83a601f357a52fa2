"""The figures of a view as Excel, CSV, JSON, Parquet and GeoPackage: typed, sourced, and hidden only by word."""

import csv
import datetime as dt
import io
import json
import shutil
import sqlite3
import subprocess
from dataclasses import replace
from pathlib import Path

import openpyxl
import pandas as pd
import pyogrio
import pytest

from data.printed_sheet import LYING, SMALLEST, UPRIGHT
from data.settings.nouns import LevelWords
from data.views.rows import incident_rows, survey_rows
from reports import data_files
from reports.areas_file import areas_geopackage
from reports.document import Subject
from reports.documents import one_page
from reports.formats import FORMATS, file_name
from reports.workbook import GUIDE, workbook
from tests.reports.conftest import Take


@pytest.fixture(scope="module")
def subject(take: Take) -> Subject:
    return take("lokalraad-gladsaxe", areas=("vaerebro-park",), category="12")


@pytest.fixture(scope="module")
def book(take: Take) -> openpyxl.Workbook:
    everything = take("lokalraad-gladsaxe", category="12")
    return openpyxl.load_workbook(io.BytesIO(workbook(everything, one_page(everything))))


def test_the_first_sheet_tells_view_release_sources_and_every_column(book: openpyxl.Workbook) -> None:
    guide = [str(cell) for row in book[GUIDE].iter_rows(values_only=True) for cell in row if cell is not None]
    assert book.sheetnames[0] == GUIDE
    for text in ("Voldsforbrydelser", "Lokalråd Gladsaxe", "Andel", "Pr. 1.000 indbyggere"):
        assert text in guide
    assert any(text.startswith("2 fra") for text in guide)
    assert any("Danmarks Statistik" in text for text in guide)


def test_levels_are_called_what_the_partnership_calls_them(subject: Subject) -> None:
    districts = {"housing_area": LevelWords("bydel", "bydelen", "bydele")}
    own = replace(subject, view=replace(subject.view, areas=()),
                  partnership=replace(subject.partnership, levels=districts))  # fmt: skip
    words = {"bydel", "kommune", "land"}
    sheets = openpyxl.load_workbook(io.BytesIO(workbook(own, one_page(own))))
    for name in ("Tryghed", "Anmeldelser"):
        heading, *rows = sheets[name].iter_rows(values_only=True)
        found = {row[heading.index("Niveau")] for row in rows}
        assert words <= found
        assert "boligområde" not in found
    told = csv.DictReader(io.StringIO(data_files.danish_csv(own).decode("utf-8-sig")), delimiter=";")
    found = {row["Niveau"] for row in told}
    assert words <= found
    assert not {"boligområde", "housing_area"} & found
    plain = csv.DictReader(io.StringIO(data_files.plain_csv(own).decode("utf-8-sig")))
    assert "housing_area" in {row["level"] for row in plain}


def test_figures_are_figures_and_headings_stay_with_a_filter(book: openpyxl.Workbook) -> None:
    sheet = book["Anmeldelser"]
    headings = [cell.value for cell in sheet[1]]
    counts = [row[headings.index("Antal")].value for row in sheet.iter_rows(min_row=2)]
    assert {type(value) for value in counts} == {int, str}
    assert {value for value in counts if isinstance(value, str)} <= {"skjules (få hændelser)", "ikke indberettet"}
    assert (sheet.freeze_panes, sheet.auto_filter.ref) == ("B2", sheet.dimensions)


def test_every_sheet_fits_the_width_of_its_page_in_type_one_can_read_with_its_headings_on_each(
    book: openpyxl.Workbook,
) -> None:
    for sheet in book:
        assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (1, 0)
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert sheet.print_title_rows == "$1:$1"
        wide = sum(each.width for each in sheet.column_dimensions.values())
        across = LYING if sheet.page_setup.orientation == "landscape" else UPRIGHT
        assert across / wide >= SMALLEST - 0.01
        assert "Kun for lokalråd Gladsaxe" in sheet.oddFooter.left.text


def test_a_long_text_is_broken_within_its_column(book: openpyxl.Workbook) -> None:
    sheet = book["Anmeldelser"]
    place = [cell.value for cell in sheet[1]].index("Sætning")
    wide = sheet.column_dimensions[sheet.cell(1, place + 1).column_letter].width
    long = [row[place] for row in sheet.iter_rows(min_row=2) if len(row[place].value) > wide]
    assert long
    assert all(cell.alignment.wrap_text for cell in long)


def test_the_workbook_of_an_area_holds_its_own_goals_and_log_alone(take: Take) -> None:
    shown = replace(take("ledelse", areas=("grantoften",)), about="grantoften")
    book = openpyxl.load_workbook(io.BytesIO(workbook(shown, one_page(shown))))
    assert all("Grantoften" in row[0] for row in book["Kriterier"].iter_rows(min_row=2, values_only=True))
    assert {row[1] for row in book["Log"].iter_rows(min_row=2, values_only=True)} == {"Grantoften"}


def test_dates_are_dates(book: openpyxl.Workbook) -> None:
    assert isinstance(book["Log"]["A2"].value, dt.datetime)
    assert "mmmm" in book["Log"]["A2"].number_format


def test_no_cell_of_a_figure_is_blank(book: openpyxl.Workbook) -> None:
    for name in ("Tryghed", "Anmeldelser"):
        rows = book[name].iter_rows(min_row=2, max_col=7)
        assert [cell.coordinate for row in rows for cell in row if cell.value is None] == []


def test_danish_csv_has_mark_semicolons_and_decimal_comma(subject: Subject) -> None:
    file = data_files.danish_csv(subject)
    rows = list(csv.DictReader(io.StringIO(file.decode("utf-8-sig")), delimiter=";"))
    newest = next(row for row in rows if row["Slags"] == "tryghed" and row["Periode"] == "2025")
    assert file.startswith(b"\xef\xbb\xbf")
    assert (newest["Område"], newest["Værdi"], newest["Svar"]) == ("Værebro Park", "0,822", "261")
    assert "skjult" in {row["Antal"] for row in rows}


def test_plain_csv_json_and_parquet_hold_the_same_figures(subject: Subject) -> None:
    plain = pd.read_csv(io.BytesIO(data_files.plain_csv(subject)))
    parquet = pd.read_parquet(io.BytesIO(data_files.parquet(subject)))
    told = json.loads(data_files.as_json(subject, one_page(subject)))
    assert len(plain) == len(parquet) == len(told["figures"]) > 50
    assert plain["value"].sum() == pytest.approx(parquet["value"].sum(), rel=1e-6)
    assert (told["release"]["id"], told["audience"]) == (2, "lokalraad-gladsaxe")
    assert set(plain["area"]) == {"Værebro Park"}


def test_a_hidden_figure_has_neither_count_nor_rate_nor_limits(subject: Subject) -> None:
    rows = data_files.figures(subject)
    hidden = rows[rows["state"] == "hidden"]
    assert len(hidden)
    assert hidden[["value", "low", "high", "count"]].isna().all(axis=None)


@pytest.fixture(scope="module")
def package(subject: Subject, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("package") / "omraader.gpkg"
    path.write_bytes(areas_geopackage(subject, one_page(subject)))
    return path


def test_the_geopackage_holds_the_areas_of_the_view_in_the_danish_projection(package: Path) -> None:
    rows = pyogrio.read_dataframe(package, layer="omraader").set_index("navn")
    assert pyogrio.read_info(package, layer="omraader")["crs"] == "EPSG:25832"
    assert set(rows.index) == {"Høje Gladsaxe", "Værebro Park", "Mørkhøj/Pileparken"}
    assert (rows.loc["Værebro Park", "klasse"], set(rows["maalgruppe"])) == ("80–90 pct.", {"Lokalråd Gladsaxe"})


def test_qgis_finds_a_look_for_each_layer_with_the_maps_colours(package: Path) -> None:
    with sqlite3.connect(package) as database:
        looks = dict(database.execute("SELECT f_table_name, styleQML FROM layer_styles WHERE useAsDefault").fetchall())
    assert set(looks) == {"omraader", "kommuner"}
    assert 'attr="klasse"' in looks["omraader"]
    assert 'value="44,127,184,255"' in looks["omraader"]


@pytest.mark.skipif(shutil.which("ogrinfo") is None, reason="ogrinfo is not installed")
def test_ogrinfo_opens_the_geopackage(package: Path) -> None:
    said = subprocess.run(["ogrinfo", "-so", str(package), "omraader"], capture_output=True, text=True, check=True)
    assert "Feature Count: 3" in said.stdout


def test_a_file_is_named_by_place_quarter_and_reader(subject: Subject, take: Take) -> None:
    pdf = FORMATS[0]
    shown = "tryg-i-nabolag-2025_voldsforbrydelser"
    assert file_name(pdf, subject) == f"tryghed_{shown}_vaerebro-park_2025-k4_lokalraad-gladsaxe.pdf"
    total = "tryg-i-nabolag-2025_anmeldte-forbrydelser-i-alt"
    assert file_name(pdf, take("ledelse")) == f"tryghed_{total}_boligomraader_2025-k4_ledelse.pdf"
    many = take("ledelse", areas=("vaerebro-park", "hoeje-gladsaxe", "grantoften"))
    assert file_name(pdf, many) == f"tryghed_{total}_3-omraader_2025-k4_ledelse.pdf"
    assert len({file_name(each, subject) for each in FORMATS}) == len(FORMATS)


def test_two_subjects_waves_or_categories_never_share_a_name(take: Take) -> None:
    seen = [
        take("ledelse", **chosen)
        for chosen in ({}, {"period": "2023"}, {"indicator": "utryg_i_nabolag"}, {"category": "3410"})
    ]
    assert len({file_name(FORMATS[0], each) for each in seen}) == len(seen)


def test_the_csv_of_a_picture_has_numbers_with_subject_state_and_reader(subject: Subject) -> None:
    areas = subject.view.areas
    shares, counts = survey_rows(subject, areas=areas), incident_rows(subject, areas=areas)
    for rows, make in ((shares, data_files.share_figures), (counts, data_files.count_figures)):
        file = data_files.shown_csv(make(rows), subject)
        written = list(csv.DictReader(io.StringIO(file.decode("utf-8-sig")), delimiter=";"))
        assert len(written) == len(rows)
        assert {row["Målgruppe"] for row in written} == {"lokalraad-gladsaxe"}
        assert {row["Emne"] for row in written} <= {"Tryghed i nabolaget", "Voldsforbrydelser"}
        shown = [row for row in written if row["Tilstand"] in ("endelig", "foreløbig") and row["Værdi"]]
        assert shown
        assert all(float(row["Værdi"].replace(",", ".")) >= 0 for row in shown)
        assert all(row["Nedre grænse"] == "" for row in written if row["Tilstand"] == "skjult")
