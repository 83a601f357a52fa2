"""A choice among a few, side by side, as the browser's own radio buttons: a tap is shown before any script runs."""

from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import streamlit as st

from components.mounting import with_mount
from components.native_choice import mount_choice

SCRIPT, STYLE = (Path(__file__).with_suffix(suffix) for suffix in (".js", ".css"))
NAME = "tryghedsoverblik_knapper"


def native_radios(
    label: str,
    words: Mapping[str, str],
    value: str,
    on_choice: Callable[[str], None],
    *,
    key: str,
    untitled: bool = False,
) -> None:
    """Draw a button for each option, with `words` on it (`components.native_choice` has the rest).

    `untitled` keeps the label for those who listen, as a phone always does.
    """
    mount_choice(_mount(), label, words, value, on_choice, key=key, untitled=untitled, width="content")


@cache
def _mount() -> Callable[..., Any]:
    return st.components.v2.component(NAME, js=with_mount(SCRIPT), css=STYLE.read_text("utf-8"))
