"""Notes that stand below one of our own tables, where a row's first cell would be: left aside, and said."""

import re
from collections.abc import Mapping
from dataclasses import replace
from itertools import takewhile

import pandas as pd

from data import danish
from data.contracts.columns import Column
from data.contracts.definitions import CONTRACTS
from data.contracts.look_alikes import alike
from data.contracts.validation import headings_of
from data.contracts.values import READERS, UnreadableError
from data.intake.privacy import masked
from data.intake.table_shape import BELOW
from data.intake.tables import Table

MOST_NOTES = 50
"""Rows of notes that are looked for from the bottom of a table."""
_WORDS = 3
"""Words that a cell must have to be a note by itself; names of areas may be as long, and are looked up."""
_MARK = re.compile(
    r"(?:[*†¹²³]|\(?\d\)|(?:note|noter|n\.?b|obs|bemærk|bemærkning(?:er)?|anm(?:ærkning(?:er)?)?|kilder?|forbehold|fodnoter?|"
    r"forklaring|udtræk|source|footnotes?)\b)",
    re.IGNORECASE,
)
_LETTER = re.compile(r"[^\W\d_]")
Cells = list[tuple[int, str]]
"""The filled cells of a row: each column's place and what stands there."""


def without_notes(
    table: Table, kind: str, areas: Mapping[str, str], also: Mapping[str, str] | None = None
) -> tuple[Table, str]:
    """The table of a kind without the notes below it, and a Danish clause that repeats them; "" where there are none.

    A note stands alone in its row (»Kilde:« may have a second cell beside it) below the last row of the table, and
    cannot be read as what its column holds: "2026K1" alone is a row that somebody forgot to fill. `areas` maps
    accepted spellings to areas.
    """
    frame = table.frame
    columns = _columns(frame, kind, also)
    bottom = reversed(range(max(1, len(frame) - MOST_NOTES), len(frame)))
    rows = ((place, _cells(frame, place)) for place in bottom)
    notes = list(takewhile(lambda row: _is_note(row[1], columns, areas), rows))[::-1]
    said = [" ".join(text for _, text in cells) for _, cells in notes]
    if notes:
        kept = frame.iloc[: len(frame) - len(notes)]
        kept.attrs = frame.attrs
        table = replace(table, frame=kept)
        where = f"(række {danish.join([str(frame.index[place]) for place, _ in notes])})"
        return table, f"der står {_quoted(said)} under tabellen {where}; det er ikke læst"
    if below := str(frame.attrs.get(BELOW, "")):
        return table, f"der står {_quoted([below])} under tabellen; det er ikke læst"
    return table, ""


def _columns(frame: pd.DataFrame, kind: str, also: Mapping[str, str] | None) -> dict[int, Column]:
    names, contract = list(frame.columns), CONTRACTS[kind]
    return {
        names.index(headings[0]): contract.column(name) for name, headings in headings_of(frame, kind, also).items()
    }


def _cells(frame: pd.DataFrame, place: int) -> Cells:
    return [(at, str(cell).strip()) for at, cell in enumerate(frame.iloc[place]) if str(cell).strip()]


def _is_note(cells: Cells, columns: Mapping[int, Column], areas: Mapping[str, str]) -> bool:
    if not cells or len(cells) > 2 or not _LETTER.search(cells[0][1]):
        return False
    (place, text), marked = cells[0], bool(_MARK.match(cells[0][1]))
    if len(cells) == 2:
        return marked
    column = columns.get(place)
    if marked or column is None or (column.kind == "text" and column.empty_means is not None):
        return True
    free = column.kind == "text" and not column.refers
    return len(text.split()) >= _WORDS and not free and not _reads(text, column, areas)


def _reads(text: str, column: Column, areas: Mapping[str, str]) -> bool:
    """Whether a text is what its column may hold."""
    if column.refers == "areas":
        return alike(text) in {alike(spelling) for spelling in areas}
    if column.kind == "text":
        return False
    try:
        READERS[column.kind](text, column)
    except UnreadableError:
        return False
    return True


def _quoted(texts: list[str]) -> str:
    return danish.join([f"»{masked(text)}«" for text in texts])
