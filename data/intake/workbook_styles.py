"""The styles of an .xlsx that say more of a cell than its value does: crossed out, or a number shown as another."""

import re
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TypeVar
from xml.etree import ElementTree

from data.intake.number_formats import Shown, alters, is_signed, shown_by
from data.intake.ooxml import root_of
from data.intake.workbook_colours import Theme, background, unseen, written_in

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_VALUE = re.compile(rb"<v>([^<]+)</v>|<is>")
_TYPE = re.compile(rb'\bt="(\w+)"')
_OFF = ("0", "false")
T = TypeVar("T")


@dataclass(frozen=True)
class Styles:
    """Numbers of styles: those that cross out, those that write a per cent sign after a number that is in per cents
    already, those that write in the colour of the background, and those whose format may show a number as another, with
    the format's code."""

    struck: frozenset[int] = frozenset()
    signed: frozenset[int] = frozenset()
    altering: Mapping[int, str] | None = None
    unseen: frozenset[int] = frozenset()

    @cached_property
    def _cells(self) -> re.Pattern[bytes] | None:
        """Cells of one of these styles; a file mostly has none, and then nothing is looked for."""
        marked = sorted({*self.struck, *self.signed, *self.unseen, *(self.altering or {})})
        if not marked:
            return None
        any_of = "|".join(map(str, marked)).encode()
        return re.compile(
            rb'<c r="([A-Z]{1,3})(\d{1,7})"([^>/]*?\ss="(' + any_of + rb')"[^>/]*)(?:/>|>(.*?)</c>)', re.DOTALL
        )

    def marked_in(self, text: bytes) -> Iterator[tuple[str, int, int, bytes, bool]]:
        """The filled cells of these styles in a piece of a sheet: column, row, style, value, whether it is a number."""
        if self._cells is None:
            return
        for column, row, attributes, style, inner in self._cells.findall(text):
            if found := _VALUE.search(inner):
                kind = _TYPE.search(attributes)
                yield column.decode(), int(row), int(style), found[1] or b"", kind is None or kind[1] == b"n"

    def shown(self, style: int, value: bytes) -> Shown | None:
        """How a number is shown in a style; None where as it is stored."""
        code = (self.altering or {}).get(style)
        try:
            return shown_by(code, float(value)) if code else None
        except ValueError:
            return None


def styles_of(archive: zipfile.ZipFile, theme: Theme) -> Styles:
    """The styles of a workbook's cells; ElementTree.ParseError where they cannot be read."""
    try:
        styles = root_of(archive, "xl/styles.xml")
    except KeyError:
        return Styles()
    fonts = [_is_struck(font) for font in styles.iterfind(f"{_MAIN}fonts/{_MAIN}font")]
    codes = {
        each.get("numFmtId"): each.get("formatCode", "") for each in styles.iterfind(f"{_MAIN}numFmts/{_MAIN}numFmt")
    }
    used = list(styles.iterfind(f"{_MAIN}cellXfs/{_MAIN}xf"))
    struck = frozenset(number for number, each in enumerate(used) if _numbered(fonts, each.get("fontId")))
    own = {number: codes[each.get("numFmtId")] for number, each in enumerate(used) if each.get("numFmtId") in codes}
    signed = frozenset(number for number, code in own.items() if is_signed(code))
    altering = {number: code for number, code in own.items() if alters(code)}
    return Styles(struck, signed, altering, _without_contrast(styles, used, theme))


def _without_contrast(styles: ElementTree.Element, used: list[ElementTree.Element], theme: Theme) -> frozenset[int]:
    """The styles whose writing has the colour of what is behind it."""
    fonts = [written_in(font, theme) for font in styles.iterfind(f"{_MAIN}fonts/{_MAIN}font")]
    fills = [background(fill, theme) for fill in styles.iterfind(f"{_MAIN}fills/{_MAIN}fill")]
    pairs = ((_numbered(fonts, each.get("fontId")), _numbered(fills, each.get("fillId", "0"))) for each in used)
    return frozenset(number for number, pair in enumerate(pairs) if unseen(*pair))


def _is_struck(font: ElementTree.Element) -> bool:
    strike = font.find(f"{_MAIN}strike")
    return strike is not None and strike.get("val", "1") not in _OFF


def _numbered(each: Sequence[T], number: str | None) -> T | None:
    return each[int(number)] if number is not None and number.isdigit() and int(number) < len(each) else None
