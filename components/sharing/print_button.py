"""The way to paper: a button that prints the page, and charts that follow the width of the paper."""

from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import streamlit as st

SCRIPT = Path(__file__).with_suffix(".js")


def print_button(label: str = "Udskriv på ét A4-ark") -> None:
    """A button that opens the browser's print window; printing from the browser's own menu gives the same sheet."""
    mount()(key="print_button", data=label, width="content")


@cache
def mount() -> Callable[..., Any]:
    """Register the component and return its mounting function."""
    return st.components.v2.component("tryghedsoverblik_udskriv", js=SCRIPT.read_text("utf-8"), css=STYLE)


STYLE = """
button {
  font: inherit;
  font-size: 0.875rem;
  padding: 0.4rem 0.9rem;
  color: var(--st-primary-color);
  background: transparent;
  border: 1px solid var(--st-border-color);
  border-radius: var(--st-button-radius);
  cursor: pointer;
}
button:hover { border-color: var(--st-primary-color); }
button:focus-visible { outline: 2px solid var(--st-primary-color); outline-offset: 2px; }
"""
