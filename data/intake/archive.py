"""Looks through a zip container (xlsx, ods) before anything reads it: its real size, honesty and broken cells."""

import io
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator

from data.contracts.problems import Problem

MAX_UNPACKED = 500_000_000
"""Bytes all members of a workbook may fill when unpacked; a million rows of incidents fill about 300 MB."""
MAX_MEMBERS = 1000

_CHUNK = 1 << 20
_ERROR_CELL = re.compile(
    rb'<(?:x:)?c r="([A-Z]{1,3})(\d{1,7})"[^>]{0,80}? t="e"[^>]{0,80}>'
    rb"(?:<(?:x:)?f>[^<]{0,500}</(?:x:)?f>)?<(?:x:)?v>([^<]{1,20})"
)
_SHEET = re.compile(r"xl/worksheets/[^/]+\.xml")

_BROKEN = "filen er ødelagt eller ikke et rigtigt regneark"
_SAVE_AGAIN = "Åbn den i Excel eller LibreOffice, gem den igen som .xlsx, og prøv igen"


ERROR_CELL, ERROR_REMEDY = "cellen viser en fejl i en formel", "Ret formlen, eller slet cellens indhold"


class UnsafeArchiveError(ValueError):
    """A container that must not be opened; holds the problem."""

    def __init__(self, problem: Problem) -> None:
        """Keep the problem."""
        super().__init__(problem.sentence)
        self.problem = problem


def inspect(content: bytes, file: str) -> list[Problem]:
    """Unpack every member piece by piece, keeping nothing, and return the cells with Excel errors (#N/A, …).

    Raises UnsafeArchiveError where the container is broken, encrypted, larger than `MAX_UNPACKED` when
    unpacked, or lies: members that overlap, or that hold more or less than their header says.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            members = sorted(archive.infolist(), key=lambda member: member.header_offset)
    except (zipfile.BadZipFile, ValueError, struct.error, OverflowError, NotImplementedError):
        raise _unsafe(file, _BROKEN, _SAVE_AGAIN) from None
    if len(members) > MAX_MEMBERS or len({member.filename for member in members}) < len(members):
        raise _unsafe(file, _BROKEN, _SAVE_AGAIN)
    problems: list[Problem] = []
    unpacked, free_from = 0, 0
    for member in members:
        if member.flag_bits & 0x1:
            raise _unsafe(file, "filen er beskyttet med en adgangskode", "Gem den uden adgangskode, og prøv igen")
        start, end = _extent(content, member)
        if start is None or member.header_offset < free_from or end > len(content):
            raise _unsafe(file, _BROKEN, _SAVE_AGAIN)
        free_from = end
        size, tail = 0, b""
        for piece in _pieces(content[start:end], member.compress_type):
            size += len(piece)
            if unpacked + size > MAX_UNPACKED:
                raise _unsafe(
                    file,
                    f"filen fylder mere end {MAX_UNPACKED // 1_000_000} MB, når den pakkes ud",
                    "Del tabellen i flere filer, eller gem den som CSV",
                )
            if _SHEET.fullmatch(member.filename):
                text = tail + piece
                problems += _error_cells(text, file)
                tail = text[-700:] if b"<c" in text[-700:] else b""
        if size != member.file_size:
            raise _unsafe(file, _BROKEN, _SAVE_AGAIN)
        unpacked += size
    return list(dict.fromkeys(problems))


def _unsafe(file: str, message: str, remedy: str) -> UnsafeArchiveError:
    return UnsafeArchiveError(Problem(file, message=message, remedy=remedy))


def _extent(content: bytes, member: zipfile.ZipInfo) -> tuple[int | None, int]:
    """Where the member's own bytes begin and end; None where no member begins there."""
    header = content[member.header_offset : member.header_offset + 30]
    if len(header) < 30 or not header.startswith(b"PK\x03\x04"):
        return None, 0
    name_length, extra_length = struct.unpack("<HH", header[26:30])
    start = member.header_offset + 30 + name_length + extra_length
    return start, start + member.compress_size


def _pieces(packed: bytes, method: int) -> Iterator[bytes]:
    """The member unpacked in pieces of at most a megabyte; an unknown or broken packing yields nothing more."""
    if method == zipfile.ZIP_STORED:
        yield packed
        return
    if method != zipfile.ZIP_DEFLATED:
        return
    unpacker = zlib.decompressobj(-15)
    try:
        while packed and not unpacker.eof:
            yield unpacker.decompress(packed, _CHUNK)
            packed = unpacker.unconsumed_tail
        while not unpacker.eof and (piece := unpacker.decompress(b"", _CHUNK)):
            yield piece
    except zlib.error:
        return


def _error_cells(text: bytes, file: str) -> list[Problem]:
    return [
        Problem(
            file, "", int(row), column.decode(), value.decode("utf-8", "replace"), ERROR_CELL, ERROR_REMEDY,
        )
        for column, row, value in _ERROR_CELL.findall(text)
    ]  # fmt: skip
