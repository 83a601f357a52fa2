"""Om tallene: how the figures are made, where they come from, and who we are."""

import streamlit as st

from components.hints import hint
from components.methods import LEAD, METHODS, example_of
from components.page import EXAMPLE_BADGE, heading
from components.session import resolve_view
from components.sources import glossary, releases_table, sources_table
from components.text import plain

screen = resolve_view()
heading(screen, "Om tallene", LEAD)
hint("om_tallene")
st.header("Spørgsmål og svar", anchor=False, divider="gray")
for method in METHODS:
    with st.expander(method.question):
        st.markdown(method.answer)
        st.markdown(f"**Et eksempel fra denne udgave:** {plain(example_of(screen, method))}")
        st.caption(f"Kilde: {method.source}")
st.header("Hvad der er spurgt om", anchor=False, divider="gray")
for indicator in screen.partnership.indicators:
    st.markdown(f"**{indicator.title}.** »{indicator.question}« Skala: {indicator.scale}.")
st.header("Kilder", anchor=False, divider="gray")
st.markdown(
    f"Rækker mærket {EXAMPLE_BADGE} er opdigtede. De findes kun, hvor der ikke er offentlige tal, og må ikke bruges "
    "til at sige noget om de nævnte områder."
)
sources_table(screen)
st.header("Udgaver", anchor=False, divider="gray")
releases_table()
st.header("Ord", anchor=False, divider="gray")
glossary(screen)
st.header("Partnerskabet", anchor=False, divider="gray")
st.markdown(
    f"{screen.partnership.name}. Formål: "
    + " ".join(f"{place}) {purpose.title}." for place, purpose in enumerate(screen.partnership.purposes, start=1))
)
