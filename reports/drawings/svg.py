"""The few shapes pictures on paper are made of, written as SVG."""

from collections.abc import Iterable, Sequence
from xml.sax.saxutils import escape, quoteattr

from drawings.palette import LIGHT
from reports.typeface import families

SIZE, SMALL = 7.5, 6.5
# Inter's mean advance in em over Danish text, as on the screen.
ADVANCE = 0.54


def page(width: float, height: float, parts: Iterable[str]) -> str:
    """A drawing of a size in points."""
    # CSS takes the list of families; a name in it holds no quotation mark.
    family = ", ".join(families())
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:.1f} {height:.1f}" width="{width:.1f}pt" '
        f'height="{height:.1f}pt" font-family={quoteattr(family)} font-size="{SIZE}" fill="{LIGHT.ink}">'
        f"{''.join(parts)}</svg>"
    )


def text(
    words: str,
    x: float,
    y: float,
    *,
    anchor: str = "start",
    colour: str = LIGHT.ink,
    size: float = SIZE,
    bold: bool = False,
    halo: bool = False,
) -> str:
    """Words with their baseline at a point; `halo` keeps them legible on a map."""
    weight = ' font-weight="bold"' if bold else ""
    ring = f' stroke="{LIGHT.paper}" stroke-width="2" paint-order="stroke" stroke-linejoin="round"' if halo else ""
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" fill="{colour}" font-size="{size:g}"{weight}{ring}>'
        f"{escape(words)}</text>"
    )


def line(
    x1: float, y1: float, x2: float, y2: float, colour: str, width: float, dash: str = "", cap: str = "butt"
) -> str:
    """A straight line."""
    dashes = f' stroke-dasharray="{dash}"' if dash else ""
    return (
        f'<line x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}" stroke="{colour}" stroke-width="{width:g}" '
        f'stroke-linecap="{cap}"{dashes}/>'
    )


def path(points: Sequence[tuple[float, float]], colour: str, width: float) -> str:
    """A line through points."""
    if len(points) < 2:
        return ""
    along = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
    return (
        f'<polyline points="{along}" fill="none" stroke="{colour}" stroke-width="{width:g}" stroke-linejoin="round" '
        'stroke-linecap="round"/>'
    )


def dot(x: float, y: float, radius: float, colour: str, *, hollow: bool = False) -> str:
    """A disc, or a ring for what is uncertain or provisional."""
    if hollow:
        return (
            f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{radius:g}" fill="{LIGHT.paper}" '
            f'stroke="{colour}" stroke-width="1.2"/>'
        )
    return (
        f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{radius:g}" fill="{colour}" stroke="{LIGHT.paper}" stroke-width="0.6"/>'
    )


def diamond(x: float, y: float, radius: float, colour: str) -> str:
    """An open diamond: a figure whose uncertainty is not known."""
    r = radius * 1.25
    return (
        f'<path d="M{x:.1f} {y - r:.1f}L{x + r:.1f} {y:.1f}L{x:.1f} {y + r:.1f}L{x - r:.1f} {y:.1f}Z" '
        f'fill="{LIGHT.paper}" stroke="{colour}" stroke-width="1.2"/>'
    )


def caption(parts: Sequence[str], y: float, width: float) -> tuple[str, float]:
    """The signs of a picture explained from a first baseline on, broken between parts; and the height that takes."""
    lines: list[str] = []
    for part in parts:
        if lines and width_of(f"{lines[-1]} · {part}", SMALL) <= width:
            lines[-1] += f" · {part}"
        else:
            lines.append(part)
    step = SMALL + 2.5
    said = [text(words, 0, y + step * place, colour=LIGHT.muted, size=SMALL) for place, words in enumerate(lines)]
    return "".join(said), step * len(lines)


def width_of(words: str, size: float = SIZE) -> float:
    """An estimate of the width of words in points."""
    return len(words) * size * ADVANCE
