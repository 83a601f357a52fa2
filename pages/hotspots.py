"""Hotspots: cells with more incidents than homes and chance explain, how lasting they are, how far to trust it."""

import streamlit as st

from components.hints import hint
from components.hotspots import beside, moves, places, takeaway, trust
from components.hotspots.choices import hotspot_bar
from components.hotspots.growing import growing
from components.hotspots.picture import hotspot_map
from components.hotspots.rows import (
    cell_sources,
    change_words,
    page_sentence,
    page_title,
    place_words,
    view_places,
)
from components.hotspots.week import time_of_week
from components.page import heading
from components.session import Screen, resolve_view
from components.tables import table_twin
from components.text import say
from data.views.cell_view import nearest_cells
from data.views.view import CELL_FIELDS
from reports import place_tables


def draw(screen: Screen) -> None:
    """The whole page, where there are cells."""
    view, title, sentence = screen.view, page_title(screen), page_sentence(screen)
    heading(screen, title, sentence)
    hotspot_bar(screen)
    hint("hotspots")
    trust.notes(screen)
    if view.cell_against:
        say(change_words(screen))
    on_map, in_words = st.columns([3, 2], gap="large")
    with on_map:
        hotspot_map(screen, sentence=f"Kort: {title}. {sentence}")
        trust.basis(screen)
        places.how_to_choose(screen)
    with in_words:
        places.sheet_handle(screen)
        places.chosen_cell(screen)
        growing(screen)
        places.place_list(screen)
    table_twin(
        lambda: place_words(view_places(screen)),
        f"hotspots_{view.category}_{view.cell_size}m_{view.cell_year}",
        lambda: place_tables.places_csv(screen, view_places(screen)),
    )
    takeaway.downloads(screen, title=title, sentence=sentence)
    st.caption(cell_sources(screen))
    moves.since_last_year(screen)
    worth, limits = st.columns(2, gap="large")
    with worth:
        st.header("Kan kortet bruges?", anchor=False, divider="gray")
        trust.back_test(screen)
        trust.second_opinion(screen)
    with limits:
        trust.honesty()
    when, felt = st.columns(2, gap="large")
    with when:
        st.header("Hvornår på ugen", anchor=False, divider="gray")
        time_of_week(screen)
        st.header("Utrygge steder", anchor=False)
        beside.insecure_places(screen)
    with felt:
        st.header("Trygheden samme sted", anchor=False, divider="gray")
        beside.perceived(screen)
    st.header("Indsatser i området", anchor=False, divider="gray")
    beside.initiatives(screen)


shown = resolve_view(nearest_cells, keep=CELL_FIELDS)
if "cells" in shown.release.tables:
    draw(shown)
else:
    heading(shown, "Hotspots", "Der er ikke indlæst tal på felter i denne udgave.")
