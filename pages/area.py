"""Område: one area on one sheet that prints on one A4 page."""

import streamlit as st

from components import area_cards, area_sheet, trend_pictures
from components.area_figures import area_figures
from components.filters import filter_bar
from components.hints import hint
from components.meetings.about_area import decided
from components.page import heading
from components.session import look
from data.rows import sheet_area
from data.sentences import areas as area_sentences

screen = look()
view = screen.view
figures = area_figures(screen, sheet_area(screen))
indicator, category = screen.partnership.indicator(view.indicator), screen.partnership.category(view.category)
heading(screen, area_sentences.area_title(figures.area, indicator, category))
filter_bar(screen, "area", "indicator", "category")
hint("omraade")
with st.container(key="area_sheet"):
    area_sheet.facts(figures)
    area_cards.key_figures(screen, figures)
    over_time, among_others = st.columns([5, 4], gap="large")
    with over_time:
        trend_pictures.one_time_axis(screen, figures)
    with among_others:
        area_sheet.peers(screen, figures)
        area_sheet.perceived_against_recorded(screen, figures)
        area_sheet.neighbourhood(screen, figures)
    promised, done = st.columns([5, 4], gap="large")
    with promised:
        area_sheet.goals(screen, figures)
        decided(screen, figures.area["area_id"])
    with done:
        area_sheet.log(screen, figures)
    area_sheet.sources(screen, figures)
