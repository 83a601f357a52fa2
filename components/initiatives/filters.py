"""The further choices on Indsatser, folded away: focus area, principle, working group, year and status."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import pandas as pd
import streamlit as st

from components.initiatives.cards import Card, cards
from components.session import Screen
from data import danish
from data.sentences import STATUS_WORDS

NO_CRITERION = "none"


def narrowed(screen: Screen, shown: Sequence[Card]) -> tuple[Card, ...]:
    """The initiatives that fit every further choice; nothing chosen in a field leaves it open."""
    before = {name: st.session_state.get(_key(name)) or [] for name in _FITS}
    count = sum(map(bool, before.values()))
    label = f"Flere filtre ({danish.number(count)})" if count else "Flere filtre"
    with st.popover(label, icon=":material/filter_list:", key="more_filters", on_change="rerun") as fold:
        chosen = _fields(screen) if fold.open else before
    return tuple(card for card in shown if all(not chosen[name] or fits(card, chosen[name])
                                               for name, fits in _FITS.items()))  # fmt: skip


def _fields(screen: Screen) -> dict[str, list[Any]]:
    """The fields, and what is chosen in each."""
    every = cards(screen)
    groups = sorted({card.row["working_group"] for card in every})
    focus_areas = {area.id: f"{area.id}: {area.title}" for area in screen.partnership.focus_areas}
    principles = {each.id: each.title for each in screen.partnership.principles}
    return {
        "focus": _several("focus", "Indsatsområde", focus_areas),
        "principles": _several("principles", "Princip", principles),
        "groups": _several("groups", "Arbejdsgruppe", {name: name for name in groups}),
        "years": _several("years", "I gang i", {year: str(year) for year in _years(every)}),
        "states": _several("states", "Kriteriernes status", STATUS_WORDS | {NO_CRITERION: "Intet kriterium"}),
    }


def _several(name: str, label: str, options: Mapping[Any, str]) -> list[Any]:
    return st.multiselect(
        label,
        list(options),
        format_func=options.__getitem__,
        key=_key(name),
        placeholder="Alle",
        persist_state="session",
    )


def _key(name: str) -> str:
    return f"initiatives_{name}"


def _years(every: Sequence[Card]) -> list[int]:
    """From the year the first began to the last that is known to begin or end, the newest first."""
    known = [card.row[end].year for card in every for end in ("start", "end") if pd.notna(card.row[end])]
    return list(range(max(known), min(known) - 1, -1)) if known else []


def _runs_in(card: Card, years: Sequence[int]) -> bool:
    first, end = card.row["start"].year, card.row["end"]
    return any(first <= year and (pd.isna(end) or end.year >= year) for year in years)


def _states(card: Card) -> set[str]:
    """The statuses of an initiative's criteria."""
    return {told.row["status"] for told in card.criteria} or {NO_CRITERION}


_FITS: dict[str, Callable[[Card, Sequence[Any]], bool]] = {
    "focus": lambda card, chosen: card.row["focus_area"] in chosen,
    "principles": lambda card, chosen: bool(set(chosen) & set(card.row["principles"].split(";"))),
    "groups": lambda card, chosen: card.row["working_group"] in chosen,
    "years": _runs_in,
    "states": lambda card, chosen: bool(set(chosen) & _states(card)),
}
