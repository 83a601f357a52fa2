"""How a page shows a chart: drawn once per release and view, with its sentence and the way to take it along."""

from collections.abc import Callable
from dataclasses import asdict
from typing import Any

import pandas as pd
import streamlit as st

from components.charts import CONFIG
from components.charts.dots import dot_and_interval
from components.charts.style import Chart
from components.exports import Foot, chart_downloads
from components.session import Screen
from components.theme import is_dark
from data.views.map_classes import dots_sentence
from data.views.memo import memoized_by_view
from data.views.rows import credit, is_example, survey_rows
from data.views.view import ViewContext

Draw = Callable[..., Chart]


def show(figure: Chart, sentence: str, key: str) -> None:
    """A chart with its sentence for those who listen, and below it the same as PNG and SVG with source and release."""
    with st.container(key=f"picture_{key}", gap=None):
        draw(figure, sentence, key)
        take(figure, sentence, key)


def draw(figure: Chart, sentence: str, key: str) -> None:
    """A chart alone, with its sentence for those who listen."""
    st.plotly_chart(figure, width="stretch", theme=None, config=CONFIG, key=key, alt=sentence)


def take(figure: Chart, sentence: str, key: str) -> None:
    """The chart drawn with that key as PNG and SVG; below it, or where a page keeps what few ask for."""
    if figure.meta:
        chart_downloads(key, sentence, Foot(**figure.meta))


def picture(
    drawing: Draw, rows: pd.DataFrame | Callable[[], pd.DataFrame], screen: Screen, *what: Any, **options: Any
) -> Chart:
    """Draw rows once per release, audience, subject and options: a release never changes, nor does its picture.

    `rows` that take time to gather are given as a function, which is called only where there is no picture yet.
    """
    dark = is_dark()
    subject = ("picture", drawing.__qualname__, *what, dark, repr(sorted(options.items())))

    def drawn() -> Chart:
        table = rows() if callable(rows) else rows
        return drawing(table, **options, dark=dark).with_meta(asdict(_foot(screen, table)))

    return screen.release.get_or_make(subject, drawn)


def _foot(screen: Screen, rows: pd.DataFrame) -> Foot:
    """What goes below the picture when it leaves the house."""
    if "source_id" not in rows:
        rows = pd.DataFrame({"source_id": [], "provenance": []})
    return Foot(credit(screen, rows), is_example(rows))


def dots(screen: Screen, *, key: str) -> None:
    """The areas of the view's level and wave with their intervals, in the order of their share."""
    indicator = screen.partnership.indicator(screen.view.indicator)
    figure = picture(
        dot_and_interval,
        _ordered(screen),
        screen,
        "dots",
        screen.view.indicator,
        screen.view.level,
        screen.view.period,
        direction=indicator.direction,
        selected=screen.view.areas,
    )
    show(figure, dots_said(screen), key)


@memoized_by_view("indicator", "level", "period")
def dots_said(context: ViewContext) -> str:
    """The spread of the areas in one sentence."""
    return dots_sentence(context, _ordered(context))


@memoized_by_view("indicator", "level", "period")
def _ordered(context: ViewContext) -> pd.DataFrame:
    rows = survey_rows(context, level=context.view.level, wave=context.view.period)
    return rows.sort_values("share", ascending=False, na_position="last")
