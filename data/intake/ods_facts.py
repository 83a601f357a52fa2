"""What an OpenDocument sheet says of its cells beside their values: what is hidden, merged, unworked or in error.

Read from `content.xml` piece by piece. Only for containers that `data.intake.archive.inspect` has let through.
"""

import io
import zipfile
from collections.abc import Iterator
from xml.etree import ElementTree

from data.intake.workbook_facts import SheetFacts, letters

_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
_NUMBER = "{urn:oasis:names:tc:opendocument:xmlns:datastyle:1.0}"
_CALC = "{urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0}"
_CELLS = (f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell")
_ERRORS = ("#", "Err:")


def opendocument_facts(content: bytes) -> dict[str, SheetFacts]:
    """The facts of each sheet of an .ods by its name; nothing of a container that is none."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive, archive.open("content.xml") as member:
            return dict(_sheets(ElementTree.iterparse(member, ("start", "end"))))
    except (KeyError, ValueError, ElementTree.ParseError, zipfile.BadZipFile, OSError):
        return {}


def _sheets(events: "Iterator[tuple[str, ElementTree.Element]]") -> Iterator[tuple[str, SheetFacts]]:
    signed: set[str] = set()
    styles: set[str] = set()
    facts, row, column = SheetFacts(), 1, 0
    for event, element in events:
        if event == "start" and element.tag == f"{_TABLE}table":
            facts, row, column = SheetFacts(), 1, 0
        elif event == "end" and element.tag == f"{_NUMBER}number-style":
            if any("%" in (text.text or "") for text in element.iter(f"{_NUMBER}text")):
                signed.add(element.get(f"{_STYLE}name", ""))
        elif event == "end" and element.tag == f"{_STYLE}style":
            if element.get(f"{_STYLE}data-style-name") in signed:
                styles.add(element.get(f"{_STYLE}name", ""))
        elif event == "end" and element.tag == f"{_TABLE}table-column":
            many = int(element.get(f"{_TABLE}number-columns-repeated", "1"))
            if element.get(f"{_TABLE}visibility", "visible") != "visible" and column + many < 1000:
                facts.hidden_columns += many  # beyond them a program hides all that are not used
            column += many
        elif event == "end" and element.tag == f"{_TABLE}table-row":
            row += _row(element, row, facts, styles)
            element.clear()
        elif event == "end" and element.tag == f"{_TABLE}table":
            yield element.get(f"{_TABLE}name", ""), facts
            element.clear()


def _row(element: ElementTree.Element, number: int, facts: SheetFacts, styles: set[str]) -> int:
    """Note what a row says; how many rows it stands for."""
    many, column, filled = int(element.get(f"{_TABLE}number-rows-repeated", "1")), 0, False
    for cell in element:
        if cell.tag not in _CELLS:
            continue
        filled = _cell(cell, (letters(column), number), facts, styles) or filled
        column += int(cell.get(f"{_TABLE}number-columns-repeated", "1"))
    seen = element.get(f"{_TABLE}visibility", "visible")
    if filled and seen != "visible":
        facts.hidden_rows += range(number, number + min(many, 1000))
        facts.filtered = facts.filtered or seen == "filter"
    return many


def _cell(cell: ElementTree.Element, place: tuple[str, int], facts: SheetFacts, styles: set[str]) -> bool:
    """Note what a cell says; whether it holds anything."""
    kind, value = cell.get(f"{_OFFICE}value-type"), cell.get(f"{_OFFICE}value")
    text = "".join(cell.itertext()).strip()
    down, across = (int(cell.get(f"{_TABLE}number-{each}-spanned", "1")) for each in ("rows", "columns"))
    if down > 1 or across > 1:
        facts.merged.append((place, place[1] + down - 1))
    if cell.get(f"{_CALC}value-type") == "error" or (cell.get(f"{_TABLE}formula") and text.startswith(_ERRORS)):
        facts.errors.append(place)
    elif cell.get(f"{_TABLE}formula"):
        if not text and value is None and kind != "string":
            facts.without_value.append(place)
        elif value is not None and float(value) == 0:
            facts.zero.append(place)
    if kind == "float" and cell.get(f"{_TABLE}style-name") in styles:
        facts.percents.append(place)
    return bool(text or value)
