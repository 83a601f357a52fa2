"""A choice among a few, side by side, as the browser's own radio buttons: a tap is shown before any script runs."""

from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import streamlit as st

from components.mounting import with_mount

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
    """Draw a button for each option with `value` chosen; `on_choice` is called with another one before the next run.

    `words` has what stands on each button. What the browser sends is not believed: a value that is not among the
    options is left out. `untitled` keeps the label for those who listen, as a phone always does.
    """

    def chosen() -> None:
        sent = st.session_state[key].chosen
        if isinstance(sent, str) and sent in words:
            on_choice(sent)

    _mount()(
        key=key,
        data={
            "label": label,
            "untitled": untitled,
            "options": [[option, said] for option, said in words.items()],
            "value": value,
        },
        width="content",
        on_chosen_change=chosen,
    )


@cache
def _mount() -> Callable[..., Any]:
    return st.components.v2.component(NAME, js=with_mount(SCRIPT), css=STYLE.read_text("utf-8"))
