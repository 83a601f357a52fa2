"""The problems of a delivery as an Excel file: a list of them all, and each table with the offending cells marked."""

import io
from collections.abc import Sequence

import pandas as pd
from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils.exceptions import IllegalCharacterError
from openpyxl.worksheet.worksheet import Worksheet

from data import danish
from data.contracts.problems import ContractError, Problem, alike
from data.intake import tables
from data.intake.examination import Delivered
from data.printed_sheet import fit_to_paper

HEADINGS = ("Fil", "Ark", "Række", "Kolonne", "Der står", "Hvad er galt", "Sådan rettes det")
WHERE = HEADINGS[:4]
"""The columns that say where a problem is."""
MOST_ROWS = 20_000
"""Rows of a table that are shown whole; of a longer one only those with a problem."""
_MARKED = PatternFill("solid", fgColor="F8D0D0")
_HEADING = Font(bold=True)
_WIDTHS = (28, 16, 8, 22, 28, 44, 60)


def problem_rows(problems: Sequence[Problem]) -> pd.DataFrame:
    """The problems as a table in Danish, in their own order, the same fault of a column told once."""
    rows = [
        (each.first.file, each.first.sheet, each.rows_said, each.first.column,
         ", ".join(each.values_said) + (" …" if len(each.values) > len(each.values_said) else ""),
         danish.opening(each.first.message), danish.opening(each.first.remedy))
        for each in alike(problems)
    ]  # fmt: skip
    return pd.DataFrame(rows, columns=list(HEADINGS))


def problem_workbook(files: Sequence[Delivered], problems: Sequence[Problem]) -> bytes:
    """An .xlsx with the list of problems, then a sheet for each table that has some, its cells where they stood.

    `files` are those that may be shown: one with personal data is not among them. A file that cannot be read as
    tables is in the list only.
    """
    book = Workbook()
    _listed(book.active, problems)
    for file in files:
        for table in _readable(file):
            own = [each for each in problems if (each.file, each.sheet) == (table.file, table.sheet)]
            if own:
                _marked(book.create_sheet(_sheet_name(book, table)), table, own)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def _readable(file: Delivered) -> list[tables.Table]:
    if file.is_outlines:
        return []
    try:
        return tables.read(file.content, file.name)
    except ContractError:
        return []


def _listed(sheet: Worksheet, problems: Sequence[Problem]) -> None:
    sheet.title = "Fejl"
    for index, heading in enumerate(HEADINGS, 1):
        _write(sheet.cell(1, index), heading).font = _HEADING
        sheet.column_dimensions[sheet.cell(1, index).column_letter].width = _WIDTHS[index - 1]
    for number, row in enumerate(problem_rows(problems).itertuples(index=False), 2):
        for index, word in enumerate(row, 1):
            _write(sheet.cell(number, index), word).alignment = Alignment(wrap_text=True, vertical="top")
    sheet.freeze_panes = "A2"
    fit_to_paper(sheet)


def _marked(sheet: Worksheet, table: tables.Table, problems: Sequence[Problem]) -> None:
    """The table as it stood, row numbers kept; each offending cell is coloured and says why."""
    frame = table.frame
    top = max(1, int(frame.index[0]) - 1) if len(frame) else 1
    columns = {str(heading): index for index, heading in enumerate(frame.columns, 1)}
    for heading, index in columns.items():
        _write(sheet.cell(top, index), heading).font = _HEADING
    if len(frame) > MOST_ROWS:
        frame = frame.loc[frame.index.isin([problem.row for problem in problems])]
    for number, row in zip(frame.index, frame.itertuples(index=False), strict=True):
        for index, text in enumerate(row, 1):
            _write(sheet.cell(int(number), index), text)
    for problem in problems:
        cell = sheet.cell(problem.row or top, columns.get(problem.column, 1))
        cell.fill = _MARKED
        told = f"{danish.opening(problem.message)}. {problem.remedy}."
        cell.comment = Comment(f"{cell.comment.text}\n{told}" if cell.comment else told, "Tryghedsoverblik")
    sheet.freeze_panes = sheet.cell(top + 1, 1)
    fit_to_paper(sheet, top)


def _write(cell: Cell, text: object) -> Cell:
    """The text as text: nothing that stood in a file is run as a formula."""
    sentence = "" if text is None else str(text)
    try:
        cell.value = sentence
    except IllegalCharacterError:
        cell.value = "".join(letter for letter in sentence if letter.isprintable())
    cell.data_type = "s"
    return cell


def _sheet_name(book: Workbook, table: tables.Table) -> str:
    plain = "".join("-" if letter in "[]:*?/\\" else letter for letter in table.sheet or table.file)[:26].strip("' ")
    names = (plain or "Tabel", *(f"{plain or 'Tabel'} {number}" for number in range(2, 1000)))
    return next(name for name in names if name.casefold() not in {each.casefold() for each in book.sheetnames})
