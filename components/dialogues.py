"""Dialogue on Indsatser: what was talked about with whom, the form for more, and the insecure places to follow up."""

from typing import Any

import pandas as pd
import streamlit as st

from components.changes import history_button
from components.forms import Field, change, entry_form
from components.page import example_badge
from components.session import Screen, audience, our_store
from components.tables import plain_table
from components.text import plain, say
from data import danish, entries
from data.cooperation import DIALOGUE_KINDS, PLACE_TYPES
from data.cooperation_sentences import places_sentence
from data.release import records

Row = dict[str, Any]

LATEST = 6
NOTHING_DONE, BEGUN, DONE = "åben", "i gang", "udført"
_COLOURS = {NOTHING_DONE: "orange", BEGUN: "blue", DONE: "green"}


def dialogues(screen: Screen) -> None:
    """The latest dialogues, the form for a new one, and the insecure places that were pointed out."""
    own = _own_areas(screen)
    rows, places = (_written(screen, kind) for kind in ("dialogues", "insecure_places"))
    rows, places = rows[rows["area_id"].isin(own)], places[places["area_id"].isin(own)]
    st.markdown("**Dialog med beboere og boligselskaber**")
    _latest(rows, own)
    if audience().may_write("dialogues"):
        with st.expander("Skriv en dialog ind", icon=":material/forum:", key="new_dialogue", on_change="rerun") as fold:
            if fold.open:
                _form(own)
    _places(places, own)


def _written(screen: Screen, kind: str) -> pd.DataFrame:
    """What writers have written until now; for all others what stands in their release."""
    return entries.standing(our_store(), kind) if audience().may_write(kind) else screen.release.tables[kind]


def _own_areas(screen: Screen) -> dict[str, str]:
    """Id and name of the municipalities of the audience and their housing areas."""
    areas, sees = screen.release.areas, set(audience().sees)
    own = areas[areas["area_id"].isin(sees) | areas["parent_id"].isin(sees)]
    return dict(zip(own["area_id"], own["name"], strict=True))


def _latest(rows: pd.DataFrame, names: dict[str, str]) -> None:
    if rows.empty:
        st.markdown(":gray[Der er ikke skrevet nogen dialog ind endnu.]")
        return
    latest = rows.sort_values("date", ascending=False).head(LATEST)
    say(f"{danish.plural(len(rows), 'dialog', 'dialoger')} er skrevet ind. Her er de seneste.", example_badge(latest))
    plain_table(
        pd.DataFrame(
            {
                "Dato": [danish.date(day) for day in latest["date"]],
                "Område": latest["area_id"].map(names).to_numpy(),
                "Slags": latest["kind"].map(DIALOGUE_KINDS).to_numpy(),
                "Med hvem": latest["counterpart"].to_numpy(),
                "Nået": ["ikke talt" if pd.isna(reach) else danish.number(reach) for reach in latest["reach"]],
                "Indhold": latest["text"].to_numpy(),
            }
        )
    )


def _form(names: dict[str, str]) -> None:
    fields = (Field("date"), Field("kind"), Field("area_id", options=names), Field("counterpart"), Field("reach"),
              Field("text"))  # fmt: skip
    entry_form("dialogue", "dialogues", fields, {"kind": "møde", "area_id": next(iter(names))},
               complete=_dialogue_row, done="Dialogen er skrevet ind")  # fmt: skip


def _dialogue_row(typed: Row) -> Row:
    words = f"{typed['date'] or ''} {typed['kind']} {typed['area_id']}"
    return {"dialogue_id": entries.new_id(our_store(), "dialogues", words)} | typed


def _places(places: pd.DataFrame, names: dict[str, str]) -> None:
    """How far the follow-up is; what is not done stands in the open."""
    if places.empty:
        return
    done = places["status"] == DONE
    say(places_sentence(int(places["count"].sum()), int(places.loc[done, "count"].sum())), example_badge(places))
    for row in records(places[~done].sort_values(["status", "area_id"])):
        _place(row, names)
    if done.any():
        with st.expander(f"Udført ({danish.number(int(places.loc[done, 'count'].sum()))})", key="places_done"):
            for row in records(places[done].sort_values("area_id")):
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
