"""A list whose rows are to be read whole says each cell's column beside it and shows no empty column."""

import pandas as pd

from components.stacked_table import stacked_html
from components.tables import PLAIN_ROWS

WHERE = ("Fil", "Ark", "Række")
PROBLEMS = pd.DataFrame(
    [("a.csv", "", "2", "Andelen er over 1"), ("b.csv", "", "", "Kolonnen mangler")], columns=[*WHERE, "Hvad er galt"]
)


def test_a_column_that_is_empty_in_every_row_is_left_out_and_one_that_is_not_stays() -> None:
    html = stacked_html(PROBLEMS, WHERE)
    assert "Ark" not in html
    assert '<td role="cell" data-name="Række" class="place">2</td>' in html
    assert '<td role="cell" data-name="Række" class="place"></td>' in html


def test_each_cell_says_its_column_and_whether_it_is_a_place() -> None:
    assert '<td role="cell" data-name="Hvad er galt">Andelen er over 1</td>' in stacked_html(PROBLEMS, WHERE)


def test_a_table_laid_out_as_blocks_is_still_a_table_to_a_screen_reader() -> None:
    html = stacked_html(PROBLEMS, WHERE)
    assert html.count('role="columnheader" scope="col"') == 3
    assert html.count('<th role="rowheader" scope="row"') == html.count('<tr role="row">') - 1 == 2


def test_what_looks_like_markup_is_the_text_it_is() -> None:
    html = stacked_html(pd.DataFrame({'<b>"': ["<img src=x>"]}), ())
    assert "&lt;b&gt;&quot;" in html
    assert "<img" not in html


def test_a_long_list_scrolls_in_a_box_of_its_own() -> None:
    long = pd.concat([PROBLEMS] * PLAIN_ROWS)
    assert '<div class="plain-table stacked">' in stacked_html(PROBLEMS, WHERE)
    assert '<div class="plain-table stacked tall">' in stacked_html(long, WHERE)
