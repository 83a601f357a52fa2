"""A drawing on the page: inline SVG with cards by pointer, finger and arrow keys, and the way to take it along."""

from collections.abc import Callable
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path
from typing import Any

import streamlit as st

from components.map.wire import encoded
from drawings.html import CSS, figure
from drawings.model import Drawing
from drawings.paint import css_variables, forced_css
from drawings.palette import DARK, LIGHT
from drawings.svg import fluid_css
from server.assets import asset_path

BROWSER = Path(__file__).parent / "browser"
NAME = "drawing"
COLOURS = (
    f".picture{{color-scheme:light;{css_variables(LIGHT)}}}.dark .picture{{color-scheme:dark;{css_variables(DARK)}}}"
    f"{forced_css('.picture,.dark .picture')}"
)


@dataclass(frozen=True)
class Foot:
    """What stands below a picture in a file: source, date and release, and whether it is invented."""

    credit: str
    example: bool


@dataclass(frozen=True)
class Picture:
    """A drawing as the browser gets it, in both themes: its markup and style, the room it needs and its foot."""

    html: str
    css: str
    room: tuple[float, ...]
    near: str
    foot: Foot

    @classmethod
    def of(cls, drawing: Drawing, foot: Foot) -> "Picture":
        """The picture of a drawing."""
        return cls(
            figure(drawing, NAME, stops=True, twin=False),
            CSS + COLOURS + fluid_css(drawing, NAME),
            (*drawing.margin, drawing.plot),
            "x" if drawing.kind == "recorded" else "",
            foot,
        )


def mount_picture(picture: Picture, sentence: str, key: str, *, take: bool) -> None:
    """Put a picture on the page, with the row that takes it along below it where `take` is set."""
    _mount(picture, sentence, key, "both" if take else "picture", f"drawing_{key}")


def mount_downloads(picture: Picture, sentence: str, key: str) -> None:
    """The row that takes a picture along, alone; `key` names the files."""
    _mount(picture, sentence, key, "downloads", f"downloads_{key}")


def _mount(picture: Picture, sentence: str, key: str, show: str, element: str) -> None:
    mount()(key=element, data=encoded(asdict(picture) | {"sentence": sentence, "file": key, "show": show}))


@cache
def mount() -> Callable[..., Any]:
    """Register the component and return its mounting function; its script is fetched once, as the map's is."""
    return st.components.v2.component(
        "tryghedsoverblik_billede", js=LOADER.replace("ASSETS", f"app/{asset_path(BROWSER)}")
    )


LOADER = """
const app = new URL("../../", document.querySelector('script[src*="/static/js/"]')?.src ?? document.baseURI);
const element = import(new URL("ASSETS/element.js", app));
export default async (component) => (await element).draw(component, app);
"""
