"""How a sheet of a workbook stands on paper: as wide as an A4, its headings on every page, its pages numbered."""

from collections.abc import Sequence

from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

UPRIGHT, LYING = 92, 148
"""Letters of Excel's own type that stand across an A4, upright and lying, within the margins below."""
SMALLEST = 0.68
"""The part of its size that type is set smaller to and still read: 11 points become 7.5."""
ROOM = int(LYING / SMALLEST)
"""The letters that all the columns of a sheet may be wide together."""
_MARGIN, _FOOT = 0.5, 0.3  # inches
_NARROWEST, UNSET = 12, 8.43


def fit_to_paper(sheet: Worksheet, heading_row: int = 1, told: str = "") -> None:
    """Set a sheet to A4, all columns on one page, the rows down to `heading_row` on each; `told` stands at its foot.

    It lies where its columns are wider than an upright page.
    """
    known = sheet.column_dimensions
    letters = [get_column_letter(number) for number in range(1, sheet.max_column + 1)]
    wide = sum(known[letter].width if letter in known else UNSET for letter in letters)
    sheet.page_setup.orientation = "landscape" if wide > UPRIGHT else "portrait"
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.page_margins.left = sheet.page_margins.right = _MARGIN
    sheet.page_margins.top, sheet.page_margins.bottom = _MARGIN, 0.75
    sheet.page_margins.footer = _FOOT
    sheet.print_title_rows = f"{heading_row}:{heading_row}"
    # An ampersand is a command in a foot; two of them are one.
    foot = sheet.oddFooter
    foot.left.text = " · ".join(part.replace("&", "&&") for part in (sheet.title, told) if part)
    foot.right.text = "Side &P af &N"
    foot.left.size = foot.right.size = 8


def widths_that_fit(longest: Sequence[int], widest: int, room: int = ROOM) -> list[int]:
    """The widths of columns whose longest cells have so many letters, the widest narrowed until all fit the room."""
    for most in range(widest, _NARROWEST, -1):
        widths = [min(each + 3, most) for each in longest]
        if sum(widths) <= room:
            return widths
    return [min(each + 3, _NARROWEST) for each in longest]
