"""An initiative on the screen: what it promises, and folded away what it is, what was done and what came of it."""

from collections.abc import Sequence
from typing import Any

import pandas as pd
import streamlit as st

from components.activity_log import activity_log, log_label
from components.criterion_row import criterion_row, open_button, waiting_criterion
from components.navigation import link_to
from components.page import example_badge
from components.session import Screen, audience
from components.text import plain, say
from data import danish
from data.cooperation_sentences import EVIDENCE_WORDS
from data.release import records, rows_of
from data.sentences import INTERVALS, no_criterion

Row = dict[str, Any]


def initiative_card(screen: Screen, initiative: Row, waiting: Sequence[Row]) -> None:
    """One initiative, whole; `waiting` are the criteria, its own among them, that the next release will judge."""
    key = initiative["initiative_id"]
    criteria = rows_of(screen.release, "criteria", "initiative_id", key)
    with st.container(border=True, key=f"initiative_{key}"):
        st.subheader(plain(initiative["title"]), anchor=False)
        st.markdown(f"{_facts(screen, initiative)} {example_badge(pd.DataFrame([initiative]))}")
        for row in records(criteria):
            criterion_row(screen, row)
        if criteria.empty:
            st.markdown(f":gray[{no_criterion(sees_all=screen.partnership.sees_all(audience()))}]")
        for row in waiting:
            if row["initiative_id"] == key:
                waiting_criterion(screen, row)
        with st.container(horizontal=True, key=f"more_{key}"):
            _about(screen, initiative)
            _log(screen, initiative)
            _effects(screen, key)
            open_button("Nyt kriterium", "add", "", key)


def _facts(screen: Screen, initiative: Row) -> str:
    areas = danish.join(screen.release.name_of(area) for area in initiative["area_ids"].split(";"))
    end: str = "fortsætter" if pd.isna(initiative["end"]) else danish.date(initiative["end"])
    principles = {principle.id: principle.title.lower() for principle in screen.partnership.principles}
    named = danish.join(principles[each] for each in initiative["principles"].split(";") if each)
    return f"**{plain(areas)}** · {danish.date(initiative['start'])} – {end} · {named}"


def _about(screen: Screen, initiative: Row) -> None:
    lines = {
        "Formål": initiative["purpose"],
        "Målgruppe": initiative["target_group"],
        "Metode": initiative["method"],
        "Arbejdsgruppe": initiative["working_group"],
        "Leder": initiative["lead"],
        "Årsværk": danish.decimal(initiative["person_years"]) if pd.notna(initiative["person_years"]) else "",
        "Midler": f"{danish.number(initiative['funds_dkk'])} kr." if pd.notna(initiative["funds_dkk"]) else "",
    }
    with _fold("Om indsatsen", "info", f"about_{initiative['initiative_id']}") as fold:
        if not fold.open:
            return
        st.markdown("  \n".join(f"**{label}:** {plain(text)}" for label, text in lines.items() if text))
        for area in initiative["area_ids"].split(";"):
            link_to("area.py", screen.release.name_of(area), screen.view, icon="location_on", areas=(area,))


def _log(screen: Screen, initiative: Row) -> None:
    key = initiative["initiative_id"]
    with _fold(log_label(screen, key), "checklist", f"log_{key}") as fold:
        if fold.open:
            activity_log(screen, initiative)


def _effects(screen: Screen, initiative_id: str) -> None:
    """What can be said of the time before and after, with how much the statement is worth."""
    rows = rows_of(screen.release, "effects", "initiative_id", initiative_id)
    rows = rows[rows["main"]]
    if rows.empty:
        return
    with _fold("Før og efter", "compare_arrows", f"effects_{initiative_id}") as fold:
        if not fold.open:
            return
        for row in records(rows):
            worth = EVIDENCE_WORDS[row["evidence_level"]]
            st.markdown(f":gray-badge[Evidens {row['evidence_level']} af 3: {worth.lower()}] {plain(row['sentence'])}")


def _fold(label: str, icon: str, key: str) -> Any:
    """A button with more behind it, which is drawn only once it is asked for."""
    return st.popover(label, icon=f":material/{icon}:", key=key, on_change="rerun", type="tertiary")


def chosen_initiatives(screen: Screen, focus_area: int | None, areas: Sequence[str]) -> pd.DataFrame:
    """The initiatives of a focus area (None: all) that touch one of the areas (none given: all)."""
    rows = screen.release.initiatives
    if focus_area is not None:
        rows = rows[rows["focus_area"] == focus_area]
    if areas:
        parents = screen.release.areas.set_index("area_id")["parent_id"]
        wanted = set(areas)
        touches = [
            any(area in wanted or parents.get(area) in wanted for area in listed.split(";"))
            for listed in rows["area_ids"]
        ]
        rows = rows[touches]
    return rows


def purposes(screen: Screen) -> None:
    """How the criteria that serve each of the agreement's purposes stand; counted, never made into one index."""
    for sentence in screen.release.tables["purposes"]["sentence"].unique():
        say(sentence)
    if len(screen.release.criteria):
        st.caption(INTERVALS)
    if audience().sees_local:
        link_to("meeting.py", "Alle kriterier på én side", screen.view, part="evaluering")
