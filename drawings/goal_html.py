"""A card that calls for a decision, as HTML: picture, value beside target, what is known, and the four options.

Every word from data is escaped. Beside each option stands what in the
release speaks for it; the options are buttons for those who may write, and plain words for all others.
"""

from collections.abc import Callable
from html import escape
from math import ceil

from data.sentences import STATUS_WORDS
from data.sentences.decisions import OPTIONS, Option
from data.views.decisions import DecisionCase, GoalPicture
from drawings.board_html import GOAL_TONES, goal_mark

WIDTH, HEIGHT = 300, 96
_LEFT, _BOTTOM = 8, 16


def decision_html(
    case: DecisionCase,
    *,
    href: Callable[[DecisionCase], str],
    chosen: str = "",
    may_write: bool = False,
    folded: bool = False,
) -> str:
    """One case as an article; `chosen` is the option that stands on the agenda already, "" for none.

    `folded` keeps what speaks for each option behind a line, where the card is one of many to pick among.
    """
    known = "".join(
        f"<div><dt>{escape(term)}</dt><dd>{escape(words)}</dd></div>"
        for term, words in (
            ("Det er prøvet", case.tried),
            ("Det siger tallene", case.can_say),
            ("Det siger de ikke", case.cannot_say),
        )
        if words
    )
    example = '<span class="example">eksempeldata</span>' if case.example else ""
    return (
        f'<article class="decision {GOAL_TONES[case.status]}" data-criterion="{escape(case.criterion_id)}"'
        f' aria-label="{escape(case.subject)}"><header>'
        f'<p class="status">{goal_mark(case.status)} {escape(STATUS_WORDS[case.status])} {example}</p>'
        f'<h3><a href="{escape(href(case))}">{escape(case.subject)}</a></h3></header>'
        f'<div class="beside"><p class="now"><b>{escape(case.value)}</b><span>{escape(case.value_under)}</span></p>'
        f'<p class="goal"><b>{escape(case.target)}</b><span>{escape(goal_words(case.target_under))}</span></p>'
        f"{goal_picture(case.picture)}</div>"
        f"<details><summary>Hvad ved vi?</summary><dl>{known}</dl></details>"
        f"{_options(case, chosen, may_write, folded)}</article>"
    )


def goal_words(target_under: str) -> str:
    """What stands under a target: "mindst, i 2027" as "mål i 2027 (mindst)"."""
    bound, _, when = target_under.partition(", ")
    return f"mål {when} ({bound})"


def _options(case: DecisionCase, chosen: str, may_write: bool, folded: bool) -> str:
    """Each option with what speaks for it: a button for those who may write."""
    said = "På dagsordenen som indstilling" if chosen else "Sæt på dagsordenen som indstilling"
    rows = "".join(
        f"<li>{_option(case, option, chosen, may_write)}<span>{escape(case.speaks[option.id])}</span></li>"
        for option in OPTIONS
    )
    head = f"{said}:" if may_write else "Det taler for"
    then = f'<p class="next"><b>Næste gang det kan afgøres.</b> {escape(case.next)}</p>'
    if folded:
        return f'{then}<details class="options"><summary>Det taler for hver mulighed</summary><ul>{rows}</ul></details>'
    return f'{then}<div class="options" role="group" aria-label="{head.rstrip(":")}"><p>{head}</p><ul>{rows}</ul></div>'


def _option(case: DecisionCase, option: Option, chosen: str, may_write: bool) -> str:
    if not may_write:
        return f"<b>{escape(option.label)}</b>"
    return (
        f'<button type="button" data-option="{option.id}" aria-pressed="{str(option.id == chosen).lower()}"'
        f' aria-label="{escape(f"{option.label}: {case.subject}")}">{escape(option.label)}</button>'
    )


def goal_picture(picture: GoalPicture | None) -> str:
    """The figure over the years, the way from the baseline to the goal, and today's limits; empty without a picture."""
    if picture is None:
        return ""
    x, y = axes(picture, WIDTH, HEIGHT, _LEFT, _BOTTOM)
    line = "".join(
        f"{'L' if point.joined else 'M'}{x(point.year):.1f} {y(point.value):.1f}" for point in picture.points
    )
    dots = "".join(
        f'<circle class="dot{"" if point.sure else " hollow"}" cx="{x(point.year):.1f}" cy="{y(point.value):.1f}"'
        ' r="2.2"/>'
        for point in picture.points
    )
    plan = f"M{x(picture.begin):.1f} {y(picture.baseline):.1f}L{x(picture.deadline):.1f} {y(picture.target):.1f}"
    limits = ""
    if picture.low is not None and picture.high is not None:
        limits = f'<path class="limits" d="M{x(picture.now):.1f} {y(picture.low):.1f}V{y(picture.high):.1f}"/>'
    years = "".join(
        f'<text x="{x(year):.1f}" y="{HEIGHT - 3}" text-anchor="{anchor}">{ceil(year) - 1}</text>'
        for year, anchor in ((picture.points[0].year, "start"), (picture.deadline, "end"))
    )
    return (
        f'<svg class="goal-picture" viewBox="0 0 {WIDTH} {HEIGHT}" aria-hidden="true" focusable="false">'
        f'<path class="target" d="M{x(picture.begin):.1f} {y(picture.target):.1f}H{WIDTH - _LEFT}"/>'
        f'<path class="plan" d="{plan}"/><path class="line" d="{line}"/>{dots}{limits}'
        f'<circle class="today" cx="{x(picture.now):.1f}" cy="{y(picture.value):.1f}" r="4"/>{years}</svg>'
    )


def axes(
    picture: GoalPicture, width: float, height: float, edge: float, bottom: float | None = None
) -> tuple[Callable[[float], float], Callable[[float], float]]:
    """Where a year and a value stand in a box of px with an edge around, and another at its bottom."""
    years = [point.year for point in picture.points] + [picture.deadline, picture.begin, picture.now]
    values = [point.value for point in picture.points] + [picture.target, picture.baseline, picture.value]
    values += [each for each in (picture.low, picture.high) if each is not None]
    first, last, low, high = min(years), max(years), min(values), max(values)
    across, up = width - 2 * edge, height - edge - (edge if bottom is None else bottom)
    return (
        lambda year: edge + across * (year - first) / ((last - first) or 1),
        lambda value: edge + up * (high - value) / ((high - low) or 1),
    )
