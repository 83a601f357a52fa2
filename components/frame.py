"""The frame around every page: settings, look, navigation. It names pages by path and imports none of them."""

from pathlib import Path

import streamlit as st

from components.navigation import pages
from components.session import audience, choose_audience
from components.theme import is_dark
from data.partnership import our_partnership
from data.store import StoreError

ROOT = Path(__file__).parents[1]

st.set_page_config(page_title="Tryghedsoverblik", page_icon=str(ROOT / "static" / "icon.png"), layout="wide")
page = st.navigation(pages(audience()), position="top")
st.html(ROOT / "components" / "style.css")
st.html(ROOT / "components" / "print.css")
st.logo(str(ROOT / "static" / ("logo-dark.svg" if is_dark() else "logo.svg")), size="large")

try:
    page.run()
except StoreError as error:
    st.error(str(error), icon=":material/error:")
with st.container(horizontal=True, key="demo"):
    st.markdown(":gray-badge[demo] Der er ikke sat login op. Vis som:")
    choose_audience()
credit = "Indeholder data fra Klimadatastyrelsen, DAGI, CC BY 4.0, og Danmarks Statistik, CC BY 4.0"
st.caption(f"{our_partnership().name} · {credit}")
