"""The map of the view's indicator, and the chosen area in words."""

from itertools import pairwise
from typing import Any

import pandas as pd
import streamlit as st

from components import layers
from components.map import Legend, LegendRow, Style, area_map
from components.navigation import link_to
from components.page import example_badge
from components.palette import palette
from components.session import Screen, choose
from components.text import plain, say
from components.theme import is_dark
from data import danish
from data.release import records
from data.view import LEVELS


def safety_map(screen: Screen, rows: pd.DataFrame, *, key: str, height: int) -> None:
    """The view's indicator on the map, in fixed classes; a click or Enter chooses the area everywhere."""
    layer = layers.level_layer(screen.release, screen.view.level)
    by_area = {row["area_id"]: row for row in records(rows)}
    indicator = screen.partnership.indicator(screen.view.indicator)
    drawn = [by_area.get(area) for area in layer.area_ids]
    selected = next((area for area in screen.view.areas if area in layer.area_ids), None)
    area_map(
        layer,
        [_class_of(row, indicator.breaks) for row in drawn],
        [row["hover"] if row else f"Ikke målt i {screen.view.period}." for row in drawn],
        styles=[_style_of(row) for row in drawn],
        legend=_legend(indicator.title, indicator.breaks, indicator.direction),
        alt=f"Kort over {indicator.title.lower()} i {LEVELS[screen.view.level].lower()}, {screen.view.period}.",
        key=key,
        selected=selected,
        base=layers.level_layer(screen.release, "municipality"),
        focus=screen.partnership.members,
        height=height,
        on_select=lambda area: choose(areas=(area,) if area else ()),
    )


def _class_of(row: dict[str, Any] | None, breaks: tuple[float, ...]) -> int | None:
    if row is None or row["state"] != "published":
        return None
    return sum(row["share"] >= limit for limit in breaks)


def _style_of(row: dict[str, Any] | None) -> Style:
    if row is None or row["state"] != "published":
        return Style.OUTLINED
    return Style.HATCHED if row["quality"] == "C" else Style.NORMAL


def _legend(title: str, breaks: tuple[float, ...], direction: int) -> Legend:
    limits = [danish.number(100 * limit) for limit in breaks]
    words = [
        f"under {limits[0]} pct.",
        *(f"{low}–{high} pct." for low, high in pairwise(limits)),
        f"{limits[-1]} pct. eller mere",
    ]
    colours = palette(is_dark()).sequential_perceived
    better = "Mørkere er bedre" if direction == 1 else "Mørkere er værre"
    return Legend(title, tuple(map(LegendRow, colours, words)), note=better)


def chosen_area(screen: Screen, rows: pd.DataFrame) -> None:
    """The chosen area in words, with the way to its trend; or how to choose one."""
    chosen = rows[rows["area_id"].isin(screen.view.areas)]
    if chosen.empty:
        st.markdown(":gray[Vælg et område på kortet for at læse tallet og se udviklingen.]")
        return
    for row in records(chosen):
        with st.container(border=True):
            st.subheader(plain(row["name"]), anchor=False)
            say(row["hover"], example_badge(chosen))
            link_to("trends.py", f"Se udviklingen i {row['name']}", screen.view, areas=(row["area_id"],))
