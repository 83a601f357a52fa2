"""Finds the table in a sheet that has a title above it, notes below it, or periods as columns."""

import csv
import io
import re
from collections.abc import Sequence

Rows = list[list[str]]
MOST_CHARACTERS = 20_000_000
"""A longer text is read as it stands: titles and notes stand in what people make by hand."""
MOST_ABOVE = 20
"""Rows that may stand above the headings."""
_PERIOD = re.compile(r"(?:19|20)\d{2}(?:[KkMm]\d{1,2})?")


def without_surroundings(text: str, delimiter: str) -> tuple[str, int] | None:
    """The text without the title above its table and the notes below it, and the row it now begins at.

    None where there is nothing around the table, or where it cannot be told. A title or a note is a row with at most
    one filled cell; the headings are the first row with several. Blank cells among the headings get a name.
    """
    if len(text) > MOST_CHARACTERS:
        return None
    rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    filled = [sum(bool(cell.strip()) for cell in row) for row in rows]
    top = next((place for place, cells in enumerate(filled) if cells > 1), None)
    if top is None or top > MOST_ABOVE:
        return None
    end = len(rows)
    while end > top + 1 and filled[end - 1] <= 1:
        end -= 1
    if end <= top + 1 or (top == 0 and end == len(rows)):
        return None
    width = max(place + 1 for row in rows[top:end] for place, cell in enumerate(row) if cell.strip())
    if any(len(row) < min(width, 2) for row in rows[top:end] if any(row)):
        return None
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, delimiter=delimiter, lineterminator="\n")
    writer.writerow(_headings(rows[top], width))
    writer.writerows((row + [""] * width)[:width] for row in rows[top + 1 : end])
    return buffer.getvalue(), top + 1


def _headings(row: Sequence[str], width: int) -> list[str]:
    """The headings; a blank one before a period is a label whose name StatBank leaves out."""
    cells = ([cell.strip() for cell in row] + [""] * width)[:width]
    periods = [place for place, cell in enumerate(cells) if is_period(cell)]
    first = periods[0] if periods else 0
    return [cell or (f"kolonne {place + 1}" if place < first else "") for place, cell in enumerate(cells)]


def is_period(text: str) -> bool:
    """Whether a heading is a year, a quarter or a month, as in a table with periods as columns."""
    return _PERIOD.fullmatch(text.strip()) is not None
