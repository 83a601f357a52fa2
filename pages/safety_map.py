"""Tryghedskort: perceived safety on the map, and the chosen area in words."""

import streamlit as st

from components import map_picture, pictures
from components.filters import filter_bar
from components.page import heading, source_line
from components.rows import survey_rows, survey_words
from components.session import look
from components.tables import table_twin
from data.view import LEVELS

screen = look()
view = screen.view
indicator = screen.partnership.indicator(view.indicator)
heading(screen, f"{indicator.title} i {LEVELS[view.level].lower()}, {view.period}")
filter_bar(screen, "indicator", "level", "period")
rows = survey_rows(screen, level=view.level, wave=view.period)
on_map, in_words = st.columns([3, 2], gap="large")
with on_map:
    map_picture.safety_map(screen, rows, key="safety_map", height=520)
with in_words:
    map_picture.chosen_area(screen, rows)
    pictures.dots(screen, rows, key="safety_dots")
table_twin(survey_words(rows, screen), f"{view.indicator}_{view.level}_{view.period}")
source_line(screen, rows)
