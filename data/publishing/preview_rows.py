"""What publishing would change, in words: tables that a person reads, and a sentence that sums them up."""

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from data import danish
from data.partnership import Partnership
from data.publishing.preview import GONE, HIDDEN, NEVER, NEW, REVISED, SHOWN, WAITS, Preview
from data.sentences import STATUS_WORDS

VERDICTS = {
    "better": "klart bedre",
    "worse": "klart værre",
    "unchanged": "ingen klar ændring",
    "": "ikke prøvet",
}
STATES = {HIDDEN: danish.HIDDEN, SHOWN: "vist", NEVER: danish.MISSING, WAITS: "rettelsen venter"}
HEADINGS = {"area_id": "Område", "subject": "Emne", "period": "Periode", "before": "Før", "after": "Nu"}
FIGURES = (HEADINGS["before"], HEADINGS["after"])
"""The columns that say what changed; the others say where."""
NOTHING = "Ingen tal, konklusioner, kriterier eller skjulte tal ændrer sig."


@dataclass(frozen=True)
class Section:
    """One part of a preview: its title, what it means, and its rows (in words: `in_words`)."""

    title: str
    meaning: str
    rows: pd.DataFrame


def sections(preview: Preview) -> list[Section]:
    """The parts that have rows: revised, vanished and new figures, then verdicts, criteria and hidden counts."""
    change, decided = preview.figures["change"], _is_decided(preview.verdicts)
    waits = preview.hidden["after"] == WAITS
    if preview.first:
        parts = [
            ("Tal, der vises for første gang", "", preview.figures),
            ("Kriterier, der vises for første gang", "", preview.criteria),
            ("Tal, der skjules fra begyndelsen", "Små tal skjules for nogle målgrupper.", preview.hidden),
        ]
        return [Section(title, meaning, rows) for title, meaning, rows in parts if len(rows)]
    parts = [
        ("Ændrede tal", "Tal, der stod i den nyeste udgave og nu er andre.", preview.figures[change == REVISED]),
        ("Tal, der forsvinder", "Tal, der stod i den nyeste udgave og ikke længere er der.",
         preview.figures[change == GONE]),
        ("Nye tal", "Tal, der ikke stod i den nyeste udgave.", preview.figures[change == NEW]),
        ("Ændrede konklusioner", "Det, der var eller bliver klart bedre eller værre.", preview.verdicts[decided]),
        ("Nye beregninger, uændret konklusion", "Tal, der er regnet igen, uden at konklusionen ændrer sig.",
         preview.verdicts[~decided]),
        ("Kriterier, der skifter status", "", preview.criteria),
        ("Rettelser, der venter",
         "Tallet er vist før. Forskellen fra det rettede ville røbe et lille antal for målgruppen, så det skjules, til "
         "andre rettelser indgår i det.", preview.hidden[waits]),
        ("Tal, der bliver skjult eller vist", "Små tal skjules for nogle målgrupper, og de skjulte kan skifte.",
         preview.hidden[~waits]),
    ]  # fmt: skip
    return [Section(title, meaning, rows) for title, meaning, rows in parts if len(rows)]


def summary(preview: Preview) -> str:
    """One sentence on how much would change."""
    if preview.is_empty:
        return NOTHING
    if preview.first:
        return _first(preview)
    counted = [
        (preview.count(NEW), "nyt tal", "nye tal"),
        (preview.count(REVISED), "ændret tal", "ændrede tal"),
        (preview.count(GONE), "tal forsvinder", "tal forsvinder"),
        (int(_is_decided(preview.verdicts).sum()), "konklusion bliver en anden", "konklusioner bliver andre"),
        (len(preview.criteria), "kriterium skifter status", "kriterier skifter status"),
        (int((preview.hidden["after"] == WAITS).sum()), "rettelse venter", "rettelser venter"),
        (int((preview.hidden["after"] != WAITS).sum()), "tal bliver skjult eller vist", "tal bliver skjult eller vist"),
    ]
    lines = [danish.plural(count, one, many) for count, one, many in counted if count]
    return f"{danish.join(lines)}." if lines else "Kun nye beregninger; ingen tal og ingen konklusioner ændrer sig."


def _first(preview: Preview) -> str:
    """What a first release shows: "Det er den første udgave. Den viser 120 andele, 504 antal og 5 kriterier."."""
    tables = preview.figures["table"]
    counted = [
        (int((tables == "survey").sum()), "andel", "andele"),
        (int((tables == "incidents").sum()), "antal anmeldelser", "antal anmeldelser"),
        (len(preview.criteria), "kriterium", "kriterier"),
    ]
    shown = [danish.plural(count, one, many) for count, one, many in counted if count]
    hidden = len(preview.hidden)
    guarded = f" {danish.plural(hidden, 'tal', 'tal')} skjules for nogle målgrupper." if hidden else ""
    return f"Det er den første udgave. Den viser {danish.join(shown)}.{guarded}" if shown else NOTHING


def _is_decided(verdicts: pd.DataFrame) -> "pd.Series[bool]":
    """Whether something was, or becomes, surely better or worse."""
    return verdicts["before"].isin(["better", "worse"]) | verdicts["after"].isin(["better", "worse"])


def in_words(rows: pd.DataFrame, partnership: Partnership, names: Mapping[str, str]) -> pd.DataFrame:
    """Rows of a preview as a person reads them; `names` maps area_id and criterion_id to what a reader calls them."""
    subjects = {indicator.id: indicator.title for indicator in partnership.indicators}
    subjects |= {category.id: category.title for category in partnership.categories} | dict(names)
    words = pd.DataFrame(
        {
            "area_id": [danish.join(names.get(each, each) for each in str(listed).split(";"))
                        for listed in rows["area_id"]],
            "subject": [subjects.get(subject, subject) for subject in rows["subject"]],
            "period": [danish.period(period) for period in rows["period"]],
            "before": [_said(table, value) for table, value in zip(rows["table"], rows["before"], strict=True)],
            "after": [_said(table, value) for table, value in zip(rows["table"], rows["after"], strict=True)],
        }
    ).rename(columns=HEADINGS)  # fmt: skip
    if "audience" in rows:
        titles = {audience.id: audience.title for audience in partnership.audiences}
        words.insert(0, "Målgruppe", [titles.get(each, each) for each in rows["audience"]])
    return words


def _said(table: str, value: object) -> str:
    if isinstance(value, str):
        if table == "criteria":
            return STATUS_WORDS.get(value, danish.MISSING)
        return STATES.get(value) or VERDICTS.get(value, value)
    if not isinstance(value, int | float):
        return danish.MISSING
    return danish.percent(value) if table == "survey" else danish.number(value)
