"""Draws one place for paper: its cells over all the roads around it, with the landmarks one finds it by."""

from collections.abc import Mapping, Sequence
from xml.sax.saxutils import escape, quoteattr

import shapely
from shapely.geometry import Point
from shapely.geometry.base import BaseGeometry

from geo.grid import polygon
from reports.cells_drawing import GROUND, INK, PAPER, lines_path, outline_path

MUTED, ROAD = "#56636f", "#b9c1c8"
AROUND = 350.0
"""Metres seen on every side of the place."""
MOST_LANDMARKS = 4


def window(cells: Sequence[str], aspect: float = 1.0) -> tuple[float, float, float, float]:
    """What is seen of a place, `aspect` times as wide as it is high: west, south, east, north in EPSG:25832."""
    west, south, east, north = shapely.union_all([polygon(cell) for cell in cells]).bounds
    half = max(north - south, (east - west) / aspect) / 2 + AROUND
    x, y = (west + east) / 2, (south + north) / 2
    return x - aspect * half, y - half, x + aspect * half, y + half


def place_svg(
    cells: Sequence[str],
    colours: Mapping[str, str],
    font: str,
    *,
    roads: Sequence[BaseGeometry] = (),
    landmarks: Sequence[tuple[str, float, float]] = (),
    aspect: float = 1.0,
) -> str:
    """Return an SVG of a place with north up; `colours` are the fills (`#rrggbb`) of the cells that have one.

    Roads are lines and landmarks (name, easting, northing), both in metres of EPSG:25832; what lies outside the
    picture is left out.
    """
    west, south, east, north = window(cells, aspect)
    wide, side = east - west, north - south
    frame = shapely.box(west, south, east, north)
    unit = side / 100  # everything but the roads' course is drawn in hundredths of the picture's height

    cut = [part for road in roads for part in shapely.get_parts(shapely.intersection(road, frame))]
    lines = lines_path([part for part in cut if part.geom_type == "LineString"], west, north)
    fills = "".join(
        f"<path fill={quoteattr(colour)} d={quoteattr(outline_path(polygon(cell), west, north))}/>"
        for cell, colour in colours.items()
        if polygon(cell).intersects(frame)
    )
    outline = outline_path(shapely.union_all([polygon(cell) for cell in cells]), west, north)
    marks = "".join(_mark(name, x - west, north - y, wide, side) for name, x, y in _apart(landmarks, frame))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {wide:.0f} {side:.0f}" font-family={quoteattr(font)}>'
        f'<rect width="{wide:.0f}" height="{side:.0f}" fill="{GROUND}"/>'
        f'<path fill="none" stroke="{ROAD}" stroke-width="{unit:.1f}" d="{lines}"/>'
        f'<g fill-opacity="0.55">{fills}</g>'
        f'<path fill="none" stroke="{PAPER}" stroke-width="{2.4 * unit:.1f}" d="{outline}"/>'
        f'<path fill="none" stroke="{INK}" stroke-width="{1.2 * unit:.1f}" d="{outline}"/>'
        f"{marks}</svg>"
    )


def _apart(landmarks: Sequence[tuple[str, float, float]], frame: BaseGeometry) -> list[tuple[str, float, float]]:
    """The landmarks nearest the middle whose names do not run into each other."""
    height, middle = frame.bounds[3] - frame.bounds[1], frame.centroid
    inside = (mark for mark in landmarks if frame.contains(Point(mark[1:])))
    kept: list[tuple[str, float, float]] = []
    for mark in sorted(inside, key=lambda mark: float(middle.distance(Point(mark[1:])))):
        if len(kept) < MOST_LANDMARKS and all(abs(mark[2] - other[2]) > height / 14 for other in kept):
            kept.append(mark)
    return kept


def _mark(name: str, x: float, y: float, wide: float, side: float) -> str:
    """A dot and its name, on the side of it where there is room."""
    size, left = side / 24, x > wide / 2
    return (
        f'<circle cx="{x:.0f}" cy="{y:.0f}" r="{size / 3:.1f}" fill="{MUTED}"/>'
        f'<text x="{x - size * 0.6 if left else x + size * 0.6:.0f}" y="{y + size / 3:.0f}" fill="{INK}" '
        f'font-size="{size:.1f}" text-anchor="{"end" if left else "start"}" stroke="{PAPER}" '
        f'stroke-width="{size / 4:.1f}" paint-order="stroke" stroke-linejoin="round">{escape(name)}</text>'
    )
