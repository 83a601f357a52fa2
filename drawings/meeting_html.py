"""The figures of a meeting as slides for a projector: the sentence, the picture, and what is recommended or agreed."""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path

from drawings.board_html import board_style
from drawings.paint import light_dark_css

STYLE = Path(__file__).with_name("meeting.css")


@dataclass(frozen=True)
class MeetingSlide:
    """One figure of the agenda: its sentence, its subject ("" where unknown), its card, and what is said beside it.

    `card` is HTML from drawings.goal_html or drawings.figure_html, "" where the figure is not found again.
    """

    sentence: str
    subject: str
    card: str
    agreed: tuple[tuple[str, str], ...]


def slides_html(title: str, slides: Sequence[MeetingSlide]) -> str:
    """The slides, one section each; every word from data is escaped."""
    return "".join(_slide(title, slide) for slide in slides)


def slides_style() -> str:
    """The style of the slides and of the cards on them."""
    return light_dark_css(".meeting-mode") + board_style() + STYLE.read_text("utf-8")


def _slide(title: str, slide: MeetingSlide) -> str:
    heading = slide.subject or slide.sentence
    card = f'<div class="decisions">{slide.card}</div>' if slide.card else ""
    said = f'<p class="said">{escape(slide.sentence)}</p>' if slide.subject else ""
    agreed = "".join(f"<p><strong>{escape(kind)}:</strong> {escape(text)}</p>" for kind, text in slide.agreed)
    return f"<section><p>{escape(title)}</p><h2>{escape(heading)}</h2>{said}{card}{_beside(agreed)}</section>"


def _beside(agreed: str) -> str:
    return f'<div class="agreed">{agreed}</div>' if agreed else ""
