"""An initiative on the screen: what it promises first; what it is, what was done and what came of it when asked."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
import streamlit as st

from components.initiatives.activity_log import activity_log, log_label
from components.initiatives.criterion_row import (
    CriterionText,
    criterion_row,
    criterion_text,
    open_button,
    waiting_criterion,
)
from components.navigation import link_to
from components.page import example_badge
from components.session import Screen, audience
from components.text import plain
from data import danish
from data.partnership import Partnership
from data.records import Row, records
from data.release import Release, rows_of
from data.sentences import no_criterion
from data.sentences.cooperation import EVIDENCE_WORDS
from data.views.memo import memoized_by_view
from data.views.view import ViewContext

ABOUT, LOG, EFFECTS = "about", "log", "effects"


@dataclass(frozen=True)
class Card:
    """An initiative ready to draw: its row, title and facts in Markdown, its criteria, and what can be asked for."""

    row: Row
    title: str
    facts: str
    criteria: tuple[CriterionText, ...]
    effects: tuple[str, ...]
    log_label: str

    @property
    def id(self) -> str:
        """The initiative's id."""
        return str(self.row["initiative_id"])


@memoized_by_view()
def cards(context: ViewContext) -> tuple[Card, ...]:
    """Every initiative of a release, ready to draw; within a focus area those with criteria stand first."""
    rows = records(context.release.initiatives)
    made = [_card(context.release, context.partnership, row) for row in rows]
    return tuple(sorted(made, key=lambda card: not card.criteria))


def _card(release: Release, partnership: Partnership, row: Row) -> Card:
    key = row["initiative_id"]
    criteria = tuple(criterion_text(each) for each in records(rows_of(release, "criteria", "initiative_id", key)))
    effects = rows_of(release, "effects", "initiative_id", key)
    return Card(
        row,
        plain(row["title"]),
        f"{_facts(release, partnership, row)} {example_badge(pd.DataFrame([row]))}",
        criteria,
        tuple(_effect(each) for each in records(effects[effects["main"]])),
        log_label(release, key),
    )


def _facts(release: Release, partnership: Partnership, initiative: Row) -> str:
    areas = danish.join(release.name_of(area) for area in initiative["area_ids"].split(";"))
    end: str = "fortsætter" if pd.isna(initiative["end"]) else danish.date(initiative["end"])
    principles = {principle.id: principle.title.lower() for principle in partnership.principles}
    named = danish.join(principles[each] for each in initiative["principles"].split(";") if each)
    return f"{plain(areas)} · {danish.date(initiative['start'])} – {end} · {named}"


def _effect(row: Row) -> str:
    """What can be said of the time before and after, with how much the statement is worth."""
    worth = EVIDENCE_WORDS[row["evidence_level"]].lower()
    return f":gray-badge[Evidens {row['evidence_level']} af 3: {worth}] {plain(row['sentence'])}"


def initiative_card(screen: Screen, card: Card, waiting: Sequence[Row], marked: str = "") -> None:
    """One initiative, whole; `waiting` are the criteria, its own among them, that the next release will judge.

    `marked` is the criterion (its id) that a link has led to.
    """
    with st.container(key=f"initiative_{card.id}", gap="small"):
        none = "" if card.criteria else no_criterion(sees_all=screen.partnership.sees_all(audience()))
        st.markdown(f"{card.facts} :gray[{none}]" if none else card.facts)
        for each in card.criteria:
            if each.row["criterion_id"] == marked:
                with st.container(key=f"marked_criterion_{marked}"):
                    criterion_row(screen, each)
            else:
                criterion_row(screen, each)
        for row in waiting:
            if row["initiative_id"] == card.id:
                waiting_criterion(screen, row)
        with st.container(horizontal=True, vertical_alignment="center", key=f"more_{card.id}"):
            part = _asked_for(card)
            open_button("Nyt kriterium", "add", "", card.id)
        if part is not None:
            with st.container(key=f"asked_{card.id}", gap="small"):
                _PARTS[part](screen, card)


def _asked_for(card: Card) -> str | None:
    """What the reader wants to know more of: one part at a time, put away by a second click."""
    labels = {ABOUT: "Om indsatsen", LOG: card.log_label}
    if card.effects:
        labels[EFFECTS] = "Før og efter"
    return st.pills(
        f"Mere om {card.title}",
        list(labels),
        format_func=labels.__getitem__,
        key=f"part_{card.id}",
        label_visibility="collapsed",
    )


def _about(screen: Screen, card: Card) -> None:
    initiative = card.row
    lines = {
        "Formål": initiative["purpose"],
        "Målgruppe": initiative["target_group"],
        "Metode": initiative["method"],
        "Arbejdsgruppe": initiative["working_group"],
        "Leder": initiative["lead"],
        "Årsværk": danish.decimal(initiative["person_years"]) if pd.notna(initiative["person_years"]) else "",
        "Midler": f"{danish.number(initiative['funds_dkk'])} kr." if pd.notna(initiative["funds_dkk"]) else "",
    }
    st.markdown("  \n".join(f"**{label}:** {plain(text)}" for label, text in lines.items() if text))
    with st.container(horizontal=True, key=f"areas_{card.id}"):
        for area in initiative["area_ids"].split(";"):
            link_to("area.py", screen.release.name_of(area), screen.view, icon="location_on", areas=(area,))


def _log(screen: Screen, card: Card) -> None:
    activity_log(screen, card.row)


def _effects(_screen: Screen, card: Card) -> None:
    st.markdown("\n\n".join(card.effects))


_PARTS: dict[str, Callable[[Screen, Card], None]] = {ABOUT: _about, LOG: _log, EFFECTS: _effects}


def cards_in(screen: Screen, areas: Sequence[str]) -> tuple[Card, ...]:
    """The initiatives that touch one of the areas (none given: all), ready to draw."""
    wanted = set(chosen_initiatives(screen, None, areas)["initiative_id"]) if areas else None
    return tuple(card for card in cards(screen) if wanted is None or card.id in wanted)


def chosen_initiatives(context: ViewContext, focus_area: int | None, areas: Sequence[str]) -> pd.DataFrame:
    """The initiatives of a focus area (None: all) that touch one of the areas (none given: all)."""
    return _chosen(context, focus_area, tuple(areas))


@memoized_by_view()
def _chosen(context: ViewContext, focus_area: int | None, areas: tuple[str, ...]) -> pd.DataFrame:
    rows = context.release.initiatives
    if focus_area is not None:
        rows = rows[rows["focus_area"] == focus_area]
    if areas:
        parents = context.release.areas.set_index("area_id")["parent_id"]
        wanted = set(areas)
        touches = [
            any(area in wanted or parents.get(area) in wanted for area in listed.split(";"))
            for listed in rows["area_ids"]
        ]
        rows = rows[np.array(touches, dtype=bool)]
    return rows
