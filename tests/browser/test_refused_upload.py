"""A file with a CPR number leaves no trace: not in the store, not among temporary files, not in the log."""

from pathlib import Path

import pytest
from playwright.sync_api import FloatRect, Locator, Page, expect

from tests.browser.reader import drawn, open_page, visit
from tests.browser.server import serving
from tests.copies import copied

CPR = "010190-1234"
ROW = "2025;grantoften;tryg_i_nabolag;jm;0,83;{};0;example;eksempeldata\n"


def holding(folder: Path, number: str) -> list[Path]:
    """Every file below a folder in which the number stands, as text of one byte a letter or two."""
    spellings = [number.encode(), number.replace("-", "").encode(), number.encode("utf-16-le")]
    files = [path for path in folder.rglob("*") if path.is_file()]
    return [path for path in files if any(spelling in path.read_bytes() for spelling in spellings)]


def test_nothing_of_a_refused_file_is_anywhere_on_the_disk(
    page: Page, shipped_database: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place, elsewhere = tmp_path / "server", tmp_path / "sender"
    for folder in (place, place / "tmp", elsewhere):
        folder.mkdir()
    database = copied(shipped_database, place / "own.db")
    monkeypatch.setenv("TMPDIR", str(place / "tmp"))
    # Larger than what a web server usually keeps in memory.
    file = elsewhere / "personer.csv"
    heading = "wave;area_id;indicator;series;share;n;rounded;provenance;source_id\n"
    file.write_text(heading + 40_000 * ROW.format(210) + ROW.format(CPR), encoding="utf-8")
    assert file.stat().st_size > 2_000_000
    assert holding(elsewhere, CPR) == [file]

    with serving(database, place) as server:
        visit(page, server.address)
        page.get_by_text("Sekretariat", exact=True).click()
        expect(page.get_by_test_id("stTopNav").get_by_role("link", name="Data")).to_be_visible()
        open_page(page, "Data")
        page.locator(".st-key-quarter_drop input[type=file]").set_input_files(file)
        refused = page.get_by_text("personer.csv ser ud til at rumme personoplysninger")
        expect(refused).to_be_visible(timeout=90_000)
        drawn(page)
        assert (place / "own.db-wal").exists()
        assert holding(place, CPR) == []
    assert holding(place, CPR) == []


def test_on_a_phone_a_problem_and_its_remedy_are_read_without_scrolling_sideways(
    page: Page, shipped_database: str, tmp_path: Path
) -> None:
    file = tmp_path / "tryghed.csv"
    heading = "wave;area_id;indicator;series;share;n;rounded;provenance;source_id\n"
    file.write_text(heading + ROW.format("mange"), encoding="utf-8")
    with serving(copied(shipped_database, tmp_path / "own.db"), tmp_path) as server:
        visit(page, server.address)
        page.get_by_text("Sekretariat", exact=True).click()
        expect(page.get_by_test_id("stTopNav").get_by_role("link", name="Data")).to_be_visible()
        open_page(page, "Data")
        page.locator(".st-key-quarter_drop input[type=file]").set_input_files(file)
        problem = page.get_by_role("row").filter(has_text="Der skal stå et helt tal")
        expect(problem).to_be_visible(timeout=90_000)
        assert len({cell["y"] for cell in boxes(problem)}) == 1
        page.set_viewport_size({"width": 390, "height": 844})
        drawn(page)
        file_name, row, column, value, wrong, remedy = boxes(problem)
        assert file_name["y"] == row["y"] == column["y"] < value["y"] < wrong["y"] < remedy["y"]
        assert all(cell["x"] >= 0 and cell["x"] + cell["width"] <= 390 for cell in boxes(problem))


def boxes(row: Locator) -> list[FloatRect]:
    """Where each cell of a row is drawn."""
    return [box for cell in row.locator("th, td").all() if (box := cell.bounding_box())]
