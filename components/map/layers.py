"""The map layers of a release: outlines by level, written once where browsers fetch them."""

import shapely
import streamlit as st

from components.map import GeometryLayer, publish_layer
from data.release import Release
from data.views.credits import outline_credit


def level_layer(release: Release, level: str) -> GeometryLayer:
    """The outlines of all areas of a level that have one."""
    return _layer(release.head.id, release.audience, level, release)


@st.cache_resource(max_entries=50, show_spinner=False)
def _layer(number: int, audience: str, level: str, _release: Release) -> GeometryLayer:
    areas = _release.areas
    areas = areas[(areas["level"] == level) & areas["geometry"].notna()].sort_values("area_id")
    return publish_layer(
        level.replace("_", "-"),
        list(areas["area_id"]),
        list(areas["name"]),
        list(shapely.from_wkb(areas["geometry"].to_numpy())),
        approximate=bool((areas["outline"] == "approximate").any()),
        credit=outline_credit(areas),
    )
