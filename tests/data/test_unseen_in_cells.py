"""What a reader of the sheet cannot see, or sees otherwise: white writing, raised notes, conditional formats."""

import zipfile
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

from data.intake.conditional_formats import conditionals_in
from data.intake.workbook_colours import colour_of, unseen
from data.store import Store
from tests.data.test_seen_in_sheets import HEADINGS, NUMBER, row, spreadsheet
from tests.data.test_shown_otherwise import read
from tests.data.test_wrong_in_silence import refusal
from tests.data.test_wrong_in_silence import shipped as shipped

Format = dict[str, Any]
HIDDEN = "kan ikke ses: skriften har samme farve som baggrunden"
SPACES_OF_COLOUR = 'xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0"'


def counts(
    tmp_path: Path, *figures: object, look: Format | None = None, head: Format | None = None,
    condition: Format | None = None, style: Format | None = None,
) -> Path:  # fmt: skip
    """A workbook of counts in the quarters of 2025 as Excel writes it; a list of a figure is rich text in pieces."""
    book = xlsxwriter.Workbook(tmp_path / "tal.xlsx")
    sheet = book.add_worksheet()
    sheet.write_row(0, 0, HEADINGS, book.add_format(head) if head else None)
    written = book.add_format(look) if look else None
    for at, figure in enumerate(figures, 1):
        sheet.write_row(at, 0, [f"2025K{at}", "Herlev", "TOT"])
        if isinstance(figure, list):
            sheet.write_rich_string(at, 3, *(book.add_format(e) if isinstance(e, dict) else e for e in figure))
        else:
            sheet.write(at, 3, figure, written)
        sheet.write_row(at, 4, ["eksempel", "eksempeldata"])
    if condition:
        looks = {"format": book.add_format(style)} if style else {}
        sheet.conditional_format("D2:D9", condition | looks)
    book.close()
    return tmp_path / "tal.xlsx"


# Writing in the colour of the background --------------------------------------------------------------------------


@pytest.mark.parametrize(
    "look",
    [
        {"font_color": "#FFFFFF"},
        {"font_color": "#FDFDFE"},
        {"font_color": "#000000", "bg_color": "#000000"},
        {"font_color": "#C00000", "bg_color": "#C00000"},
    ],
)
def test_a_figure_in_the_colour_of_the_background_is_asked_about(shipped: Store, tmp_path: Path, look: Format) -> None:
    said = refusal(shipped, counts(tmp_path, 541, look=look))
    assert f"række 2, kolonne »D«: det, der står, {HIDDEN}. Slet det, hvis det ikke skal læses" in said


@pytest.mark.parametrize(
    "look",
    [{"font_color": "#FFFFFF", "bg_color": "#1F497D"}, {"bg_color": "#C6EFCE"}, {"font_color": "#999999"}],
)
def test_a_figure_that_can_be_seen_is_read(shipped: Store, tmp_path: Path, look: Format) -> None:
    assert read(shipped, counts(tmp_path, 541, look=look)) == ([541], "")


def test_headings_in_white_say_nothing(shipped: Store, tmp_path: Path) -> None:
    assert read(shipped, counts(tmp_path, 541, head={"font_color": "#FFFFFF"})) == ([541], "")


def test_a_colour_of_the_theme_is_known_with_its_tint() -> None:
    theme = {0: (255, 255, 255), 1: (0, 0, 0)}
    assert unseen(colour_of({"theme": "0"}, theme), (255, 255, 255))
    assert colour_of({"theme": "0", "tint": "-0.5"}, theme) == (128, 128, 128)
    assert colour_of({"indexed": "64"}, theme) == (0, 0, 0)
    assert colour_of({"auto": "1"}, theme) is None


# Parts of a cell ---------------------------------------------------------------------------------------------------


def test_a_raised_note_does_not_become_a_digit(shipped: Store, tmp_path: Path) -> None:
    said = refusal(shipped, counts(tmp_path, ["541", {"font_script": 1}, "1"]))
    assert "»1« er hævet eller sænket skrift, men læses som en del af tallet (der står »5411«)" in said
    assert "Slet det i cellen; er det en note, så skriv den under tabellen." in said


def test_a_crossed_out_part_does_not_become_digits(shipped: Store, tmp_path: Path) -> None:
    said = refusal(shipped, counts(tmp_path, [{"font_strikeout": True}, "541", " 530"]))
    assert "en del af cellen er streget over (»541«), men læses sammen med resten (der står »541 530«)" in said


def test_a_white_part_is_told(shipped: Store, tmp_path: Path) -> None:
    said = refusal(shipped, counts(tmp_path, ["541", {"font_color": "#FFFFFF"}, "7"]))
    assert "en del af cellen (»7«) er hvid skrift, som ikke kan ses" in said


def test_bold_parts_of_a_figure_are_read(shipped: Store, tmp_path: Path) -> None:
    assert read(shipped, counts(tmp_path, [{"bold": True}, "5", "41"])) == ([541], "")


# Conditional formats -----------------------------------------------------------------------------------------------

BELOW_FIVE = {"type": "cell", "criteria": "<", "value": 5}


@pytest.mark.parametrize("style", [{"font_color": "#FFFFFF"}, {"font_strikeout": True}, {"num_format": ";;;"}])
def test_a_figure_that_a_condition_hides_is_asked_about(shipped: Store, tmp_path: Path, style: Format) -> None:
    said = refusal(shipped, counts(tmp_path, 541, 3, condition=BELOW_FIVE, style=style))
    assert "række 3, kolonne »D«: en betinget formatering skjuler tallet eller streger det over" in said
    assert "Betinget formatering → Ryd regler" in said
    assert "række 2" not in said


def test_a_figure_that_a_condition_shows_as_another_is_asked_about(shipped: Store, tmp_path: Path) -> None:
    said = refusal(shipped, counts(tmp_path, 541, 3, condition=BELOW_FIVE, style={"num_format": '"<5"'}))
    assert "en betinget formatering viser noget andet end det tal, der er gemt (der står »<5«)" in said


def test_bars_in_place_of_figures_are_asked_about(shipped: Store, tmp_path: Path) -> None:
    said = refusal(shipped, counts(tmp_path, 541, condition={"type": "data_bar", "bar_only": True}))
    assert "en betinget formatering skjuler tallet" in said


def test_a_condition_that_nobody_can_work_out_is_said(shipped: Store, tmp_path: Path) -> None:
    formula = {"type": "formula", "criteria": "=$D2<5"}
    figures, said = read(shipped, counts(tmp_path, 541, 3, condition=formula, style={"font_color": "#FFFFFF"}))
    assert figures == [541, 3]
    assert "en betinget formatering kan skjule eller ændre, hvad der vises i D2:D9" in said


@pytest.mark.parametrize(
    ("condition", "style"),
    [
        (BELOW_FIVE, {"bg_color": "#FFC7CE", "font_color": "#9C0006"}),
        (BELOW_FIVE, {"font_color": "#FFFFFF", "bg_color": "#C00000"}),
        ({"type": "3_color_scale"}, None),
        ({"type": "data_bar"}, None),
        ({"type": "formula", "criteria": "=$D2<5"}, {"bold": True}),
    ],
)
def test_conditions_that_only_colour_say_nothing(
    shipped: Store, tmp_path: Path, condition: Format, style: Format | None
) -> None:
    assert read(shipped, counts(tmp_path, 541, 3, condition=condition, style=style)) == ([541, 3], "")


def test_a_broken_condition_is_left_alone() -> None:
    assert list(conditionals_in(b"<conditionalFormatting sqref='A1'><cfRule></conditionalFormatting>", [])) == []


# Other programs ----------------------------------------------------------------------------------------------------


def test_a_workbook_with_prefixed_names_is_seen_as_well(shipped: Store, tmp_path: Path) -> None:
    """Programs on Microsoft's own kit write <x:row> for <row>."""
    path = counts(tmp_path, 541, look={"font_color": "#FFFFFF"})
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name).decode() for name in archive.namelist()}
    sheet = parts["xl/worksheets/sheet1.xml"]
    for name in ("worksheet", "sheetData", "row", "c", "v"):
        sheet = sheet.replace(f"<{name} ", f"<x:{name} ").replace(f"<{name}>", f"<x:{name}>")
        sheet = sheet.replace(f"</{name}>", f"</x:{name}>")
    parts["xl/worksheets/sheet1.xml"] = sheet.replace("xmlns=", "xmlns:x=", 1)
    with zipfile.ZipFile(path, "w") as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    assert HIDDEN in refusal(shipped, path)


def test_white_writing_in_opendocument_is_asked_about(shipped: Store, tmp_path: Path) -> None:
    styles = (
        f'<style:style style:name="ce9" {SPACES_OF_COLOUR}><style:text-properties fo:color="#ffffff"/></style:style>'
    )
    cell = NUMBER.replace("office:value-type", 'table:style-name="ce9" office:value-type')
    assert HIDDEN in refusal(shipped, spreadsheet(tmp_path, row(cell), styles=styles))


def test_white_writing_on_a_dark_cell_of_opendocument_is_read(shipped: Store, tmp_path: Path) -> None:
    styles = (
        f'<style:style style:name="ce9" {SPACES_OF_COLOUR}><style:table-cell-properties fo:background-color="#1f497d"/>'
        '<style:text-properties fo:color="#ffffff"/></style:style>'
    )
    cell = NUMBER.replace("office:value-type", 'table:style-name="ce9" office:value-type')
    assert read(shipped, spreadsheet(tmp_path, row(cell), styles=styles)) == ([541], "")


def test_a_raised_note_in_opendocument_does_not_become_a_digit(shipped: Store, tmp_path: Path) -> None:
    styles = '<style:style style:name="T1"><style:text-properties style:text-position="super 58%"/></style:style>'
    cell = (
        '<table:table-cell office:value-type="string"><text:p>541<text:span text:style-name="T1">1</text:span></text:p>'
        "</table:table-cell>"
    )
    said = refusal(shipped, spreadsheet(tmp_path, row(cell), styles=styles))
    assert "»1« er hævet eller sænket skrift" in said
