"""The live map: geometry is fetched once by the browser, a rerun sends only classes and labels."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import streamlit as st

from components.map.geometry import GeometryLayer, publish_layer
from components.map.tiles import Streets, Tiles, tiles_from_environment
from components.map.wire import Style, encoded, packed_classes, packed_texts
from server.assets import asset_path
from server.vendor import leaflet_path

__all__ = [
    "CREDIT",
    "GeometryLayer",
    "Legend",
    "LegendRow",
    "Streets",
    "Style",
    "Tiles",
    "area_map",
    "map_message",
    "publish_layer",
    "tiles_from_environment",
]

BROWSER = Path(__file__).parent / "browser"
"""Our own scripts and styles of the map, as a browser fetches them."""
CREDIT = "Indeholder data fra Klimadatastyrelsen, DAGI, CC BY 4.0"


@dataclass(frozen=True)
class LegendRow:
    """One class of the map: its fill as `#rrggbb` and what it stands for in words."""

    colour: str
    text: str


@dataclass(frozen=True)
class Legend:
    """What the map's colours mean. `rows` are the classes in order, so class 0 is drawn as the first row.

    `marked`, `hatched` and `outlined` explain those ways of drawing; their rows appear only when an area is drawn so.
    """

    title: str
    rows: tuple[LegendRow, ...]
    hatched: str = "Skraveret: få svar, brug tallet med forsigtighed"
    outlined: str = "Kun omrids: tallet vises ikke"
    approximate: str = "Stiplet: omtrentlig afgrænsning"
    marked: str = ""
    note: str = ""


def area_map(
    layer: GeometryLayer,
    classes: Sequence[int | None],
    labels: Sequence[str],
    *,
    legend: Legend,
    alt: str,
    key: str,
    styles: Sequence[int] | None = None,
    spoken: Sequence[str] | None = None,
    selected: str | None = None,
    marked: Sequence[str] = (),
    cluster: Sequence[str] = (),
    base: GeometryLayer | None = None,
    focus: Sequence[str] = (),
    height: int = 480,
    sync: str | None = None,
    tiles: Tiles | None = None,
    streets: Streets | None = None,
    position: bool = False,
    on_select: Callable[[str | None], None] | None = None,
) -> str | None:
    """Draw the areas of `layer` and return the selected area_id (None: none is selected).

    `classes`, `labels`, `styles` and `spoken` are in the order of `layer.area_ids`. A class is the place of its
    row in the legend; None is drawn as an outline. A label is plain text of one or more lines, shown under the
    area's name; `spoken` is what a screen reader says of the area, by default its name and label. `styles` are
    `Style` values. `marked` names the areas with a strong line around them, one line around those that touch. `cluster`
    names areas that belong together with the selected one: the map goes to them all. `base` gives outlines and names
    without figures beneath. `focus` names the areas of `layer` or `base` that fill the map at
    first, by default the whole layer. `height` is in pixels, less on a phone. Maps on a page with the same `sync` pan
    and zoom together. `streets` lie under the areas, which then let them through; `tiles` lie under all. `position`
    offers to show the reader's own position, which never leaves the browser. `alt` says in a sentence what the map
    shows.

    The caller owns the selection: pass it as `selected`. When someone picks another area, `on_select` is called
    with it before the script runs (None: the selection was cleared), and this run's return value is the pick.
    Raises ValueError where lengths differ, an id is unknown or a class has no row in the legend.
    """
    message = map_message(
        layer,
        classes,
        labels,
        legend=legend,
        alt=alt,
        styles=styles,
        spoken=spoken,
        selected=selected,
        marked=marked,
        cluster=cluster,
        base=base,
        focus=focus,
        height=height,
        sync=sync,
        tiles=tiles,
        streets=streets,
        position=position,
    )

    def picked() -> None:
        pick = picked_area(st.session_state[key].get("picked"), layer)
        if on_select is not None and pick is not None:
            on_select(pick[0])

    with st.container(key=f"map_room_{height}_{key}"):  # keeps the map's place until it is drawn (style.css)
        result = mount()(key=key, data=encoded(message), on_picked_change=picked)
    pick = picked_area(result.get("picked"), layer)
    return selected if pick is None else pick[0]


def map_message(
    layer: GeometryLayer,
    classes: Sequence[int | None],
    labels: Sequence[str],
    *,
    legend: Legend,
    alt: str,
    styles: Sequence[int] | None = None,
    spoken: Sequence[str] | None = None,
    selected: str | None = None,
    marked: Sequence[str] = (),
    cluster: Sequence[str] = (),
    base: GeometryLayer | None = None,
    focus: Sequence[str] = (),
    height: int = 480,
    sync: str | None = None,
    tiles: Tiles | None = None,
    streets: Streets | None = None,
    position: bool = False,
) -> dict[str, Any]:
    """Return what a rerun sends for a map; the parameters are those of area_map. Absent parts are left out."""
    count = len(layer.area_ids)
    styles = [Style.NORMAL] * count if styles is None else styles
    for what, values in (("klasser", classes), ("tekster", labels), ("tegnemåder", styles), ("oplæsninger", spoken)):
        if values is not None and len(values) != count:
            raise ValueError(f"Kortet har {count} områder, men {len(values)} {what}.")
    highest = max((place for place in classes if place is not None), default=-1)
    if highest >= len(legend.rows):
        raise ValueError(f"Klassen {highest} har ingen række i signaturforklaringen, som har {len(legend.rows)}.")
    known = {*layer.area_ids, *(base.area_ids if base else ())}
    unknown = [area for area in (*focus, *marked, *cluster, *([selected] if selected else [])) if area not in known]
    if unknown:
        raise ValueError(f"Området »{unknown[0]}« findes ikke på kortet.")
    # Outlines that are drawn by hand are nobody's but ours.
    by_hand = layer.approximate and (base is None or base.approximate)
    credits_ = ("" if by_hand else CREDIT, streets.credit if streets else "", tiles.attribution if tiles else "")
    parts = {
        "layer": layer.url,
        "dashed": layer.approximate,
        "base": base.url if base and base.url != layer.url else None,
        "classes": packed_classes(classes, styles),
        "labels": packed_texts(labels),
        "spoken": packed_texts(spoken) if spoken is not None else None,
        "selected": selected,
        "marked": [layer.area_ids.index(area) for area in marked],
        "cluster": [layer.area_ids.index(area) for area in cluster],
        "focus": list(focus),
        "height": height,
        "sync": sync,
        "alt": alt,
        "legend": {
            "title": legend.title,
            "rows": [[row.colour, row.text] for row in legend.rows],
            "hatched": legend.hatched,
            "outlined": legend.outlined,
            "approximate": legend.approximate if layer.approximate else "",
            "marked": legend.marked,
            "note": legend.note,
        },
        "tiles": tiles.url if tiles else None,
        "streets": streets.url if streets else None,
        "position": position,
        "credit": ". ".join(dict.fromkeys(filter(None, credits_))),
    }
    return {name: part for name, part in parts.items() if part not in (None, False, [])}


def picked_area(event: object, layer: GeometryLayer) -> tuple[str | None] | None:
    """Return what was picked in a one-tuple, or None where nothing was, or what came is no area of the layer.

    What a browser sends may be anything, so only an id that is on the map gets through.
    """
    if not isinstance(event, Mapping) or "area" not in event:
        return None
    area = event["area"]
    return (area,) if area is None or area in layer.area_ids else None


@cache
def mount() -> Callable[..., Any]:
    """Register the component and return its mounting function.

    Streamlit sends a component's script with every rerun, so ours is a few lines that import the real one from a
    content-hashed address, where the browser keeps it.
    """
    script = LOADER.replace("ASSETS", f"app/{asset_path(BROWSER)}").replace("LEAFLET", f"app/static/{leaflet_path()}")
    return st.components.v2.component("tryghedsoverblik_kort", js=script)


# The app's own address is where Streamlit's script came from, also below a path and behind a proxy.
LOADER = """
const app = new URL("../../", document.querySelector('script[src*="/static/js/"]')?.src ?? document.baseURI);
const assets = new URL("ASSETS/", app), leaflet = new URL("LEAFLET/", app);
const map = import(new URL("map.js", assets));
export default async (component) => (await map).draw(component, { app, assets, leaflet });
"""
