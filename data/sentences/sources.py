"""Puts in words how new a source is, and when its next figures are awaited."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

import pandas as pd

from data import danish
from data.records import Row

UNKNOWN = "ikke oplyst"


def day_or(value: Any, unknown: str = UNKNOWN) -> str:
    """A day in words; `unknown` where there is none, also in a release older than the column."""
    return unknown if value is None or pd.isna(value) else danish.date(value)


def next_figures(sources: Sequence[Row], today: dt.date) -> str:
    """When the next figures of a source are awaited: "Næste tal ventes 15. februar 2027 (STRAF11)"; "" where none says.

    A day that has passed is said as such: the figures should have been here.
    """
    days = {
        row["source_id"]: pd.Timestamp(row["next_figures"]).date()
        for row in sources
        if row.get("next_figures") is not None and pd.notna(row["next_figures"])
    }
    if not days:
        return ""
    due = min(days.values())
    titles = danish.join([row["title"].split(":")[0] for row in sources if days.get(row["source_id"]) == due])
    verb = "Næste tal ventes" if due >= today else "Nye tal har været ventet siden"
    return f"{verb} {danish.date(due)} ({titles})"
