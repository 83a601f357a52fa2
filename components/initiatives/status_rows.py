"""The tab Status: one row an initiative, its goals as symbols, which opens in place."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import streamlit as st

from components.initiatives.cards import Card, cards, initiative_card
from components.initiatives.filters import has_criterion
from components.initiatives.scrolling import scroll_to
from components.page import example_badge
from components.session import Screen
from components.status import status_badge, status_symbol
from components.text import plain
from data import danish
from data.records import Row
from data.release import rows_of
from data.sentences import INTERVALS, STATUS_WORDS
from data.views.memo import memoized_by_view
from data.views.view import ViewContext

NO_GOAL, NOTHING_HERE = "intet mål", "Ingen indsatser her med de valgte filtre."
NAMED_AREAS = 2
"""Up to so many areas are named in a row; more are counted."""


def totals(screen: Screen, shown: Sequence[Card]) -> None:
    """How many of the goals in view have which status: of what the filters leave, and of nothing else."""
    counts = counted(shown)
    with st.container(horizontal=True, key="status_counts", vertical_alignment="center"):
        for status, count in counts:
            st.markdown(f"{status_badge(status)} {count}", width="content")
        badge = example_badge(screen.release.criteria)
        if counts:
            st.markdown(f"{badge} :gray[:small[{plain(INTERVALS)}]]", width="content")


def counted(shown: Sequence[Card]) -> list[tuple[str, int]]:
    """How many goals of some initiatives have which status."""
    rows = {each.row["criterion_id"]: each.row for card in shown for each in card.criteria}
    counts = Counter(row["status"] for row in rows.values())
    return [(status, counts[status]) for status in STATUS_WORDS if status in counts]


def status_rows(screen: Screen, shown: Sequence[Card], waiting: Sequence[Row]) -> None:
    """The initiatives by focus area; a row opens in place, the one with the criterion of a link by itself."""
    for number, title, within in by_focus_area(screen, shown):
        st.header(title, anchor=False)
        if not within:
            st.markdown(f":gray[{NOTHING_HERE}]")
        with st.container(key=f"rows_{number}", gap=None):
            for card in within:
                _row(screen, card, waiting)
    if screen.view.criterion:
        scroll_to(f"criterion_{screen.view.criterion}")


def by_focus_area(screen: Screen, shown: Sequence[Card]) -> list[tuple[int, str, list[Card]]]:
    """The initiatives of each focus area that the filters leave, with its number and its heading."""
    found = []
    for focus_area in screen.partnership.focus_areas:
        within = [card for card in shown if card.row["focus_area"] == focus_area.id]
        if within or not screen.view.focus or str(focus_area.id) == screen.view.focus:
            found.append((focus_area.id, f"{focus_area.id}. {focus_area.title}", within))
    return found


def _row(screen: Screen, card: Card, waiting: Sequence[Row]) -> None:
    linked = has_criterion(card, screen.view.criterion)
    with st.expander(_label(screen, card.id), expanded=linked, key=f"row_{card.id}", on_change="rerun") as fold:
        if fold.open:
            initiative_card(screen, card, waiting, marked=screen.view.criterion)


@dataclass(frozen=True)
class RowWords:
    """One initiative in a row: its title, where, how many of its goals have which status, the latest that was done."""

    title: str
    where: str
    goals: tuple[tuple[str, int], ...]
    done: str


@memoized_by_view()
def row_words(context: ViewContext, initiative_id: str) -> RowWords:
    """What stands in the row of an initiative."""
    card = next(card for card in cards(context) if card.id == initiative_id)
    statuses = Counter(each.row["status"] for each in card.criteria)
    latest = rows_of(context.release, "activities", "initiative_id", initiative_id)["date"].max()
    return RowWords(
        str(card.row["title"]),
        areas_words(context, card.row["area_ids"]),
        tuple((status, statuses[status]) for status in STATUS_WORDS if status in statuses),
        f"sidst aktiv {danish.date(latest)}" if latest == latest else "intet i loggen",
    )


@memoized_by_view()
def _label(context: ViewContext, initiative_id: str) -> str:
    """A row in Markdown: title, where, goals as symbols, and the latest that was done."""
    row = row_words(context, initiative_id)
    goals = " ".join(status_symbol(status, count) for status, count in row.goals) or f":gray[{NO_GOAL}]"
    return f"**{plain(row.title)}** :gray[{plain(row.where)}] &ensp;{goals} &ensp;:gray[{row.done}]"


def areas_words(context: ViewContext, listed: str) -> str:
    """Where an initiative is: "alle 8 boligområder", "5 boligområder", "Grantoften og Værebro Park"."""
    areas = context.release.areas
    every = set(areas.loc[areas["level"] == "housing_area", "area_id"])
    own = listed.split(";")
    if len(own) > NAMED_AREAS and set(own) <= every:
        ours = set(context.partnership.members)
        mine = set(areas.loc[areas["area_id"].isin(every) & areas["parent_id"].isin(ours), "area_id"])
        return f"alle {len(own)} boligområder" if set(own) >= mine else f"{len(own)} boligområder"
    return danish.join(context.release.name_of(area) for area in own)
