"""Reads CSV, Excel and OpenDocument files into plain text tables, whatever is wrong with them."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from data import danish
from data.contracts.columns import same_heading
from data.contracts.definitions import CONTRACTS
from data.contracts.look_alikes import composed
from data.contracts.problems import ContractError, Problem
from data.intake import workbook
from data.intake.archive import UnsafeArchiveError
from data.intake.delimited import NoRowsError, frame_of, refused
from data.intake.sheets import SAYS_LITTLE, STATISTICS, WORKBOOKS, ZIP, cell_problems, read_sheets, unseen_in
from data.intake.table_shape import (
    ABOVE,
    BELOW,
    MOST_ABOVE,
    first_rows,
    has_two_heads,
    known_headings,
    second_table,
    without_surroundings,
)
from data.intake.taken_back import at_row, conditions_said, taken_back
from data.intake.workbook_facts import as_shown

MAX_BYTES = 100_000_000
GUIDANCE_SHEETS = ("Vejledning", "Koder")
"""Sheets of our own templates that hold no data."""
ACCOUNT, MONTHS = "Optælling", "Måneder"
"""Sheets beside the tables that `data.aggregate` makes: what became of every row, and counts that are not loaded."""

OUR_HEADINGS = frozenset(
    same_heading(word) for contract in CONTRACTS.values() for each in contract.columns for word in each.called
)
"""Every heading of every kind of table, reduced by `same_heading`."""
_TEXTS = (".csv", ".txt", ".tsv")
_DELIMITERS = (";", ",", "\t", "|")

REMEDIES = {
    ".tab": "Åbn den i QGIS, højreklik på laget, vælg Eksportér → Gem objekter som, og gem som GeoPackage (EPSG:25832)",
    ".pdf": "Bed om tabellen som Excel eller CSV, eller kopiér den til et ark i Excel",
    ".docx": "Kopiér tabellen til et ark i Excel, og gem det som .xlsx",
    ".px": "Vælg Excel (.xlsx) eller CSV, hvor tabellen hentes",
    ".dta": "Gem tabellen i Stata som .xlsx: export excel using tabel.xlsx, firstrow(variables)",
    ".sas7bdat": "Gem tabellen som .xlsx eller .sav",
    ".numbers": "Vælg Arkiv → Eksporter til → Excel i Numbers",
}
"""What to press for a kind of file that is not read."""
REMEDIES |= dict.fromkeys((".mif", ".dxf", ".dwg", ".gdb", ".xml", ".gpx"), REMEDIES[".tab"])
REMEDIES |= {".doc": REMEDIES[".docx"], ".odt": REMEDIES[".docx"]}
_PRINTED = bytes([*b"\t\r\n\f", *range(0x20, 0x100)])
# What a Danish text in Windows-1252 or ISO-8859-1 holds beyond ASCII: letters, quotation marks, dashes,
# signs.
_USUAL_HIGH = "€‚„…‹‘’“”–—›œŒšŠžŽŸ\u00a0§«»°±²³´µ·¼½¾£®©" + "".join(map(chr, {*range(0xC0, 0x100)} - {0xD7, 0xF7}))
_USUAL_BYTES = bytes(range(0x80)) + _USUAL_HIGH.encode("cp1252")
_UNUSUAL = re.compile(
    f"[^\\x00-\\x7f{re.escape(_USUAL_HIGH)}]|\\w[‘›†‹]\\w|[a-zæøå]†|[a-zæøå][¾Œ¯]|[¾®][a-zæøå]|\\bŒ[rbn]"
)
# Text that was UTF-8 and was read as Windows-1252, as Mac or as DOS, or was Mac or DOS and read as Windows-1252.
_MOJIBAKE = re.compile(
    "Ã[¦¸¥˜†…\u0080-\u00bf]|Â[\u0080-\u00bf]|â€|\ufffd|√[¶∏•ÜØÖ]|├[ªø©Ñ╕å]|[a-zæøå][¾›†¿Œ][a-zæøå]|\\b[A-ZÆØÅ][¾›†¿][a-zæøå]"
)
_GARBLED = ("Ã", "Â", "â€", "\ufffd", "√", "├", "¾", "›", "†", "¿", "Œ")
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


def read(content: bytes | Path, filename: str, heading_rows: Mapping[str, int] | None = None) -> list[Table]:
    """The tables of a file: one for CSV (`;`, `,` or tab; UTF-8, UTF-16 or Windows-1252) and SPSS, one a sheet.

    Raises ContractError, and nothing else, for a file that is too large, empty, broken, protected, hostile,
    of another kind or wrongly encoded. A file on disk is measured before it is read. `heading_rows` says by sheet in
    which row the headings stand, where somebody has pointed at it.
    """
    try:
        return _read(content, filename, heading_rows or {})
    except UnsafeArchiveError as error:
        raise ContractError([error.problem]) from None
    except ContractError:
        raise
    except Exception as error:  # whatever a reader does on a file nobody foresaw, the user gets a sentence
        raise refused(filename, "filen kan ikke læses", "Gem den igen som CSV UTF-8 eller .xlsx") from error


def _read(content: bytes | Path, file: str, heading_rows: Mapping[str, int]) -> list[Table]:
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
    if ending in (*WORKBOOKS, *STATISTICS) or (ending in _TEXTS and content.startswith(workbook.OLD_OFFICE)):
        return _sheets(content, file, heading_rows)
    if ending not in _TEXTS:
        remedy = REMEDIES.get(ending, "Gem tabellen som .xlsx, .ods eller .csv")
        raise refused(file, f"filer af typen »{ending}« kan ikke læses", remedy)
    if content.startswith(ZIP):
        raise refused(file, f"filen er et regneark, men hedder {ending}", "Giv den endelsen .xlsx eller .ods")
    return [_text(content, file, heading_rows.get(""))]


def preview_rows(content: bytes | Path, filename: str, many: int = 12) -> dict[str, list[list[str]]]:
    """The first rows of each visible sheet ("" for text), to point at the headings in; nothing where it is no table."""
    raw = content.read_bytes() if isinstance(content, Path) else content
    try:
        if Path(filename).suffix.lower() in _TEXTS and not raw.startswith((ZIP, workbook.OLD_OFFICE)):
            separator, text, _ = _without_separator_line(composed(_decoded(raw, filename)[0]))
            return {"": first_rows(text, separator or _delimiter(text), many)}
        return {
            sheet.name: first_rows(composed(sheet.text.decode()), workbook.DELIMITER, many)
            for sheet in read_sheets(raw, filename)
            if not sheet.facts.hidden and sheet.name not in GUIDANCE_SHEETS
        }
    except (ContractError, UnsafeArchiveError, UnicodeDecodeError):
        return {}


# CSV --------------------------------------------------------------------------------------------------------


def _text(content: bytes, file: str, heading_row: int | None) -> Table:
    text, suspect = _decoded(content, file)
    separator, text, first_row = _without_separator_line(composed(text))
    frame, header_row = _table_in(text, separator or _delimiter(text), file, "", first_row, heading_row)
    if suspect is not None:
        _refuse_wrong_letters(frame, suspect, file, header_row)
    return Table(file, "", frame)


def _decoded(content: bytes, file: str) -> tuple[str, re.Pattern[str] | None]:
    """The text of a file, and what in it would mean that its letters are garbled, where that can be."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):  # Excel's »Unicode-tekst«
        try:
            content = content.decode("utf-16").encode()
        except UnicodeDecodeError:
            raise refused(file, "filen er kodet som UTF-16 og er afbrudt midt i et tegn", _SAVE_UTF8) from None
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
    return text, suspect


def _table_in(
    text: str, delimiter: str, file: str, sheet: str, first_row: int = 1, heading_row: int | None = None
) -> tuple[pd.DataFrame, int]:
    """The table of a text, as `frame_of` reads it; where that fails, without a title above and notes below."""
    failed: ContractError | None = None
    if heading_row is None:
        if (again := second_table(text, delimiter, OUR_HEADINGS, first_row)) is not None:
            raise refused(
                file, "der står en tabel mere under den første; her begynder dens overskrifter",
                "Flyt hver tabel til sit eget ark" if sheet else "Gem hver tabel som sin egen fil", again, sheet,
            )  # fmt: skip
        try:
            frame, row = frame_of(text, delimiter, file, sheet, first_row)
            first = list(frame.columns)
            below = [list(cells) for cells in frame.head(MOST_ABOVE).itertuples(index=False, name=None)]
            if not has_two_heads(first, below[0]) and (
                known_headings([first], OUR_HEADINGS) is not None or known_headings(below, OUR_HEADINGS) is None
            ):
                return frame, row
        except NoRowsError:
            raise
        except ContractError as error:
            failed = error
    inner = without_surroundings(
        text, delimiter, None if heading_row is None else heading_row - first_row + 1, OUR_HEADINGS
    )
    if inner is None:
        raise failed or refused(file, f"der er ingen tabel fra række {heading_row}", "Vælg en anden række", None, sheet)
    frame, row = frame_of(inner.text, delimiter, file, sheet, first_row + inner.row - 1)
    frame.attrs |= {ABOVE: inner.above, BELOW: inner.below}
    return frame, row


def _without_separator_line(text: str) -> tuple[str, str, int]:
    """Excel's own first line "sep=;" names the separator: (separator or "", the rest, its first row number)."""
    match = re.match(r"\"?sep=(.)\"?\r?\n", text, re.IGNORECASE)
    return (match[1], text[match.end() :], 2) if match else ("", text, 1)


def _delimiter(text: str) -> str:
    lines = re.sub(r'"[^"\n]*"', "", text.lstrip()[:20_000]).split("\n")
    header = next((line for line in lines[:20] if any(mark in line for mark in (";", "\t", "|"))), lines[0])
    if not any(mark in header for mark in _DELIMITERS):  # a title above the table
        header = max(lines[:20], key=lambda line: line.count(","))
    return max(_DELIMITERS, key=header.count)


# Excel and OpenDocument -------------------------------------------------------------------------------------


def _sheets(content: bytes, file: str, heading_rows: Mapping[str, int]) -> list[Table]:
    tables: list[Table] = []
    empty: ContractError | None = None
    little = tuple(filter(None, [unseen_in(content, file)]))
    for sheet in read_sheets(content, file):
        name, facts = sheet.name, sheet.facts
        try:
            text = composed(sheet.text.decode())
            frame, row = _table_in(text, workbook.DELIMITER, file, name, 1, heading_rows.get(name))
            if any(mark in sheet.text for mark in _GARBLED_BYTES) and not facts.hidden:
                _refuse_wrong_letters(frame, _MOJIBAKE, file, row, name)
            as_shown(frame, facts)
            if sheet.labels:
                frame.columns = pd.Index(_headings(list(frame.columns), sheet.labels))
            odd = sorted(taken_back(facts, frame, file, name), key=at_row) if facts.contradicts else ()
            problems = (*cell_problems(facts, row, file, name), *odd)
            unseen = (SAYS_LITTLE,) if facts.unread and not little else little
            remarks = (*facts.remarks(row + 1), *conditions_said(facts), *unseen)
            tables.append(Table(file, name, frame, facts.hidden, problems, remarks))
        except NoRowsError as error:  # an unused sheet beside those that are used
            empty = empty or error
        except ContractError:
            if (
                not facts.hidden and name not in GUIDANCE_SHEETS
            ):  # our own guides are no tables, whatever they look like
                raise
    if all(table.guidance for table in tables):
        raise empty or refused(file, "filen er tom", "Send filen med overskrifter og mindst én række")
    return tables


def _headings(names: list[str], labels: Sequence[str]) -> list[str]:
    """The headings of an SPSS table: a column's name, or its label where that is a heading of ours and the name is not.

    A name in SPSS has no blanks, so "Antal svar" can only be said by the label.
    """
    chosen = [
        label if same_heading(name) not in OUR_HEADINGS and same_heading(label) in OUR_HEADINGS else name
        for name, label in zip(names, labels, strict=True)
    ]
    return chosen if len(set(chosen)) == len(chosen) else names


def _refuse_wrong_letters(frame: pd.DataFrame, suspect: re.Pattern[str], file: str, row: int, sheet: str = "") -> None:
    """Raise ContractError for cells and headings whose letters are garbled (the first cell of each column)."""
    problems = []
    for index, name in enumerate(frame.columns):
        if suspect.search(name):
            problems.append(Problem(file, sheet, row, "", _no_digits(name), _ENCODING, _SAVE_UTF8))
            continue
        cells = frame.iloc[:, index]
        unique = [text for text in cells.unique() if suspect.search(text)]
        if unique:
            where = cells.index[cells.isin(unique)][0]
            problems.append(Problem(file, sheet, int(where), name, _no_digits(cells[where]), _ENCODING, _SAVE_UTF8))
    if problems:
        raise ContractError(problems)


def _no_digits(text: str) -> str:
    # This message is made before the search for personal data, so it must not repeat a number.
    return re.sub(r"\d", "·", text)
