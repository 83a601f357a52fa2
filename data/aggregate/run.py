"""From a partner's file to the workbook that is sent: what the command line and the offline page both do."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pandas as pd

from data.aggregate.case_format import CaseFormat, CoordinateOrder, coordinate_order, date_format
from data.aggregate.case_tables import Settings, case_tables, coverage
from data.aggregate.errors import AggregateError
from data.aggregate.ground import ground
from data.aggregate.incidents import count_cases
from data.aggregate.mapping import ANSWERS, CASES, DANISH, Remembered, understood
from data.aggregate.offences import OffenceGroups
from data.aggregate.raw_rows import RawRows, open_rows
from data.aggregate.survey import SurveySettings, survey_shares
from data.aggregate.workbook import workbook
from data.contracts.columns import same_heading
from data.intake.tables import MONTHS
from data.partnership import Partnership

AREAS = Path(__file__).parents[1] / "example" / "areas.csv"
"""The areas that ship with the project, which names and codes are read by unless another file is named."""
INCIDENTS, SURVEY = "incidents", "survey"
_SOURCES = {
    INCIDENTS: ("optalte-sager", "Anmeldelser, optalt af egne sager uden personoplysninger", "Politiet"),
    SURVEY: ("optalte-svar", "Tryghedsmåling, optalt af vægtede svar", "Analysebureauet"),
}


@dataclass(frozen=True)
class Request:
    """What somebody asks for beside the file itself; what is said here is remembered where it can be.

    `settings` may hold `date_format`, `cell`, `from`, `to`, `all_offences`, `municipalities`, `wave`, `series`,
    `example`, `source_id`, `source_title` and `publisher`, all as text ("ja" for what is on).
    """

    columns: Mapping[str, str] = field(default_factory=dict)
    items: Mapping[str, str] = field(default_factory=dict)
    areas: Mapping[str, str] = field(default_factory=dict)
    settings: Mapping[str, str] = field(default_factory=dict)
    outlines: Sequence[Path] = ()
    points: tuple[str, bytes | Path] | None = None
    households: tuple[str, bytes | Path] | None = None
    area_file: Path = AREAS


@dataclass(frozen=True)
class Made:
    """The workbook, the rows of each of its tables by kind, the account, sentences, and what is to be remembered.

    The sentences are for whoever has the file; the workbook, which is sent on, may say less.
    """

    content: bytes
    rows: Mapping[str, int]
    account: Sequence[tuple[str, int]]
    sentences: Sequence[str]
    known: Remembered


ON = "ja"
PASSING = ("from", "to", "wave")
"""Settings that belong to one file and are not remembered."""


def aggregate_incidents(
    name: str, content: bytes | Path, request: Request, known: Remembered, partnership: Partnership, today: dt.date
) -> Made:
    """Count the cases of a file; raises AggregateError with what to do where they cannot be."""
    rows = open_rows(content, name)
    told = _with(known, request)
    needed = ["date", "offence", *(["point"] if request.points else ["easting", "northing"])]
    columns = understood(rows, told, CASES, needed)
    if not request.points:
        columns.pop("point", None)
    dates = date_format(rows.sample[columns["date"]], told.settings.get("date_format", ""))
    if request.points:
        points, order = _points(*request.points)
    else:
        points, order = None, coordinate_order(rows.sample[columns["easting"]], rows.sample[columns["northing"]])
    settings = Settings(
        *_source(told, INCIDENTS)[:1], _provenance(told), _cell(told), told.settings.get("municipalities") == ON
    )
    where = ground(request.outlines)
    whole = told.settings.get("all_offences") == ON
    groups = OffenceGroups(partnership.categories, partnership.total, whole)
    counts = count_cases(rows, columns, CaseFormat(dates, order), where, groups, settings.cell_size, today, points)
    covers = coverage(counts, *(_day(told, name) for name in ("from", "to")))
    made = case_tables(counts, covers, where, settings, _households(request))
    last = [] if whole else ["Anmeldelser i alt er ikke med. Rummer filen alle slags sager, så skriv --all-offences."]
    sentences, here = ([_understood(columns), *each, *last] for each in (made.sentences, made.here))
    tables = {"sources": _source_row(told, INCIDENTS, today, _span(covers.first, covers.last))} | made.tables
    content_made = workbook(tables, {MONTHS: made.beside[MONTHS]}, made.account, sentences)
    return _made(content_made, tables, made.account, here, _remembered(told, columns, dates))


def aggregate_survey(
    name: str, content: bytes | Path, request: Request, known: Remembered, partnership: Partnership, today: dt.date
) -> Made:
    """Weigh the answers of a file; raises AggregateError with what to do where they cannot be."""
    rows = open_rows(content, name)
    told = _with(known, request)
    columns = understood(rows, told, ANSWERS, ["area"])
    if told.settings.get("wave"):
        columns.pop("wave", None)
    items = _items(rows, told, partnership)
    series = told.settings.get("series") or partnership.series[-1].id
    if series not in [each.id for each in partnership.series]:
        known_series = ", ".join(each.id for each in partnership.series)
        raise AggregateError(f"Serien »{series}« kendes ikke. Skriv --series med en af {known_series}.")
    settings = SurveySettings(_source(told, SURVEY)[0], series, _provenance(told), told.settings.get("wave", ""))
    areas = _areas(request.area_file) | dict(told.areas)
    made = survey_shares(rows, columns, items, partnership.indicators, areas, settings)
    sentences = [_understood(columns), *made.sentences]
    if "weight" not in columns:
        sentences.append("Der er ingen vægt: hvert svar tæller 1. Skriv --column vægt=OVERSKRIFT, hvis filen har en.")
    waves = sorted(made.table["wave"].unique())
    coverage_said = " og ".join(dict.fromkeys([waves[0], waves[-1]])) if waves else ""
    tables = {"sources": _source_row(told, SURVEY, today, coverage_said), SURVEY: made.table}
    known_now = _remembered(told, columns)
    known_now.items = dict(items)
    content_made = workbook(tables, {}, made.account, sentences)
    return _made(content_made, tables, made.account, sentences, known_now)


def _made(
    content: bytes, tables: Mapping[str, pd.DataFrame], account: Sequence[tuple[str, int]], sentences: Sequence[str],
    known: Remembered,
) -> Made:  # fmt: skip
    return Made(content, {kind: len(frame) for kind, frame in tables.items()}, account, sentences, known)


# What is understood and remembered --------------------------------------------------------------------------------


def _with(known: Remembered, request: Request) -> Remembered:
    """What is remembered, with what is said now in its place."""
    return Remembered(
        known.columns | dict(request.columns), known.items | dict(request.items), known.areas | dict(request.areas),
        known.settings | dict(request.settings),
    )  # fmt: skip


def _remembered(told: Remembered, columns: Mapping[str, str], date: str = "") -> Remembered:
    settings = {name: value for name, value in told.settings.items() if name not in PASSING}
    if date:
        settings["date_format"] = date
    return Remembered(dict(columns), dict(told.items), dict(told.areas), settings)


def _understood(columns: Mapping[str, str]) -> str:
    sentence = ", ".join(f"{DANISH[part]} er »{heading}«" for part, heading in columns.items())
    return f"Kolonnerne er læst sådan: {sentence}."


def _points(name: str, content: bytes | Path) -> tuple[pd.DataFrame, CoordinateOrder]:
    """The address points as `point`, `x` and `y`, and how their coordinates are written."""
    rows = open_rows(content, name)
    parts = {
        "point": (*CASES["point"], "id", "adgangspunktid"),
        "easting": CASES["easting"],
        "northing": CASES["northing"],
    }
    columns = understood(rows, Remembered(), parts, parts)
    frame = rows.frame([columns[part] for part in parts]).set_axis(["point", "x", "y"], axis=1)
    frame["point"] = frame["point"].str.strip()
    return frame.drop_duplicates("point"), coordinate_order(frame["x"], frame["y"])


def _households(request: Request) -> pd.DataFrame | None:
    if request.households is None:
        return None
    rows = open_rows(request.households[1], request.households[0])
    headings = {same_heading(heading): heading for heading in rows.headings}
    cell, homes = (
        next((headings[word] for word in words if word in headings), "")
        for words in (
            ("felt", "cell id", "celle", "ddkncelle", "kvadrat"),
            ("husstande", "households", "antal husstande"),
        )
    )
    if not cell or not homes:
        raise AggregateError("Filen med husstande skal have kolonnerne Felt og Husstande.")
    frame = rows.frame([cell, homes]).set_axis(["cell_id", "households"], axis=1)
    counted = pd.to_numeric(frame["households"].str.replace(".", "", regex=False), errors="coerce")
    if counted.isna().any() or (counted < 0).any():
        raise AggregateError("Antal husstande skal være hele tal på mindst 0 i hver række.")
    return frame.assign(cell_id=frame["cell_id"].str.strip(), households=counted.astype(int))


def _items(rows: RawRows, told: Remembered, partnership: Partnership) -> dict[str, str]:
    """Indicator → heading: those remembered, and those whose heading is the indicator's own id."""
    ids = {indicator.id for indicator in partnership.indicators}
    headings = {same_heading(heading): heading for heading in rows.headings}
    columns = {name: headings[same_heading(name)] for name in ids if same_heading(name) in headings}
    for name, heading in told.items.items():
        if name not in ids:
            raise AggregateError(f"»{name}« er ingen af partnerskabets indikatorer. Skriv {', '.join(sorted(ids))}.")
        if same_heading(heading) not in headings:
            raise AggregateError(f"Filen har ikke kolonnen »{heading}« til {name}. Skriv --item {name}=OVERSKRIFT.")
        columns[name] = headings[same_heading(heading)]
    if not columns:
        raise AggregateError(
            "Det kan ikke ses, hvilke kolonner der er spørgsmålene. "
            f"Skriv --item {next(iter(sorted(ids)))}=OVERSKRIFT for hvert spørgsmål. Filen har "
            + ", ".join(f"»{heading}«" for heading in rows.headings) + "."
        )  # fmt: skip
    return columns


def _areas(path: Path) -> dict[str, str]:
    """Every way a file may write an area → its id, from a file of areas."""
    from data.contracts.validation import area_spellings

    rows = open_rows(path, path.name)
    missing = [name for name in ("area_id", "code", "name") if name not in rows.headings]
    if missing:
        raise AggregateError(f"{path.name} skal have kolonnerne area_id, code og name.")
    return area_spellings(rows.frame(["area_id", "code", "name"]))


def _source(told: Remembered, kind: str) -> tuple[str, str, str]:
    names = ("source_id", "source_title", "publisher")
    source = tuple(told.settings.get(name) or usual for name, usual in zip(names, _SOURCES[kind], strict=True))
    return source[0], source[1], source[2]


def _source_row(told: Remembered, kind: str, today: dt.date, covers: str) -> pd.DataFrame:
    source_id, title, publisher = _source(told, kind)
    row = {
        "source_id": source_id, "title": title, "publisher": publisher, "licence": "", "retrieved": today.isoformat(),
        "url": "", "coverage": covers, "provenance": _provenance(told),
    }  # fmt: skip
    return pd.DataFrame([row])


def _provenance(told: Remembered) -> str:
    return "example" if told.settings.get("example") == ON else "official"


def _span(first: dt.date, last: dt.date) -> str:
    return f"{first.isoformat()} til {last.isoformat()}"


def _cell(told: Remembered) -> int:
    size = told.settings.get("cell", "250")
    if size not in ("100", "250", "1000"):
        raise AggregateError("Et felt er 100, 250 eller 1000 meter. Skriv fx --cell 250.")
    return int(size)


def _day(told: Remembered, name: str) -> dt.date | None:
    from data.aggregate.case_format import as_date

    text = told.settings.get(name, "")
    return as_date(text) if text else None
