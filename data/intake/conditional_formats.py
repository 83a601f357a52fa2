"""Conditional formats of an .xlsx that change what a reader sees of a number: hide it, cross it out, or show another.

Colours alone change nothing. A condition that compares with a number is worked out; of others it can only be said that
they are there.
"""

import operator
import re
import zipfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from xml.etree import ElementTree

import pandas as pd

from data.intake.number_formats import BLANK, OTHER, alters, shown_by
from data.intake.ooxml import root_of
from data.intake.workbook_colours import Theme, background, unseen, written_in

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_RANGE = re.compile(r"([A-Z]{1,3})(\d{1,7})(?::([A-Z]{1,3})(\d{1,7}))?")
_BLOCK = re.compile(rb"<conditionalFormatting\b.*?</conditionalFormatting>", re.DOTALL)
Condition = Callable[["pd.Series[float]"], "pd.Series[bool]"]
"""Tells of many numbers for which of them a format holds."""
_COMPARED: Mapping[str, Callable[["pd.Series[float]", float], "pd.Series[bool]"]] = {
    "lessThan": operator.lt, "lessThanOrEqual": operator.le, "greaterThan": operator.gt,
    "greaterThanOrEqual": operator.ge, "equal": operator.eq, "notEqual": operator.ne,
}  # fmt: skip


@dataclass(frozen=True)
class Change:
    """What a conditional format does to a cell: hides or crosses out what stands there, or shows it in a format."""

    hides: bool = False
    number_format: str = ""

    def __bool__(self) -> bool:
        """Whether it changes what is seen."""
        return self.hides or bool(self.number_format)

    def shown(self, number: float) -> str | None:
        """What stands in the cell in place of the number; None where the number does."""
        if self.hides:
            return ""
        said = shown_by(self.number_format, number)
        return said.text if said is not None and said.way in (OTHER, BLANK) else None


@dataclass(frozen=True)
class Conditional:
    """A conditional format: its cells as the file names them, what it does, and when; None where that is not known."""

    cells: str
    change: Change
    holds: Condition | None = None

    @property
    def ranges(self) -> Iterator[tuple[int, int, int, int]]:
        """Its blocks of cells: first and last column, counted from 0, and first and last row."""
        for left, top, right, low in _RANGE.findall(self.cells):
            yield _number(left) - 1, _number(right or left) - 1, int(top), int(low or top)


def changes_of(archive: zipfile.ZipFile, theme: Theme) -> list[Change]:
    """What each of a workbook's conditional styles does, by number."""
    try:
        styles = root_of(archive, "xl/styles.xml")
    except KeyError:
        return []
    return [_change(each, theme) for each in styles.iterfind(f"{_MAIN}dxfs/{_MAIN}dxf")]


def conditionals_in(sheet: bytes, changes: Sequence[Change]) -> Iterator[Conditional]:
    """The conditional formats at the end of a sheet that change what is seen."""
    for block in _BLOCK.findall(sheet):
        try:
            formatting = ElementTree.fromstring(re.sub(rb"(</?|\s)\w+:(?=\w)", rb"\1", block))
        except ElementTree.ParseError:
            continue
        for rule in formatting.iter("cfRule"):
            number = rule.get("dxfId", "")
            change = changes[int(number)] if number.isdigit() and int(number) < len(changes) else Change()
            if any(each.get("showValue") in ("0", "false") for each in rule):
                yield Conditional(formatting.get("sqref", ""), Change(hides=True), lambda numbers: numbers.notna())
            elif change:
                yield Conditional(formatting.get("sqref", ""), change, _condition(rule))


def _change(style: ElementTree.Element, theme: Theme) -> Change:
    font, code = style.find(f"{_MAIN}font"), style.find(f"{_MAIN}numFmt")
    strike = None if font is None else font.find(f"{_MAIN}strike")
    behind = background(style.find(f"{_MAIN}fill"), theme, of_condition=True)
    hides = (strike is not None and strike.get("val", "1") not in ("0", "false")) or unseen(
        written_in(font, theme), behind
    )
    text = "" if code is None else code.get("formatCode", "")
    return Change(hides, text if text and (alters(text) or not text.strip(";")) else "")


def _condition(rule: ElementTree.Element) -> Condition | None:
    """When a rule holds; None where it does not compare with numbers that stand in it."""
    if rule.get("type") != "cellIs":
        return None
    try:
        bounds = [float(each.text or "") for each in rule.iter("formula")]
    except ValueError:
        return None
    named = rule.get("operator", "")
    if named in ("between", "notBetween") and len(bounds) == 2:
        return lambda numbers: numbers.between(min(bounds), max(bounds)) == (named == "between")
    compare = _COMPARED.get(named)
    return None if compare is None or not bounds else lambda numbers: compare(numbers, bounds[0])


def _number(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number
