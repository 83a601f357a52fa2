"""Where the insecure places are: numbered marks by state, each in its square of 100 m, over streets and outline."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import shapely
from shapely.geometry.base import BaseGeometry

from drawings.area_map import Frame
from drawings.model import Area, Bar, Drawing, Line, Margin, Mark, Points, Stop, Symbol, Text

SHAPES = {"åben": ("circle", "worse"), "i gang": ("square", "primary"), "udført": ("diamond", "better")}
"""The mark and colour of each state: shape and colour say the same, so that neither has to be seen alone."""
MARK, DOT = 22.0, 9.0
NUMBERED_FROM = 0.22
"""Px a metre from which there is room for a number on each place and for its square."""
INSET = 12.0
NAME = 12.5
ABREAST = 3
"""So many marks of one square stand beside each other before the next row."""
ROAD_WIDTHS = (2.4, 2.0, 1.6, 1.0, 0.8)
SPECK = 2.0
"""Px that a piece of road is at least long to be drawn."""


class PlaceMark(NamedTuple):
    """One place: its number in the list, its state, what it is, and the middle of its square in metres."""

    number: int
    state: str
    words: str
    easting: float
    northing: float


def place_map(
    outlines: Sequence[BaseGeometry],
    roads: Sequence[tuple[int, BaseGeometry]],
    marks: Sequence[PlaceMark],
    *,
    sentence: str,
    landmarks: Sequence[tuple[str, float, float]] = (),
    width: float = 520.0,
    height: float = 400.0,
) -> Drawing:
    """Draw places over outlines and roads (rank, line), all in metres of EPSG:25832, `width` × `height` px.

    Where the map is too coarse for numbers, a place is a small mark without one, and its square is left out.
    """
    squares = [shapely.box(m.easting - 50, m.northing - 50, m.easting + 50, m.northing + 50) for m in marks]
    frame = _frame([*outlines, *squares], width, height)
    near = frame.scale >= NUMBERED_FROM
    drawn: list[Mark] = [Bar("bund", 0, 1, 0, height, "surface")]
    drawn += [Area("område", frame.rings(shape, width), "paper", edge="muted", edge_width=1.2) for shape in outlines]
    for rank in sorted({rank for rank, _ in roads}, reverse=True):  # the widest on top
        drawn += _roads(rank, [road for other, road in roads if other == rank], frame, width, height)
    if near:
        drawn += [Area("kvadrat", frame.rings(square, width), "neutral", 0.22) for square in squares]
        drawn += _names(landmarks, frame, width, height)
    stops = []
    for mark, (x, y) in zip(marks, _spread(marks, frame, near), strict=True):
        shape, colour = SHAPES[mark.state]
        drawn.append(Symbol("sted", x / width, y, shape, MARK if near else DOT, colour, "paper", 1.5))
        if near:
            drawn.append(
                Text("nummer", (str(mark.number),), x / width, y, anchor="middle", size=13.0, colour="paper", bold=True)
            )
        stops.append(Stop(x / width, y, f"{mark.number}. {mark.words}"))
    note = "Hvert sted ligger i sit grå kvadrat på 100 m." if near and marks else ""
    return Drawing("map", height, Margin(0, 0, 0, 0), tuple(drawn), stops=tuple(stops), sentence=sentence,
                   caption=(note,) if note else (), width=width)  # fmt: skip


def _frame(shapes: Sequence[BaseGeometry], width: float, height: float) -> Frame:
    west, south, east, north = shapely.union_all(list(shapes)).bounds
    scale = min((width - 2 * INSET) / max(east - west, 1), (height - 2 * INSET) / max(north - south, 1))
    return Frame((west + east) / 2 - width / scale / 2, (south + north) / 2 + height / scale / 2, scale)


def _roads(rank: int, roads: Sequence[BaseGeometry], frame: Frame, width: float, height: float) -> Iterator[Mark]:
    """The roads of a class, pieces that meet joined into one line; what would be a speck is left out."""
    view = shapely.box(frame.west, frame.north - height / frame.scale, frame.west + width / frame.scale, frame.north)
    joined = shapely.line_merge(shapely.union_all([road.intersection(view) for road in roads]))
    cut = shapely.simplify(joined, 0.6 / frame.scale)
    for part in getattr(cut, "geoms", [cut]):
        if part.geom_type == "LineString" and part.length * frame.scale >= SPECK:
            points: Points = tuple((x / width, y) for x, y in (frame.point(*each) for each in part.coords))
            yield Line("vej", points, "faint", ROAD_WIDTHS[rank], "3 2" if rank == len(ROAD_WIDTHS) - 1 else "")


def _names(landmarks: Sequence[tuple[str, float, float]], frame: Frame, width: float, height: float) -> Iterator[Mark]:
    for name, easting, northing in landmarks:
        x, y = frame.point(easting, northing)
        if 0 < x < width - 60 and 8 < y < height - 8:
            yield Symbol("kending", x / width, y, "circle", 5, "muted")
            yield Text("kending", (name,), x / width, y, dx=6, size=NAME, colour="muted", halo=True)


def _spread(marks: Sequence[PlaceMark], frame: Frame, near: bool) -> list[tuple[float, float]]:
    """Where each mark stands in px: beside each other where several share a square."""
    step = (MARK if near else DOT) + 1
    seen: dict[tuple[float, float], int] = {}
    spread = []
    for mark in marks:
        x, y = frame.point(mark.easting, mark.northing)
        turn = seen.get((mark.easting, mark.northing), 0)
        seen[mark.easting, mark.northing] = turn + 1
        spread.append((x + step * (turn % ABREAST), y + step * (turn // ABREAST)))
    return spread
