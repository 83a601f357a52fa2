"""What an OpenDocument sheet says of its cells beside their values: what is hidden, merged, unworked or in error.

Read from `content.xml` piece by piece. Only for containers that `data.intake.archive.inspect` has let through.
"""

import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.etree import ElementTree

from data.intake.delimited import letters
from data.intake.number_formats import is_signed, shown_by
from data.intake.rich_text import RAISED, STRUCK, Part, is_figure
from data.intake.workbook_colours import WHITE, colour_of, unseen
from data.intake.workbook_facts import SheetFacts

_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
_NUMBER = "{urn:oasis:names:tc:opendocument:xmlns:datastyle:1.0}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_FO = "{urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0}"
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


@dataclass
class _Styles:
    """Codes of number styles by name; those of cell styles, and the styles that cross out, raise or cannot be seen."""

    numbers: dict[str, str] = field(default_factory=dict)
    codes: dict[str, str] = field(default_factory=dict)
    struck: set[str] = field(default_factory=set)
    raised: set[str] = field(default_factory=set)
    unseen: set[str] = field(default_factory=set)

    def number_style(self, element: ElementTree.Element) -> None:
        """Note a number style as the format code that Excel would have for it; its conditions name earlier ones."""
        code, conditions = "", []
        for part in element:
            if part.tag == f"{_NUMBER}text":
                code += '"' + (part.text or "").replace('"', "") + '"'
            elif part.tag == f"{_NUMBER}number":
                decimals = int(part.get(f"{_NUMBER}decimal-places", "0"))
                factor = float(part.get(f"{_NUMBER}display-factor", "1"))
                thousands = {1e3: ",", 1e6: ",,", 1e9: ",,,"}.get(factor, "")
                whole = "0" if part.get(f"{_NUMBER}min-integer-digits", "1") != "0" or decimals else "#"
                code += whole + ("." + "0" * decimals if decimals else "") + thousands
            elif part.tag in (f"{_NUMBER}scientific-number", f"{_NUMBER}fraction"):
                code += "0"
            elif part.tag == f"{_STYLE}map":
                condition = part.get(f"{_STYLE}condition", "").replace("value()", "").replace("!=", "<>")
                conditions.append(f"[{condition}]{self.numbers.get(part.get(f'{_STYLE}apply-style-name', ''), '0')}")
        self.numbers[element.get(f"{_STYLE}name", "")] = ";".join([*conditions, code])

    def cell_style(self, element: ElementTree.Element) -> None:
        """Note what a cell style says."""
        name = element.get(f"{_STYLE}name", "")
        if (code := self.numbers.get(element.get(f"{_STYLE}data-style-name", ""))) is not None:
            self.codes[name] = code
        for text in element.iter(f"{_STYLE}text-properties"):
            if {text.get(f"{_STYLE}text-line-through-{each}", "none") for each in ("style", "type")} != {"none"}:
                self.struck.add(name)
            if text.get(f"{_STYLE}text-position", "0").split()[0] not in ("0", "0%"):
                self.raised.add(name)
            behind = (each.get(f"{_FO}background-color", "") for each in element)
            if unseen(_colour(text.get(f"{_FO}color", "")), _colour(next(filter(None, behind), "#ffffff"))):
                self.unseen.add(name)


def _colour(text: str) -> tuple[int, int, int] | None:
    return WHITE if text == "transparent" else colour_of({"rgb": text.removeprefix("#")}, {})


def _sheets(events: "Iterator[tuple[str, ElementTree.Element]]") -> Iterator[tuple[str, SheetFacts]]:
    styles, of_columns = _Styles(), list[tuple[int, str]]()
    facts, row, column = SheetFacts(), 1, 0
    for event, element in events:
        if event == "start" and element.tag == f"{_TABLE}table":
            facts, row, column, of_columns = SheetFacts(), 1, 0, []
        elif event == "end" and element.tag == f"{_NUMBER}number-style":
            styles.number_style(element)
        elif event == "end" and element.tag == f"{_STYLE}style":
            styles.cell_style(element)
        elif event == "end" and element.tag == f"{_TABLE}table-column":
            many = int(element.get(f"{_TABLE}number-columns-repeated", "1"))
            if element.get(f"{_TABLE}visibility", "visible") != "visible" and column + many < 1000:
                facts.hidden_columns += many  # beyond them a program hides all that are not used
            column += many
            of_columns.append((column, element.get(f"{_TABLE}default-cell-style-name", "")))
        elif event == "end" and element.tag == f"{_TABLE}table-row":
            row += _row(element, row, facts, styles, of_columns)
            element.clear()
        elif event == "end" and element.tag == f"{_TABLE}table":
            yield element.get(f"{_TABLE}name", ""), facts
            element.clear()


def _row(
    element: ElementTree.Element, number: int, facts: SheetFacts, styles: _Styles, of_columns: list[tuple[int, str]]
) -> int:
    """Note what a row says; how many rows it stands for."""
    many, column, filled = int(element.get(f"{_TABLE}number-rows-repeated", "1")), 0, False
    for cell in element:
        if cell.tag not in _CELLS:
            continue
        usual = next((style for end, style in of_columns if column < end), "")
        style = cell.get(f"{_TABLE}style-name") or element.get(f"{_TABLE}default-cell-style-name") or usual
        filled = _cell(cell, (letters(column), number), facts, styles, style) or filled
        column += int(cell.get(f"{_TABLE}number-columns-repeated", "1"))
    seen = element.get(f"{_TABLE}visibility", "visible")
    if filled and seen != "visible":
        facts.hidden_rows += range(number, number + min(many, 1000))
        facts.filtered = facts.filtered or seen == "filter"
    return many


def _cell(cell: ElementTree.Element, place: tuple[str, int], facts: SheetFacts, styles: _Styles, style: str) -> bool:
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
    if style in styles.struck and (text or value):
        facts.struck.append(place)
    elif style in styles.unseen and (text or value):
        facts.unseen.append(place)
    for way, named in ((STRUCK, styles.struck), (RAISED, styles.raised)):
        spans = [each for each in cell.iter(f"{_TEXT}span") if each.get(f"{_TEXT}style-name") in named]
        odd = "".join("".join(each.itertext()) for each in spans).strip()
        if odd and (way == STRUCK or is_figure(text.replace(odd, ""))):
            facts.parts.append((place, Part(way, odd, text)))
    if kind == "float" and value is not None and (code := styles.codes.get(style)):
        if is_signed(code):
            facts.percents.append(place)
        elif shown := shown_by(code, float(value)):
            facts.altered.append((place, shown))
    return bool(text or value)
