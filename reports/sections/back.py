"""The tables, how the figures are made, and where they come from: the end of a document."""

import pandas as pd

from data import danish
from data.calendar import is_year
from data.records import records
from data.sentences import IS_MET, IS_MOVING, MOVING_WORDS, STATUS_WORDS, criterion_goal, criterion_today
from data.views.provenance import EXAMPLE, example_note, source_titles
from data.views.row_words import incident_words, survey_words
from data.views.rows import incident_rows
from data.views.unfinished import unfinished_said
from reports import gather
from reports.document import Beside, Box, Origin, Section, Subject, Table, Text

SOURCES = "Kilder"


def tables(subject: Subject) -> tuple[Section, ...]:
    """The figures of the view as tables: shares of its wave, reported offences of the newest year and quarter."""
    view = subject.view
    indicator, category = subject.partnership.indicator(view.indicator), subject.partnership.category(view.category)
    rows = gather.view_rows(subject)
    where = subject.partnership.level(view.level).many
    parts = [
        _table(
            f"{indicator.title} i {where}, {danish.period(view.period)}",
            survey_words(rows, subject),
            gather.origin(subject, rows),
        )
    ]
    areas = tuple(dict.fromkeys([*rows["area_id"], *_above(subject)]))
    for years in (True, False):
        counts = incident_rows(subject, areas=areas, years=years)
        counts = counts[counts["period"] == counts["period"].max()]
        if len(counts) and (years or not is_year(counts["period"]).all()):
            when = danish.period(counts["period"].iloc[0])
            provisional = " (foreløbige tal)" if (counts["state"] == "provisional").any() else ""
            words = incident_words(counts.iloc[::-1], subject)
            parts.append(_table(f"{category.title}, {when}{provisional}", words, gather.origin(subject, counts)))
    waits = [Text(sentence, quiet=True) for sentence in unfinished_said(subject, areas, category.id)]
    return (Section("Tabeller", (*parts, *waits)), *_criteria(subject))


def _above(subject: Subject) -> tuple[str, ...]:
    """The municipalities of the partnership and what they lie in, for housing areas to be held against."""
    areas = subject.release.areas
    return tuple(areas.loc[areas["area_id"].isin(subject.partnership.members), "area_id"])


def _table(title: str, words: pd.DataFrame, origin: Origin) -> Table:
    """A reader's table without what its title says (the wave or period) and what stands below it (the source)."""
    shown = words.drop(columns=["Kilde", "Måling", "Periode"], errors="ignore")
    return Table(
        title,
        tuple(shown.columns),
        tuple(tuple(map(str, row)) for row in shown.itertuples(index=False)),
        (2, *(1.0 for _ in shown.columns[1:])),
        origin,
    )


def _criteria(subject: Subject) -> tuple[Section, ...]:
    rows = subject.release.criteria
    if rows.empty:
        return ()
    table = Table(
        "Kriterier",
        ("Kriterium", "Mål", "I dag", IS_MOVING, IS_MET),
        tuple(
            (
                row["subject"],
                criterion_goal(row).removeprefix("Målet er ").rstrip("."),
                criterion_today(row).rstrip(".") or danish.MISSING,
                MOVING_WORDS[row["moving"]],
                STATUS_WORDS[row["status"]],
            )
            for row in gather.pressing_first(rows)
        ),
        (2.4, 2, 2.2, 1.2, 1.3),
        gather.origin(subject, rows),
    )
    return (Section("", (table,), level=3),)


def methods(subject: Subject) -> tuple[Section, ...]:
    """The methods box."""
    if not subject.methods:
        return ()
    lines = [Text(answer, question) for question, answer in subject.methods]
    half = -(-len(lines) // 2)
    columns = [Box("", tuple(part)) for part in (lines[:half], lines[half:]) if part]
    blocks = (Beside((columns[0],), (columns[1],)),) if len(columns) == 2 else (columns[0],)
    return (Section("Sådan er tallene gjort op", blocks),)


def sources(subject: Subject) -> Section:
    """Every source of the release, with publisher, licence, when it was read and what it covers."""
    rows, titles = subject.release.sources, source_titles(subject)
    table = Table(
        "",
        ("Kilde", "Licens", "Hentet", "Dækker"),
        tuple(
            (
                f"{titles[row['source_id']]}{example_note(row['provenance'])}",
                row["licence"],
                danish.date(row["retrieved"]),
                row["coverage"],
            )
            for row in records(rows)
        ),
        (3.6, 1.7, 1.5, 2.2),
    )
    note = Text(
        "Rækker mærket »eksempeldata« er opdigtede. De må ikke bruges til at sige noget om de nævnte områder.",
        quiet=True,
    )
    invented = bool((rows["provenance"] == EXAMPLE).any())
    return Section(SOURCES, (table, *((note,) if invented else ())), level=2)
