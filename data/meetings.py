"""Answers what the meeting page asks of the calendar and the minutes: who chairs, what is planned, what remains."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

import pandas as pd

from data import danish
from data.partnership import Partnership
from data.release import records

Row = dict[str, Any]

PARTNERSHIP = "partnerskab"
CANCELLED = "aflyst"
DONE, OVERDUE, OPEN = "udført", "over frist", "åben"


def next_chair(meetings: pd.DataFrame, members: Sequence[str]) -> str:
    """The municipality whose turn it is to chair: the one after the last partnership meeting that is not cancelled."""
    held = _in_order(meetings)
    if held.empty or held["chair_id"].iloc[-1] not in members:
        return members[0]
    return members[(list(members).index(held["chair_id"].iloc[-1]) + 1) % len(members)]


def previous_meeting(meetings: pd.DataFrame, today: dt.date, forum: str = PARTNERSHIP) -> Row | None:
    """The newest meeting of a forum before today that was not cancelled, None where there is none."""
    found = _in_order(meetings, forum)
    found = found[pd.to_datetime(found["date"]) < pd.Timestamp(today)]
    return records(found)[-1] if len(found) else None


def next_meeting(meetings: pd.DataFrame, today: dt.date, forum: str = PARTNERSHIP) -> Row | None:
    """The first meeting of a forum from today on that is not cancelled, None where none is planned."""
    found = _in_order(meetings, forum)
    found = found[pd.to_datetime(found["date"]) >= pd.Timestamp(today)]
    return records(found)[0] if len(found) else None


def calendar_sentence(meetings: pd.DataFrame, partnership: Partnership, year: int) -> str:
    """How many partnership meetings a year has, and whether that is as many as agreed."""
    days = pd.to_datetime(_in_order(meetings)["date"])
    planned, agreed = int((days.dt.year == year).sum()), partnership.meetings_a_year
    opening = f"Der er {danish.plural(planned, 'partnerskabsmøde', 'partnerskabsmøder')} i {year}"
    if planned < agreed:
        return f"{opening}, men aftalen er mindst {agreed}: der mangler {danish.number(agreed - planned)}."
    return f"{opening}; aftalen er mindst {agreed}."


def actions(decisions: pd.DataFrame, today: dt.date) -> pd.DataFrame:
    """The actions with their `state` (`OVERDUE`, `OPEN`, `DONE`): what is overdue first, then by due date."""
    found = decisions[decisions["kind"] == "handling"]
    due, done = pd.to_datetime(found["due"]), pd.to_datetime(found["done"])
    late = done.isna() & (due < pd.Timestamp(today))
    state = pd.Series(OPEN, index=found.index).mask(late, OVERDUE).mask(done.notna(), DONE)
    found = found.assign(state=state, _rank=state.map({OVERDUE: 0, OPEN: 1, DONE: 2}), _due=due)
    return found.sort_values(["_rank", "_due"], kind="stable", ignore_index=True).drop(columns=["_rank", "_due"])


def _in_order(meetings: pd.DataFrame, forum: str = PARTNERSHIP) -> pd.DataFrame:
    return meetings[(meetings["forum"] == forum) & (meetings["status"] != CANCELLED)].sort_values("date")
