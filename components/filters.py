"""The filter bar: the few choices a page offers, each bound to the view."""

from collections.abc import Callable

import streamlit as st

from components.session import Screen, choose
from components.view_choices import WIDGET, segments, select
from data import danish
from data.views.nearest import map_levels, readings, references, waves
from data.views.rows import sheet_area
from data.views.view import BESIDE, COMPARISONS, REFERENCES


def filter_bar(screen: Screen, *fields: str) -> None:
    """Draw the choices named, in order: "indicator", "level", "period", "areas", "category",
    "comparison", "reading", "reference", "beside", and "area" for one area alone.
    """
    with st.container(horizontal=True, key="filter_bar", vertical_alignment="bottom"):
        for field in fields:
            _DRAW[field](screen)


def choose_indicator(screen: Screen, key: str = "") -> None:
    """Which subject of the survey; `key` as in `select`."""
    titles = {indicator.id: indicator.title for indicator in screen.partnership.indicators}
    select("indicator", "Emne", screen.view.indicator, list(titles), titles.__getitem__, key=key)


def _level(screen: Screen) -> None:
    levels = map_levels(screen.release, screen.view.indicator)
    select("level", "Niveau", screen.view.level, levels, screen.partnership.level_title)


def _period(screen: Screen) -> None:
    offered = waves(screen.release, screen.view.indicator, screen.view.level)
    select("period", "Måling", screen.view.period, offered[::-1], danish.period)


def choose_category(screen: Screen, key: str = "") -> None:
    """Which category of offences; `key` as in `select`."""
    titles = {category.id: category.title for category in screen.partnership.categories}
    select("category", "Anmeldelser", screen.view.category, list(titles), titles.__getitem__, key=key)


def choose_areas(screen: Screen, key: str = WIDGET.format(field="areas")) -> None:
    """Which areas, any number of them; `key` tells a second list on a page from the first."""
    names = screen.release.names
    st.session_state[key] = list(screen.view.areas)
    st.multiselect(
        "Områder",
        list(names),
        format_func=names.__getitem__,
        key=key,
        on_change=lambda: choose(areas=tuple(st.session_state[key])),
        placeholder="Vælg områder",
    )


def _area(screen: Screen) -> None:
    names = screen.release.names
    select("area", "Område", sheet_area(screen), list(names), names.__getitem__, lambda area: {"areas": (area,)})


def _comparison(screen: Screen) -> None:
    select("comparison", "Sammenlign med", screen.view.comparison, list(COMPARISONS), COMPARISONS.__getitem__)


def _reading(screen: Screen) -> None:
    segments("reading", "Kortet viser", screen.view.reading, readings(screen.release, screen.view))


def _reference(screen: Screen) -> None:
    select(
        "reference", "Reference", screen.view.reference, references(screen.release, screen.view), REFERENCES.__getitem__
    )


def _beside(screen: Screen) -> None:
    key = WIDGET.format(field="beside")
    st.session_state[key] = bool(screen.view.beside)
    st.toggle(
        "Vis anmeldelser ved siden af",
        key=key,
        on_change=lambda: choose(beside=BESIDE[0] if st.session_state[key] else ""),
    )


_DRAW: dict[str, Callable[[Screen], None]] = {
    "indicator": choose_indicator,
    "level": _level,
    "period": _period,
    "category": choose_category,
    "areas": choose_areas,
    "area": _area,
    "comparison": _comparison,
    "reading": _reading,
    "reference": _reference,
    "beside": _beside,
}
