"""What a workbook says beside its values is seen in OpenDocument and binary Excel too; garbled letters are told."""

import io
import struct
import zipfile
from pathlib import Path

import pytest
from openpyxl import Workbook

from data.intake.examination import examine_files
from data.intake.xlsb_facts import binary_facts
from data.partnership import our_partnership
from data.store import Store
from tests.data.test_wrong_in_silence import refusal
from tests.data.test_wrong_in_silence import shipped as shipped

SPACES = " ".join(
    f'xmlns:{name}="{address}"'
    for name, address in (
        ("office", "urn:oasis:names:tc:opendocument:xmlns:office:1.0"),
        ("table", "urn:oasis:names:tc:opendocument:xmlns:table:1.0"),
        ("text", "urn:oasis:names:tc:opendocument:xmlns:text:1.0"),
        ("style", "urn:oasis:names:tc:opendocument:xmlns:style:1.0"),
        ("number", "urn:oasis:names:tc:opendocument:xmlns:datastyle:1.0"),
        ("calcext", "urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"),
    )
)
SIGNED = (
    '<number:number-style style:name="N1"><number:number/><number:text> %</number:text></number:number-style>'
    '<style:style style:name="ce1" style:family="table-cell" style:data-style-name="N1"/>'
)
HEADINGS = ("Periode", "Område", "Kategori", "Antal", "Oprindelse", "Kilde-id")
NUMBER = '<table:table-cell office:value-type="float" office:value="541"><text:p>541</text:p></table:table-cell>'


def words(*cells: str) -> str:
    return "".join(f'<table:table-cell office:value-type="string"><text:p>{each}</text:p></table:table-cell>'
                   for each in cells)  # fmt: skip


def row(number: str = NUMBER, seen: str = "") -> str:
    first, last = words("2025K4", "Herlev", "TOT"), words("eksempel", "eksempeldata")
    return f"<table:table-row {seen}>{first}{number}{last}</table:table-row>"


def spreadsheet(tmp_path: Path, *rows: str, columns: str = "", styles: str = SIGNED) -> Path:
    body = f'<table:table table:name="Ark1">{columns}<table:table-row>{words(*HEADINGS)}</table:table-row>'
    text = (
        f"<office:document-content {SPACES}><office:automatic-styles>{styles}</office:automatic-styles><office:body>"
        f"<office:spreadsheet>{body}{''.join(rows)}</table:table></office:spreadsheet></office:body>"
        "</office:document-content>"
    )
    with zipfile.ZipFile(tmp_path / "tal.ods", "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", text)
        archive.writestr("META-INF/manifest.xml", "<manifest/>")
    return tmp_path / "tal.ods"


def test_an_ordinary_opendocument_sheet_is_read_without_a_remark(shipped: Store, tmp_path: Path) -> None:
    examined = examine_files([spreadsheet(tmp_path, row())], shipped, our_partnership())
    assert [table.frame["count"].tolist() for table in examined.incoming] == [[541]]
    assert examined.remarks == ()


@pytest.mark.parametrize(
    ("cell", "said"),
    [
        (
            '<table:table-cell table:formula="of:=1/0" office:value-type="string" calcext:value-type="error">'
            "<text:p>#DIV/0!</text:p></table:table-cell>",
            "cellen viser en fejl i en formel",
        ),
        ('<table:table-cell table:formula="of:=500+41"/>', "formlen er ikke regnet ud"),
        (NUMBER.replace("<table:table-cell", '<table:table-cell table:number-rows-spanned="2"'), "flettet sammen"),
        (NUMBER.replace('office:value-type="float"', 'table:style-name="ce1" office:value-type="float"'),
         "der står »541 %«"),
        ('<table:table-cell office:value-type="boolean" office:boolean-value="true"><text:p>SAND</text:p>'
         "</table:table-cell>", "der står »SAND«"),
    ],
    ids=["error", "no result", "merged", "a sign that only the format writes", "truth value"],
)  # fmt: skip
def test_a_cell_that_must_not_be_read_is_refused_in_opendocument(
    shipped: Store, tmp_path: Path, cell: str, said: str
) -> None:
    assert said in refusal(shipped, spreadsheet(tmp_path, row(cell)))


def test_hidden_and_filtered_rows_and_columns_of_opendocument_are_said(shipped: Store, tmp_path: Path) -> None:
    path = spreadsheet(
        tmp_path, row(seen='table:visibility="filter"'),
        columns='<table:table-column table:visibility="collapse"/><table:table-column/>',
    )  # fmt: skip
    said = " ".join(examine_files([path], shipped, our_partnership()).remarks)
    assert "1 skjult række er læst med (et filter er slået til)" in said
    assert "1 skjult kolonne er læst med" in said


def record(number: int, content: bytes) -> bytes:
    high = bytes([number & 0x7F | 0x80, number >> 7]) if number > 127 else bytes([number])
    return high + bytes([len(content)]) + content


def test_a_binary_workbook_says_what_is_hidden_merged_filtered_or_in_error() -> None:
    def text(word: str) -> bytes:
        return struct.pack("<I", len(word)) + word.encode("utf-16-le")

    def row_of(place: int, hidden: bool) -> bytes:
        return record(0, struct.pack("<IIHBB", place, 0, 300, 0, 0x10 if hidden else 0) + bytes(5))

    sheet = b"".join((
        record(60, struct.pack("<IIIIH", 2, 3, 0, 0, 1)), row_of(0, False), row_of(1, True),
        record(3, struct.pack("<IIB", 3, 0, 7)), record(161, bytes(16)), record(176, struct.pack("<IIII", 4, 5, 0, 0)),
    ))  # fmt: skip
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w") as archive:
        archive.writestr("xl/workbook.bin", record(156, struct.pack("<II", 0, 1) + text("rId1") + text("Ark1")))
        archive.writestr(
            "xl/_rels/workbook.bin.rels",
            '<Relationships><Relationship Id="rId1" Target="worksheets/sheet1.bin"/></Relationships>',
        )
        archive.writestr("xl/worksheets/sheet1.bin", sheet)
    facts = binary_facts(kept.getvalue())["Ark1"]
    assert (facts.hidden_rows, facts.hidden_columns, facts.filtered) == ([2], 2, True)
    assert (facts.errors, facts.merged) == ([("D", 2)], [(("A", 5), 6)])


@pytest.mark.parametrize("garbled", ["Gr√∏nvej", "Gr├©nvej", "Gr¿nvej", "Gr›nvej", "pl†ser", "VÃ¦rebro"])
def test_letters_garbled_by_mac_or_dos_are_told_in_a_workbook_too(shipped: Store, tmp_path: Path, garbled: str) -> None:
    book = Workbook()
    book.active.append(HEADINGS)
    book.active.append(["2025K4", garbled, "TOT", 541, "eksempel", "eksempeldata"])
    book.save(tmp_path / "tal.xlsx")
    assert "tegnene er kodet forkert" in refusal(shipped, tmp_path / "tal.xlsx")


def test_letters_that_are_right_are_not_taken_for_garbled(shipped: Store, tmp_path: Path) -> None:
    book = Workbook()
    book.active.append([*HEADINGS, "Bemærkning"])
    book.active.append(["2025K4", "Herlev", "TOT", 541, "eksempel", "eksempeldata", "1¾ m, ¿qué? Œuvre √2 ›a‹ ½"])
    book.save(tmp_path / "tal.xlsx")
    assert examine_files([tmp_path / "tal.xlsx"], shipped, our_partnership()).problems == ()
