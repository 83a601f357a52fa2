"""Writes cells and places to a GeoPackage that QGIS and ArcGIS open, stamped with audience and release.

Imported only by a process that writes a file: geopandas takes a while to import.
"""

import tempfile
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import pyogrio
import shapely

from components.palette import LIGHT
from geo.grid import EPSG, polygon
from reports.qgis_style import Fill, add_style
from reports.stamp import Stamp

CELLS, PLACES = "felter", "hotspots"


def geopackage(cells: pd.DataFrame, places: pd.DataFrame, stamp: Stamp, title: str) -> bytes:
    """Return a GeoPackage in EPSG:25832 with the layers "felter" (squares) and "hotspots" (places).

    Both tables have the columns to be written; `cells` also has `felt`, the id of its square, and `places` `felter`,
    the ids of its squares parted by semicolons. Places are left out where there are none.
    """
    squares = gpd.GeoDataFrame(
        _stamped(cells, stamp), geometry=list(polygon(cells["felt"].to_numpy(dtype=str))), crs=EPSG
    )
    layers = {CELLS: squares}
    if len(places):
        shapes = [shapely.union_all(polygon(np.array(listed.split(";")))) for listed in places["felter"]]
        layers[PLACES] = gpd.GeoDataFrame(_stamped(places, stamp), geometry=shapes, crs=EPSG)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "hotspots.gpkg"
        for name, frame in layers.items():
            pyogrio.write_dataframe(
                frame,
                path,
                layer=name,
                driver="GPKG",
                append=path.exists(),
                layer_options={"DESCRIPTION": f"{title}. {stamp.line}"},
                layer_metadata=_ascii(stamp.columns),
            )
        add_style(path, CELLS, "hotspot", [Fill("ja", LIGHT.sequential_recorded[3], "Hotspot"),
                                           Fill("nej", LIGHT.sequential_recorded[0], "Ikke hotspot")])  # fmt: skip
        if PLACES in layers:
            add_style(path, PLACES, "", [Fill("", None, "Hotspots")])
        return path.read_bytes()


def _stamped(rows: pd.DataFrame, stamp: Stamp) -> pd.DataFrame:
    return rows.assign(**_ascii(stamp.columns)).reset_index(drop=True)


def _ascii(columns: dict[str, str]) -> dict[str, str]:
    """Names that every GIS takes: small letters, and no Danish ones."""
    return {name.lower().replace("å", "aa"): value for name, value in columns.items()}
