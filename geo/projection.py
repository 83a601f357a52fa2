"""Between degrees (WGS84), which browsers and releases use, and metres (EPSG:25832), in which the grid is laid out."""

from collections.abc import Sequence
from functools import cache

import numpy as np
import numpy.typing as npt
import shapely
from pyproj import Transformer
from shapely.geometry.base import BaseGeometry

from geo.grid import EPSG

WGS84 = 4326


def to_metres(shapes: Sequence[BaseGeometry]) -> list[BaseGeometry]:
    """Return shapes in degrees (longitude, latitude of WGS84) in metres of EPSG:25832."""
    return _moved(shapes, WGS84, EPSG)


def to_degrees(shapes: Sequence[BaseGeometry]) -> list[BaseGeometry]:
    """Return shapes in metres of EPSG:25832 in degrees (longitude, latitude of WGS84)."""
    return _moved(shapes, EPSG, WGS84)


@cache
def _transformer(source: int, target: int) -> Transformer:
    return Transformer.from_crs(source, target, always_xy=True)


def _moved(shapes: Sequence[BaseGeometry], source: int, target: int) -> list[BaseGeometry]:
    convert = _transformer(source, target).transform

    def move(points: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
        return np.column_stack(convert(points[:, 0], points[:, 1]))

    return list(shapely.transform(np.array(shapes, dtype=object), move))
