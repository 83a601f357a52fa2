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

CELLS, PLACES, CHANGES = "felter", "hotspots", "siden_sidste_aar"


def geopackage(cells: pd.DataFrame, places: pd.DataFrame, changes: pd.DataFrame, stamp: Stamp, title: str) -> bytes:
    """Return a GeoPackage in EPSG:25832 with the layers "felter" (squares), "hotspots" (places) and "siden_sidste_aar".

    The tables have the columns to be written; `cells` also has `felt`, the id of its square, the others `felter`, the
    ids of their squares parted by semicolons. A layer of places is left out where there are none.
    """
    columns = _ascii(stamp.columns)
    fills = [
        Fill("ja", LIGHT.sequential_recorded[3], "Hotspot"),
        Fill("nej", LIGHT.sequential_recorded[0], "Ikke hotspot"),
    ]
    squares = list(polygon(cells["felt"].to_numpy(dtype=str)))
    layers = [Layer(CELLS, _stamped(cells, columns), squares, fills, "hotspot", columns)]
    for name, rows, label in ((PLACES, places, "Hotspots"), (CHANGES, changes, "Siden sidste år")):
        if len(rows):
            shapes = [shapely.union_all(polygon(np.array(listed.split(";")))) for listed in rows["felter"]]
            layers.append(Layer(name, _stamped(rows, columns), shapes, [Fill("", None, label)], stamp=columns))
    return written(layers, f"{title}. {stamp.line}")


def _stamped(rows: pd.DataFrame, columns: dict[str, str]) -> pd.DataFrame:
    return rows.assign(**columns).reset_index(drop=True)


def _ascii(columns: dict[str, str]) -> dict[str, str]:
    """Names that every GIS takes: small letters, and no Danish ones."""
    return {name.lower().replace("å", "aa"): value for name, value in columns.items()}
