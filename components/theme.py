"""How the app looks: our style sheet, and which of the two themes a reader has."""

from pathlib import Path

import streamlit as st

_STYLES = (
    Path(__file__).with_name("style.css"),
    Path(__file__).with_name("print.css"),
    Path(__file__).with_name("access.css"),
)


def style_sheet() -> str:
    """Our styles, for the screen and for print."""
    return "".join(style.read_text("utf-8") for style in _STYLES)


def is_dark() -> bool:
    """Whether the reader's theme is dark."""
    return st.context.theme.type == "dark"
