"""The news of a release in words: how much has surely moved since the last meeting, and each change in order."""

import pandas as pd

from data import danish
from data.records import Row, records
from data.sentences.meetings import CHANCE, new_hotspots_sentence
from data.views.memo import memoized_by_view
from data.views.view import ViewContext

TONE_WORDS = {"better": "Bedre", "worse": "Værre", "neutral": "Ændret"}
CROSSING_WORD = "Ny status, samme tal"
NOTHING_MOVED = "Ingen tal har ændret sig mere end tilfældige udsving"
FIRST = "Det er den første udgave"


@memoized_by_view()
def headline(context: ViewContext) -> str:
    """The news in one sentence: how much has surely moved, and how many criteria have a new status."""
    kinds = context.release.changes["kind"]
    moved, criteria = int((kinds != "criterion").sum()), int((kinds == "criterion").sum())
    if moved + criteria == 0:
        return FIRST if is_first(context) else f"Ingen klare ændringer {_since(context)}"
    parts = []
    if moved:
        parts.append(f"{danish.few(moved, one='én')} {'klar ændring' if moved == 1 else 'klare ændringer'}")
    if criteria:
        parts.append(f"{danish.few(criteria)} {'kriterium' if criteria == 1 else 'kriterier'} med ny status")
    sentence = danish.join(parts)
    return f"{danish.opening(sentence)} {_since(context)}"


def is_first(context: ViewContext) -> bool:
    """Whether nothing was published before this release, so that there is nothing to look back to."""
    since = context.release.tables.get("since")
    return since is not None and since.empty


def _since(context: ViewContext) -> str:
    if is_first(context):
        return "i den første udgave"
    meetings = context.release.tables["since"]["meeting_date"].dropna()
    return f"siden mødet {danish.date(meetings.iloc[0])}" if len(meetings) else "siden sidst"


@memoized_by_view()
def in_order(context: ViewContext) -> list[Row]:
    """The changes, those that surely moved first and those that only crossed a line last."""
    changes = context.release.changes
    return records(changes.sort_values("crossing", key=lambda column: column == CHANCE, kind="stable"))


def nothing_moved(context: ViewContext, *, of_all: bool = True) -> str:
    """What stands where there are no changes; `of_all` says that it is told of all areas, criteria among them."""
    if is_first(context):
        return f"{FIRST}, så der er ingen tidligere at sammenligne med. Næste udgave fortæller, hvad der er nyt."
    same = ", og alle kriterier har samme status" if of_all and len(context.release.criteria) else ""
    return f"{NOTHING_MOVED}{same}."


@memoized_by_view()
def new_hotspots(context: ViewContext) -> tuple[str, pd.DataFrame] | None:
    """The sentence and rows (surest first) of hotspots in a year that is new since the last meeting, if there are."""
    places, since = context.release.tables.get("hotspots"), context.release.tables["since"]
    if places is None or places.empty:
        return None
    size, year = places["size"].min(), places["year"].max()
    new = places[(places["size"] == size) & (places["year"] == year) & (places["persistence"] == "new")]
    if new.empty or (len(since) and since["cell_year"].iloc[0] == year):
        return None
    new = new.sort_values("p_value", kind="stable")
    surest = records(new)[0]
    return new_hotspots_sentence(len(new), surest, context.partnership.category(surest["category"])), new
