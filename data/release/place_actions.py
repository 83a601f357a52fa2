"""Tells of each place that somebody acts on what was reported there before and after, and what that answer is worth."""

import datetime as dt
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.place_change import place_change, sham_places
from analysis.windows import positions
from data.calendar import Period, period_of, periods_between, spans_of
from data.partnership import OF_PLACES
from data.records import Row, records
from data.release.clusters import Recent, laid_out
from data.release.hotspot_places import Whereabouts, described, near_housing
from data.release.sham_windows import FALSE, judged
from data.release.tables import PLACE_EFFECTS
from data.sentences.place_actions import action_sentence
from geo.grid import neighbours, parent, polygon, size_of

EFFECT_COLUMNS = [
    "action_id", "initiative_id", "area_id", "category", "cell_id", "cells", "where", "start", "end", "text", "span",
    "before_from", "before_to", "after_from", "after_to", "before", "after", "expected", "ratio", "low", "high",
    "p_value", "verdict", "sham_windows", "false_alarms", "evidence", "sentence", "provenance", "source_id",
]  # fmt: skip
WINDOWS: Mapping[str, tuple[int, int, int, int]] = {
    "week": (12, 52, 4, 26), "month": (3, 12, 1, 6), "quarter": (1, 4, 1, 2), "year": (1, 1, 1, 1),
}  # fmt: skip
"""Periods of a length, the finest first: the fewest and most before, the fewest and most after."""
Tried = Callable[[str, int, int], NDArray[np.float64]]
"""The p-values of a municipality's sham windows with so many periods before and after."""
FEWEST = 5
"""Incidents before and after together, below which nothing is said of them."""


def action_tables(loaded: Mapping[str, pd.DataFrame], where: Whereabouts) -> dict[str, pd.DataFrame]:
    """The table "place_effects", a row for each action on a place, the newest first.

    `loaded` has the loaded rows of cells and of place actions. The windows are of the finest periods that the
    municipality has told of: up to a year before the period that the action began in, and up to half a year from the
    first whole one after. What is expected after follows from the rest of the municipality. `false_alarms` is how
    often the same method, with windows as long, finds a change in the places of the municipality that held most just
    before a time when nothing was begun there, over all categories; `evidence` is whether that is at most 10 %.
    """
    actions = loaded.get(OF_PLACES, pd.DataFrame())
    if actions.empty:
        return {PLACE_EFFECTS: pd.DataFrame(columns=EFFECT_COLUMNS)}
    cells = loaded["cells"]
    acted_on = {cell for listed in actions["cells"] for cell in listed.split(";")}

    @lru_cache
    def told_of(area: str) -> Recent | None:
        return _history(cells[cells["area_id"] == area])

    @lru_cache
    def tried(area: str, before: int, after: int) -> NDArray[np.float64]:
        history = told_of(area)
        return np.empty(0) if history is None else _sham(history, acted_on, before, after)

    rows = [_row(action, told_of(action["area_id"]), tried, where) for action in records(actions)]
    made = pd.DataFrame(rows, columns=EFFECT_COLUMNS)
    return {PLACE_EFFECTS: made.sort_values(["start", "action_id"], ascending=[False, True], ignore_index=True)}


def _history(cells: pd.DataFrame) -> Recent | None:
    """Everything a municipality has told of its finest cells in its finest periods; None where it has told nothing."""
    spans = spans_of(cells["year"])
    for span in WINDOWS:
        rows = cells[spans == span]
        if len(rows):
            told = [Period.parse(code) for code in rows["year"].unique()]
            return laid_out(rows, cells, list(periods_between(min(told), max(told))))
    return None


def _sham(history: Recent, acted_on: set[str], before: int, after: int) -> NDArray[np.float64]:
    around = positions(history.ids, neighbours(history.ids.astype(str)))
    taboo = _inside(history, acted_on)
    return np.concatenate(
        [sham_places(each, around, taboo, before, after, fewest=FEWEST) for each in history.count] or [np.empty(0)]
    )


def _inside(history: Recent, cells: set[str]) -> NDArray[np.bool_]:
    """Which cells of a history are those of a place, or lie in them where the place is told by larger ones."""
    held = np.isin(history.ids.astype(str), sorted(cells))
    for size in {size_of(cell) for cell in cells} - {history.size}:
        if size % history.size == 0:
            held |= np.isin(parent(history.ids.astype(str), size), sorted(cells))
    return held


def _row(action: Row, history: Recent | None, tried: Tried, where: Whereabouts) -> Row:
    row: Row = {name: action.get(name) for name in EFFECT_COLUMNS} | _place(action, history, where)
    windows = None if history is None else _windows(history, action["start"])
    row |= {"verdict": "missing", "evidence": False, "sham_windows": 0, "span": history.last.span if history else ""}
    if history is not None and windows is not None:
        row |= _told(history, action, windows, tried)
    return row | {"sentence": action_sentence(row)}


def _place(action: Row, history: Recent | None, where: Whereabouts) -> Row:
    """The cell of a place that most was reported in, and where that is."""
    cells = str(action["cells"]).split(";")
    densest = cells[0]
    if history is not None and action["category"] in history.categories:
        counts = np.nan_to_num(history.count[history.categories.index(action["category"])]).sum(axis=1)
        known = dict(zip(history.ids, counts, strict=True))
        densest = max(cells, key=lambda cell: known.get(cell, 0.0))
    square = polygon(densest)
    said = described(str(action["area_id"]), square, near_housing(square, where), where)
    return {"cell_id": densest, "where": said}


class _Windows(NamedTuple):
    """Where the time before ends and the time after begins among the periods, and how many periods each has."""

    end: int
    first: int
    before: int
    after: int


def _windows(history: Recent, start: dt.date) -> _Windows | None:
    """The windows around a day; None where the periods begin after it.

    The period in which it lies, where it lies within one, is neither before nor after.
    """
    period = period_of(start, history.last.span)
    if period < history.periods[0]:
        return None
    end = sum(each < period for each in history.periods)
    first = end + (period.first != start)
    _, most_before, _, most_after = WINDOWS[history.last.span]
    return _Windows(end, first, min(end, most_before), max(0, min(len(history.periods) - first, most_after)))


def _told(history: Recent, action: Row, windows: _Windows, tried: Tried) -> Row:
    end, first, before, after = windows
    fewest_before, _, fewest_after, _ = WINDOWS[history.last.span]
    inside = _inside(history, set(str(action["cells"]).split(";")))
    if before < fewest_before or not inside.any() or action["category"] not in history.categories:
        return {}
    if after < fewest_after:
        return {"verdict": "too_early"}
    counts = history.count[history.categories.index(action["category"])]
    change = place_change(np.delete(counts, range(end, first), axis=1), inside, end, before, after)
    days = {
        "before_from": history.periods[end - before].first,
        "before_to": history.periods[end - 1].last,
        "after_from": history.periods[first].first,
        "after_to": history.periods[first + after - 1].last,
    }
    if np.isnan(change.before + change.after):
        return {}
    found = {name: getattr(change, name) for name in ("before", "after", "expected", "ratio", "low", "high", "p_value")}
    row: Row = {name: day.isoformat() for name, day in days.items()} | found
    if change.before + change.after < FEWEST or np.isnan(change.p_value):
        return row | {"verdict": "too_few"}
    worth = judged(tried(str(action["area_id"]), before, after))
    certain = change.p_value < FALSE
    return row | {
        "verdict": ("fewer" if change.ratio < 1 else "more") if certain else "undecided",
        "sham_windows": worth.windows,
        "false_alarms": worth.false_alarms,
        "evidence": worth.evidence,
    }
