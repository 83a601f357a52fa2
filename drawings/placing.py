"""Places labels so that none hides another: along one line, and beside points."""

import math
from collections.abc import Sequence

# Left, bottom, right and top in px.
Box = tuple[float, float, float, float]

# Where a label may stand: right, left or centred, and how far above (or below) its point, the best place first.
AWAY = (3, -3, 8, -8, 14, -14, 22, -22)
PLACES = tuple((side, away) for away in AWAY for side in (1, -1, 0) if side or abs(away) > 3)
BESIDE = 6
# Half a point with its edge.
POINT = 5.5


def beside(
    spots: Sequence[tuple[float, float]],
    sizes: Sequence[tuple[float, float]],
    taken: Sequence[Box],
    lines: Sequence[Box],
    room: tuple[float, float],
) -> list[tuple[int, float] | None]:
    """Find each point's label a place within `room` (width, height) that covers no point, label or `taken` box.

    `spots` are the points, `sizes` their labels' width and height, all in px from the lower left. Of the free
    places the one that crosses fewest of `lines` is taken. Gives side (1 right, −1 left, 0 centred) and how far the
    label's middle is above the point, or None where there is no place.
    """
    full = [*taken, *((x - POINT, y - POINT, x + POINT, y + POINT) for x, y in spots)]
    placed: list[tuple[int, float] | None] = []
    for (x, y), (width, height) in zip(spots, sizes, strict=True):
        best: tuple[int, int, float, Box] | None = None
        for side, away in PLACES:
            rise = math.copysign(abs(away) + height / 2, away)
            start = x + (BESIDE if side > 0 else -BESIDE - width if side < 0 else -width / 2)
            box = (start, y + rise - height / 2, start + width, y + rise + height / 2)
            inside = box[0] >= 0 and box[2] <= room[0] and box[1] >= 0 and box[3] <= room[1]
            if not inside or any(_overlap(box, other) for other in full):
                continue
            crossed = sum(_overlap(box, line) for line in lines)
            if best is None or crossed < best[0]:
                best = (crossed, side, rise, box)
        if best is None:
            placed.append(None)
        else:
            full.append(best[3])
            placed.append((best[1], best[2]))
    return placed


def _overlap(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def spread(positions: Sequence[float], heights: Sequence[float]) -> list[float]:
    """Move labels apart on one line so that none overlaps, each as near its own place as that allows.

    `positions` are the wished centres and `heights` the room each label takes, both in px. Overlapping neighbours
    become a block that is centred on the mean of what its members wished.
    """
    order = sorted(range(len(positions)), key=lambda item: positions[item])
    blocks: list[tuple[list[int], float, float]] = []  # members, centre, height
    for item in order:
        members, centre, height = [item], positions[item], heights[item]
        while blocks and blocks[-1][1] + blocks[-1][2] / 2 > centre - height / 2:
            before, before_centre, before_height = blocks.pop()
            centre = (before_centre * len(before) + centre * len(members)) / (len(before) + len(members))
            members, height = before + members, before_height + height
        blocks.append((members, centre, height))
    placed = [0.0] * len(positions)
    for members, centre, height in blocks:
        edge = centre - height / 2
        for item in members:
            placed[item] = edge + heights[item] / 2
            edge += heights[item]
    return placed
