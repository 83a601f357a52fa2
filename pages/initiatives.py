"""Indsatser: each initiative by focus area, with its criteria beside the indicators they are about."""

import streamlit as st

from components.filters import filter_bar
from components.initiatives import chosen_initiatives, initiative_card
from components.page import heading, source_line
from components.session import look
from data import danish
from data.release import records

screen = look()
chosen = chosen_initiatives(screen, None, screen.view.areas)
names = danish.join(screen.release.name_of(area) for area in screen.view.areas)
heading(
    screen,
    f"{danish.plural(len(chosen), 'indsats', 'indsatser')}{f' i {names}' if names else ''} og deres mål",
    "Hver indsats står med det, den har lovet, og det, tallene kan sige om det i dag.",
)
filter_bar(screen, "areas")
for focus_area in screen.partnership.focus_areas:
    rows = chosen[chosen["focus_area"] == focus_area.id]
    st.header(f"Indsatsområde {focus_area.id}: {focus_area.title}", anchor=False, divider="gray")
    if rows.empty:
        st.markdown(":gray[Ingen indsatser her med de valgte områder.]")
    for initiative in records(rows):
        initiative_card(screen, initiative)
if not chosen.empty:
    source_line(screen, chosen)
