"""What Excel says of the cells beside their values: what is hidden, which formulas have no result, what is merged.

Read from the sheets' own XML, piece by piece, since a reader of whole cells takes minutes for a million rows. Only for
containers that `data.intake.archive.inspect` has let through.
"""

import io
import posixpath
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.etree import ElementTree

import pandas as pd

from data import danish
from data.intake.conditional_formats import Change, Conditional, changes_of, conditionals_in
from data.intake.delimited import PLACES, letters
from data.intake.number_formats import BLANK, SCALED, WORDED, Shown
from data.intake.ooxml import related, root_of, without_prefix
from data.intake.rich_text import Part, RichTexts, rich_texts
from data.intake.workbook_colours import theme_of
from data.intake.workbook_styles import Styles, styles_of

MOST_CELLS = 1000
"""Cells of one kind that are kept for one sheet; beyond them they are counted only."""
_PIECE = 1 << 22
_MOST_HELD = 1 << 26
_ROW = re.compile(rb"<row\b([^>]*)>")
_FORMULA = re.compile(
    rb'<c r="([A-Z]{1,3})(\d{1,7})"([^>]*)>\s*<f\b[^>]*?(?:/>|>[^<]*</f>)\s*(?:<v>([^<]*)</v>|<v\s*/>)?'
)
_COLUMN = re.compile(rb"<col\b([^>]*)/?>")
_MERGED = re.compile(rb'<mergeCell ref="([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})"')
_HIDDEN = re.compile(rb'\bhidden="(?:1|true)"|\b(?:ht|width)="0(?:\.[0-4]\d*)?"')
_COMMENT = re.compile(rb'<(?:\w+:)?comment ref="([A-Z]{1,3})(\d{1,7})"')
_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"

_SHOWN = {
    SCALED: "vises i tusinder eller millioner (»{shown}«), men er læst helt ud, som de er gemt",
    WORDED: "har et ord ved sig, som kun talformatet skriver (»{shown}«); tallene er læst, som de er gemt",
    BLANK: "er 0, som talformatet viser som en tom celle; de er læst som 0",
}
"""What is said of numbers that are read as they are stored, though they are shown in another way."""

Place = tuple[str, int]
"""A cell: its column's letters and its row."""


@dataclass
class SheetFacts:
    """One sheet: whether it is hidden, its hidden rows and columns, whether a filter is on, formulas and merged cells.

    `without_value` are formulas that no program has worked out, `zero` those that stand as 0, `merged` the first cell
    and the last row of each merged block. `untrusted` says that the file asks to be worked out when it is opened, as
    files do that a program wrote without working anything out: then a stored 0 means nothing. `percents` are cells
    whose format writes a per cent sign after a number that is in per cents already (0,9 stands as "0,9 %"). `errors`
    are cells that show one, which a reader of values takes for empty; those of .xlsx are told when it is opened.
    `struck` are filled cells that are crossed out, `unseen` those written in the colour of the background, `altered`
    numbers that their format shows as something else, `parts` cells of which a part does not belong to the value, and
    `conditional` the formats that change what is seen where a condition holds. `comments` are cells with a comment, and
    `unread` says that nothing but values could be read of the sheet.
    """

    hidden: bool = False
    hidden_rows: list[int] = field(default_factory=list)
    hidden_columns: int = 0
    filtered: bool = False
    without_value: list[Place] = field(default_factory=list)
    zero: list[Place] = field(default_factory=list)
    merged: list[tuple[Place, int]] = field(default_factory=list)
    untrusted: bool = False
    percents: list[Place] = field(default_factory=list)
    errors: list[Place] = field(default_factory=list)
    struck: list[Place] = field(default_factory=list)
    altered: list[tuple[Place, Shown]] = field(default_factory=list)
    unseen: list[Place] = field(default_factory=list)
    parts: list[tuple[Place, Part]] = field(default_factory=list)
    conditional: list[Conditional] = field(default_factory=list)
    comments: list[Place] = field(default_factory=list)
    unread: bool = False

    @property
    def contradicts(self) -> bool:
        """Whether anything in the sheet takes back what stands in its cells."""
        return any((self.struck, self.altered, self.unseen, self.parts, self.conditional))

    def remarks(self, first_row: int) -> Iterator[str]:
        """Danish clauses on what a reader of the sheet may not see; `first_row` is the first row below the headings."""
        rows = sum(row >= first_row for row in self.hidden_rows)
        if rows:
            many = danish.plural(rows, "skjult række er", "skjulte rækker er")
            yield f"{many} læst med{' (et filter er slået til)' if self.filtered else ''}"
        if self.hidden_columns:
            yield f"{danish.plural(self.hidden_columns, 'skjult kolonne er', 'skjulte kolonner er')} læst med"
        if self.zero and not self.untrusted:
            cells = danish.plural(len(self.zero), "formel giver", "formler giver")
            yield f"{cells} 0, første gang i {self.zero[0][0]}{self.zero[0][1]}; se efter, om det er talt som 0"
        noted = [(column, row) for column, row in self.comments if row >= first_row]
        if noted:
            cells = danish.plural(len(noted), "celle har", "celler har")
            yield f"{cells} en kommentar, som ikke er læst, første gang i {noted[0][0]}{noted[0][1]}"
        for way, said in _SHOWN.items():
            cells_so = [(place, shown) for place, shown in self.altered if shown.way == way and place[1] >= first_row]
            if cells_so:
                (column, row), shown = cells_so[0]
                many = danish.plural(len(cells_so), "tal", "tal")
                yield f"{many} {said.format(shown=shown.text)}, første gang i {column}{row}"


@dataclass(frozen=True)
class Looks:
    """What a workbook's cells may look like: by style, within a text, and where a condition holds."""

    styles: Styles
    texts: RichTexts
    changes: list[Change]


def workbook_facts(content: bytes) -> dict[str, SheetFacts]:
    """The facts of each sheet of an .xlsx by its name; nothing of a container that is none."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names, untrusted = _sheets(archive)
            theme = theme_of(archive)
            looks = Looks(styles_of(archive, theme), rich_texts(archive, theme), changes_of(archive, theme))
            return {name: _facts(archive, path, hidden, untrusted, looks) for name, (path, hidden) in names.items()}
    except (KeyError, ValueError, ElementTree.ParseError, zipfile.BadZipFile, OSError, AttributeError):
        return {}


def as_shown(frame: pd.DataFrame, facts: SheetFacts) -> None:
    """Write the per cent sign that a format puts behind a number into the cells of a sheet as read."""
    columns = {letters(index): number for number, index in enumerate(frame.attrs.get(PLACES, ()))}
    by_column: dict[str, list[int]] = {}
    for column, row in facts.percents:
        by_column.setdefault(column, []).append(row)
    for column, rows in by_column.items():
        if column in columns:
            cells = frame.iloc[:, columns[column]]
            shown = cells.index.isin(rows) & (cells.str.strip() != "")
            frame.isetitem(columns[column], cells.where(~shown, cells + " %").array)


def _sheets(archive: zipfile.ZipFile) -> tuple[dict[str, tuple[str, bool]], bool]:
    """Sheet name → member and whether it is hidden; and whether the file asks to be worked out anew."""
    book, relations = (root_of(archive, name) for name in ("xl/workbook.xml", "xl/_rels/workbook.xml.rels"))
    targets = {each.get("Id"): each.get("Target", "") for each in relations}
    sheets = {}
    for sheet in book.iter(f"{_MAIN}sheet"):
        path = posixpath.normpath(posixpath.join("xl", targets[sheet.get(_ID)]))
        path = path.split("xl/xl/")[-1] if path.startswith("xl/xl/") else path.lstrip("/")
        sheets[sheet.get("name", "")] = (path, sheet.get("state", "visible") != "visible")
    asks = any(each.get("fullCalcOnLoad") in ("1", "true") for each in book.iter(f"{_MAIN}calcPr"))
    return sheets, asks


def _facts(archive: zipfile.ZipFile, path: str, hidden: bool, untrusted: bool, looks: Looks) -> SheetFacts:
    facts = SheetFacts(hidden=hidden, untrusted=untrusted)
    held, prefixed = b"", False
    with archive.open(path) as member:
        while piece := member.read(_PIECE):
            prefixed = prefixed or b"<x:worksheet" in piece[:1000]
            held += piece
            cut = held.rfind(b"row>") + len(b"row>")
            if cut >= len(b"row>"):
                _note(without_prefix(held[:cut]) if prefixed else held[:cut], facts, looks)
                held = held[cut:]
            elif len(held) > _MOST_HELD:
                held = b""
    held = without_prefix(held) if prefixed else held
    _note(held, facts, looks)
    facts.filtered = facts.filtered or (b"<autoFilter" in held)
    facts.conditional += conditionals_in(held, looks.changes)
    for part in related(archive, path, "comments"):
        facts.comments += [(column.decode(), int(row)) for column, row in _COMMENT.findall(archive.read(part))]
    return facts


def _note(text: bytes, facts: SheetFacts, looks: Looks) -> None:
    styles = looks.styles
    if b"hidden=" in text or b'ht="0' in text or b'width="0' in text:
        for attributes in _ROW.findall(text):
            if _HIDDEN.search(attributes) and (number := re.search(rb'\br="(\d+)"', attributes)):
                facts.hidden_rows.append(int(number[1]))
        for attributes in _COLUMN.findall(text):
            ends = [re.search(rb"\b" + end + rb'="(\d+)"', attributes) for end in (b"min", b"max")]
            if _HIDDEN.search(attributes) and all(ends):
                first, last = (int(end[1]) for end in ends if end)
                facts.hidden_columns += min(last, 16_384) - first + 1
    if b"<f" in text:
        for column, row, attributes, value in _FORMULA.findall(text):
            cell = (column.decode(), int(row))
            if not value and b't="str"' not in attributes:
                facts.without_value.append(cell)
            elif value == b"0":
                facts.zero.append(cell)
    for column, row, style, value, is_number in styles.marked_in(text):
        place = (column, row)
        if style in styles.struck:
            facts.struck.append(place)
        elif style in styles.unseen:
            facts.unseen.append(place)
        if is_number and style in styles.signed:
            facts.percents.append(place)
        if is_number and (shown := styles.shown(style, value)):
            facts.altered.append((place, shown))
    facts.parts += [((column, row), part) for column, row, part in looks.texts.parts_in(text)]
    if b"<mergeCell " in text:
        facts.merged += [((left.decode(), int(top)), int(low)) for left, top, _, low in _MERGED.findall(text)]
