"""Reads CSV, Excel and OpenDocument files into plain text tables, whatever is wrong with them."""

import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from data import danish
from data.contracts.look_alikes import composed
from data.contracts.problems import ContractError, Problem
from data.intake import workbook
from data.intake.archive import UnsafeArchiveError, inspect
from data.intake.delimited import MAX_COLUMNS, MAX_ROWS, NoRowsError, frame_of, refused, too_large
from data.intake.table_shape import without_surroundings
from data.intake.workbook_facts import MOST_CELLS, SheetFacts, workbook_facts

MAX_BYTES = 100_000_000
MAX_SECONDS = 60
"""Longest time a workbook may take to read."""
MAX_MEMORY = 1 << 30
"""Bytes the process that reads a workbook may use."""
GUIDANCE_SHEETS = ("Vejledning", "Koder")
"""Sheets of our own templates that hold no data."""
ACCOUNT, MONTHS = "Optælling", "Måneder"
"""Sheets beside the tables that `data.aggregate` makes: what became of every row, and counts that are not loaded."""

_WORKBOOKS = (".xlsx", ".ods")
_TEXTS = (".csv", ".txt", ".tsv")
_ZIP, _OLD_OFFICE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_DELIMITERS = (";", ",", "\t")

_AS_OUTLINES = (
    "Åbn den i QGIS, højreklik på laget, vælg Eksportér → Gem objekter som, og gem som GeoPackage (EPSG:25832)"
)
REMEDIES = {
    ".kml": _AS_OUTLINES, ".kmz": _AS_OUTLINES, ".gml": _AS_OUTLINES, ".topojson": _AS_OUTLINES, ".tab": _AS_OUTLINES,
    ".sav": "Gem tabellen i SPSS som .xlsx; er det svar fra enkelte, så tæl dem op med python -m data aggregate survey",
    ".zsav": "Gem den i SPSS som .xlsx, eller tæl svarene op med python -m data aggregate survey",
    ".pdf": "Bed om tabellen som Excel eller CSV, eller kopiér den til et ark i Excel",
    ".docx": "Kopiér tabellen til et ark i Excel, og gem det som .xlsx",
    ".xlsm": "Vælg Filer → Gem som → Excel-projektmappe (.xlsx) i Excel",
    ".xlsb": "Vælg Filer → Gem som → Excel-projektmappe (.xlsx) i Excel",
}  # fmt: skip
"""What to press for a kind of file that is not read."""
_PRINTED = bytes([*b"\t\r\n\f", *range(0x20, 0x100)])
# What a Danish text in Windows-1252 or ISO-8859-1 holds beyond ASCII: letters, quotation marks, dashes,
# signs.
_USUAL_HIGH = "€‚„…‹‘’“”–—›œŒšŠžŽŸ\u00a0§«»°±²³´µ·¼½¾£®©" + "".join(map(chr, {*range(0xC0, 0x100)} - {0xD7, 0xF7}))
_USUAL_BYTES = bytes(range(0x80)) + _USUAL_HIGH.encode("cp1252")
_UNUSUAL = re.compile(
    f"[^\\x00-\\x7f{re.escape(_USUAL_HIGH)}]|\\w[‘›†‹]\\w|[a-zæøå]†|[a-zæøå][¾Œ¯]|[¾®][a-zæøå]|\\bŒ[rbn]"
)
# Text that was UTF-8 and was read as something else.
_MOJIBAKE = re.compile("Ã[¦¸¥˜†…\u0080-\u00bf]|Â[\u0080-\u00bf]|â€|\ufffd")
_GARBLED = ("Ã", "Â", "â€", "\ufffd")
_GARBLED_BYTES = tuple(mark.encode() for mark in _GARBLED)

_ENCODING = "tegnene er kodet forkert, så bogstaver som æ, ø og å ikke kan læses"
_SAVE_UTF8 = "Gem filen igen som »CSV UTF-8« eller som Excel (.xlsx)"


@dataclass(frozen=True, eq=False)
class Table:
    """One table as it stood in a file: text cells ("" where empty), `frame.index` the spreadsheet's row numbers.

    `sheet` is "" for CSV. Rows without any content are left out. `hidden` says that Excel hides the sheet, `problems`
    are cells that must not be read as they stand, `remarks` Danish clauses on what a reader of the sheet may not see.
    """

    file: str
    sheet: str
    frame: pd.DataFrame
    hidden: bool = False
    problems: tuple[Problem, ...] = ()
    remarks: tuple[str, ...] = ()

    @property
    def guidance(self) -> bool:
        """Whether this is one of our own sheets that explain and hold nothing to load."""
        return self.sheet in (*GUIDANCE_SHEETS, ACCOUNT, MONTHS)


def read(content: bytes | Path, filename: str) -> list[Table]:
    """The tables of a file: one for CSV (`;`, `,` or tab; UTF-8 or Windows-1252), one a sheet for .xlsx and .ods.

    Raises ContractError, and nothing else, for a file that is too large, empty, broken, protected, hostile,
    of another kind or wrongly encoded. A file on disk is measured before it is read.
    """
    try:
        return _read(content, filename)
    except UnsafeArchiveError as error:
        raise ContractError([error.problem]) from None
    except ContractError:
        raise
    except Exception as error:  # whatever a reader does on a file nobody foresaw, the user gets a sentence
        raise refused(filename, "filen kan ikke læses", "Gem den igen som CSV UTF-8 eller .xlsx") from error


def _read(content: bytes | Path, file: str) -> list[Table]:
    size = content.stat().st_size if isinstance(content, Path) else len(content)
    if size > MAX_BYTES:
        raise refused(
            file,
            f"filen fylder {danish.number(size // 1_000_000)} MB; grænsen er {MAX_BYTES // 1_000_000} MB",
            "Del den i flere filer",
        )
    if isinstance(content, Path):
        content = content.read_bytes()
    if not content.strip():
        raise refused(file, "filen er tom", "Send filen med overskrifter og mindst én række")
    ending = Path(file).suffix.lower()
    if ending == ".xls" or (content.startswith(_OLD_OFFICE) and ending in _TEXTS):
        raise refused(file, "filen er i det gamle Excel-format", "Gem den som .xlsx, og prøv igen")
    if ending in _WORKBOOKS:
        return _workbook(content, file)
    if ending not in _TEXTS:
        remedy = REMEDIES.get(ending, "Gem tabellen som .xlsx, .ods eller .csv")
        raise refused(file, f"filer af typen »{ending}« kan ikke læses", remedy)
    if content.startswith(_ZIP):
        raise refused(file, f"filen er et regneark, men hedder {ending}", "Giv den endelsen .xlsx eller .ods")
    return [_text(content, file)]


# CSV --------------------------------------------------------------------------------------------------------


def _text(content: bytes, file: str) -> Table:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise refused(file, "filen er kodet som UTF-16", _SAVE_UTF8)
    if content.translate(None, _PRINTED):
        raise refused(file, "filen er ikke en tekstfil med en tabel", _SAVE_UTF8)
    suspect: re.Pattern[str] | None = None
    try:
        text = content.decode("utf-8-sig")
        if any(mark in text for mark in _GARBLED):
            suspect = _MOJIBAKE
    except UnicodeDecodeError:
        text = content.decode("cp1252", errors="replace")
        suspect = re.compile(f"{_UNUSUAL.pattern}|{_MOJIBAKE.pattern}")
    separator, text, first_row = _without_separator_line(composed(text))
    frame, header_row = _table_in(text, separator or _delimiter(text), file, "", first_row)
    if suspect is not None:
        _refuse_wrong_letters(frame, suspect, file, header_row)
    return Table(file, "", frame)


def _table_in(text: str, delimiter: str, file: str, sheet: str, first_row: int = 1) -> tuple[pd.DataFrame, int]:
    """The table of a text, as `frame_of` reads it; where that fails, without a title above and notes below."""
    try:
        return frame_of(text, delimiter, file, sheet, first_row)
    except NoRowsError:
        raise
    except ContractError:
        found = without_surroundings(text, delimiter)
        if found is None:
            raise
        return frame_of(found[0], delimiter, file, sheet, first_row + found[1] - 1)


def _without_separator_line(text: str) -> tuple[str, str, int]:
    """Excel's own first line "sep=;" names the separator: (separator or "", the rest, its first row number)."""
    match = re.match(r"\"?sep=(.)\"?\r?\n", text, re.IGNORECASE)
    return (match[1], text[match.end() :], 2) if match else ("", text, 1)


def _delimiter(text: str) -> str:
    lines = re.sub(r'"[^"\n]*"', "", text.lstrip()[:20_000]).split("\n")
    header = next((line for line in lines[:20] if any(mark in line for mark in (";", "\t"))), lines[0])
    if not any(mark in header for mark in _DELIMITERS):  # a title above the table
        header = max(lines[:20], key=lambda line: line.count(","))
    return max(_DELIMITERS, key=header.count)


# Excel and OpenDocument -------------------------------------------------------------------------------------


def _workbook(content: bytes, file: str) -> list[Table]:
    if content.startswith(_OLD_OFFICE):
        raise refused(
            file,
            "filen er beskyttet med en adgangskode eller gemt i et gammelt format",
            "Gem den uden adgangskode som .xlsx, og prøv igen",
        )
    if not content.startswith(_ZIP):
        raise refused(file, "filen er ikke et rigtigt regneark", "Gem den igen som .xlsx, eller giv den endelsen .csv")
    if error_cells := inspect(content, file):
        raise ContractError(error_cells)
    tables: list[Table] = []
    empty: ContractError | None = None
    facts = workbook_facts(content) if Path(file).suffix.lower() == ".xlsx" else {}
    for name, text in _sheets(content, file):
        said = facts.get(name, SheetFacts())
        try:
            frame, row = _table_in(composed(text.decode()), workbook.DELIMITER, file, name)
            if any(mark in text for mark in _GARBLED_BYTES) and not said.hidden:
                _refuse_wrong_letters(frame, _MOJIBAKE, file, row, name)
            problems = tuple(_cell_problems(said, row, file, name))
            tables.append(Table(file, name, frame, said.hidden, problems, tuple(said.remarks(row + 1))))
        except NoRowsError as error:  # an unused sheet beside those that are used
            empty = empty or error
        except ContractError:
            if not said.hidden:
                raise
    if all(table.guidance for table in tables):
        raise empty or refused(file, "filen er tom", "Send filen med overskrifter og mindst én række")
    return tables


def _cell_problems(facts: SheetFacts, heading_row: int, file: str, sheet: str) -> Iterator[Problem]:
    """Cells whose value says nothing: formulas that nobody has worked out, and merged cells below the headings."""
    unknown = [*facts.without_value, *(facts.zero if facts.untrusted else ())]
    for column, row in sorted(unknown, key=lambda place: place[1])[:MOST_CELLS]:
        yield Problem(
            file, sheet, row, column, "", "formlen er ikke regnet ud, så cellen har ikke noget tal",
            "Åbn filen i Excel, gem den igen, og prøv igen; eller skriv tallet i stedet for formlen",
        )  # fmt: skip
    for (column, row), last in facts.merged:
        if last > heading_row:
            yield Problem(
                file, sheet, row, column, "", "celler er flettet sammen, så kun den første har en værdi",
                "Ophæv fletningen i Excel (Flet og centrer), og skriv værdien i hver celle",
            )  # fmt: skip


def _sheets(content: bytes, file: str) -> list[tuple[str, bytes]]:
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
    raise refused(
        file,
        "filen er ødelagt, ikke et rigtigt regneark, eller dens celler ligger alt for spredt",
        "Kopiér tabellen til et nyt ark, gem det som .xlsx, og prøv igen",
    )


def _refuse_wrong_letters(frame: pd.DataFrame, suspect: re.Pattern[str], file: str, row: int, sheet: str = "") -> None:
    """Raise ContractError for cells and headings whose letters are garbled (the first cell of each column)."""
    problems = []
    for place, name in enumerate(frame.columns):
        if suspect.search(name):
            problems.append(Problem(file, sheet, row, "", _no_digits(name), _ENCODING, _SAVE_UTF8))
            continue
        cells = frame.iloc[:, place]
        unique = [text for text in cells.unique() if suspect.search(text)]
        if unique:
            where = cells.index[cells.isin(unique)][0]
            problems.append(Problem(file, sheet, int(where), name, _no_digits(cells[where]), _ENCODING, _SAVE_UTF8))
    if problems:
        raise ContractError(problems)


def _no_digits(text: str) -> str:
    # This message is made before the search for personal data, so it must not repeat a number.
    return re.sub(r"\d", "·", text)
