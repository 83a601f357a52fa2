"""The news of a release in words: how much has surely moved since the last meeting, and each change in order."""

from typing import Any

import pandas as pd

from data import danish
from data.kept import kept
from data.release import records
from data.sentences.meetings import CHANCE, new_hotspots_sentence
from data.view import Looked

Row = dict[str, Any]

_NUMBERS = ("ingen", "én", "to", "tre", "fire", "fem", "seks", "syv", "otte", "ni", "ti")
TONE_WORDS = {"better": "Bedre", "worse": "Værre", "neutral": "Ændret"}
CROSSING_WORD = "Kun over en grænse"
NOTHING_MOVED = "Ingen tal har ændret sig mere end tilfældige udsving"


@kept()
def headline(looked: Looked) -> str:
    """The news in one sentence: how much has surely moved, and how many criteria have a new status."""
    kinds = looked.release.changes["kind"]
    moved, criteria = int((kinds != "criterion").sum()), int((kinds == "criterion").sum())
    if moved + criteria == 0:
        return f"Intet sikkert nyt {_since(looked)}"
    parts = []
    if moved:
        parts.append(f"{_count(moved)} {'sikker ændring' if moved == 1 else 'sikre ændringer'}")
    if criteria:
        parts.append(f"{_count(criteria)} {'kriterium' if criteria == 1 else 'kriterier'} med ny status")
    said = danish.join(parts)
    return f"{said[0].upper()}{said[1:]} {_since(looked)}"


def _since(looked: Looked) -> str:
    meetings = looked.release.tables["since"]["meeting_date"].dropna()
    return f"siden mødet {danish.date(meetings.iloc[0])}" if len(meetings) else "siden sidst"


def _count(number: int) -> str:
    return _NUMBERS[number] if number < len(_NUMBERS) else danish.number(number)


@kept()
def in_order(looked: Looked) -> list[Row]:
    """The changes, those that surely moved first and those that only crossed a line last."""
    changes = looked.release.changes
    return records(changes.sort_values("crossing", key=lambda column: column == CHANCE, kind="stable"))


def nothing_moved(looked: Looked) -> str:
    """What stands where there are no changes."""
    same = "" if looked.release.criteria.empty else ", og alle kriterier har samme status"
    return f"{NOTHING_MOVED}{same}."


@kept()
def new_hotspots(looked: Looked) -> tuple[str, pd.DataFrame] | None:
    """The sentence and rows (surest first) of hotspots in a year that is new since the last meeting, if there are."""
    places, since = looked.release.tables.get("hotspots"), looked.release.tables["since"]
    if places is None or places.empty:
        return None
    size, year = places["size"].min(), places["year"].max()
    new = places[(places["size"] == size) & (places["year"] == year) & (places["persistence"] == "new")]
    if new.empty or (len(since) and since["cell_year"].iloc[0] == year):
        return None
    new = new.sort_values("p_value", kind="stable")
    surest = records(new)[0]
    return new_hotspots_sentence(len(new), surest, looked.partnership.category(surest["category"])), new
