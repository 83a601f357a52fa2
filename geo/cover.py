"""Lays the Danish square grid over an outline."""

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from geo.grid import cell_of

Metres = NDArray[np.float64]


def cells_over(outline: BaseGeometry, size: int) -> list[str]:
    """Return the cells of `size` metres whose centre lies inside the outline (EPSG:25832), from south to north.

    Raises ValueError as `geo.grid.cell_of` does, for a size that is none of the grid's and an outline outside it.
    """
    return list(cell_of(*centres_over(outline, size), size))


def centres_over(outline: BaseGeometry, size: int) -> tuple[Metres, Metres]:
    """Return easting and northing of the centres of those cells, in the same order."""
    west, south, east, north = (int(edge // size) for edge in outline.bounds)
    columns, rows = np.meshgrid(np.arange(west, east + 1), np.arange(south, north + 1))
    easting, northing = (columns.ravel() + 0.5) * size, (rows.ravel() + 0.5) * size
    inside = shapely.contains_xy(outline, easting, northing)
    return easting[inside], northing[inside]
