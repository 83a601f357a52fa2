"""The further choices on Indsatser, folded away: focus area, principle, working group, year and status."""

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd
import streamlit as st

from components.session import Screen
from data import danish
from data.sentences import STATUS_WORDS

NO_CRITERION = "none"


def narrowed(screen: Screen, rows: pd.DataFrame) -> pd.DataFrame:
    """The initiatives that fit every further choice; nothing chosen in a field leaves it open."""
    every = screen.release.initiatives
    years = _years(every)
    chosen = {
        name: st.session_state.get(_key(name)) or [] for name in ("focus", "principles", "groups", "years", "states")
    }
    count = sum(map(bool, chosen.values()))
    label = f"Flere filtre ({danish.number(count)})" if count else "Flere filtre"
    with st.popover(label, icon=":material/filter_list:", key="more_filters"):
        focus = _several(
            "focus", "Indsatsområde", {area.id: f"{area.id}: {area.title}" for area in screen.partnership.focus_areas}
        )
        principles = _several("principles", "Princip", {each.id: each.title for each in screen.partnership.principles})
        groups = _several("groups", "Arbejdsgruppe", {name: name for name in sorted(every["working_group"].unique())})
        running = _several("years", "I gang i", {year: str(year) for year in years})
        states = _several("states", "Kriteriernes status", STATUS_WORDS | {NO_CRITERION: "Intet kriterium"})
    keep = pd.Series(True, index=rows.index)
    if focus:
        keep &= rows["focus_area"].isin(focus)
    if principles:
        keep &= np.array([bool(set(principles) & set(listed.split(";"))) for listed in rows["principles"]], dtype=bool)
    if groups:
        keep &= rows["working_group"].isin(groups)
    if running:
        keep &= _runs_in(rows, running)
    if states:
        keep &= np.array([bool(set(states) & found) for found in _states(screen, rows)], dtype=bool)
    return rows[keep]


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


def _years(initiatives: pd.DataFrame) -> list[int]:
    """From the year the first began to the last that is known to begin or end, the newest first."""
    known = pd.concat([pd.to_datetime(initiatives["start"]), pd.to_datetime(initiatives["end"])]).dropna().dt.year
    return list(range(int(known.max()), int(known.min()) - 1, -1)) if len(known) else []


def _runs_in(rows: pd.DataFrame, years: list[int]) -> "pd.Series[bool]":
    first, last = pd.to_datetime(rows["start"]).dt.year, pd.to_datetime(rows["end"]).dt.year
    found = pd.Series(False, index=rows.index)
    for year in years:
        found |= (first <= year) & (last.isna() | (last >= year))
    return found


def _states(screen: Screen, rows: pd.DataFrame) -> list[set[str]]:
    """The statuses of each initiative's criteria."""
    statuses = screen.release.criteria.groupby("initiative_id")["status"].agg(set).to_dict()
    return [statuses.get(initiative, {NO_CRITERION}) for initiative in rows["initiative_id"]]
