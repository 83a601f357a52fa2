"""Which of the two themes a reader has."""

import streamlit as st


def is_dark() -> bool:
    """Whether the reader's theme is dark."""
    return st.context.theme.type == "dark"
