"""Release rows as a reader's table: every figure in words, a missing or hidden one as the word for it."""

from collections.abc import Mapping
from typing import Any

import pandas as pd

from data import danish, sentences
from data.records import records
from data.views.provenance import example_note, source_titles
from data.views.view import ViewContext

SURVEY_HEADINGS = [
    "Område",
    "Måling",
    "Andel",
    "95 pct.-interval",
    "Svar",
    "Statistisk sikkerhed",
    "Siden sidst",
    "Kilde",
]


INCIDENT_HEADINGS = ["Område", "Periode", "Antal", "Pr. 1.000 indbyggere", "95 pct.-interval", "Året før", "Kilde"]


BOTH_HEADINGS = ["Område", "Andel", "95 pct.-interval for andelen", "Pr. 1.000 indbyggere", "95 pct.-interval"]


_STATE_WORDS = {"hidden": danish.HIDDEN, "missing": "ikke målt"}


_COUNT_WORDS = {"missing": danish.NOT_REPORTED}


_CHANGE_WORDS = {
    "better": "klart bedre",
    "worse": "klart værre",
    "unchanged": "ingen klar ændring",
    "": "",
}


def survey_words(rows: pd.DataFrame, context: ViewContext) -> pd.DataFrame:
    """Survey rows as a reader's table: every figure in words, a missing or hidden one as the word for it."""
    titles = source_titles(context)
    table = [
        [
            row["name"],
            danish.period(row["wave"]),
            row["label"] or _STATE_WORDS[row["state"]],
            _share_interval(row),
            answers_word(row),
            sentences.QUALITY_WORDS.get(row["quality"], "kendes ikke"),
            _CHANGE_WORDS[row["changed"]],
            str(titles.get(row["source_id"], row["source_id"])) + example_note(row["provenance"]),
        ]
        for row in records(rows)
    ]
    return pd.DataFrame(table, columns=SURVEY_HEADINGS)


def _share_interval(row: Mapping[str, Any]) -> str:
    """A share's interval, and whose it is where it is not worked out here."""
    if pd.isna(row["low"]):
        return "kendes ikke"
    own = " (kildens eget)" if row.get("n_eff_basis") == "published" else ""
    return f"{sentences.interval(row['low'], row['high'])}{own}"


def answers_word(row: Mapping[str, Any]) -> str:
    """The number of answers, and that the design effect is assumed where it is."""
    if pd.isna(row["n"]):
        return "ikke offentliggjort"
    assumed = " (designeffekt antaget)" if row["n_eff_basis"] == "assumed" else ""
    return f"{danish.number(row['n'])}{assumed}"


def incident_words(rows: pd.DataFrame, context: ViewContext) -> pd.DataFrame:
    """Incident rows as a reader's table, newest first."""
    titles = source_titles(context)
    table = [
        [
            row["name"],
            danish.period(row["period"]) + (" (foreløbig)" if row["state"] == "provisional" else ""),
            sentences.hidden_count(row)
            if row["state"] == "hidden"
            else _COUNT_WORDS.get(row["state"]) or danish.number(row["count"]),
            danish.decimal(row["rate"]),
            _rate_interval(row),
            danish.number(row["last_year"]),
            str(titles.get(row["source_id"], row["source_id"])) + example_note(row["provenance"]),
        ]
        for row in records(rows.iloc[::-1])
    ]
    return pd.DataFrame(table, columns=INCIDENT_HEADINGS)


def both_words(shares: pd.DataFrame, rates: pd.DataFrame) -> pd.DataFrame:
    """Perceived and recorded of the same areas as one reader's table; `shares` of one wave, `rates` of one year."""
    recorded = {row["area_id"]: row for row in records(rates)}
    table = []
    for row in records(shares):
        count = recorded.get(row["area_id"], {"rate": None, "low": None, "high": None, "provenance": ""})
        example = "example" in (row["provenance"], count["provenance"])
        table.append(
            [
                row["name"] + (example_note("example") if example else ""),
                row["label"] or _STATE_WORDS[row["state"]],
                _share_interval(row),
                danish.decimal(count["rate"]),
                _rate_interval(count),
            ]
        )
    return pd.DataFrame(table, columns=BOTH_HEADINGS)


def _rate_interval(row: Mapping[str, Any]) -> str:
    if pd.isna(row["low"]):
        return danish.MISSING
    return f"{danish.decimal(row['low'])}–{danish.decimal(row['high'])}"
