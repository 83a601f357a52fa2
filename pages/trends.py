"""Udvikling: perceived safety and recorded incidents over time, beside each other."""

import pandas as pd
import streamlit as st

from components import trend_pictures
from components.filters import filter_bar
from components.hints import hint
from components.navigation import link_to
from components.page import heading, source_line
from components.session import look
from components.tables import table_twin
from data import danish
from data.rows import (
    compared_with,
    credit,
    incident_rows,
    incident_words,
    initiatives_in,
    surroundings,
    survey_rows,
    survey_words,
    telling_area,
)
from data.view import LEVELS

screen = look()
view = screen.view
areas = view.areas or (telling_area(screen),)
heading(screen, f"Udviklingen i {danish.join(screen.release.name_of(area) for area in areas)}")
filter_bar(screen, "areas", "indicator", "category", "comparison")
hint("udvikling")
perceived, recorded = st.columns(2, gap="large")
with perceived:
    rows = survey_rows(screen, areas=areas + compared_with(screen, areas))
    trend_pictures.perceived_trend(screen, rows, areas)
    table_twin(survey_words(rows, screen), f"{view.indicator}_udvikling", credit(screen, rows))
    source_line(screen, pd.concat([rows, initiatives_in(screen, areas)])[["source_id", "provenance"]])
    for area in areas:
        link_to("area.py", f"Se {screen.release.name_of(area)} på ét ark", view, areas=(area,))
with recorded:
    shown = areas if len(areas) > 1 else areas + surroundings(screen, areas)[:1]
    counts = incident_rows(screen, areas=shown)
    for area in shown:
        trend_pictures.recorded_trend(screen, counts[counts["area_id"] == area])
    table_twin(incident_words(counts, screen), f"anmeldelser_{view.category}_udvikling", credit(screen, counts))
    source_line(screen, counts)
st.header(f"Alle {LEVELS[view.level].lower()} på samme akse", anchor=False, divider="gray")
trend_pictures.all_areas(screen)
