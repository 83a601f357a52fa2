"""The figures one can put on an agenda as one element: ticked off in the browser, which asks for nothing meanwhile."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path
from typing import Any

import streamlit as st

from components.mounting import with_mount
from drawings.board_html import board_style

SCRIPT, STYLE = (Path(__file__).with_suffix(suffix) for suffix in (".js", ".css"))
NAME, KEY = "tryghedsoverblik_tal", "figure_picker"


@dataclass(frozen=True)
class Line:
    """A figure to tick off: what it says, and its card where it has one."""

    sentence: str
    card: str = ""


@dataclass(frozen=True)
class Group:
    """Figures under a heading.

    `ticked` ones are chosen beforehand, `folded` ones are unfolded by the reader. `search` is the title of the field
    that one searches with where they are many, `searched` what stands in it, and `found` how many of them are shown.
    """

    heading: str
    lines: Sequence[Line]
    ticked: bool = False
    folded: bool = False
    search: str = ""
    searched: str = ""
    found: str = ""


def figure_picker(
    groups: Sequence[Group],
    *,
    about: str,
    offered: Collection[str],
    taken: Collection[str],
    on_add: Callable[[list[str]], None],
    on_search: Callable[[str, str], None],
) -> None:
    """Draw the groups with the button that adds what is ticked; `about` names the agenda that it is added to.

    `on_add` is called with the sentences that are ticked, `on_search` with a heading and the words searched for under
    it, before the next run. What the browser sends is not believed: only what is among `offered` is added. Those that
    are `taken` lose their tick; others keep it, also where a search does not find them.
    """

    def added() -> None:
        sent = st.session_state[KEY].added
        ticked = set(map(str, sent)) if isinstance(sent, list) else set()
        picked = [sentence for sentence in offered if sentence in ticked]
        if picked:
            on_add(picked)

    def searched() -> None:
        sent = st.session_state[KEY].searched
        heading, words = (sent.get("heading"), sent.get("words")) if isinstance(sent, dict) else (None, None)
        if isinstance(words, str) and heading in {group.heading for group in groups if group.search}:
            on_search(str(heading), words)

    _mount()(
        key=KEY,
        data={"about": about, "groups": [asdict(group) for group in groups], "taken": sorted(taken)},
        on_added_change=added,
        on_searched_change=searched,
    )


@cache
def _mount() -> Callable[..., Any]:
    return st.components.v2.component(NAME, js=with_mount(SCRIPT), css=board_style() + STYLE.read_text("utf-8"))
