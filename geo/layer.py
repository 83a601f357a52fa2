"""What a boundary file holds once its format is out of the way: features, columns, a stated projection."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import pyproj
from pyproj.exceptions import CRSError
from shapely.geometry.base import BaseGeometry

from geo.problems import BoundaryProblem

ALLOWED = {4326: "EPSG:4326 (WGS84)", 25832: "EPSG:25832 (ETRS89 / UTM zone 32N)"}
"""The projections boundaries may be in, with the names shown to users."""

_WRITTEN = re.compile(r"(?:EPSG|epsg)(?::[\d.]*)?:(\d{4,6})", re.ASCII)
_URN = re.compile(r"urn:(?:ogc|x-ogc):def:crs:EPSG:[\d.]*:(\d{4,6})", re.ASCII)
_ADDRESS = re.compile(
    r"^https?://[^ ]*?epsg(?:/[\d.]*|\.xml|\.io)?[/#](\d{4,6})(?:/[a-z0-9]*|\.[a-z0-9]+)?/?$", re.ASCII | re.IGNORECASE
)


@dataclass(frozen=True)
class Layer:
    """The features of one file, in its own order and projection.

    `columns` maps each column name to one value per feature. `geometries` holds None where a feature has no
    usable geometry; why it has not is among `problems`. `epsg` is None where the projection is not stated or
    not recognised, and `stated` is then what the file says, if anything. `credit` is whom the file as a whole says it
    must be credited to, if anybody.
    """

    columns: Mapping[str, Sequence[object]]
    geometries: list[BaseGeometry | None]
    epsg: int | None
    stated: str
    problems: tuple[BoundaryProblem, ...] = field(default=())
    credit: str = ""


def epsg_of(stated: str) -> int | None:
    """Return the EPSG number of a projection written as a name, URN, address or WKT, or None if unknown."""
    if stated.upper().endswith("CRS84"):
        return 4326  # the same figures as EPSG:4326 in the order every file has them: longitude first
    written = _WRITTEN.fullmatch(stated) or _URN.fullmatch(stated) or _ADDRESS.search(stated)
    if written:
        return int(written[1])
    if "[" not in stated:
        return None
    try:
        # A low confidence is enough: Esri's WKT of ETRS89 / UTM zone 32N differs from EPSG's in names
        # alone, and coordinates that do not fit the projection are found afterwards.
        return pyproj.CRS.from_wkt(stated).to_epsg(min_confidence=20)
    except CRSError:
        return None
