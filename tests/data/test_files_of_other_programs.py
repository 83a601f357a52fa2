"""The same table from other programs and in other habits: seen as fully, or refused with what mends it."""

import zipfile
from pathlib import Path

import pytest
from openpyxl import Workbook
from openpyxl.comments import Comment

from data.intake.examination import Examined
from data.intake.sheets import SAYS_LITTLE
from data.store import Store
from geo.boundaries import read as read_outlines
from tests.data.test_tables_as_sent import counts
from tests.data.test_wide import examined
from tests.data.test_wrong_in_silence import INCIDENTS, csv, refusal
from tests.data.test_wrong_in_silence import shipped as shipped

HEADINGS = INCIDENTS.strip().split(";")
STRICT = {
    f"http://schemas.openxmlformats.org/{name}/2006/{part}": f"http://purl.oclc.org/ooxml/{name}/{part}"
    for name, part in (("spreadsheetml", "main"), ("officeDocument", "relationships"), ("drawingml", "main"))
}


def workbook(tmp_path: Path, figure: object = 541) -> tuple[Workbook, Path]:
    book = Workbook()
    book.active.append(HEADINGS)
    book.active.append(["2025K4", "Herlev", "TOT", figure, "eksempel", "eksempeldata"])
    return book, tmp_path / "tal.xlsx"


def rewritten(path: Path, changes: dict[str, str], *, leave_out: str = "") -> Path:
    """The workbook with texts of its parts replaced, and without one part."""
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name).decode() for name in archive.namelist() if name != leave_out}
    with zipfile.ZipFile(path, "w") as archive:
        for name, part in parts.items():
            for old, new in changes.items():
                part = part.replace(old, new)
            archive.writestr(name, part)
    return path


def remarks(found: Examined) -> str:
    assert found.problems == ()
    return " ".join(found.remarks)


def test_a_strict_workbook_is_seen_as_fully_as_any_other(shipped: Store, tmp_path: Path) -> None:
    book, path = workbook(tmp_path, "=500+41")
    book.save(path)
    assert "formlen er ikke regnet ud" in refusal(shipped, rewritten(path, STRICT))


def test_what_cannot_be_seen_of_a_workbook_is_said(shipped: Store, tmp_path: Path) -> None:
    book, path = workbook(tmp_path)
    book.save(path)
    found = examined(shipped, rewritten(path, {"<fonts": "<broken"}))
    assert SAYS_LITTLE in remarks(found)


def test_cells_with_comments_are_said(shipped: Store, tmp_path: Path) -> None:
    book, path = workbook(tmp_path)
    book.active["D1"].comment = Comment("Antal anmeldelser", "kontoret")
    book.active["D2"].comment = Comment("foreløbigt tal", "kontoret")
    book.save(path)
    said = remarks(examined(shipped, path))
    assert "1 celle har en kommentar, som ikke er læst, første gang i D2" in said


def test_rows_and_columns_that_are_too_narrow_to_be_seen_are_hidden(shipped: Store, tmp_path: Path) -> None:
    book, path = workbook(tmp_path)
    book.active.row_dimensions[2].height = 0.01
    book.active.column_dimensions["D"].width = 0.1
    book.save(path)
    said = remarks(examined(shipped, path))
    assert "1 skjult række er læst med" in said
    assert "1 skjult kolonne er læst med" in said


def test_what_stands_beside_a_table_is_told_in_its_cell(shipped: Store, tmp_path: Path) -> None:
    book, path = workbook(tmp_path)
    book.active["H2"] = "se note"
    book.save(path)
    (problem,) = examined(shipped, path).problems
    assert (problem.row, problem.column) == (2, "H")
    assert problem.message == "der står noget til højre for tabellen, hvor der ikke er nogen overskrift"
    assert problem.remedy.startswith("Giv kolonnen en overskrift, eller slet det, der står der")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("<html><table><tr><td>Periode</td></tr></table></html>", "filen er en webside, som hedder .xls"),
        ('<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>',
         "filen er et regneark i XML, som hedder .xls"),
    ],
)  # fmt: skip
def test_a_page_or_xml_that_calls_itself_a_workbook_is_to_be_saved_anew(
    shipped: Store, tmp_path: Path, text: str, said: str
) -> None:
    (tmp_path / "tal.xls").write_text(text, encoding="utf-8")
    (problem,) = examined(shipped, tmp_path / "tal.xls").problems
    assert problem.message == said
    assert problem.remedy == "Åbn den i Excel, og vælg Gem som → Excel-projektmappe (.xlsx)"


@pytest.mark.parametrize(
    "area", ["163 Herlev", "0163 Herlev", "Herlev (163)", "163 - Herlev", "163 Herlev Kommune", "Herlev Kommune (0163)"]
)
def test_an_area_may_be_written_with_its_code(shipped: Store, tmp_path: Path, area: str) -> None:
    text = f"{INCIDENTS}2025K4;{area};TOT;541;eksempel;eksempeldata\n"
    assert counts(examined(shipped, csv(tmp_path, text))) == {("herlev", "2025K4"): 541}


def test_a_code_and_a_name_of_two_areas_are_none(shipped: Store, tmp_path: Path) -> None:
    text = f"{INCIDENTS}2025K4;151 Herlev;TOT;541;eksempel;eksempeldata\n"
    assert "området kendes ikke (der står »151 Herlev«)" in refusal(shipped, csv(tmp_path, text))


def test_folders_without_areas_are_no_layers_of_kml(tmp_path: Path) -> None:
    corners = "12.42,55.72 12.46,55.72 12.46,55.75 12.42,55.72"
    area = (
        "<Placemark><name>Herlev</name><Polygon><outerBoundaryIs><LinearRing><coordinates>"
        f"{corners}</coordinates></LinearRing></outerBoundaryIs></Polygon></Placemark>"
    )
    text = f'<kml xmlns="http://www.opengis.net/kml/2.2"><Document><Folder><Folder>{area}</Folder></Folder></Document></kml>'
    assert read_outlines(text.encode(), "omrids.kml")["name"].tolist() == ["Herlev"]
