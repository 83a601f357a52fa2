"""Finds which outline holds each of many points: ten million in seconds."""

from collections.abc import Sequence

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

NOWHERE = -1
_TO_BE_TRIED = -2
MOST_SQUARES = 4_000_000
"""Squares of the lookup at most; beyond them the squares become larger."""

Metres = NDArray[np.float64]


class Locator:
    """Outlines laid under a lookup of squares, so that only points near an edge are tried against an outline.

    Outlines are polygons in metres of EPSG:25832. Where two of them overlap the earlier one holds the point; a point on
    an edge lies inside.
    """

    def __init__(self, outlines: Sequence[BaseGeometry], side: float = 100.0) -> None:
        """Lay squares of `side` metres over the outlines; raises ValueError where there is no outline."""
        if not outlines:
            raise ValueError("outlines is empty; allowed is one outline or more")
        self.outlines = list(outlines)
        shapely.prepare(self.outlines)
        self._bounds = shapely.bounds(np.array(self.outlines, dtype=object))
        west, south = self._bounds[:, :2].min(axis=0)
        east, north = self._bounds[:, 2:].max(axis=0)
        self._side = max(side, float(np.sqrt((east - west) * (north - south) / MOST_SQUARES)))
        self._west, self._south = np.floor(west / self._side), np.floor(south / self._side)
        rows = int(np.floor(north / self._side) - self._south) + 1
        columns = int(np.floor(east / self._side) - self._west) + 1
        self._squares = np.full((rows, columns), NOWHERE, dtype=np.int32)
        for number in range(len(self.outlines)):
            self._lay(number)

    def _lay(self, number: int) -> None:
        """Mark the squares that an outline fills, and those that its edge passes through."""
        side, outline = self._side, self.outlines[number]
        west, south, east, north = self._bounds[number]
        columns = np.arange(np.floor(west / side), np.floor(east / side) + 1)
        rows = np.arange(np.floor(south / side), np.floor(north / side) + 1)
        across, up = np.meshgrid(columns * side, rows * side)
        squares = shapely.box(across, up, across + side, up + side)
        edge = outline.boundary
        shapely.prepare(edge)
        touched = shapely.intersects(edge, squares)
        filled = shapely.contains_xy(outline, across + side / 2, up + side / 2) & ~touched
        at = np.ix_((rows - self._south).astype(int), (columns - self._west).astype(int))
        part = self._squares[at]
        part[filled & (part == NOWHERE)] = number
        part[touched & (part == NOWHERE)] = _TO_BE_TRIED
        # An earlier outline that fills a square keeps it; beneath two edges, and beneath an edge and a later whole, the
        # point decides.
        self._squares[at] = part

    def locate(self, easting: Metres, northing: Metres) -> NDArray[np.int32]:
        """Return the number of the outline that holds each point, `NOWHERE` where none does (NaN: nowhere)."""
        positions = np.full(easting.shape, NOWHERE, dtype=np.int32)
        column, row = np.floor(easting / self._side) - self._west, np.floor(northing / self._side) - self._south
        rows, columns = self._squares.shape
        near = (column >= 0) & (column < columns) & (row >= 0) & (row < rows)  # False for NaN
        positions[near] = self._squares[row[near].astype(int), column[near].astype(int)]
        tried = np.flatnonzero(positions == _TO_BE_TRIED)
        positions[tried] = NOWHERE
        for number, (west, south, east, north) in enumerate(self._bounds):
            if not len(tried):
                break
            x, y = easting[tried], northing[tried]
            boxed = np.flatnonzero((x >= west) & (x <= east) & (y >= south) & (y <= north))
            inside = boxed[shapely.intersects_xy(self.outlines[number], x[boxed], y[boxed])]
            positions[tried[inside]] = number
            tried = np.delete(tried, inside)
        return positions
