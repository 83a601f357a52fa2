"""How a page shows a chart: drawn once per release and view, with its sentence and the way to take it along."""

from collections.abc import Callable
from dataclasses import asdict
from typing import Any

import pandas as pd
import plotly.graph_objects as go
import streamlit as st

from components.charts import CONFIG
from components.charts.dots import dot_and_interval
from components.exports import Foot, chart_downloads
from components.page import credit, is_example
from components.session import Screen
from components.theme import is_dark

Draw = Callable[..., go.Figure]

KEPT_FIGURES = 400


def show(figure: go.Figure, sentence: str, key: str) -> None:
    """A chart with its sentence for those who listen, and below it the same as PNG and SVG with source and release."""
    with st.container(key=f"picture_{key}", gap=None):
        st.plotly_chart(figure, width="stretch", theme=None, config=CONFIG, key=key, alt=sentence)
        if figure.layout.meta:
            chart_downloads(key, sentence, Foot(**figure.layout.meta))


@st.cache_resource(max_entries=KEPT_FIGURES, show_spinner=False)
def _cached(
    what: tuple[Any, ...], _draw: Draw, _rows: pd.DataFrame, _options: dict[str, Any], _foot: Foot
) -> go.Figure:
    """A figure by what it shows; a release never changes, so neither does its picture."""
    return _draw(_rows, **_options).update_layout(meta=asdict(_foot))


def picture(draw: Draw, rows: pd.DataFrame, screen: Screen, *what: Any, **options: Any) -> go.Figure:
    """Draw rows once per release, audience, subject and options."""
    dark = is_dark()
    subject = (screen.release.head.id, screen.release.audience, *what, dark, repr(sorted(options.items())))
    return _cached(subject, draw, rows, options | {"dark": dark}, _foot(screen, rows))


def _foot(screen: Screen, rows: pd.DataFrame) -> Foot:
    """What goes below the picture when it leaves the house."""
    if "source_id" not in rows:
        rows = pd.DataFrame({"source_id": [], "provenance": []})
    return Foot(credit(screen, rows), is_example(rows))


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
