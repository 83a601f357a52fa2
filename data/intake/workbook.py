"""Reads one workbook or SPSS file in a process of its own, so that a hostile file harms nothing else.

Run as a script: the file comes in on standard input, its sheets go out on standard output as CSV with what is known
of them (see `frame`). Workbooks are Excel, old or new, and OpenDocument. A sheet whose few cells lie a million rows and
columns apart, or an OpenDocument cell "repeated" a billion times, makes the reader ask for more memory than there is,
which would end the whole app; here it ends this process only.
"""

import csv
import datetime as dt
import io
import json
import re
import sys
from decimal import Decimal
from typing import Any

from python_calamine import CalamineSheet, CalamineWorkbook, PasswordError, SheetVisibleEnum

PASSWORD, UNREADABLE, TOO_MANY_ROWS, TOO_MANY_COLUMNS = 3, 4, 5, 6
"""What the exit code says; 0 is success and anything else is a crash or an exhausted limit."""

OLD_OFFICE, SPSS = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", (b"$FL2", b"$FL3")
"""How an .xls begins, and how a .sav does."""

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


def frame(name: str, content: bytes, sheet_facts: dict[str, Any] | None = None) -> bytes:
    """One sheet on the wire: the lengths of name, what is said of it and content (4, 8 and 8 bytes), then the three."""
    encoded, facts = name.encode(), json.dumps(sheet_facts or {}).encode()
    return b"".join(
        [len(encoded).to_bytes(4), len(facts).to_bytes(8), len(content).to_bytes(8), encoded, facts, content]
    )


def unframe(stream: bytes) -> list[tuple[str, bytes, dict[str, Any]]]:
    """The (name, content, what is said of it) that `frame` wrote one after the other."""
    sheets = []
    offset = 0
    while offset < len(stream):
        lengths = [int.from_bytes(stream[offset + at : offset + to]) for at, to in ((0, 4), (4, 12), (12, 20))]
        name_end = offset + 20 + lengths[0]
        facts_end = name_end + lengths[1]
        end = facts_end + lengths[2]
        name, facts = stream[offset + 20 : name_end].decode(), json.loads(stream[name_end:facts_end])
        sheets.append((name, stream[facts_end:end], facts))
        offset = end
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


def _workbook(content: bytes, max_rows: int, max_columns: int) -> None:
    workbook = CalamineWorkbook.from_filelike(io.BytesIO(content))
    for each in workbook.sheets_metadata:
        sheet = workbook.get_sheet_by_name(each.name)
        facts: dict[str, Any] = {"hidden": each.visible != SheetVisibleEnum.Visible}
        if content.startswith(OLD_OFFICE):  # of a newer file, its own parts say more
            facts["merged"] = sheet.merged_cell_ranges or []
        sys.stdout.buffer.write(frame(each.name, _as_csv(sheet, max_rows, max_columns), facts))


def _spss(content: bytes, max_rows: int, max_columns: int) -> None:
    import pyreadstat

    table, meta = pyreadstat.read_sav(
        io.BytesIO(content), row_limit=max_rows + 1, apply_value_formats=True, formats_as_category=False
    )
    if len(table) > max_rows:
        sys.exit(TOO_MANY_ROWS)
    if len(table.columns) > max_columns:
        sys.exit(TOO_MANY_COLUMNS)
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=DELIMITER, lineterminator="\n")
    writer.writerow([str(name) for name in table.columns])
    writer.writerows(
        ["" if cell is None or cell != cell else cell_text(cell) for cell in row]
        for row in table.itertuples(index=False, name=None)
    )
    facts = {"labels": [str(label or "") for label in meta.column_labels]}
    sys.stdout.buffer.write(frame("", text.getvalue().encode(), facts))


def main(max_rows: int, max_columns: int, memory: int) -> None:
    """Read the file on standard input and write its sheets; the exit code says what stood in the way."""
    _limit_memory(memory)
    try:
        content = sys.stdin.buffer.read()
        (_spss if content.startswith(SPSS) else _workbook)(content, max_rows, max_columns)
    except PasswordError:
        sys.exit(PASSWORD)
    except BaseException as error:
        if isinstance(error, SystemExit):
            raise
        sys.exit(UNREADABLE)  # the reader's panics are no Exceptions


if __name__ == "__main__":
    main(*(int(argument) for argument in sys.argv[1:]))
