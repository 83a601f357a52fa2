"""Where in its sheet a figure stood before its table was turned, which makes many rows of one."""

from collections.abc import Hashable, Sequence

import pandas as pd

_AT = "stood_at"


def numbered(parts: Sequence[tuple[str, pd.DataFrame]], figure: str) -> pd.DataFrame:
    """The parts of a turned table as one with an index of its own, that remembers row and heading of each `figure`.

    Each part comes with the heading its figures stood under, and has the spreadsheet's row numbers as its index.
    """
    table = pd.concat([part for _, part in parts])
    headings = [heading for heading, part in parts for _ in range(len(part))]
    rows = [int(row) for row in table.index]
    table.index = pd.Index(range(2, len(table) + 2), dtype="int64", name=None)
    table.attrs[_AT] = (figure, dict(zip(table.index.tolist(), zip(rows, headings, strict=True), strict=True)))
    return table


def row_in_sheet(table: pd.DataFrame, row: Hashable) -> int | None:
    """The spreadsheet's number of a row, which in a table that was not turned is its index."""
    stood = table.attrs.get(_AT)
    if stood is not None and row in stood[1]:
        return int(stood[1][row][0])
    return int(row) if isinstance(row, int) else None


def heading_in_sheet(table: pd.DataFrame, row: Hashable, column: str, heading: str) -> str:
    """The heading that a cell of a column stands under in the sheet; `heading` in a table that was not turned."""
    stood = table.attrs.get(_AT)
    return str(stood[1][row][1]) if stood is not None and column == stood[0] and row in stood[1] else heading
