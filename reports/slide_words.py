"""The words of a slide: which sentence is its title, how much room the rest takes, and what is left for the notes."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from drawings.words import lines_taken
from reports.document import Block, Lines, Text

LEADING, BETWEEN = 1.2, 6.0
"""The height of a line as a part of its type, and the points between two paragraphs."""
LONGEST_TITLE = 140
"""Letters of a title that still stands on two lines."""
# A sentence ends where a capital or a quotation follows; after "3." and "pr." stands a small letter or a figure.
_END = re.compile(r"(?<=[.!?])\s+(?=[A-ZÆØÅ»])")


@dataclass(frozen=True)
class Piece:
    """A paragraph: a word in front of it with its tone ("" for none), what opens it in bold, and its text."""

    text: str
    strong: str = ""
    mark: str = ""
    tone: str = "neutral"
    quiet: bool = False

    @property
    def said(self) -> str:
        """All of it as one reads it."""
        return " ".join(part for part in (f"{self.mark}:" if self.mark else "", self.strong, self.text) if part)


def pieces_of(blocks: Iterable[Block]) -> list[Piece]:
    """The paragraphs of texts and lines, in their order; other blocks are drawn."""
    made: list[Piece] = []
    for block in blocks:
        if isinstance(block, Lines):
            made += [Piece(line.text, line.strong, line.mark, line.tone) for line in block.lines]
        elif isinstance(block, Text):
            made.append(Piece(block.text, block.strong, quiet=block.quiet))
    return made


def sentences_in(text: str) -> list[str]:
    """The sentences of a text."""
    return [each for each in _END.split(text.strip()) if each]


def as_title(sentence: str) -> str:
    """A sentence without its full stop; that of an abbreviation stays."""
    return sentence if sentence.endswith("pct.") else sentence.removesuffix(".")


def titled(pieces: Sequence[Piece], used: set[str]) -> tuple[str, list[Piece]]:
    """The first finding among the pieces that no slide has had for a title, and the pieces without it; "" for none.

    What has a mark in front and a subject in bold is named by these; they stay where they are. So does what opens in
    bold, which is only taken where nothing else is told.
    """
    for at, piece in enumerate(pieces):
        if piece.quiet or not piece.text:
            continue
        if piece.mark and piece.strong:
            finding = f"{piece.mark}: {as_title(piece.strong)}"
            if finding not in used and len(finding) <= LONGEST_TITLE:
                return finding, list(pieces)
            continue
        fresh = [each for each in sentences_in(piece.text) if as_title(each) not in used]
        finding = next((each for each in fresh if len(each) <= LONGEST_TITLE), "")
        if piece.strong or not finding:
            continue
        if piece.mark:  # one of several of a kind: the others would read on without what the first is about
            return as_title(finding), list(pieces)
        rest = " ".join(each for each in fresh if each != finding)
        left = [replace(piece, text=rest)] if rest else []
        return as_title(finding), [*pieces[:at], *left, *pieces[at + 1 :]]
    told = (first for piece in pieces if piece.strong and piece.text for first in sentences_in(piece.text)[:1])
    return next((as_title(each) for each in told if as_title(each) not in used), ""), list(pieces)


def height_of(pieces: Iterable[Piece], width: float, size: float) -> float:
    """The points that pieces take below each other in a box `width` points wide, of type of `size` points."""
    return sum(lines_taken(piece.said, width, size) * size * LEADING + BETWEEN for piece in pieces)


def fitting(pieces: Sequence[Piece], width: float, height: float, size: float) -> int:
    """How many of the pieces, from the first on, stand in a box."""
    for many in range(len(pieces), 0, -1):
        if height_of(pieces[:many], width, size) <= height:
            return many
    return 0
