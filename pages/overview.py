"""Overblik: the board of areas by measures, what calls for a decision, what is new and what waits."""

import streamlit as st

from components.forms.entry import messages
from components.hints import hint
from components.overview import board, decisions, front_page
from components.page import heading
from components.session import audience, resolve_view
from data.views.board import nearest_municipality
from data.views.news import headline
from data.views.view import BOARD_FIELDS

screen = resolve_view(nearest_municipality, keep=BOARD_FIELDS)
heading(screen, headline(screen) if audience().sees_local else front_page.public_headline(screen), tab="Tryghedstavlen")
if not audience().sees_local:
    front_page.who_we_are(screen)
with st.container(key="board_bar", horizontal=True, vertical_alignment="center"):
    front_page.freshness(screen)
    board.choose_municipality(screen)
messages()
board.safety_board(screen)
hint("overblik")
cases = decisions.cases_of(screen)
if audience().sees_local:
    front_page.decide(screen, cases)
news, waits = st.columns(2, gap="large")
with news, st.container(key="overview_lines_moved"):
    front_page.what_moved(screen)
with waits, st.container(key="overview_lines_goals"):
    front_page.coming_meeting(screen)
    front_page.overdue(screen)
where, how_sure = st.columns(2, gap="large")
with where:
    front_page.map_of_areas(screen)
with how_sure:
    front_page.dots_of_areas(screen)
front_page.sources(screen)
