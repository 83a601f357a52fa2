"""Område: one area on one sheet that prints on one A4 page."""

import streamlit as st

from components.area import cards, sheet
from components.area.figures import area_figures
from components.filters import filter_bar
from components.hints import hint
from components.meetings.about_area import decided
from components.page import heading
from components.session import resolve_view
from components.trends import pictures
from data.sentences import areas as area_sentences
from data.views.rows import sheet_area

screen = resolve_view(names_area=True)
view = screen.view
figures = area_figures(screen, sheet_area(screen))
indicator, category = screen.partnership.indicator(view.indicator), screen.partnership.category(view.category)
heading(screen, area_sentences.area_title(figures.area, indicator, category))
filter_bar(screen, "area", "indicator", "category")
hint("omraade")
with st.container(key="area_sheet"):
    sheet.facts(screen, figures)
    cards.key_figures(screen, figures)
    cards.one_sentence(screen, figures)
    over_time, among_others = st.columns([5, 4], gap="large")
    with over_time:
        pictures.one_time_axis(screen, figures)
    with among_others:
        sheet.peers(screen, figures)
        sheet.perceived_against_recorded(screen, figures)
        sheet.neighbourhood(screen, figures)
    promised, done = st.columns([5, 4], gap="large")
    with promised:
        sheet.goals(screen, figures)
        decided(screen, figures.area["area_id"])
    with done:
        sheet.log(screen, figures)
    sheet.sources(screen, figures)
