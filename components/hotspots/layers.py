"""The map layers of the hotspots: the squares themselves, and the ground they lie on.

Static files are readable by whoever reaches the server. The squares are therefore laid over the municipalities'
outlines and never taken from the figures: that a cell is on the map says nothing about it.
"""

import numpy as np
import shapely
import streamlit as st

from components.map import GeometryLayer, publish_layer
from components.session import Screen
from data.release import Release
from data.views.cell_view import municipalities, sizes
from data.views.credits import outline_credit
from geo.cover import cells_over
from geo.grid import parent, polygon, size_of
from geo.projection import to_degrees, to_metres

GROUND = ("municipality", "housing_area")


def cell_layer(screen: Screen) -> GeometryLayer:
    """The squares of the view's size over the municipalities with cells."""
    release, size = screen.release, screen.view.cell_size
    return _cells(release.head.id, release.audience, int(size), release)


def ground_layer(screen: Screen) -> GeometryLayer:
    """Municipalities and housing areas, without figures, for finding one's way."""
    return _ground(screen.release.head.id, screen.release.audience, screen.release)


@st.cache_resource(max_entries=20, show_spinner=False)
def _cells(number: int, audience: str, size: int, _release: Release) -> GeometryLayer:
    finest = min(map(int, sizes(_release)))
    areas = _release.areas.set_index("area_id").loc[municipalities(_release)]
    drawn = areas[areas["geometry"].notna()]
    outlines = to_metres(shapely.from_wkb(drawn["geometry"].to_numpy()))
    names: dict[str, str] = {}
    for name, outline in zip(drawn["name"], outlines, strict=True):
        for cell in cells_over(outline, finest):
            names.setdefault(parent(cell, size), name)
    # A municipality without an outline is covered by the cells that are told of.
    counted = _release.tables["cells"]
    counted = counted[~counted["area_id"].isin(drawn.index)].drop_duplicates("cell_id")
    for cell, area in zip(counted["cell_id"], counted["area_id"], strict=True):
        if size_of(cell) != finest:
            continue
        names.setdefault(parent(cell, size), _release.names[area])
    ids = sorted(names)
    squares = to_degrees(list(polygon(np.array(ids))))
    return publish_layer(f"felter-{size}", ids, [f"{names[cell]}: {cell_name(cell)}" for cell in ids], squares)


@st.cache_resource(max_entries=20, show_spinner=False)
def _ground(number: int, audience: str, _release: Release) -> GeometryLayer:
    areas = _release.areas
    areas = areas[areas["level"].isin(GROUND) & areas["geometry"].notna()].sort_values(["level", "area_id"])
    # Municipalities last in the alphabet come first here, so that the housing areas lie on top of them.
    areas = areas.sort_values("level", ascending=False, kind="stable")
    shapes = list(shapely.from_wkb(areas["geometry"].to_numpy()))
    ids, names = list(areas["area_id"]), list(areas["name"])
    return publish_layer("hotspot-bund", ids, names, shapes, credit=outline_credit(areas))


def cell_name(cell_id: str) -> str:
    """A cell by the digits of its corner, which a reader finds again in QGIS: "felt 618075_71600"."""
    size_of(cell_id)
    return f"felt {cell_id.split('_', 1)[1]}"
