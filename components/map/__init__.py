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
    "AreaMap",
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


@dataclass(frozen=True)
class LegendRow:
    """One class of the map: its fill as `#rrggbb`, what it stands for in words, and its fill in the dark."""

    colour: str
    text: str
    dark: str = ""


@dataclass(frozen=True)
class Legend:
    """What the map's colours mean. `rows` are the classes in order, so class 0 is drawn as the first row.

    `marked`, `hatched`, `zero`, `missing` and `outlined` explain those ways of drawing; their rows appear only when an
    area is drawn so.
    """

    title: str
    rows: tuple[LegendRow, ...]
    hatched: str = "Skraveret: få svar, brug tallet med forsigtighed"
    zero: str = "Tomt: ingen"
    missing: str = "Prikket: ikke opgjort"
    outlined: str = "Kun omrids: tallet vises ikke"
    approximate: str = "Stiplet: omtrentlig afgrænsning"
    marked: str = ""
    note: str = ""


@dataclass(frozen=True)
class AreaMap:
    """What a map shows. `classes`, `labels`, `styles` and `spoken` are in the order of `layer.area_ids`.

    A class is the place of its row in the legend; None is drawn as its style says. A label is plain text of one or more
    lines, shown under the area's name; `spoken` is what a screen reader says of the area, by default its name and
    label. `styles` are `Style` values, by default all normal. `alt` says in a sentence what the map shows.
    Raises ValueError where lengths differ, an id is unknown or a class has no row in the legend.
    """

    layer: GeometryLayer
    classes: Sequence[int | None]
    labels: Sequence[str]
    legend: Legend
    alt: str
    styles: Sequence[int] | None = None
    spoken: Sequence[str] | None = None
    selected: str | None = None
    marked: Sequence[str] = ()
    """Areas with a strong line around them, one line around those that touch."""
    cluster: Sequence[str] = ()
    """Areas that belong together with the selected one: the map goes to them all."""
    base: GeometryLayer | None = None
    """Outlines and names without figures beneath."""
    focus: Sequence[str] = ()
    """The areas of `layer` or `base` that fill the map at first; by default the whole layer."""
    height: int = 480
    """In pixels; less on a phone."""
    sync: str | None = None
    """Maps on a page with the same word pan and zoom together."""
    tiles: Tiles | None = None
    streets: Streets | None = None
    """Both lie under the areas, which streets make translucent."""
    position: bool = False
    """Whether the reader may show their own position, which never leaves the browser."""

    def __post_init__(self) -> None:
        """Refuse what could not be drawn."""
        count = len(self.layer.area_ids)
        told = (("klasser", self.classes), ("tekster", self.labels), ("tegnemåder", self.styles))
        for what, values in (*told, ("oplæsninger", self.spoken)):
            if values is not None and len(values) != count:
                raise ValueError(f"Kortet har {count} områder, men {len(values)} {what}.")
        highest = max((class_index for class_index in self.classes if class_index is not None), default=-1)
        rows = len(self.legend.rows)
        if highest >= rows:
            raise ValueError(f"Klassen {highest} har ingen række i signaturforklaringen, som har {rows}.")
        known = {*self.layer.area_ids, *(self.base.area_ids if self.base else ())}
        named = (*self.focus, *self.marked, *self.cluster, *([self.selected] if self.selected else []))
        unknown = [area for area in named if area not in known]
        if unknown:
            raise ValueError(f"Området »{unknown[0]}« findes ikke på kortet.")


def area_map(shown: AreaMap, *, key: str, on_select: Callable[[str | None], None] | None = None) -> None:
    """Draw a map.

    The caller owns the selection: when someone picks another area, `on_select` is called with it before the script
    runs (None: the selection was cleared), and the next map is to have it as `selected`.
    """

    def picked() -> None:
        pick = picked_area(st.session_state[key].get("picked"), shown.layer)
        if on_select is not None and pick is not None:
            on_select(pick[0])

    with st.container(key=f"map_room_{shown.height}_{key}"):  # keeps the map's place until it is drawn (style.css)
        mount()(key=key, data=encoded(map_message(shown)), on_picked_change=picked)


def map_message(shown: AreaMap) -> dict[str, Any]:
    """Return what a rerun sends for a map; absent parts are left out."""
    layer, base, legend = shown.layer, shown.base, shown.legend
    credits_ = (
        layer.credit,
        base.credit if base else "",
        shown.streets.credit if shown.streets else "",
        shown.tiles.attribution if shown.tiles else "",
    )
    parts = {
        "layer": layer.url,
        "dashed": layer.approximate,
        "base": base.url if base and base.url != layer.url else None,
        "classes": packed_classes(shown.classes, shown.styles or [Style.NORMAL] * len(layer.area_ids)),
        "labels": packed_texts(shown.labels),
        "spoken": packed_texts(shown.spoken) if shown.spoken is not None else None,
        "selected": shown.selected,
        "marked": [layer.area_ids.index(area) for area in shown.marked],
        "cluster": [layer.area_ids.index(area) for area in shown.cluster],
        "focus": list(shown.focus),
        "height": shown.height,
        "sync": shown.sync,
        "alt": shown.alt,
        "legend": {
            "title": legend.title,
            "rows": [[row.colour, row.text, *([row.dark] if row.dark else [])] for row in legend.rows],
            "hatched": legend.hatched,
            "zero": legend.zero,
            "missing": legend.missing,
            "outlined": legend.outlined,
            "approximate": legend.approximate if layer.approximate else "",
            "marked": legend.marked,
            "note": legend.note,
        },
        "tiles": shown.tiles.url if shown.tiles else None,
        "vector": (shown.tiles.vector or None) if shown.tiles else None,
        "streets": shown.streets.url if shown.streets else None,
        "position": shown.position,
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
