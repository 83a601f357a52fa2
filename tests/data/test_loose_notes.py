"""A note below one of our own tables is read past and said; a row that lacks all but one cell is told in one line."""

from pathlib import Path

import pytest

from data.store import Store
from tests.data.test_tables_as_sent import book
from tests.data.test_wide import examined
from tests.data.test_wrong_in_silence import shipped as shipped

HEADINGS = ["Periode", "Område", "Kategori", "Antal", "Oprindelse", "Kilde-id"]
ROW = ["2025K3", "Herlev", "TOT", 530, "eksempel", "eksempeldata"]
NEXT = ["2025K4", "Herlev", "TOT", 541, "eksempel", "eksempeldata"]
NOTE = "Tallene er foreløbige og kan ændre sig"
Cells = list[object]


def text(tmp_path: Path, rows: list[Cells]) -> Path:
    """The rows as Excel writes them to a CSV, a separator for every column."""
    lines = (";".join("" if cell is None else str(cell) for cell in [*row, *[None] * (6 - len(row))]) for row in rows)
    (tmp_path / "tal.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return tmp_path / "tal.csv"


@pytest.mark.parametrize("write", [book, text])
@pytest.mark.parametrize(
    ("below", "said"),
    [
        ([[NOTE]], f"»{NOTE}«"),
        ([[], [NOTE]], f"»{NOTE}«"),
        ([[], [f"* {NOTE}"], ["Kilde: Politiet, udtræk 1. marts"]],
         f"»* {NOTE}« og »Kilde: Politiet, udtræk 1. marts«"),
        ([[None, None, "Note"], [None, None, None, None, None, NOTE]], f"»Note« og »{NOTE}«"),
        ([["Kilde:", "Politiet"]], "»Kilde: Politiet«"),
    ],
)  # fmt: skip
def test_a_note_below_is_read_past_and_said(
    shipped: Store, tmp_path: Path, write: object, below: list[Cells], said: str
) -> None:
    found = examined(shipped, write(tmp_path, [HEADINGS, ROW, NEXT, *below]))  # type: ignore[operator]
    assert found.problems == ()
    assert found.incoming[0].frame["count"].tolist() == [530, 541]
    assert f"der står {said} under tabellen (række " in " ".join(found.remarks)
    assert "det er ikke læst" in " ".join(found.remarks)


def test_a_note_below_a_table_with_a_title_is_said_too(shipped: Store, tmp_path: Path) -> None:
    found = examined(shipped, book(tmp_path, [["Anmeldelser i Herlev"], HEADINGS, ROW, NEXT, [], [NOTE]]))
    assert found.problems == ()
    assert f"»{NOTE}« under tabellen; det er ikke læst" in " ".join(found.remarks)


def test_the_notes_text_is_masked_where_it_looks_like_a_person(shipped: Store, tmp_path: Path) -> None:
    found = examined(shipped, text(tmp_path, [HEADINGS, ROW, ["Note: spørg hans@eksempel.dk om tallene"]]))
    assert "hans@" not in " ".join([*found.remarks, *(each.sentence for each in found.problems)])


@pytest.mark.parametrize("lone", [["2026K1"], [None, "Herlev"], [None, None, None, 12]])
def test_a_row_that_somebody_forgot_to_fill_is_refused_in_one_line(shipped: Store, tmp_path: Path, lone: Cells) -> None:
    (problem,) = examined(shipped, text(tmp_path, [HEADINGS, ROW, NEXT, lone])).problems
    assert problem.row == 4
    assert problem.message == "der står kun noget i én af rækkens celler"
    assert problem.remedy == "Slet rækken, hvis den er en note eller en overskrift; ellers udfyld resten af den"


def test_a_heading_between_rows_is_refused_in_one_line(shipped: Store, tmp_path: Path) -> None:
    (problem,) = examined(shipped, text(tmp_path, [HEADINGS, ROW, ["Herefter foreløbige tal"], NEXT])).problems
    assert (problem.row, problem.column, problem.value) == (3, "Periode", "Herefter foreløbige tal")


@pytest.mark.parametrize("total", [["I alt", None, None, 1071], [None, "Total", None, 1071], ["Sum", "", "", 1071]])
def test_a_row_of_a_sum_is_refused_in_one_line(shipped: Store, tmp_path: Path, total: Cells) -> None:
    (problem,) = examined(shipped, book(tmp_path, [HEADINGS, ROW, NEXT, total])).problems
    assert problem.row == 4
    assert problem.message == "rækken er en sum"
    assert problem.remedy == "Slet rækken; summer regnes ud af de andre"


def test_a_row_that_lacks_two_cells_is_told_cell_by_cell(shipped: Store, tmp_path: Path) -> None:
    problems = examined(shipped, text(tmp_path, [HEADINGS, ROW, ["2025K4", "Herlev", "", 541, "", "eksempeldata"]]))
    assert [each.column for each in problems.problems] == ["Kategori", "Oprindelse"]
