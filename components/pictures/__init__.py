"""How a page shows a picture: drawn once per release and view, with its sentence and the way to take it along."""

from collections.abc import Callable
from typing import Any

import pandas as pd
import streamlit as st

from components.pictures.element import Foot, Picture, mount_downloads, mount_picture
from components.session import Screen
from data.views.map_classes import dots_sentence
from data.views.memo import memoized_by_view
from data.views.rows import credit, is_example, survey_rows
from data.views.view import ViewContext
from drawings.dots import dots as draw_dots
from drawings.model import Drawing

Draw = Callable[..., Drawing]


def show(figure: Picture, sentence: str, key: str) -> None:
    """A picture with its sentence for those who listen, and the way to take it along with source and release."""
    with st.container(key=f"picture_{key}", gap=None):
        mount_picture(figure, sentence, key, take=True)


def draw(figure: Picture, sentence: str, key: str) -> None:
    """A picture alone, with its sentence for those who listen."""
    mount_picture(figure, sentence, key, take=False)


def take(figure: Picture, sentence: str, key: str) -> None:
    """The picture as PNG and SVG, where a page keeps what few ask for."""
    mount_downloads(figure, sentence, key)


def picture(
    drawing: Draw, rows: pd.DataFrame | Callable[[], pd.DataFrame], screen: Screen, *what: Any, **options: Any
) -> Picture:
    """Draw rows once per release, audience, subject and options: a release never changes, nor does its picture.

    `rows` that take time to gather are given as a function, which is called only where there is no picture yet.
    """
    subject = ("picture", drawing.__qualname__, *what, repr(sorted(options.items())))

    def drawn() -> Picture:
        table = rows() if callable(rows) else rows
        return Picture.of(drawing(table, **options), _foot(screen, table))

    return screen.release.get_or_make(subject, drawn)


def _foot(screen: Screen, rows: pd.DataFrame) -> Foot:
    """What goes below the picture when it is saved as a file."""
    if "source_id" not in rows:
        rows = pd.DataFrame({"source_id": [], "provenance": []})
    return Foot(credit(screen, rows), is_example(rows))


def dots(screen: Screen, *, key: str) -> None:
    """The areas of the view's level and wave with their intervals, in the order of their share."""
    indicator = screen.partnership.indicator(screen.view.indicator)
    figure = picture(
        draw_dots,
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
