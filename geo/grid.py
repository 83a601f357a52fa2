"""The Danish square grid (Det Danske Kvadratnet, DDKN): ids, squares, parents and neighbours.

The grid is laid out in EPSG:25832 (ETRS89 / UTM zone 32N). An id names the size of the cell and its
south-west corner, northing first, with the digits the size makes superfluous left out:

===========  =====================  ==============================
Size         Id                     South-west corner (N, E)
===========  =====================  ==============================
100 m        ``100m_61814_7192``    6 181 400, 719 200 (÷ 100)
250 m        ``250m_618125_71900``  6 181 250, 719 000 (÷ 10)
1 km         ``1km_6181_719``       6 181 000, 719 000 (÷ 1 000)
10 km        ``10km_618_71``        6 180 000, 710 000 (÷ 10 000)
===========  =====================  ==============================

At 250 m the corner is given in tens of metres, not in units of 250 m: that is the national convention (the
Danish Geodata Agency's example is ``250m_622375_57550``), and it is the only one under which an id can be
read off a map.

Functions take one value or an array of values, and answer with one or an array accordingly.

Source: Geodatastyrelsen and Danmarks Statistik, "Det Danske Kvadratnet".
"""

import re
from dataclasses import dataclass
from typing import overload

import numpy as np
import numpy.typing as npt
import shapely
from shapely.geometry import Polygon

EPSG = 25832
SIZES = (100, 250, 1000, 10000)
"""Sides of the supported cells, metres."""

EASTINGS = (400_000, 950_000)
NORTHINGS = (6_000_000, 6_500_000)
"""The extent of the grid in metres, lower limit included; it holds all of Denmark with a margin."""

_PREFIX = {100: "100m", 250: "250m", 1000: "1km", 10000: "10km"}
_UNIT = {100: 100, 250: 10, 1000: 1000, 10000: 10000}
_SIZE = {prefix: size for size, prefix in _PREFIX.items()}
_ID = re.compile(r"(100m|250m|1km|10km)_(\d{3,6})_(\d{2,5})", re.ASCII)
_AROUND = ((1, -1), (1, 0), (1, 1), (0, -1), (0, 1), (-1, -1), (-1, 0), (-1, 1))


@dataclass(frozen=True)
class Cell:
    """One square: its side in metres and its south-west corner in metres of EPSG:25832."""

    size: int
    northing: int
    easting: int

    @property
    def id(self) -> str:
        """The id under which the national grid knows the square."""
        unit = _UNIT[self.size]
        return f"{_PREFIX[self.size]}_{self.northing // unit}_{self.easting // unit}"


def parse(cell_id: str) -> Cell:
    """Return the cell an id names.

    Raises ValueError, naming the id and what is allowed, where the id is malformed, where its corner is no
    corner of the grid (``250m_618120_71925``), or where it lies outside the extent of the grid.
    """
    match = _ID.fullmatch(cell_id) if isinstance(cell_id, str) else None
    if match is None:
        raise ValueError(
            f"cell_id is {cell_id!r}; allowed are ids like 100m_61814_7192, 250m_618125_71900, 1km_6181_719 "
            "and 10km_618_71"
        )
    size = _SIZE[match[1]]
    cell = Cell(size, int(match[2]) * _UNIT[size], int(match[3]) * _UNIT[size])
    if cell.northing % size or cell.easting % size:
        raise ValueError(f"cell_id is {cell_id!r}; allowed are corners in whole multiples of {size} m")
    _inside("cell_id", cell_id, cell.easting, cell.northing)
    return cell


def size_of(cell_id: str) -> int:
    """Return the side of the cell in metres; raises ValueError as `parse` does."""
    return parse(cell_id).size


@overload
def cell_of(easting: float, northing: float, size: int) -> str: ...
@overload
def cell_of(easting: npt.NDArray[np.float64], northing: npt.NDArray[np.float64], size: int) -> npt.NDArray[np.str_]: ...
def cell_of(
    easting: float | npt.NDArray[np.float64], northing: float | npt.NDArray[np.float64], size: int
) -> str | npt.NDArray[np.str_]:
    """Return the id of the cell of `size` metres that holds each point.

    `easting` and `northing` are metres of EPSG:25832, scalars or arrays of one shape. A point on an edge
    belongs to the cell north or east of it, so that every point has exactly one cell.

    Raises ValueError for a size outside `SIZES` and for a point outside the extent of the grid, which is what
    degrees, swapped axes or another UTM zone look like.
    """
    _known_size("size", size)
    east, north = np.asarray(easting, dtype=float), np.asarray(northing, dtype=float)
    if east.shape != north.shape:
        raise ValueError(f"northing has shape {north.shape}; allowed is the shape of easting, {east.shape}")
    for name, values, (low, high) in (("easting", east, EASTINGS), ("northing", north, NORTHINGS)):
        outside = ~((values >= low) & (values < high))  # written so that NaN is outside too
        if outside.any():
            value = float(values[outside].flat[0])
            raise ValueError(f"{name} is {value!r}; allowed is {low} up to {high} metres of EPSG:{EPSG}")
    columns = (np.floor(east / size) * size).astype(int)
    rows = (np.floor(north / size) * size).astype(int)
    if east.ndim == 0:
        return Cell(size, int(rows), int(columns)).id
    ids = [Cell(size, int(n), int(e)).id for n, e in zip(rows.flat, columns.flat, strict=True)]
    return np.array(ids, dtype=str).reshape(east.shape)


@overload
def polygon(cell_id: str) -> Polygon: ...
@overload
def polygon(cell_id: npt.NDArray[np.str_]) -> npt.NDArray[np.object_]: ...
def polygon(cell_id: str | npt.NDArray[np.str_]) -> Polygon | npt.NDArray[np.object_]:
    """Return the square of each cell as a polygon in EPSG:25832; raises ValueError as `parse` does."""
    if isinstance(cell_id, str):
        cell = parse(cell_id)
        return shapely.box(cell.easting, cell.northing, cell.easting + cell.size, cell.northing + cell.size)
    cells = [parse(one) for one in _ids(cell_id)]
    west, south, side = (
        np.array([getattr(cell, name) for cell in cells], dtype=float) for name in ("easting", "northing", "size")
    )
    return np.asarray(shapely.box(west, south, west + side, south + side), dtype=object)


@overload
def parent(cell_id: str, size: int) -> str: ...
@overload
def parent(cell_id: npt.NDArray[np.str_], size: int) -> npt.NDArray[np.str_]: ...
def parent(cell_id: str | npt.NDArray[np.str_], size: int) -> str | npt.NDArray[np.str_]:
    """Return the id of the cell of `size` metres that holds the whole of each cell.

    A cell is its own parent at its own size. Raises ValueError where no such cell exists: for a smaller
    size, and from 100 m to 250 m, where every fifth square would be cut in two.
    """
    _known_size("size", size)
    if not isinstance(cell_id, str):
        return np.array([parent(one, size) for one in _ids(cell_id)], dtype=str)
    cell = parse(cell_id)
    if size % cell.size:
        allowed = ", ".join(str(known) for known in SIZES if known % cell.size == 0)
        raise ValueError(f"size is {size} for {cell_id!r}; allowed are {allowed}")
    return Cell(size, cell.northing // size * size, cell.easting // size * size).id


@overload
def neighbours(cell_id: str) -> tuple[str, ...]: ...
@overload
def neighbours(cell_id: npt.NDArray[np.str_]) -> npt.NDArray[np.str_]: ...
def neighbours(cell_id: str | npt.NDArray[np.str_]) -> tuple[str, ...] | npt.NDArray[np.str_]:
    """Return the eight cells around each cell, row by row from the north-west.

    One id gives a tuple of eight ids; n ids give an array of shape (n, 8). Raises ValueError as `parse` does.
    """
    if not isinstance(cell_id, str):
        return np.array([neighbours(one) for one in _ids(cell_id)], dtype=str).reshape(-1, len(_AROUND))
    cell = parse(cell_id)
    return tuple(
        Cell(cell.size, cell.northing + up * cell.size, cell.easting + right * cell.size).id for up, right in _AROUND
    )


def _ids(values: npt.NDArray[np.str_]) -> list[str]:
    """Return an array, a list or a pandas column of ids as a list."""
    return list(np.asarray(values, dtype=object).ravel())


def _known_size(argument: str, size: int) -> None:
    if size not in SIZES:
        raise ValueError(f"{argument} is {size!r}; allowed are {', '.join(map(str, SIZES))} metres")


def _inside(argument: str, value: str, easting: int, northing: int) -> None:
    if not (EASTINGS[0] <= easting < EASTINGS[1] and NORTHINGS[0] <= northing < NORTHINGS[1]):
        raise ValueError(
            f"{argument} is {value!r}; allowed are corners from {EASTINGS[0]} to {EASTINGS[1]} m east "
            f"and {NORTHINGS[0]} to {NORTHINGS[1]} m north"
        )
