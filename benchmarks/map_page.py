"""The page that `benchmarks.map_browser` opens: a map, and a button that gives every area another class."""

from functools import cache
from pathlib import Path

import streamlit as st

from benchmarks.maps import COLOURS, LEGEND, areas, ground
from components.map import AreaMap, GeometryLayer, area_map, publish_layer


@cache
def _layer(count: int, vertices: int, static: str) -> GeometryLayer:
    made = areas(count, vertices)
    return publish_layer("benchmark", made.ids, made.ids, list(made.outlines), static=Path(static))


def draw(count: int, vertices: int, static: str) -> None:
    """Draw the map of a benchmark, its classes moved one on by each click."""
    turn = st.session_state.get("turn", 0)
    made = areas(count, vertices)
    classes = [(index + turn) % len(COLOURS) for index in made.classes]
    under = ground(count, static)
    shown = AreaMap(_layer(count, vertices, static), classes, made.labels, LEGEND, f"Kort {turn}.", streets=under)
    area_map(shown, key="kort")
    st.button("Igen", on_click=lambda: st.session_state.update(turn=turn + 1))
