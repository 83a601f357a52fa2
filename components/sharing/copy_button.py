"""A button that puts a text, or the address of the page, on the reader's clipboard."""

from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import streamlit as st

SCRIPT = Path(__file__).with_suffix(".js")


def copy_button(label: str, text: str = "", *, key: str) -> None:
    """Copies a text when pressed; without one, the address as the address bar has it then."""
    mount()(key=key, data={"label": label, "text": text}, width="content", height="content")


@cache
def mount() -> Callable[..., Any]:
    """Register the component and return its mounting function."""
    return st.components.v2.component("tryghedsoverblik_kopier", js=SCRIPT.read_text("utf-8"), css=STYLE)


STYLE = """
button {
  font: 400 0.875rem/1.4 var(--st-font);
  min-height: 2.5rem;
  padding: 0.25rem 0.75rem;
  color: var(--st-text-color);
  background: transparent;
  border: 0;
  border-radius: var(--st-button-radius);
  cursor: pointer;
}
button:hover { color: var(--st-primary-color); }
button:focus-visible { outline: 3px solid var(--st-primary-color); outline-offset: 1px; }
span { font: 400 0.875rem/1.4 var(--st-font); color: var(--st-green-text-color); }
"""
