"""Builds the release's lists of what waits to be done, and of how the criteria stand for each purpose."""

import datetime as dt
from collections.abc import Iterable

import pandas as pd

from analysis.criterion_rules import STATUSES
from data import clock
from data.calendar import Period, alike_in_span, period_of, year_of
from data.partnership import Partnership
from data.records import Row, records
from data.release import ReleaseHead
from data.release.tables import OVERDUE, PURPOSES, STATUS_HISTORY
from data.sentences.cooperation import overdue_action, overdue_criterion, overdue_initiative, purpose_sentence
from data.sentences.insecure_places import is_late, overdue_place

SILENT_MONTHS = 6
"""A running initiative without a log entry for this long is overdue."""
FIGURES_MONTHS = 6
"""The figures of a year are there this long after it has ended."""
SETTLED = ("met", "not_met")


def overdue_table(tables: dict[str, pd.DataFrame], today: dt.date) -> pd.DataFrame:
    """What is overdue on the day the figures speak of, the longest overdue first.

    `kind` is "criterion" (its newest figure is older than others of its kind, or than last year's), "initiative" (it
    runs, and nothing has been logged for six months), "action" (its date has passed and it is not done) or "place"
    (what was promised about an insecure place); `subject_id` the criterion, initiative, decision or place. `due` is the
    day it fell due, `days` how long ago that is.
    """
    rows = [
        *_criteria(tables["criteria"], tables["survey"], today),
        *_initiatives(tables["initiatives"], tables["activities"], today),
        *_actions(tables["decisions"], today),
        *_places(tables["insecure_places"], tables["areas"], today),
    ]
    frame = pd.DataFrame(rows, columns=[name for name in OVERDUE if name != "days"])
    frame["days"] = [(today - due).days for due in frame["due"]]
    return frame[list(OVERDUE)].sort_values(["days", "kind"], ascending=[False, True], ignore_index=True)


def purpose_table(criteria: pd.DataFrame, partnership: Partnership) -> pd.DataFrame:
    """How many criteria that serve each purpose have each status, one row per purpose and status, zeros included.

    `sentence` tells the whole purpose and is the same in all its rows. No index is made of them.
    """
    rows = []
    for purpose in partnership.purposes:
        counted = (
            criteria.loc[criteria["purpose_id"] == purpose.id, "status"] if len(criteria) else pd.Series(dtype=object)
        )
        counts = {status: int((counted == status).sum()) for status in STATUSES}
        sentence = purpose_sentence(purpose.title, counts)
        rows += [(purpose.id, status, count, sentence) for status, count in counts.items()]
    return pd.DataFrame(rows, columns=list(PURPOSES))


def status_history(releases: Iterable[tuple[ReleaseHead, pd.DataFrame]]) -> pd.DataFrame:
    """The status of every criterion in each release, oldest release first; `releases` are heads and criteria tables."""
    parts = [
        criteria[["criterion_id", "version", "status"]].assign(
            release_id=head.id, published=clock.here(head.published_at).date(), meeting_date=head.meeting_date
        )
        for head, criteria in sorted(releases, key=lambda pair: pair[0].id)
        if len(criteria)
    ]
    columns = list(STATUS_HISTORY)
    return pd.concat(parts, ignore_index=True)[columns] if parts else pd.DataFrame(columns=columns)


def _criteria(criteria: pd.DataFrame, survey: pd.DataFrame, today: dt.date) -> list[Row]:
    rows: list[Row] = []
    for row in records(criteria):
        # A figure that is hidden is neither old nor missing: no fresh data would show it.
        if row["measure"] == "activity" or row["status"] in SETTLED or row["reason"] == "hidden":
            continue
        # Counts are judged by whole years, whatever they are counted by.
        waves, baseline = (), year_of(row["baseline_period"])
        if row["measure"] == "survey":
            waves, baseline = survey.loc[survey["indicator"] == row["indicator"], "wave"], row["baseline_period"]
        expected = _expected(baseline, waves, today)
        if row["value_period"] and Period.parse(row["value_period"]).end >= expected.end:
            continue
        due = min(expected.last, today)
        rows.append(_row("criterion", row["criterion_id"], due, overdue_criterion(row, expected.code), row))
    return rows


def _expected(baseline: str, waves: Iterable[str], today: dt.date) -> Period:
    """The newest period of the baseline's length of which there should be a figure: by the calendar, or measured."""
    span = Period.parse(baseline).span
    known = (pd.Timestamp(today) - pd.DateOffset(months=FIGURES_MONTHS)).date()
    # Waves on days come when they come; only what others have been asked since is expected.
    by_calendar = Period.parse(baseline) if span == "day" else period_of(known, span).previous
    return max([by_calendar, *map(Period.parse, alike_in_span(waves, baseline))])


def _initiatives(initiatives: pd.DataFrame, activities: pd.DataFrame, today: dt.date) -> list[Row]:
    rows: list[Row] = []
    limit = pd.Timestamp(today) - pd.DateOffset(months=SILENT_MONTHS)
    for row in records(initiatives):
        start: pd.Timestamp = pd.Timestamp(row["start"])
        end: pd.Timestamp | None = pd.Timestamp(row["end"]) if pd.notna(row["end"]) else None
        days = pd.to_datetime(activities.loc[activities["initiative_id"] == row["initiative_id"], "date"])
        days = days[days <= pd.Timestamp(today)]
        last = days.max() if len(days) else None
        if start > limit or (end is not None and end < pd.Timestamp(today)) or (last is not None and last >= limit):
            continue
        due = ((last or start) + pd.DateOffset(months=SILENT_MONTHS)).date()
        rows.append(_row("initiative", row["initiative_id"], due, overdue_initiative(row["title"], last), row))
    return rows


def _actions(decisions: pd.DataFrame, today: dt.date) -> list[Row]:
    rows: list[Row] = []
    for row in records(decisions):
        if row["kind"] != "handling" or pd.notna(row["done"]) or pd.isna(row["due"]):
            continue
        due = pd.Timestamp(row["due"]).date()
        if due < today:
            rows.append(_row("action", row["decision_id"], due, overdue_action(row), {**row, "initiative_id": ""}))
    return rows


def _places(places: pd.DataFrame, areas: pd.DataFrame, today: dt.date) -> list[Row]:
    names: dict[str, str] = dict(zip(areas["area_id"], areas["name"], strict=True))
    return [
        _row("place", row["place_id"], pd.Timestamp(row["due"]).date(),
             overdue_place(row, names.get(row["area_id"]) or ""), {**row, "initiative_id": ""})
        for row in records(places)
        if is_late(row, today)
    ]  # fmt: skip


def _row(kind: str, subject: str, due: dt.date, sentence: str, row: Row) -> Row:
    return {
        "kind": kind, "subject_id": subject, "initiative_id": row["initiative_id"], "due": due, "sentence": sentence,
        "provenance": row["provenance"], "source_id": row["source_id"],
    }  # fmt: skip
