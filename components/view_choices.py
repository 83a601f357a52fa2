"""Widgets bound to the view: they show what the view says, and what is chosen changes the view and so the address."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Literal

import streamlit as st

from components.session import choose

WIDGET = "choice_{field}"
"""The key of the widget of a field."""


def select(
    field: str,
    label: str,
    value: str,
    options: Sequence[str],
    words: Callable[[str], str],
    fields: Callable[[str], dict[str, Any]] | None = None,
    *,
    label_visibility: Literal["visible", "collapsed"] = "visible",
) -> None:
    """One of several, from a list that folds out; grey where there is only one.

    `fields` says what a choice is to the view, where it is not simply the value of the field.
    """
    if not options:
        return  # There is nothing of the kind to choose from.
    key = WIDGET.format(field=field)
    st.session_state[key] = value if value in options else options[0]
    st.selectbox(
        label,
        options,
        format_func=words,
        key=key,
        on_change=lambda: choose(**(fields(st.session_state[key]) if fields else {field: st.session_state[key]})),
        disabled=len(options) == 1,
        label_visibility=label_visibility,
    )


def segments(
    field: str,
    label: str,
    value: str,
    words: Mapping[str, str],
    *,
    label_visibility: Literal["visible", "collapsed"] = "visible",
) -> None:
    """One of a few that all stand side by side."""
    key = WIDGET.format(field=field)
    st.session_state[key] = value
    st.segmented_control(
        label,
        list(words),
        format_func=words.__getitem__,
        key=key,
        required=True,
        label_visibility=label_visibility,
        on_change=lambda: choose(**{field: st.session_state[key]}),
    )
