"""Indsatser: each initiative by focus area, with its criteria beside the indicators they are about."""

import streamlit as st

from components.filters import filter_bar
from components.forms.entry import messages
from components.hints import hint
from components.initiatives.cards import cards_in, chosen_initiatives, initiative_card, purposes
from components.initiatives.criterion_row import waiting_criteria
from components.initiatives.dialogues import dialogues
from components.initiatives.filters import narrowed
from components.initiatives.gaps import gap_matrix
from components.page import heading, source_line
from components.session import resolve_view
from data import danish

DIALOGUE = 4

screen = resolve_view()
chosen = cards_in(screen, screen.view.areas)
names = danish.join(screen.release.name_of(area) for area in screen.view.areas)
heading(
    screen,
    f"{danish.plural(len(chosen), 'indsats', 'indsatser')}{f' i {names}' if names else ''} og deres mål",
    "Hver indsats står med det, den har lovet, og det, tallene kan sige om det i dag.",
)
messages()
purposes(screen)
with st.container(horizontal=True, vertical_alignment="bottom", key="filters"):
    filter_bar(screen, "areas")
    shown = narrowed(screen, chosen)
hint("indsatser")
waiting = waiting_criteria(screen)
for focus_area in screen.partnership.focus_areas:
    st.header(f"Indsatsområde {focus_area.id}: {focus_area.title}", anchor=False, divider="gray")
    within = [card for card in shown if card.row["focus_area"] == focus_area.id]
    if not within:
        st.markdown(":gray[Ingen indsatser her med de valgte filtre.]")
    for card in within:
        initiative_card(screen, card, waiting)
    if focus_area.id == DIALOGUE:
        dialogues(screen)
gap_matrix(screen)
if chosen:
    source_line(screen, chosen_initiatives(screen, None, screen.view.areas))
