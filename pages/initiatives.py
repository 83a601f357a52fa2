"""Indsatser: each initiative by focus area, with its criteria beside the indicators they are about."""

import streamlit as st

from components.criterion_row import waiting_criteria
from components.dialogues import dialogues
from components.filters import filter_bar
from components.forms import messages
from components.gaps import gap_matrix
from components.hints import hint
from components.initiative_filters import narrowed
from components.initiatives import chosen_initiatives, initiative_card, purposes
from components.page import heading, source_line
from components.session import look
from data import danish
from data.release import records

DIALOGUE = 4

screen = look()
chosen = chosen_initiatives(screen, None, screen.view.areas)
names = danish.join(screen.release.name_of(area) for area in screen.view.areas)
heading(
    screen,
    f"{danish.plural(len(chosen), 'indsats', 'indsatser')}{f' i {names}' if names else ''} og deres mål",
    "Hver indsats står med det, den har lovet, og det, tallene kan sige om det i dag.",
)
messages()
purposes(screen)
filter_bar(screen, "areas")
hint("indsatser")
shown, waiting = narrowed(screen, chosen), waiting_criteria(screen)
for focus_area in screen.partnership.focus_areas:
    rows = shown[shown["focus_area"] == focus_area.id]
    st.header(f"Indsatsområde {focus_area.id}: {focus_area.title}", anchor=False, divider="gray")
    if rows.empty:
        st.markdown(":gray[Ingen indsatser her med de valgte filtre.]")
    for initiative in records(rows):
        initiative_card(screen, initiative, waiting)
    if focus_area.id == DIALOGUE:
        dialogues(screen)
gap_matrix(screen)
if not chosen.empty:
    source_line(screen, chosen)
