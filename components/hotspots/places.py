"""The list of places, most certain first, and the one that is chosen in words."""

import pandas as pd
import streamlit as st

from components.hotspots.choices import choose_cell
from components.hotspots.layers import cell_name
from components.hotspots.rows import Row, place_rows, view_cells
from components.page import EXAMPLE_BADGE
from components.session import Screen
from components.text import plain, say
from data import danish
from data.release import records
from data.sentences import hotspots as hotspot_sentences
from data.views.rows import EXAMPLE

LISTED = 8
"""Places that stand in the list at once; the rest are folded away below."""


def place_list(screen: Screen) -> None:
    """Each place with its sentence; its button finds it on the map."""
    places = place_rows(screen)
    if not places:
        _nothing_stands_out(view_cells(screen))
        return
    cell = _chosen(screen)
    chosen = cell["place_id"] if cell else ""
    st.subheader("Steder, de sikreste først", anchor=False)
    st.caption("Tryk på et sted for at finde det på kortet.")
    for row in places[:LISTED]:
        _line(row, chosen)
    if len(places) > LISTED:
        with st.expander(f"Vis {danish.plural(len(places) - LISTED, 'sted', 'steder')} mere"):
            for row in places[LISTED:]:
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


def chosen_cell(screen: Screen) -> None:
    """The chosen place, or the chosen cell that is in none, in words; or how to choose one."""
    cell = _chosen(screen)
    if cell is None:
        st.markdown(":gray[Vælg et sted i listen eller et felt på kortet for at læse mere om det.]")
        return
    place = next((row for row in place_rows(screen) if row["place_id"] == cell["place_id"]), None)
    category = screen.partnership.category(screen.view.category)
    badge = EXAMPLE_BADGE if cell["provenance"] == EXAMPLE else ""
    with st.container(border=True, key="chosen_cell"):
        if place is not None:
            st.subheader(plain(f"{place['rank']}. {place['where']}"), anchor=False)
            say(place["sentence"], badge)
            say(" ".join([hotspot_sentences.own_cell(cell, category), *hotspot_sentences.place_notes(place)]))
        else:
            municipality = screen.release.name_of(cell["area_id"])
            st.subheader(plain(f"{municipality}: {cell_name(cell['cell_id'])}"), anchor=False)
            say(f"{'. '.join(hotspot_sentences.cell_sentence(cell, category).splitlines())}.", badge)
        st.caption(plain(f"Feltet hedder {cell['cell_id']} i Det Danske Kvadratnet."))
        st.button("Vis hele kortet", icon=":material/zoom_out_map:", on_click=choose_cell, args=(None,))


def _chosen(screen: Screen) -> Row | None:
    """The chosen cell, where it has figures."""
    if not screen.view.cell:
        return None
    cells = view_cells(screen)
    found = records(cells[cells["cell_id"] == screen.view.cell])
    return found[0] if found else None
