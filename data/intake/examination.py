"""From files to checked tables: read, look for personal data, recognise, check; all problems at once or none."""

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from data import clock, danish
from data.contracts.columns import Known
from data.contracts.definitions import CONTRACTS
from data.contracts.problems import ContractError, Problem
from data.contracts.validation import area_spellings, check, headings_of, recognise, resembling
from data.counters import LOAD_REFUSED, count
from data.intake import tables
from data.intake.baselines import Figures, baseline_in
from data.intake.cross_checks import at_odds, cross_checked
from data.intake.found import FoundTable
from data.intake.outline_identity import identified, moved_too_far, of_others
from data.intake.privacy import IS_ADDRESS, find_personal_data, masked
from data.intake.sheets import STATISTICS
from data.intake.statbank_file import from_statbank
from data.partnership import Partnership
from data.progress import ProgressCallback, silently
from data.store import Incoming, Store
from data.store.headings import remembered

if TYPE_CHECKING:
    from geopandas import GeoDataFrame

BOUNDARY_SUFFIXES = (".geojson", ".json", ".gpkg", ".zip", ".shp", ".kml", ".kmz", ".gml", ".topojson")
OUTLINES, LEFT_OUT = "boundaries", ""
"""What a file of outlines is called among the kinds, and the kind of a sheet that is not to be taken in."""
STRANGER = "kolonnerne passer ikke til nogen kendt slags tabel"
# What others refer to is checked first.
ORDER = tuple(CONTRACTS)
REFERRED = ("sources", "areas", "initiatives", "meetings", "dialogues", "risk_profiles")
"""The kinds that rows of other kinds name."""

Kinds = Mapping[tuple[str, str], str]
"""File and sheet → the kind somebody has said it is; `LEFT_OUT` to leave it out."""


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
    nothing. `hidden` sheets are left out unless somebody says what they are.
    """

    file: str
    sheet: str
    rows: int
    kind: str | None
    missing: tuple[str, ...] = ()
    unused: tuple[str, ...] = ()
    hidden: bool = False


@dataclass(frozen=True)
class Examined:
    """What became of a delivery: its tables as understood, those ready to be loaded, and every problem.

    Unless there are no problems, nothing may be loaded. `personal` names the files with personal data, which nobody
    is to keep. `remarks` are Danish sentences on what was seen in the files and is worth a second look.
    """

    sheets: tuple[Sheet, ...] = ()
    incoming: tuple[Incoming, ...] = ()
    problems: tuple[Problem, ...] = ()
    personal: frozenset[str] = frozenset()
    remarks: tuple[str, ...] = ()


@dataclass
class _Reading:
    """Tables read so far, with the checksum of their file, and what was wrong."""

    found: list[tuple[str, tables.Table, str]] = field(default_factory=list)
    outlines: "list[tuple[Delivered, GeoDataFrame]]" = field(default_factory=list)
    sheets: list[Sheet] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    personal: set[str] = field(default_factory=set)
    remarks: list[str] = field(default_factory=list)


def check_files(paths: Sequence[Path], store: Store, partnership: Partnership) -> list[Incoming]:
    """Check files against their contracts and each other, and return them ready to be loaded.

    Raises ContractError with every problem in every file; nothing is written either way.
    """
    return list(examine_files(paths, store, partnership).incoming)


def examine_files(paths: Sequence[Path], store: Store, partnership: Partnership) -> Examined:
    """What became of files on disk, where nothing is wrong with them; raises ContractError as `check_files` does."""
    examined = examine([Delivered(path.name, path) for path in paths], store, partnership)
    if examined.problems:
        raise ContractError(examined.problems)
    return examined


def examine(
    files: Sequence[Delivered],
    store: Store,
    partnership: Partnership,
    kinds: Kinds | None = None,
    beside: Sequence[Incoming] = (),
    tell: ProgressCallback = silently,
) -> Examined:
    """Read files and check them against their contracts, each other and what stands; nothing is written.

    `kinds` are corrections of what was recognised, `beside` checked tables that are to be loaded before the files.
    """
    reading = _Reading()
    also = remembered(store.engine)
    spelled = area_spellings(store.loaded("areas"))

    def convert(frame: pd.DataFrame) -> pd.DataFrame | None:
        return from_statbank(frame, spelled, partnership)

    for number, file in enumerate(files):
        tell(0.6 * number / len(files), f"Læser {file.name}")
        try:
            _read(file, reading, kinds or {}, also, convert)
        except ContractError as error:
            reading.problems += error.problems
    tell(0.6, "Kontrollerer hver celle")
    standing = {kind: store.loaded(kind) for kind in REFERRED}
    for each in beside:
        _stands(standing, each)
    incoming: list[Incoming] = []
    checked: list[FoundTable] = []

    def figures(kind: str) -> pd.DataFrame:
        frames = [each.frame for each in (*beside, *incoming) if each.kind == kind and not each.withdraws]
        rows = pd.concat([store.loaded(kind), *frames], ignore_index=True)
        return rows.drop_duplicates(list(CONTRACTS[kind].key), keep="last")

    for kind, table, checksum in sorted(reading.found, key=lambda each: ORDER.index(each[0])):
        try:
            frame = check(
                table.frame, kind, known=known_names(standing, partnership, figures), file=table.file,
                sheet=table.sheet, today=clock.today(), also=also.get(kind),
            )  # fmt: skip
        except ContractError as error:
            reading.problems += error.problems
            continue
        incoming.append(Incoming(kind, frame, table.file, checksum))
        headings = {name: found[0] for name, found in headings_of(table.frame, kind, also.get(kind)).items()}
        checked.append(FoundTable(kind, table.file, table.sheet, frame, table.frame, headings))
        _stands(standing, incoming[-1])
    for file, shapes in reading.outlines:
        others = of_others(shapes, standing["areas"])
        if others.any():
            many = danish.plural(int(others.sum()), "område, som ikke er vores, er", "områder, som ikke er vores, er")
            reading.remarks.append(f"{file.name}: {many} sprunget over.")
        try:
            incoming.append(outlines(file, shapes[~others], standing["areas"], store.loaded("boundaries")))
        except ContractError as error:
            reading.problems += error.problems
    reading.problems += _held_together(checked, incoming, standing, store)
    if reading.problems:
        count(LOAD_REFUSED)
    return Examined(
        tuple(reading.sheets), tuple(incoming), tuple(reading.problems), frozenset(reading.personal),
        tuple(reading.remarks),
    )  # fmt: skip


def _held_together(
    checked: Sequence[FoundTable], incoming: Sequence[Incoming], standing: Mapping[str, pd.DataFrame], store: Store
) -> list[Problem]:
    """What checked tables have against each other, the areas and the map."""
    kinds = {found.kind for found in checked}
    problems = at_odds(checked, standing["areas"])
    if not checked or (len(kinds) == len(checked) and kinds.isdisjoint(("survey", "cells"))):
        return problems
    new_residents = [each.frame for each in incoming if each.kind == "population"]
    with_map = {
        "areas": standing["areas"],
        "population": pd.concat([store.loaded("population"), *new_residents], ignore_index=True),
        "boundaries": store.loaded("boundaries"),
    }
    return problems + cross_checked(checked, [each for each in incoming if each.kind == OUTLINES], with_map)


def _stands(standing: dict[str, pd.DataFrame], incoming: Incoming) -> None:
    if incoming.kind in standing:
        standing[incoming.kind] = pd.concat([standing[incoming.kind], incoming.frame], ignore_index=True)


def known_names(
    standing: Mapping[str, pd.DataFrame], partnership: Partnership, figures: Figures | None = None
) -> Known:
    """Every name that a file may refer to: what the partnership has agreed and what is loaded.

    `figures` gives the rows that stand of survey, incidents and population, by kind; they are read only for criteria,
    whose targets are held against where they begin.
    """
    return Known(
        areas=area_spellings(standing["areas"]),
        indicators=frozenset(indicator.id for indicator in partnership.indicators),
        categories=frozenset(category.id for category in partnership.categories),
        series=frozenset(series.id for series in partnership.series),
        sources=frozenset(standing["sources"]["source_id"]),
        initiatives=frozenset(standing["initiatives"]["initiative_id"]),
        purposes=frozenset(purpose.id for purpose in partnership.purposes),
        principles=frozenset(principle.id for principle in partnership.principles),
        meetings=frozenset(standing["meetings"]["meeting_id"]),
        dialogues=frozenset(standing["dialogues"]["dialogue_id"]),
        profiles=frozenset(standing["risk_profiles"]["profile_id"]),
        directions={indicator.id: indicator.direction for indicator in partnership.indicators},
        baseline=None if figures is None else baseline_in(figures),
    )


def _read(
    file: Delivered,
    reading: _Reading,
    kinds: Kinds,
    also: Mapping[str, Mapping[str, str]],
    convert: Callable[[pd.DataFrame], pd.DataFrame | None],
) -> None:
    """Read one file into what has been read; raises ContractError, and keeps nothing of it, where it cannot be."""
    if isinstance(file.content, Path) and not file.content.is_file():
        raise ContractError([Problem(file.name, message="filen findes ikke", remedy="Ret stien til filen")])
    if file.is_outlines:
        shapes = read_outlines(file)
        texts = shapes[["name", "outline", "basis"]].astype(str).rename(columns={"name": "omrids"})
        personal = find_personal_data([tables.Table(file.name, "", texts)])
        # What an outline follows is told by streets and numbers, which here are nobody's home.
        _refuse_personal([each for each in personal if each.message != IS_ADDRESS], file.name, reading)
        reading.sheets.append(Sheet(file.name, "", len(shapes), OUTLINES))
        reading.outlines.append((file, shapes))
        return
    read = tables.read(file.content, file.name)
    _refuse_personal(find_personal_data(read), file.name, reading)
    checksum = file.checksum
    for table in read:
        if table.guidance:
            continue
        if recognise(table.frame, also) is None and (converted := convert(table.frame)) is not None:
            table = replace(table, frame=converted)
            reading.remarks.append(f"{table.file}: læst som STRAF11 fra Danmarks Statistik.")
        seen = None if table.hidden and len(read) > 1 else recognise(table.frame, also)
        kind = kinds.get((table.file, table.sheet), LEFT_OUT if table.hidden and len(read) > 1 else seen)
        reading.sheets.append(_understood(table, kind, also))
        where = f"{table.file}, ark »{table.sheet}«" if table.sheet else table.file
        if table.hidden:
            reading.remarks.append(f"{where}: arket er skjult og er {'ikke ' if kind == LEFT_OUT else ''}læst.")
        if kind and kind != LEFT_OUT:
            reading.problems += table.problems
            reading.remarks += [f"{where}: {remark}." for remark in table.remarks]
            unused = reading.sheets[-1].unused
            if unused:
                reading.remarks.append(
                    f"{where}: {danish.join(f'»{masked(each)}«' for each in unused)} er ikke en kolonne i "
                    f"{CONTRACTS[kind].title.lower()} og er ikke læst."
                )
        if kind is None:
            reading.problems.append(_stranger(table))
        elif kind != LEFT_OUT:
            reading.found.append((kind, table, checksum))


def _refuse_personal(personal: Sequence[Problem], name: str, reading: _Reading) -> None:
    if personal:
        reading.personal.add(name)
        raise ContractError(personal)


def _understood(table: tables.Table, kind: str | None, also: Mapping[str, Mapping[str, str]]) -> Sheet:
    if not kind:
        return Sheet(table.file, table.sheet, len(table.frame), kind, unused=tuple(map(str, table.frame.columns)))
    found = headings_of(table.frame, kind, also.get(kind))
    used = {heading for headings in found.values() for heading in headings}
    return Sheet(
        table.file,
        table.sheet,
        len(table.frame),
        kind,
        (
            *(column.name for column in CONTRACTS[kind].columns if column.required and column.name not in found),
            *dict.fromkeys(resembling(table.frame, kind, found).values()),
        ),
        tuple(str(heading) for heading in table.frame.columns if heading not in used),
        table.hidden,
    )


def _stranger(table: tables.Table) -> Problem:
    if Path(table.file).suffix.lower() in STATISTICS:
        return Problem(
            table.file, "", 1, "", ", ".join(map(str, table.frame.columns[:8])), STRANGER,
            "Er det svar fra enkelte, så tæl dem op på jeres egen maskine: python -m data aggregate survey FIL.sav -o "
            "tal.xlsx",
        )  # fmt: skip
    titles = ", ".join(contract.title.lower() for contract in CONTRACTS.values())
    return Problem(
        file=table.file,
        sheet=table.sheet,
        row=1,
        value=", ".join(map(str, table.frame.columns[:8])),
        message=STRANGER,
        remedy=f"Brug en skabelon: {titles}",
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


def outlines(file: Delivered, shapes: "GeoDataFrame", areas: pd.DataFrame, standing: pd.DataFrame) -> Incoming:
    """The outlines as a table of the areas they belong to.

    An outline is known by id and name together, never by a code alone that may be that of the municipality it lies in.
    Raises ContractError for areas that are not known, names that do not go with the code, and outlines of which less
    than half lies where the `standing` one does.
    """
    keys, problems = identified(file.name, shapes, areas)
    if not problems:
        problems = moved_too_far(file.name, shapes, keys, areas, standing)
    if problems:
        raise ContractError(problems)
    frame = pd.DataFrame(
        {
            "area_id": keys,
            "name": shapes["name"],
            "outline": shapes["outline"].where(shapes["outline"] != "", "official"),
            "basis": shapes["basis"],
            "geometry": shapes.geometry.to_wkb(),
        }
    )
    return Incoming(OUTLINES, frame, file.name, file.checksum)
