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
from components.session import Screen
from components.theme import is_dark
from data.map_classes import dots_sentence
from data.rows import credit, is_example

Draw = Callable[..., go.Figure]


class Drawn(go.Figure):
    """A figure that nobody changes any more: what it looks like is worked out once, not for every reader."""

    _said: dict[str, Any] | None = None

    def to_dict(self) -> dict[str, Any]:
        """What browsers are sent; shared, so never write to it."""
        if self._said is None:
            self._said = super().to_dict()
        return self._said


def show(figure: go.Figure, sentence: str, key: str) -> None:
    """A chart with its sentence for those who listen, and below it the same as PNG and SVG with source and release."""
    with st.container(key=f"picture_{key}", gap=None):
        st.plotly_chart(figure, width="stretch", theme=None, config=CONFIG, key=key, alt=sentence)
        if figure.layout.meta:
            chart_downloads(key, sentence, Foot(**figure.layout.meta))


def picture(draw: Draw, rows: pd.DataFrame, screen: Screen, *what: Any, **options: Any) -> go.Figure:
    """Draw rows once per release, audience, subject and options: a release never changes, nor does its picture."""
    dark = is_dark()
    subject = ("picture", draw.__qualname__, *what, dark, repr(sorted(options.items())))

    def drawn() -> go.Figure:
        figure = draw(rows, **options, dark=dark)
        return Drawn(figure.update_layout(meta=asdict(_foot(screen, rows))))

    return screen.release.once(subject, drawn)


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
