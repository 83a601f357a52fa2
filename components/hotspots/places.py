"""The list of places, most certain first, and the one that is chosen in words."""

from typing import Any

import pandas as pd
import streamlit as st

from components.hotspots.choices import choose_cell
from components.hotspots.layers import cell_name
from components.page import example_badge
from components.session import Screen
from components.text import plain, say
from data import danish, hotspot_sentences
from data.release import records

Row = dict[str, Any]

LISTED = 8
"""Places that stand in the list at once; the rest are folded away below."""


def place_list(screen: Screen, places: pd.DataFrame, cells: pd.DataFrame) -> None:
    """Each place with its sentence; its button finds it on the map."""
    if places.empty:
        _nothing_stands_out(cells)
        return
    chosen = _place_of(cells, screen.view.cell)
    st.subheader("Steder, de sikreste først", anchor=False)
    st.caption("Tryk på et sted for at finde det på kortet.")
    for row in records(places[:LISTED]):
        _line(row, chosen)
    if len(places) > LISTED:
        with st.expander(f"Vis {danish.plural(len(places) - LISTED, 'sted', 'steder')} mere"):
            for row in records(places[LISTED:]):
                _line(row, chosen)


def _line(row: Row, chosen: str) -> None:
    selected = row["place_id"] == chosen
    with st.container(key=f"place_{row['place_id']}", gap=None):
        st.button(
            f"{row['rank']}. {plain(row['where'])}",
            key=f"place_button_{row['place_id']}",
            type="primary" if selected else "secondary",
            icon=":material/location_on:" if selected else ":material/search:",
            width="stretch",
            on_click=choose_cell,
            args=(None if selected else row["cell_id"],),
        )
        say(row["sentence"])


def _nothing_stands_out(cells: pd.DataFrame) -> None:
    judged = cells[cells["basis"] != "too_few"]
    if judged.empty:
        st.info("For få hændelser til at sige noget.", icon=":material/do_not_disturb_on:")
    else:
        st.info(
            "Ingen hotspots her. Kortet viser stadig, hvor der er anmeldt noget.",
            icon=":material/check_circle:",
        )


def chosen_cell(screen: Screen, places: pd.DataFrame, cells: pd.DataFrame) -> None:
    """The chosen place, or the chosen cell that is in none, in words; or how to choose one."""
    found = cells[cells["cell_id"] == screen.view.cell]
    if found.empty:
        st.markdown(":gray[Vælg et sted i listen eller et felt på kortet for at læse mere om det.]")
        return
    cell = records(found)[0]
    place = places[places["place_id"] == cell["place_id"]]
    category = screen.partnership.category(screen.view.category)
    with st.container(border=True, key="chosen_cell"):
        if cell["place_id"] and not place.empty:
            row = records(place)[0]
            st.subheader(plain(f"{row['rank']}. {row['where']}"), anchor=False)
            say(row["sentence"], example_badge(found))
            say(" ".join([hotspot_sentences.own_cell(cell, category), *hotspot_sentences.place_notes(row)]))
        else:
            municipality = screen.release.name_of(cell["area_id"])
            st.subheader(plain(f"{municipality}: {cell_name(cell['cell_id'])}"), anchor=False)
            say(f"{'. '.join(hotspot_sentences.cell_sentence(cell, category).splitlines())}.", example_badge(found))
        st.caption(plain(f"Feltet hedder {cell['cell_id']} i Det Danske Kvadratnet."))
        st.button("Vis hele kortet", icon=":material/zoom_out_map:", on_click=choose_cell, args=(None,))


def _place_of(cells: pd.DataFrame, cell: str) -> str:
    found = cells.loc[cells["cell_id"] == cell, "place_id"]
    return str(found.iloc[0]) if len(found) and found.iloc[0] else ""
