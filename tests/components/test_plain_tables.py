"""A plain table is HTML that names its rows, in which whatever stands in a cell is text."""

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from components.sources import link
from components.tables import PLAIN_ROWS, Link, table_html
from components.text import WORD_JOINER

ADDRESS = "https://www.statbank.dk/STRAF11?a=1&b=2"


def test_the_first_column_names_the_rows() -> None:
    assert table_html(pd.DataFrame({"Kilde": ["STRAF11"], "Hentet": ["4. marts 2026"]})) == (
        '<div class="plain-table"><table><thead><tr><th scope="col">Kilde</th><th scope="col">Hentet</th></tr></thead>'
        '<tbody><tr><th scope="row">STRAF11</th><td class="short">4. marts 2026</td></tr></tbody></table></div>'
    )


def test_a_row_that_a_day_names_has_the_day_on_one_line() -> None:
    assert '<th scope="row" class="short">12. december 2025</th>' in table_html(
        pd.DataFrame({"Dato": ["12. december 2025"], "Indhold": ["Nyhedsbrev"]})
    )


@pytest.mark.parametrize("column", ["Kilde", "Hentet"])
def test_what_looks_like_markup_is_the_text_it_is(column: str) -> None:
    cells = {"Kilde": "a", "Hentet": "b"} | {column: '<img src=x onerror="x">\n[x](/auth/logout)'}
    html = table_html(pd.DataFrame({name: [cell] for name, cell in cells.items()}))
    assert "&lt;img src=x onerror=&quot;x&quot;&gt; [x](/auth/logout)" in html
    assert "<img" not in html


def test_a_heading_from_data_is_text_too() -> None:
    assert '<th scope="col">&lt;b&gt;</th>' in table_html(pd.DataFrame({"<b>": ["a"]}))


def test_an_address_of_the_web_is_a_link_by_its_host_and_anything_else_is_text() -> None:
    assert link(ADDRESS) == Link(ADDRESS, "statbank.dk")
    assert [link(url) for url in ("javascript:alert(1)", "", None)] == ["javascript:alert(1)", "", ""]
    html = table_html(pd.DataFrame({"Kilde": ["STRAF11"], "Adresse": [link(ADDRESS)]}))
    assert 'href="https://www.statbank.dk/STRAF11?a=1&amp;b=2"' in html
    assert 'rel="noopener noreferrer">statbank.dk</a>' in html


@pytest.mark.parametrize("cell", ["=1+1", "@SUM(A1)", "+cmd|' /c calc'!A1", "-2+3", "\t=1", "-(1)"])
def test_a_cell_of_a_grid_is_not_run_where_it_is_copied_to(cell: str) -> None:
    assert in_grid(cell) == WORD_JOINER + cell


@pytest.mark.parametrize("cell", ["-", "-5,2", "+3 pct.", "- ", "5 = 5", "Herlev"])
def test_a_figure_of_a_grid_stays_as_it_is(cell: str) -> None:
    assert in_grid(cell) == cell


def in_grid(cell: str) -> str:
    """What a grid is given for a cell of a table that is too long to be plain."""

    def page(cell: str, rows: int) -> None:
        import pandas as pd

        from components.tables import any_table

        any_table(pd.DataFrame({"Aktivitet": [cell] * rows}))

    grid = AppTest.from_function(page, args=(cell, PLAIN_ROWS + 1)).run().dataframe[0]
    return str(grid.value["Aktivitet"].iloc[0])
