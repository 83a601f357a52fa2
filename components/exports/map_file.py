"""Writes a map to one HTML file that opens anywhere, offline, and asks nobody: folium with Leaflet inside.

Imported only by a process that writes a file: folium takes half a second to import.
"""

import base64
import html
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any, cast

import folium
import shapely
from branca.element import Element, Figure
from jinja2 import Template
from shapely.geometry.base import BaseGeometry

from components.map import Style
from components.map.readings import MapReading
from drawings.palette import LIGHT
from server.vendor import VENDOR, leaflet_path

SHEET = Path(__file__).parent / "map_file.css"
# The file may run what stands in it and fetch nothing at all: a browser then refuses every request for us.
POLICY = "default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; img-src data:; font-src data:"
EXAMPLE = "eksempeldata"
# Degrees of longitude (1.2 km here); a narrower area has its name beside it.
WIDE = 0.02
Shapes = dict[str, BaseGeometry]


class AsIs(Element):
    """A piece of the page exactly as it stands, also where it looks like folium's template language."""

    _template = Template("{{ this.markup }}")

    def __init__(self, markup: str) -> None:
        """Take markup in which every text is already escaped."""
        super().__init__()
        self.markup = markup


def map_file(reading: MapReading, shapes: Shapes, around: Shapes, credit: str) -> bytes:
    """Return the map of a reading as a self-contained HTML page in UTF-8.

    `shapes` holds the outline of each area of the reading's layer and `around` the outlines drawn without figures
    beneath, both in WGS84 degrees by area_id; what is in neither is not in the file. `credit` names whose outlines
    and figures the release holds. Raises VendorError where
    `make setup` has not been run.
    """
    page = folium.Map(tiles=None, zoom_snap=0.25, zoom_control=True, attributionControl=False, height="100%")
    # Only what is put in by hand below: folium would ask seven hosts.
    page.default_js, page.default_css = [], []
    for area, outline in around.items():
        if area not in reading.layer.area_ids:
            folium.GeoJson(_feature({}, outline), style_function=_ground, interactive=False).add_to(page)
    outlines = [shapes[area] for area in reading.layer.area_ids]
    names = _name_places(outlines)
    for index, outline in enumerate(outlines):
        _add_area(page, reading, index, outline, names)
    west, south, east, north = reading.layer.bounds
    page.fit_bounds([[south, west], [north, east]], padding=(24, 24))
    root = cast(Figure, page.get_root())
    root.title = reading.title
    for markup in (f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">', *_head(reading)):
        root.header.add_child(AsIs(markup))
    root.html.add_child(AsIs(_words(reading, credit)))
    written: str = root.render()
    # folium's own page has no language, which a screen reader needs.
    return written.replace("<html>", '<html lang="da">', 1).encode()


def _add_area(
    page: folium.Map,
    reading: MapReading,
    index: int,
    outline: BaseGeometry,
    names: list[tuple[tuple[float, float], str]],
) -> None:
    name = html.escape(reading.layer.names[index])
    lines = "<br>".join(html.escape(line) for line in reading.texts[index].split("\n"))
    style = _style(reading, index)
    folium.GeoJson(
        _feature({}, outline),
        style_function=lambda _: style,
        highlight_function=lambda _: {"weight": 3},
        tooltip=folium.Tooltip(_no_template(f"<strong>{name}</strong><br>{lines}"), sticky=True),
    ).add_to(page)
    at, direction = names[index]
    # No marker: Leaflet asks for its picture before it hears that the marker has none.
    point = folium.CircleMarker(
        at,
        radius=0,
        stroke=False,
        fill=False,
        tooltip=folium.Tooltip(
            _no_template(f"<span>{name}</span>"), permanent=True, sticky=False, direction=direction, class_name="name"
        ),
    )
    point.options["interactive"] = False  # folium keeps this option from getting there by itself
    point.add_to(page)


def _name_places(outlines: Sequence[BaseGeometry]) -> list[tuple[tuple[float, float], str]]:
    """Where each name stands, as (latitude, longitude) and side: inside a wide area, else beside it, free of others."""
    taken = []
    for outline in outlines:
        west, _, east, _ = outline.bounds
        middle = outline.representative_point()
        if east - west > WIDE:
            taken.append(((middle.y, middle.x), "center"))
            continue
        crowded = any(
            0 < other.centroid.x - outline.centroid.x < WIDE and abs(other.centroid.y - outline.centroid.y) < WIDE / 4
            for other in outlines
        )
        taken.append(((middle.y, west if crowded else east), "left" if crowded else "right"))
    return taken


def _feature(properties: dict[str, Any], outline: BaseGeometry) -> dict[str, Any]:
    rounded = shapely.set_precision(outline, 1e-5)
    return {"type": "Feature", "properties": properties, "geometry": shapely.geometry.mapping(rounded)}


def _ground(_feature: dict[str, Any]) -> dict[str, Any]:
    return {"color": "#b3bdc6", "weight": 1, "fillColor": LIGHT.paper, "fillOpacity": 1}


def _style(reading: MapReading, index: int) -> dict[str, Any]:
    row, style = reading.classes[index], reading.styles[index]
    dashes = "5 3" if reading.layer.approximate else None
    outline = {"color": LIGHT.ink, "weight": 1.5, "fillOpacity": 1, "dashArray": dashes}
    if style is Style.MISSING:
        return outline | {"color": LIGHT.muted, "fillColor": "url(#dots)"}
    if row is None:
        return outline | {"color": LIGHT.muted, "fillColor": LIGHT.paper}
    colour = reading.legend.rows[row].colour
    return outline | {"fillColor": f"url(#hatch-{colour[1:]})" if style is Style.HATCHED else colour}


def _head(reading: MapReading) -> list[str]:
    """Leaflet, the typeface and the page's own look, all inside the file."""
    leaflet = VENDOR.parent / leaflet_path()
    styles = (leaflet / "leaflet.css").read_text(encoding="utf-8")
    script = (leaflet / "leaflet.js").read_text(encoding="utf-8")
    font = base64.b64encode((VENDOR / "inter" / "inter-latin.woff2").read_bytes()).decode()
    face = f'@font-face{{font-family:Inter;font-weight:100 900;src:url(data:font/woff2;base64,{font}) format("woff2")}}'
    # Leaflet's own pictures (markers, a layer switch) are not used, and a relative address would be asked for.
    unasked = re.sub(r"url\([^)]*\)", "none", styles)
    return [
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        f"<style>{face}{unasked}{SHEET.read_text(encoding='utf-8')}</style>",
        # Also the address of its source map is an address.
        f"<script>{re.sub('//# sourceMappingURL=.*', '', script)}</script>",
    ]


def _words(reading: MapReading, credit: str) -> str:
    """Title, legend, foot, and the same figures as a table for those who cannot see the map."""
    say = html.escape
    legend = reading.legend
    rows = [_legend_row(f"background:{row.colour}", row.text) for row in legend.rows]
    if Style.HATCHED in reading.styles:
        rows.append(_legend_row("", legend.hatched, "hatched"))
    if Style.MISSING in reading.styles:
        rows.append(_legend_row("", legend.missing, "missing"))
    if Style.OUTLINED in reading.styles:
        rows.append(_legend_row("", legend.outlined, "outlined"))
    if reading.layer.approximate:
        rows.append(_legend_row("", legend.approximate, "approximate"))
    badge = f' <span class="badge">{EXAMPLE}</span>' if reading.example else ""
    areas = sorted(zip(reading.layer.names, reading.texts, strict=True))
    table = "".join(
        f'<tr><th scope="row">{say(name)}</th><td>{"<br>".join(map(say, text.split(chr(10))))}</td></tr>'
        for name, text in areas
    )
    hatches = "".join(
        f'<pattern id="hatch-{row.colour[1:]}" patternUnits="userSpaceOnUse" patternTransform="rotate(45)" width="6" '
        f'height="6"><rect width="6" height="6" fill="{row.colour}"/>'
        '<rect width="1.5" height="6" fill="#fff"/></pattern>'
        for row in legend.rows
    )
    hatches += (
        '<pattern id="dots" patternUnits="userSpaceOnUse" width="6" height="6"><rect width="6" height="6" fill="#fff"/>'
        f'<circle cx="3" cy="3" r="1.1" fill="{LIGHT.muted}"/></pattern>'
    )
    return (
        f"<header><h1>{say(reading.title)}</h1><p>{say(reading.sentence)}{badge}</p></header>"
        f'<section class="legend"><h2>{say(legend.title)}</h2><ul>{"".join(rows)}</ul>'
        f"{f'<p>{say(legend.note)}</p>' if legend.note else ''}</section>"
        f"<details><summary>Vis tallene som tabel</summary><table>{table}</table></details>"
        f"<footer>{say(reading.credit)}{f' {say(credit)}.' if credit else ''}</footer>"
        f'<svg width="0" height="0" aria-hidden="true"><defs>{hatches}</defs></svg>'
    )


def _legend_row(style: str, text: str, kind: str = "") -> str:
    return f'<li><span class="swatch {kind}" style="{style}"></span>{html.escape(text)}</li>'


def _no_template(markup: str) -> str:
    """Markup in which folium's template language finds nothing to run."""
    return markup.replace("{", "&#123;").replace("}", "&#125;").replace("`", "&#96;").replace("\\", "&#92;")
