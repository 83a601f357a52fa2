"""What a binary workbook (.xlsb) says of its cells beside their values: what is hidden, merged or in error.

Each sheet is a row of records, a number and a length before each ([MS-XLSB] 2.1.4). Only for containers that
`data.intake.archive.inspect` has let through.
"""

import io
import posixpath
import struct
import zipfile
from collections.abc import Iterator
from xml.etree import ElementTree

from data.intake.delimited import letters
from data.intake.workbook_facts import SheetFacts

_ROW, _ERROR, _FORMULA_ERROR, _COLUMNS, _FILTER, _MERGED, _SHEET = 0, 3, 11, 60, 161, 176, 156
_MOST_ROWS = 1 << 20


def binary_facts(content: bytes) -> dict[str, SheetFacts]:
    """The facts of each sheet of an .xlsb by its name; nothing of a container that is none."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            related = ElementTree.fromstring(archive.read("xl/_rels/workbook.bin.rels"))
            targets = {each.get("Id"): each.get("Target", "") for each in related}
            return {
                name: _facts(archive.read(posixpath.normpath(posixpath.join("xl", targets[part]))))
                for name, part in _sheets(archive.read("xl/workbook.bin"))
            }
    except (KeyError, ValueError, struct.error, IndexError, ElementTree.ParseError, zipfile.BadZipFile, OSError):
        return {}


def _records(part: bytes) -> Iterator[tuple[int, bytes]]:
    at = 0
    while at < len(part):
        number, at = part[at], at + 1
        if number & 0x80:
            number, at = (number & 0x7F) | part[at] << 7, at + 1
        length = shift = 0
        while True:
            byte, at = part[at], at + 1
            length, shift = length | (byte & 0x7F) << shift, shift + 7
            if not byte & 0x80 or shift > 21:
                break
        yield number, part[at : at + length]
        at += length


def _sheets(book: bytes) -> Iterator[tuple[str, str]]:
    """Each sheet's name and the id of its part."""
    for number, record in _records(book):
        if number == _SHEET:
            length = struct.unpack_from("<I", record, 8)[0]
            part = record[12 : 12 + 2 * length].decode("utf-16-le")
            name_at = 12 + 2 * length
            characters = struct.unpack_from("<I", record, name_at)[0]
            yield record[name_at + 4 : name_at + 4 + 2 * characters].decode("utf-16-le"), part


def _facts(part: bytes) -> SheetFacts:
    facts, row = SheetFacts(), 0
    for number, record in _records(part):
        if number == _ROW:
            row = struct.unpack_from("<I", record)[0] + 1
            if record[11] & 0x10 and row <= _MOST_ROWS:
                facts.hidden_rows.append(row)
        elif number in (_ERROR, _FORMULA_ERROR):
            facts.errors.append((letters(struct.unpack_from("<I", record)[0]), row))
        elif number == _COLUMNS:
            first, last = struct.unpack_from("<II", record)
            if struct.unpack_from("<H", record, 16)[0] & 1 and last < 1000:
                facts.hidden_columns += last - first + 1
        elif number == _FILTER:
            facts.filtered = True
        elif number == _MERGED:
            top, low, left, _ = struct.unpack_from("<IIII", record)
            facts.merged.append(((letters(left), top + 1), low + 1))
    return facts
