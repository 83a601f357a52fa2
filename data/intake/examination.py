"""From files to checked tables: read, look for personal data, recognise, check; all problems at once or none."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from data import clock, danish
from data.contracts.columns import Known
from data.contracts.definitions import CONTRACTS
from data.contracts.problems import ContractError, Problem
from data.contracts.validation import area_spellings, check, headings_of
from data.counters import LOAD_REFUSED, count
from data.intake import recognition
from data.intake.baselines import Figures, baseline_in
from data.intake.cross_checks import at_odds, cross_checked
from data.intake.found import FoundTable
from data.intake.outline_identity import identified, moved_too_far, of_others
from data.intake.percents import with_question
from data.intake.recognition import LEFT_OUT, OUTLINES, Delivered, Kinds, Shapes, Sheet, read_outlines
from data.intake.strangers import STRANGER
from data.intake.wide import COMMAND_LINE
from data.partnership import Category, Indicator, Partnership
from data.progress import ProgressCallback, silently
from data.store import Incoming, Store

if TYPE_CHECKING:
    from geopandas import GeoDataFrame

__all__ = [
    "LEFT_OUT", "OUTLINES", "STRANGER", "Delivered", "Examined", "Kinds", "Shapes", "Sheet", "check_files", "examine",
    "examine_files", "known_names", "outlines", "read_outlines",
]  # fmt: skip

# What others refer to is checked first.
ORDER = tuple(CONTRACTS)
REFERRED = ("sources", "areas", "initiatives", "meetings", "dialogues", "risk_profiles")
"""The kinds that rows of other kinds name."""
_VOCABULARIES = {kind: kind for kind in REFERRED} | {"risk_profiles": "profiles"}


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


def check_files(
    paths: Sequence[Path], store: Store, partnership: Partnership, shapes: Shapes | None = None
) -> list[Incoming]:
    """Check files against their contracts and each other, and return them ready to be loaded.

    Raises ContractError with every problem in every file; nothing is written either way.
    """
    return list(examine_files(paths, store, partnership, shapes).incoming)


def examine_files(
    paths: Sequence[Path], store: Store, partnership: Partnership, shapes: Shapes | None = None
) -> Examined:
    """What became of files on disk, where nothing is wrong with them; raises ContractError as `check_files` does."""
    examined = examine([Delivered(path.name, path) for path in paths], store, partnership, shapes=shapes)
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
    shapes: Shapes | None = None,
) -> Examined:
    """Read files and check them against their contracts, each other and what stands; nothing is written.

    `kinds` are corrections of what was recognised, `shapes` what somebody has said of how tables lie, `beside` checked
    tables that are to be loaded before the files.
    """
    reading = recognition.Reading()
    recognised_by = recognition.Known(store, partnership)
    also = recognised_by.also
    for number, file in enumerate(files):
        tell(0.6 * number / len(files), f"Læser {file.name}")
        try:
            recognition.read_file(file, reading, kinds or {}, shapes or Shapes(), recognised_by)
        except ContractError as error:
            reading.problems += error.problems
    tell(0.6, "Kontrollerer hver celle")
    standing = {kind: store.loaded(kind) for kind in REFERRED}
    refused: dict[str, pd.DataFrame | None] = {}
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
                table.frame, kind, known=_known(standing, refused, partnership, figures), file=table.file,
                sheet=table.sheet, today=clock.today(), also=also.get(kind),
            )  # fmt: skip
        except ContractError as error:
            sheet = (table.file, table.sheet)
            doubts = [] if sheet in (shapes or Shapes()).units else reading.doubts(sheet)
            reading.problems += [with_question(each, doubts, COMMAND_LINE) for each in error.problems]
            if kind in REFERRED:
                refused[kind] = _named_in(table.frame, kind, headings_of(table.frame, kind, also.get(kind)))
            continue
        incoming.append(Incoming(kind, frame, table.file, checksum))
        headings = {name: names[0] for name, names in headings_of(table.frame, kind, also.get(kind)).items()}
        checked.append(FoundTable(kind, table.file, table.sheet, frame, table.frame, headings))
        _stands(standing, incoming[-1])
    for file, drawn in reading.outlines if "areas" not in refused else ():
        others = of_others(drawn, standing["areas"])
        if others.any():
            many = danish.plural(int(others.sum()), "område, som ikke er vores, er", "områder, som ikke er vores, er")
            reading.remarks.append(f"{file.name}: {many} sprunget over.")
        try:
            incoming.append(outlines(file, drawn[~others], standing["areas"], store.loaded("boundaries")))
        except ContractError as error:
            reading.problems += error.problems
    reading.problems += _held_together(checked, incoming, standing, store)
    if reading.problems:
        count(LOAD_REFUSED)
    return Examined(
        tuple(reading.sheets), tuple(incoming), tuple(reading.problems), frozenset(reading.personal),
        tuple(reading.remarks),
    )  # fmt: skip


def _named_in(frame: pd.DataFrame, kind: str, headings: Mapping[str, list[str]]) -> pd.DataFrame | None:
    """The names that a refused table has, as they stand in it; None where it has no column of them."""
    (key, *_), more = CONTRACTS[kind].key, ("name", "code") if kind == "areas" else ()
    if key not in headings:
        return None
    places = {name: list(frame.columns).index(headings[name][0]) for name in (key, *more) if name in headings}
    cells = {name: frame.iloc[:, place].astype(str).str.strip() for name, place in places.items()}
    return pd.DataFrame(cells).query(f"{key} != ''")


def _known(
    standing: Mapping[str, pd.DataFrame],
    refused: Mapping[str, pd.DataFrame | None],
    partnership: Partnership,
    figures: Figures,
) -> Known:
    """Every name that a table may use: whoever names a row of a table that was refused is not at fault for that."""
    there = dict(standing) | {
        kind: pd.concat([standing[kind], named], ignore_index=True) for kind, named in refused.items()
        if named is not None
    }  # fmt: skip
    unknown: dict[str, Any] = {_VOCABULARIES[kind]: None for kind, named in refused.items() if named is None}
    return replace(known_names(there, partnership, figures), **unknown)


def _held_together(
    checked: Sequence[FoundTable], incoming: Sequence[Incoming], standing: Mapping[str, pd.DataFrame], store: Store
) -> list[Problem]:
    """What checked tables have against each other, the areas and the map."""
    kinds = {table.kind for table in checked}
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
        focus_areas=frozenset(str(each.id) for each in partnership.focus_areas),
        forums={each.id: each.local for each in partnership.forums},
        directions={indicator.id: indicator.direction for indicator in partnership.indicators},
        baseline=None if figures is None else baseline_in(figures),
        levels={word: level for level, own in partnership.levels.items() for word in (own.one, own.definite, own.many)},
        titles={"categories": _titles(partnership.categories), "indicators": _titles(partnership.indicators)},
    )


def _titles(each: Sequence[Category] | Sequence[Indicator]) -> dict[str, str]:
    """What offences or questions may be called beside their ids; a title that two share is neither's."""
    titles = [one.title for one in each]
    single = {one.title: one.id for one in each if titles.count(one.title) == 1}
    return single | {f"{word} {title}": word for title, word in single.items()}


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
            "credit": shapes["credit"],
            "geometry": shapes.geometry.to_wkb(),
        }
    )
    return Incoming(OUTLINES, frame, file.name, file.checksum)
