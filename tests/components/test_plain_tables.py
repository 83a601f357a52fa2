"""A plain table is HTML that names its rows, in which whatever stands in a cell is text."""

import pandas as pd
import pytest

from components.sources import link
from components.tables import Link, table_html

ADDRESS = "https://www.statbank.dk/STRAF11?a=1&b=2"


def test_the_first_column_names_the_rows() -> None:
    assert table_html(pd.DataFrame({"Kilde": ["STRAF11"], "Hentet": ["4. marts 2026"]})) == (
        '<div class="plain-table"><table><thead><tr><th scope="col">Kilde</th><th scope="col">Hentet</th></tr></thead>'
        '<tbody><tr><th scope="row">STRAF11</th><td class="short">4. marts 2026</td></tr></tbody></table></div>'
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
