"""A hint for a reader's first visit to a page: one calm sentence, which is put away for good with one click.

Which hints a reader has put away is remembered by the reader's own browser, in a cookie that holds nothing else, so
that the server can leave them out before the page is drawn.
"""

from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import streamlit as st

HINTS = {
    "overblik": "Klik på et område for at se det, eller på en overskrift for at sortere. Peg på et tal for at læse "
    "det hele.",
    "kort": "Klik på et område for at vælge det, eller gå til kortet med Tab, flyt med piletasterne, og tryk Enter. "
    "Valget følger med til de andre sider.",
    "udvikling": "Vælg op til fem områder for at se dem i samme billede. Peg på et punkt for at læse tallet.",
    "omraade": "Vælg et andet område øverst. Adressen i browseren viser altid det, du ser, og kan sendes til andre.",
    "hotspots": "Vælg et sted på listen for at finde det på kortet.",
    "moede": "Vælg et møde øverst. Tallene på dagsordenen står, som de så ud, da de blev låst.",
    "indsatser": "Hvert mål står med to svar: om tallet flytter sig, og om målet nås til tiden.",
    "om_tallene": "Klik på et spørgsmål for at læse svaret med et eksempel fra de tal, du ser nu.",
}
COOKIE = "skjulte_tips"
_PUT_AWAY = "hints_put_away"
SCRIPT = Path(__file__).with_suffix(".js")


def hint(page: str) -> None:
    """The hint of a page of `HINTS`, until the reader has put it away."""
    away = _put_away()
    if page not in away:
        with st.container(key="hint", horizontal=True, vertical_alignment="center"):
            st.markdown(f":material/lightbulb: {HINTS[page]}", width="stretch")
            st.button("Skjul tip", key=f"hide_hint_{page}", type="tertiary", on_click=_hide, args=(page,))
    elif _PUT_AWAY in st.session_state:
        remember()(key="hints_remembered", data={"name": COOKIE, "value": ".".join(sorted(away))})


def put_away(cookie: str) -> frozenset[str]:
    """The hints that the cookie says were put away. It may hold anything, so only our own words count."""
    return frozenset(HINTS) & set(cookie.split("."))


def _put_away() -> frozenset[str]:
    """The hints put away before this visit and in it."""
    return put_away(str(st.context.cookies.get(COOKIE, ""))) | st.session_state.get(_PUT_AWAY, set())


def _hide(page: str) -> None:
    st.session_state[_PUT_AWAY] = {*st.session_state.get(_PUT_AWAY, ()), page}


@cache
def remember() -> Callable[..., Any]:
    """Register the component that writes the cookie and return its mounting function."""
    return st.components.v2.component("tryghedsoverblik_tips", js=SCRIPT.read_text("utf-8"))
