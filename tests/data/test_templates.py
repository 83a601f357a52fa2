"""Templates: what one downloads, fills in and sends back passes the check."""

import datetime as dt
import io
from pathlib import Path

import openpyxl
import pandas as pd
import pytest

from data.contracts.columns import Known
from data.contracts.validation import CONTRACTS, check, guide, recognise
from data.intake.privacy import find_personal_data
from data.intake.tables import read
from data.intake.templates import Format, example_row, own_example, template
from data.partnership import read_partnership
from tests.journeys.fjordby import SETTINGS

TODAY = dt.date(2026, 12, 31)


def sheet(content: bytes, name: str) -> list[tuple[object, ...]]:
    return list(openpyxl.load_workbook(io.BytesIO(content))[name].iter_rows(values_only=True))


@pytest.mark.parametrize("format", ["xlsx", "csv"])
@pytest.mark.parametrize("kind", list(CONTRACTS))
def test_a_template_is_recognised_and_its_example_passes_every_check(kind: str, format: Format) -> None:
    found = read(template(kind, format), f"skabelon.{format}")
    (table,) = [table for table in found if not table.guidance]
    assert (recognise(table.frame), find_personal_data(found)) == (kind, ())
    assert len(check(table.frame, kind, today=TODAY)) == 1


def test_a_template_filled_in_with_excel_passes_the_check() -> None:
    book = openpyxl.load_workbook(io.BytesIO(template("incidents")))
    for row in (
        ("2025K2", "0159", "TOT", 1234, "officiel", "dst"),
        ("2025K3", "Gladsaxe", "TOT", None, "officiel", "dst"),
    ):
        book["Anmeldelser"].append(row)
    filled = io.BytesIO()
    book.save(filled)
    frame = check(read(filled.getvalue(), "anmeldelser.xlsx")[0].frame, "incidents", today=TODAY)
    assert frame["count"].fillna(-1).tolist() == [541, 1234, -1]


def test_the_headings_are_danish_and_the_example_stands_below_them() -> None:
    rows = sheet(template("survey"), "Tryghedsmåling")
    assert (rows[0][:5], rows[1][4:6]) == (("Måling", "Område", "Indikator", "Serie", "Andel"), (0.79, 290))


def test_codes_keep_their_leading_noughts_because_text_columns_are_text() -> None:
    page = openpyxl.load_workbook(io.BytesIO(template("incidents")))["Anmeldelser"]
    assert [page.cell(2, column).number_format for column in (2, 4)] == ["@", "General"]


def test_the_guide_sheet_is_the_column_guide() -> None:
    rows = sheet(template("criteria"), "Vejledning")
    assert [row[0] for row in rows[1:]] == [row["Overskrift"] for row in guide("criteria")]


def test_the_code_sheet_lists_the_accepted_words_and_the_given_codes() -> None:
    rows = sheet(template("incidents", codes={"Kategori": [("TOT", "I alt")]}), "Koder")
    assert rows == [
        ("Liste", "Kode", "Betydning"),
        ("Oprindelse", "official", "officiel"),
        ("Oprindelse", "example", "eksempel"),
        ("Kategori", "TOT", "I alt"),
    ]


def test_the_example_row_names_what_is_ones_own() -> None:
    own = {"Område": [("nordby", "Nordby")], "Kategori": [("HAERVAERK", "Hærværk")], "Princip": [],
           "Kilde-id": [("egne-tal", "Egne tal")], "Formål": [("trivsel", "Trivsel")]}  # fmt: skip
    heading, row = sheet(template("incidents", codes=own), "Anmeldelser")
    told = dict(zip(heading, row, strict=True))
    assert (told["Område"], told["Kategori"], told["Kilde-id"]) == ("nordby", "HAERVAERK", "egne-tal")
    initiative = example_row(CONTRACTS["initiatives"].columns, own)
    assert (initiative["area_ids"], initiative["purpose_id"], initiative["principles"]) == ("nordby", "trivsel", "")


def test_the_csv_opens_as_a_table_in_danish_excel() -> None:
    content = template("population", "csv")
    assert content.decode("utf-8-sig").splitlines()[0] == "Periode;Område;Indbyggere;Oprindelse;Kilde-id"
    assert content.startswith(b"\xef\xbb\xbf")


def test_another_format_is_refused() -> None:
    with pytest.raises(ValueError, match="'xlsx' and 'csv'"):
        template("survey", "pdf")  # type: ignore[arg-type]


@pytest.mark.parametrize("kind", ["survey", "criteria"])
def test_the_example_keeps_the_contract_where_less_is_better(kind: str, tmp_path: Path) -> None:
    file = tmp_path / "partnership.toml"
    file.write_text(SETTINGS, encoding="utf-8")
    ours = read_partnership(file)
    codes = {"Emne": [(each.id, each.title) for each in ours.indicators]}
    rows = own_example(kind, codes, ours)
    known = Known(directions={each.id: each.direction for each in ours.indicators})
    assert rows[0]["indicator"] == "utryghed-om-aftenen"
    assert len(check(pd.DataFrame(rows, dtype="str"), kind, known=known, today=TODAY)) == 1


def test_a_level_may_be_called_what_the_partnership_calls_it() -> None:
    row = example_row(CONTRACTS["areas"].columns) | {"level": "Bydel"}
    known = Known(levels={"bydel": "housing_area", "bydele": "housing_area"})
    assert check(pd.DataFrame([row], dtype="str"), "areas", known=known)["level"].tolist() == ["housing_area"]
