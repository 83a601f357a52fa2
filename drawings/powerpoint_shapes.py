"""A map on a slide as shapes one can move and colour, in a group, with its legend below or beside it, in large type."""

from typing import Any

from pptx.enum.dml import MSO_LINE_DASH_STYLE, MSO_PATTERN_TYPE
from pptx.enum.shapes import MSO_CONNECTOR, MSO_SHAPE
from pptx.oxml.ns import qn
from pptx.util import Emu, Pt

from drawings.model import SMALL, Area, Drawing, Legend, Line, Text, widest
from drawings.powerpoint_chart import LEAST_TYPE, rgb
from drawings.words import lines_taken

POINT = 12700
LEADING = 1.25
SWATCH = 26.0
"""Points from the left of a swatch to its words."""


def px_of(size: float) -> float:
    """The points of a px of a map whose names are to be of a size in points."""
    return size / SMALL


def legend_height(legend: Legend, width: float, size: float = LEAST_TYPE) -> float:
    """The points that a legend takes below a map `width` points wide: classes in two columns, the rest in rows."""
    classes = [row for row in legend.rows if not row[1]]
    said = sum(lines_taken(words, width - SWATCH, size) for _, kind, words in legend.rows if kind)
    return size * LEADING * (_title_lines(legend, width, size) + -(-len(classes) // 2) + said) + 6


def add_map(
    slide: Any,
    drawing: Drawing,
    alt: str,
    box: tuple[Any, ...],
    size: float = LEAST_TYPE,
    legend_box: tuple[Any, ...] | None = None,
) -> None:
    """Put a map on a slide: `box` is left, top and width in EMU, `size` the points of its type.

    The legend stands below the map, or in `legend_box` (left, top and width).

    Its drawing is made for type of `SMALL` px, so a px is `px_of(size)` points. Outlines are freeforms named by their
    area, in a group that says what the map shows; names are text.
    """
    left, top, wide = (int(each) for each in box)
    unit = POINT * px_of(size)
    width = drawing.width or wide / unit
    group = slide.shapes.add_group_shape()
    group.name = "Kort"
    group._element.nvGrpSpPr.cNvPr.set("descr", alt)

    def at(part: float, px: float) -> tuple[int, int]:
        return left + int(part * width * unit), top + int(px * unit)

    for mark in drawing.marks:
        if isinstance(mark, Area):
            for ring in mark.rings:
                points = [at(*point) for point in ring]
                pen = group.shapes.build_freeform(*points[0], scale=1.0)
                pen.add_line_segments(points[1:], close=True)
                _paint(
                    pen.convert_to_shape(), mark.fill, mark.edge, mark.name, bool(mark.dash), mark.hatched, mark.dotted
                )
    for mark in drawing.marks:
        if isinstance(mark, Line):
            ends = (*at(*mark.points[0]), *at(*mark.points[-1]))
            thread = slide.shapes.add_connector(MSO_CONNECTOR.STRAIGHT, *map(Emu, ends))
            thread.line.color.rgb, thread.line.width = rgb(mark.colour), Pt(0.75)
        elif isinstance(mark, Text):
            _name(slide, mark, at(mark.x, mark.y), size)
    if drawing.legend:
        below = (left, top + int(drawing.height * unit) + 4 * POINT, wide)
        x, y, across = (int(each) for each in legend_box or below)
        _legend(slide, drawing.legend, x, y, across, size)


def _paint(shape: Any, fill: str, edge: str, name: str, dashed: bool, hatched: bool, dotted: bool = False) -> None:
    shape.name = name
    # The theme's own style has a shadow.
    style = shape._element.find(qn("p:style"))
    if style is not None:
        shape._element.remove(style)
    if dotted:
        shape.fill.patterned()
        shape.fill.pattern = MSO_PATTERN_TYPE.PERCENT_20
        shape.fill.fore_color.rgb, shape.fill.back_color.rgb = rgb("muted"), rgb("paper")
    elif not fill:
        shape.fill.background()
    elif hatched:
        shape.fill.patterned()
        shape.fill.pattern = MSO_PATTERN_TYPE.WIDE_UPWARD_DIAGONAL
        shape.fill.fore_color.rgb, shape.fill.back_color.rgb = rgb(fill), rgb("paper")
    else:
        shape.fill.solid()
        shape.fill.fore_color.rgb = rgb(fill)
    shape.line.color.rgb, shape.line.width = rgb(edge), Pt(0.75)
    if dashed:
        shape.line.dash_style = MSO_LINE_DASH_STYLE.SQUARE_DOT


def _name(slide: Any, mark: Text, spot: tuple[int, int], size: float) -> None:
    across, down = widest(mark.lines, size) * 1.2 * POINT, size * POINT
    frame = text_box(slide, spot[0], spot[1] - int(0.75 * down), int(across), int(1.5 * down))
    frame.word_wrap = False
    write(frame, " ".join(mark.lines), size, mark.colour, mark.bold)


def _title(legend: Legend) -> str:
    return f"{legend.title}. {legend.note}".strip()


def _title_lines(legend: Legend, width: float, size: float) -> int:
    return lines_taken(_title(legend), width, size)


def _legend(slide: Any, legend: Legend, left: int, top: int, wide: int, size: float) -> None:
    width, row = wide / POINT, size * LEADING
    lines = _title_lines(legend, width, size)
    title = text_box(slide, left, top, wide, int(lines * row * POINT))
    title.word_wrap = True
    write(title, _title(legend), size, "ink", True)
    down = lines * row
    classes = [each for each in legend.rows if not each[1]]
    half = -(-len(classes) // 2)
    for index, (colour, kind, words) in enumerate(classes):
        place = (left + (index // half) * wide // 2, top + int((down + row * (index % half)) * POINT))
        _legend_row(slide, colour, kind, words, place, wide // 2, size)
    down += half * row
    for colour, kind, words in legend.rows:
        if kind:
            _legend_row(slide, colour, kind, words, (left, top + int(down * POINT)), wide, size)
            down += row * lines_taken(words, width - SWATCH, size)


def _legend_row(slide: Any, colour: str, kind: str, words: str, place: tuple[int, int], wide: int, size: float) -> None:
    x, y = place
    swatch = slide.shapes.add_shape(
        MSO_SHAPE.RECTANGLE, Emu(x), Emu(y + int(0.3 * size * POINT)), Emu(18 * POINT), Emu(int(0.65 * size * POINT))
    )
    fill = "neutral" if kind == "hatched" else colour
    _paint(swatch, fill, "muted", words, kind == "dashed", kind == "hatched", kind == "missing")
    room = wide - int(SWATCH * POINT)
    high = lines_taken(words, room / POINT, size) * size * LEADING
    beside = text_box(slide, x + int(SWATCH * POINT), y, room, int(high * POINT))
    beside.word_wrap = True
    write(beside, words, size, "ink", False)


def text_box(slide: Any, left: int, top: int, wide: int, high: int) -> Any:
    """The frame of a text box without margins; EMU."""
    frame = slide.shapes.add_textbox(Emu(left), Emu(top), Emu(wide), Emu(high)).text_frame
    frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0
    return frame


def write(frame: Any, words: str, size: float, colour: str, bold: bool) -> None:
    """Add words to the first paragraph of a frame, of `size` points and in the colour of a role."""
    run = frame.paragraphs[0].add_run()
    run.text, run.font.size, run.font.bold = words, Pt(size), bold
    run.font.color.rgb = rgb(colour)
