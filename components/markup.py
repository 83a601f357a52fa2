"""Small pictures of our own markup on a page, in the style of the board: made and escaped by `drawings`."""

from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import streamlit as st

from components.mounting import with_mount
from drawings.board_html import board_style

SCRIPT = Path(__file__).with_suffix(".js")


def markup(html: str, *, key: str) -> None:
    """Put markup that `drawings` has made on the page."""
    _mount()(key=key, data={"html": html})


@cache
def _mount() -> Callable[..., Any]:
    return st.components.v2.component("tryghedsoverblik_markup", js=with_mount(SCRIPT), css=board_style())
