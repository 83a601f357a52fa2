"""A list to choose one from that the browser draws itself: a phone shows its own, without a script that opens it."""

from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import streamlit as st

from components.mounting import with_mount
from components.native_choice import mount_choice

SCRIPT, STYLE = (Path(__file__).with_suffix(suffix) for suffix in (".js", ".css"))
NAME = "tryghedsoverblik_liste"


def native_select(
    label: str,
    options: Sequence[str],
    value: str,
    words: Callable[[str], str],
    on_choice: Callable[[str], None],
    *,
    key: str,
    untitled: bool = False,
) -> None:
    """Draw the list of `options`, each called by its `words` (`components.native_choice` has the rest).

    A list of one is grey.
    """
    named = {option: words(option) for option in options}
    mount_choice(_mount(), label, named, value, on_choice, key=key, untitled=untitled)


@cache
def _mount() -> Callable[..., Any]:
    return st.components.v2.component(NAME, js=with_mount(SCRIPT), css=STYLE.read_text("utf-8"))
