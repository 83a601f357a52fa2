"""A list to choose one from that the browser draws itself: a phone shows its own, without a script that opens it."""

from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import streamlit as st

from components.mounting import with_mount

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
    """Draw the list with `value` chosen; `on_choice` is called with another one of `options` before the next run.

    What the browser sends is not believed: a value that is not among the options is left out. `untitled` keeps the
    label for those who listen. A list of one is grey.
    """

    def chosen() -> None:
        sent = st.session_state[key].chosen
        if isinstance(sent, str) and sent in options:
            on_choice(sent)

    _mount()(
        key=key,
        data={
            "label": label,
            "untitled": untitled,
            "options": [[option, words(option)] for option in options],
            "value": value,
        },
        on_chosen_change=chosen,
    )


@cache
def _mount() -> Callable[..., Any]:
    return st.components.v2.component(NAME, js=with_mount(SCRIPT), css=STYLE.read_text("utf-8"))
