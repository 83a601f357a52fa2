"""The sheets of a workbook or SPSS file as text, with what the file says of them beside their values."""

import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from data.contracts.problems import ContractError, Problem
from data.intake import workbook
from data.intake.archive import ERROR_CELL, ERROR_REMEDY, inspect
from data.intake.delimited import MAX_COLUMNS, MAX_ROWS, letters, refused, too_large
from data.intake.ods_facts import opendocument_facts
from data.intake.workbook_facts import MOST_CELLS, SheetFacts, workbook_facts
from data.intake.xlsb_facts import binary_facts

MAX_SECONDS = 60
"""Longest time a workbook may take to read."""
MAX_MEMORY = 1 << 30
"""Bytes the process that reads a workbook may use."""
WORKBOOKS = (".xlsx", ".xlsm", ".xlsb", ".xls", ".ods")
STATISTICS = (".sav", ".zsav")
ZIP = b"PK\x03\x04"
_UNSEEN_LOOKS = (
    "overstregede celler, hævet og usynlig skrift, betingede formater, tal, som talformatet viser anderledes,"
)
_SAVE_ANEW = "vælg Gem som → Excel-projektmappe (.xlsx) i Excel, hvis der kan være nogen"
SAYS_LITTLE = (
    f"skjulte rækker og kolonner, filtre, {_UNSEEN_LOOKS} celler med fejl (de læses som tomme) og formler, der ikke er "
    f"regnet ud, kan ikke ses i denne slags fil; {_SAVE_ANEW}"
)
"""What is said of an .xls."""
BINARY_SAYS_LESS = f"{_UNSEEN_LOOKS} og formler, der ikke er regnet ud, kan ikke ses i denne slags fil; {_SAVE_ANEW}"
"""What is said of an .xlsb."""
MERGED = "celler er flettet sammen, så kun den første har en værdi"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")


@dataclass(frozen=True)
class ReadSheet:
    """One sheet: its cells as text with `workbook.DELIMITER` between them, and what the file says of them.

    `labels` are the headings that SPSS shows in place of the columns' names, "" where there is none.
    """

    name: str
    text: bytes
    facts: SheetFacts
    labels: tuple[str, ...] = ()


def read_sheets(content: bytes, file: str) -> list[ReadSheet]:
    """Every sheet of a workbook (.xlsx, .xlsm, .xlsb, .xls, .ods) or the one table of an SPSS file (.sav, .zsav).

    What it is is told by its first bytes, since an old workbook is often called .xlsx. Raises ContractError where it
    cannot be read or has cells with errors, and UnsafeArchiveError for a container that must not be opened.
    """
    ending = Path(file).suffix.lower()
    if ending in STATISTICS:
        if not content.startswith(workbook.SPSS):
            raise refused(file, "filen er ikke en rigtig SPSS-fil", "Gem den igen i SPSS som .sav uden adgangskode")
    elif content.startswith(workbook.OLD_OFFICE):
        if _ENCRYPTED in content:
            raise refused(file, "filen er beskyttet med en adgangskode", "Gem den uden adgangskode, og prøv igen")
    elif not content.startswith(ZIP):
        raise _no_workbook(content, file)
    elif error_cells := inspect(content, file):
        raise ContractError(error_cells)
    read = _in_own_process(content, file)
    known = _known_facts(content)
    sheets = []
    for name, text, facts_read in read:
        facts = known.get(name, _facts(facts_read, unread=content.startswith(ZIP)))
        facts.hidden = facts.hidden or bool(facts_read.get("hidden"))
        sheets.append(ReadSheet(name, text, facts, tuple(facts_read.get("labels", ()))))
    return sheets


def _no_workbook(content: bytes, file: str) -> ContractError:
    """The error for a text that is called a workbook: some systems send a page or XML, which Excel opens."""
    start = content[:2000].lstrip(b"\xef\xbb\xbf\r\n\t ").lower()
    spreadsheet = b"schemas-microsoft-com:office:spreadsheet" in start and start.startswith(b"<?xml")
    if spreadsheet or start.startswith((b"<html", b"<!doctype html", b"<table", b"<meta", b"<head")):
        what = "et regneark i XML" if spreadsheet else "en webside"
        return refused(
            file, f"filen er {what}, som hedder {Path(file).suffix.lower()}",
            "Åbn den i Excel, og vælg Gem som → Excel-projektmappe (.xlsx)",
        )  # fmt: skip
    return refused(file, "filen er ikke et rigtigt regneark", "Gem den igen som .xlsx, eller giv den endelsen .csv")


def _known_facts(content: bytes) -> dict[str, SheetFacts]:
    """What the parts of a container say of its sheets, whatever the file is called."""
    if not content.startswith(ZIP):
        return {}
    return workbook_facts(content) or binary_facts(content) or opendocument_facts(content)


def unseen_in(content: bytes, file: str) -> str:
    """What cannot be seen in a workbook of this kind, as a Danish clause; "" where all can."""
    if content.startswith(workbook.OLD_OFFICE):
        return SAYS_LITTLE
    return BINARY_SAYS_LESS if Path(file).suffix.lower() == ".xlsb" else ""


def _facts(facts: dict[str, Any], *, unread: bool) -> SheetFacts:
    merged = [((letters(left), top + 1), low + 1) for (top, left), (low, _) in facts.get("merged", ())]
    return SheetFacts(hidden=bool(facts.get("hidden")), merged=merged, unread=unread)


def cell_problems(facts: SheetFacts, heading_row: int, file: str, sheet: str) -> Iterator[Problem]:
    """Cells whose value says nothing: errors, formulas that nobody has worked out, merged cells below the headings."""
    for column, row in facts.errors[:MOST_CELLS]:
        yield Problem(file, sheet, row, column, "", ERROR_CELL, ERROR_REMEDY)
    unknown = [*facts.without_value, *(facts.zero if facts.untrusted else ())]
    for column, row in sorted(unknown, key=lambda cell: cell[1])[:MOST_CELLS]:
        yield Problem(
            file, sheet, row, column, "", "formlen er ikke regnet ud, så cellen har ikke noget tal",
            "Åbn filen i Excel, gem den igen, og prøv igen; eller skriv tallet i stedet for formlen",
        )  # fmt: skip
    for (column, row), last in facts.merged:
        if last > heading_row:
            yield Problem(
                file, sheet, row, column, "", MERGED,
                "Ophæv fletningen i Excel (Flet og centrer), og skriv værdien i hver celle",
            )  # fmt: skip


def _in_own_process(content: bytes, file: str) -> list[tuple[str, bytes, dict[str, Any]]]:
    """Every sheet as CSV, read in a process with limits (why: see `data.intake.workbook`)."""
    limits = [str(limit) for limit in (MAX_ROWS, MAX_COLUMNS, MAX_MEMORY)]
    try:
        done = subprocess.run(
            [sys.executable, "-I", workbook.__file__, *limits],
            input=content,
            capture_output=True,
            timeout=MAX_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise refused(file, "filen tager for lang tid at læse", "Gem tabellen som CSV, og prøv igen") from None
    if done.returncode == 0:
        return workbook.unframe(done.stdout)
    if done.returncode == workbook.PASSWORD:
        raise refused(file, "filen er beskyttet med en adgangskode", "Gem den uden adgangskode, og prøv igen")
    if done.returncode in (workbook.TOO_MANY_ROWS, workbook.TOO_MANY_COLUMNS):
        raise too_large(file, "")
    if content.startswith(workbook.SPSS):
        raise refused(file, "filen kan ikke læses som SPSS", "Gem den igen i SPSS som .sav uden adgangskode")
    raise refused(
        file,
        "filen er ødelagt, ikke et rigtigt regneark, eller dens celler ligger alt for spredt",
        "Kopiér tabellen til et nyt ark, gem det som .xlsx, og prøv igen",
    )
