"""Overblik: five minutes before the meeting, what has really changed, what must be decided and what waits."""

import streamlit as st

from components.hints import hint
from components.overview import front_page
from components.page import heading
from components.session import resolve_view
from data.views.news import headline

screen = resolve_view()
heading(screen, headline(screen))
front_page.freshness(screen)
hint("overblik")
moved, goals = st.columns(2, gap="large")
with moved, st.container(key="overview_lines_moved"):
    front_page.what_moved(screen)
    front_page.coming_meeting(screen)
with goals, st.container(key="overview_lines_goals"):
    front_page.goals(screen)
    front_page.overdue(screen)
where, how_sure = st.columns(2, gap="large")
with where:
    front_page.map_of_areas(screen)
with how_sure:
    front_page.dots_of_areas(screen)
front_page.sources(screen)
