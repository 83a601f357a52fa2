"""Areas in the classes of a map, on paper: fills, hatching, dashed outlines and names, with north up."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import shapely
from shapely.geometry.base import BaseGeometry

from drawings.palette import LIGHT, map_colours
from reports.document import AreaMap
from reports.drawings import svg

MARGIN = 8.0  # points around what fills the map
COARSE = 0.35  # points: the least detail that is worth drawing
NEAR = 8
_HATCH = (
    '<defs><pattern id="hatch" patternUnits="userSpaceOnUse" width="4" height="4" patternTransform="rotate(45)">'
    '<rect width="1.2" height="4" fill="#ffffff"/></pattern></defs>'
)
WIDE = 70.0  # points: an area as wide as this has its name inside


class Frame(NamedTuple):
    """How metres become points."""

    west: float
    north: float
    scale: float

    def ring(self, shape: BaseGeometry) -> str:
        """A shape as the d of an SVG path."""
        coarse = shape.simplify(COARSE / self.scale)
        parts = []
        for part in getattr(coarse, "geoms", [coarse]):
            for ring in (part.exterior, *part.interiors):
                points = " ".join("{:.1f},{:.1f}".format(*self.point(x, y)) for x, y in list(ring.coords)[:-1])
                parts.append(f"M{points}Z")
        return "".join(parts)

    def point(self, easting: float, northing: float) -> tuple[float, float]:
        """A point in metres as one in points from the upper left corner."""
        return (easting - self.west) * self.scale, (self.north - northing) * self.scale


def area_map_svg(drawn: AreaMap, width: float, height: float) -> str:
    """Draw the map in a frame of points."""
    frame = framed([drawn.shapes.get(area, drawn.ground.get(area)) for area in drawn.focus], width, height)
    view = shapely.box(frame.west, frame.north - height / frame.scale, frame.west + width / frame.scale, frame.north)
    colours = map_colours(drawn.words.scale)
    ground = {area: shape.intersection(view) for area, shape in drawn.ground.items() if shape.intersects(view)}
    parts = [f'<rect width="{width:.1f}" height="{height:.1f}" fill="{LIGHT.surface}"/>', _HATCH]
    parts += [
        f'<path d="{frame.ring(shape)}" fill="{LIGHT.paper}" stroke="{LIGHT.faint}" stroke-width="0.7"/>'
        for area, shape in ground.items()
        if area not in drawn.shapes
    ]
    for area, shape in drawn.shapes.items():
        mark = drawn.words.marks[area]
        fill = "none" if mark.class_index is None else colours[drawn.words.colours[mark.class_index]]
        edge, dash = (LIGHT.muted if mark.class_index is None else LIGHT.ink), ' stroke-dasharray="2 1.2"'
        parts.append(f'<path d="{frame.ring(shape)}" fill="{fill}"/>')
        if mark.hatched:
            parts.append(f'<path d="{frame.ring(shape)}" fill="url(#hatch)"/>')
        parts.append(
            f'<path d="{frame.ring(shape)}" fill="none" stroke="{edge}" stroke-width="0.8"'
            f"{dash if area not in drawn.ground else ''}/>"
        )
    parts += [_name(name) for name in placed_names(drawn, frame, width, height)]
    return svg.page(width, height, parts)


def framed(shapes: Sequence[BaseGeometry | None], width: float, height: float) -> Frame:
    """The frame of points that holds the shapes in its middle."""
    west, south, east, north = shapely.union_all([shape for shape in shapes if shape is not None]).bounds
    scale = min((width - 2 * MARGIN) / (east - west), (height - 2 * MARGIN) / (north - south))
    return Frame((west + east) / 2 - width / scale / 2, (south + north) / 2 + height / scale / 2, scale)


class Name(NamedTuple):
    """A name of the map where there is room for it; `tied_to` is the point of its area where it stands far from it."""

    words: str
    x: float
    y: float
    of_figure: bool
    tied_to: tuple[float, float] | None


def placed_names(drawn: AreaMap, frame: Frame, width: float, height: float, size: float = svg.SIZE) -> Iterator[Name]:
    """Give names of areas beside or in them, then of the ground wherever there is room left; `size` is of the type."""
    boxes = {area: _box(frame, shape) for area, shape in drawn.shapes.items()}
    small = [box for box in boxes.values() if box[2] - box[0] < WIDE]
    taken: list[BaseGeometry] = [shapely.box(*box).buffer(-1) for box in small]
    for area, (left, top, right, bottom) in boxes.items():
        words = drawn.names[area]
        across = svg.width_of(words, size) * 1.08
        middle = frame.point(*drawn.shapes[area].representative_point().coords[0])
        inside = [(middle[0] - across / 2, middle[1])] if right - left > max(WIDE, across) else []
        tries = [*inside, *_around(left, top, right, bottom, across, size)]
        spot = _free(tries, across, size, taken, width, height)
        if spot is None:
            continue
        x, y = spot
        far = tries.index(spot) >= len(inside) + NEAR
        yield Name(words, x, y, True, middle if far else None)
    view = shapely.box(frame.west, frame.north - height / frame.scale, frame.west + width / frame.scale, frame.north)
    for area, shape in drawn.ground.items():
        if area in drawn.shapes or not shape.intersects(view):
            continue
        words = drawn.names[area]
        across = svg.width_of(words, size)
        points = [frame.point(*spot.coords[0]) for spot in _spots(shape.intersection(view))]
        spot = _free([(x - across / 2, y) for x, y in points], across, size, taken, width, height)
        if spot is not None:
            yield Name(words, *spot, False, None)


def _around(
    left: float, top: float, right: float, bottom: float, across: float, size: float
) -> list[tuple[float, float]]:
    """Places for a name around a box, the nearest first, `NEAR` of them so near that the name needs no line."""
    middle, centre = (top + bottom) / 2, (left + right) / 2 - across / 2
    found = []
    for away in (4, 13, 24, 36):
        up, down = top - away - size / 8, bottom + away + size / 4
        found += [
            (right + away, middle),
            (left - away - across, middle),
            (centre, up),
            (centre, down),
            (right + away / 2, up),
            (right + away / 2, down),
            (left - away / 2 - across, up),
            (left - away / 2 - across, down),
        ]
    return found


def _name(name: Name) -> str:
    across = svg.width_of(name.words) * 1.08
    tie = ""
    if name.tied_to:
        near = min(max(name.tied_to[0], name.x), name.x + across)
        tie = svg.line(*name.tied_to, near, name.y, LIGHT.muted, 0.6)
    colour = LIGHT.ink if name.of_figure else LIGHT.muted
    return tie + svg.text(name.words, name.x, name.y + 2.6, colour=colour, bold=name.of_figure, halo=True)


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
    tries: Sequence[tuple[float, float]],
    across: float,
    size: float,
    taken: list[BaseGeometry],
    width: float,
    height: float,
) -> tuple[float, float] | None:
    """The first place where words stand within the frame and on no other words."""
    up = size * 2 / 3
    for x, y in tries:
        room = shapely.box(x - 1, y - up, x + across + 1, y + up)
        inside = x >= 2 and x + across <= width - 2 and up <= y <= height - up
        if inside and not any(room.intersects(each) for each in taken):
            taken.append(room)
            return x, y
    return None
