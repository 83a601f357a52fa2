"""Which files are read, as what, and what is said about those that are not."""

import datetime as dt
import io
import struct
import zipfile
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data.contracts.validation import ContractError, Problem
from data.intake import archive, delimited, sheets, tables
from data.intake.tables import read

TEXT = "Område;Antal\nHøje Gladsaxe;12\nRødovre på Ærø;7\n"


def rows(content: bytes | Path, name: str = "tal.csv") -> list[list[str]]:
    """The only table of a file as headings and rows."""
    (table,) = read(content, name)
    return [list(table.frame.columns), *table.frame.to_numpy().tolist()]


def refusal(content: bytes | Path, name: str = "tal.csv") -> Problem:
    with pytest.raises(ContractError) as refused:
        read(content, name)
    (problem,) = refused.value.problems
    assert (problem.file, bool(problem.remedy)) == (name, True)
    return problem


def xlsx(*sheet: list[object], **more: list[list[object]]) -> bytes:
    """A workbook: the rows of its first sheet, and further sheets by name."""
    book = openpyxl.Workbook()
    book.active.title = "Data"
    for name, lines in {"Data": list(sheet), **more}.items():
        page = book[name] if name in book.sheetnames else book.create_sheet(name)
        for line in lines:
            page.append(line)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def ods(body: str) -> bytes:
    """An OpenDocument sheet "Ark1" with this inside."""
    names = "".join(
        f' xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "table", "text")
    )
    content = (
        f"<office:document-content{names}><office:body><office:spreadsheet>"
        f'<table:table table:name="Ark1">{body}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        packed.writestr(
            "META-INF/manifest.xml", '<m:manifest xmlns:m="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>'
        )
        packed.writestr("content.xml", content)
    return buffer.getvalue()


def cell(value: str, kind: str = "string", repeated: int = 1) -> str:
    attributes = f'table:number-columns-repeated="{repeated}" office:value-type="{kind}"'
    number = f' office:value="{value}"' if kind == "float" else ""
    return f"<table:table-cell {attributes}{number}><text:p>{value}</text:p></table:table-cell>"


def repacked(workbook: bytes, member: str, change: Callable[[bytes], bytes]) -> bytes:
    """The workbook with one member changed."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(workbook)) as old, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, change(old.read(name)) if name == member else old.read(name))
    return buffer.getvalue()


SHEET = "xl/worksheets/sheet1.xml"


# CSV ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "iso-8859-1", "cp1252"])
def test_utf_8_with_and_without_byte_order_mark_and_latin_1_are_read(encoding: str) -> None:
    assert rows(TEXT.encode(encoding)) == [["Område", "Antal"], ["Høje Gladsaxe", "12"], ["Rødovre på Ærø", "7"]]


@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_the_separator_and_the_line_ends_are_found(delimiter: str, newline: str) -> None:
    content = TEXT.replace(";", delimiter).replace("\n", newline).encode()
    assert rows(content)[1] == ["Høje Gladsaxe", "12"]


def test_decimal_commas_do_not_hide_the_semicolons() -> None:
    assert rows(b"a;b,c;d\n1,5;2,5;3,5\n")[1] == ["1,5", "2,5", "3,5"]


def test_excel_s_own_line_about_the_separator_is_followed() -> None:
    (table,) = read(b"sep=,\na;x,b\n1,2\n", "tal.csv")
    assert (list(table.frame.columns), table.frame.index.tolist()) == (["a;x", "b"], [3])


def test_quoted_cells_may_hold_separators_quotes_and_line_breaks() -> None:
    assert rows(b'a;b\n"x;y";"sagde ""ja""\nto linjer"\n')[1] == ["x;y", 'sagde "ja"\nto linjer']


@pytest.mark.parametrize("quote", ["", '"'])
def test_rows_are_numbered_as_the_spreadsheet_does_and_blank_ones_are_left_out(quote: str) -> None:
    (table,) = read(f"\na;b\n1;{quote}2{quote}\n\n;\n3;4\n\n".encode(), "tal.csv")
    assert table.frame["a"].to_dict() == {3: "1", 6: "3"}


def test_empty_cells_are_empty_text_and_words_like_na_stay_words() -> None:
    assert rows(b"a;b\n;NA\nnull;\n")[1:] == [["", "NA"], ["null", ""]]


def test_empty_columns_without_a_heading_are_dropped() -> None:
    assert rows(b"a;b;;\n1;2;;\n3;4\n") == [["a", "b"], ["1", "2"], ["3", "4"]]


def test_a_path_is_read_like_its_content(tmp_path: Path) -> None:
    path = tmp_path / "tal.csv"
    path.write_bytes(TEXT.encode())
    assert rows(path) == rows(TEXT.encode())


# CSV that is refused -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("content", [b"", b" \r\n\n"])
def test_an_empty_file_is_refused(content: bytes) -> None:
    assert refusal(content).message == "filen er tom"


def test_headings_without_rows_are_refused() -> None:
    assert refusal(b"a;b\n\n").message == "tabellen har overskrifter, men ingen rækker"


def test_a_row_with_missing_or_surplus_cells_is_refused_with_its_number() -> None:
    problem = refusal(b"a;b\n1;2\n1\n1;2;3\n")
    assert (problem.row, problem.message) == (
        3, "rækken har ikke lige så mange felter som overskriften (2); det gælder 2 rækker",
    )  # fmt: skip


def test_an_open_quotation_mark_is_refused() -> None:
    assert "anførselstegn" in refusal(b'a;b\n1;"2\n3;4\n').message


def test_a_repeated_heading_is_refused() -> None:
    assert refusal(b"a;b;a\n1;2;3\n").message == "overskriften findes to gange"


def test_a_filled_column_without_a_heading_is_refused() -> None:
    problem = refusal(b"a;;c\n1;2;3\n")
    assert (problem.column, problem.message) == ("nr. 2", "kolonnen har ingen overskrift")


@pytest.mark.parametrize(
    "garbled",
    [
        TEXT.encode().decode("cp1252").encode(),  # read as Windows-1252 and saved as UTF-8
        TEXT.encode("cp865"),  # a Nordic DOS program
        TEXT.encode("mac_roman"),
        TEXT.replace("ø", "\ufffd").encode(),  # letters already lost
        TEXT.encode()[:-1] + b"\xc3",  # UTF-8 that was cut off inside a letter
    ],
    ids=["twice", "dos", "mac", "lost", "cut"],
)
def test_garbled_letters_are_refused_with_row_column_value_and_remedy(garbled: bytes) -> None:
    with pytest.raises(ContractError) as refused:
        read(garbled, "tal.csv")
    problem = refused.value.problems[0]
    assert ("kodet forkert" in problem.message, bool(problem.value), "UTF-8" in problem.remedy) == (True, True, True)
    assert problem.row in (1, 2, 3, 4)


@pytest.mark.parametrize("content", [b"a;b\n1;\x002\n", b"\x89PNG\r\n\x1a\n" + bytes(range(256))])
def test_what_is_no_text_is_refused(content: bytes) -> None:
    assert refusal(content).message == "filen er ikke en tekstfil med en tabel"


def test_unicode_text_that_is_cut_off_is_refused() -> None:
    assert "UTF-16" in refusal(TEXT.encode("utf-16")[:-1]).message


def test_a_200_mb_file_is_refused_before_it_is_read(tmp_path: Path) -> None:
    path = tmp_path / "stor.csv"
    with path.open("wb") as file:
        file.truncate(200_000_000)
    assert refusal(path, "stor.csv").message == "filen fylder 200 MB; grænsen er 100 MB"


@pytest.mark.parametrize("quote", ["", '"'])
def test_too_many_rows_are_refused(monkeypatch: pytest.MonkeyPatch, quote: str) -> None:
    monkeypatch.setattr(delimited, "MAX_ROWS", 2)
    assert refusal(f"a\n{quote}1{quote}\n2\n3\n".encode()).message.startswith("tabellen er for stor")


def test_too_many_columns_are_refused() -> None:
    line = ";".join(f"k{number}" for number in range(201))
    assert refusal(f"{line}\n{line}\n".encode()).message.startswith("tabellen er for stor")


@pytest.mark.parametrize("name", ["tal.pdf", "tal", "tal.px"])
def test_other_kinds_of_files_are_refused(name: str) -> None:
    assert "kan ikke læses" in refusal(TEXT.encode(), name).message


# Excel and OpenDocument --------------------------------------------------------------------------------------


def test_numbers_in_excel_come_out_as_they_were_typed() -> None:
    line: list[object] = [159, 0.83, 0.1 + 0.2, 1234567890123, -4.5, 1e-7, "0159", True, None]
    assert rows(xlsx(list("abcdefghi"), line), "tal.xlsx")[1] == [
        "159", "0.83", "0.3", "1234567890123", "-4.5", "0.0000001", "0159", "SAND", "",
    ]  # fmt: skip


def test_a_number_with_three_decimals_cannot_be_taken_for_thousands() -> None:
    assert rows(xlsx(["a"], [1.234]), "tal.xlsx")[1] == ["1.2340"]


def test_dates_in_excel_come_out_as_iso() -> None:
    line: list[object] = [dt.date(2025, 9, 3), dt.datetime(2025, 9, 3), dt.datetime(2025, 9, 3, 12, 30)]
    assert rows(xlsx(["a", "b", "c"], line), "tal.xlsx")[1] == ["2025-09-03", "2025-09-03", "2025-09-03 12:30:00"]


def test_excel_rows_keep_their_numbers_below_blank_ones() -> None:
    (table,) = read(xlsx([], ["a"], ["1"], [], ["2;\nto"]), "tal.xlsx")
    assert table.frame["a"].to_dict() == {3: "1", 5: "2;\nto"}


def test_every_sheet_with_rows_is_a_table_and_empty_ones_are_left_out() -> None:
    found = read(xlsx(["a"], [1], Ekstra=[["b"], [2]], Tom=[], Hoved=[["c"]]), "tal.xlsx")
    assert [(table.file, table.sheet, list(table.frame.columns)) for table in found] == [
        ("tal.xlsx", "Data", ["a"]),
        ("tal.xlsx", "Ekstra", ["b"]),
    ]


def test_the_sheets_of_our_templates_that_explain_are_marked() -> None:
    found = read(xlsx(["a"], [1], Vejledning=[["b"], [2]]), "tal.xlsx")
    assert [table.guidance for table in found] == [False, True]


def test_opendocument_is_read() -> None:
    head = f"<table:table-row>{cell('Område')}{cell('Andel')}</table:table-row>"
    line = f"<table:table-row>{cell('Høje Gladsaxe')}{cell('0.83', 'float')}</table:table-row>"
    empty = '<table:table-row table:number-rows-repeated="1048574"><table:table-cell/></table:table-row>'
    assert rows(ods(head + line + empty), "tal.ods") == [["Område", "Andel"], ["Høje Gladsaxe", "0.83"]]


def test_an_error_in_a_formula_is_refused_with_its_cell() -> None:
    book = openpyxl.Workbook()
    book.active.append(["a", "b"])
    book.active["B2"] = "#N/A"
    buffer = io.BytesIO()
    book.save(buffer)
    problem = refusal(buffer.getvalue(), "tal.xlsx")
    assert (problem.row, problem.column, problem.value) == (2, "B", "#N/A")


@pytest.mark.parametrize(
    ("content", "name", "message"),
    [
        (xlsx(), "tal.xlsx", "tabellen er tom"),
        (xlsx(["a", "b"]), "tal.xlsx", "tabellen har overskrifter, men ingen rækker"),
        (TEXT.encode(), "tal.xlsx", "filen er ikke et rigtigt regneark"),
        (xlsx(["a"], [1]), "tal.csv", "filen er et regneark, men hedder .csv"),
        (xlsx(["a"], [1])[:-100], "tal.xlsx", "filen er ødelagt eller ikke et rigtigt regneark"),
        (b"PK\x03\x04" + b"x" * 100, "tal.ods", "filen er ødelagt eller ikke et rigtigt regneark"),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"x" * 600,
            "tal.xlsx",
            "filen er ødelagt, ikke et rigtigt regneark, eller dens celler ligger alt for spredt",
        ),
        (b"x", "tal.xls", "filen er ikke et rigtigt regneark"),
        (repacked(xlsx(["a"], [1]), SHEET, lambda xml: xml[:200]), "tal.xlsx", None),
    ],
    ids=["empty", "headings", "text", "named csv", "cut", "no zip", "password", "xls", "broken xml"],
)
def test_workbooks_that_are_none_are_refused(content: bytes, name: str, message: str | None) -> None:
    problem = refusal(content, name)
    assert message in (problem.message, None)


def test_a_zip_bomb_is_refused_by_unpacking_no_further_than_the_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "MAX_UNPACKED", 5_000_000)
    bomb = repacked(xlsx(["a"], [1]), SHEET, lambda xml: xml + b" " * 10_000_000)
    assert (len(bomb) < 50_000, refusal(bomb, "bombe.xlsx").message) == (
        True, "filen fylder mere end 5 MB, når den pakkes ud",
    )  # fmt: skip


def test_a_bomb_of_many_small_members_is_refused_by_their_sum(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "MAX_UNPACKED", 5_000_000)
    buffer = io.BytesIO(xlsx(["a"], [1]))
    with zipfile.ZipFile(buffer, "a", zipfile.ZIP_DEFLATED) as packed:
        for number in range(10):
            packed.writestr(f"{number}.xml", b" " * 600_000)
    assert "når den pakkes ud" in refusal(buffer.getvalue(), "bombe.xlsx").message


def test_a_member_that_lies_about_its_size_is_refused() -> None:
    honest = repacked(xlsx(["a"], [1]), SHEET, lambda xml: xml + b" " * 3_000_000)
    with zipfile.ZipFile(io.BytesIO(honest)) as packed:
        size = packed.getinfo(SHEET).file_size
    lying = honest.replace(struct.pack("<I", size), struct.pack("<I", 100))
    assert refusal(lying, "bombe.xlsx").message == "filen er ødelagt eller ikke et rigtigt regneark"


def test_members_that_share_their_bytes_are_refused() -> None:
    content = bytearray(xlsx(["a"], [1]))
    second = content.find(b"PK\x01\x02", content.find(b"PK\x01\x02") + 4)
    content[second + 42 : second + 46] = struct.pack("<I", 0)  # the second member claims the place of the first
    assert refusal(bytes(content), "bombe.xlsx").message == "filen er ødelagt eller ikke et rigtigt regneark"


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (
            repacked(xlsx(["a"], [1]), SHEET, lambda xml: xml.replace(b'r="A2"', b'r="XFD1048576"')),
            "tal.xlsx",
        ),
        (
            repacked(xlsx(["a"], [1]), SHEET, lambda xml: xml.replace(b'r="A2"', b'r="GR1048576"')),
            "tal.xlsx",
        ),
        (
            ods(f'<table:table-row table:number-rows-repeated="1048576">{cell("x", repeated=150)}</table:table-row>'),
            "tal.ods",
        ),
        (ods(f"<table:table-row>{cell('x', repeated=2_000_000_000)}</table:table-row>"), "tal.ods"),
    ],
    ids=["two far cells", "two far cells within the columns", "repeated rows", "repeated cells"],
)
def test_a_small_workbook_that_asks_for_all_memory_is_refused(content: bytes, name: str) -> None:
    assert (len(content) < 10_000, bool(refusal(content, name).message)) == (True, True)


def test_a_workbook_that_takes_too_long_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheets, "MAX_SECONDS", 0.0001)
    assert refusal(xlsx(["a"], [1]), "tal.xlsx").message == "filen tager for lang tid at læse"


# Whatever comes ----------------------------------------------------------------------------------------------


def outcome(content: bytes, name: str) -> list[str]:
    """What is said about a file; [] when it was read."""
    try:
        found = read(content, name)
    except ContractError as refused:
        return [problem.sentence for problem in refused.problems]
    return [] if found else ["neither tables nor problems"]


@settings(max_examples=200, deadline=None)
@given(st.one_of(st.binary(max_size=300), st.text(alphabet='ab1;,"\n\r\tæ', max_size=80).map(str.encode)))
def test_any_bytes_are_read_or_refused_and_never_crash(content: bytes) -> None:
    assert all(sentence.startswith("Filen »tal.csv«") for sentence in outcome(content, "tal.csv"))


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 4000), st.binary(min_size=1, max_size=8))
def test_a_damaged_workbook_is_read_or_refused_and_never_crashes(place: int, damage: bytes) -> None:
    content = bytearray(xlsx(["a"], [1]))
    content[place : place + len(damage)] = damage
    assert all(sentence.startswith("Filen »tal.xlsx«") for sentence in outcome(bytes(content), "tal.xlsx"))


def test_an_error_that_nobody_foresaw_is_a_sentence_too(monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*_: object) -> None:
        raise RuntimeError

    monkeypatch.setattr(tables, "frame_of", fails)
    assert refusal(TEXT.encode()).message == "filen kan ikke læses"
