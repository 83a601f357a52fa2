"""Writes cells and places to a GeoPackage that QGIS and ArcGIS open, stamped with audience and release.

Imported only by a process that writes a file: geopandas takes a while to import.
"""

import numpy as np
import pandas as pd
import shapely

from drawings.palette import LIGHT
from geo.grid import polygon
from reports.geopackage import Layer, written
from reports.qgis_style import Fill
from reports.stamp import Stamp

CELLS, PLACES = "felter", "hotspots"


def geopackage(cells: pd.DataFrame, places: pd.DataFrame, stamp: Stamp, title: str) -> bytes:
    """Return a GeoPackage in EPSG:25832 with the layers "felter" (squares) and "hotspots" (places).

    Both tables have the columns to be written; `cells` also has `felt`, the id of its square, and `places` `felter`,
    the ids of its squares parted by semicolons. Places are left out where there are none.
    """
    columns = _ascii(stamp.columns)
    fills = [
        Fill("ja", LIGHT.sequential_recorded[3], "Hotspot"),
        Fill("nej", LIGHT.sequential_recorded[0], "Ikke hotspot"),
    ]
    squares = list(polygon(cells["felt"].to_numpy(dtype=str)))
    layers = [Layer(CELLS, _stamped(cells, columns), squares, fills, "hotspot", columns)]
    if len(places):
        shapes = [shapely.union_all(polygon(np.array(listed.split(";")))) for listed in places["felter"]]
        layers.append(Layer(PLACES, _stamped(places, columns), shapes, [Fill("", None, "Hotspots")], stamp=columns))
    return written(layers, f"{title}. {stamp.line}")


def _stamped(rows: pd.DataFrame, columns: dict[str, str]) -> pd.DataFrame:
    return rows.assign(**columns).reset_index(drop=True)


def _ascii(columns: dict[str, str]) -> dict[str, str]:
    """Names that every GIS takes: small letters, and no Danish ones."""
    return {name.lower().replace("å", "aa"): value for name, value in columns.items()}
