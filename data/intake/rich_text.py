"""Cells of an .xlsx that are written in several ways: a part raised as a note is, crossed out, or not to be seen.

A reader of values puts the parts together: 541 with a raised 1 is read as 5411, a crossed out 541 before 530 as 541530.
"""

import html
import re
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from data.intake.ooxml import without_prefix
from data.intake.workbook_colours import WHITE, Theme, colour_of, unseen

RAISED, STRUCK, UNSEEN = "raised", "struck", "unseen"
_STRING = re.compile(rb"<si\b[^>]*?(?:/>|>(.*?)</si>)", re.DOTALL)
_RUN = re.compile(rb"<r>(.*?)</r>", re.DOTALL)
_TEXT = re.compile(rb"<t\b[^>]*>(.*?)</t>", re.DOTALL)
_STRIKE = re.compile(rb'<strike\s*(?:/>|val="(?:1|true)")')
_LIFTED = re.compile(rb'<vertAlign val="(?:super|sub)script"')
_COLOUR = re.compile(rb"<color\b([^>]*)/?>")
_ATTRIBUTE = re.compile(rb'(\w+)="([^"]*)"')
_SHARED = re.compile(rb'<c r="([A-Z]{1,3})(\d{1,7})"[^>]*\bt="s"[^>]*>\s*<v>(\d{1,9})</v>')
_INLINE = re.compile(rb'<c r="([A-Z]{1,3})(\d{1,7})"[^>]*\bt="inlineStr"[^>]*>\s*<is>(.*?)</is>', re.DOTALL)
_FIGURE = re.compile(r"[-+<>≤≥]?[\d.,\s\u00a0]*\d[\d.,\s\u00a0]*(?:%|pct\.?)?", re.IGNORECASE)


@dataclass(frozen=True)
class Part:
    """A part of a cell that does not belong to its value: which way it is written, its text, and the whole cell's."""

    way: str
    text: str
    whole: str


@dataclass(frozen=True)
class RichTexts:
    """The shared texts of a workbook that have such a part, by number, and the theme for those in the cells."""

    shared: Mapping[int, Part]
    theme: Theme

    def parts_in(self, sheet: bytes) -> Iterator[tuple[str, int, Part]]:
        """Column, row and part of each such cell in a piece of a sheet."""
        for column, row, number in _SHARED.findall(sheet) if self.shared else ():
            if part := self.shared.get(int(number)):
                yield column.decode(), int(row), part
        for column, row, inner in _INLINE.findall(sheet) if b"<rPr" in sheet else ():
            if part := _part(inner, self.theme):
                yield column.decode(), int(row), part


def rich_texts(archive: zipfile.ZipFile, theme: Theme) -> RichTexts:
    """The rich texts of a workbook."""
    try:
        texts = without_prefix(archive.read("xl/sharedStrings.xml"))
    except KeyError:
        return RichTexts({}, theme)
    if b"<rPr" not in texts:
        return RichTexts({}, theme)
    found = ((number, _part(each[1] or b"", theme)) for number, each in enumerate(_STRING.finditer(texts)))
    return RichTexts({number: part for number, part in found if part}, theme)


def is_figure(text: str) -> bool:
    """Whether a text is a number, whose digits those of a raised note would join."""
    return bool(_FIGURE.fullmatch(text.strip()))


def _part(string: bytes, theme: Theme) -> Part | None:
    if b"<rPr" not in string:
        return None
    runs = [(run, html.unescape(b"".join(_TEXT.findall(run)).decode(errors="replace"))) for run in _RUN.findall(string)]
    whole = "".join(text for _, text in runs)
    for way, pattern in ((STRUCK, _STRIKE), (RAISED, _LIFTED)):
        odd = "".join(text for run, text in runs if pattern.search(run)).strip()
        rest = "".join(text for run, text in runs if not pattern.search(run))
        if odd and (way == STRUCK or is_figure(rest)):
            return Part(way, odd, whole)
    white = "".join(text for run, text in runs if _is_white(run, theme)).strip()
    return Part(UNSEEN, white, whole) if white else None


def _is_white(run: bytes, theme: Theme) -> bool:
    said = _COLOUR.search(run)
    if said is None:
        return False
    attributes = {name.decode(): value.decode(errors="replace") for name, value in _ATTRIBUTE.findall(said[1])}
    return unseen(colour_of(attributes, theme), WHITE)
