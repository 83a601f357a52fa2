"""Tryghedstavlen on Overblik: narrowed to a municipality, sorted by a heading, opened by a row."""

from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import streamlit as st

from components.mounting import with_mount
from components.navigation import PAGES, go_to
from components.page import source_line
from components.session import Screen, choose
from components.view_choices import segments
from data.sentences.trends import MAY_BE_CHANCE
from data.views.board import ALL_MUNICIPALITIES, board, municipalities
from data.views.board_model import Board
from data.views.memo import memoized_by_view
from data.views.trends import order_said
from data.views.view import ViewContext
from drawings.board_html import board_html, board_style, legend_html, order_notes_html

SCRIPT = Path(__file__).with_suffix(".js")
EVERY = "Alle kommuner"


def choose_municipality(screen: Screen) -> None:
    """Which municipality's areas stand on the board; nothing where there is only one."""
    names = municipalities(screen)
    if len(names) > 1 and screen.view.level == "housing_area":
        segments("municipality", "Kommune", screen.view.municipality, {ALL_MUNICIPALITIES: EVERY} | names,
                 label_visibility="collapsed")  # fmt: skip


def safety_board(screen: Screen) -> None:
    """The board; a row opens the area's own page."""
    shown = board(screen, screen.view.municipality)
    result = mount()(key="board", data={"html": _drawn(screen, screen.view.municipality)}, on_opened_change=nothing)
    opened = result.opened
    if opened in {row.area_id for row in shown.rows}:
        choose(areas=(opened,))
        go_to("area.py")


def board_source(screen: Screen) -> None:
    """What the board rests on."""
    source_line(screen, board(screen, screen.view.municipality).cited)


@memoized_by_view("indicator", "category", "level", "release")
def _drawn(context: ViewContext, municipality: str) -> str:
    address = next(entry.address for entry in PAGES if entry.file == "area.py")
    fields = {"emne": context.view.indicator, "art": context.view.category}
    if context.view.release is not None:
        fields["udgave"] = str(context.view.release)

    def href(area: str) -> str:
        return f"{address}?{urlencode({'omraade': area, **fields})}"

    return drawn(context, href, sortable=True, municipality=municipality)


def drawn(
    context: ViewContext, href: Callable[[str], str], *, sortable: bool = False, municipality: str | None = None
) -> str:
    """The board of a view as HTML with its legend; `href` gives the address of an area."""
    shown = board(context, context.view.municipality if municipality is None else municipality)
    orders = order_notes_html(_orders(context, shown)) if sortable else ""
    return board_html(shown, href=href, sortable=sortable) + orders + legend_html(goals=has_goals(shown))


def _orders(context: ViewContext, shown: Board) -> dict[int, str]:
    """What is said of the order of the areas, by the number of the column that they are sorted by."""
    said = {}
    for place, column in enumerate(shown.columns):
        areas = [row.area_id for row in shown.rows if row.cells[place].value is not None]
        if column.kind == "share":
            said[place] = order_said(context, areas, column.last, indicator=column.id)
        elif column.kind == "rate" and len(areas) > 1:
            said[place] = MAY_BE_CHANCE
    return {place: sentence for place, sentence in said.items() if sentence}


def has_goals(shown: Board) -> bool:
    """Whether any cell of the board tells of a goal."""
    return any(cell.goal is not None or cell.chips for row in shown.rows for cell in row.cells)


def nothing() -> None:
    """Streamlit asks for a function to be told by; the run that follows reads what was opened."""


@cache
def mount() -> Callable[..., Any]:
    """Register the component and return its mounting function."""
    return st.components.v2.component("tryghedsoverblik_tavle", js=with_mount(SCRIPT), css=board_style())
