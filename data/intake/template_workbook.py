"""A contract's template as an Excel file: the table to fill in, its column guide, and the codes to fill in with."""

import datetime as dt
import io
from collections.abc import Iterable, Mapping, Sequence

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from data.contracts.columns import Codes
from data.contracts.validation import CONTRACTS, Column, guide
from data.contracts.values import READERS
from data.intake.tables import GUIDANCE_SHEETS
from data.printed_sheet import fit_to_paper

_HEADING = Font(bold=True, color="FFFFFF")
_REQUIRED = PatternFill("solid", fgColor="1F3A5F")
_OPTIONAL = PatternFill("solid", fgColor="5B6B7F")
_WIDEST = 60
_TYPED = ("integer", "decimal", "share", "date")


def template_workbook(kind: str, codes: Codes, filled: Sequence[Mapping[str, str]]) -> bytes:
    """The workbook of `data.intake.templates.template`."""
    contract = CONTRACTS[kind]
    book = Workbook()
    data = book.active
    data.title = contract.title
    data.append([column.heading for column in contract.columns])
    for row in filled:
        data.append([_typed(row.get(column.name, ""), column) for column in contract.columns])
    for index, column in enumerate(contract.columns, 1):
        data.cell(1, index).fill = _REQUIRED if column.empty_means is None else _OPTIONAL
        if column.kind not in _TYPED:
            # As text, so that Excel does not turn a code like 0159 into a number or 1-2 into a date.
            for cell in data[get_column_letter(index)]:
                cell.number_format = "@"
    _finish(data, _OPTIONAL)
    guidance, lists = (book.create_sheet(name) for name in GUIDANCE_SHEETS)
    rows = guide(kind)
    guidance.append(list(rows[0]))
    for row in rows:
        guidance.append(list(row.values()))
    _finish(guidance, _REQUIRED)
    lists.append(["Liste", "Kode", "Betydning"])
    for title, code, meaning in _code_rows(contract.columns, codes):
        lists.append([title, code, meaning])
    _finish(lists, _REQUIRED)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def _typed(text: str, column: Column) -> object:
    """A cell as Excel should hold it: numbers as numbers, dates as dates, all else as text."""
    if column.kind not in _TYPED or not text:
        return text or None
    return READERS[column.kind](text, column)


def _code_rows(columns: tuple[Column, ...], codes: Codes) -> Iterable[tuple[str, str, str]]:
    for column in columns:
        for value, label in column.choices.items():
            yield column.heading, value, label
    for title, pairs in codes.items():
        for code, meaning in pairs:
            yield title, code, meaning


def _finish(sheet: Worksheet, fill: PatternFill) -> None:
    """Frozen, bold headings, columns as wide as their content, and long texts over several lines."""
    sheet.freeze_panes = "A2"
    for cells in sheet.iter_cols():
        heading = cells[0]
        heading.font = _HEADING
        if heading.fill.fill_type is None:
            heading.fill = fill
        longest = max(len(_shown(cell.value)) for cell in cells)
        sheet.column_dimensions[heading.column_letter].width = min(_WIDEST, longest + 3)
        for cell in cells:
            cell.alignment = Alignment(vertical="top", wrap_text=longest > _WIDEST)
    fit_to_paper(sheet)


def _shown(value: object) -> str:
    return value.isoformat() if isinstance(value, dt.date) else "" if value is None else str(value)
