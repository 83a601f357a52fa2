"""Writes layers, each with its look, into the GeoPackage that QGIS and ArcGIS open.

Imported only where a file is written: geopandas takes a while to import.
"""

import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import geopandas as gpd
import pandas as pd
import pyogrio
from shapely.geometry.base import BaseGeometry

from geo.grid import EPSG
from reports.qgis_style import Fill, add_style


@dataclass(frozen=True)
class Layer:
    """One layer: its rows and their shapes in EPSG:25832, and the fill for each value of the column `coloured_by`.

    Where `coloured_by` is empty, the only fill is for all. `stamp` is said of the layer itself.
    """

    name: str
    rows: pd.DataFrame
    shapes: Sequence[BaseGeometry]
    fills: Sequence[Fill]
    coloured_by: str = ""
    stamp: Mapping[str, str] = field(default_factory=dict)


def written(layers: Sequence[Layer], description: str) -> bytes:
    """Return the bytes of a GeoPackage with these layers, each with the description."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "layers.gpkg"
        for layer in layers:
            pyogrio.write_dataframe(
                gpd.GeoDataFrame(layer.rows, geometry=list(layer.shapes), crs=EPSG),
                path,
                layer=layer.name,
                driver="GPKG",
                append=path.exists(),
                layer_options={"DESCRIPTION": description},
                layer_metadata=dict(layer.stamp),
            )
        for layer in layers:
            add_style(path, layer.name, layer.coloured_by, layer.fills)
        return path.read_bytes()
