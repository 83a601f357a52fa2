"""Readings, decisions and actions on the screen: as they stand, and the forms they are written in."""

from collections.abc import Mapping
from typing import Any

import pandas as pd
import streamlit as st

from components.forms.changes import history_button
from components.forms.entry import change, entry_form
from components.forms.fields import Field
from components.meetings.figures import link_to_figure
from components.meetings.records import fresh_id, may_write, row_badge, today
from components.page import example_badge
from components.text import plain, say
from data import danish
from data.contracts.validation import CONTRACTS
from data.records import Row, records
from data.sentences.meetings import ACTION_WORDS, due_sentence, short
from data.views.minutes import ACTION, DECISION, DONE, READING

_LOOKS = {"overdue": ("error", "orange"), "open": ("schedule", "gray"), "done": ("check_circle", "green")}
TITLES = {READING: "Fælles tolkning", DECISION: "Beslutning", ACTION: "Opgave"}
_NEW = {READING: "Ny fælles tolkning", DECISION: "Ny beslutning", ACTION: "Ny opgave"}
_ASKED = {
    READING: (Field("text", "Sådan tolker vi tallet"),),
    DECISION: (Field("text", "Det beslutter vi"),),
    ACTION: (Field("text", "Det gør vi", lines=2), Field("owner", "Ansvarlig rolle"), Field("due", "Frist")),
}


def action_badge(state: str) -> str:
    """An action's state as a badge in Markdown."""
    icon, colour = _LOOKS[state]
    return f":{colour}-badge[:material/{icon}: {ACTION_WORDS[state]}]"


def action_line(row: Row, rows: pd.DataFrame, titles: Mapping[str, str]) -> None:
    """One action of the list: what, who, when, from which meeting; and the button that says it is done."""
    name = row["decision_id"]
    with st.container(key=f"line_action_{name}", horizontal=True, vertical_alignment="center"):
        with st.container(gap=None, key=f"action_words_{name}"):
            st.markdown(f"{action_badge(row['state'])} **{plain(row['text'])}** {row_badge(row, rows)}")
            say(agreed_words(row, titles))
            if row["figure"]:
                st.caption(plain(f"Om tallet: {row['figure']}"))
        with st.container(key=f"action_buttons_{name}", horizontal=True, width="content", vertical_alignment="center"):
            if may_write("decisions"):
                _done_button(row)
            if row["figure"]:
                link_to_figure(row)
            _edit(row, f"edit_action_{name}")
            history_button("decisions", row, name=f"action_{name}")


def agreed_words(row: Row, titles: Mapping[str, str]) -> str:
    """Who does an action by when, and where that was agreed; `titles` as from `by_meeting`."""
    return f"{due_sentence(row)} Aftalt: {titles.get(row['meeting_id'], 'et møde')}."


def _done_button(row: Row) -> None:
    done = row["state"] == DONE
    st.button(
        "Ikke udført alligevel" if done else "Marker som udført",
        key=f"done_{row['decision_id']}",
        icon=":material/undo:" if done else ":material/check:",
        on_click=change,
        args=("decisions", row, {"done": None if done else today()}, "Åbnet igen" if done else "Markeret som udført"),
    )


def note(row: Row) -> None:
    """A reading, decision or action as it stands at its meeting."""
    about = f" {plain(due_sentence(row))}" if row["kind"] == ACTION else ""
    with st.container(key=f"line_note_{row['decision_id']}", gap=None):
        st.markdown(f"**{TITLES[row['kind']]}:** {plain(row['text'])}{about} {example_badge(pd.DataFrame([row]))}")
        with st.container(horizontal=True):
            _edit(row, f"edit_{row['decision_id']}")
            history_button("decisions", row, name=row["decision_id"])


def _edit(row: Row, name: str) -> None:
    if not may_write("decisions"):
        return
    fold = st.popover("Ret", icon=":material/edit:", key=f"open_{name}", on_change="rerun", type="tertiary")
    if fold.open:
        with fold:
            edit_form(row, name, closes=f"open_{name}")


def edit_form(row: Row, name: str, closes: str = "") -> None:
    """The form in which a row that stands is changed; `closes` as in `entry_form`."""
    kept = {column.name: row[column.name] for column in CONTRACTS["decisions"].columns}
    entry_form(name, "decisions", _ASKED[row["kind"]], row, based_on=row["load_id"],
               complete=lambda typed: kept | typed, done="Rettet", closes=closes)  # fmt: skip


def new_note(meeting: Row, figure: Row | None, due: Any) -> None:
    """The forms for a decision or an action, beside a figure or of the meeting as a whole."""
    if not may_write("decisions"):
        return
    name = figure["decision_id"] if figure else meeting["meeting_id"]
    kinds = [DECISION, ACTION] if figure else [READING, DECISION, ACTION]
    chosen = st.pills("Tilføj", kinds, format_func=_NEW.__getitem__, key=f"add_{name}", label_visibility="collapsed")
    if chosen is None:
        return
    about = {column: figure[column] for column in ("view", "figure", "release_id")} if figure else {}
    start = {"text": "", "owner": "", "due": due}

    def complete(typed: Row) -> Row:
        return {
            "decision_id": fresh_id("decisions", f"{meeting['meeting_id']} {chosen}"),
            "meeting_id": meeting["meeting_id"],
            "kind": chosen,
            **about,
            **typed,
        }

    entry_form(f"{chosen}_{name}", "decisions", _ASKED[chosen], start, complete=complete,
               done=f"{TITLES[chosen]} gemt")  # fmt: skip


def notes(rows: pd.DataFrame) -> None:
    """Decisions and actions in the order they were written."""
    for row in records(rows):
        note(row)


def by_meeting(meetings: pd.DataFrame) -> dict[str, str]:
    """Each meeting's title and date, by its id, as a sentence names it."""
    return {row["meeting_id"]: f"{short(row['title'])} {danish.date(row['date'])}" for row in records(meetings)}
