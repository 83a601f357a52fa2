"""Example incidents by 250 m cell that add up to the official yearly counts of the three municipalities."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from statistics import median

import numpy as np
import numpy.typing as npt
from shapely import transform
from shapely.geometry import box
from shapely.geometry.base import BaseGeometry

from generate.example.incidents import Counts
from generate.example.profiles import PROFILES
from generate.example.tables import Row, marked_as_example
from generate.example.townscape import (
    CENTRES,
    LIVING_PART,
    MASS_REGISTRATION,
    NATURE,
    PLANTED,
    SHOPPING_REACH,
    YEARS,
    Place,
)
from geo.boundaries import read
from geo.cover import centres_over
from geo.grid import EPSG, cell_of

SIZE = 250
PERSONS_PER_HOUSEHOLD = 2.15
BACKGROUND = 0.12  # homes outside the centres' reach, against 1 in the middle of one
LEAST_OVERLAP = 0.3  # of a cell, for it to count as part of a housing area
SPILL = 0.3  # the part of a planted hotspot that falls in the eight cells around
MASS_FACTOR = 3  # a quarter above this many times the year's median quarter holds a mass registration

Array = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Town:
    """The cells of one municipality: ids, centres in metres, households and housing areas."""

    area_id: str
    cell_ids: list[str]
    easting: Array
    northing: Array
    households: npt.NDArray[np.int64]
    overlap: dict[str, Array]  # housing area → part of its outline in each cell, summing to 1


def outlines(boundaries: Path) -> dict[str, BaseGeometry]:
    """Municipalities and housing areas by area id in EPSG:25832, from the two shipped GeoJSON files.

    Rounded to whole decimetres, so that the last digits of a change of projection move no cell.
    """
    shapes: dict[str, BaseGeometry] = {}
    for name in ("municipalities.geojson", "housing_areas.geojson"):
        frame = read(boundaries / name).to_crs(EPSG)
        shapes |= dict(zip(frame["area_id"], transform(frame.geometry.to_numpy(), _decimetres), strict=True))
    return shapes


def _decimetres(coordinates: Array) -> Array:
    return coordinates.round(1)


def cell_rows(
    rng: np.random.Generator,
    shapes: Mapping[str, BaseGeometry],
    official: Counts,
    housing: Counts,
    residents: Mapping[tuple[str, str], int],
) -> list[Row]:
    """One row per year, cell and category, zeros included, so that nothing reported is told from no row.

    A cell belongs to the municipality that holds its centre. The yearly count of each housing area
    (`housing`) falls in its own cells; the rest of the municipality's official count is spread over
    the other cells by homes, centres and the planted hotspots.
    """
    rows: list[Row] = []
    for municipality in sorted({profile.municipality for profile in PROFILES}):
        persons = residents[YEARS[-1], municipality]
        town = _town(rng, municipality, shapes, persons / PERSONS_PER_HOUSEHOLD)
        # Some places stay a little worse than their homes explain, year after year.
        lasting = rng.gamma(6, 1 / 6, len(town.cell_ids))
        for category in LIVING_PART:
            for year in YEARS:
                counts = _spread(rng, town, category, year, official, housing, lasting)
                rows += [
                    {"year": year, "cell_id": cell_id, "area_id": municipality, "category": category,
                     "count": int(count), "households": int(households)}
                    for cell_id, count, households in zip(town.cell_ids, counts, town.households, strict=True)
                ]  # fmt: skip
    rows.sort(key=lambda row: (str(row["year"]), str(row["area_id"]), str(row["category"])))
    return marked_as_example(rows)


def _town(rng: np.random.Generator, municipality: str, shapes: Mapping[str, BaseGeometry], households: float) -> Town:
    easting, northing = centres_over(shapes[municipality], SIZE)
    shares = {
        profile.area_id: _overlap(shapes[profile.area_id], easting, northing)
        for profile in PROFILES
        if profile.municipality == municipality
    }
    largest = np.max(list(shares.values()), axis=0)
    # Two areas may meet in a cell; the one with more of it keeps it.
    shares = {area_id: np.where(part == largest, part, 0) for area_id, part in shares.items()}
    overlap = {area_id: part / part.sum() for area_id, part in shares.items()}
    homes = np.zeros(len(easting))
    for profile in PROFILES:
        if profile.area_id in overlap:
            homes += profile.dwellings * overlap[profile.area_id]
    density = (BACKGROUND + _closeness(CENTRES, easting, northing)) * rng.lognormal(0, 0.45, len(easting))
    density[_in_nature(easting, northing) | (homes > 0)] = 0
    homes += (households - homes.sum()) * density / density.sum()
    return Town(
        municipality,
        list(cell_of(easting, northing, SIZE)),
        easting,
        northing,
        np.rint(homes).astype(np.int64),
        overlap,
    )


def _overlap(outline: BaseGeometry, easting: Array, northing: Array) -> Array:
    """Area of the outline in each cell as part of the cell, 0 where it is slight; never 0 everywhere."""
    half = SIZE / 2
    part = np.array(
        [
            outline.intersection(box(e - half, n - half, e + half, n + half)).area / SIZE**2
            for e, n in zip(easting, northing, strict=True)
        ]
    )
    least = min(LEAST_OVERLAP, float(part.max()))
    return np.where(part >= least, part, 0)


def _closeness(places: tuple[Place, ...], easting: Array, northing: Array, reach: int | None = None) -> Array:
    """Sum of bell curves around the places, each of its own weight and reach unless one reach is given."""
    total = np.zeros(len(easting))
    for centre in places:
        squared = (easting - centre.easting) ** 2 + (northing - centre.northing) ** 2
        total += centre.weight * np.exp(-squared / (2 * (reach or centre.reach) ** 2))
    return total


def _in_nature(easting: Array, northing: Array) -> npt.NDArray[np.bool_]:
    inside = np.zeros(len(easting), dtype=bool)
    for circle in NATURE:
        inside |= np.hypot(easting - circle.easting, northing - circle.northing) < circle.reach
    return inside


def _spread(
    rng: np.random.Generator,
    town: Town,
    category: str,
    year: str,
    official: Counts,
    housing: Counts,
    lasting: Array,
) -> npt.NDArray[np.int64]:
    """Whole counts by cell that sum to the official count of the year."""
    quarters = [official[f"{year}K{quarter}", town.area_id, category] for quarter in range(1, 5)]
    counts = np.zeros(len(town.cell_ids), dtype=np.int64)
    usual = median(quarters)
    mass = sum(round(count - usual) for count in quarters if count > MASS_FACTOR * usual)
    counts[_nearest(town, *MASS_REGISTRATION[town.area_id])] += mass
    taken = np.zeros(len(town.cell_ids), dtype=bool)
    for area_id, overlap in town.overlap.items():
        of_area = sum(housing[f"{year}K{quarter}", area_id, category] for quarter in range(1, 5))
        counts += rng.multinomial(of_area, overlap)
        taken |= overlap > 0
    living = np.where(taken, 0, town.households * lasting)
    shopping = np.where(taken, 0, _closeness(CENTRES, town.easting, town.northing, SHOPPING_REACH) * lasting)
    part = LIVING_PART[category]
    weights = part * living / living.sum() + (1 - part) * shopping / shopping.sum()
    planted = _planted(town, category, year)
    weights = weights * (1 - planted.sum()) + planted
    return counts + rng.multinomial(sum(quarters) - int(counts.sum()), weights / weights.sum())


def _planted(town: Town, category: str, year: str) -> Array:
    """The part of the municipality's incidents that the planted hotspots draw to each cell."""
    parts: dict[int, float] = defaultdict(float)
    for spot in PLANTED:
        if (spot.municipality, spot.category) == (town.area_id, category):
            nearest = _nearest(town, spot.easting, spot.northing)
            near = np.flatnonzero(
                (np.abs(town.easting - town.easting[nearest]) <= SIZE)
                & (np.abs(town.northing - town.northing[nearest]) <= SIZE)
            )
            parts[nearest] += spot.parts[year] * (1 - SPILL)
            for cell in near:
                parts[int(cell)] += spot.parts[year] * SPILL / len(near)
    weights = np.zeros(len(town.cell_ids))
    for index, part in parts.items():
        weights[index] = part
    return weights


def _nearest(town: Town, easting: int, northing: int) -> int:
    """Index of the cell whose centre is nearest to a point."""
    return int(np.argmin(np.hypot(town.easting - easting, town.northing - northing)))
