"""What lists and buttons that the browser draws itself have in common: how a choice is sent, and what is believed."""

from collections.abc import Callable, Mapping
from typing import Any

import streamlit as st


def mount_choice(
    mount: Callable[..., Any],
    label: str,
    words: Mapping[str, str],
    value: str,
    on_choice: Callable[[str], None],
    *,
    key: str,
    untitled: bool,
    **layout: str,
) -> None:
    """Mount an element to choose in, with `value` chosen; `on_choice` gets another option before the next run.

    `words` has what each option is called. What the browser sends is not believed: a value that is not among the
    options is left out. `untitled` keeps the label for those who listen; `layout` is Streamlit's own.
    """

    def chosen() -> None:
        sent = st.session_state[key].chosen
        if isinstance(sent, str) and sent in words:
            on_choice(sent)

    options = [[option, said] for option, said in words.items()]
    data = {"label": label, "untitled": untitled, "options": options, "value": value}
    mount(key=key, data=data, on_chosen_change=chosen, **layout)
