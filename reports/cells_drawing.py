"""Draws cells as plain SVG, for paper: squares in metres, municipalities beneath, hotspots outlined and numbered."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape, quoteattr

import shapely
from shapely.geometry import Point
from shapely.geometry.base import BaseGeometry

from geo.grid import polygon

INK, MUTED, GROUND, PAPER = "#1b2a3a", "#7d868e", "#f4f6f8", "#ffffff"
MARGIN = 300  # metres around the municipalities
INSET = 500  # metres from the border that the name of a municipality keeps
DOTS = (
    '<defs><pattern id="dots" patternUnits="userSpaceOnUse" width="83" height="83">'
    f'<circle cx="41" cy="41" r="15" fill="{MUTED}"/></pattern></defs>'
)
RADIUS = 190  # metres, of the disc that a number stands on


@dataclass(frozen=True)
class Numbered:
    """A place to be outlined: its number in the list, and its cells."""

    number: int
    cells: tuple[str, ...]


def cells_svg(
    colours: Mapping[str, str],
    places: Sequence[Numbered],
    outlines: Mapping[str, BaseGeometry],
    font: str,
    roads: Sequence[BaseGeometry] = (),
    missing: Sequence[str] = (),
    hidden: Sequence[str] = (),
) -> str:
    """Return an SVG of cells (id → `#rrggbb`), in the metres of EPSG:25832 with north up.

    Cells of `missing` are dotted and those of `hidden` outlined; others, where there was none, are left empty.

    `outlines` maps the name of each municipality to its outline in EPSG:25832. `font` is the family of the names.
    `roads` (lines in EPSG:25832) are seen through the cells.
    """
    west, south, east, north = shapely.union_all(list(outlines.values())).buffer(MARGIN).bounds
    ground = [f"<path d={quoteattr(outline_path(outline, west, north))}/>" for outline in outlines.values()]
    squares = [
        f"<path fill={quoteattr(colour)} d={quoteattr(outline_path(polygon(cell), west, north))}/>"
        for cell, colour in colours.items()
    ]
    untold = [f"<path d={quoteattr(outline_path(polygon(cell), west, north))}/>" for cell in missing]
    unshown = [f"<path d={quoteattr(outline_path(polygon(cell), west, north))}/>" for cell in hidden]
    marked = [shapely.union_all([polygon(cell) for cell in place.cells]) for place in places]
    course = lines_path(roads, west, north)
    edges = [f"<path d={quoteattr(outline_path(shape, west, north))}/>" for shape in marked]
    names = [_name(name, _free(outline, marked), west, north) for name, outline in outlines.items()]
    numbers = [_number(place, shape, west, north) for place, shape in zip(places, marked, strict=True)]
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {east - west:.0f} {north - south:.0f}" '
            f"font-family={quoteattr(font)}>",
            f'<g fill="{GROUND}" stroke="{MUTED}" stroke-width="30">{"".join(ground)}</g>',
            f'<path fill="none" stroke="{MUTED}" stroke-width="28" d="{course}"/>' if roads else "",
            DOTS + f'<g fill="url(#dots)">{"".join(untold)}</g>' if untold else "",
            f'<g fill="none" stroke="{MUTED}" stroke-width="24">{"".join(unshown)}</g>' if unshown else "",
            f'<g stroke="{PAPER}" stroke-width="12" fill-opacity="{0.72 if roads else 1}">{"".join(squares)}</g>',
            f'<g fill="none" stroke="{MUTED}" stroke-width="30">{"".join(ground)}</g>',
            f'<g fill="none" stroke="{PAPER}" stroke-width="110">{"".join(edges)}</g>',
            f'<g fill="none" stroke="{INK}" stroke-width="55">{"".join(edges)}</g>',
            f'<g fill="{INK}" font-size="330" text-anchor="middle">{"".join(names)}</g>',
            *numbers,
            "</svg>",
        ]
    )


def outline_path(shape: BaseGeometry, west: float, north: float) -> str:
    """An outline with its holes as the `d` of a path, in whole metres from the upper left corner."""
    parts = []
    for part in getattr(shape, "geoms", [shape]):
        for ring in (part.exterior, *part.interiors):
            points = (f"{x - west:.0f},{north - y:.0f}" for x, y in list(ring.coords)[:-1])
            parts.append(f"M{' '.join(points)}Z")
    return "".join(parts)


def lines_path(roads: Sequence[BaseGeometry], west: float, north: float) -> str:
    """All roads as one path, in whole metres."""
    parts = [part for road in roads for part in getattr(road, "geoms", [road])]
    return "".join(f"M{' '.join(f'{x - west:.0f},{north - y:.0f}' for x, y in part.coords)}" for part in parts)


def _free(outline: BaseGeometry, marked: Sequence[BaseGeometry]) -> Point:
    """A point well inside an outline and as far as can be from what is marked, for its name."""
    inside = outline.buffer(-INSET)
    if inside.is_empty:
        inside = outline
    west, south, east, north = inside.bounds
    candidates = [
        point
        for x in range(int(west), int(east), INSET)
        for y in range(int(south), int(north), INSET)
        if inside.contains(point := Point(x, y))
    ] or [outline.representative_point()]
    taken = shapely.union_all(list(marked))
    return candidates[0] if taken.is_empty else max(candidates, key=taken.distance)


def _name(name: str, at: Point, west: float, north: float) -> str:
    return (
        f'<text x="{at.x - west:.0f}" y="{north - at.y:.0f}" stroke="{PAPER}" stroke-width="90" paint-order="stroke" '
        f'stroke-linejoin="round" font-weight="bold">{escape(name)}</text>'
    )


def _number(place: Numbered, shape: BaseGeometry, west: float, north: float) -> str:
    """The number at the upper right corner of its place, so that it covers no cell of it."""
    x, y = shape.bounds[2] - west + RADIUS, north - shape.bounds[3] - RADIUS
    return (
        f'<circle cx="{x:.0f}" cy="{y:.0f}" r="{RADIUS}" fill="{INK}" stroke="{PAPER}" stroke-width="30"/>'
        f'<text x="{x:.0f}" y="{y + 95:.0f}" fill="{PAPER}" font-size="280" font-weight="bold" text-anchor="middle">'
        f"{place.number}</text>"
    )
