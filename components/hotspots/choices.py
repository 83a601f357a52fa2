"""What a reader of the hotspots can choose: category, year, a year to hold it against, municipality, size of cell."""

from collections.abc import Callable, Sequence
from typing import Any

import streamlit as st

from components.filters import WIDGET
from components.session import Screen, choose
from data.cell_view import categories, municipalities, municipality_of, sizes, years
from data.hotspot_sentences import cell_size

ALL = "Alle kommuner"
ALONE = "Ingen"


def hotspot_bar(screen: Screen) -> None:
    """The filter bar of the hotspots."""
    view, release = screen.view, screen.release
    titles = {category.id: category.title for category in screen.partnership.categories}
    known = years(release, view.cell_size)
    with st.container(horizontal=True, key="filter_bar", vertical_alignment="bottom"):
        _choice("category", "Anmeldelser", view.category, categories(release, screen.partnership), titles.__getitem__)
        _choice("cell_year", "År", view.cell_year, known[::-1], str)
        others = ["", *(year for year in known[::-1] if year != view.cell_year)]
        _choice("cell_against", "Sammenlign med", view.cell_against, others, lambda year: year or ALONE)
        _choice(
            "municipality",
            "Kommune",
            municipality_of(view, release),
            ["", *municipalities(release)],
            lambda area: release.name_of(area) if area else ALL,
            lambda area: {"areas": (area,) if area else (), "cell": ""},
        )
        _choice("cell_size", "Felter", view.cell_size, sizes(release), cell_size)


def _choice(
    field: str,
    label: str,
    value: str,
    options: Sequence[str],
    words: Callable[[str], str],
    fields: Callable[[str], dict[str, Any]] | None = None,
) -> None:
    key = WIDGET.format(field=field)
    st.session_state[key] = value
    st.selectbox(
        label,
        options,
        format_func=words,
        key=key,
        on_change=lambda: choose(
            **(fields(st.session_state[key]) if fields else {field: st.session_state[key]}),
        ),
        disabled=len(options) == 1,
    )


def choose_cell(cell_id: str | None) -> None:
    """Choose a cell on the map, or none; for use in callbacks."""
    choose(cell=cell_id or "")
