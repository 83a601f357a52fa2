"""The walk's form in the browser: places one after the other, kept on the phone until the server has them."""

from collections.abc import Callable, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import streamlit as st

from components.map.wire import encoded
from drawings.paint import light_dark_css
from server.assets import asset_path

BROWSER = Path(__file__).parent / "browser"
LOADER = """
const app = new URL("../../", document.querySelector('script[src*="/static/js/"]')?.src ?? document.baseURI);
const walk = import(new URL("ASSETS/walk.js", app));
export default async (component) => (await walk).draw(component);
"""


def mount_walk(data: dict[str, Any], *, key: str) -> Mapping[str, Any] | None:
    """Put the form on the page; the draft that was sent in this run, None where none was.

    `data` has `areas` and `types` as pairs of id and words, `ground` by area, and the `answer` to the last draft.
    """
    sent = _mount()(key=key, data=encoded(data), on_walk_change=_nothing).walk
    return sent if isinstance(sent, Mapping) else None


def pairs(words: Mapping[str, str]) -> Sequence[tuple[str, str]]:
    """Choices as the form takes them, in their order."""
    return list(words.items())


def _nothing() -> None:
    """Streamlit asks for a function to be told by; the run that follows reads what was sent."""


@cache
def _mount() -> Callable[..., Any]:
    """Register the component and return its mounting function; its scripts are fetched once."""
    style = light_dark_css(".walk") + (BROWSER / "walk.css").read_text("utf-8")
    return st.components.v2.component(
        "tryghedsoverblik_vandring", js=LOADER.replace("ASSETS", f"app/{asset_path(BROWSER)}"), css=style
    )
