"""Draws one place for paper: its cells over all the roads around it, with the landmarks one finds it by."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape, quoteattr

import shapely
from shapely.geometry import Point
from shapely.geometry.base import BaseGeometry

from geo.grid import polygon

INK, MUTED, ROAD, GROUND, PAPER = "#1b2a3a", "#56636f", "#b9c1c8", "#f4f6f8", "#ffffff"
AROUND = 350.0
"""Metres seen on every side of the place."""
MOST_LANDMARKS = 4


@dataclass(frozen=True)
class Surroundings:
    """The roads and the landmarks (name and point) around a place, in metres of EPSG:25832."""

    roads: Sequence[BaseGeometry] = ()
    landmarks: Sequence[tuple[str, Point]] = ()


def window(cells: Sequence[str], aspect: float = 1.0) -> tuple[float, float, float, float]:
    """What is seen of a place, `aspect` times as wide as it is high: west, south, east, north in EPSG:25832."""
    west, south, east, north = shapely.union_all([polygon(cell) for cell in cells]).bounds
    half = max(north - south, (east - west) / aspect) / 2 + AROUND
    x, y = (west + east) / 2, (south + north) / 2
    return x - aspect * half, y - half, x + aspect * half, y + half


def place_svg(
    cells: Sequence[str], colours: Mapping[str, str], around: Surroundings, font: str, aspect: float = 1.0
) -> str:
    """Return an SVG of a place with north up; `colours` are the fills (`#rrggbb`) of the cells that have one."""
    west, south, east, north = window(cells, aspect)
    wide, side = east - west, north - south
    frame = shapely.box(west, south, east, north)
    unit = side / 100  # everything but the roads' course is drawn in hundredths of the picture's height

    def path(shape: BaseGeometry) -> str:
        rings = [ring for part in shapely.get_parts(shape) for ring in (part.exterior, *part.interiors)]
        return "".join(f"M{_points(ring.coords[:-1], west, north)}Z" for ring in rings)

    lines = [part for road in around.roads for part in shapely.get_parts(shapely.intersection(road, frame))]
    roads = "".join(f"M{_points(line.coords, west, north)}" for line in lines if line.geom_type == "LineString")
    fills = "".join(
        f"<path fill={quoteattr(colour)} d={quoteattr(path(polygon(cell)))}/>"
        for cell, colour in colours.items()
        if polygon(cell).intersects(frame)
    )
    outline = path(shapely.union_all([polygon(cell) for cell in cells]))
    marks = "".join(_mark(name, at.x - west, north - at.y, wide, side) for name, at in _apart(around, frame))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {wide:.0f} {side:.0f}" font-family={quoteattr(font)}>'
        f'<rect width="{wide:.0f}" height="{side:.0f}" fill="{GROUND}"/>'
        f'<path fill="none" stroke="{ROAD}" stroke-width="{unit:.1f}" d="{roads}"/>'
        f'<g fill-opacity="0.55">{fills}</g>'
        f'<path fill="none" stroke="{PAPER}" stroke-width="{2.4 * unit:.1f}" d="{outline}"/>'
        f'<path fill="none" stroke="{INK}" stroke-width="{1.2 * unit:.1f}" d="{outline}"/>'
        f"{marks}</svg>"
    )


def _points(points: Sequence[tuple[float, ...]], west: float, north: float) -> str:
    return " ".join(f"{point[0] - west:.0f},{north - point[1]:.0f}" for point in points)


def _apart(around: Surroundings, frame: BaseGeometry) -> list[tuple[str, Point]]:
    """The landmarks nearest the middle whose names do not run into each other."""
    height = frame.bounds[3] - frame.bounds[1]
    inside = (mark for mark in around.landmarks if frame.contains(mark[1]))
    kept: list[tuple[str, Point]] = []
    for name, at in sorted(inside, key=lambda mark: float(mark[1].distance(frame.centroid))):
        clear = all(abs(at.y - other.y) > height / 14 for _, other in kept)
        if clear and len(kept) < MOST_LANDMARKS:
            kept.append((name, at))
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
