"""Tryghedstavlen as HTML: a real table with pictures in its cells, every word from data escaped.

The same markup stands on the screen, on a light page and on paper; colours, sizes and the cards of a phone are the
style sheet's (board.css). Without script it is whole: each area is a link, each picture says what it shows.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from html import escape
from pathlib import Path

from data import danish
from data.sentences import STATUS_WORDS
from data.views.board_model import MISSING, Board, BoardCell, BoardColumn, BoardRow, SparkPoint, Symbol
from drawings.paint import light_dark_css
from drawings.periods import position

STYLE = Path(__file__).with_name("board.css")
SPARK_WIDTH, WIDE_SPARK, SPARK_HEIGHT = 92, 280, 26
TICK_WIDTH, TICK_HEIGHT = 92, 10
MOST_LETTERS, LONGEST_WORD = 45, 20
"""What a name may have before it is kept from making its column wider."""
_EDGE = 4
_UNIT = " pct."

# What a symbol looks like: the form of its sign and whether its ground is filled, so that colour is never alone.
MOVING_WORDS = {
    "better": "Bedre end sidst",
    "worse": "Værre end sidst",
    "better_years": "Bedre over årene",
    "worse_years": "Værre over årene",
    "unchanged": "Ingen klar ændring",
    "unclear": "Kan ikke sammenlignes",
}
GOAL_TONES = {
    "met": "good",
    "on_track": "good",
    "undecided": "open",
    "insufficient": "open",
    "behind": "bad",
    "worsening": "bad",
    "not_met": "bad",
}
# Signs in a box of 24, drawn as lines.
_GOAL_SIGNS = {
    "met": "M7 12.5l3.4 3.4L17 8.8",
    "on_track": "M6.5 15l4-4 2.6 2.6L17.5 9M13.8 8.7h3.9v3.9",
    "undecided": "M9.6 9.4a2.5 2.5 0 1 1 3.6 2.3c-.9.5-1.2 1-1.2 2M12 16.6v.1",
    "insufficient": "M8 12h8",
    "behind": "M12 7.5V12l3 2",
    "worsening": "M6.5 9l4 4 2.6-2.6 4.4 4.6M13.8 15.3h3.9v-3.9",
    "not_met": "M8.5 8.5l7 7M15.5 8.5l-7 7",
}
_ARROW_UP, _ARROW_DOWN = "M12 17V7M7.6 11.2L12 6.8l4.4 4.4", "M12 7v10M7.6 12.8L12 17.2l4.4-4.4"
_EQUAL, _UNCLEAR = "M8 10h8M8 14h8", "M8 12h.1M12 12h.1M16 12h.1"


def board_html(board: Board, *, href: Callable[[str], str] | None, sortable: bool = False, caption: str = "") -> str:
    """The board as one table; `href` gives an area's address (None: no links), `sortable` buttons in the headings."""
    heads = "".join(_heading(column, sortable) for column in board.columns)
    rows = "".join(_row(row, board.columns, href(row.area_id) if href else "") for row in board.rows)
    area = sort_button("Område", sortable)
    return (
        f'<table class="board" role="table"><caption>{escape(caption or board.title)}</caption>'
        f'<thead role="rowgroup"><tr role="row"><th role="columnheader" scope="col" data-column="-1">{area}</th>{heads}'
        f'</tr></thead><tbody role="rowgroup">{rows}</tbody></table>'
    )


def board_style() -> str:
    """The style of the board and of the cards, with the palette's colours for light and for dark."""
    return light_dark_css(".board-frame,.decisions") + STYLE.read_text("utf-8")


def _heading(column: BoardColumn, sortable: bool) -> str:
    under = f'<span class="under">{escape(column.under)}</span>'
    return (
        f'<th role="columnheader" scope="col" class="{column.kind}" title="{escape(column.title)}">'
        f"{sort_button(column.title, sortable)}{under}</th>"
    )


def sort_button(title: str, sortable: bool) -> str:
    """The words of a heading, as a button where one can sort by them."""
    words = _words(title)
    if not sortable:
        return words
    return f'<button type="button" class="sort">{words}<span class="order" aria-hidden="true"></span></button>'


def _words(name: str) -> str:
    """A name; one that is long, or has a long word, in a span that the style sheet cuts after three lines."""
    long = len(name) > MOST_LETTERS or any(len(word) > LONGEST_WORD for word in name.split())
    return f'<span class="words">{escape(name)}</span>' if long else escape(name)


def _row(row: BoardRow, columns: Sequence[BoardColumn], href: str) -> str:
    within = f'<span class="under">{escape(row.within)}</span>' if row.within else ""
    words = _words(row.name)
    name = f'<a href="{escape(href)}">{words}</a>' if href else words
    cells = "".join(_cell(cell, column) for cell, column in zip(row.cells, columns, strict=True))
    return (
        f'<tr role="row" data-area="{escape(row.area_id)}">'
        f'<th role="rowheader" scope="row" title="{escape(row.name)}">'
        f"{name}{within}</th>{cells}</tr>"
    )


def _cell(cell: BoardCell, column: BoardColumn) -> str:
    draw = {"chips": _chips, "count": _count}.get(column.kind, _figure)
    sort = "" if cell.sort is None else f"{cell.sort:.6g}"
    wide = " wide" if column.wide else ""
    # What the pictures say is read aloud once, as words; the pictures themselves are for the eye.
    return (
        f'<td role="cell" class="{column.kind} {cell.state}{wide}" data-sort="{sort}"'
        f' data-title="{escape(column.title)}" title="{escape(cell.says)}">{draw(cell, column)}</td>'
    )


def _figure(cell: BoardCell, column: BoardColumn) -> str:
    tick = interval_tick(cell, column) if cell.state != MISSING else ""
    return (
        f'<div class="figure"><span class="value">{_with_small_unit(cell.text)}</span>'
        f'<span class="note">{escape(cell.note)}</span><span class="years">{spark(cell.spark, column)}</span>'
        f'<span class="range">{tick}</span>'
        f'<span class="signs">{moving_sign(cell.moving)}{goal_sign(cell.goal)}</span></div>'
    )


def _with_small_unit(text: str) -> str:
    """A value whose unit is set smaller: the figure is what one reads from afar."""
    if not text.endswith(_UNIT):
        return escape(text)
    return f'{escape(text.removesuffix(_UNIT))}<span class="unit">{_UNIT}</span>'


def _count(cell: BoardCell, _column: BoardColumn) -> str:
    return f'<span class="value">{escape(cell.text)}</span><span class="note">{escape(cell.note)}</span>'


def _chips(cell: BoardCell, _column: BoardColumn) -> str:
    if not cell.chips:
        return f'<span class="note">{escape(cell.text)}</span>'
    drawn = "".join(
        f'<span class="chip">{sign(GOAL_TONES[status], _GOAL_SIGNS[status], goal=True)}{_times(count)}</span>'
        for status, count in cell.chips
    )
    return f'<span class="signs">{drawn}</span>{heard(cell.says)}'


def _times(count: int) -> str:
    return f'<b aria-hidden="true">{count}</b>' if count > 1 else ""


# Signs ---------------------------------------------------------------------------------------------------------------


def moving_sign(symbol: Symbol | None) -> str:
    """Whether a figure is moving: an arrow with the figure, filled where it is for the worse; "=" or dots else."""
    if symbol is None:
        return '<span class="sign none"></span>'
    kind, _, years = symbol.kind.partition("_")
    path = {1: _ARROW_UP, -1: _ARROW_DOWN}.get(symbol.points, _EQUAL if kind == "unchanged" else _UNCLEAR)
    tone = {"better": "good", "worse": "bad"}.get(kind, "still")
    return sign(tone, path, years=bool(years)) + heard(f"{MOVING_WORDS[symbol.kind]}. {symbol.says}")


def goal_sign(symbol: Symbol | None) -> str:
    """Whether the goal is reached; nothing where there is no goal."""
    if symbol is None:
        return '<span class="sign none"></span>'
    return sign(GOAL_TONES[symbol.kind], _GOAL_SIGNS[symbol.kind], goal=True) + heard(f"Målet: {symbol.says}")


def goal_mark(status: str) -> str:
    """The sign of a status alone, beside its word."""
    return sign(GOAL_TONES[status], _GOAL_SIGNS[status], goal=True)


def sign(tone: str, path: str, *, years: bool = False, goal: bool = False) -> str:
    """A sign of 24 by 24: movement stands on a square, a goal on a round ground."""
    ground = '<circle cx="12" cy="12" r="11"/>' if goal else '<rect x="1" y="1" width="22" height="22" rx="3"/>'
    span = '<path class="span" d="M4.5 20.5h15"/>' if years else ""
    return (
        f'<svg class="sign {tone}" viewBox="0 0 24 24" width="24" height="24" aria-hidden="true" focusable="false">'
        f'<g class="ground">{ground}</g><path class="mark" d="{path}"/>{span}</svg>'
    )


def heard(words: str) -> str:
    """Words for those who listen."""
    return f'<span class="heard">{escape(words)} </span>'


def order_notes_html(notes: Mapping[int, str]) -> str:
    """What is said of the order of the areas where they are sorted by a column: unseen until the script has sorted."""
    return "".join(
        f'<p class="board-order" data-column="{column}" hidden>{escape(danish.ended(sentence))}</p>'
        for column, sentence in notes.items()
    )


def legend_html(*, goals: bool = True) -> str:
    """What the signs mean, as a list under the board; `goals` where the board has any."""
    both = (_ARROW_UP, _ARROW_DOWN)  # the arrow goes with the figure, so better and worse may point either way
    moving: tuple[tuple[str, tuple[str, ...], str], ...] = (
        ("good", both, "Klart bedre"),
        ("bad", both, "Klart værre"),
        ("still", (_EQUAL,), "Ingen klar ændring"),
        ("still", (_UNCLEAR,), "Kan ikke sammenlignes eller foreløbigt"),
    )
    statuses = ("met", "on_track", "undecided", "behind", "worsening", "not_met", "insufficient")
    items = [f"<li>{''.join(sign(tone, path) for path in paths)} {escape(words)}</li>" for tone, paths, words in moving]
    items += [
        f"<li>{sign(GOAL_TONES[each], _GOAL_SIGNS[each], goal=True)} {escape(STATUS_WORDS[each])}</li>"
        for each in statuses
    ]
    round_ones = f"<li><b>Rund:</b> når vi målet?</li>{''.join(items[4:])}" if goals else ""
    return (
        '<ul class="board-legend" aria-label="Sådan læses tavlen">'
        "<li><b>Firkant:</b> flytter tallet sig? ↑ steget, ↓ faldet</li>"
        f"{''.join(items[:4])}{round_ones}</ul>"
    )


# Small pictures ------------------------------------------------------------------------------------------------------


def interval_tick(cell: BoardCell, column: BoardColumn) -> str:
    """The 95 % interval as a bar on the column's scale, and the value as a tick on it."""
    if cell.value is None:
        return ""
    middle = TICK_HEIGHT / 2
    where = _across(column, TICK_WIDTH)
    bar = ""
    if cell.low is not None and cell.high is not None:
        bar = f'<path class="bar" d="M{where(cell.low):.1f} {middle}H{where(cell.high):.1f}"/>'
    return (
        f'<svg class="tick" viewBox="0 0 {TICK_WIDTH} {TICK_HEIGHT}" width="{TICK_WIDTH}" height="{TICK_HEIGHT}"'
        f' aria-hidden="true" focusable="false"><path class="axis" d="M{_EDGE} {middle}H{TICK_WIDTH - _EDGE}"/>{bar}'
        f'<path class="now" d="M{where(cell.value):.1f} 1V{TICK_HEIGHT - 1}"/></svg>'
    )


def spark_html(cell: BoardCell, column: BoardColumn) -> str:
    """The years of a cell alone, to stand under a large figure; empty where there are too few."""
    drawn = spark(cell.spark, replace(column, wide=True)) if len(cell.spark) > 1 else ""
    return f'<div class="figure-years {column.kind}">{drawn}</div>' if drawn else ""


def _across(column: BoardColumn, width: float) -> Callable[[float], float]:
    reach = column.high - column.low
    return lambda value: _EDGE + (width - 2 * _EDGE) * (value - column.low) / reach


def spark(points: Sequence[SparkPoint], column: BoardColumn) -> str:
    """The years as a line on the column's scale: broken where years cannot be joined, hollow where provisional."""
    if len(points) < 2:
        return '<span class="spark none"></span>'
    first, last = position(column.first), position(column.last)
    width = WIDE_SPARK if column.wide else SPARK_WIDTH
    first = min(first, *(position(point.period) for point in points))
    step = (width - 2 * _EDGE) / max(last - first, 1)
    place = [
        (
            _EDGE + step * (position(point.period) - first),
            SPARK_HEIGHT - _EDGE - (SPARK_HEIGHT - 2 * _EDGE) * (point.value - column.low) / (column.high - column.low),
        )
        for point in points
    ]
    line, breaks = [], []
    for at, (point, (x, y)) in enumerate(zip(points, place, strict=True)):
        line.append(f"{'L' if point.joined else 'M'}{x:.1f} {y:.1f}")
        if at and not point.joined:
            middle = (place[at - 1][0] + x) / 2
            breaks.append(f"M{middle:.1f} 1V{SPARK_HEIGHT - 1}")
    alone = [
        f'<circle class="alone" cx="{x:.1f}" cy="{y:.1f}" r="1.6"/>'
        for at, (point, (x, y)) in enumerate(zip(points, place, strict=True))
        if not point.joined and (at + 1 == len(points) or not points[at + 1].joined)
    ]
    x, y = place[-1]
    hollow = " hollow" if points[-1].provisional else ""
    gap = f'<path class="break" d="{"".join(breaks)}"/>' if breaks else ""
    return (
        f'<svg class="spark" viewBox="0 0 {width} {SPARK_HEIGHT}" width="{width}" height="{SPARK_HEIGHT}"'
        f' aria-hidden="true" focusable="false">{gap}<path class="line" d="{"".join(line)}"/>{"".join(alone)}'
        f'<circle class="now{hollow}" cx="{x:.1f}" cy="{y:.1f}" r="2.8"/></svg>'
    )
