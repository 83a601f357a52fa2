"""The further choices on Indsatser, folded away; each stands in the address."""

from collections.abc import Callable, Mapping, Sequence

import pandas as pd
import streamlit as st

from components.initiatives.cards import Card, cards
from components.initiatives.tabs import NO_CRITERION, STATES, running_years
from components.session import Screen, choose
from components.view_choices import select
from data import danish

FIELDS = ("focus", "principle", "group", "running", "status")
EVERY = "Alle"


def narrowed(screen: Screen, shown: Sequence[Card]) -> tuple[Card, ...]:
    """The initiatives that fit every choice of the view; the one whose criterion a link names is always among them."""
    view = screen.view
    return tuple(
        card
        for card in shown
        if has_criterion(card, view.criterion)
        or all(not getattr(view, field) or _FITS[field](card, getattr(view, field)) for field in FIELDS)
    )


def has_criterion(card: Card, criterion_id: str) -> bool:
    """Whether an initiative has the criterion of an id."""
    return any(each.row["criterion_id"] == criterion_id for each in card.criteria)


def further_choices(screen: Screen) -> None:
    """The choices behind their button, which says how many are made, and the way to make none."""
    count = sum(bool(getattr(screen.view, field)) for field in FIELDS)
    label = f"Flere filtre ({danish.number(count)})" if count else "Flere filtre"
    with st.popover(label, icon=":material/filter_list:", key="more_filters", on_change="rerun") as fold:
        if fold.open:
            for field, (title, words) in _options(screen).items():
                options = {"": EVERY} | dict(words)
                select(field, title, getattr(screen.view, field), list(options), options.__getitem__)
            st.button("Ryd alle filtre", key="clear_filters", on_click=clear, disabled=not (count or screen.view.areas))


def clear() -> None:
    """Leave every choice open again."""
    choose(areas=(), criterion="", **dict.fromkeys(FIELDS, ""))


def _options(screen: Screen) -> dict[str, tuple[str, Mapping[str, str]]]:
    groups = sorted({str(card.row["working_group"]) for card in cards(screen)}, key=danish.sort_key)
    years = running_years(screen.release)
    return {
        "focus": (
            "Indsatsområde",
            {str(area.id): f"{area.id}: {area.title}" for area in screen.partnership.focus_areas},
        ),
        "principle": ("Princip", {each.id: each.title for each in screen.partnership.principles}),
        "group": ("Arbejdsgruppe", dict(zip(groups, groups, strict=True))),
        "running": ("I gang i", dict(zip(years, years, strict=True))),
        "status": ("Målenes status", STATES),
    }


def _runs_in(card: Card, year: str) -> bool:
    first, end = card.row["start"].year, card.row["end"]
    return bool(first <= int(year) and (pd.isna(end) or end.year >= int(year)))


def _states(card: Card) -> set[str]:
    """The statuses of an initiative's criteria."""
    return {each.row["status"] for each in card.criteria} or {NO_CRITERION}


_FITS: dict[str, Callable[[Card, str], bool]] = {
    "focus": lambda card, chosen: str(card.row["focus_area"]) == chosen,
    "principle": lambda card, chosen: chosen in card.row["principles"].split(";"),
    "group": lambda card, chosen: bool(card.row["working_group"] == chosen),
    "running": _runs_in,
    "status": lambda card, chosen: chosen in _states(card),
}
