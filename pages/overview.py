"""Overblik: five minutes before the meeting, what has really changed and what must be decided."""

import streamlit as st

from components import overview
from components.page import heading
from components.session import look

screen = look()
heading(screen, overview.headline(screen), overview.lead(screen))
moved, goals = st.columns([3, 2], gap="large")
with moved:
    overview.what_moved(screen)
with goals:
    overview.goals(screen)
where, how_sure = st.columns(2, gap="large")
with where:
    overview.map_of_areas(screen)
with how_sure:
    overview.dots_of_areas(screen)
overview.freshness(screen)
