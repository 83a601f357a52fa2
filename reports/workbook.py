"""Writes a view to an Excel workbook: a guide first, then one sheet a table, with types, filters and headings."""

import datetime as dt
import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd
from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter

from data import danish, sentences
from data.partnership import Partnership
from data.printed_sheet import fit_to_paper, widths_that_fit
from data.progress import ProgressCallback, silently
from data.records import Row, records
from data.sentences import IS_MET, IS_MOVING, MOVING_WORDS, STATUS_WORDS, hidden_count
from data.sentences.meetings import ACTION_WORDS
from data.tabular import FORMULA_STARTS
from data.views.minutes import about_area, actions
from data.views.provenance import example_note, source_titles
from data.views.rows import incident_rows, survey_rows
from drawings.palette import LIGHT
from reports import gather
from reports.document import Document, Subject
from reports.sections.initiatives import chosen

WHOLE, ONE, SHARE, DAY, PLAIN = "#,##0", "#,##0.0", '0.0" pct."', "[$-406]d. mmmm yyyy", "@"
GUIDE = "Læs mig"
WIDEST = 60
LINE = 15.0
"""The points of a line of Excel's own type."""


@dataclass(frozen=True)
class Column:
    """A column of a sheet: its heading, how its figures look, and what it holds."""

    heading: str
    look: str
    what: str


@dataclass(frozen=True)
class Sheet:
    """One table: its name, its columns and its rows, figures as figures and what is not shown as the word for it."""

    name: str
    columns: tuple[Column, ...]
    rows: Sequence[Sequence[Any]]


AREA = Column("Område", PLAIN, "Områdets navn")
LEVEL = Column("Niveau", PLAIN, "Hvilken slags område det er")
SOURCE = Column("Kilde", PLAIN, "Hvor tallet kommer fra; (eksempeldata) er opdigtet")
SENTENCE = Column("Sætning", PLAIN, "Tallet i ord, som det står på skærmen")


def workbook(subject: Subject, document: Document, told: ProgressCallback = silently) -> bytes:
    """Return the view as .xlsx; `document` says what it is, for whom and from where. Raises what `told` raises."""
    told(0.1, "Samler tabellerne")
    sheets = [sheet for sheet in (*_figures(subject), *_work(subject)) if sheet.rows]
    book = Workbook()
    _guide(book.active, subject, document, sheets)
    for index, sheet in enumerate(sheets):
        told(0.2 + 0.7 * index / len(sheets), f"Skriver: {sheet.name}")
        _write(book.create_sheet(sheet.name), sheet, document.line)
    book.properties.title = f"{document.kind}: {document.title}"
    book.properties.creator = document.organisation
    kept = io.BytesIO()
    book.save(kept)
    told(1.0, "Færdig")
    return kept.getvalue()


# The tables -----------------------------------------------------------------------------------------------------------


def _figures(subject: Subject) -> list[Sheet]:
    titles, ours = source_titles(subject), subject.partnership
    shares = survey_rows(subject, areas=subject.view.areas)
    counts = pd.concat([incident_rows(subject, areas=_areas(subject), years=years) for years in (True, False)])
    counts = counts.drop_duplicates(["area_id", "period"])  # an area counted by year has its years in both
    return [
        Sheet("Tryghed", _SURVEY, [_share(row, titles, ours) for row in records(shares)]),
        Sheet("Anmeldelser", _INCIDENTS, [_count(row, titles, ours) for row in records(counts)]),
    ]


def _areas(subject: Subject) -> tuple[str, ...]:
    return subject.view.areas or tuple(subject.release.areas["area_id"])


_SURVEY = (
    AREA, LEVEL, Column("Måling", PLAIN, "Målingens år"),
    Column("Andel", SHARE, "Andel i pct., eller ordet for, at den ikke vises"),
    Column("Nedre grænse", SHARE, "95 pct.-intervallets nedre grænse"),
    Column("Øvre grænse", SHARE, "95 pct.-intervallets øvre grænse"),
    Column("Svar", WHOLE, "Antal svar, uden vægte"),
    Column("Sikkerhed", PLAIN, "Hvor sikkert tallet er"),
    Column("Siden sidst", PLAIN, "Om ændringen siden forrige måling er sikker"), SENTENCE, SOURCE,
)  # fmt: skip
_INCIDENTS = (
    AREA, LEVEL, Column("Periode", PLAIN, "År eller kvartal"),
    Column("Antal", WHOLE, "Anmeldelser, eller ordet for, at antallet ikke vises"),
    Column("Pr. 1.000 indbyggere", ONE, "Antal pr. 1.000 indbyggere"),
    Column("Nedre grænse", ONE, "95 pct.-intervallets nedre grænse, pr. 1.000 indbyggere"),
    Column("Øvre grænse", ONE, "95 pct.-intervallets øvre grænse, pr. 1.000 indbyggere"),
    Column("Året før", WHOLE, "Antal i samme periode året før"),
    Column("Tilstand", PLAIN, "endelig, foreløbig, skjult eller ikke indberettet"), SENTENCE, SOURCE,
)  # fmt: skip
_CHANGES = {"better": "klart bedre", "worse": "klart værre", "unchanged": "ingen klar ændring", "": ""}
STATES = {
    "published": "endelig", "provisional": "foreløbig", "hidden": "skjult", "missing": danish.NOT_REPORTED,
}  # fmt: skip


def _share(row: Row, titles: dict[str, str], ours: Partnership) -> list[Any]:
    word = {"hidden": danish.HIDDEN, "missing": "ikke målt"}.get(row["state"], "")
    bounds = [word or _or(row[column], "kendes ikke", 100) for column in ("low", "high")]
    return [
        row["name"], ours.level(row["level"]).one, danish.period(row["wave"]),
        word or _or(row["share"], "ikke målt", 100), *bounds,
        _or(row["n"], "ikke offentliggjort"), sentences.QUALITY_WORDS.get(row["quality"], "kendes ikke"),
        _CHANGES[row["changed"]], row["hover"],
        f"{titles.get(row['source_id'], row['source_id'])}{example_note(row['provenance'])}",
    ]  # fmt: skip


def _count(row: Row, titles: dict[str, str], ours: Partnership) -> list[Any]:
    word = {"hidden": hidden_count(row), "missing": danish.NOT_REPORTED}.get(row["state"], "")
    figures = [word or _or(row[column], "kendes ikke") for column in ("count", "rate", "low", "high")]
    return [
        row["name"], ours.level(row["level"]).one, danish.period(row["period"]), *figures,
        _or(row["last_year"], "kan ikke sammenlignes"), STATES[row["state"]], row["hover"],
        f"{titles.get(row['source_id'], row['source_id'])}{example_note(row['provenance'])}",
    ]  # fmt: skip


def _or(value: float, word: str, times: int = 1) -> float | str:
    """The figure, or the word for why there is none: never a blank, which reads as zero."""
    return word if pd.isna(value) else round(times * float(value), 6)


def _work(subject: Subject) -> list[Sheet]:
    names, release = gather.names(subject), subject.release
    criteria = [
        [row["subject"], sentences.criterion_goal(row), sentences.criterion_today(row) or "der er ikke et tal",
         MOVING_WORDS[row["moving"]], STATUS_WORDS[row["status"]], danish.period(row["deadline"]), row["sentence"]]
        for row in records(gather.criteria(subject))
    ]  # fmt: skip
    initiatives = [
        [row["title"], row["focus_area"], danish.join(names[area] for area in row["area_ids"].split(";")),
         _day(row["start"]), _day(row["end"]) or "fortsætter", row["lead"], row["purpose"]]
        for row in records(chosen(subject) if subject.about else release.initiatives)
    ]  # fmt: skip
    changes = [[row["sentence"]] for row in gather.changes(subject)]
    here, log = gather.places(subject), release.activities
    log = log[log["area_id"].isin(here)] if here else log
    log = log.sort_values("date", ascending=False, kind="stable")
    titles = release.initiatives.set_index("initiative_id")["title"].to_dict()
    done = [
        [_day(row["date"]), names.get(row["area_id"], ""), titles.get(row["initiative_id"], ""), row["text"],
         _or(row["count"], "ikke opgjort")]
        for row in records(log)
    ]  # fmt: skip
    sheets = [
        Sheet("Siden sidst", (SENTENCE,), changes),
        Sheet("Kriterier", _CRITERIA, criteria),
        Sheet("Indsatser", _INITIATIVES, initiatives),
        Sheet("Log", _LOG, done),
    ]
    if subject.minutes is not None:
        agreed = subject.minutes.decisions
        if subject.about:
            agreed = about_area(subject.minutes, subject.about, names)
        rows = records(actions(agreed, subject.today))
        table = [[ACTION_WORDS[row["state"]], row["text"], row["owner"], _day(row["due"])] for row in rows]
        sheets.append(Sheet("Opgaver", _ACTIONS, table))
    return sheets


_CRITERIA = (
    Column("Kriterium", PLAIN, "Hvad der er lovet noget om, og hvor"), Column("Mål", PLAIN, "Hvad der er lovet"),
    Column("I dag", PLAIN, "Tallet i dag med 90 pct.-interval"),
    Column(IS_MOVING, PLAIN, "Om tallet har flyttet sig fra udgangspunktet"),
    Column(IS_MET, PLAIN, "Kriteriets status"), Column("Frist", PLAIN, "Hvornår målet skal være nået"),
    SENTENCE,
)  # fmt: skip
_INITIATIVES = (
    Column("Indsats", PLAIN, "Indsatsens navn"), Column("Indsatsområde", WHOLE, "Aftalens indsatsområde 1–4"),
    Column("Områder", PLAIN, "Hvor indsatsen virker"), Column("Begyndt", DAY, "Første dag"),
    Column("Slut", DAY, "Sidste dag"), Column("Leder", PLAIN, "Hvem der leder indsatsen"),
    Column("Formål", PLAIN, "Hvad indsatsen skal"),
)  # fmt: skip
_LOG = (
    Column("Dato", DAY, "Hvornår det blev gjort"), AREA, Column("Indsats", PLAIN, "Indsatsens navn"),
    Column("Aktivitet", PLAIN, "Hvad der blev gjort"), Column("Antal", WHOLE, "Hvor mange, hvor det tælles"),
)  # fmt: skip
_ACTIONS = (
    Column("Status", PLAIN, "Åben, over fristen eller udført"), Column("Opgave", PLAIN, "Hvad der skal gøres"),
    Column("Ansvarlig", PLAIN, "Hvem der gør det"), Column("Frist", DAY, "Hvornår det skal være gjort"),
)  # fmt: skip


def _day(value: Any) -> dt.date | str:
    return "" if value is None or pd.isna(value) else pd.Timestamp(value).date()


# The sheets -----------------------------------------------------------------------------------------------------------


def _guide(sheet: Any, subject: Subject, document: Document, sheets: Sequence[Sheet]) -> None:
    """What this is a view of, for whom, from where, and what each column holds."""
    sheet.title = GUIDE
    lines: list[tuple[str, ...]] = [(document.title,), (document.line,)]
    lines += [(), *document.facts, (), ("Det, du ser",), *document.filters, (), ("Ark", "Kolonne", "Indhold")]
    lines += [(each.name, column.heading, column.what) for each in sheets for column in each.columns]
    lines += [(), ("Kilder", "Licens", "Hentet")]
    titles = source_titles(subject)
    lines += [
        (titles[row["source_id"]] + example_note(row["provenance"]), row["licence"], danish.date(row["retrieved"]))
        for row in records(subject.release.sources)
    ]
    for number, line in enumerate(lines, start=1):
        for column, words in enumerate(line, start=1):
            _put(sheet.cell(number, column), words, PLAIN)
        if line and line[0] in ("Det, du ser", "Ark", "Kilder"):
            for column in range(1, len(line) + 1):
                sheet.cell(number, column).font = Font(bold=True)
    sheet["A1"].font = Font(bold=True, size=14)
    if document.example:
        sheet["A2"].font = Font(bold=True, color=LIGHT.series[4][1:].upper())
    wide = {"A": 44, "B": 30, "C": 60}
    for letter, letters in wide.items():
        sheet.column_dimensions[letter].width = letters
    for row in sheet.iter_rows(min_row=3):
        for cell in row:
            cell.alignment = Alignment(wrap_text=True, vertical="top")
    # What stands over all of the columns is broken within them; Excel does not make room for it by itself.
    for number, size in ((1, 1.4), (2, 1.0)):
        sheet.merge_cells(start_row=number, end_row=number, start_column=1, end_column=len(wide))
        cell = sheet.cell(number, 1)
        cell.alignment = Alignment(wrap_text=True, vertical="top")
        taken = max(-(-int(len(str(cell.value)) * size) // sum(wide.values())), 1)
        sheet.row_dimensions[number].height = LINE * size * taken
    fit_to_paper(sheet, told=document.line)


def _write(sheet: Any, table: Sheet, told: str) -> None:
    longest = [
        max(len(column.heading), *(len(str(row[number])) for row in table.rows))
        for number, column in enumerate(table.columns)
    ]
    widths = widths_that_fit(longest, WIDEST)
    for number, column in enumerate(table.columns, start=1):
        cell = sheet.cell(1, number)
        _put(cell, column.heading, PLAIN)
        cell.font, cell.fill = Font(bold=True, color="FFFFFF"), PatternFill("solid", LIGHT.primary[1:].upper())
        cell.alignment = Alignment(wrap_text=True, vertical="top")
        sheet.column_dimensions[get_column_letter(number)].width = widths[number - 1]
    for index, row in enumerate(table.rows, start=2):
        for number, (value, column) in enumerate(zip(row, table.columns, strict=True), start=1):
            cell = sheet.cell(index, number)
            _put(cell, value, column.look)
            if longest[number - 1] > widths[number - 1]:
                cell.alignment = Alignment(wrap_text=True, vertical="top")
            elif cell.alignment.vertical is None:
                cell.alignment = Alignment(horizontal=cell.alignment.horizontal, vertical="top")
    sheet.freeze_panes = "B2"
    sheet.auto_filter.ref = sheet.dimensions
    fit_to_paper(sheet, told=told)


def _put(cell: Any, value: Any, look: str) -> None:
    cell.value = value
    cell.number_format = look
    if isinstance(value, str):
        # A text that begins as a formula does stays a text.
        cell.data_type = "s"
        cell.quotePrefix = value.startswith(FORMULA_STARTS)
    elif look != PLAIN:
        cell.alignment = Alignment(horizontal="right")
