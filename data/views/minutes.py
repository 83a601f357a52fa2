"""What the partnership has agreed at its meetings, as it stands now and as one audience may see it.

Minutes are no figures: they are read as they were last written, not from a release. Which rows an audience gets follows
the rules of the release (`data.release.audiences`).
"""

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from urllib.parse import parse_qs

import pandas as pd

from data.entries import standing
from data.lru_cache import LruCache
from data.partnership import Audience, Partnership, our_partnership
from data.records import Row, records
from data.release.audiences import municipalities
from data.store import Store
from data.views.view import View

CANCELLED, PLANNED = "aflyst", "planlagt"
READING, DECISION, ACTION = "læsning", "beslutning", "handling"
OVERDUE, OPEN, DONE = "overdue", "open", "done"
"""An action whose day has passed · that is still to be done · that is done."""
FIGURE = ["view", "figure", "release_id"]
"""The columns that together say which figure of which release a decision stands beside."""


@dataclass(frozen=True)
class Minutes:
    """Meetings, decisions (with readings and actions) and proposals, each with load_id, loaded_at and loaded_by."""

    meetings: pd.DataFrame
    decisions: pd.DataFrame
    proposals: pd.DataFrame

    def ahead(self, today: dt.date) -> list[Row]:
        """The meetings still to be held, the next one first."""
        return self._answers.get_or_make(("ahead", today), lambda: records(coming(self.meetings, today)))

    def actions(self, today: dt.date) -> list[Row]:
        """Every action with its state, in the order of `actions`."""
        return self._answers.get_or_make(("actions", today), lambda: records(actions(self.decisions, today)))

    def to_show(self, wanted: str, today: dt.date) -> Row | None:
        """The meeting to show, as `meeting_to_show`."""
        return self._answers.get_or_make(
            ("to show", wanted, today), lambda: meeting_to_show(self.meetings, wanted, today)
        )

    def figures(self, meeting_id: str) -> list[tuple[Row, pd.DataFrame]]:
        """The figures on a meeting's agenda, as `figures_of`."""
        return self._answers.get_or_make(("figures", meeting_id), lambda: figures_of(self.decisions, meeting_id))

    def rest(self, meeting_id: str) -> pd.DataFrame:
        """What was agreed beside none of them, as `without_figure`."""
        return self._answers.get_or_make(("rest", meeting_id), lambda: without_figure(self.decisions, meeting_id))

    def about(self, area_id: str, names: Mapping[str, str], today: dt.date) -> list[Row]:
        """What was agreed about one area, as `about_area`, each row with its `state` as an action."""

        def make() -> list[Row]:
            rows = about_area(self, area_id, names)
            return records(rows.assign(state=action_state(rows, today)))

        return self._answers.get_or_make(("about", area_id, tuple(names.items()), today), make)

    @cached_property
    def _answers(self) -> LruCache:
        return LruCache()


def minutes(store: Store, audience: Audience, partnership: Partnership) -> Minutes:
    """What stands now and this audience may see, meetings by date.

    An audience that does not see every municipality gets the meetings and proposals of its own alone, and one that
    has counts hidden from it gets no quoted figures.
    """
    what = ("minutes", audience, partnership.members)
    return store.once_loaded(what, lambda: _minutes(store, audience, partnership))


def _minutes(store: Store, audience: Audience, partnership: Partnership) -> Minutes:
    meetings, decisions, proposals = (standing(store, kind) for kind in ("meetings", "decisions", "proposals"))
    if not partnership.sees_all(audience):
        home = municipalities(store.loaded("areas"))
        own = {area for area, municipality in home.items() if municipality in audience.sees}
        meetings = meetings[meetings["area_id"].isin(own)]
        decisions = decisions[decisions["meeting_id"].isin(meetings["meeting_id"])]
        proposals = proposals[proposals["from_area"].isin(own)]
    if audience.threshold > 0:
        decisions = decisions.assign(figure="", view="")
    return Minutes(
        meetings.sort_values(["date", "meeting_id"], ignore_index=True),
        decisions.sort_values("load_id", ignore_index=True),
        proposals.sort_values(["date", "proposal_id"], ascending=False, ignore_index=True),
    )


# Meetings ---------------------------------------------------------------------------------------------------------


def day(value: Any) -> dt.date:
    """A date from a table, where it may be a timestamp."""
    return pd.Timestamp(value).date()


def coming(meetings: pd.DataFrame, today: dt.date) -> pd.DataFrame:
    """The meetings still to be held, the next one first; one planned for today counts."""
    days = pd.to_datetime(meetings["date"])
    return meetings[(meetings["status"] == PLANNED) & (days >= pd.Timestamp(today))]


def meeting_to_show(meetings: pd.DataFrame, wanted: str, today: dt.date) -> Row | None:
    """The meeting wanted, else the next one, else the latest; None where there is none."""
    for fitting in (meetings[meetings["meeting_id"] == wanted], coming(meetings, today), meetings.iloc[::-1]):
        if len(fitting):
            return records(fitting.head(1))[0]
    return None


def common_forum() -> str:
    """The id of the forum in which the whole partnership meets."""
    return our_partnership().own_forum.id


def is_of_partnership(meetings: pd.DataFrame) -> "pd.Series[bool]":
    """Which meetings are of the whole partnership."""
    return meetings["forum"] == common_forum()


def of_partnership(meetings: pd.DataFrame, year: int) -> int:
    """How many partnership meetings of a year are held or planned."""
    common = meetings[is_of_partnership(meetings) & (meetings["status"] != CANCELLED)]
    return int((pd.to_datetime(common["date"]).dt.year == year).sum())


def next_chair(meetings: pd.DataFrame, members: Sequence[str], before: dt.date | None = None) -> str:
    """Whose turn it is to chair a partnership meeting: the member that has waited longest.

    Only meetings before that day count (None: all). Members that never chaired go first, in the partnership's order.
    """
    common = meetings[is_of_partnership(meetings) & (meetings["status"] != CANCELLED)]
    if before is not None:
        common = common[pd.to_datetime(common["date"]) < pd.Timestamp(before)]
    last = common.groupby("chair_id")["date"].max()
    return min(members, key=lambda member: day(last[member]) if member in last else dt.date.min)


# What was agreed --------------------------------------------------------------------------------------------------


def figures_of(decisions: pd.DataFrame, meeting_id: str) -> list[tuple[Row, pd.DataFrame]]:
    """Each figure on a meeting's agenda, in the order chosen, with the decisions and actions that stand beside it."""
    of_meeting = decisions[decisions["meeting_id"] == meeting_id]
    chosen = of_meeting[(of_meeting["kind"] == READING) & (of_meeting["figure"] != "")]
    notes = of_meeting[of_meeting["kind"] != READING]
    return [(figure, notes[_same_figure(notes, figure)]) for figure in records(chosen)]


def about_area(now: Minutes, area_id: str, names: Mapping[str, str]) -> pd.DataFrame:
    """What was agreed about one area, the latest meeting first, each row with its meeting's `date` and `title`.

    A row is about an area if it was agreed at the area's own council, if the figure it stands beside is shown for the
    area, or if its text names the area. `names` maps area_id to name; "Høje Gladsaxe" does not name Gladsaxe.
    """
    held = now.meetings.set_index("meeting_id")
    longer = [name for name in names.values() if names[area_id] in name and name != names[area_id]]
    named = re.compile(rf"\b{re.escape(names[area_id])}\b")

    def is_about(row: Row) -> bool:
        text = row["text"]
        for name in longer:
            text = text.replace(name, "")
        of_view = View.from_query(parse_qs(row["view"].rpartition("?")[2])).areas
        return held.loc[row["meeting_id"], "area_id"] == area_id or area_id in of_view or bool(named.search(text))

    known = now.decisions[now.decisions["meeting_id"].isin(held.index)]
    rows = known[pd.Series([is_about(row) for row in records(known)], index=known.index, dtype=bool)]
    rows = rows.assign(date=rows["meeting_id"].map(held["date"]), title=rows["meeting_id"].map(held["title"]))
    return rows.sort_values("date", ascending=False, kind="stable", ignore_index=True)


def readings_agreed(now: Minutes) -> pd.DataFrame:
    """The readings that were put into words, the latest meeting first, each with its meeting's `date`."""
    rows = now.decisions[(now.decisions["kind"] == READING) & (now.decisions["text"] != "")]
    rows = rows.assign(date=rows["meeting_id"].map(now.meetings.set_index("meeting_id")["date"]))
    return rows.sort_values("date", ascending=False, kind="stable", ignore_index=True)


def without_figure(decisions: pd.DataFrame, meeting_id: str) -> pd.DataFrame:
    """What was agreed at a meeting and stands beside none of the figures on its agenda."""
    of_meeting = decisions[decisions["meeting_id"] == meeting_id]
    beside = [
        row["decision_id"] for figure, notes in figures_of(decisions, meeting_id) for row in [figure, *records(notes)]
    ]
    return of_meeting[~of_meeting["decision_id"].isin(beside)]


def _same_figure(rows: pd.DataFrame, figure: Row) -> "pd.Series[bool]":
    alike = (rows["view"] == figure["view"]) & (rows["figure"] == figure["figure"])
    if pd.isna(figure["release_id"]):
        return alike & rows["release_id"].isna()
    return alike & (rows["release_id"] == figure["release_id"])


def actions(decisions: pd.DataFrame, today: dt.date) -> pd.DataFrame:
    """Every action with its `state`: overdue first, then open, both by date, then what is done, the latest first."""
    rows = decisions[decisions["kind"] == ACTION]
    state, settled = action_state(rows, today), rows["done"].notna()
    pending = rows.assign(state=state)[~settled].sort_values("due", kind="stable")
    done = rows.assign(state=state)[settled].sort_values("done", ascending=False, kind="stable")
    return pd.concat([pending, done], ignore_index=True) if len(rows) else rows.assign(state=[])


def action_state(actions: pd.DataFrame, today: dt.date) -> "pd.Series[str]":
    """Whether each action is overdue, open or done."""
    due, done = pd.to_datetime(actions["due"]), pd.to_datetime(actions["done"])
    return pd.Series(OPEN, index=actions.index).mask(due < pd.Timestamp(today), OVERDUE).mask(done.notna(), DONE)
