"""How tall a map is: no taller than the areas it is drawn around need, so that little else is in it."""

import math
from collections.abc import Collection

import shapely

from data.release import Release

HEIGHTS = (350, 380, 460, 520)
"""The heights that pages keep room for (style.css); the first two are less on a phone too (map.js)."""
ACROSS = 530
"""What a map beside its figures has for the areas across, in px: its buttons and edges taken off."""
EDGES = 40


def height_for(release: Release, focus: Collection[str], most: int) -> int:
    """The least of the heights that `focus` (area ids) needs to fill the map across, and no more than `most`."""
    what = ("height of a map", tuple(sorted(focus)), most)
    return release.get_or_make(what, lambda: _height(release, focus, most))


def _height(release: Release, focus: Collection[str], most: int) -> int:
    areas = release.areas
    drawn = areas.loc[areas["area_id"].isin(set(focus)) & areas["geometry"].notna(), "geometry"]
    if drawn.empty:
        return most
    west, south, east, north = shapely.total_bounds(shapely.from_wkb(drawn.to_numpy()))
    across = (east - west) * math.cos(math.radians((south + north) / 2))
    needed = ACROSS * (north - south) / across + EDGES if across else most
    return min(next((each for each in HEIGHTS if each >= needed), most), most)
