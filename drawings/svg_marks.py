"""Each kind of mark as SVG."""

import zlib
from html import escape

from drawings.model import LINE_HEIGHT, SIZE, SMALL, Area, Bar, Copies, Line, Mark, Symbol, Text
from drawings.paint import Paint
from drawings.svg_places import Fixed, Fluid, short

# Each symbol as a path around (0, 0) for a size of 2.
SHAPES = {
    "square": "M-.89-.89H.89V.89H-.89Z",
    "diamond": "M0-1.3L1.3 0L0 1.3L-1.3 0Z",
    "triangle-up": "M0-1.15L1.15 .8H-1.15Z",
    "triangle-down": "M0 1.15L1.15-.8H-1.15Z",
    "triangle-right": "M1.15 0L-.8 1.15V-1.15Z",
    "triangle-left": "M-1.15 0L.8 1.15V-1.15Z",
    "pentagon": "M0-1.1L1.05-.34L.65 .89H-.65L-1.05-.34Z",
    "cross": "M-.75-.75L.75 .75M.75-.75L-.75 .75",
    "line": "M-1 0H1",
}
OPEN_SHAPES = {"cross", "line"}


def mark_svg(mark: Mark, frame: Fixed | Fluid, paint: Paint) -> str:
    """A mark where it stands."""
    if isinstance(mark, Line):
        dash = f' stroke-dasharray="{mark.dash}"' if mark.dash else ""
        faded = f' stroke-opacity="{mark.opacity:g}"' if mark.opacity < 1 else ""
        joins = ' stroke-linejoin="round"' if len(mark.points) > 2 else ""
        cap = ' stroke-linecap="round"' if mark.cap == "round" else ""
        return frame.line(
            mark, f'fill="none" stroke="{paint(mark.colour)}" stroke-width="{mark.width:g}"{dash}{faded}{joins}{cap}'
        )
    if isinstance(mark, Area):
        drawn = frame.area(mark.rings, _area_style(mark, paint), mark.closed)
        over = "hatch" if mark.hatched else "dots" if mark.dotted else ""
        return drawn + frame.area(mark.rings, f'fill="url(#{over})"') if over else drawn
    if isinstance(mark, Copies):
        return _copies(mark, frame, paint)
    if isinstance(mark, Bar):
        return frame.bar(mark, _surface(mark.fill, mark.opacity, mark.edge, mark.edge_width, paint))
    if isinstance(mark, Symbol):
        return _symbol(mark, frame, paint)
    return _text(mark, frame, paint)


def _area_style(mark: Area, paint: Paint) -> str:
    faded = f' stroke-opacity="{mark.opacity:g}"' if not mark.fill and mark.opacity < 1 else ""
    return _surface(mark.fill, mark.opacity, mark.edge, mark.edge_width, paint, mark.dash) + faded


def _copies(mark: Copies, frame: Fixed | Fluid, paint: Paint) -> str:
    """The first stands in full, the others refer to it."""
    drawn = frame.area(mark.area.rings, _area_style(mark.area, paint), mark.area.closed)
    name = f"c{zlib.crc32(drawn.encode()):x}"
    again = "".join(f'<use href="#{name}" {frame.move(*move)}/>' for move in mark.moves if move != (0, 0))
    return f'<g id="{name}">{drawn}</g>{again}'


def _surface(fill: str, opacity: float, edge: str, edge_width: float, paint: Paint, dash: str = "") -> str:
    faded = f' fill-opacity="{opacity:g}"' if fill and opacity < 1 else ""
    ring = f' stroke="{paint(edge)}" stroke-width="{edge_width:g}"' if edge and edge_width else ""
    dashes = f' stroke-dasharray="{dash}"' if dash and ring else ""
    return f'fill="{paint(fill) if fill else "none"}"{faded}{ring}{dashes}'


def _symbol(mark: Symbol, frame: Fixed | Fluid, paint: Paint) -> str:
    if mark.shape == "circle":
        return frame.circle(mark, _surface(mark.fill, 1, mark.edge, mark.edge_width, paint))
    half = mark.size / 2
    if mark.shape in OPEN_SHAPES:
        style = f'fill="none" stroke="{paint(mark.edge or mark.fill)}" stroke-width="{mark.edge_width / half:.3g}"'
    else:
        style = _surface(mark.fill, 1, mark.edge, round(mark.edge_width / half, 3), paint)
    return frame.symbol(mark, f'<path d="{SHAPES[mark.shape]}" transform="scale({short(half, 2)})" {style}/>')


def _text(mark: Text, frame: Fixed | Fluid, paint: Paint) -> str:
    style = type_style(mark.size, mark.bold, mark.italic, paint(mark.colour), mark.anchor)
    if mark.halo:
        style += f' stroke="{paint("paper")}" stroke-width="3" paint-order="stroke" stroke-linejoin="round"'
    step = LINE_HEIGHT * mark.size / SMALL if mark.size < SMALL else LINE_HEIGHT
    count = len(mark.lines)
    first = mark.y + 0.36 * mark.size
    if mark.level == "middle":
        first -= (count - 1) * step / 2
    elif mark.level == "top":
        first += step / 2
    else:
        first -= (count - 0.5) * step
    return "".join(
        frame.text(mark, first + step * row, escape(line, quote=False), style) for row, line in enumerate(mark.lines)
    )


def type_style(size: float, bold: bool, italic: bool, colour: str, anchor: str = "start") -> str:
    """The attributes of words; the size is left out where it is the drawing's own."""
    parts = [f'fill="{colour}"']
    if size != SIZE:
        parts.append(f'font-size="{size:g}"')
    if bold:
        parts.append('font-weight="700"')
    if italic:
        parts.append('font-style="italic"')
    if anchor != "start":
        parts.append(f'text-anchor="{anchor}"')
    return " ".join(parts)
