"""A cell that the sheet itself takes back, crossed out or shown as another number, is not read in silence."""

from pathlib import Path

import pytest
from openpyxl import Workbook
from openpyxl.styles import Font

from data.intake.examination import examine_files
from data.intake.number_formats import OTHER, SCALED, WORDED, Shown, alters, shown_by
from data.partnership import our_partnership
from data.store import Store
from tests.data.test_seen_in_sheets import HEADINGS, NUMBER, row, spreadsheet
from tests.data.test_wrong_in_silence import refusal
from tests.data.test_wrong_in_silence import shipped as shipped

STRUCK = Font(strike=True)
ACCOUNTING = '_-* #,##0_-;\\-* #,##0_-;_-* "-"??_-;_-@_-'


def counts(tmp_path: Path, *figures: int, number_format: str = "General", struck: str = "") -> Path:
    """A workbook of counts in the quarters of 2025, the column D in a format, and the cells of a range crossed out."""
    book = Workbook()
    sheet = book.active
    sheet.append(HEADINGS)
    for quarter, figure in enumerate(figures, 1):
        sheet.append([f"2025K{quarter}", "Herlev", "TOT", figure, "eksempel", "eksempeldata"])
        sheet.cell(quarter + 1, 4).number_format = number_format
    for cell in (each for line in sheet[struck] for each in line) if struck else ():
        cell.font = STRUCK
    book.save(tmp_path / "tal.xlsx")
    return tmp_path / "tal.xlsx"


def read(store: Store, path: Path) -> tuple[list[int], str]:
    """The counts that are ready to be loaded, and what is said of the file."""
    examined = examine_files([path], store, our_partnership())
    return [count for table in examined.incoming for count in table.frame["count"]], " ".join(examined.remarks)


def test_a_row_that_is_crossed_out_is_asked_about_once(shipped: Store, tmp_path: Path) -> None:
    said = refusal(shipped, counts(tmp_path, 541, 500, struck="A3:F3"))
    assert "række 3: rækken er streget over. Slet det overstregede, hvis det ikke gælder; ellers fjern" in said
    assert said.count("streget over.") == 1


def test_a_figure_that_is_crossed_out_is_asked_about_in_its_cell(shipped: Store, tmp_path: Path) -> None:
    assert "række 2, kolonne »D«: cellen er streget over" in refusal(shipped, counts(tmp_path, 541, struck="D2:D2"))


def test_empty_cells_that_are_crossed_out_say_nothing(shipped: Store, tmp_path: Path) -> None:
    assert read(shipped, counts(tmp_path, 541, struck="A3:K9")) == ([541], "")


@pytest.mark.parametrize(
    ("code", "stored", "shown"),
    [
        ('0" tusinde"', 12, "12 tusinde"),
        ('#,##0.0" mio."', 2, "2,0 mio."),
        ('0"000"', 541, "541000"),
        ('[<5]"<5";0', 3, "<5"),
        ('"ca. "0', 540, "ca. 540"),
        ('0," mio."', 541_000, "541 mio."),
        ('0" pr. 1.000"', 18, "18 pr. 1.000"),
    ],
)
def test_a_figure_whose_format_makes_another_of_it_is_refused(
    shipped: Store, tmp_path: Path, code: str, stored: int, shown: str
) -> None:
    said = refusal(shipped, counts(tmp_path, stored, number_format=code))
    assert f"talformatet viser noget andet end det tal, der er gemt i cellen (der står »{shown}«)" in said
    assert "vælg talformatet Standard" in said


def test_a_figure_whose_format_shows_nothing_is_refused(shipped: Store, tmp_path: Path) -> None:
    assert "talformatet viser noget andet" in refusal(shipped, counts(tmp_path, 541, number_format=";;;"))


@pytest.mark.parametrize(
    ("code", "said"),
    [
        (
            "#,##0,",
            "2 tal vises i tusinder eller millioner (»5«), men er læst helt ud, som de er gemt, første gang i D2",
        ),
        ('0.0," tusinde"', "2 tal vises i tusinder eller millioner (»5,4 tusinde«), men er læst helt ud"),
        ('0" anmeldelser"', "2 tal har et ord ved sig, som kun talformatet skriver (»5410 anmeldelser«)"),
    ],
)
def test_a_figure_that_is_shown_in_another_way_is_read_as_it_is_stored_and_said(
    shipped: Store, tmp_path: Path, code: str, said: str
) -> None:
    figures, remarks = read(shipped, counts(tmp_path, 5410, 5000, number_format=code))
    assert figures == [5410, 5000]
    assert said in remarks


def test_a_zero_that_its_format_shows_as_nothing_is_read_as_zero_and_said(shipped: Store, tmp_path: Path) -> None:
    figures, remarks = read(shipped, counts(tmp_path, 541, 0, number_format="0;-0;;@"))
    assert figures == [541, 0]
    assert "1 tal er 0, som talformatet viser som en tom celle; de er læst som 0, første gang i D3" in remarks


@pytest.mark.parametrize("code", ["General", "0", "#,##0", "0000", ACCOUNTING, "#,##0;[Red]-#,##0", "[$-406]#,##0"])
def test_usual_formats_say_nothing(shipped: Store, tmp_path: Path, code: str) -> None:
    assert read(shipped, counts(tmp_path, 541, 0, number_format=code)) == ([541, 0], "")


def test_each_part_of_a_format_shows_its_own_numbers() -> None:
    code = '[>=1000000]0.0,,"M";[>=1000]0.0,"K";0'
    assert shown_by(code, 541) is None
    assert shown_by(code, 5410) == Shown(SCALED, "5,4K")
    assert shown_by(code, 2_500_000) == Shown(SCALED, "2,5M")
    assert shown_by('0;"minus "0', -3) == Shown(WORDED, "minus -3")
    assert shown_by('0" K4"', 2025) == Shown(OTHER, "2025 K4")
    assert shown_by("dd/mm/yyyy", 45_000) is None
    assert shown_by('0;"minus "0', float("nan")) is None


@pytest.mark.parametrize("code", ["", "General", "0", "0%", ACCOUNTING, "dd/mm/yyyy", "[h]:mm", "0.00E+00", "@"])
def test_cells_of_usual_formats_are_not_looked_into_one_by_one(code: str) -> None:
    assert not alters(code)


@pytest.mark.parametrize("code", ["0,", '0" mio."', '[<5]"<5";0', ";;;", "#", '[>=1000]0.0,"K";0'])
def test_cells_of_formats_that_alter_some_number_are(code: str) -> None:
    assert alters(code)


def in_opendocument(tmp_path: Path, styles: str, number: str) -> Path:
    return spreadsheet(tmp_path, row(NUMBER.replace("<table:table-cell", f"<table:table-cell {number}")), styles=styles)


def test_crossed_out_cells_are_seen_in_opendocument(shipped: Store, tmp_path: Path) -> None:
    crossed = (
        '<style:style style:name="out" style:family="table-cell">'
        '<style:text-properties style:text-line-through-style="solid"/></style:style>'
    )
    path = in_opendocument(tmp_path, crossed, 'table:style-name="out"')
    assert "kolonne »D«: cellen er streget over" in refusal(shipped, path)


def test_what_a_format_shows_is_seen_in_opendocument(shipped: Store, tmp_path: Path) -> None:
    thousands = (
        '<number:number-style style:name="N2"><number:number number:min-integer-digits="1"/>'
        "<number:text> tusinde</number:text></number:number-style>"
        '<style:style style:name="in" style:family="table-cell" style:data-style-name="N2"/>'
    )
    path = in_opendocument(tmp_path, thousands, 'table:style-name="in"')
    assert "der er gemt i cellen (der står »541 tusinde«)" in refusal(shipped, path)
    scaled = thousands.replace('digits="1"', 'digits="1" number:display-factor="1000"')
    figures, remarks = read(shipped, in_opendocument(tmp_path, scaled, 'table:style-name="in"'))
    assert figures == [541]
    assert "vises i tusinder eller millioner (»1 tusinde«)" in remarks
