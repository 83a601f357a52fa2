"""Writes the figures of a view for other programs: CSV for Danish Excel or plain, JSON and Parquet."""

import csv
import io
import json
import math
from collections.abc import Callable
from typing import Any

import pandas as pd

from data import clock
from data.partnership import Partnership
from data.records import records
from data.release import Release, table_to_parquet
from data.states import SHOWN_STATES
from data.tabular import FORMULA_STARTS
from data.views.provenance import source_titles
from data.views.rows import ViewContext, incident_rows, survey_rows
from reports.document import Document, Subject

HEADINGS = {
    "kind": "Slags", "subject": "Emne", "area_id": "Område-id", "area": "Område", "level": "Niveau",
    "period": "Periode", "value": "Værdi", "unit": "Enhed", "low": "Nedre grænse", "high": "Øvre grænse",
    "count": "Antal", "answers": "Svar", "quality": "Sikkerhed", "state": "Tilstand", "sentence": "Sætning",
    "provenance": "Oprindelse", "source_id": "Kilde-id", "release": "Udgave", "audience": "Målgruppe",
}  # fmt: skip
STATES = {"published": "endelig", "provisional": "foreløbig", "hidden": "skjult", "missing": "mangler"}
_KINDS = {"survey": "tryghed", "incidents": "anmeldelser"}
_UNITS = {"share": "andel", "per_1000": "pr. 1.000 indbyggere"}
ORIGINS = {"official": "officiel", "example": "eksempel"}


def figures(subject: Subject) -> pd.DataFrame:
    """Every figure of the view, one a row: its indicator in all waves, its category in all periods, in its areas.

    `value` is a share (0–1) or a rate per 1,000 residents, empty where `state` says hidden or missing.
    """
    view, release = subject.view, subject.release
    shares = survey_rows(subject, areas=view.areas)
    areas = view.areas or tuple(release.areas["area_id"])
    counts = pd.concat([incident_rows(subject, areas=areas, years=years) for years in (True, False)])
    counts = counts.drop_duplicates(["area_id", "period"])  # an area counted by year has its years in both
    return stamped(pd.concat([share_figures(shares), count_figures(counts)], ignore_index=True), subject.release)


def share_figures(rows: pd.DataFrame) -> pd.DataFrame:
    """Rows of `survey_rows` as figures: the columns of `HEADINGS` up to the source."""
    return pd.DataFrame(
        {
            "kind": "survey", "subject": rows["indicator"], "area_id": rows["area_id"], "area": rows["name"],
            "level": rows["level"], "period": rows["wave"], "value": rows["share"].astype(float), "unit": "share",
            "low": rows["low"].astype(float), "high": rows["high"].astype(float), "count": float("nan"),
            "answers": rows["n"].astype(float), "quality": rows["quality"], "state": rows["state"],
            "sentence": rows["hover"], "provenance": rows["provenance"], "source_id": rows["source_id"],
        }
    )  # fmt: skip


def count_figures(rows: pd.DataFrame) -> pd.DataFrame:
    """Rows of `incident_rows` as figures: the columns of `HEADINGS` up to the source."""
    return pd.DataFrame(
        {
            "kind": "incidents", "subject": rows["category"], "area_id": rows["area_id"], "area": rows["name"],
            "level": rows["level"], "period": rows["period"], "value": rows["rate"].astype(float), "unit": "per_1000",
            "low": rows["low"].astype(float), "high": rows["high"].astype(float), "count": rows["count"].astype(float),
            "answers": float("nan"), "quality": "", "state": rows["state"], "sentence": rows["hover"],
            "provenance": rows["provenance"], "source_id": rows["source_id"],
        }
    )  # fmt: skip


def stamped(rows: pd.DataFrame, release: Release) -> pd.DataFrame:
    """Figures without those that are hidden or missing, each with its release and who may read it."""
    shown = rows["state"].isin(SHOWN_STATES)
    numbers = ["value", "low", "high", "count"]
    rows[numbers] = rows[numbers].where(shown)
    return rows.assign(release=release.head.id, audience=release.audience)


def shown_csv(rows: pd.DataFrame, context: ViewContext) -> bytes:
    """The figures of one picture, as `danish_csv` writes those of a whole view."""
    return _in_danish(stamped(rows, context.release), context.partnership)


def danish_csv(subject: Subject) -> bytes:
    """The figures as Danish Excel opens them: UTF-8 with byte order mark, semicolons, decimal comma, Danish words."""
    return _in_danish(figures(subject), subject.partnership)


def _in_danish(rows: pd.DataFrame, partnership: Partnership) -> bytes:
    titles = {each.id: each.title for each in partnership.indicators}
    titles |= {each.id: each.title for each in partnership.categories}
    rows["kind"], rows["unit"] = rows["kind"].map(_KINDS), rows["unit"].map(_UNITS)
    rows["state"], rows["provenance"] = rows["state"].map(STATES), rows["provenance"].map(ORIGINS)
    rows["subject"] = rows["subject"].map(titles)
    rows["level"] = rows["level"].map(lambda level: partnership.level(level).one)
    for column in ("value", "low", "high", "count", "answers"):
        words = [danish_number(value) for value in rows[column]]
        rows[column] = [
            state if state in ("skjult", "mangler") and column in ("value", "count") else word
            for state, word in zip(rows["state"], words, strict=True)
        ]
    return b"\xef\xbb\xbf" + written(rows.rename(columns=HEADINGS), ";")


def plain_csv(subject: Subject) -> bytes:
    """The figures for programs: UTF-8, commas, decimal points, the ids of the release tables."""
    return written(figures(subject), ",")


def written(rows: pd.DataFrame, separator: str, cell: Callable[[Any], Any] | None = None) -> bytes:
    """Rows with their headings, each value made by `cell`: without one as programs read it, no formula among them."""
    kept = io.StringIO()
    writer = csv.writer(kept, delimiter=separator, lineterminator="\r\n")
    writer.writerow(rows.columns)
    for row in rows.itertuples(index=False):
        writer.writerow([(cell or plain_cell)(value) for value in row])
    return kept.getvalue().encode()


def plain_cell(value: Any) -> Any:
    """A value as programs read it: a figure with a decimal point, words that a spreadsheet would run kept as words."""
    if isinstance(value, float):
        return "" if math.isnan(value) else f"{value:.10g}"
    return f"'{value}" if isinstance(value, str) and value.startswith(FORMULA_STARTS) else value


def danish_number(value: float) -> str:
    """A figure as Danish Excel reads it: a decimal comma, no thousands; "" where there is none."""
    return "" if pd.isna(value) else f"{value:.6g}".replace(".", ",") if abs(value) < 1e5 else f"{value:.0f}"


def as_json(subject: Subject, document: Document) -> bytes:
    """The figures with what the view is, for whom, of which release and from which sources."""
    head, titles = subject.release.head, source_titles(subject)
    rows = figures(subject)
    told = {
        "title": document.title,
        "restricted": document.restricted,
        "example": document.example,
        "audience": subject.release.audience,
        "release": {"id": head.id, "published": clock.here(head.published_at).date().isoformat()},
        "view": subject.view.to_query(),
        "filters": dict(document.filters),
        "sources": {source: titles[source] for source in dict.fromkeys(rows["source_id"]) if source in titles},
        "figures": [
            {key: None if isinstance(value, float) and math.isnan(value) else value for key, value in row.items()}
            for row in records(rows)
        ],
    }
    return json.dumps(told, ensure_ascii=False, indent=1).encode()


def parquet(subject: Subject) -> bytes:
    """The figures as Parquet."""
    return table_to_parquet(figures(subject))
