"""Areas in the classes of a map: fills, hatching, dashed outlines and names, with north up."""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple, Protocol

import shapely
from shapely.geometry.base import BaseGeometry

from drawings.model import (
    SMALL,
    Area,
    Bar,
    Drawing,
    Legend,
    Line,
    Margin,
    Mark,
    Points,
    Stop,
    Text,
    Twin,
    text_width,
)
from drawings.palette import map_pairs
from drawings.words import APPROXIMATE, MISSING, OUTLINED

INSET = 12.0  # px around what fills the map
COARSE = 0.5  # px: the least detail that is worth drawing
NEAR = 8
SLIVER = 0.03
"""An area of which no larger part is within the frame is not named."""
WIDE = 110.0  # px: an area as wide as this has its name inside
ROOM = 1.08  # bold names are a little wider


class AreaShade(Protocol):
    """How one area is drawn: its class (None: no figure), whether hatched, what it says, and whether it is missing."""

    @property
    def class_index(self) -> int | None: ...  # noqa: D102
    @property
    def hatched(self) -> bool: ...  # noqa: D102
    @property
    def text(self) -> str: ...  # noqa: D102
    @property
    def missing(self) -> bool: ...  # noqa: D102


class Reading(Protocol):
    """A map in words, as `MapWords` of the views holds it."""

    @property
    def marks(self) -> Mapping[str, AreaShade]: ...  # noqa: D102
    @property
    def scale(self) -> str: ...  # noqa: D102
    @property
    def classes(self) -> tuple[str, ...]: ...  # noqa: D102
    @property
    def colours(self) -> tuple[int, ...]: ...  # noqa: D102
    @property
    def legend(self) -> str: ...  # noqa: D102
    @property
    def hatched(self) -> str: ...  # noqa: D102
    @property
    def note(self) -> str: ...  # noqa: D102
    @property
    def sentence(self) -> str: ...  # noqa: D102


Shapes = Mapping[str, BaseGeometry]


def area_map(
    words: Reading,
    shapes: Shapes,
    ground: Shapes,
    names: Mapping[str, str],
    focus: Sequence[str],
    *,
    width: float = 640.0,
    height: float = 360.0,
) -> Drawing:
    """Draw areas in the classes of a map, `width` × `height` px, with its legend.

    `shapes` (with figures) and `ground` (beneath) are outlines in EPSG:25832 by area_id, `names` the name of every
    area in either, `focus` the areas of either that fill the map. An area that is not in `ground` has an approximate
    outline, which is dashed.
    """
    frame = framed([shapes.get(area, ground.get(area)) for area in focus], width, height)
    view = shapely.box(frame.west, frame.north - height / frame.scale, frame.west + width / frame.scale, frame.north)
    colours = map_pairs(words.scale, len(words.classes))
    marks: list[Mark] = [Bar("bund", 0, 1, 0, height, "surface")]
    seen = {area: shape.intersection(view) for area, shape in ground.items() if shape.intersects(view)}
    marks += [
        Area(names.get(area, area), frame.rings(shape, width), "paper", edge="faint")
        for area, shape in seen.items()
        if area not in shapes
    ]
    stops = []
    for area, shape in shapes.items():
        mark = words.marks[area]
        part = shape.intersection(view)
        if part.is_empty:
            continue
        fill = "" if mark.class_index is None else colours[words.colours[mark.class_index]]
        marks.append(
            Area(
                names[area],
                frame.rings(part, width),
                fill,
                edge="muted" if mark.class_index is None else "ink",
                edge_width=1.2,
                dash="" if area in ground else "3 2",
                hatched=mark.hatched,
                dotted=mark.missing,
            )
        )
        x, y = frame.point(*part.representative_point().coords[0])
        stops.append(Stop(x / width, y, f"{names[area]}\n{mark.text}".strip(), area))
    placed = list(placed_names(shapes, ground, names, frame, width, height))
    marks += [
        Line("tråd", ((name.tied_to[0] / width, name.tied_to[1]), (name.end / width, name.y)), "muted")
        for name in placed
        if name.tied_to
    ]
    marks += [
        Text("navn", (name.words,), name.x / width, name.y, colour="ink" if name.of_figure else "muted",
             bold=name.of_figure, halo=True)
        for name in placed
    ]  # fmt: skip
    return Drawing(
        "map",
        height,
        Margin(0, 0, 0, 0),
        tuple(marks),
        stops=tuple(stops),
        sentence=words.sentence,
        twin=Twin(("Område", "Tal"), tuple((names[area], words.marks[area].text) for area in shapes)),
        legend=legend(words, shapes, ground),
        width=width,
    )


def legend(words: Reading, shapes: Shapes, ground: Shapes) -> Legend:
    """What the colours mean, and each way of drawing that the map uses."""
    colours = map_pairs(words.scale, len(words.classes))
    rows = [
        (colours[class_index], "", words_of) for class_index, words_of in zip(words.colours, words.classes, strict=True)
    ]
    if any(mark.hatched for mark in words.marks.values()):
        rows.append(("", "hatched", words.hatched))
    if any(mark.missing for mark in words.marks.values()):
        rows.append(("", "missing", MISSING))
    if any(mark.class_index is None and not mark.missing for mark in words.marks.values()):
        rows.append(("", "outlined", OUTLINED))
    if any(area not in ground for area in shapes):
        rows.append(("", "dashed", APPROXIMATE))
    return Legend(words.legend, tuple(rows), words.note)


class Frame(NamedTuple):
    """How metres become px."""

    west: float
    north: float
    scale: float

    def rings(self, shape: BaseGeometry, width: float) -> tuple[Points, ...]:
        """A shape as rings of (part across, px down)."""
        coarse = shape.simplify(COARSE / self.scale)
        closed = []
        for part in getattr(coarse, "geoms", [coarse]):
            if part.geom_type == "Polygon" and not part.is_empty:
                for ring in (part.exterior, *part.interiors):
                    points = (self.point(x, y) for x, y in list(ring.coords)[:-1])
                    closed.append(tuple((x / width, y) for x, y in points))
        return tuple(closed)

    def point(self, easting: float, northing: float) -> tuple[float, float]:
        """A point in metres as one in px from the upper left corner."""
        return (easting - self.west) * self.scale, (self.north - northing) * self.scale

    def line(self, across: float, down: float, length: float) -> shapely.LineString:
        """A level line of px, in metres: what a name stands on."""
        return shapely.LineString([self.place(across, down), self.place(across + length, down)])

    def place(self, across: float, down: float) -> shapely.Point:
        """The point in metres of one in px."""
        return shapely.Point(self.west + across / self.scale, self.north - down / self.scale)


def framed(shapes: Sequence[BaseGeometry | None], width: float, height: float) -> Frame:
    """The frame that holds the shapes in its middle."""
    west, south, east, north = shapely.union_all([shape for shape in shapes if shape is not None]).bounds
    scale = min((width - 2 * INSET) / (east - west), (height - 2 * INSET) / (north - south))
    return Frame((west + east) / 2 - width / scale / 2, (south + north) / 2 + height / scale / 2, scale)


class Name(NamedTuple):
    """A name of the map where there is room for it; `tied_to` is the point of its area where it stands far from it."""

    words: str
    x: float
    y: float
    of_figure: bool
    tied_to: tuple[float, float] | None

    @property
    def end(self) -> float:
        """Where the thread to its area meets the name."""
        across = text_width(self.words, SMALL) * ROOM
        return min(max(self.tied_to[0], self.x), self.x + across) if self.tied_to else self.x


def placed_names(
    shapes: Shapes, ground: Shapes, names: Mapping[str, str], frame: Frame, width: float, height: float
) -> Iterator[Name]:
    """Give names of areas beside or in what is seen of them, then of the ground wherever there is room left."""
    view = shapely.box(frame.west, frame.north - height / frame.scale, frame.west + width / frame.scale, frame.north)
    seen = {area: shape.intersection(view) for area, shape in shapes.items()}
    seen = {area: part for area, part in seen.items() if part.area > SLIVER * shapes[area].area}
    boxes = {area: _box(frame, part) for area, part in seen.items()}
    inside = {area: _inside(frame, part, text_width(names[area], SMALL) * ROOM) for area, part in seen.items()}
    small = [boxes[area] for area, spots in inside.items() if not spots]
    taken: list[BaseGeometry] = [shapely.box(*box).buffer(-1) for box in small]
    for area, (left, top, right, bottom) in boxes.items():
        across = text_width(names[area], SMALL) * ROOM
        middle = frame.point(*seen[area].representative_point().coords[0])
        around = _around(left, top, right, bottom, across)
        others = shapely.union_all([part for other, part in seen.items() if other != area])
        # A name in another area would be taken for the name of that one.
        clear = [spot for spot in around if not others.contains(frame.place(spot[0] + across / 2, spot[1]))]
        spot = _free([*inside[area], *clear], across, taken, width, height)
        if spot is not None:
            yield Name(names[area], *spot, True, middle if spot in around[NEAR:] else None)
    for area, shape in ground.items():
        if area in shapes or not shape.intersects(view):
            continue
        across = text_width(names[area], SMALL)
        points = [frame.point(*spot.coords[0]) for spot in _spots(shape.intersection(view))]
        spot = _free([(x - across / 2, y) for x, y in points], across, taken, width, height)
        if spot is not None:
            yield Name(names[area], *spot, False, None)


def _inside(frame: Frame, part: BaseGeometry, across: float) -> list[tuple[float, float]]:
    """Where a name stands in what is seen of its area: whole, or across the middle of a wide one."""
    left, _, right, _ = _box(frame, part)
    if right - left <= across:
        return []
    spots = [frame.point(*spot.coords[0]) for spot in _spots(part)]
    whole = [(x - across / 2, y) for x, y in spots if part.contains(frame.line(x - across / 2, y, across))]
    middle = frame.point(*part.representative_point().coords[0])
    return [*whole, (middle[0] - across / 2, middle[1])] if right - left > WIDE else whole


def _around(left: float, top: float, right: float, bottom: float, across: float) -> list[tuple[float, float]]:
    """Places for a name around a box, the nearest first, `NEAR` of them so near that the name needs no line."""
    middle, centre = (top + bottom) / 2, (left + right) / 2 - across / 2
    points = []
    for away in (6, 20, 37, 55):
        up, down = top - away - SMALL / 8, bottom + away + SMALL / 4
        points += [
            (right + away, middle),
            (left - away - across, middle),
            (centre, up),
            (centre, down),
            (right + away / 2, up),
            (right + away / 2, down),
            (left - away / 2 - across, up),
            (left - away / 2 - across, down),
        ]
    return points


def _box(frame: Frame, shape: BaseGeometry) -> tuple[float, float, float, float]:
    west, south, east, north = shape.bounds
    return (*frame.point(west, north), *frame.point(east, south))


def _spots(shape: BaseGeometry) -> list[shapely.Point]:
    """Points inside a shape, its middle first."""
    west, south, east, north = shape.bounds
    grid = [
        shapely.Point(west + (east - west) * i / 6, south + (north - south) * j / 6)
        for j in range(1, 6)
        for i in range(1, 6)
    ]
    return [spot for spot in (shape.representative_point(), shape.centroid, *grid) if shape.contains(spot)]


def _free(
    tries: Sequence[tuple[float, float]], across: float, taken: list[BaseGeometry], width: float, height: float
) -> tuple[float, float] | None:
    """The first place where words stand within the frame and on no other words."""
    up = SMALL * 2 / 3
    for x, y in tries:
        room = shapely.box(x - 1, y - up, x + across + 1, y + up)
        inside = x >= 2 and x + across <= width - 2 and up <= y <= height - up
        if inside and not any(room.intersects(each) for each in taken):
            taken.append(room)
            return x, y
    return None
