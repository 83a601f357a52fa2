"""Indsatser: four tabs on what was promised, what was done, where we walked, and whom nobody reaches."""

import streamlit as st

from components.filters import filter_bar
from components.forms.entry import messages
from components.hints import hint
from components.initiatives import gaps
from components.initiatives.all_criteria import all_criteria
from components.initiatives.cards import cards_in, chosen_initiatives
from components.initiatives.criterion_row import waiting_criteria
from components.initiatives.dialogues import dialogues
from components.initiatives.filters import further_choices, narrowed
from components.initiatives.logbook import logbook
from components.initiatives.status_rows import status_rows, totals
from components.initiatives.tabs import choose_tab, nearest_tab
from components.initiatives.titles import title
from components.page import heading, source_line
from components.session import resolve_view
from data.views.view import INITIATIVE_FIELDS

screen = resolve_view(nearest_tab, keep=INITIATIVE_FIELDS)
tab = screen.view.tab
shown = narrowed(screen, cards_in(screen, screen.view.areas))
heading(screen, title(screen, shown))
choose_tab(screen)
messages()
if tab != "hvem":
    with st.container(horizontal=True, vertical_alignment="bottom", key="filters"):
        filter_bar(screen, "areas")
        if tab != "vandringer":
            further_choices(screen)
if tab == "status":
    totals(screen, shown)
    hint("indsatser")
    status_rows(screen, shown, waiting_criteria(screen))
    all_criteria(screen, shown)
    if shown:
        source_line(screen, chosen_initiatives(screen, None, screen.view.areas))
elif tab == "logbog":
    logbook(screen, shown)
elif tab == "vandringer":
    dialogues(screen)
else:
    gaps.gap_matrix(screen)
