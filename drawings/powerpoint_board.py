"""The board on a slide: a table that a screen reader reads, with the years and intervals of its figures as shapes."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from pptx.enum.dml import MSO_LINE_DASH_STYLE
from pptx.enum.shapes import MSO_CONNECTOR, MSO_SHAPE
from pptx.util import Emu, Pt

from data.views.board_model import ARROWS, MISSING, SHOWN, BoardCell, BoardColumn, BoardRow
from drawings.board_html import GOAL_TONES
from drawings.model import text_width
from drawings.periods import position
from drawings.powerpoint_chart import LEAST_TYPE, rgb
from drawings.powerpoint_shapes import POINT
from drawings.words import lines_taken

GOALS = {"good": ("✓", "better"), "bad": ("✗", "worse"), "open": ("?", "muted")}
SIGNS = "↑ ↓ klart ændret · ✓ målet nås · ✗ målet nås ikke · ? kan ikke afgøres"
"""What the signs of a cell mean."""
KINDS = ("share", "rate")
"""The columns that a slide has room for; what was promised and done has slides of its own."""
WIDER = 1.4
"""How much wider a rate's column is than a share's: more stands in its heading."""
NARROW, WIDE, BOLD = 120.0, 210.0, 1.07
"""The points that the names of areas take at least and at most, and how much wider bold is."""
LINE, LEADING, PAD, LEAST_PICTURE = 1.15, 0.9, 5.0, 40.0
# What a share's bar and a rate's are: as strong as on the screen.
_BARS = {"share": "#8fb3c8", "rate": "#dfae8c"}


@dataclass(frozen=True)
class _Room:
    """Where a picture stands, in points from the upper left corner of the slide."""

    left: float
    top: float
    width: float
    height: float


def add_board(
    slide: Any,
    title: str,
    columns: Sequence[BoardColumn],
    rows: Sequence[BoardRow],
    box: tuple[float, float, float, float],
    size: float = LEAST_TYPE,
) -> None:
    """Put rows of a board on a slide: `box` is left, top, width and height in points, `size` the points of its type."""
    left, top, width, height = box
    drawn = [(place, column) for place, column in enumerate(columns) if column.kind in KINDS]
    wides = _widths([column for _, column in drawn], rows, width, size)
    head = _head([column for _, column in drawn], wides, size)
    high = (height - head) / len(rows)
    shape = slide.shapes.add_table(len(rows) + 1, len(wides), *(Emu(round(each * POINT)) for each in box))
    shape.name = title
    grid = shape.table
    for place, wide in enumerate(wides):
        grid.columns[place].width = Emu(round(wide * POINT))
    for place in range(len(rows) + 1):
        grid.rows[place].height = Emu(round((high if place else head) * POINT))
    _write(grid.cell(0, 0), [[("Område", True, "ink")]], size, "surface")
    for place, (_, column) in enumerate(drawn, start=1):
        _write(grid.cell(0, place), [[(column.title, True, "ink")], [(column.under, False, "muted")]], size, "surface")
    for index, row in enumerate(rows):
        _write(grid.cell(index + 1, 0), [[(row.name, True, "ink")]], size, "paper")
        for place, (at, column) in enumerate(drawn, start=1):
            cell, wide = row.cells[at], wides[place]
            lines = _lines(cell)
            words = max(text_width(" ".join(part[0] for part in line), size) for line in lines) + PAD
            room = _Room(
                left + sum(wides[:place]) + words + PAD, top + head + index * high, wide - words - 2 * PAD, high
            )
            pictured = cell.state != MISSING and room.width >= LEAST_PICTURE
            _write(grid.cell(index + 1, place), lines, size, "paper", room.width if pictured else 0.0)
            if pictured:
                _years(slide, cell, column, room, row.name)
                _interval(slide, cell, column, room, row.name)


def rows_that_fit(
    columns: Sequence[BoardColumn], rows: Sequence[BoardRow], width: float, height: float, size: float = LEAST_TYPE
) -> int:
    """How many of the rows stand below the headings on one slide, each with its two lines; at least one."""
    drawn = [column for column in columns if column.kind in KINDS]
    head = _head(drawn, _widths(drawn, rows, width, size), size)
    return max(int((height - head) // (2 * size * LINE * LEADING)), 1)


def _widths(columns: Sequence[BoardColumn], rows: Sequence[BoardRow], width: float, size: float) -> list[float]:
    """The points that the names and each column take."""
    named = max(text_width(row.name, size) for row in rows) * BOLD + 2 * PAD
    named = min(max(named, NARROW), WIDE)
    parts = [WIDER if column.kind == "rate" else 1.0 for column in columns]
    return [named, *((width - named) * part / sum(parts) for part in parts)]


def _head(columns: Sequence[BoardColumn], wides: Sequence[float], size: float) -> float:
    """The points that the headings take: title and what it is of, as many lines as the longest needs."""
    lines = [
        lines_taken(column.title, (wide - PAD) / BOLD, size) + lines_taken(column.under, wide - PAD, size)
        for column, wide in zip(columns, wides[1:], strict=True)
    ]
    return max(lines, default=1) * size * LINE * LEADING


def _lines(cell: BoardCell) -> list[list[tuple[str, bool, str]]]:
    """The words of a cell on two lines, each as (words, bold, colour)."""
    first = [(cell.text, cell.state == SHOWN, "ink" if cell.state == SHOWN else "muted")]
    if cell.state == SHOWN and cell.moving is not None and cell.moving.points:
        tone = {"better": "better", "worse": "worse"}.get(cell.moving.kind.partition("_")[0], "muted")
        first.append((ARROWS[cell.moving.points], True, tone))
    if cell.goal is not None:
        sign, tone = GOALS[GOAL_TONES[cell.goal.kind]]
        first.append((sign, True, tone))
    return [first, [(cell.note, False, "muted")]] if cell.note else [first]


def _write(cell: Any, lines: list[list[tuple[str, bool, str]]], size: float, fill: str, kept_free: float = 0.0) -> None:
    cell.margin_top = cell.margin_bottom = 0
    cell.margin_left, cell.margin_right = Pt(PAD / 2), Pt(PAD / 2 + kept_free)
    cell.fill.solid()
    cell.fill.fore_color.rgb = rgb(fill)
    frame = cell.text_frame
    frame.word_wrap = True
    for index, line in enumerate(lines):
        paragraph = frame.paragraphs[0] if index == 0 else frame.add_paragraph()
        paragraph.line_spacing = LEADING
        for place, (words, bold, colour) in enumerate(line):
            run = paragraph.add_run()
            run.text = words if place == len(line) - 1 else f"{words} "
            run.font.size, run.font.bold = Pt(size), bold
            run.font.color.rgb = rgb(colour)


def _years(slide: Any, cell: BoardCell, column: BoardColumn, room: _Room, name: str) -> None:
    """The years as lines, broken where the screen breaks them; the newest as a dot, hollow where provisional."""
    if len(cell.spark) < 2:
        return
    first = min(position(column.first), *(position(point.period) for point in cell.spark))
    last = position(column.last)
    step = (room.width - 8) / max(last - first, 1)
    top, height = room.top + 4, room.height * 0.5
    at = [
        (
            room.left + 4 + step * (position(point.period) - first),
            top + height * (1 - (point.value - column.low) / (column.high - column.low)),
        )
        for point in cell.spark
    ]
    hue = "perceived" if column.kind == "share" else "recorded"
    run: list[tuple[float, float]] = []
    for place, point in enumerate(cell.spark):
        if place and not point.joined:
            _run(slide, run, hue, name)
            run = []
            middle = (at[place - 1][0] + at[place][0]) / 2
            _line(slide, (middle, top), (middle, top + height), "muted", 1, f"{name}: brud", dashed=True)
        run.append(at[place])
    _run(slide, run, hue, name)
    _dot(slide, at[-1], hue, hollow=cell.spark[-1].provisional, name=f"{name}: nyeste")


def _run(slide: Any, points: list[tuple[float, float]], hue: str, name: str) -> None:
    """Years that may be joined as one line; a year alone as a small dot."""
    if len(points) == 1:
        _dot(slide, points[0], hue, hollow=False, name=f"{name}: et år", across=3.5)
    if len(points) < 2:
        return
    pen = slide.shapes.build_freeform(*(round(each * POINT) for each in points[0]), scale=1.0)
    pen.add_line_segments([(round(x * POINT), round(y * POINT)) for x, y in points[1:]], close=False)
    shape = pen.convert_to_shape()
    shape.name = f"{name}: årene"
    shape.fill.background()
    shape.line.color.rgb, shape.line.width = rgb(hue), Pt(1.75)
    shape.shadow.inherit = False


def _interval(slide: Any, cell: BoardCell, column: BoardColumn, room: _Room, name: str) -> None:
    """The 95 % interval as a bar on the column's scale, and the value as a tick on it."""
    if cell.value is None or cell.low is None or cell.high is None:
        return
    middle = room.top + room.height * 0.78

    def across(value: float) -> float:
        return room.left + 4 + (room.width - 8) * (value - column.low) / (column.high - column.low)

    _line(slide, (room.left + 4, middle), (room.left + room.width - 4, middle), "line", 1, f"{name}: akse")
    low, high = across(cell.low), across(cell.high)
    bar = slide.shapes.add_shape(
        MSO_SHAPE.RECTANGLE, *(Emu(round(each * POINT)) for each in (low, middle - 2.5, max(high - low, 1.0), 5.0))
    )
    bar.name = f"{name}: 95 pct.-interval"
    bar.fill.solid()
    bar.fill.fore_color.rgb = rgb(_BARS[column.kind])
    bar.line.fill.background()
    bar.shadow.inherit = False
    now = across(cell.value)
    _line(slide, (now, middle - 6), (now, middle + 6), "ink", 2, f"{name}: tallet")


def _line(
    slide: Any,
    begin: tuple[float, float],
    end: tuple[float, float],
    colour: str,
    width: float,
    name: str,
    dashed: bool = False,
) -> None:
    line = slide.shapes.add_connector(MSO_CONNECTOR.STRAIGHT, *(Emu(round(each * POINT)) for each in (*begin, *end)))
    line.name = name
    line.line.color.rgb, line.line.width = rgb(colour), Pt(width)
    if dashed:
        line.line.dash_style = MSO_LINE_DASH_STYLE.SQUARE_DOT


def _dot(slide: Any, middle: tuple[float, float], hue: str, *, hollow: bool, name: str, across: float = 6.0) -> None:
    x, y = middle
    dot = slide.shapes.add_shape(
        MSO_SHAPE.OVAL, *(Emu(round(each * POINT)) for each in (x - across / 2, y - across / 2, across, across))
    )
    dot.name = name
    dot.fill.solid()
    dot.fill.fore_color.rgb = rgb("paper" if hollow else hue)
    dot.line.color.rgb, dot.line.width = rgb(hue), Pt(1.5)
    dot.shadow.inherit = False
