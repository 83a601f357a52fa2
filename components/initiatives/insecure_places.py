"""The insecure places of Vandringer: what was promised where, by whom and by when, on a map and as a list by state."""

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pandas as pd
import streamlit as st

from components import pictures
from components.forms.changes import history_lines
from components.forms.entry import change, entry_form
from components.forms.fields import Field
from components.initiatives.place_picture import place_picture
from components.initiatives.scrolling import scroll_to
from components.initiatives.tabs import PLACE_STATES
from components.mounting import with_mount
from components.page import example_badge
from components.pictures.element import Picture
from components.session import Screen, audience, our_store
from components.text import plain
from components.view_choices import select
from data import danish, entries
from data.contracts.cooperation import DIALOGUE_KINDS
from data.contracts.definitions import CONTRACTS
from data.records import Row, records
from data.sentences.insecure_places import BEGUN, DONE, LATE, NOTHING_DONE, place_words, places_sentence
from data.views.promises import owners, promises
from drawings.promises_html import Group, promises_html, promises_style
from reports.promises import groups_of

SCRIPT = Path(__file__).with_name("promise_list.js")
STATE_CHOICES = {"": "Alle", **PLACE_STATES}
NOTHING_HERE = "Der er ingen utrygge steder her med de valgte filtre."
_CHOSEN = "place_to_follow_up"
_LIST = "promise_list"
_ASKED = "place_asked_for"
_FOLLOW_UP = (
    Field("status"), Field("due"), Field("owner", "Ansvarlig rolle"), Field("landmark"),
    Field("follow_up", lines=2), Field("outcome", "Det gjorde vi, på én linje", lines=2),
)  # fmt: skip


@dataclass(frozen=True)
class Places:
    """Insecure places, ready to draw: how far they are, their picture and list, and what each is called."""

    words: str
    sentence: str
    picture: Picture | None
    html: str
    groups: tuple[Group, ...]
    rows: dict[str, Row]
    names: dict[str, str]
    owners: tuple[str, ...]


def places_of(screen: Screen, places: pd.DataFrame, names: Mapping[str, str], today: dt.date) -> Places:
    """Insecure places (rows of the table of that name) ready to draw; `names` are those of the areas by id."""
    every = promises(places, today)
    rows = every[_wanted(every, screen.view.place_state, screen.view.owner)].reset_index(drop=True)
    counts = {str(state): int(count) for state, count in rows.groupby("status")["count"].sum().items()}
    sentence = places_sentence(counts, int(rows.loc[rows["late"], "count"].sum())) if len(rows) else ""
    where = names if rows["area_id"].nunique() > 1 else {}
    groups = tuple(groups_of(rows, where))
    html = promises_html(groups, may_write=audience().may_write("insecure_places"))
    listed = records(rows)
    return Places(
        f"{plain(sentence)} {example_badge(rows)}",
        sentence,
        place_picture(screen, rows, names, sentence) if len(rows) else None,
        html,
        groups,
        {row["place_id"]: row for row in listed},
        {row["place_id"]: f"{number}. {place_words(row)}, {names[row['area_id']]} ({row['status']})"
         for number, row in enumerate(listed, 1)},
        tuple(owners(every)),
    )  # fmt: skip


def _wanted(rows: pd.DataFrame, state: str, owner: str) -> "pd.Series[bool]":
    """Which rows have a state (or are over their day), and an owner; "" asks for none in particular."""
    fits = rows["late"] if state == LATE else rows["status"].eq(state) if state else rows["status"].notna()
    return fits & (rows["owner"].eq(owner) if owner else True)


def place_choices(places: Places, screen: Screen) -> None:
    """The choices of state and owner; each stands in the address."""
    select("place_state", "Tilstand", screen.view.place_state, list(STATE_CHOICES), STATE_CHOICES.__getitem__)
    listed = ["", *places.owners]
    if len(listed) > 1:
        select("owner", "Ansvarlig", screen.view.owner, listed, lambda owner: owner or "Alle")


def insecure_places(places: Places, dialogues: pd.DataFrame, names: Mapping[str, str]) -> None:
    """How far the promises are, what one follows up, their map and their list; for writers the ways to add."""
    writes = audience().may_write("insecure_places")
    if places.rows:
        st.markdown(places.words)
        if writes:
            _follow_up(places)
        if places.picture is not None:
            pictures.show(places.picture, places.sentence, "utrygge_steder")
        asked = mount()(key=_LIST, data={"html": places.html}, on_place_change=_nothing).place
        if writes and isinstance(asked, str) and asked in places.rows and st.session_state.get(_CHOSEN) != asked:
            st.session_state[_ASKED] = asked
            st.rerun()
    else:
        st.markdown(f":gray[{NOTHING_HERE}]")
    if writes and len(dialogues):
        label, icon = "Registrér et utrygt sted", ":material/add_location_alt:"
        with st.expander(label, icon=icon, key="new_place", on_change="rerun") as fold:
            if fold.open:
                _form(dialogues, names)


def _follow_up(places: Places) -> None:
    """Choose one of the places, and say what is promised and how far it is; its history shows who did so before."""
    if _ASKED in st.session_state:
        st.session_state[_CHOSEN] = st.session_state.pop(_ASKED)
    if st.session_state.get(_CHOSEN) not in places.names:
        st.session_state[_CHOSEN] = None
    chosen = st.selectbox(
        "Følg op på et sted",
        list(places.names),
        index=None,
        format_func=lambda place: places.names.get(place, ""),
        key=_CHOSEN,
        placeholder="Vælg et sted",
    )
    if chosen is None:
        return
    row = places.rows[chosen]
    with st.container(border=True, key=f"marked_place_{chosen}"):
        st.markdown(f"**{plain(places.names[chosen])}**")
        with st.container(horizontal=True, vertical_alignment="center"):
            for status, label in ((BEGUN, "Sæt i gang"), (DONE, "Marker som udført"), (NOTHING_DONE, "Åbn igen")):
                if status != row["status"] and (status != NOTHING_DONE or row["status"] == DONE):
                    st.button(
                        label,
                        key=f"place_{status}_{chosen}",
                        on_click=change,
                        args=("insecure_places", row, {"status": status}, f"Stedet er nu »{status}«"),
                    )
        kept = {column.name: row[column.name] for column in CONTRACTS["insecure_places"].columns}
        entry_form(f"promise_{chosen}", "insecure_places", _FOLLOW_UP, row, based_on=row["load_id"],
                   complete=lambda typed: kept | typed, done="Løftet er gemt")  # fmt: skip
        history_lines("insecure_places", row, name=f"place_{chosen}")
    scroll_to(f"place_{chosen}")


def _form(dialogues: pd.DataFrame, names: Mapping[str, str]) -> None:
    walks = {
        row["dialogue_id"]: f"{danish.date(row['date'])}: {DIALOGUE_KINDS[row['kind']]} i {names[row['area_id']]}"
        for row in records(dialogues)
    }
    area_of = dialogues.set_index("dialogue_id")["area_id"]
    fields = (Field("dialogue_id", "Udpeget ved", walks), Field("place_type"), Field("count"), Field("landmark"),
              Field("owner", "Ansvarlig rolle"), Field("due"), Field("follow_up", lines=2))  # fmt: skip
    start = {"dialogue_id": next(iter(walks)), "count": 1, "due": None}
    entry_form("insecure_place", "insecure_places", fields, start,
               complete=lambda typed: _place_row(typed, area_of[typed["dialogue_id"]]),
               done="Stedet er registreret")  # fmt: skip


def _place_row(typed: Row, area: str) -> Row:
    words = f"{typed['dialogue_id']} {typed['place_type']}"
    new = entries.new_id(our_store(), "insecure_places", words)
    return {"place_id": new, "area_id": area, "status": NOTHING_DONE} | typed


def _nothing() -> None:
    """Streamlit asks for a function to be told by; the run that follows reads what was chosen."""


@cache
def mount() -> Callable[..., Any]:
    """Register the list and return its mounting function."""
    return st.components.v2.component("tryghedsoverblik_loefter", js=with_mount(SCRIPT), css=promises_style())
