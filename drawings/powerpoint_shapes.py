"""A map on a slide as shapes one can move and colour, in a group, with its legend below."""

from typing import Any

from pptx.enum.dml import MSO_LINE_DASH_STYLE, MSO_PATTERN_TYPE
from pptx.enum.shapes import MSO_CONNECTOR, MSO_SHAPE
from pptx.oxml.ns import qn
from pptx.util import Emu, Pt

from drawings.model import Area, Drawing, Legend, Line, Text, widest
from drawings.powerpoint_chart import rgb

POINT = 12700
ROW = 18.0
# Points of the names and the legend.
TYPE = 10.0


def legend_height(rows: int) -> float:
    """The points that a legend of so many rows takes below its map."""
    return -(-rows // 2) * ROW + 24


def add_map(slide: Any, drawing: Drawing, alt: str, box: tuple[Any, ...], scale: float) -> None:
    """Put a map on a slide: `place` is left, top and width in EMU; a px of the drawing is a point.

    Outlines are freeforms named by their area, in a group that says what the map shows; names are text.
    """
    left, top, wide = (int(each) for each in box)
    width = drawing.width or wide / POINT
    group = slide.shapes.add_group_shape()
    group.name = "Kort"
    group._element.nvGrpSpPr.cNvPr.set("descr", alt)

    def at(part: float, px: float) -> tuple[int, int]:
        return left + int(part * width * POINT), top + int(px * POINT)

    for mark in drawing.marks:
        if isinstance(mark, Area):
            for ring in mark.rings:
                points = [at(*point) for point in ring]
                pen = group.shapes.build_freeform(*points[0], scale=1.0)
                pen.add_line_segments(points[1:], close=True)
                _paint(pen.convert_to_shape(), mark.fill, mark.edge, mark.name, bool(mark.dash), mark.hatched)
    for mark in drawing.marks:
        if isinstance(mark, Line):
            ends = (*at(*mark.points[0]), *at(*mark.points[-1]))
            thread = slide.shapes.add_connector(MSO_CONNECTOR.STRAIGHT, *map(Emu, ends))
            thread.line.color.rgb, thread.line.width = rgb(mark.colour), Pt(0.75)
        elif isinstance(mark, Text):
            _name(slide, mark, at(mark.x, mark.y), scale)
    if drawing.legend:
        _legend(slide, drawing.legend, left, top + int((drawing.height + 8 * scale) * POINT), wide, scale)


def _paint(shape: Any, fill: str, edge: str, name: str, dashed: bool, hatched: bool) -> None:
    shape.name = name
    # The theme's own style has a shadow.
    style = shape._element.find(qn("p:style"))
    if style is not None:
        shape._element.remove(style)
    if not fill:
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


def _name(slide: Any, mark: Text, spot: tuple[int, int], scale: float) -> None:
    size = min(mark.size, TYPE * scale)
    across, down = widest(mark.lines, size) * 1.2 * POINT, size * POINT
    frame = _box(slide, spot[0], spot[1] - int(0.75 * down), int(across), int(1.5 * down))
    frame.word_wrap = False
    _write(frame, " ".join(mark.lines), size, mark.colour, mark.bold)


def _legend(slide: Any, legend: Legend, left: int, top: int, wide: int, scale: float) -> None:
    title = _box(slide, left, top, wide, int(ROW * POINT * scale))
    title.word_wrap = True
    _write(title, f"{legend.title}. {legend.note}".strip(), TYPE, "ink", True)
    half = -(-len(legend.rows) // 2)
    for index, (colour, kind, words) in enumerate(legend.rows):
        x = left + (index // half) * wide // 2
        y = top + int((ROW * (index % half + 1) + 2) * POINT * scale)
        swatch = slide.shapes.add_shape(MSO_SHAPE.RECTANGLE, Emu(x), Emu(y), Emu(18 * POINT), Emu(11 * POINT))
        fill = "neutral" if kind == "hatched" else colour
        _paint(swatch, fill, "muted", words, kind == "dashed", kind == "hatched")
        beside = _box(slide, x + 24 * POINT, y - 2 * POINT, wide // 2 - 24 * POINT, int(ROW * POINT * scale))
        beside.word_wrap = True
        _write(beside, words, TYPE, "ink", False)


def _box(slide: Any, left: int, top: int, wide: int, high: int) -> Any:
    frame = slide.shapes.add_textbox(Emu(left), Emu(top), Emu(wide), Emu(high)).text_frame
    frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0
    return frame


def _write(frame: Any, words: str, size: float, colour: str, bold: bool) -> None:
    run = frame.paragraphs[0].add_run()
    run.text, run.font.size, run.font.bold = words, Pt(size), bold
    run.font.color.rgb = rgb(colour)
