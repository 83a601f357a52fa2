"""The two lists of places, the clear ones and those to keep an eye on, as one element: a press chooses a place."""

from collections.abc import Callable, Iterable
from functools import cache
from pathlib import Path
from typing import Any

import streamlit as st

from components.hotspots.choices import choose_cell
from components.hotspots.rows import Row
from components.mounting import with_mount
from data import danish
from data.sentences import places as place_sentences

SCRIPT, STYLE = (Path(__file__).with_suffix(suffix) for suffix in (".js", ".css"))
NAME, KEY = "tryghedsoverblik_steder", "place_list"
LISTED = 8
"""Places that stand in the list at once; the rest are folded away below."""
WATCHED_NOTE = "Ikke sikre: mange anmeldelser, men ikke flere, end tilfældet kan forklare."


def draw_places(places: Iterable[Row], watched: Iterable[Row], *, place_id: str, cell_id: str) -> None:
    """Draw the lists with the place `place_id` and the watched cell `cell_id` marked as chosen.

    A press on a place chooses its cell; on the chosen one, none.
    """
    clear = [
        _entry(row, f"{row['rank']}. {row['where']}", row["sentence"], chosen=row["place_id"] == place_id)
        for row in places
    ]
    watch = [
        _entry(row, row["where"], place_sentences.watch_sentence(row), chosen=row["cell_id"] == cell_id)
        for row in watched
    ]
    offered = {each["cell"]: each["chosen"] for each in [*watch, *clear]}

    def pressed() -> None:
        cell = st.session_state[KEY].pressed
        if isinstance(cell, str) and cell in offered:
            choose_cell(None if offered[cell] else cell)

    folded = len(clear) - LISTED
    _mount()(
        key=KEY,
        data={
            "places": clear,
            "listed": LISTED,
            "more": f"Vis {danish.plural(folded, 'sted', 'steder')} mere" if folded > 0 else "",
            "watched": watch,
            "watchedTitle": "Hold øje med",
            "watchedNote": WATCHED_NOTE,
        },
        on_pressed_change=pressed,
    )


def _entry(row: Row, title: str, sentence: str, *, chosen: bool) -> dict[str, Any]:
    return {"cell": row["cell_id"], "title": title, "sentence": sentence, "chosen": chosen}


@cache
def _mount() -> Callable[..., Any]:
    return st.components.v2.component(NAME, js=with_mount(SCRIPT), css=STYLE.read_text("utf-8"))
