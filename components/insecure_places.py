"""The insecure places that walks and meetings pointed out: kinds of places, never addresses, followed up until done."""

from typing import Any

import pandas as pd
import streamlit as st

from components.changes import history_button
from components.form_fields import Field
from components.forms import change, entry_form
from components.page import example_badge
from components.session import audience, our_store
from components.text import plain, say
from data import danish, entries
from data.cooperation import DIALOGUE_KINDS, PLACE_TYPES
from data.cooperation_sentences import places_sentence
from data.release import records

Row = dict[str, Any]

NOTHING_DONE, BEGUN, DONE = "åben", "i gang", "udført"
_COLOURS = {NOTHING_DONE: "orange", BEGUN: "blue", DONE: "green"}


def insecure_places(places: pd.DataFrame, dialogues: pd.DataFrame, names: dict[str, str]) -> None:
    """How far the follow-up is, what is not done in the open, and for writers the form for a place just pointed out."""
    if len(places):
        _followed_up(places, names)
    if audience().may_write("insecure_places") and len(dialogues):
        label, icon = "Skriv et utrygt sted ind", ":material/add_location_alt:"
        with st.expander(label, icon=icon, key="new_place", on_change="rerun") as fold:
            if fold.open:
                _form(dialogues, names)


def _form(dialogues: pd.DataFrame, names: dict[str, str]) -> None:
    walks = {
        row["dialogue_id"]: f"{danish.date(row['date'])}: {DIALOGUE_KINDS[row['kind']]} i {names[row['area_id']]}"
        for row in records(dialogues.sort_values("date", ascending=False))
    }
    area_of = dialogues.set_index("dialogue_id")["area_id"]
    fields = (Field("dialogue_id", "Pegede stedet ud", walks), Field("place_type"), Field("count"),
              Field("follow_up", lines=2))  # fmt: skip
    entry_form("insecure_place", "insecure_places", fields, {"dialogue_id": next(iter(walks)), "count": 1},
               complete=lambda typed: _place_row(typed, area_of[typed["dialogue_id"]]),
               done="Stedet er skrevet ind")  # fmt: skip


def _place_row(typed: Row, area: str) -> Row:
    words = f"{typed['dialogue_id']} {typed['place_type']}"
    new = entries.new_id(our_store(), "insecure_places", words)
    return {"place_id": new, "area_id": area, "status": NOTHING_DONE} | typed


def _followed_up(places: pd.DataFrame, names: dict[str, str]) -> None:
    done = places["status"] == DONE
    say(places_sentence(int(places["count"].sum()), int(places.loc[done, "count"].sum())), example_badge(places))
    for row in records(places[~done].sort_values(["status", "area_id"])):
        _place(row, names)
    if done.any():
        label = f"Udført ({danish.number(int(places.loc[done, 'count'].sum()))})"
        with st.expander(label, key="places_done", on_change="rerun") as fold:
            for row in records(places[done].sort_values("area_id")) if fold.open else ():
                _place(row, names)


def _place(row: Row, names: dict[str, str]) -> None:
    what = f"{names[row['area_id']]}: {PLACE_TYPES[row['place_type']]}, {danish.plural(row['count'], 'sted', 'steder')}"
    badge = f":{_COLOURS[row['status']]}-badge[{row['status']}]"
    follow_up = f"  \n:gray[{plain(row['follow_up'])}]" if row["follow_up"] else ""
    with st.container(key=f"line_place_{row['place_id']}", horizontal=True, vertical_alignment="center"):
        st.markdown(f"{badge} {plain(what)}{follow_up}", width="stretch")
        if not audience().may_write("insecure_places"):
            return
        for status, label in ((BEGUN, "Sæt i gang"), (DONE, "Marker som udført"), (NOTHING_DONE, "Åbn igen")):
            if status != row["status"] and (status != NOTHING_DONE or row["status"] == DONE):
                st.button(
                    label,
                    key=f"place_{status}_{row['place_id']}",
                    type="tertiary",
                    on_click=change,
                    args=("insecure_places", row, {"status": status}, f"Stedet er nu »{status}«"),
                )
        history_button("insecure_places", row, name=f"place_{row['place_id']}")
