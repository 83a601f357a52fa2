"""One file at a time: what it is, what each of its tables is taken for, and what stands in the way of reading it."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from data import danish
from data.contracts.definitions import CONTRACTS
from data.contracts.problems import ContractError, Problem
from data.contracts.validation import area_spellings, headings_of, recognise, resembling
from data.intake import tables
from data.intake.cross_checks import residents_of
from data.intake.delimited import PLACES, letters
from data.intake.loose_notes import without_notes
from data.intake.percents import PERCENT, InDoubt, columns_in_doubt, percent_problem, without_percents
from data.intake.privacy import IS_ADDRESS, find_personal_data, masked
from data.intake.sheets import MERGED
from data.intake.split_periods import periods_as_one
from data.intake.statbank_file import from_statbank, residents_from_statbank
from data.intake.strangers import stranger
from data.intake.week_hours import hours_problem, in_codes
from data.intake.wide import COMMAND_LINE, Answer, Wide, Words, turned, wide_problem, wide_table, words_of
from data.intake.wide_checks import columns_at_odds, others_said, sums_said
from data.intake.wide_shares import NO_ANSWERS
from data.intake.wide_years import squares_in
from data.partnership import Partnership
from data.store import Store
from data.store.headings import remembered

if TYPE_CHECKING:
    from geopandas import GeoDataFrame

BOUNDARY_SUFFIXES = (".geojson", ".json", ".gpkg", ".zip", ".shp", ".kml", ".kmz", ".gml", ".topojson")
WITH_YEARS = ("cells", "hours")
"""The kinds that are told of year by year, along the top or in a column."""
OUTLINES, LEFT_OUT = "boundaries", ""
"""What a file of outlines is called among the kinds, and the kind of a sheet that is not to be taken in."""
Place = tuple[str, str]
"""A file and a sheet of it, "" where it has only one table."""

Kinds = Mapping[tuple[str, str], str]
"""File and sheet → the kind somebody has said it is; `LEFT_OUT` to leave it out."""


@dataclass(frozen=True)
class Shapes:
    """What somebody has said of how tables lie: where their headings are, what a wide one holds, the unit of shares."""

    heading_rows: Mapping[Place, int] = field(default_factory=dict)
    wide: Mapping[Place, Answer] = field(default_factory=dict)
    units: Mapping[Place, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Delivered:
    """A file as it was handed over: its name, and its bytes or where they lie. Bytes are never written to disk."""

    name: str
    content: bytes | Path

    @property
    def is_outlines(self) -> bool:
        """Whether it holds outlines rather than tables, judged by its name."""
        return Path(self.name).suffix.lower() in BOUNDARY_SUFFIXES

    @property
    def checksum(self) -> str:
        """SHA-256 of its bytes."""
        if isinstance(self.content, bytes):
            return hashlib.sha256(self.content).hexdigest()
        with self.content.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()


@dataclass(frozen=True)
class Sheet:
    """One table of a delivery as it is understood.

    `kind` is None where nobody knows, `OUTLINES` for a file of outlines and `LEFT_OUT` where it is to be left out.
    `missing` are the required columns of its kind for which there is no heading, `unused` the headings that stand for
    nothing. `hidden` sheets are left out unless somebody says what they are; `wide` is how a table of no kind may be
    turned. `doubts` are its columns of shares that may be in per cent.
    """

    file: str
    sheet: str
    rows: int
    kind: str | None
    missing: tuple[str, ...] = ()
    unused: tuple[str, ...] = ()
    hidden: bool = False
    wide: Wide | None = None
    doubts: tuple[InDoubt, ...] = ()


class Known:
    """What tables are recognised by: headings of partners' own, areas, categories and sources as they stand."""

    def __init__(self, store: Store, partnership: Partnership) -> None:
        """Read the headings; all else is read where a table is not recognised by them."""
        self.store, self.partnership = store, partnership
        self.also: Mapping[str, Mapping[str, str]] = remembered(store.engine)

    @cached_property
    def areas(self) -> dict[str, str]:
        """Every accepted spelling of an area and the area."""
        return area_spellings(self.store.loaded("areas"))

    @cached_property
    def words(self) -> Words:
        """The words that a wide table is recognised by."""
        standing = {kind: self.store.loaded(kind) for kind in ("areas", "population", "survey")}
        areas = standing["areas"].drop_duplicates("area_id", keep="last")
        parents = dict(zip(areas["area_id"], areas["parent_id"], strict=True))
        return words_of(self.areas, self.partnership, residents_of(standing), standing["survey"], parents)

    @cached_property
    def provenance(self) -> dict[str, str]:
        """Each source and whether it is official or an example."""
        sources = self.store.loaded("sources").drop_duplicates("source_id", keep="last")
        return dict(zip(sources["source_id"], sources["provenance"], strict=True))

    def usual_source(self, kind: str, areas: set[str]) -> str:
        """The source that most rows of a kind have for some areas; "" where there is none."""
        rows = self.store.loaded(kind)
        usual = rows.loc[rows["area_id"].isin(areas), "source_id"].mode()
        return "" if usual.empty else str(usual.iloc[0])


@dataclass
class Reading:
    """Tables read so far, with the checksum of their file, and what was wrong."""

    found: list[tuple[str, tables.Table, str]] = field(default_factory=list)
    outlines: "list[tuple[Delivered, GeoDataFrame]]" = field(default_factory=list)
    sheets: list[Sheet] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    personal: set[str] = field(default_factory=set)
    remarks: list[str] = field(default_factory=list)

    def doubts(self, place: Place) -> list[InDoubt]:
        """The columns of a table whose shares may be in per cent."""
        return [each for sheet in self.sheets if (sheet.file, sheet.sheet) == place for each in sheet.doubts]


def read_file(file: Delivered, reading: Reading, kinds: Kinds, told: Shapes, known: Known) -> None:
    """Read one file into what has been read; raises ContractError, and keeps nothing of it, where it cannot be."""
    if isinstance(file.content, Path) and not file.content.is_file():
        raise ContractError([Problem(file.name, message="filen findes ikke", remedy="Ret stien til filen")])
    if file.is_outlines:
        shapes = read_outlines(file)
        texts = shapes[["name", "outline", "basis", "credit"]].astype(str).rename(columns={"name": "omrids"})
        personal = find_personal_data([tables.Table(file.name, "", texts)])
        # What an outline follows is told by streets and numbers, which here are nobody's home.
        _refuse_personal([each for each in personal if each.message != IS_ADDRESS], file.name, reading)
        reading.sheets.append(Sheet(file.name, "", len(shapes), OUTLINES))
        reading.outlines.append((file, shapes))
        return
    pointed = {sheet: row for (name, sheet), row in told.heading_rows.items() if name == file.name}
    read = tables.read(file.content, file.name, pointed)
    _refuse_personal(find_personal_data(read), file.name, reading)
    checksum = file.checksum
    for table in read:
        if not table.guidance:
            _take_in(table, reading, kinds, told, known, checksum, alone=len(read) == 1)


def _take_in(
    table: tables.Table, reading: Reading, kinds: Kinds, shapes: Shapes, known: Known, checksum: str, *, alone: bool
) -> None:
    """Add one table to what has been read: as what it is recognised for, as somebody has said, or as a problem."""
    sheet = (table.file, table.sheet)
    where = f"{table.file}, ark »{table.sheet}«" if table.sheet else table.file
    wide: Wide | None = None
    problem: Problem | None = None
    around = table.frame
    for read_as in (periods_as_one, in_codes):
        frame, said = read_as(table.frame)
        table = replace(table, frame=frame, remarks=(*table.remarks, *filter(None, [said])))
    if recognise(table.frame, known.also) is None or squares_in(table.frame, known.usual_source) is not None:
        table, sentence, wide, problem = _turned(table, shapes.wide.get(sheet), known)
        reading.remarks += [f"{where}: {each}." for each in sentence]
    left = table.hidden and not alone
    seen = None if left or (wide is not None and sheet not in shapes.wide) else recognise(table.frame, known.also)
    kind = kinds.get(sheet, LEFT_OUT if left else seen)
    reading.sheets.append(replace(_understood(table, kind, known.also), wide=wide))
    if table.hidden:
        reading.remarks.append(f"{where}: arket er skjult og er {'ikke ' if kind == LEFT_OUT else ''}læst.")
    if kind and kind != LEFT_OUT:
        if wide is None:
            table, said = without_notes(table, kind, known.areas, known.also.get(kind))
            reading.remarks += [f"{where}: {said}."] if said else []
        reading.problems += table.problems
        reading.remarks += [f"{where}: {remark}." for remark in table.remarks]
        unused = reading.sheets[-1].unused
        if unused:
            reading.remarks.append(
                f"{where}: {danish.join(f'»{masked(each)}«' for each in unused)} er ikke en kolonne i "
                f"{CONTRACTS[kind].title.lower()} og er ikke læst."
            )
        if said := others_said(around, wide, kind):
            reading.remarks.append(f"{where}: {masked(said)}.")
    if kind is None:
        reading.problems.append(problem or stranger(table))
    elif kind != LEFT_OUT:
        reading.found.append((kind, _in_shares(table, kind, reading, shapes.units.get(sheet), known), checksum))


def _in_shares(table: tables.Table, kind: str, reading: Reading, unit: str | None, known: Known) -> tables.Table:
    """The table with its shares as somebody has said they are written; else it is asked about those in doubt."""
    doubts = columns_in_doubt(table.frame, kind, known.also.get(kind))
    if not doubts:
        return table
    reading.sheets[-1] = replace(reading.sheets[-1], doubts=tuple(doubts.values()))
    if unit is None:
        unsaid = [each for each in doubts.values() if not each.guess]  # the others are refused cell by cell
        reading.problems += [percent_problem(each, table.file, table.sheet, COMMAND_LINE) for each in unsaid]
        return table
    if unit != PERCENT:
        return table
    where = f"{table.file}, ark »{table.sheet}«" if table.sheet else table.file
    said = danish.join(f"»{masked(each.heading)}«" for each in doubts.values())
    reading.remarks.append(
        f"{where}: {said} er læst som procent, så {next(iter(doubts.values())).largest} er delt med 100."
    )
    return replace(table, frame=without_percents(table.frame, doubts))


def _turned(
    table: tables.Table, answer: Answer | None, known: Known
) -> tuple[tables.Table, list[str], Wide | None, Problem | None]:
    """A table of no kind as STRAF11, or turned as somebody has said; else what it seems to be and what to say of it."""
    place = (table.file, table.sheet)
    straf11 = from_statbank(table.frame, known.areas, known.partnership)
    if straf11 is not None:
        return replace(table, frame=straf11), ["læst som STRAF11 fra Danmarks Statistik"], None, None
    residents = residents_from_statbank(table.frame, known.areas, known.words.residents)
    if residents is not None:
        return replace(table, frame=residents), ["læst som FOLK1A fra Danmarks Statistik"], None, None
    wide = wide_table(table.frame, known.words, known.usual_source, known.partnership.total)
    by_week = None if wide is None or wide.guess.kind in WITH_YEARS else hours_problem(table.frame, *place)
    if by_week is not None:
        return table, [], None, by_week
    if wide is None or answer is None:
        return table, [], wide, wide_problem(table.frame, wide, known.words, table.file, table.sheet)
    frame = turned(table.frame, wide, answer, known.words, known.provenance)
    title = CONTRACTS[answer.kind].title.lower()
    what = "læst som" if wide.along == "figure" else "vendt til"
    said = [f"{what} {title}, {danish.plural(len(frame), 'tal', 'tal')} fra {wide.sentence.rstrip('.')}"]
    if wide.left:
        said.append(f"{danish.join(f'»{masked(each)}«' for each in wide.left)} er ikke læst")
    said += [masked(each) for each in sums_said(table.frame, wide, known.words, known.partnership.total)]
    if answer.kind == "survey" and not wide.answers:
        said.append(NO_ANSWERS)
    odd = columns_at_odds(table.frame, wide, known.words, table.file, table.sheet)
    return replace(table, frame=frame, problems=(*_of_figures(table, wide), *odd)), said, wide, None


def _of_figures(table: tables.Table, wide: Wide) -> tuple[Problem, ...]:
    """The cells that must not be read, without the merged ones of labels: what they say holds for the rows below."""
    places = table.frame.attrs.get(PLACES, range(table.frame.shape[1]))
    of_labels = {letters(places[place]) for place in wide.places.values()}
    return tuple(each for each in table.problems if each.message != MERGED or each.column not in of_labels)


def _refuse_personal(personal: Sequence[Problem], name: str, reading: Reading) -> None:
    if personal:
        reading.personal.add(name)
        raise ContractError(personal)


def _understood(table: tables.Table, kind: str | None, also: Mapping[str, Mapping[str, str]]) -> Sheet:
    if not kind:
        return Sheet(table.file, table.sheet, len(table.frame), kind, unused=tuple(map(str, table.frame.columns)))
    fitting = headings_of(table.frame, kind, also.get(kind))
    used = {heading for headings in fitting.values() for heading in headings}
    return Sheet(
        table.file,
        table.sheet,
        len(table.frame),
        kind,
        (
            *(column.name for column in CONTRACTS[kind].columns if column.required and column.name not in fitting),
            *dict.fromkeys(resembling(table.frame, kind, fitting).values()),
        ),
        tuple(str(heading) for heading in table.frame.columns if heading not in used),
        table.hidden,
    )


def read_outlines(file: Delivered) -> "GeoDataFrame":
    """The outlines of a file; raises ContractError with all that is wrong, personal data masked."""
    from geo import boundaries  # with geopandas, which takes long to import

    try:
        return boundaries.read(file.content, file.name)
    except boundaries.BoundaryError as error:
        raise ContractError(
            Problem(
                file=file.name,
                row=problem.feature,
                column=problem.column,
                value=masked(problem.value),
                message=problem.message.rstrip("."),
                remedy=problem.remedy.rstrip("."),
            )
            for problem in error.problems
        ) from error
