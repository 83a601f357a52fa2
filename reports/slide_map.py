"""A map on a slide as shapes one can move and colour, grouped, with its legend."""

from typing import Any

from pptx.dml.color import RGBColor
from pptx.enum.dml import MSO_LINE_DASH_STYLE, MSO_PATTERN_TYPE
from pptx.enum.shapes import MSO_CONNECTOR, MSO_SHAPE
from pptx.enum.text import PP_ALIGN
from pptx.oxml.ns import qn
from pptx.util import Emu, Pt
from shapely.geometry import Polygon, box
from shapely.geometry.base import BaseGeometry

from drawings.palette import LIGHT, map_colours
from reports.document import AreaMap
from reports.drawings.area_map import COARSE, Frame, Name, framed, placed_names
from reports.drawings.legend import legend
from reports.drawings.svg import width_of

POINT = 12700
ROW = 18.0
NAME_SIZE = 10.0


def slide_map(slide: Any, drawn: AreaMap, alt: str, place: tuple[Any, ...], scale: float) -> None:
    """Put a map on a slide: `place` is left, top, width and height in EMU."""
    left, top, wide, high = (int(each) for each in place)
    shown = legend(drawn)
    rows = shown["rows"]
    room = high - int((-(-len(rows) // 2) * ROW + 24) * POINT * scale)
    width, height = wide / POINT, room / POINT
    frame = framed([drawn.shapes.get(area, drawn.ground.get(area)) for area in drawn.focus], width, height)
    view = box(frame.west, frame.north - height / frame.scale, frame.west + width / frame.scale, frame.north)
    group = slide.shapes.add_group_shape()
    group.name = "Kort"
    group._element.nvGrpSpPr.cNvPr.set("descr", alt)
    for area, shape in drawn.ground.items():
        if area not in drawn.shapes and shape.intersects(view):
            for made in _shapes(group, shape.intersection(view), frame, left, top):
                _paint(made, LIGHT.surface, LIGHT.faint, name=drawn.names[area])
    colours = map_colours(drawn.words.scale)
    for area, shape in drawn.shapes.items():
        mark = drawn.words.marks[area]
        fill = None if mark.class_index is None else colours[drawn.words.colours[mark.class_index]]
        for made in _shapes(group, shape.intersection(view), frame, left, top):
            _paint(made, fill, LIGHT.muted if fill is None else LIGHT.ink, name=drawn.names[area],
                   dashed=area not in drawn.ground, hatched=mark.hatched)  # fmt: skip
    for name in placed_names(drawn, frame, width, height, NAME_SIZE * scale):
        _name(slide, name, left, top, scale)
    _legend(slide, shown, left, top + room + int(8 * POINT * scale), wide, scale)


def _shapes(group: Any, shape: BaseGeometry, frame: Frame, left: int, top: int) -> list[Any]:
    made = []
    for part in getattr(shape.simplify(COARSE / frame.scale), "geoms", [shape.simplify(COARSE / frame.scale)]):
        if not isinstance(part, Polygon) or part.is_empty:
            continue
        points = [frame.point(x, y) for x, y in part.exterior.coords]
        points = [(left + x * POINT, top + y * POINT) for x, y in points]
        pen = group.shapes.build_freeform(int(points[0][0]), int(points[0][1]), scale=1.0)
        pen.add_line_segments([(int(x), int(y)) for x, y in points[1:]], close=True)
        made.append(pen.convert_to_shape())
    return made


def _paint(shape: Any, fill: str | None, edge: str, *, name: str, dashed: bool = False, hatched: bool = False) -> None:
    shape.name = name
    # The theme's own style has a shadow.
    style = shape._element.find(qn("p:style"))
    if style is not None:
        shape._element.remove(style)
    if fill is None:
        shape.fill.background()
    elif hatched:
        shape.fill.patterned()
        shape.fill.pattern = MSO_PATTERN_TYPE.WIDE_UPWARD_DIAGONAL
        shape.fill.fore_color.rgb, shape.fill.back_color.rgb = _rgb(fill), _rgb(LIGHT.paper)
    else:
        shape.fill.solid()
        shape.fill.fore_color.rgb = _rgb(fill)
    shape.line.color.rgb, shape.line.width = _rgb(edge), Pt(0.75)
    if dashed:
        shape.line.dash_style = MSO_LINE_DASH_STYLE.SQUARE_DOT


def _name(slide: Any, name: Name, left: int, top: int, scale: float) -> None:
    across = width_of(name.words, NAME_SIZE * scale) * 1.2
    x, y = left + int(name.x * POINT), top + int(name.y * POINT)
    if name.tied_to:
        ends = (left + int(name.tied_to[0] * POINT), top + int(name.tied_to[1] * POINT))
        tie = slide.shapes.add_connector(MSO_CONNECTOR.STRAIGHT, *map(Emu, (*ends, x, y)))
        tie.line.color.rgb, tie.line.width = _rgb(LIGHT.muted), Pt(0.75)
    down = int(NAME_SIZE * scale * POINT)
    frame = slide.shapes.add_textbox(
        Emu(x), Emu(y - down * 3 // 4), Emu(int(across * POINT)), Emu(down * 3 // 2)
    ).text_frame
    frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0
    frame.word_wrap = False
    run = frame.paragraphs[0].add_run()
    run.text, run.font.size, run.font.bold = name.words, Pt(NAME_SIZE * scale), name.of_figure
    run.font.color.rgb = _rgb(LIGHT.ink if name.of_figure else LIGHT.muted)


def _legend(slide: Any, shown: dict[str, Any], left: int, top: int, wide: int, scale: float) -> None:
    _say(slide, f"{shown['title']}. {shown['note']}".strip(), left, top, wide, scale, bold=True)
    half = -(-len(shown["rows"]) // 2)
    for place, (colour, kind, words) in enumerate(shown["rows"]):
        x = left + (place // half) * wide // 2
        y = top + int((ROW * (place % half + 1) + 2) * POINT * scale)
        swatch = slide.shapes.add_shape(MSO_SHAPE.RECTANGLE, Emu(x), Emu(y), Emu(int(18 * POINT)), Emu(int(11 * POINT)))
        _paint(swatch, colour or (LIGHT.neutral if kind == "hatched" else None), LIGHT.muted, name=words,
               dashed=kind == "dashed", hatched=kind == "hatched")  # fmt: skip
        _say(slide, words, x + int(24 * POINT), y - int(4 * POINT), wide // 2 - int(24 * POINT), scale)


def _say(slide: Any, words: str, left: int, top: int, wide: int, scale: float, bold: bool = False) -> None:
    frame = slide.shapes.add_textbox(Emu(left), Emu(top), Emu(wide), Emu(int(18 * POINT * scale))).text_frame
    frame.margin_left = frame.margin_top = frame.margin_bottom = 0
    frame.word_wrap = True
    frame.paragraphs[0].alignment = PP_ALIGN.LEFT
    run = frame.paragraphs[0].add_run()
    run.text, run.font.size, run.font.bold = words, Pt(10), bold
    run.font.color.rgb = _rgb(LIGHT.ink)


def _rgb(colour: str) -> RGBColor:
    return RGBColor.from_string(colour.removeprefix("#").upper())
