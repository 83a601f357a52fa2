"""What a reader of the hotspots can choose: category, year, a year to hold it against, municipality, size of cell."""

import streamlit as st

from components.session import Screen, choose
from components.view_choices import select
from data.sentences.hotspots import cell_size
from data.views.cell_view import categories, municipalities, municipality_of, sizes, years

ALL = "Alle kommuner"
ALONE = "Ingen"


def hotspot_bar(screen: Screen) -> None:
    """The filter bar of the hotspots."""
    view, release = screen.view, screen.release
    titles = {category.id: category.title for category in screen.partnership.categories}
    known = years(release, view.cell_size)
    with st.container(horizontal=True, key="filter_bar", vertical_alignment="bottom"):
        select("category", "Anmeldelser", view.category, categories(release, screen.partnership), titles.__getitem__)
        select("cell_year", "År", view.cell_year, known[::-1], str)
        others = ["", *(year for year in known[::-1] if year != view.cell_year)]
        select("cell_against", "Sammenlign med", view.cell_against, others, lambda year: year or ALONE)
        select(
            "municipality",
            "Kommune",
            municipality_of(view, release),
            ["", *municipalities(release)],
            lambda area: release.name_of(area) if area else ALL,
            lambda area: {"areas": (area,) if area else (), "cell": ""},
        )
        select("cell_size", "Felter", view.cell_size, sizes(release), cell_size)


def choose_cell(cell_id: str | None) -> None:
    """Choose a cell on the map, or none; for use in callbacks."""
    choose(cell=cell_id or "")
