"""Reads delimited text into a table of text cells with the row numbers a spreadsheet would show."""

import csv
import io
from collections.abc import Iterator
from itertools import islice

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv

from data import danish
from data.contracts.problems import ContractError, Problem

MAX_ROWS = 3_000_000
MAX_COLUMNS = 200
MAX_CELL = 100_000
"""Characters in one cell."""

PLACES = "places"
"""What a frame's `attrs` have the place in the sheet of each of its columns under, counted from 0."""

_CHUNK_ROWS = 50_000


class NoRowsError(ContractError):
    """A table that has headings at most."""


class _NotPlainError(ValueError):
    """Text that needs the careful reader."""


def refused(file: str, message: str, remedy: str, row: int | None = None, sheet: str = "") -> ContractError:
    """The error for a file with this one problem."""
    return ContractError([Problem(file, sheet, row, message=message, remedy=remedy)])


def too_large(file: str, sheet: str) -> ContractError:
    """The error for a table beyond `MAX_ROWS` or `MAX_COLUMNS`."""
    return refused(
        file,
        f"tabellen er for stor; grænsen er {danish.number(MAX_ROWS)} rækker og {MAX_COLUMNS} kolonner",
        "Del den i flere filer",
        sheet=sheet,
    )


def frame_of(text: str, delimiter: str, file: str, sheet: str, first_row: int = 1) -> tuple[pd.DataFrame, int]:
    """The table whose headings are the first row with content, and the number of that row.

    The frame holds text ("" where empty); its index is the spreadsheet's row numbers, the text beginning at
    `first_row`. Rows without content are left out, and so are empty columns without a heading. Raises
    NoRowsError where there are headings at most, and ContractError for ragged rows, open quotation marks,
    headings that are repeated or missing, and tables that are too large.
    """
    csv.field_size_limit(MAX_CELL)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    records = _numbered(reader, first_row, file, sheet)
    row, headings = next(((row, cells) for row, cells in records if any(map(str.strip, cells))), (0, []))
    headings = [heading.strip() for heading in headings]
    while headings and not headings[-1]:
        headings.pop()
    if len(headings) > MAX_COLUMNS:
        raise too_large(file, sheet)
    try:
        frame = _plain_rows(text, delimiter, len(headings), row - first_row + 1)
        frame.index = pd.RangeIndex(row + 1, row + 1 + len(frame))
    except _NotPlainError:
        frame = _careful_rows(records, len(headings), file, sheet)
    if len(frame) > MAX_ROWS:
        raise too_large(file, sheet)
    frame = _filled_rows(frame)
    if frame.empty:
        message = "tabellen har overskrifter, men ingen rækker" if headings else "tabellen er tom"
        raise NoRowsError([Problem(file, sheet, message=message, remedy="Tilføj mindst én række under overskrifterne")])
    frame.columns = pd.Index(headings)
    return _named_columns(frame, file, sheet, row), row


def _numbered(records: Iterator[list[str]], first_row: int, file: str, sheet: str) -> Iterator[tuple[int, list[str]]]:
    """The records with their row numbers; raises ContractError where the quotation marks do not match."""
    row = first_row - 1
    try:
        for row, cells in enumerate(records, first_row):
            yield row, cells
    except csv.Error:
        raise refused(
            file,
            "et anførselstegn er ikke afsluttet, eller en celle er for lang",
            "Ret anførselstegnene, eller gem filen igen som .xlsx",
            row + 1,
            sheet,
        ) from None


def _plain_rows(text: str, delimiter: str, width: int, skipped: int) -> pd.DataFrame:
    """The rows after the first `skipped` lines, read by Arrow: some twenty times faster than row by row.

    Raises _NotPlainError where a row is not simply a line with `width` cells.
    """
    if not width or text.count("\r") != text.count("\r\n"):
        raise _NotPlainError
    start = 0
    for _ in range(skipped):
        start = text.find("\n", start) + 1 or len(text)
    body = text[start:].rstrip("\r\n")
    if not body or text.count('"', 0, start) % 2:
        raise _NotPlainError
    names = [str(index) for index in range(width)]
    try:
        table = pyarrow.csv.read_csv(
            io.BytesIO(body.encode()),
            read_options=pyarrow.csv.ReadOptions(column_names=names),
            parse_options=pyarrow.csv.ParseOptions(delimiter=delimiter, quote_char=False, ignore_empty_lines=False),
            convert_options=pyarrow.csv.ConvertOptions(
                column_types=dict.fromkeys(names, pa.large_string()), strings_can_be_null=False
            ),
        )
    except pa.ArrowInvalid:
        raise _NotPlainError from None
    if '"' in body:
        table = pa.table({name: _without_quotes(table[name]) for name in names})
    frame: pd.DataFrame = table.to_pandas()
    return frame


def _without_quotes(cells: pa.ChunkedArray) -> pa.ChunkedArray:
    """The cells, split at every separator, without marks around them; a mark anywhere else is not plain."""
    marked = pc.match_substring(cells, '"')
    quoted = pc.match_substring_regex(cells, '^"[^"]*"$')
    if pc.any(pc.xor(marked, quoted)).as_py():
        raise _NotPlainError
    return pc.if_else(quoted, pc.utf8_trim(cells, '"'), cells)


def _careful_rows(records: Iterator[tuple[int, list[str]]], width: int, file: str, sheet: str) -> pd.DataFrame:
    """The rows one by one, with quoted cells, blank lines and missing or surplus separators."""
    rows: list[int] = []
    ragged: list[int] = []
    beside = ""
    parts: list[list[pa.Array]] = [[] for _ in range(width)]
    while chunk := list(islice(records, _CHUNK_ROWS)):
        kept = []
        for row, cells in chunk:
            if len(cells) > width and not any(cells[width:]):
                del cells[width:]  # Excel often writes separators for columns that are no longer there
            if len(cells) == width:
                rows.append(row)
                kept.append(cells)
            elif any(cells):
                beside = beside or next((letters(at) for at, cell in enumerate(cells) if at >= width and cell), "")
                ragged.append(row)
        for part, column in zip(parts, zip(*kept, strict=True), strict=False):
            part.append(pa.array(column, pa.large_string()))
        if len(rows) > MAX_ROWS:
            raise too_large(file, sheet)
    if ragged and sheet and beside:
        raise ContractError([
            Problem(
                file, sheet, ragged[0], beside, "",
                "der står noget til højre for tabellen, hvor der ikke er nogen overskrift",
                "Giv kolonnen en overskrift, eller slet det, der står der; står overskrifterne længere nede, så vælg "
                "deres række i trin 2 på siden Data",
            )
        ])  # fmt: skip
    if ragged:
        more = f"; det gælder {danish.number(len(ragged))} rækker" if len(ragged) > 1 else ""
        raise refused(
            file,
            f"rækken har ikke lige så mange felter som overskriften ({width}){more}",
            "Står overskrifterne længere nede, så vælg deres række i trin 2 på siden Data"
            if sheet
            else "Sæt anførselstegn om celler, der selv indeholder skilletegnet, og udfyld manglende felter; står "
            "overskrifterne længere nede, så vælg deres række i trin 2 på siden Data",
            ragged[0],
            sheet,
        )
    columns = {str(index): pa.chunked_array(part, pa.large_string()) for index, part in enumerate(parts)}
    frame: pd.DataFrame = pa.table(columns).to_pandas()
    frame.index = pd.Index(rows, dtype="int64")
    return frame


def letters(place: int) -> str:
    """The letters of a column counted from 0: 0 → "A", 26 → "AA"."""
    return (letters(place // 26 - 1) if place >= 26 else "") + chr(ord("A") + place % 26)


def _filled_rows(frame: pd.DataFrame) -> pd.DataFrame:
    """The frame without the rows that hold nothing but blanks."""
    empty = pd.Series(True, index=frame.index)
    for name in frame.columns:
        empty &= frame[name].str.strip() == ""
        if not empty.any():
            return frame
    return frame[~empty]


def _named_columns(frame: pd.DataFrame, file: str, sheet: str, row: int) -> pd.DataFrame:
    """The frame without empty columns that lack a heading; ContractError for filled ones and for repeated headings."""
    problems = []
    kept = []
    for index, name in enumerate(frame.columns):
        if name:
            kept.append(index)
            if name in frame.columns[:index]:
                remedy = "Giv kolonnerne hver sin overskrift, eller slet den ene"
                problems.append(Problem(file, sheet, row, name, "", "overskriften findes to gange", remedy))
        elif (frame.iloc[:, index].str.strip() != "").any():
            number = f"nr. {index + 1}"
            problems.append(
                Problem(file, sheet, row, number, "", "kolonnen har ingen overskrift", "Skriv en overskrift")
            )
    if problems:
        raise ContractError(problems)
    named = frame.iloc[:, kept]
    named.attrs[PLACES] = tuple(kept)
    return named
