"""Udvikling: perceived safety and recorded incidents over time, beside each other."""

import streamlit as st

from components.filters import filter_bar
from components.hints import hint
from components.navigation import link_to
from components.page import heading
from components.session import resolve_view
from components.trends import panels, pictures
from components.trends.explore import explore
from data.views.explored import nearest_years
from data.views.rows import surroundings, telling_area
from data.views.view import TREND_FIELDS

screen = resolve_view(nearest_years, keep=TREND_FIELDS)
view = screen.view
areas = view.areas or (telling_area(screen),)
heading(screen, pictures.title(screen, areas))
filter_bar(screen, "areas", "indicator", "category", "comparison")
hint("udvikling")
perceived, recorded = st.columns(2, gap="large")
with perceived:
    pictures.perceived_trend(screen, areas)
    for area in areas:
        link_to("area.py", f"Se området {screen.release.name_of(area)}", view, areas=(area,))
with recorded:
    pictures.recorded_trends(screen, areas if len(areas) > 1 else areas + surroundings(screen, areas)[:1])
explore(screen, areas)
st.header(f"Alle {screen.partnership.level(view.level).many} på samme akse", anchor=False, divider="gray")
panels.all_areas(screen)
