"""The list as a sheet over the map on a phone: its handle says the first line of the chosen place, and draws it up."""

from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import streamlit as st

from components.session import Screen
from data import danish

SCRIPT, STYLE = (Path(__file__).with_suffix(suffix) for suffix in (".js", ".css"))
KEY = "sheet_handle"


def handle(screen: Screen, *, first: str, second: str) -> None:
    """The handle, first in the column that holds the list; nobody sees it on a wide screen.

    `first` is what stands on it in bold, `second` the line below; choosing another place lets the sheet down.
    """
    _mount()(key=KEY, data={"first": first, "second": second, "chosen": screen.view.cell}, width="stretch")


def places_said(count: int) -> str:
    """What the handle says where no place is chosen."""
    return f"{danish.plural(count, 'hotspot', 'hotspots')}, tydeligste først" if count else "Ingen hotspots her"


@cache
def _mount() -> Callable[..., Any]:
    return st.components.v2.component(
        "tryghedsoverblik_greb", js=SCRIPT.read_text("utf-8"), css=STYLE.read_text("utf-8")
    )
