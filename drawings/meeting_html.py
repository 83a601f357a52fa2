"""The figures of a meeting as slides for a projector: the sentence, the picture, and what is recommended or agreed."""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path

from data.views.decisions import DecisionCase
from drawings.board_html import board_style
from drawings.goal_html import decision_html
from drawings.paint import light_dark_css

STYLE = Path(__file__).with_name("meeting.css")


@dataclass(frozen=True)
class MeetingSlide:
    """One figure of the agenda: its sentence, its case where it calls for a decision, and what is said beside it."""

    sentence: str
    case: DecisionCase | None
    agreed: tuple[tuple[str, str], ...]


def slides_html(title: str, slides: Sequence[MeetingSlide]) -> str:
    """The slides, one section each; every word from data is escaped."""
    return "".join(_slide(title, slide) for slide in slides)


def slides_style() -> str:
    """The style of the slides and of the cards on them."""
    return light_dark_css(".meeting-mode") + board_style() + STYLE.read_text("utf-8")


def _slide(title: str, slide: MeetingSlide) -> str:
    heading = slide.case.subject if slide.case else slide.sentence
    card = f'<div class="decisions">{decision_html(slide.case, href=lambda _: "#")}</div>' if slide.case else ""
    agreed = "".join(f"<p><strong>{escape(kind)}:</strong> {escape(text)}</p>" for kind, text in slide.agreed)
    return f"<section><p>{escape(title)}</p><h2>{escape(heading)}</h2>{card}{_beside(agreed)}</section>"


def _beside(agreed: str) -> str:
    return f'<div class="agreed">{agreed}</div>' if agreed else ""
