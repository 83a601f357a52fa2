"""Finds the table in a sheet that has a title above it, notes below it, two rows of headings, or periods as columns."""

import csv
import io
import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from data.contracts.columns import Column, same_heading
from data.contracts.values import UnreadableError, period

Rows = list[list[str]]
MOST_CHARACTERS = 20_000_000
"""A longer text is read as it stands: titles and notes stand in what people make by hand."""
SURELY = 3
"""Known headings in a row that make it the row of headings."""
MOST_ABOVE = 20
"""Rows that may stand above the headings."""
ABOVE = "above"
"""What a frame's `attrs` have the title above its table under."""
_QUARTER = Column("period", "Periode", "period", "", "", periods=("quarter",))
_YEAR = re.compile(r"(?:19|20)\d{2}")
_MONTH = re.compile(r"(?:19|20)\d{2}M\d{1,2}", re.IGNORECASE)
_PART = re.compile(r"(?:[KQ][1-4]|[1-4]\. ?(?:kvartal|kvt\.?|kv\.?))", re.IGNORECASE)
_SHORT = re.compile(r"\bkvt?\.?(?=[\s,]|$)", re.IGNORECASE)
_MARKS = re.compile(r"\s*(?:\*+|\((?:foreløbige?|forel\.?|p|r|rev\.?|revideret)\))$", re.IGNORECASE)
MONTHS_SHORT = {name: number for number, name in enumerate(
    ("jan", "feb", "mar", "apr", "maj", "jun", "jul", "aug", "sep", "okt", "nov", "dec"), 1)}  # fmt: skip
_MONTH_WORDS = re.compile(
    r"([a-zæøå]{3,9})\.?[ -](\d{2}|(?:19|20)\d{2})|((?:19|20)\d{2})[ -]([a-zæøå]{3,9})\.?", re.IGNORECASE
)
_FULL_MONTHS = ("januar", "februar", "marts", "april", "maj", "juni", "juli", "august", "september", "oktober",
                "november", "december")  # fmt: skip


@dataclass(frozen=True)
class Surrounded:
    """A table without what surrounds it: its text, the row its headings stand in, and the title above it."""

    text: str
    row: int
    above: str = ""


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
    if heading_row is None:
        top = known_headings(rows[: MOST_ABOVE + 1], known)
        if top is None:
            top = next((index for index, cells in enumerate(filled) if cells > 1), None)
    else:
        top = heading_row - 1
    if top is None or (heading_row is None and top > MOST_ABOVE) or top >= len(rows):
        return None
    end = len(rows)
    while end > top + 1 and filled[end - 1] <= 1:
        end -= 1
    two = top + 2 < end and _is_second_head(rows[top], rows[top + 1])
    if end <= top + 1 or (top == 0 and end == len(rows) and not two and heading_row is None):
        return None
    width = max(index + 1 for row in rows[top:end] for index, cell in enumerate(row) if cell.strip())
    first = top + 1 + two
    if any(len(row) < min(width, 2) for row in rows[first:end] if any(row)):
        return None
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, delimiter=delimiter, lineterminator="\n")
    writer.writerow(_headings(_joined(rows[top], rows[top + 1], width) if two else rows[top], width))
    writer.writerows((row + [""] * width)[:width] for row in rows[first:end])
    above = " ".join(cell.strip() for row in rows[:top] for cell in row if cell.strip())
    return Surrounded(buffer.getvalue(), first, above)


def known_headings(rows: Sequence[Sequence[str]], known: Collection[str]) -> int | None:
    """The first of some rows with at least `SURELY` known headings (reduced by `same_heading`); None without any."""
    return next(
        (index for index, row in enumerate(rows) if sum(same_heading(cell) in known for cell in row) >= SURELY), None
    )


def has_two_heads(headings: Sequence[str], below: Sequence[str]) -> bool:
    """Whether the first row of a table is the lower half of its headings: quarters under years."""
    return _is_second_head(headings, below)


def _is_second_head(head: Sequence[str], below: Sequence[str]) -> bool:
    """Quarters under years, or words under a heading that spans several columns.

    The labels stand in one of the two rows: nothing is under those of the upper, nothing above those of the lower.
    """
    cells = [cell.strip() for cell in below]
    first = next((place for place, cell in enumerate(head) if cell.strip()), 0)
    lines = [place for place, cell in enumerate(cells) if cell and place >= first]
    if len(lines) < 2 or lines[0] == 0 or lines != list(range(lines[0], lines[-1] + 1)):
        return False
    over = [head[index].strip() if index < len(head) else "" for index in lines]
    if all(_PART.fullmatch(cells[index]) for index in lines):
        return bool(over[0]) and all(not each or _YEAR.fullmatch(each) for each in over)
    words = not any(character.isdigit() for index in lines for character in cells[index])
    return words and bool(over[0]) and ("" in over or len(set(over)) < len(over))


def _joined(head: Sequence[str], below: Sequence[str], width: int) -> list[str]:
    cells = ([cell.strip() for cell in head] + [""] * width)[:width]
    lower = ([cell.strip() for cell in below] + [""] * width)[:width]
    joined, over = [], ""
    for upper, under in zip(cells, lower, strict=True):
        over = upper or (over if under else "")
        joined.append(f"{over} {under}".strip())
    return joined


def _headings(row: Sequence[str], width: int) -> list[str]:
    """The headings; a blank one before a period is a label whose name StatBank leaves out."""
    cells = ([cell.strip() for cell in row] + [""] * width)[:width]
    periods = [index for index, cell in enumerate(cells) if is_period(cell)]
    first = periods[0] if periods else 0
    return [cell or (f"kolonne {index + 1}" if index < first else "") for index, cell in enumerate(cells)]


def is_period(text: str) -> bool:
    """Whether a heading is a year, a quarter or a month, as in a table with periods as columns."""
    return bool(_YEAR.fullmatch(text.strip()) or month(text) or quarter(text))


def quarter(text: str) -> str:
    """The quarter that a heading says, "1. kvt. 2025*" → "2025K1"; "" where it says none."""
    words = " ".join(_SHORT.sub("kvartal", _MARKS.sub("", text.strip())).split())
    turned = re.fullmatch(r"((?:19|20)\d{2})[ ,]+([1-4]\. ?kvartal)", words, re.IGNORECASE)
    try:
        return period(f"{turned[2]} {turned[1]}" if turned else words, _QUARTER)
    except UnreadableError:
        return ""


def month(text: str) -> str:
    """The month that a heading says, "jan. 2025" → "2025M01"; "" where it says none, or says no year."""
    word = _MARKS.sub("", text.strip())
    if first := re.fullmatch(r"((?:19|20)\d{2})-(\d{2})-01", word):  # how a date stands in a cell of Excel
        return f"{first[1]}M{first[2]}"
    if code := _MONTH.fullmatch(word):
        return f"{code[0][:4]}M{int(code[0][5:]):02d}" if 1 <= int(code[0][5:]) <= 12 else ""
    found = _MONTH_WORDS.fullmatch(word)
    if not found:
        return ""
    name, year = (found[1] or found[4]).casefold(), found[2] or found[3]
    number = MONTHS_SHORT.get(name[:3], 0)
    if not number or not (name == _FULL_MONTHS[number - 1] or len(name) <= 4):
        return ""
    return f"{year if len(year) == 4 else '20' + year}M{number:02d}"


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
