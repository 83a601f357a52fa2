"""Hotspots: cells with more incidents than homes and chance explain, how lasting they are, how far to trust it."""

import streamlit as st

from components.hints import hint
from components.hotspots import beside, places, takeaway, trust
from components.hotspots.choices import hotspot_bar
from components.hotspots.picture import hotspot_map
from components.hotspots.rows import changes, chosen_municipality_name, in_view, place_words, view_cells, view_places
from components.hotspots.week import time_of_week
from components.page import heading, source_line
from components.session import Screen, look
from components.tables import table_twin
from components.text import say
from data import hotspot_sentences
from data.cell_view import nearest_cells
from data.rows import credit
from data.view import CELL_FIELDS


def draw(screen: Screen) -> None:
    """The whole page, where there are cells."""
    view = screen.view
    category = screen.partnership.category(view.category)
    cells, found = view_cells(screen), view_places(screen)
    title = f"Hotspots for {category.title[0].lower()}{category.title[1:]} i {chosen_municipality_name(screen)}"
    sentence = hotspot_sentences.headline(len(found), int((found["persistence"] == "persistent").sum()), view.cell_year)
    heading(screen, f"{title}, {view.cell_year}", sentence)
    hotspot_bar(screen)
    hint("hotspots")
    trust.notes(screen, cells)
    if view.cell_against:
        moved = list(changes(screen, in_view(screen, cells)))
        say(hotspot_sentences.change_sentence(moved, view.cell_year, view.cell_against))
    on_map, in_words = st.columns([3, 2], gap="large")
    with on_map:
        hotspot_map(screen, cells, sentence=f"Kort: {title}, {view.cell_year}. {sentence}")
        places.chosen_cell(screen, found, cells)
    with in_words:
        places.place_list(screen, found, cells)
    table_twin(place_words(found), f"hotspots_{view.category}_{view.cell_year}", credit(screen, cells))
    takeaway.downloads(screen, in_view(screen, cells), found, title=f"{title}, {view.cell_year}", sentence=sentence)
    source_line(screen, cells)
    worth, limits = st.columns(2, gap="large")
    with worth:
        st.header("Kan kortet bruges?", anchor=False, divider="gray")
        trust.back_test(screen, cells)
        trust.second_opinion(screen)
    with limits:
        trust.honesty()
    when, felt = st.columns(2, gap="large")
    with when:
        st.header("Hvornår på ugen", anchor=False, divider="gray")
        time_of_week(screen)
        st.subheader("Utrygge steder", anchor=False)
        beside.insecure_places(screen)
    with felt:
        st.header("Trygheden samme sted", anchor=False, divider="gray")
        beside.perceived(screen)
    st.header("Indsatser, der arbejder her", anchor=False, divider="gray")
    beside.initiatives(screen)


shown = look(nearest_cells, keep=CELL_FIELDS)
if "cells" in shown.release.tables:
    draw(shown)
else:
    heading(shown, "Hotspots", "Der er ikke indlæst tal på felter i denne udgave.")
