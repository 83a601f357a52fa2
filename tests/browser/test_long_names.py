"""The board with names as long as settings and files allow: no column is too wide, no row as high as a name."""

from dataclasses import replace

import pytest
from playwright.sync_api import Page

from data.partnership import Partnership
from data.release import Release
from data.views.board import board
from data.views.board_figures import OtherView
from data.views.view import View
from drawings.board_html import board_html, board_style

WORDS = (
    "Andelen af beboere, der føler sig trygge ved at færdes alene i nabolaget efter mørkets frembrud på hverdage og i "
    "weekender hele året rundt"
)
ONE_WORD = "Tryghedsfremmendebeboerdemokratiudviklingsprojektevalueringskommissionen"
HIGHEST_HEAD, HIGHEST_ROW = 150, 110
"""Pixels: three lines of a name, two of what stands under it."""


@pytest.fixture
def long_named(shipped: Release, partnership: Partnership) -> str:
    """The board of the shipped release with a long name, of many words or one, in each heading and each row."""
    view = View(indicator="tryg_i_nabolag", category="TOT", level="housing_area")
    shown = board(OtherView(view, shipped, partnership))
    columns = tuple(replace(each, title=(WORDS, ONE_WORD)[place % 2]) for place, each in enumerate(shown.columns))
    rows = tuple(replace(each, name=(WORDS, ONE_WORD)[place % 2]) for place, each in enumerate(shown.rows))
    made = board_html(replace(shown, columns=columns, rows=rows), href=lambda _area: "#", sortable=True)
    return f"<style>{board_style()}</style><div class='board-frame'>{made}</div>"


@pytest.mark.parametrize("width", [1440, 1024, 390])
def test_long_names_widen_no_column_and_no_row(page: Page, long_named: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    page.set_content(f"<!doctype html><meta name='viewport' content='width=device-width'>{long_named}")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    highest = "all => Math.max(...all.map((each) => each.getBoundingClientRect().height))"
    assert page.locator("thead").evaluate_all(highest) <= HIGHEST_HEAD
    assert page.locator("tbody th").evaluate_all(highest) <= HIGHEST_ROW
    assert page.locator("thead th").nth(1).get_attribute("title") == WORDS
    assert page.locator("tbody th").first.inner_text().startswith(WORDS)  # whole for a screen reader
