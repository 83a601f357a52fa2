"""Headings that take several rows: quarters under years, words under a heading that spans columns, Excel's pivots."""

import re
from collections.abc import Sequence

from data.danish import MONTHS
from data.intake.heading_periods import PART, YEAR, month_number

MOST_HEADS = 3
"""Rows that headings may take."""
PIVOT = re.compile(r"(?:sum|antal|tæller|middel|gennemsnit|count|average) (?:af|of) .*", re.IGNORECASE)
"""What Excel writes in the corner of a pivot table."""
_SUMS = re.compile(r"i alt|ialt|sum|total|hele året|året|år", re.IGNORECASE)
_FIGURE = re.compile(r"[-–]?[\d.,\s]+(?:%|pct\.?)?|[-–.…*]+|[<>]\s?\d+", re.IGNORECASE)
_DIGITS = re.compile(r"\d{1,2}")
_OF_MONTHS = re.compile(r"måned(?:er)?", re.IGNORECASE)
_OF_QUARTERS = re.compile(r"kvartal(?:er)?|kvt\.?|kv\.?", re.IGNORECASE)


def joined_heads(rows: Sequence[Sequence[str]], width: int) -> tuple[list[str], int]:
    """The headings that the first of some rows begin, as one row, and how many rows they take: 1 without any below."""
    head, many = _cut(rows[0], width), 1
    while many < min(MOST_HEADS, len(rows) - 1) and (below := _lower_half(head, _cut(rows[many], width))):
        head, many = _joined(head, below), many + 1
    return head, many


def is_pivot_corner(row: Sequence[str]) -> bool:
    """Whether a row is the first of a pivot table, which only says what was added up."""
    first = next((cell.strip() for cell in row if cell.strip()), "")
    return bool(PIVOT.fullmatch(first))


def _cut(row: Sequence[str], width: int) -> list[str]:
    return ([cell.strip() for cell in row] + [""] * width)[:width]


def _lower_half(head: list[str], below: list[str]) -> list[str]:
    """What a row adds to the headings above it; [] where it is the first row of figures."""
    years = [place for place, cell in enumerate(head) if YEAR.fullmatch(cell)]
    parts = _parts_of_years(head, below, years[0]) if years else []
    return parts or _words_under(head, below)


def _parts_of_years(head: list[str], below: list[str], first: int) -> list[str]:
    """Quarters or months under years; a sum may stand among them, and labels in either of the two rows."""
    under = [place for place in range(first, len(below)) if below[place]]
    said = [below[place] for place in under if not _SUMS.fullmatch(below[place])]
    if len(said) < 2 or not all(_is_word(cell) for cell in below[:first]):
        return []
    if all(map(PART.fullmatch, said)):
        return below
    if all(map(month_number, said)):
        return [_month(cell) for cell in below]
    return _numbers(said, below, first) if all(map(_DIGITS.fullmatch, said)) else []


def _numbers(said: list[str], below: list[str], first: int) -> list[str]:
    """Bare numbers under years: months or quarters where the row's label says so, quarters where they are 1 to 4."""
    numbers, labels = {int(cell) for cell in said}, [cell for cell in below[:first] if cell]
    if any(map(_OF_MONTHS.fullmatch, labels)) and numbers <= set(range(1, 13)):
        letter = "M"
    elif numbers <= {1, 2, 3, 4} and (any(map(_OF_QUARTERS.fullmatch, labels)) or (not labels and len(numbers) == 4)):
        letter = "K"
    else:
        return []
    return [f"{letter}{int(cell)}" if n >= first and _DIGITS.fullmatch(cell) else cell for n, cell in enumerate(below)]


def _month(cell: str) -> str:
    number = month_number(cell)
    return MONTHS[number - 1] if number else cell


def _words_under(head: list[str], below: list[str]) -> list[str]:
    """Words under headings that span several columns, or the same word under each ("Antal")."""
    start = next((place for place, cell in enumerate(head) if cell), 0)
    lines = [place for place, cell in enumerate(below) if cell and place >= start]
    if len(lines) < 2 or lines[0] == 0 or lines != list(range(lines[0], lines[-1] + 1)):
        return []
    if any(upper and under for upper, under in zip(head[: lines[0]], below, strict=False)):
        return []
    over = [head[place] for place in lines]
    if not over[0] or not all(_is_word(below[place]) for place in lines):
        return []
    spans = "" in over or len(set(over)) < len(over)
    return below if spans or len({below[place].casefold() for place in lines}) == 1 else []


def _is_word(cell: str) -> bool:
    return not _FIGURE.fullmatch(cell) if cell else True


def _joined(head: list[str], below: list[str]) -> list[str]:
    joined, over = [], ""
    for upper, under in zip(head, below, strict=True):
        over = upper or (over if under else "")
        joined.append(f"{over} {under}".strip())
    return joined
