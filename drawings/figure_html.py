"""A figure of an agenda as a card, as HTML: the value large, what it is, and its picture over the years."""

from html import escape

from drawings.board_html import GOAL_TONES, goal_mark
from drawings.model import Drawing
from drawings.paint import css_paint
from drawings.svg import fixed

WIDTH = 560.0


def figure_html(subject: str, value: str, under: str, drawing: Drawing | None, *, example: bool) -> str:
    """A measured figure as an article; every word is escaped."""
    picture = fixed(drawing, WIDTH, paint=css_paint, caption=False) if drawing else ""
    return _card(subject, "", f"{_now(value, under)}{picture}", example)


def goal_figure_html(
    subject: str, status: str, said: str, value: str, under: str, target: str, target_under: str, picture: str,
    *, example: bool,
) -> str:  # fmt: skip
    """A criterion that calls for no decision as an article: status (and the word for it), value, target and picture.

    `picture` is SVG from drawings.goal_html.
    """
    goal = f'<p class="goal"><b>{escape(target)}</b><span>{escape(target_under)}</span></p>'
    head = f'<p class="status">{goal_mark(status)} {escape(said)}</p>'
    return _card(subject, head, f"{_now(value, under)}{goal}{picture}", example, GOAL_TONES[status])


def _now(value: str, under: str) -> str:
    return f'<p class="now"><b>{escape(value)}</b><span>{escape(under)}</span></p>'


def _card(subject: str, head: str, beside: str, example: bool, tone: str = "") -> str:
    badge = '<p class="status"><span class="example">eksempeldata</span></p>' if example else ""
    return (
        f'<article class="decision figure {tone}" aria-label="{escape(subject)}">'
        f'<header>{head}<h3>{escape(subject)}</h3></header><div class="beside">{beside}</div>{badge}</article>'
    )
