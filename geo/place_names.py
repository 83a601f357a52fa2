"""Names a place as one would tell a colleague: by its nearest streets, else by landmark, distance and direction."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

import geopandas
import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from geo.grid import EPSG

BESIDE = 150.0
"""Metres from the middle of a place within which a street names it."""
NEAR_STATION = 1000.0
"""Metres within which a station is told beside the streets."""
WITHIN = 2500.0
"""Metres within which a landmark names a place that no street does."""
AT = 75.0
"""Metres within which one is at a landmark."""
WINDS = ("øst", "nordøst", "nord", "nordvest", "vest", "sydvest", "syd", "sydøst")

# How far a landmark seems for being harder to find, or for being the middle of something large; the first that fits.
_WEIGHTS: tuple[tuple[str, float], ...] = (
    (r"station|s-train|train|metro|halt", 0.6),
    (r"park|water|wood|nature|forest", 1.2),
    (r"allotments|haveforening", 1.5),
    (r"kindergarten|cinema|sports", 1.3),
    (r"neighbourhood|locality|hamlet", 1.6),
    (r"suburb|town|village|city", 4.0),
)
_STATION = re.compile(_WEIGHTS[0][0])


@dataclass(frozen=True)
class Gazetteer:
    """Named streets and landmarks in metres of EPSG:25832, ready to be asked."""

    street_names: NDArray[np.object_]
    streets: shapely.STRtree
    landmark_names: NDArray[np.object_]
    landmarks: NDArray[np.object_]
    weights: NDArray[np.float64]
    stations: NDArray[np.bool_]
    empty: bool = field(default=False)


def gazetteer(
    roads: geopandas.GeoDataFrame,
    landmarks: geopandas.GeoDataFrame,
    areas: Mapping[str, BaseGeometry] | None = None,
) -> Gazetteer:
    """Make a gazetteer of roads and landmarks (as `geo.road_files` reads them, WGS84).

    `areas` are well-known areas with their outlines in EPSG:25832, landmarks too: one is at such an area inside it.
    """
    named = roads[roads["name"] != ""].to_crs(EPSG)
    points = landmarks.to_crs(EPSG)
    known = dict(areas or {})
    kinds = [str(kind).casefold() for kind in points["kind"]]
    names = np.array([*points["name"], *known], dtype=object)
    return Gazetteer(
        street_names=named["name"].to_numpy(dtype=object),
        streets=shapely.STRtree(named.geometry.to_numpy()),
        landmark_names=names,
        landmarks=np.array([*points.geometry, *known.values()], dtype=object),
        weights=np.array([_weight(kind) for kind in kinds] + [1.0] * len(known)),
        stations=np.array([bool(_STATION.search(kind)) for kind in kinds] + [False] * len(known), dtype=bool),
        empty=not len(named) and not len(names),
    )


def place_name(place: BaseGeometry, known: Gazetteer) -> str:
    """Return where a point or square (EPSG:25832) is, in Danish without a capital; "" where nothing is near.

    "ved Hedeparken og Magleparken, 200 m fra Ballerup Station" where streets have names, "300 m syd for Malmparken
    Station" where they have not, "ved Bagsværd Fort" where one is there.
    """
    middle = place.centroid
    streets = _streets(middle, known)
    if streets:
        station = _station(middle, known)
        return f"ved {' og '.join(streets)}{f', {station}' if station else ''}"
    return _by_landmark(middle, known)


def streets_at(place: BaseGeometry, known: Gazetteer) -> tuple[str, ...]:
    """Return the names of the one or two streets nearest the middle of a place (EPSG:25832), nearest first."""
    return tuple(_streets(place.centroid, known))


def station_near(place: BaseGeometry, known: Gazetteer) -> str:
    """Return how far the nearest station is, "200 m fra Ballerup Station"; "" with none within a kilometre."""
    return _station(place.centroid, known)


def direction(start: BaseGeometry, end: BaseGeometry) -> str:
    """Return the Danish wind that `end` lies in, seen from `start`: "nord", "sydvest" …"""
    turn = np.degrees(np.arctan2(end.y - start.y, end.x - start.x))
    return WINDS[round(float(turn) / 45) % 8]


def rounded_distance(metres: float) -> str:
    """Return a distance as one says it: to 50 m below 500 m, to 100 m below 1 km, else as "1,4 km"."""
    if metres >= 950:
        return f"{metres / 1000:.1f} km".replace(".", ",").replace(",0 km", " km")
    step = 50 if metres < 475 else 100
    return f"{max(step, round(metres / step) * step)} m"


def _streets(middle: BaseGeometry, known: Gazetteer) -> list[str]:
    near = known.streets.query(middle, predicate="dwithin", distance=BESIDE)
    if not near.size:
        return []
    distances = shapely.distance(known.streets.geometries[near], middle)
    order = near[np.lexsort((known.street_names[near].astype(str), distances))]
    return list(dict.fromkeys(map(str, known.street_names[order])))[:2]


def _station(middle: BaseGeometry, known: Gazetteer) -> str:
    if not known.stations.any():
        return ""
    distances = np.where(known.stations, shapely.distance(known.landmarks, middle), np.inf)
    nearest = int(distances.argmin())
    if distances[nearest] > NEAR_STATION:
        return ""
    name = known.landmark_names[nearest]
    return f"ved {name}" if distances[nearest] <= AT else f"{rounded_distance(float(distances[nearest]))} fra {name}"


def _by_landmark(middle: BaseGeometry, known: Gazetteer) -> str:
    if not known.landmarks.size:
        return ""
    distances = shapely.distance(known.landmarks, middle)
    seeming = np.where(distances <= WITHIN, distances * known.weights, np.inf)
    nearest = int(seeming.argmin())
    if not np.isfinite(seeming[nearest]):
        return ""
    name, distance = known.landmark_names[nearest], float(distances[nearest])
    if distance <= AT:
        return f"ved {name}"
    return f"{rounded_distance(distance)} {direction(known.landmarks[nearest].centroid, middle)} for {name}"


def _weight(kind: str) -> float:
    return next((weight for pattern, weight in _WEIGHTS if re.search(pattern, kind)), 1.0)
