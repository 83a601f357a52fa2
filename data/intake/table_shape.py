"""Finds the table in a sheet that has a title above it, notes below it, two rows of headings, or periods as columns."""

import csv
import io
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from data.contracts.columns import same_heading
from data.intake.heading_periods import is_period, month, quarter
from data.intake.table_heads import is_pivot_corner, joined_heads

Rows = list[list[str]]
MOST_CHARACTERS = 20_000_000
"""A longer text is read as it stands: titles and notes stand in what people make by hand."""
SURELY = 3
"""Known headings in a row that make it the row of headings."""
MOST_ABOVE = 20
"""Rows that may stand above the headings."""
ABOVE = "above"
"""What a frame's `attrs` have the title above its table under."""
BELOW = "below"
"""What a frame's `attrs` have the notes below its table under."""
_MOST_SEARCHED = 2_000_000
"""Characters in which a second table is looked for."""


@dataclass(frozen=True)
class Surrounded:
    """A table without what surrounds it: its text, the row its headings stand in, the title above, the notes below."""

    text: str
    row: int
    above: str = ""
    below: str = ""


def without_surroundings(
    text: str, delimiter: str, heading_row: int | None = None, known: Collection[str] = ()
) -> Surrounded | None:
    """The text without the title above its table and the notes below it, and the row it now begins at.

    None where there is nothing around the table, or where it cannot be told. A title or a note is a row with at most
    one filled cell; the headings are the first row with several, or the `heading_row` somebody points at (counted from
    1), or the first with several `known` headings. Where the next row has no label but a heading for each column, the
    two are one: "2025" over "K1" is "2025 K1". Blank cells among the headings get a name.
    """
    if len(text) > MOST_CHARACTERS:
        return None
    rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    filled = [sum(bool(cell.strip()) for cell in row) for row in rows]
    top = heading_row - 1 if heading_row is not None else _top(rows, filled, known)
    if top is None or (heading_row is None and top > MOST_ABOVE) or top >= len(rows):
        return None
    end = len(rows)
    while end > top + 1 and filled[end - 1] <= 1:
        end -= 1
    if end <= top + 1:
        return None
    width = max(index + 1 for row in rows[top:end] for index, cell in enumerate(row) if cell.strip())
    head, many = joined_heads(rows[top:end], width)
    first = top + many
    nameless = _nameless(head, rows[first:end])
    if top == 0 and end == len(rows) and many == 1 and heading_row is None and not nameless:
        return None
    if any(len(row) < min(width, 2) for row in rows[first:end] if any(row)):
        return None
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, delimiter=delimiter, lineterminator="\n")
    writer.writerow(_headings(head, nameless))
    writer.writerows((row + [""] * width)[:width] for row in rows[first:end])
    above, below = (
        " ".join(cell.strip() for row in around for cell in row if cell.strip()) for around in (rows[:top], rows[end:])
    )
    return Surrounded(buffer.getvalue(), first, above, below)


def _top(rows: Rows, filled: Sequence[int], known: Collection[str]) -> int | None:
    """The row of headings: one with several known headings, or the first with several cells."""
    top = known_headings(rows[: MOST_ABOVE + 1], known)
    several = (index for index, cells in enumerate(filled) if cells > 1 and not is_pivot_corner(rows[index]))
    return next(several, None) if top is None else top


def _nameless(head: Sequence[str], below: Rows) -> int:
    """How many columns of labels stand first without a heading, as tables of figures often have them."""
    many = next((place for place, cell in enumerate(head) if cell), 0)
    filled = [place for place in range(many) if any(len(row) > place and row[place].strip() for row in below)]
    labels = all(not row[place].strip()[:1].isdigit() for row in below for place in filled if len(row) > place)
    return many if filled and labels and sum(map(bool, head)) > 1 else 0


def second_table(text: str, delimiter: str, known: Collection[str], first: int = 1) -> int | None:
    """The row in which the headings of another table stand below the first one's, `first` being that of the text.

    It has the same headings again, several of our own, or periods, and nothing or a title above it. None without any,
    and for a text so long that no one made it by hand.
    """
    if len(text) > _MOST_SEARCHED:
        return None
    rows = [[cell.strip() for cell in row] for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)]
    filled = [sum(map(bool, row)) for row in rows]
    top = _top(rows, filled, known)
    if top is None:
        return None
    head = _cells(rows[top])
    for index in range(top + 2, len(rows) - 1):
        own = _cells(rows[index])
        if len(own) > 1 and own == head:
            return index + first
        if filled[index - 1] > 1 or len(own) < 2:
            continue
        periods = sum(bool(quarter(cell) or month(cell)) for cell in own)
        if known_headings([rows[index]], known) is not None or (periods > 1 and periods >= len(own) - 2):
            return index + first
    return None


def _cells(row: Sequence[str]) -> list[str]:
    return [same_heading(cell) for cell in row if cell]


def known_headings(rows: Sequence[Sequence[str]], known: Collection[str]) -> int | None:
    """The first of some rows with at least `SURELY` known headings (reduced by `same_heading`); None without any."""
    return next(
        (index for index, row in enumerate(rows) if len({same_heading(cell) for cell in row} & set(known)) >= SURELY),
        None,
    )


def has_two_heads(headings: Sequence[str], below: Sequence[str]) -> bool:
    """Whether the first row of a table is the lower half of its headings: quarters under years."""
    return joined_heads([headings, below, []], len(headings))[1] > 1


def _headings(head: Sequence[str], nameless: int) -> list[str]:
    """The headings; a blank one before a period, or that of a first column of labels, gets a name."""
    periods = [index for index, cell in enumerate(head) if is_period(cell)]
    first = max(periods[0] if periods else 0, nameless)
    return [cell or (f"kolonne {index + 1}" if index < first else "") for index, cell in enumerate(head)]


def first_rows(text: str, delimiter: str, many: int) -> Rows:
    """The first rows of a text, to be looked at."""
    rows: Rows = []
    try:
        for row in csv.reader(io.StringIO(text[:200_000], newline=""), delimiter=delimiter):
            rows.append([cell.strip() for cell in row])
            if len(rows) == many:
                break
    except csv.Error:
        pass
    return rows
