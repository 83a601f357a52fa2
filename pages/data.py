"""Data: the secretariat's quarter, from templates and files to a published release that can be undone."""

from collections.abc import Callable

import streamlit as st

from components.data_page.common_page import common_page
from components.data_page.damage import damage
from components.data_page.publishing import publishing
from components.data_page.receiving import files, templates, understood
from components.data_page.releases import releases
from components.data_page.streets import streets
from components.data_page.verdict import checked, previewed
from components.page import name_tab

STEPS: tuple[tuple[str, tuple[Callable[[], None], ...]], ...] = (
    ("Hent en skabelon", (templates,)),
    ("Læg filerne ind", (files, understood)),
    ("Se, om der er fejl", (checked,)),
    ("Se, hvad der ændrer sig", (previewed,)),
    ("Udgiv", (publishing,)),
    ("Udgaver", (releases,)),
)

name_tab("Data")
st.title("Data", anchor=False)
st.markdown(
    "Nye tal bliver til en udgave i seks trin. Intet ændrer sig for andre, før du udgiver, og alt kan fortrydes."
)
damage()
for number, (title, parts) in enumerate(STEPS, 1):
    st.header(f"{number}. {title}", anchor=False, divider="gray")
    with st.container(key=f"step_{number}"):
        for part in parts:
            part()
streets()
common_page()
