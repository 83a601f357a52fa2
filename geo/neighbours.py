"""Which areas are neighbours: those that touch, or lie within so many metres of each other."""

import geopandas
import numpy as np
import shapely

_METRES = 25832
TOUCH = 0.05
"""Areas this close, in metres, touch: shared corners come back from degrees a few millimetres apart."""


def neighbours(
    areas: geopandas.GeoDataFrame, distance: float = 0.0, key: str = "area_id"
) -> dict[str, tuple[str, ...]]:
    """Return the neighbours of each area, by key, in alphabetical order; an area is never its own neighbour.

    `areas` has one polygon a row, a column `key` with different values, and a projection. `distance` is in
    metres between the nearest points of two outlines (EPSG:25832); at 0 the areas must touch, at a corner if
    nothing else. Overlapping areas are neighbours at every distance. The relation is symmetric, and every
    area has an entry, if an empty one.

    Raises ValueError where `distance` is negative or no number, where `areas` has no projection, or where a
    key is repeated.
    """
    if not (distance >= 0 and np.isfinite(distance)):
        raise ValueError(f"distance is {distance!r}; allowed are 0 and upwards, in metres")
    if areas.crs is None:
        raise ValueError("areas has no projection; set one with set_crs")
    names = areas[key].astype(str)
    if names.duplicated().any():
        raise ValueError(f"{key} is {names[names.duplicated()].iloc[0]!r} more than once; allowed is once each")
    shapes = areas.geometry.to_crs(_METRES).to_numpy()
    one, other = shapely.STRtree(shapes).query(shapes, predicate="dwithin", distance=max(distance, TOUCH))
    touching: dict[str, set[str]] = {name: set() for name in names}
    for left, right in zip(one, other, strict=True):
        if left != right:
            touching[names.iloc[left]].add(names.iloc[right])
    return {name: tuple(sorted(near)) for name, near in touching.items()}
