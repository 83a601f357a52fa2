"""Brings what a link or a button names into view."""

from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import streamlit as st

SCRIPT = Path(__file__).with_name("scroll_to.js")


def scroll_to(name: str) -> None:
    """Bring the container with the key `marked_` and this name into view, once for each name."""
    _mount()(key=f"scroll_to_{name}", data={"to": name})


@cache
def _mount() -> Callable[..., Any]:
    """Register the component and return its mounting function."""
    return st.components.v2.component("tryghedsoverblik_rul", js=SCRIPT.read_text("utf-8"))
