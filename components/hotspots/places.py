"""The list of places, in the order that foretold best, those to keep an eye on, and the chosen one in words."""

import pandas as pd
import streamlit as st

from components.hotspots import sheet
from components.hotspots.card import place_facts
from components.hotspots.choices import choose_cell
from components.hotspots.layers import cell_name
from components.hotspots.place_list import draw_places
from components.hotspots.rows import Row, cell_where, place_rows, ranking_words, view_cells, watch_rows
from components.page import EXAMPLE_BADGE
from components.session import Screen
from components.sharing.copy_button import copy_button
from components.text import plain, say
from data.records import records
from data.sentences import hotspots as hotspot_sentences
from data.sentences import places as place_sentences
from data.views.provenance import EXAMPLE


def place_list(screen: Screen) -> None:
    """Each place with its sentence; its button finds it on the map."""
    places = place_rows(screen)
    if not places:
        _nothing_stands_out(view_cells(screen))
        draw_places([], watch_rows(screen), place_id="", cell_id=screen.view.cell)
        return
    cell = _chosen(screen)
    chosen = cell["place_id"] if cell else ""
    st.header("Tydeligste hotspots først", anchor=False)
    st.caption("Tryk på et sted for at finde det på kortet.")
    if ranked := ranking_words(screen):
        with st.popover("Sådan er listen ordnet", type="tertiary", icon=":material/sort:"):
            say(ranked)
    draw_places(places, watch_rows(screen), place_id=chosen, cell_id=screen.view.cell)


def _nothing_stands_out(cells: pd.DataFrame) -> None:
    judged = cells[cells["basis"] != "too_few"]
    if judged.empty:
        st.info("For få hændelser til at sige noget.", icon=":material/do_not_disturb_on:")
    else:
        st.info(
            "Ingen hotspots her. Kortet viser stadig, hvor der er anmeldt noget.",
            icon=":material/check_circle:",
        )


def sheet_handle(screen: Screen) -> None:
    """The handle of the list on a phone, with the first line of the chosen place, or how many there are."""
    cell, places = _chosen(screen), place_rows(screen)
    if cell is None:
        sheet.handle(screen, first=sheet.places_said(len(places)), second="")
        return
    place = _place_of(screen, cell)
    category = screen.partnership.category(screen.view.category)
    if place is not None:
        sheet.handle(screen, first=f"{place['rank']}. {place['where']}", second=place["sentence"])
    else:
        said = " ".join(hotspot_sentences.cell_sentence(cell, category).splitlines()[:1])
        sheet.handle(screen, first=_where(screen, cell), second=said)


def how_to_choose(screen: Screen) -> None:
    """How one chooses a place, as long as none is chosen."""
    if _chosen(screen) is None:
        st.markdown(":gray[Vælg et sted i listen eller et felt på kortet for at læse mere om det.]")


def chosen_cell(screen: Screen) -> None:
    """The chosen place, or the chosen cell that is in none, in words; nothing where none is chosen."""
    cell = _chosen(screen)
    if cell is None:
        return
    place = _place_of(screen, cell)
    category = screen.partnership.category(screen.view.category)
    badge = EXAMPLE_BADGE if cell["provenance"] == EXAMPLE else ""
    with st.container(border=True, key="chosen_cell"):
        if place is not None:
            st.subheader(plain(f"{place['rank']}. {place['where']}"), anchor=False)
            say(place["sentence"], badge)
            say(" ".join([hotspot_sentences.own_cell(cell, category), *hotspot_sentences.place_notes(place)]))
        else:
            st.subheader(plain(_where(screen, cell)), anchor=False)
            say(f"{'. '.join(hotspot_sentences.cell_sentence(cell, category).splitlines())}.", badge)
        place_facts(screen, cell, place)
        _way_there(cell["cell_id"])
        st.button("Vis hele kortet", icon=":material/zoom_out_map:", on_click=choose_cell, args=(None,))


def _place_of(screen: Screen, cell: Row) -> Row | None:
    """The place that a cell is part of."""
    return next((row for row in place_rows(screen) if row["place_id"] == cell["place_id"]), None)


def _where(screen: Screen, cell: Row) -> str:
    """Where a cell that is part of no place lies."""
    municipality = screen.release.name_of(cell["area_id"])
    return cell_where(screen, cell["cell_id"]) or f"{municipality}: {cell_name(cell['cell_id'])}"


def _way_there(cell_id: str) -> None:
    """The middle of the cell in coordinates to copy, and a link that opens it in the phone's own map."""
    coordinates = place_sentences.coordinates_said(cell_id)
    st.caption(plain(f"Feltets midte: {coordinates}. Feltet hedder {cell_id} i Det Danske Kvadratnet."))
    with st.container(horizontal=True, key="way_there", vertical_alignment="center"):
        copy_button("Kopiér koordinater", coordinates, key=f"copy_{cell_id}")
        st.link_button("Åbn i telefonens kort", place_sentences.geo_link(cell_id), icon=":material/near_me:")


def _chosen(screen: Screen) -> Row | None:
    """The chosen cell, where it has figures."""
    if not screen.view.cell:
        return None
    cells = view_cells(screen)
    chosen = records(cells[cells["cell_id"] == screen.view.cell])
    return chosen[0] if chosen else None
