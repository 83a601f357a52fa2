"""Tryghedskort: perceived safety on the map in three readings, what was reported beside it, and the area in words."""

import streamlit as st

from components import pictures
from components.filters import filter_bar
from components.hints import hint
from components.map import picture
from components.map.readings import perceived
from components.page import heading, source_line
from components.session import resolve_view
from components.tables import count_csv, table_twin
from components.trends.timeline import timeline
from data.views.map_classes import cited, recorded_rows, reference_rows, words
from data.views.row_words import incident_words
from data.views.rows import survey_rows
from reports import page_tables

screen = resolve_view()
view = screen.view
rows = survey_rows(screen, level=view.level, wave=view.period)
reading = perceived(screen)
heading(screen, reading.title, reading.sentence)
against = ("reference",) if view.reading == "reference" else ()
beside = ("beside", "category") if view.beside else ("beside",)
filter_bar(screen, "indicator", "level", "period", "reading", *against, *beside)
hint("kort")
if view.beside:
    picture.side_by_side(screen, height=460)
    timeline(screen)
    in_words, in_dots = st.columns([2, 3], gap="large")
else:
    on_map, in_words = st.columns([3, 2], gap="large")
    in_dots = in_words
    with on_map:
        picture.draw(screen, reading, key="safety_map", height=520)
        timeline(screen)
        picture.download(screen, reading)
with in_words:
    picture.chosen_area(screen, rows)
with in_dots:
    pictures.dots(screen, key="safety_dots")
table_twin(lambda: words(screen, rows), reading.file_name, lambda: page_tables.map_csv(screen, rows))
source_line(screen, cited(rows, reference_rows(screen)) if against else rows)
if view.beside:
    counts = recorded_rows(screen)
    name = f"anmeldelser_{view.category}_{view.period}"
    table_twin(lambda: incident_words(counts, screen), name, count_csv(counts, screen))
    source_line(screen, counts)
