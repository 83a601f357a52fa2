"""Writes aggregates as the workbook that the secretariat loads: its tables, and an account that is not loaded.

A workbook of cells has hundreds of thousands of rows with few different values. Each value is written as XML once and
the rows are put together from those: some twenty times faster than a writer that takes one cell at a time.
"""

import io
import zipfile
from collections.abc import Mapping, Sequence
from xml.sax.saxutils import escape, quoteattr

import pandas as pd

from data import danish
from data.aggregate.errors import AggregateError
from data.contracts.definitions import CONTRACTS
from data.intake.tables import ACCOUNT

MOST_ROWS = 1_048_576
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"


def workbook(
    tables: Mapping[str, pd.DataFrame],
    beside: Mapping[str, pd.DataFrame],
    account: Sequence[tuple[str, int]],
    sentences: Sequence[str],
) -> bytes:
    """An .xlsx with one sheet for each table by kind, Danish headings; "Optælling" and `beside` are not loaded.

    Raises AggregateError for a table with more rows than a sheet can hold.
    """
    sheets: dict[str, str] = {}
    for kind, frame in tables.items():
        contract = CONTRACTS[kind]
        columns = [column for column in contract.columns if column.name in frame]
        headed = frame[[column.name for column in columns]].set_axis([column.heading for column in columns], axis=1)
        sheets[contract.title] = _sheet(contract.title, headed)
    lines = [(line, rows) for line, rows in account] + [(sentence, None) for sentence in sentences]
    sheets[ACCOUNT] = _sheet(ACCOUNT, pd.DataFrame(lines, columns=["Hvad", "Rækker"], dtype=object), 90)
    sheets |= {title: _sheet(title, frame) for title, frame in beside.items()}
    return _package(sheets)


def _sheet(title: str, frame: pd.DataFrame, width: int = 18) -> str:
    """One sheet as XML: a bold, frozen heading row and the rows of the frame; missing cells and "" are empty."""
    if len(frame) >= MOST_ROWS:
        raise AggregateError(
            f"»{title}« får {danish.number(len(frame))} rækker; et ark kan højst have {danish.number(MOST_ROWS)}. "
            "Vælg større felter med --cell 1000, eller tag færre år ad gangen med --from og --to."
        )
    columns = [_cells(frame.iloc[:, index]) for index in range(frame.shape[1])]
    rows = "</row><row>".join(map("".join, zip(*columns, strict=True)))
    headings = "".join(_cell(str(name), ' s="1"') for name in frame.columns)
    filled = f"<row>{headings}</row>" + (f"<row>{rows}</row>" if rows else "")
    return (
        f'{_HEAD}<worksheet xmlns="{_MAIN}"><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" '
        'topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>'
        f'<cols><col min="1" max="{frame.shape[1]}" width="{width}" customWidth="1"/></cols>'
        f"<sheetData>{filled}</sheetData></worksheet>"
    )


def _cells(values: pd.Series) -> list[str]:
    """The cells of a column, each different value written once."""
    codes, unique = pd.factorize(values)
    written = [*map(_cell, unique), "<c/>"]  # a missing value has code -1
    return [written[code] for code in codes]


def _cell(value: object, style: str = "") -> str:
    if isinstance(value, str):
        return f'<c t="inlineStr"{style}><is><t xml:space="preserve">{escape(value)}</t></is></c>' if value else "<c/>"
    return f"<c{style}><v>{value!s}</v></c>"


def _package(sheets: Mapping[str, str]) -> bytes:
    """The sheets, by title, as an Office Open XML package."""
    numbered = list(enumerate(sheets, 1))
    listed = "".join(f'<sheet name={quoteattr(title)} sheetId="{n}" r:id="rId{n}"/>' for n, title in numbered)
    related = "".join(
        f'<Relationship Id="rId{n}" Type="{_OFFICE}/worksheet" Target="worksheets/sheet{n}.xml"/>' for n, _ in numbered
    )
    typed = "".join(
        f'<Override PartName="/xl/worksheets/sheet{n}.xml" ContentType="{_TYPE}.worksheet+xml"/>' for n, _ in numbered
    )
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{_TYPE}.sheet.main+xml"/>'
        f'<Override PartName="/xl/styles.xml" ContentType="{_TYPE}.styles+xml"/>{typed}</Types>',
        "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="rId1" '
        f'Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets>{listed}</sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">{related}'
        f'<Relationship Id="styles" Type="{_OFFICE}/styles" Target="styles.xml"/></Relationships>',
        "xl/styles.xml": f'<styleSheet xmlns="{_MAIN}"><fonts count="2"><font/><font><b/></font></fonts>'
        '<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill '
        'patternType="gray125"/></fill></fills><borders count="1"><border/></borders>'
        '<cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="2"><xf/><xf fontId="1" applyFont="1"/></cellXfs>'
        "</styleSheet>",
    }
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            archive.writestr(name, _HEAD + part)
        for (number, _), sheet in zip(numbered, sheets.values(), strict=True):
            archive.writestr(f"xl/worksheets/sheet{number}.xml", sheet)
    return buffer.getvalue()
