"""A drawing as SVG: fluid for a page, where it fills the room there is, or of a fixed width for paper and files."""

from collections.abc import Iterable, Iterator, Sequence
from html import escape
from itertools import groupby

from drawings.frame import frame_marks
from drawings.model import (
    LINE_HEIGHT,
    SIZE,
    SMALL,
    Area,
    Copies,
    Drawing,
    Legend,
    Line,
    Mark,
    Stop,
    Symbol,
    text_width,
)
from drawings.paint import Paint, css_paint, hex_paint
from drawings.svg_marks import mark_svg, type_style
from drawings.svg_places import UNITS, Fixed, Fluid, short

FONT = "Inter, 'Inter Variable', system-ui, 'Segoe UI', sans-serif"
HATCH_STEP = 5
OVERLAYS = {"hatched": "hatch", "missing": "dots"}
"""A way of drawing → the pattern that is laid over it."""
SEPARATOR = " · "
# What a caption calls by a sign, and how that sign is drawn.
SIGNS = {
    "○": ("circle", "paper"), "●": ("circle", "muted"), "◇": ("diamond", "paper"), "◆": ("diamond", "muted"),
    "×": ("cross", "muted"), "▲": ("triangle-up", "muted"), "■": ("square", "muted"), "□": ("square", "paper"),
    "▼": ("triangle-down", "muted"), "△": ("triangle-up", "paper"), "▽": ("triangle-down", "paper"),
    "–": ("line", "muted"),
}  # fmt: skip


# A fixed width -------------------------------------------------------------------------------------------------------


def fixed(
    drawing: Drawing,
    width: float,
    *,
    paint: Paint | None = None,
    family: str = FONT,
    caption: bool = True,
    title: str = "",
    foot: tuple[str, ...] = (),
    ground: bool = False,
) -> str:
    """Set a drawing as a file of SVG, `width` px wide, with its legend and caption below.

    `title` and `foot` frame a picture that leaves the house; `ground` paints the paper beneath.
    """
    paint = paint or hex_paint()
    scale = width / drawing.width if drawing.width else 1.0
    above = _wrapped([title], 15.0, width) if title else []
    top = 22.0 * len(above) + (8 if above else 0)
    parts = [
        _words(line, 0, 16 + 22 * index, size=15, bold=True, colour=paint("ink")) for index, line in enumerate(above)
    ]
    body = _fixed_body(drawing, drawing.width or width, paint)
    moved = f"translate(0 {short(top)})" + (f" scale({scale:.4f})" if scale != 1 else "")
    parts.append(f'<g transform="{moved}">{body}</g>' if moved != "translate(0 0)" else body)
    y = top + drawing.height * scale
    if drawing.legend:
        drawn, y = _legend(drawing.legend, y + 10, width, paint)
        parts.append(drawn)
    if caption and drawing.caption:
        drawn, y = _signs(drawing.caption, y, width, paint)
        parts.append(drawn)
    for part in foot:
        for line in _wrapped([part], 11.0, width):
            y += LINE_HEIGHT
            parts.append(_words(line, 0, y + 4, size=11, colour=paint("muted")))
    if foot:
        y += 10
    edge = 20.0 if ground else 0.0
    wide, high = width + 2 * edge, y + 2 * edge
    inside = "".join(parts)
    if ground:
        inside = (
            f'<rect width="{short(wide)}" height="{short(high)}" fill="{paint("paper")}"/>'
            f'<g transform="translate({short(edge)} {short(edge)})">{inside}</g>'
        )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {short(wide)} {short(high)}" width="{short(wide)}" '
        f'height="{short(high)}" role="img" aria-label="{_attribute(drawing.alt)}" font-family="{_attribute(family)}" '
        f'font-size="{SIZE:g}" fill="{paint("ink")}">{_defs(drawing, paint)}{inside}</svg>'
    )


def _fixed_body(drawing: Drawing, width: float, paint: Paint) -> str:
    margin = drawing.margin
    frame = Fixed(margin.left, margin.top, width - margin.left - margin.right)
    return "".join(mark_svg(mark, frame, paint) for mark in (*frame_marks(drawing), *drawing.marks))


# Fluid ---------------------------------------------------------------------------------------------------------------


def fluid(drawing: Drawing, name: str, *, paint: Paint = css_paint, stops: bool = False) -> str:
    """Set a drawing as inline SVG that fills its room, without its caption; `name` is its class in `fluid_css`.

    With `stops` every point can be reached with the arrow keys and carries what it says; without, a point says it to
    who rests the pointer on it.
    """
    marks = (*frame_marks(drawing), *drawing.marks)
    role = 'role="group" aria-roledescription="diagram"' if stops else 'role="img"'
    head = (
        f'<svg class="{name}" xmlns="http://www.w3.org/2000/svg" {role} aria-label="{_attribute(drawing.alt)}" '
        f'font-size="{SIZE:g}" fill="{paint("ink")}"'
    )
    if drawing.width:
        margin = drawing.margin
        frame: Fixed | Fluid = Fixed(margin.left, margin.top, drawing.width - margin.left - margin.right)
        head += f' viewBox="0 0 {short(drawing.width)} {short(drawing.height)}"'
        body = "".join(mark_svg(mark, frame, paint) for mark in marks)
    else:
        frame = Fluid(drawing.plot)
        body = "".join(_fluid_parts(marks, frame, paint))
    points = "".join(_stop(stop, frame, stops, first=not index) for index, stop in enumerate(drawing.stops))
    return f"{head}>{_defs(drawing, paint)}{body}{points}</svg>"


def fluid_css(drawing: Drawing, name: str) -> str:
    """The rule that gives a fluid drawing its room."""
    if drawing.width:
        return f".{name}{{display:block;width:100%;max-width:{short(drawing.width)}px;height:auto}}"
    left, right, top, bottom = drawing.margin
    around = " ".join(f"{short(side)}px" for side in (top, right, bottom, left))
    return (
        f".{name}{{display:block;overflow:visible;box-sizing:content-box;height:{short(drawing.plot)}px;"
        f"width:calc(100% - {short(left + right)}px);margin:{around}}}"
    )


def _stretched(mark: Mark) -> bool:
    return isinstance(mark, Area | Copies) or (isinstance(mark, Line) and len(mark.points) != 2)


def _fluid_parts(marks: Iterable[Mark], frame: Fluid, paint: Paint) -> Iterator[str]:
    """The marks in their order; lines and areas that follow each other share one stretched box."""
    for stretched, run in groupby(marks, key=_stretched):
        inside = "".join(mark_svg(mark, frame, paint) for mark in run)
        if stretched:
            inside = (
                f'<svg viewBox="0 0 {UNITS} {short(frame.plot)}" preserveAspectRatio="none" width="100%" '
                f'height="{short(frame.plot)}" overflow="visible">{inside}</svg>'
            )
        yield inside


def _stop(stop: Stop, frame: Fixed | Fluid, reached: bool, first: bool) -> str:
    words = _attribute(stop.text).replace("\n", "&#10;")
    circle = f'<circle cx="{frame.x(stop.x)}" cy="{frame.y(stop.y)}" r="11" fill="transparent"'
    if not reached:
        return f"{circle}><title>{escape(stop.text, quote=False)}</title></circle>"
    area = f' data-area="{_attribute(stop.area)}"' if stop.area else ""
    return f'{circle} class="stop" role="img" tabindex="{-1 + first}" aria-label="{words}"{area}/>'


# Marks ---------------------------------------------------------------------------------------------------------------


def _defs(drawing: Drawing, paint: Paint) -> str:
    areas = [mark for mark in drawing.marks if isinstance(mark, Area)]
    kinds = {kind for _, kind, _ in drawing.legend.rows} if drawing.legend else set()
    step = f'patternUnits="userSpaceOnUse" width="{HATCH_STEP}" height="{HATCH_STEP}"'
    patterns = ""
    if "hatched" in kinds or any(mark.hatched for mark in areas):
        patterns += (
            f'<pattern id="hatch" {step} patternTransform="rotate(45)">'
            f'<rect width="1.6" height="{HATCH_STEP}" fill="#ffffff"/></pattern>'
        )
    if "missing" in kinds or any(mark.dotted for mark in areas):
        middle = short(HATCH_STEP / 2)
        patterns += (
            f'<pattern id="dots" {step}><circle cx="{middle}" cy="{middle}" r="1.1" fill="{paint("muted")}"/></pattern>'
        )
    return f"<defs>{patterns}</defs>" if patterns else ""


# Words below ---------------------------------------------------------------------------------------------------------


def _legend(legend: Legend, y: float, width: float, paint: Paint) -> tuple[str, float]:
    """The legend in columns; gives its SVG and where it ends."""
    parts = []
    for line in _wrapped([f"{legend.title}. {legend.note}".strip()], SMALL, width):
        y += LINE_HEIGHT
        parts.append(_words(line, 0, y, size=SMALL, bold=True, colour=paint("ink")))
    y += 6
    x = 0.0
    for colour, kind, words in legend.rows:
        wide = text_width(words, SMALL) + 44
        if x and x + wide - 17 > width:
            x, y = 0.0, y + 18
        dash = ' stroke-dasharray="3 2"' if kind == "dashed" else ""
        fill = paint("neutral") if kind == "hatched" else paint(colour) if colour else "none"
        box = f'x="{short(x)}" y="{short(y)}" width="20" height="12"'
        parts.append(f'<rect {box} fill="{fill}" stroke="{paint("muted")}" stroke-width=".8"{dash}/>')
        if kind in OVERLAYS:
            parts.append(f'<rect {box} fill="url(#{OVERLAYS[kind]})"/>')
        parts.append(_words(words, x + 27, y + 10, size=SMALL, colour=paint("ink")))
        x += wide
    return "".join(parts), y + 18


def _signs(caption: Sequence[str], y: float, width: float, paint: Paint) -> tuple[str, float]:
    """The caption on lines that fit, its signs drawn: the typeface of paper has no glyphs for them."""
    parts = []
    for line in _wrapped(caption, SMALL, width):
        y += LINE_HEIGHT
        x = 0.0
        for index, words in enumerate(line.split(SEPARATOR)):
            if index:
                parts.append(_words(SEPARATOR.strip(), x, y, size=SMALL, colour=paint("muted")))
                x += 9
            if words[:2].strip() in SIGNS and words[1:2] == " ":
                shape, fill = SIGNS[words[0]]
                sign = Symbol("tegn", 0, y - 4, shape, 8, fill, "muted", 1.5, dx=x + 4)
                parts.append(mark_svg(sign, Fixed(0, 0, width), paint))
                words, x = words[2:], x + 13
            parts.append(_words(words, x, y, size=SMALL, colour=paint("muted")))
            x += text_width(words, SMALL) * 0.9 + 6
    return "".join(parts), y + 6


def _words(words: str, x: float, y: float, *, size: float, colour: str, bold: bool = False) -> str:
    style = type_style(size, bold, False, colour)
    return f'<text x="{short(x)}" y="{short(y)}" {style}>{escape(words, quote=False)}</text>'


def _wrapped(parts: Iterable[str], size: float, width: float) -> list[str]:
    """Set parts on lines that fit, breaking between parts where it can be done."""
    lines: list[str] = []
    for part in parts:
        if lines and text_width(f"{lines[-1]}{SEPARATOR}{part}", size) <= width:
            lines[-1] += f"{SEPARATOR}{part}"
            continue
        line = ""
        for word in part.split():
            if line and text_width(f"{line} {word}", size) > width:
                lines.append(line)
                line = word
            else:
                line = f"{line} {word}".strip()
        lines.append(line)
    return lines


def _attribute(words: str) -> str:
    return escape(words, quote=True)
