"""Builds the release's table of neighbours: where a reader looks when something may have moved rather than stopped."""

import geopandas
import pandas as pd
import shapely

from data.release.tables import NEIGHBOURS
from geo.neighbours import neighbours

REACH = 1000.0
"""Metres between two outlines within which areas of one level count as neighbours, touching or not."""


def neighbour_table(areas: pd.DataFrame, reach: float = REACH) -> pd.DataFrame:
    """One row per area and neighbour: areas of the same level that touch or lie within `reach` metres.

    `areas` is the release table; its outlines are WKB in WGS84, and an area without one has no neighbours. Being
    neighbours says where to look, never that anything has moved from the one to the other.
    """
    outlined = areas[areas["geometry"].notna()]
    rows = [pair for _, of_level in outlined.groupby("level", sort=True) for pair in _pairs(of_level, reach)]
    return pd.DataFrame(rows, columns=list(NEIGHBOURS), dtype=object)


def _pairs(areas: pd.DataFrame, reach: float) -> list[tuple[str, str]]:
    outlines = geopandas.GeoDataFrame(
        {"area_id": list(areas["area_id"])}, geometry=list(shapely.from_wkb(areas["geometry"].to_numpy())), crs=4326
    )
    adjacent = neighbours(outlines, reach)
    return [(area, near) for area in sorted(adjacent) for near in adjacent[area]]
