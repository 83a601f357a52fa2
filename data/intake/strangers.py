"""What is said of a table that nobody knows: what it seems to be, and what to do with it."""

import re
from pathlib import Path

from data.contracts.columns import same_heading
from data.contracts.definitions import CONTRACTS
from data.contracts.problems import Problem
from data.intake import tables
from data.intake.sheets import STATISTICS
from data.intake.week_hours import hours_problem
from data.intake.wide import COMMAND_LINE

STRANGER = "kolonnerne passer ikke til nogen kendt slags tabel"
CASES = "tabellen ser ud til at have en række for hver sag, og enkelte sager indlæses aldrig"
ANSWERS = "tabellen ser ud til at have en række for hver, der har svaret, og enkelte svar indlæses aldrig"
COMPACT = "pivottabellen har flere slags ord i samme kolonne"
_ROW_LABELS = ("rækkeetiketter", "rækkenavne", "row labels")
_CASE_NUMBER = re.compile(r"(?:sags?|journal)[ -]?(?:nr|nummer|id)\.?", re.IGNORECASE)
_ANSWERED_BY = ("id", "respondent", "respondent id", "respondentid", "resp id", "løbenummer", "løbenr")


def stranger(table: tables.Table) -> Problem:
    """The problem of a table of no kind: rows of persons are to be counted, pivots laid out, all else put in ours."""
    value = ", ".join(map(str, table.frame.columns[:8]))
    if kind := _raw_rows(table):
        return Problem(
            table.file, table.sheet, 1, "", value, CASES if kind == "incidents" else ANSWERS,
            f"Tæl dem op på jeres egen maskine med make aggregate eller python -m data aggregate {kind} "
            f"FIL{Path(table.file).suffix} -o tal.xlsx, og indlæs det, der kommer ud",
        )  # fmt: skip
    if any(same_heading(str(name)) in _ROW_LABELS for name in table.frame.columns):
        return Problem(
            table.file, table.sheet, 1, "", value, COMPACT,
            "Vælg Design → Rapportlayout → Vis i tabelformat i Excel, gem filen, og prøv igen",
        )  # fmt: skip
    if (of_hours := hours_problem(table.frame, table.file, table.sheet)) is not None:
        return of_hours
    titles = ", ".join(contract.title.lower() for contract in CONTRACTS.values())
    return Problem(
        table.file, table.sheet, 1, "", value, STRANGER,
        f"Brug en skabelon: {titles}. Står overskrifterne længere nede i filen, så vælg deres række i trin 2 på siden "
        f"Data{COMMAND_LINE}--heading-row NUMMER",
    )  # fmt: skip


def _raw_rows(table: tables.Table) -> str:
    """Whether the rows seem to be cases ("incidents") or answers ("survey") of their own; "" where they do not."""
    from data.aggregate import mapping  # with all that streams large files, which few tables need

    headings = {same_heading(str(name)) for name in table.frame.columns}
    has = {part: bool(headings & set(names)) for part, names in (*mapping.CASES.items(), *mapping.ANSWERS.items())}
    numbered = any(_CASE_NUMBER.fullmatch(heading) for heading in headings)
    placed = (has["easting"] and has["northing"]) or has["point"]
    if has["date"] and (placed or numbered or (has["hour"] and has["offence"])):
        return "incidents"
    by_person = has["weight"] or bool(headings & set(_ANSWERED_BY))
    if Path(table.file).suffix.lower() in STATISTICS or (by_person and has["area"]):
        return "survey"
    return ""
