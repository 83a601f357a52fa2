"""The workbook in a chart on a slide holds what the chart shows, with one decimal at most, and nothing hidden."""

import io
import re
import zipfile
from collections.abc import Iterator
from typing import Any

import openpyxl
import pytest
from pptx import Presentation

from drawings.changes import changes
from drawings.dots import dots
from drawings.powerpoint_chart import add_chart
from drawings.recorded import recorded
from drawings.trend import trend
from tests.drawings.rows import YEAR, frame, incident_row, survey_row

FEW = {"share": 0.314159, "low": 0.271828, "high": 0.412345, "state": "hidden", "quality": "D", "n": 24}
"""A row that is hidden, though it holds its figures still: as no release has it."""
SHOWN = {"share": 0.603217, "low": 0.5512345, "high": 0.654321}
SHIFTS = frame(
    {"area_id": "a", "name": "A", "quality": "A", "shift": 0.053219, "shift_low": 0.01234, "shift_high": 0.0987,
     "verdict": "better", "words": "", "hover": ""},
    {"area_id": "b", "name": "B", "quality": "D", "shift": 0.314159, "shift_low": 0.271828, "shift_high": 0.412345,
     "verdict": "", "words": "ikke vist (for få svar)", "hover": ""},
)  # fmt: skip
PICTURES = {
    "dots": lambda: dots(frame(survey_row(**SHOWN), survey_row(area="Ballerup", **FEW))),
    "trend": lambda: trend(frame(survey_row("2021", **SHOWN), survey_row("2023", **FEW))),
    "recorded": lambda: recorded(
        frame(*YEAR, incident_row("2025K1", 48611, state="hidden"), incident_row("2025K2", 51, mean=48.123456))
    ),
    "changes": lambda: changes(SHIFTS, meaning="Pct.point siden forrige måling"),
}
HIDDEN = re.compile(rb"31[.,]?4|27[.,]?1|27[.,]?2|41[.,]2|48[.,]?611")


def deck_of(kind: str) -> bytes:
    """The bytes of a presentation with the chart of one picture."""
    deck = Presentation()
    chart = PICTURES[kind]().chart
    assert chart is not None
    add_chart(deck.slides.add_slide(deck.slide_layouts[6]), chart, "Et diagram", (0, 0, 5_000_000, 5_000_000))
    kept = io.BytesIO()
    deck.save(kept)
    return kept.getvalue()


def parts(file: bytes) -> Iterator[tuple[str, bytes]]:
    with zipfile.ZipFile(io.BytesIO(file)) as packed:
        for name in packed.namelist():
            yield name, packed.read(name)


def books(file: bytes) -> list[Any]:
    return [openpyxl.load_workbook(io.BytesIO(content)) for name, content in parts(file) if name.endswith(".xlsx")]


def found_in(file: bytes) -> bool:
    """Whether a hidden figure stands among the values of a chart or of its workbook."""
    charts = [content for name, content in parts(file) if re.fullmatch(r"ppt/charts/chart\d*\.xml", name)]
    sheets = [content for name, book in parts(file) if name.endswith(".xlsx") for _, content in parts(book)]
    assert charts
    assert sheets
    values = [b" ".join(re.findall(rb"<(?:c:)?v>([^<]*)</(?:c:)?v>", each)) for each in (*charts, *sheets)]
    return any(HIDDEN.search(each) for each in values)


@pytest.mark.parametrize("kind", PICTURES)
def test_the_figures_of_a_charts_workbook_have_one_decimal_at_most(kind: str) -> None:
    (book,) = books(deck_of(kind))
    numbers = [cell for row in book.active.iter_rows(values_only=True) for cell in row if isinstance(cell, int | float)]
    assert len(numbers) >= 1
    assert [each for each in numbers if each != round(each, 1)] == []


@pytest.mark.parametrize("kind", PICTURES)
def test_a_charts_workbook_has_one_sheet_with_nothing_put_out_of_sight(kind: str) -> None:
    (book,) = books(deck_of(kind))
    assert [sheet.sheet_state for sheet in book] == ["visible"]
    assert not any(
        each.hidden for each in (*book.active.row_dimensions.values(), *book.active.column_dimensions.values())
    )
    assert not any(cell.comment for row in book.active.iter_rows() for cell in row)
    assert len(book.defined_names) == 0


@pytest.mark.parametrize("kind", PICTURES)
def test_what_is_hidden_stands_neither_in_the_chart_nor_in_its_workbook(kind: str) -> None:
    """The chart keeps a copy of its figures beside the workbook."""
    assert not found_in(deck_of(kind))


def test_the_same_search_finds_what_is_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    told = FEW | {"state": "published", "quality": "A"}
    monkeypatch.setitem(PICTURES, "dots", lambda: dots(frame(survey_row(**SHOWN), survey_row(area="Ballerup", **told))))
    assert found_in(deck_of("dots"))
