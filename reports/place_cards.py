"""Sets places as cards in a PDF: three on one A4 with lines for notes, or one A6 a place for the car."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from reports.stamp import Stamp
from reports.typesetting import typeset

TEMPLATE = Path(__file__).parent / "place_cards.typ"
Paper = Literal["a4", "a6"]
ON_A4 = 3
ASPECT: dict[Paper, float] = {"a4": 1.0, "a6": 2.3}
"""How wide the map of a card is for its height."""
MOST = 8
"""Cards in one file: those who drive take the clearest places with them, not all."""


@dataclass(frozen=True)
class PlaceCard:
    """A place in words: `facts` are (title, text), `drawing` its map as SVG and `alt` what the map shows."""

    number: int
    where: str
    sentence: str
    coordinates: str
    facts: Sequence[tuple[str, str]]
    drawing: str
    alt: str


def pdf(title: str, cards: Sequence[PlaceCard], credit: str, stamp: Stamp, paper: Paper) -> bytes:
    """Return the cards as PDF (tagged for screen readers): the first three on an A4, or the first eight on A6 each.

    `credit` names whose roads and landmarks the maps show. Raises ValueError where there is no card.
    """
    if not cards:
        raise ValueError("there is no place to make a card of")
    words = {
        "title": title,
        "author": stamp.audience,
        "paper": paper,
        "cards": [vars(card) for card in cards[: ON_A4 if paper == "a4" else MOST]],
        "credit": credit,
        "restricted": stamp.restricted,
        "example": stamp.example,
        "stamp": stamp.line,
    }
    return typeset(TEMPLATE, words)
