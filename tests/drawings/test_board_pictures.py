"""The small picture of a figure of the board on paper: its years and interval, whole in itself."""

import xml.etree.ElementTree as ET

from data.views.board_model import HIDDEN, MISSING, SHOWN, BoardCell, BoardColumn, SparkPoint
from drawings.board_pictures import cell_svg

COLUMN = BoardColumn("tryg", "Tryghed", "2025", "share", 0.5, 1.0, "2021", "2025", wide=True)
YEARS = (SparkPoint("2021", 0.7, joined=False), SparkPoint("2023", 0.8, joined=False), SparkPoint("2025", 0.82, True))
CELL = BoardCell(SHOWN, "82 pct.", value=0.82, low=0.77, high=0.87, spark=YEARS)


def kinds(svg: str) -> list[str]:
    return [each.get("class", "") for each in ET.fromstring(svg).iter() if each.get("class")]


def test_it_has_the_years_with_their_break_and_the_interval_with_its_value() -> None:
    found = kinds(cell_svg(CELL, COLUMN))
    assert {"spark", "break", "line", "tick", "bar"} <= set(found)
    assert found.count("now") == 2


def test_a_hidden_figure_has_its_years_and_no_interval() -> None:
    found = kinds(cell_svg(BoardCell(HIDDEN, "ikke vist", spark=YEARS[:2]), COLUMN))
    assert "spark" in found
    assert "bar" not in found


def test_what_is_missing_and_what_is_counted_have_no_picture() -> None:
    assert cell_svg(BoardCell(MISSING, "ikke målt", spark=YEARS), COLUMN) == ""
    assert cell_svg(BoardCell(SHOWN, "4", sort=4), BoardColumn("done", "Gjort", "", "count")) == ""


def test_an_unknown_uncertainty_has_no_bar() -> None:
    assert "bar" not in kinds(cell_svg(BoardCell(SHOWN, "82 pct.", value=0.82, spark=YEARS), COLUMN))
