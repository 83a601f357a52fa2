"""The insecure places that walks and meetings pointed out: kinds of places, never addresses, followed up until done."""

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd
import streamlit as st

from components.forms.changes import history_lines
from components.forms.entry import change, entry_form
from components.forms.fields import Field
from components.page import example_badge
from components.session import audience, our_store
from components.tables import plain_table
from components.text import plain
from data import danish, entries
from data.contracts.cooperation import DIALOGUE_KINDS, PLACE_TYPES
from data.records import Row, records
from data.sentences.cooperation import places_sentence

NOTHING_DONE, BEGUN, DONE = "åben", "i gang", "udført"
_COLOURS = {NOTHING_DONE: "orange", BEGUN: "blue", DONE: "green"}
_CHOSEN = "place_to_follow_up"


@dataclass(frozen=True)
class Places:
    """Insecure places, ready to draw: how far they are, what is not done and what is, and what each is called."""

    words: str
    waiting: pd.DataFrame
    done: pd.DataFrame
    done_label: str
    rows: dict[str, Row]
    names: dict[str, str]


def places_of(places: pd.DataFrame, names: dict[str, str]) -> Places:
    """Insecure places (rows of the table of that name) ready to draw; `names` are those of the areas by id."""
    order = [NOTHING_DONE, BEGUN, DONE]
    rows = records(places.assign(_order=places["status"].map(order.index)).sort_values(["_order", "area_id"]))
    done = [row for row in rows if row["status"] == DONE]
    waiting = [row for row in rows if row["status"] != DONE]
    finished = sum(row["count"] for row in done)
    said = places_sentence(int(places["count"].sum()), finished)
    return Places(
        f"{plain(said)} {example_badge(places)}",
        _by_area(waiting, names, (NOTHING_DONE, BEGUN)),
        _by_area(done, names, (DONE,)),
        f"Udført ({danish.number(finished)})",
        {row["place_id"]: row for row in rows},
        {row["place_id"]: f"{names[row['area_id']]}: {_what(row)} ({row['status']})" for row in rows},
    )


def _what(row: Row) -> str:
    return f"{PLACE_TYPES[row['place_type']]}, {danish.plural(row['count'], 'sted', 'steder')}"


def _by_area(rows: Sequence[Row], names: dict[str, str], statuses: Sequence[str]) -> pd.DataFrame:
    """A line for each area and a column, in Markdown, for each status, with the places and what is done about them."""
    areas = sorted({names[row["area_id"]] for row in rows}, key=danish.sort_key)
    columns: dict[str, list[str]] = {"Område": areas}
    for status in statuses:
        found = [row for row in rows if row["status"] == status]
        if found:
            columns[f":{_COLOURS[status]}-badge[{status}]"] = [
                "  \n".join(_line(row) for row in found if names[row["area_id"]] == area) or "–" for area in areas
            ]
    return pd.DataFrame(columns)


def _line(row: Row) -> str:
    follow_up = f" · :gray[{plain(row['follow_up'])}]" if row["follow_up"] else ""
    return f"{plain(_what(row))}{follow_up}"


def insecure_places(places: Places, dialogues: pd.DataFrame, names: dict[str, str]) -> None:
    """How far the follow-up is, what is not done in the open, and for writers the ways to change and add."""
    writes = audience().may_write("insecure_places")
    if places.rows:
        st.markdown(places.words)
        _table(places.waiting)
        if len(places.done):
            with st.expander(places.done_label, key="places_done", on_change="rerun") as fold:
                if fold.open:
                    _table(places.done)
        if writes:
            _follow_up(places)
    if writes and len(dialogues):
        label, icon = "Registrér et utrygt sted", ":material/add_location_alt:"
        with st.expander(label, icon=icon, key="new_place", on_change="rerun") as fold:
            if fold.open:
                _form(dialogues, names)


def _table(table: pd.DataFrame) -> None:
    if len(table):
        plain_table(table, markdown=list(table.columns)[1:])


def _follow_up(places: Places) -> None:
    """Choose one of the places, and say how far it is; its history shows who did so before."""
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
    with st.container(border=True, key="follow_up"):
        with st.container(horizontal=True, vertical_alignment="center"):
            for status, label in ((BEGUN, "Sæt i gang"), (DONE, "Marker som udført"), (NOTHING_DONE, "Åbn igen")):
                if status != row["status"] and (status != NOTHING_DONE or row["status"] == DONE):
                    st.button(
                        label,
                        key=f"place_{status}_{chosen}",
                        on_click=change,
                        args=("insecure_places", row, {"status": status}, f"Stedet er nu »{status}«"),
                    )
        history_lines("insecure_places", row, name=f"place_{chosen}")


def _form(dialogues: pd.DataFrame, names: dict[str, str]) -> None:
    walks = {
        row["dialogue_id"]: f"{danish.date(row['date'])}: {DIALOGUE_KINDS[row['kind']]} i {names[row['area_id']]}"
        for row in records(dialogues)
    }
    area_of = dialogues.set_index("dialogue_id")["area_id"]
    fields = (Field("dialogue_id", "Udpeget ved", walks), Field("place_type"), Field("count"),
              Field("follow_up", lines=2))  # fmt: skip
    entry_form("insecure_place", "insecure_places", fields, {"dialogue_id": next(iter(walks)), "count": 1},
               complete=lambda typed: _place_row(typed, area_of[typed["dialogue_id"]]),
               done="Stedet er registreret")  # fmt: skip


def _place_row(typed: Row, area: str) -> Row:
    words = f"{typed['dialogue_id']} {typed['place_type']}"
    new = entries.new_id(our_store(), "insecure_places", words)
    return {"place_id": new, "area_id": area, "status": NOTHING_DONE} | typed
