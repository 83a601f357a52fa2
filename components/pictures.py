"""How a page shows a chart: drawn once per release and view, with its sentence for those who listen."""

from collections.abc import Callable
from typing import Any

import pandas as pd
import plotly.graph_objects as go
import streamlit as st

from components.charts import CONFIG
from components.charts.dots import dot_and_interval
from components.session import Screen
from components.theme import is_dark

Draw = Callable[..., go.Figure]

KEPT_FIGURES = 400


def show(figure: go.Figure, sentence: str, key: str) -> None:
    """A chart with its sentence for those who listen."""
    st.plotly_chart(figure, width="stretch", theme=None, config=CONFIG, key=key, alt=sentence)


@st.cache_resource(max_entries=KEPT_FIGURES, show_spinner=False)
def _cached(what: tuple[Any, ...], _draw: Draw, _rows: pd.DataFrame, _options: dict[str, Any]) -> go.Figure:
    """A figure by what it shows; a release never changes, so neither does its picture."""
    return _draw(_rows, **_options)


def picture(draw: Draw, rows: pd.DataFrame, screen: Screen, *what: Any, **options: Any) -> go.Figure:
    """Draw rows once per release, audience, subject and options."""
    dark = is_dark()
    subject = (screen.release.head.id, screen.release.audience, *what, dark, repr(sorted(options.items())))
    return _cached(subject, draw, rows, options | {"dark": dark})


def dots(screen: Screen, rows: pd.DataFrame, *, key: str) -> None:
    """Areas of one wave with their intervals, in the order of their share."""
    ordered = rows.sort_values("share", ascending=False, na_position="last")
    indicator = screen.partnership.indicator(screen.view.indicator)
    figure = picture(
        dot_and_interval,
        ordered,
        screen,
        "dots",
        screen.view.indicator,
        screen.view.level,
        screen.view.period,
        direction=indicator.direction,
        selected=screen.view.areas,
    )
    show(figure, dots_sentence(screen, ordered), key)


def dots_sentence(screen: Screen, rows: pd.DataFrame) -> str:
    """The spread of the areas in one sentence."""
    title = screen.partnership.indicator(screen.view.indicator).title
    shown = rows[rows["state"] == "published"]
    if shown.empty:
        return f"{title}: ingen områder kan vises i {screen.view.period}."
    first, last = shown.iloc[0], shown.iloc[-1]
    return (
        f"{title} i {screen.view.period}: fra {last['label']} i {last['name']} til {first['label']} i {first['name']}."
    )
