"""What a reader of the hotspots can choose: category, year, a year to hold it against, municipality, size of cell."""

import streamlit as st

from components.session import Screen, choose
from components.view_choices import one_of, select
from data.sentences.hotspots import cell_size
from data.views.cell_view import categories, municipalities, municipality_of, sizes, years

ALL = "Alle kommuner"
ALONE = "Ingen"


def hotspot_bar(screen: Screen) -> None:
    """The filter bar of the hotspots."""
    view, release = screen.view, screen.release
    titles = {category.id: category.title for category in screen.partnership.categories}
    known = years(release, view.cell_size)
    counted = {category: titles[category] for category in categories(release, screen.partnership)}
    places = {"": ALL} | {area: release.name_of(area) for area in municipalities(release)}
    with st.container(horizontal=True, key="filter_bar_hotspots", vertical_alignment="bottom"):
        one_of("category", "Anmeldelser", view.category, counted)
        one_of(
            "municipality",
            "Kommune",
            municipality_of(view, release),
            places,
            lambda area: {"areas": (area,) if area else (), "cell": ""},
        )
        select("cell_year", "År", view.cell_year, known[::-1], str)
        others = ["", *(year for year in known[::-1] if year != view.cell_year)]
        select("cell_against", "Sammenlign med", view.cell_against, others, lambda year: year or ALONE)
        select("cell_size", "Felter", view.cell_size, sizes(release), cell_size)


def choose_cell(cell_id: str | None) -> None:
    """Choose a cell on the map, or none; for use in callbacks."""
    choose(cell=cell_id or "")
