"""From files to checked tables: read, look for personal data, recognise, check; all problems at once or none."""

import datetime as dt
import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import geopandas as gpd
import pandas as pd

from data.columns import Known
from data.contracts import area_spellings, check, recognise
from data.definitions import CONTRACTS
from data.partnership import Partnership
from data.privacy import find_personal_data
from data.problems import ContractError, Problem
from data.sources import tables
from data.store import Incoming, Store
from geo import boundaries

BOUNDARY_SUFFIXES = (".geojson", ".json", ".gpkg", ".zip", ".shp")
# What others refer to is checked first.
ORDER = tuple(CONTRACTS)
REFERRED = ("sources", "areas", "initiatives", "meetings", "dialogues", "risk_profiles")
"""The kinds that rows of other kinds name."""


@dataclass(frozen=True)
class _Found:
    """A table whose kind is known, with the checksum of the file it came from."""

    kind: str
    table: tables.Table
    checksum: str


def check_files(paths: Sequence[Path], store: Store, partnership: Partnership) -> list[Incoming]:
    """Check files against their contracts and each other, and return them ready to be loaded.

    Raises ContractError with every problem in every file; nothing is written either way.
    """
    problems: list[Problem] = []
    found: list[_Found] = []
    outlines: list[tuple[Path, gpd.GeoDataFrame]] = []
    for path in paths:
        try:
            if not path.is_file():
                raise ContractError([Problem(path.name, message="filen findes ikke", remedy="Ret stien til filen")])
            if path.suffix.lower() in BOUNDARY_SUFFIXES:
                outlines.append((path, _read_outlines(path)))
            else:
                found += _recognised(path)
        except ContractError as error:
            problems += error.problems
    found.sort(key=lambda each: ORDER.index(each.kind))
    standing = {kind: store.loaded(kind) for kind in REFERRED}
    incoming: list[Incoming] = []
    for each in found:
        try:
            frame = _checked(each, known_names(standing, partnership))
        except ContractError as error:
            problems += error.problems
            continue
        incoming.append(Incoming(each.kind, frame, each.table.file, each.checksum))
        if each.kind in standing:
            standing[each.kind] = pd.concat([standing[each.kind], frame], ignore_index=True)
    for path, shapes in outlines:
        try:
            incoming.append(_outlines(path, shapes, standing["areas"]))
        except ContractError as error:
            problems += error.problems
    if problems:
        raise ContractError(problems)
    return incoming


def known_names(standing: Mapping[str, pd.DataFrame], partnership: Partnership) -> Known:
    """Every name that a file may refer to: what the partnership has agreed and what is loaded."""
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
    )


def _recognised(path: Path) -> list[_Found]:
    read = tables.read(path, path.name)
    personal = find_personal_data(read)
    if personal:
        raise ContractError(personal)
    read = [table for table in read if not table.guidance]
    checksum = _checksum(path)
    kinds = [recognise(table.frame) for table in read]
    strangers = [table for table, kind in zip(read, kinds, strict=True) if kind is None]
    if strangers:
        raise ContractError([_stranger(table) for table in strangers])
    return [_Found(kind, table, checksum) for table, kind in zip(read, kinds, strict=True) if kind is not None]


def _stranger(table: tables.Table) -> Problem:
    titles = ", ".join(contract.title.lower() for contract in CONTRACTS.values())
    return Problem(
        file=table.file,
        sheet=table.sheet,
        row=1,
        value=", ".join(map(str, table.frame.columns[:8])),
        message="kolonnerne passer ikke til nogen kendt slags tabel",
        remedy=f"Brug en skabelon: {titles}",
    )


def _checksum(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _checked(found: _Found, known: Known) -> pd.DataFrame:
    table = found.table
    return check(table.frame, found.kind, known=known, file=table.file, sheet=table.sheet, today=dt.date.today())


def _read_outlines(path: Path) -> gpd.GeoDataFrame:
    try:
        return boundaries.read(path)
    except boundaries.BoundaryError as error:
        raise ContractError(
            Problem(
                file=path.name,
                row=problem.feature,
                column=problem.column,
                value=problem.value,
                message=problem.message.rstrip("."),
                remedy=problem.remedy.rstrip("."),
            )
            for problem in error.problems
        ) from error


def _outlines(path: Path, shapes: gpd.GeoDataFrame, areas: pd.DataFrame) -> Incoming:
    """The outlines as a table of the areas they belong to; raises ContractError for areas that are not known."""
    spellings = area_spellings(areas)
    keys = shapes["area_id"].where(shapes["area_id"] != "", shapes["code"])
    unknown = [key for key in keys if key not in spellings]
    if unknown:
        raise ContractError(
            Problem(
                file=path.name,
                column="area_id",
                value=key,
                message="området er ikke kendt",
                remedy="Indlæs området i områdefilen først, eller ret koden",
            )
            for key in unknown
        )
    frame = pd.DataFrame(
        {
            "area_id": keys.map(spellings),
            "name": shapes["name"],
            "outline": shapes["outline"].where(shapes["outline"] != "", "official"),
            "basis": shapes["basis"],
            "geometry": shapes.geometry.to_wkb(),
        }
    )
    return Incoming("boundaries", frame, path.name, _checksum(path))
