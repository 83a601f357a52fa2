"""Reads one Excel or OpenDocument workbook in a process of its own, so that a hostile file harms nothing else.

Run as a script: the workbook comes in on standard input, its sheets go out on standard output as CSV (see
`frame`). A sheet whose few cells lie a million rows and columns apart, or an OpenDocument cell "repeated" a
billion times, makes the reader ask for more memory than there is, which would end the whole app; here it
ends this process only.
"""

import csv
import datetime as dt
import io
import re
import sys
from decimal import Decimal

from python_calamine import CalamineSheet, CalamineWorkbook, PasswordError

PASSWORD, UNREADABLE, TOO_MANY_ROWS, TOO_MANY_COLUMNS = 3, 4, 5, 6
"""What the exit code says; 0 is success and anything else is a crash or an exhausted limit."""

DELIMITER = "\x1f"
"""Between cells on the wire: a character that cells do not hold, so that few of them need quotation marks."""

_LIKE_THOUSANDS = re.compile(r"-?\d{1,3}\.\d{3}")

Cell = str | bool | float | dt.datetime | dt.date | dt.time | dt.timedelta


def cell_text(cell: Cell) -> str:
    """What the cell says: 159.0 → "159", 0.83 → "0.83", dates as ISO; numbers with Excel's own 15 digits.

    A number with exactly three decimals gets a fourth (1.234 → "1.2340"): in a number cell the point is
    certain, and in text it could be taken for a mark between thousands.
    """
    if isinstance(cell, str):
        return cell
    if isinstance(cell, bool):
        return "SAND" if cell else "FALSK"
    if isinstance(cell, int | float):
        text = format(cell, ".15g")
        text = format(Decimal(text), "f") if "e" in text else text
        return f"{text}0" if _LIKE_THOUSANDS.fullmatch(text) else text
    if isinstance(cell, dt.datetime):
        return cell.date().isoformat() if cell.time() == dt.time() else cell.isoformat(" ")
    if isinstance(cell, dt.date | dt.time):
        return cell.isoformat()
    return str(cell)


def frame(name: str, content: bytes) -> bytes:
    """One sheet on the wire: the lengths of name and content (4 and 8 bytes), then the two."""
    encoded = name.encode()
    return len(encoded).to_bytes(4) + len(content).to_bytes(8) + encoded + content


def unframe(stream: bytes) -> list[tuple[str, bytes]]:
    """The (name, content) pairs that `frame` wrote one after the other."""
    sheets = []
    place = 0
    while place < len(stream):
        name_end = place + 12 + int.from_bytes(stream[place : place + 4])
        end = name_end + int.from_bytes(stream[place + 4 : place + 12])
        sheets.append((stream[place + 12 : name_end].decode(), stream[name_end:end]))
        place = end
    return sheets


def _as_csv(sheet: CalamineSheet, max_rows: int, max_columns: int) -> bytes:
    if sheet.total_height > max_rows:
        sys.exit(TOO_MANY_ROWS)
    if sheet.total_width > max_columns:
        sys.exit(TOO_MANY_COLUMNS)
    buffer = io.BytesIO()
    with io.TextIOWrapper(buffer, "utf-8", newline="", write_through=False) as text:
        writer = csv.writer(text, delimiter=DELIMITER, lineterminator="\n")
        for row in sheet.iter_rows():
            writer.writerow([cell_text(cell) for cell in row])
        text.flush()
        return buffer.getvalue()


def _limit_memory(limit: int) -> None:
    try:
        import resource
    except ImportError:  # not on Windows; there only the limit on time holds
        return
    resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def main(max_rows: int, max_columns: int, memory: int) -> None:
    """Read the workbook on standard input and write its sheets; the exit code says what stood in the way."""
    _limit_memory(memory)
    try:
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(sys.stdin.buffer.read()))
        for name in workbook.sheet_names:
            sheet = workbook.get_sheet_by_name(name)
            sys.stdout.buffer.write(frame(name, _as_csv(sheet, max_rows, max_columns)))
    except PasswordError:
        sys.exit(PASSWORD)
    except BaseException as error:
        if isinstance(error, SystemExit):
            raise
        sys.exit(UNREADABLE)  # the reader's panics are no Exceptions


if __name__ == "__main__":
    main(*(int(argument) for argument in sys.argv[1:]))
