"""Dialogue on Indsatser: what was talked about with whom, the form for more, and the insecure places it pointed out."""

import datetime as dt
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from typing import TypeVar

import pandas as pd
import streamlit as st

from components.forms.entry import entry_form
from components.forms.fields import Field
from components.initiatives.insecure_places import Places, insecure_places, place_choices, places_of
from components.initiatives.walk import walk_form
from components.meetings.records import today
from components.page import example_badge
from components.session import Screen, audience, our_store
from components.tables import plain_table
from components.text import plain
from data import danish, entries
from data.contracts.cooperation import DIALOGUE_KINDS
from data.records import Row

T = TypeVar("T")

LATEST = 6
SAID_AND_DONE = "Det sagde I, det gjorde vi"
TITLE = "**Dialog med beboere og boligselskaber**"
NOTHING = ":gray[Der er ikke registreret møder eller vandringer her endnu.]"


@dataclass(frozen=True)
class Talks:
    """The dialogues of the areas in view, ready to draw: the words over them, the latest as a table, all as rows."""

    words: str
    latest: pd.DataFrame
    rows: pd.DataFrame
    own: dict[str, str]


def dialogues(screen: Screen) -> None:
    """The insecure places that were pointed out, then the latest dialogues and the form for a new one."""
    talks, places = talks_and_places(screen)
    with st.container(key="walk"):
        walk_form(screen, talks.own)
    with st.container(key="promises"):
        st.header(SAID_AND_DONE, anchor=False)
        with st.container(horizontal=True, vertical_alignment="bottom", key="place_choices"):
            place_choices(places, screen)
        insecure_places(places, talks.rows, talks.own)
        _resident_page(screen)
    with st.container(key="talks"):
        st.markdown(talks.words)
        if len(talks.latest):
            plain_table(talks.latest)
        if audience().may_write("dialogues"):
            label, icon = "Registrér møde eller vandring", ":material/forum:"
            with st.expander(label, icon=icon, key="new_dialogue", on_change="rerun") as fold:
                if fold.open:
                    _form(talks.own)


def talks_and_places(screen: Screen) -> tuple[Talks, Places]:
    """The dialogues and the insecure places that the view is about, as whoever looks may see them now."""
    view, now = screen.view, today()
    return _made(screen, (view.areas, view.place_state, view.owner, now), lambda: _read(screen, now))


def _resident_page(screen: Screen) -> None:
    """The way to the page of the one housing area in view that can be hung up in the stairwell."""
    areas = screen.release.areas
    housing = areas.loc[areas["level"] == "housing_area", "area_id"]
    if len(screen.view.areas) == 1 and screen.view.areas[0] in set(housing):
        st.link_button("Siden til beboerne, med QR-kode til opgangen", f"omraade/{screen.view.areas[0]}",
                       icon=":material/description:")  # fmt: skip


def _made(screen: Screen, what: Hashable, make: Callable[[], T]) -> T:
    """What writers see is made anew when something is written; what all others see follows from their release."""
    if not audience().edits:
        return screen.release.get_or_make(("dialogues", what), make)
    return our_store().once_loaded(("dialogues", screen.release.head.id, audience().id, what), make)


def _read(screen: Screen, now: dt.date) -> tuple[Talks, Places]:
    own = _own_areas(screen)
    wanted = _wanted(screen, own)
    rows, places = (_written(screen, kind) for kind in ("dialogues", "insecure_places"))
    rows, places = rows[rows["area_id"].isin(wanted)], places[places["area_id"].isin(wanted)]
    return _talks(rows, own), places_of(screen, places, own, now)


def _written(screen: Screen, kind: str) -> pd.DataFrame:
    """What writers have written until now; for all others what stands in their release."""
    return entries.standing(our_store(), kind) if audience().may_write(kind) else screen.release.tables[kind]


def _own_areas(screen: Screen) -> dict[str, str]:
    """Id and name of the municipalities of the audience and their housing areas."""
    areas, sees = screen.release.areas, set(audience().sees)
    own = areas[areas["area_id"].isin(sees) | areas["parent_id"].isin(sees)]
    return dict(zip(own["area_id"], own["name"], strict=True))


def _wanted(screen: Screen, own: dict[str, str]) -> set[str]:
    """The own areas that the view is about: those chosen and the housing areas in them; all where none is chosen."""
    if not screen.view.areas:
        return set(own)
    parents = screen.release.areas.set_index("area_id")["parent_id"]
    return {area for area in own if area in screen.view.areas or parents.get(area) in screen.view.areas}


def _talks(rows: pd.DataFrame, names: dict[str, str]) -> Talks:
    rows = rows.sort_values("date", ascending=False)
    if rows.empty:
        return Talks(f"{TITLE}\n\n{NOTHING}", pd.DataFrame(), rows, names)
    latest = rows.head(LATEST)
    many = danish.plural(len(rows), "møde eller vandring", "møder, vandringer og andet")
    sentence = f"{many} er registreret. Her er de seneste."
    table = pd.DataFrame(
        {
            "Dato": [danish.date(day) for day in latest["date"]],
            "Område": latest["area_id"].map(names).to_numpy(),
            "Slags": latest["kind"].map(DIALOGUE_KINDS).to_numpy(),
            "Med hvem": latest["counterpart"].to_numpy(),
            "Deltagere": ["ikke opgjort" if pd.isna(reach) else danish.number(reach) for reach in latest["reach"]],
            "Indhold": latest["text"].to_numpy(),
        }
    )
    return Talks(f"{TITLE}\n\n{plain(sentence)} {example_badge(latest)}", table, rows, names)


def _form(names: dict[str, str]) -> None:
    fields = (Field("date"), Field("kind"), Field("area_id", options=names), Field("counterpart"), Field("reach"),
              Field("text"))  # fmt: skip
    entry_form("dialogue", "dialogues", fields, {"kind": "møde", "area_id": next(iter(names))},
               complete=_dialogue_row, done="Dialogen er registreret")  # fmt: skip


def _dialogue_row(typed: Row) -> Row:
    words = f"{typed['date'] or ''} {typed['kind']} {typed['area_id']}"
    return {"dialogue_id": entries.new_id(our_store(), "dialogues", words)} | typed
