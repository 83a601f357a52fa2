"""Makes the Excel and CSV templates, with column guide and code lists, from the contracts."""

import csv
import datetime as dt
import io
from collections.abc import Iterable, Mapping
from typing import Literal

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from data.contracts import CONTRACTS, Column, guide
from data.partnership import Partnership
from data.sources.tables import GUIDANCE_SHEETS
from data.store import Store
from data.values import READERS

Format = Literal["xlsx", "csv"]
Codes = Mapping[str, Iterable[tuple[str, str]]]

_HEADING = Font(bold=True, color="FFFFFF")
_REQUIRED = PatternFill("solid", fgColor="1F3A5F")
_OPTIONAL = PatternFill("solid", fgColor="5B6B7F")
_WIDEST = 60
_TYPED = ("integer", "decimal", "share", "date")


def template(kind: str, format: Format = "xlsx", codes: Codes | None = None) -> bytes:
    """A file to fill in: Danish headings and one example row that keeps the contract.

    As xlsx it also has the column guide ("Vejledning") and the code lists ("Koder"): the contract's own
    accepted words and `codes`, which maps the title of a list to its (code, meaning) pairs. As csv it is
    UTF-8 with a byte order mark, semicolons and decimal commas, which Danish Excel opens as a table. Raises
    KeyError for an unknown kind and ValueError for an unknown format.
    """
    contract = CONTRACTS[kind]
    if format == "csv":
        return _csv(contract.columns)
    if format != "xlsx":
        raise ValueError(f"format is {format!r}; allowed are 'xlsx' and 'csv'")
    book = Workbook()
    data = book.active
    data.title = contract.title
    data.append([column.heading for column in contract.columns])
    data.append([_example(column) for column in contract.columns])
    for place, column in enumerate(contract.columns, 1):
        data.cell(1, place).fill = _REQUIRED if column.empty_means is None else _OPTIONAL
        if column.kind not in _TYPED:
            # As text, so that Excel does not turn a code like 0159 into a number or 1-2 into a date.
            for cell in data[get_column_letter(place)]:
                cell.number_format = "@"
    _finish(data, _OPTIONAL)
    guidance, lists = (book.create_sheet(name) for name in GUIDANCE_SHEETS)
    rows = guide(kind)
    guidance.append(list(rows[0]))
    for row in rows:
        guidance.append(list(row.values()))
    _finish(guidance, _REQUIRED)
    lists.append(["Liste", "Kode", "Betydning"])
    for title, code, meaning in _code_rows(contract.columns, codes or {}):
        lists.append([title, code, meaning])
    _finish(lists, _REQUIRED)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def codes_of(store: Store, partnership: Partnership) -> dict[str, list[tuple[str, str]]]:
    """The codes a file may use, for the third sheet of a template."""
    areas, sources = store.loaded("areas"), store.loaded("sources")
    return {
        "Område": list(zip(areas["area_id"], areas["name"], strict=True)),
        "Emne": [(indicator.id, indicator.title) for indicator in partnership.indicators],
        "Kategori": [(category.id, category.title) for category in partnership.categories],
        "Måleserie": [(series.id, series.title) for series in partnership.series],
        "Kilde-id": list(zip(sources["source_id"], sources["title"], strict=True)),
    }


def _csv(columns: tuple[Column, ...]) -> bytes:
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow([column.heading for column in columns])
    writer.writerow([column.example for column in columns])
    return text.getvalue().encode("utf-8-sig")


def _example(column: Column) -> object:
    """The example as Excel should hold it: numbers as numbers, dates as dates, all else as text."""
    if column.kind not in _TYPED or not column.example:
        return column.example or None
    return READERS[column.kind](column.example, column)


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


def _shown(value: object) -> str:
    return value.isoformat() if isinstance(value, dt.date) else "" if value is None else str(value)
