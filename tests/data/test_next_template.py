"""The template of the next quarter: everything but the figures is there, and it loads once they are filled in."""

import io

import openpyxl
import pytest

from data.intake.examination import Delivered, examine
from data.intake.next_template import UNREAD, next_template, next_title
from data.partnership import our_partnership
from data.store import Incoming, Store
from tests.data.test_wrong_in_silence import INCIDENTS
from tests.data.test_wrong_in_silence import shipped as shipped


@pytest.fixture
def counted(shipped: Store) -> Store:
    text = INCIDENTS + "".join(
        f"{quarter};{area};3410;{count};eksempel;eksempeldata\n"
        for quarter, count in (("2024K4", 7), ("2025K3", 3), ("2025K4", 5))
        for area in ("Grantoften", "Hjortegården")
    )
    examined = examine([Delivered("tal.csv", text.encode())], shipped, our_partnership())
    assert examined.problems == ()
    shipped.load(examined.incoming, by="test")
    return shipped


def test_only_the_figures_are_missing_and_the_filled_template_loads(counted: Store) -> None:
    assert next_title("incidents", counted) == "Skabelon til 1. kvartal 2026"
    book = openpyxl.load_workbook(io.BytesIO(next_template("incidents", counted, our_partnership())))
    for sheet in book:
        assert (sheet.sheet_properties.pageSetUpPr.fitToPage, sheet.print_title_rows) == (True, "$1:$1")
    sheet = book["Anmeldelser"]
    headings = [cell.value for cell in sheet[1]]
    count, before = headings.index("Antal") + 1, headings.index(f"Antal i 4. kvartal 2025 {UNREAD}") + 1
    assert [sheet.cell(row, count).value for row in (2, 3)] == [None, None]
    assert [sheet.cell(row, before).value for row in (2, 3)] == [5, 5]
    assert sheet.protection.sheet
    assert (sheet.cell(1, count).protection.locked, sheet.cell(2, count).protection.locked) == (True, False)
    assert "Koder!" in str([each.formula1 for each in sheet.data_validations.dataValidation])
    for row in (2, 3):
        sheet.cell(row, count).value = row
    buffer = io.BytesIO()
    book.save(buffer)
    examined = examine([Delivered("ny.xlsx", buffer.getvalue())], counted, our_partnership())
    assert examined.problems == ()
    (table,) = examined.incoming
    assert isinstance(table, Incoming)
    assert table.frame[["period", "count"]].values.tolist() == [["2026K1", 2], ["2026K1", 3]]


def test_a_kind_that_does_not_come_again_has_none(counted: Store) -> None:
    assert next_title("areas", counted) == ""
