"""How a page shows a picture: drawn once per release and view, with its sentence and the way to take it along."""

from collections.abc import Callable
from typing import Any

import pandas as pd
import streamlit as st

from components.pictures.element import Foot, Picture, mount_downloads, mount_picture
from components.session import Screen
from data.views.memo import memoized_by_view
from data.views.provenance import credit, is_example
from data.views.shifts import LEVEL, in_reading, shift_meaning, spread_sentence
from data.views.view import ViewContext
from drawings.changes import changes as draw_changes
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
    """The areas of the view's level and wave with their intervals, as the map's reading says them: shares the highest
    first, or changes around zero the best first."""
    view = screen.view
    indicator = screen.partnership.indicator(view.indicator)
    what = ("dots", view.indicator, view.level, view.period)
    options = {"direction": indicator.direction, "selected": view.areas}
    rows = in_reading(screen)
    if view.reading == LEVEL:
        figure = picture(draw_dots, rows, screen, *what, **options)
    else:
        meaning = shift_meaning(screen)
        figure = picture(draw_changes, rows, screen, *what, view.reading, view.reference, meaning=meaning, **options)
    show(figure, dots_said(screen), key)


@memoized_by_view("indicator", "level", "period", "reading", "reference")
def dots_said(context: ViewContext) -> str:
    """The spread of the areas in one sentence."""
    return spread_sentence(context, in_reading(context))
