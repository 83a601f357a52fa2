"""Where places were kept, moved, gone or new: a mark for each by shape and filling, numbered as in the list."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import shapely
from shapely.geometry.base import BaseGeometry

from drawings.area_map import INSET, Frame, framed
from drawings.model import Area, Bar, Drawing, Line, Margin, Mark, Stop, Symbol, Text

MARKS = {
    "new": ("triangle-up", "worse", "ink"),
    "moved": ("diamond", "primary", "ink"),
    "kept": ("square", "muted", "ink"),
    "gone": ("triangle-down", "better", "ink"),
    "unsure_new": ("triangle-up", "paper", "muted"),
    "unsure_gone": ("triangle-down", "paper", "muted"),
}
"""Shape, fill and edge of each verdict: the certain are filled, so that nothing is told by colour alone."""
SIZE, NUMBER = 13.0, 12.5
HIGHEST = 460.0
FROM = "muted"


class MoveMark(NamedTuple):
    """One place: its number in the list, its verdict, its words, and where it is and was (metres; None: nowhere)."""

    number: int
    verdict: str
    words: str
    at: tuple[float, float]
    former: tuple[float, float] | None = None


def moves_map(
    outlines: Sequence[BaseGeometry],
    roads: Sequence[BaseGeometry],
    marks: Sequence[MoveMark],
    *,
    sentence: str,
    caption: Sequence[str] = (),
    width: float = 520.0,
) -> Drawing:
    """Draw places over municipalities and main roads, all in metres of EPSG:25832, `width` px and as high as it takes.

    A place that moved has a dashed line from where it was. Raises ValueError where there is no outline.
    """
    if not outlines:
        raise ValueError("there is no outline to draw places over")
    west, south, east, north = shapely.union_all(list(outlines)).bounds
    height = min(HIGHEST, (width - 2 * INSET) * (north - south) / (east - west) + 2 * INSET)
    frame = framed(outlines, width, height)
    drawn: list[Mark] = [Bar("bund", 0, 1, 0, height, "surface")]
    drawn += [Area("kommune", frame.rings(shape, width), "paper", edge="muted", edge_width=1.2) for shape in outlines]
    drawn += _roads(roads, shapely.union_all(list(outlines)), frame, width)
    stops = []
    for mark in sorted(marks, key=lambda each: each.verdict.startswith("unsure"), reverse=True):
        x, y = frame.point(*mark.at)
        if mark.former is not None and mark.verdict == "moved":
            x0, y0 = frame.point(*mark.former)
            drawn.append(Line("flyttet fra", ((x0 / width, y0), (x / width, y)), FROM, 1.8, "4 3"))
            drawn.append(Symbol("var her", x0 / width, y0, "circle", 7, "paper", FROM, 1.5))
        shape, fill, edge = MARKS[mark.verdict]
        drawn.append(Symbol("sted", x / width, y, shape, SIZE, fill, edge, 1.5))
        near_edge = x > width - 40
        drawn.append(
            Text("nummer", (str(mark.number),), x / width, y, dx=-10 if near_edge else 10, size=NUMBER, bold=True,
                 anchor="end" if near_edge else "start", halo=True)
        )  # fmt: skip
        stops.append(Stop(x / width, y, f"{mark.number}. {mark.words}"))
    stops.sort(key=lambda stop: int(stop.text.partition(".")[0]))
    return Drawing("map", height, Margin(0, 0, 0, 0), tuple(drawn), stops=tuple(stops), sentence=sentence,
                   caption=tuple(caption), width=width)  # fmt: skip


def _roads(roads: Sequence[BaseGeometry], inside: BaseGeometry, frame: Frame, width: float) -> Iterator[Mark]:
    for road in roads:
        cut = shapely.simplify(road.intersection(inside), 0.8 / frame.scale)
        for part in getattr(cut, "geoms", [cut]):
            if part.geom_type == "LineString" and not part.is_empty:
                points = (frame.point(*each) for each in part.coords)
                yield Line("vej", tuple((x / width, y) for x, y in points), "faint", 1.0)
