"""Sets a document as slides (16:9): a finding as title, charts and maps one can edit, and notes with the sources."""

import io
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from pptx import Presentation

from data.progress import ProgressCallback, silently
from drawings.powerpoint_board import rows_that_fit
from reports.document import AreaMap, Beside, Block, Box, Document, Picture, Section, Table, Text
from reports.sections.back import SOURCES
from reports.slide_parts import ACROSS, BODY_HEIGHT, HEIGHT, WIDTH, Deck, picture_width, row_heights
from reports.slide_words import LEADING, Piece, fitting, pieces_of, sentences_in, titled


@dataclass(frozen=True)
class Plan:
    """One slide: its title, its words and at most one thing that is drawn."""

    title: str
    words: tuple[Piece, ...] = ()
    drawn: Picture | Table | None = None
    unsaid: tuple[Piece, ...] = ()
    """What stands in the notes alone."""


def slides(document: Document, told: ProgressCallback = silently, template: Path | None = None) -> bytes:
    """Return the document as a PowerPoint file, on the organisation's template where one is given.

    Raises what `told` raises, between two slides.
    """
    presentation = Presentation(str(template)) if template else Presentation()
    if template is None:
        presentation.slide_width, presentation.slide_height = WIDTH, HEIGHT
    presentation.core_properties.title = f"{document.kind}: {document.title}"
    presentation.core_properties.author = document.organisation
    presentation.core_properties.language = "da-DK"
    deck = Deck(presentation, document, own_look=template is None)
    deck.front()
    # The list of sources is for paper: on a slide each figure names its own.
    sections = [section for section in document.sections if section.title != SOURCES]
    for index, section in enumerate(sections):
        told(0.1 + 0.85 * index / len(sections), f"Tegner: {section.title or document.kind}")
        for plan in _spread(section, document.kind, deck.type):
            deck.slide(plan.title, plan.words, plan.drawn, plan.unsaid)
    kept = io.BytesIO()
    presentation.save(kept)
    told(1.0, "Færdig")
    return kept.getvalue()


# From sections to slides ----------------------------------------------------------------------------------------------


def _spread(section: Section, kind: str, size: float) -> Iterator[Plan]:
    """Each slide of a section: words together, a picture beside what was said before it, a piece of a table."""
    words: list[Piece] = []
    used: set[str] = set()
    for block in _flat(section):
        if isinstance(block, Picture):
            yield from _with_picture(section, words, block, used, kind, size)
            words = []
        elif isinstance(block, Table):
            yield from _with_table(section, words, block, used, kind, size)
            words = []
        else:
            words += pieces_of([block])
    yield from _words_alone(section, words, used, kind, size)


def _flat(section: Section) -> Iterator[Block]:
    for block in section.blocks:
        for each in (*block.left, *block.right) if isinstance(block, Beside) else (block,):
            # The methods box is for paper.
            if not isinstance(each, Box):
                yield each


def _title(section: Section, pieces: list[Piece], used: set[str], fallback: str) -> tuple[str, list[Piece]]:
    """The finding of a slide and what is left to say: the section's own first, then the first one that was said."""
    finding, left = (section.finding, pieces) if section.finding not in ("", *used) else titled(pieces, used)
    used.add(finding)
    return finding or fallback, left


def _words_alone(section: Section, words: list[Piece], used: set[str], kind: str, size: float) -> Iterator[Plan]:
    while words:
        title, left = _title(section, words, used, section.title or kind)
        many = fitting(left, ACROSS, BODY_HEIGHT, size) or min(len(left), 1)
        yield Plan(title, tuple(left[:many]))
        words = left[many:]


def _with_picture(
    section: Section, words: list[Piece], picture: Picture, used: set[str], kind: str, size: float
) -> Iterator[Plan]:
    """The picture beside as much of what was said before it as there is room for; the rest on slides of its own."""
    unheard = _unheard(picture, words)
    below, own = _below(picture), pieces_of([Text(unheard)]) if unheard else []
    if unheard != picture.sentence:
        # The rest of a sentence that has been begun explains the picture: which lines are grey.
        below, own = [*below, *own], []
    title, left = _title(section, [*words, *own], used, picture.title or section.title or kind)
    shown = [*below, *left]
    many = fitting(shown, ACROSS - picture_width(picture), BODY_HEIGHT, size)
    rest = shown[many:]
    quiet = all(piece.quiet for piece in rest)
    yield Plan(title, tuple(shown[:many]), picture, tuple(rest) if quiet else ())
    if not quiet:
        yield from _words_alone(section, rest, used, kind, size)


def _unheard(picture: Picture, words: list[Piece]) -> str:
    """The picture's sentences but those that have just been said."""
    said = " ".join(piece.text for piece in words)
    return " ".join(each for each in sentences_in(picture.sentence) if each not in said)


def _below(picture: Picture) -> list[Piece]:
    """What has to be read beside a picture: what it is of, and the explanations of its signs."""
    heading = [Piece("", picture.title)] if picture.title else []
    chart = None if isinstance(picture.drawn, AreaMap) else picture.drawn.chart
    return [*heading, *(Piece(note, quiet=True) for note in (chart.notes if chart else ()))]


def _with_table(
    section: Section, words: list[Piece], table: Table, used: set[str], kind: str, size: float
) -> Iterator[Plan]:
    if words:
        yield from _words_alone(section, words, used, kind, size)
    parts = _board_parts(table, size) if table.board else _row_parts(table, size)
    for part in parts:
        first, last = part.rows[0][0], part.rows[-1][0]
        whole = table.title or section.title or kind
        title, _ = _title(section, [], used, f"{whole}, {first}–{last}" if table.board and len(parts) > 1 else whole)
        yield Plan(title, (), part)


def _board_parts(table: Table, size: float) -> list[Table]:
    """The rows of a board on as few slides as hold them, as many on each."""
    board = table.board
    if board is None or not board.rows:
        return []
    most = rows_that_fit(board.columns, board.rows, ACROSS, BODY_HEIGHT - size * LEADING, size)
    many = -(-len(board.rows) // most)
    each = -(-len(board.rows) // many)
    return [
        replace(
            table,
            rows=table.rows[start : start + each],
            board=replace(board, rows=board.rows[start : start + each]),
        )
        for start in range(0, len(table.rows), each)
    ]


def _row_parts(table: Table, size: float) -> list[Table]:
    """As many rows on each slide as stand below the headings."""
    heights = row_heights(table, size)
    parts: list[list[tuple[str, ...]]] = [[]]
    head = taken = heights[0]
    for row, height in zip(table.rows, heights[1:], strict=True):
        if parts[-1] and taken + height > BODY_HEIGHT:
            parts.append([])
            taken = head
        parts[-1].append(row)
        taken += height
    return [replace(table, rows=tuple(rows)) for rows in parts if rows]
