"""Overblik: five minutes before the meeting, what has really changed, what must be decided and what waits."""

import streamlit as st

from components import overview
from components.hints import hint
from components.page import heading
from components.session import look
from data.news import headline

screen = look()
heading(screen, headline(screen))
overview.freshness(screen)
hint("overblik")
moved, goals = st.columns(2, gap="large")
with moved, st.container(key="overview_lines_moved"):
    overview.what_moved(screen)
    overview.coming_meeting(screen)
with goals, st.container(key="overview_lines_goals"):
    overview.goals(screen)
    overview.overdue(screen)
where, how_sure = st.columns(2, gap="large")
with where:
    overview.map_of_areas(screen)
with how_sure:
    overview.dots_of_areas(screen)
overview.sources(screen)
