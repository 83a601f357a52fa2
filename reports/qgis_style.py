"""Puts a layer's look into its GeoPackage, in the table where QGIS looks for it when the layer is opened."""

import sqlite3
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from xml.sax.saxutils import quoteattr

from drawings.palette import LIGHT

_TABLE = """
CREATE TABLE IF NOT EXISTS layer_styles (
  id INTEGER PRIMARY KEY AUTOINCREMENT, f_table_catalog TEXT(256), f_table_schema TEXT(256), f_table_name TEXT(256),
  f_geometry_column TEXT(256), styleName TEXT(30), styleQML TEXT, styleSLD TEXT, useAsDefault BOOLEAN,
  description TEXT, owner TEXT(30), ui TEXT(30), update_time DATETIME DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ','now'))
)
"""


@dataclass(frozen=True)
class Fill:
    """What is drawn for one value of the field: its fill (None: an outline alone) and the words of the legend."""

    value: str
    colour: str | None
    words: str


def add_style(path: Path, layer: str, field: str, fills: Sequence[Fill]) -> None:
    """Make a look the default of a layer: one fill for each value of `field`, or a single one where it is empty."""
    with closing(sqlite3.connect(path)) as database, database:
        database.execute(_TABLE)
        database.execute(
            "INSERT OR IGNORE INTO gpkg_contents (table_name, data_type, identifier, description) "
            "VALUES ('layer_styles', 'attributes', 'layer_styles', '')"
        )
        column = database.execute(
            "SELECT column_name FROM gpkg_geometry_columns WHERE table_name = ?", (layer,)
        ).fetchone()[0]
        database.execute(
            "INSERT INTO layer_styles (f_table_catalog, f_table_schema, f_table_name, f_geometry_column, styleName, "
            "styleQML, styleSLD, useAsDefault, description, owner, ui) VALUES ('', '', ?, ?, ?, ?, '', 1, '', '', '')",
            (layer, column, layer, qml(field, fills)),
        )


def qml(field: str, fills: Sequence[Fill]) -> str:
    """The look as QGIS writes it: a renderer by categories, or a single symbol."""
    symbols = "".join(_symbol(index, fill.colour) for index, fill in enumerate(fills))
    if not field:
        renderer = f'<renderer-v2 type="singleSymbol"><symbols>{symbols}</symbols></renderer-v2>'
    else:
        categories = "".join(
            f'<category render="true" type="string" value={quoteattr(fill.value)} symbol="{index}" '
            f"label={quoteattr(fill.words)}/>"
            for index, fill in enumerate(fills)
        )
        renderer = (
            f'<renderer-v2 type="categorizedSymbol" attr={quoteattr(field)}><categories>{categories}</categories>'
            f"<symbols>{symbols}</symbols></renderer-v2>"
        )
    return (
        f'<!DOCTYPE qgis PUBLIC "http://mrcc.com/qgis.dtd" "SYSTEM"><qgis styleCategories="Symbology">{renderer}</qgis>'
    )


def _symbol(index: int, colour: str | None) -> str:
    options = {
        "color": _rgba(colour or LIGHT.paper),
        "style": "solid" if colour else "no",
        "outline_color": _rgba(LIGHT.ink if colour else LIGHT.muted),
        "outline_width": "0.3",
        "outline_style": "solid",
    }
    sentence = "".join(f'<Option type="QString" name="{name}" value="{value}"/>' for name, value in options.items())
    return (
        f'<symbol type="fill" name="{index}" alpha="1"><layer class="SimpleFill" enabled="1" pass="0">'
        f'<Option type="Map">{sentence}</Option></layer></symbol>'
    )


def _rgba(colour: str) -> str:
    return ",".join([*(str(int(colour[start : start + 2], 16)) for start in (1, 3, 5)), "255"])
