"""All criteria as one table in the look of the board: sorted by its headings, a card for each on a phone."""

from collections.abc import Callable, Sequence
from html import escape

from data.sentences import IS_MET, IS_MOVING, STATUS_WORDS
from data.views.criteria_table import CriterionLine
from data.views.decisions import GoalPicture
from drawings.board_html import goal_mark, heard, moving_sign, sort_button
from drawings.goal_html import axes

WIDTH, HEIGHT = 120, 28
HEADINGS = ("Mål", IS_MET, IS_MOVING, "Nu", "Målet er", "Frist")
_YEARS = "Over årene"


def criteria_html(lines: Sequence[CriterionLine], *, href: Callable[[CriterionLine], str]) -> str:
    """The table; `href` gives the address of a criterion. Every word from data is escaped."""
    heads = "".join(
        f'<th role="columnheader" scope="col">{sort_button(words, sortable=True)}</th>' for words in HEADINGS
    )
    rows = "".join(_row(line, href(line)) for line in lines)
    return (
        '<table class="board criteria" role="table"><caption>Alle kriterier</caption><thead role="rowgroup">'
        f'<tr role="row">{heads}<th role="columnheader" scope="col">{_YEARS}</th></tr></thead>'
        f'<tbody role="rowgroup">{rows}</tbody></table>'
    )


def _row(line: CriterionLine, href: str) -> str:
    under = f'<span class="under">{escape(line.initiative)}</span>'
    status = f"{goal_mark(line.status)} {escape(STATUS_WORDS[line.status])}"
    value = f'<span class="value">{escape(line.value)}</span><span class="note">{escape(line.value_under)}</span>'
    target = f'<span class="value">{escape(line.target)}</span><span class="note">{escape(line.target_under)}</span>'
    cells = (
        (HEADINGS[1], line.urgency, status),
        (HEADINGS[2], line.moving.points, moving_sign(line.moving)),
        (HEADINGS[3], line.value_sort, value),
        (HEADINGS[4], line.target_sort, target),
        (HEADINGS[5], line.deadline_sort, escape(line.deadline)),
        (_YEARS, None, goal_spark(line.picture)),
    )
    drawn = "".join(
        f'<td role="cell" class="share" data-title="{escape(title)}" data-sort="{_order(sort)}">{html}</td>'
        for title, sort, html in cells
    )
    return (
        f'<tr role="row" data-area="{escape(line.criterion_id)}"><th role="rowheader" scope="row">'
        f'<a href="{escape(href)}">{escape(line.subject)}</a>{under}</th>{drawn}</tr>'
    )


def _order(number: float | None) -> str:
    return "" if number is None else f"{number:.6g}"


def goal_spark(picture: GoalPicture | None) -> str:
    """The years of a criterion with its target as a line across; words where there are too few to draw."""
    if picture is None:
        return heard("Der er ikke tal nok til en tegning.")
    x, y = axes(picture, WIDTH, HEIGHT, 4)
    line = "".join(
        f"{'L' if point.joined else 'M'}{x(point.year):.1f} {y(point.value):.1f}" for point in picture.points
    )
    hollow = " hollow" if any(point.year == picture.now and not point.sure for point in picture.points) else ""
    return (
        f'<svg class="spark" viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" height="{HEIGHT}" aria-hidden="true"'
        f' focusable="false"><path class="break" d="M{x(picture.begin):.1f} {y(picture.target):.1f}H{WIDTH - 4}"/>'
        f'<path class="line" d="{line}"/>'
        f'<circle class="now{hollow}" cx="{x(picture.now):.1f}" cy="{y(picture.value):.1f}" r="2.8"/></svg>'
    )
