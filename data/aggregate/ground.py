"""The ground that cases are laid on: outlines of municipalities and housing areas, and which lies in which."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from data.aggregate.errors import AggregateError
from geo.cover import centres_over
from geo.grid import EPSG, cell_of
from geo.locate import NOWHERE, Locator

SHIPPED = tuple(
    Path(__file__).parents[2] / "geo" / "boundaries" / name
    for name in ("municipalities.geojson", "housing_areas.geojson")
)


@dataclass(frozen=True)
class Level:
    """Areas of one level with their outlines in EPSG:25832, and the lookup of points among them."""

    area_ids: tuple[str, ...]
    outlines: tuple[BaseGeometry, ...]
    locator: Locator | None

    def locate(self, easting: NDArray[np.float64], northing: NDArray[np.float64]) -> NDArray[np.int32]:
        """The number of the area that holds each point, -1 where none does."""
        if self.locator is None:
            return np.full(easting.shape, NOWHERE, dtype=np.int32)
        return self.locator.locate(easting, northing)


@dataclass(frozen=True)
class Ground:
    """Municipalities, housing areas, and the municipality (its number, or -1) that each housing area lies in."""

    municipalities: Level
    housing_areas: Level
    parents: tuple[int, ...]

    def cells(self, municipality: int, size: int) -> list[str]:
        """The cells of the square grid whose centre lies in a municipality."""
        return list(cell_of(*centres_over(self.municipalities.outlines[municipality], size), size))


def ground(files: Sequence[Path] = ()) -> Ground:
    """The ground in files of outlines, those that ship with the project where none are named.

    An outline with an `area_id` and no code of its own level is a housing area; one known by its official code alone,
    or with a code beside its `area_id`, is a municipality. Raises AggregateError for files that are refused.
    """
    from geo.boundaries import BoundaryError, read

    municipalities: dict[str, BaseGeometry] = {}
    housing: dict[str, BaseGeometry] = {}
    try:
        for file in files or SHIPPED:
            frame = read(file).to_crs(EPSG)
            for area_id, code, shape in zip(frame["area_id"], frame["code"], frame.geometry, strict=True):
                (municipalities if code else housing)[area_id or code] = shape
    except BoundaryError as error:
        raise AggregateError(str(error)) from error
    except OSError as error:
        raise AggregateError(f"Omridsene kan ikke læses: {error.filename} findes ikke.") from error
    levels = [_level(municipalities), _level(housing)]
    if levels[0].locator is None:
        raise AggregateError(
            "Filen med omrids har ingen kommuner. En kommune kendes på sin kommunekode (kolonnen kode)."
        )
    points = [shape.representative_point() for shape in levels[1].outlines]
    easting, northing = (np.array([getattr(point, axis) for point in points], dtype=float) for axis in ("x", "y"))
    return Ground(levels[0], levels[1], tuple(map(int, levels[0].locate(easting, northing))))


def _level(outlines: dict[str, BaseGeometry]) -> Level:
    shapes = tuple(outlines.values())
    return Level(tuple(outlines), shapes, Locator(shapes) if shapes else None)
