"""Small pictures of our own markup on a page, in the style of the board: made and escaped by `drawings`."""

from collections.abc import Callable
from functools import cache
from typing import Any

import streamlit as st

from drawings.board_html import board_style

SCRIPT = """
export default function ({ data, parentElement }) {
  let frame = parentElement.querySelector(".board-frame");
  if (!frame) {
    frame = parentElement.appendChild(document.createElement("div"));
    frame.className = "board-frame";
    frame.dataset.drawn = "";
  }
  frame.innerHTML = data.html;
}
"""


def markup(html: str, *, key: str) -> None:
    """Put markup that `drawings` has made on the page."""
    _mount()(key=key, data={"html": html})


@cache
def _mount() -> Callable[..., Any]:
    return st.components.v2.component("tryghedsoverblik_markup", js=SCRIPT, css=board_style())
