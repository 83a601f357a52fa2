"""The parts of the meeting page and the rules of what its address may say."""

from dataclasses import replace

import streamlit as st

from components.meetings.records import area_names, our_minutes, today
from components.session import Screen, choose
from data import danish
from data.meeting_sentences import forum_name
from data.minutes import meeting_to_show
from data.partnership import Partnership
from data.release import Release, records
from data.view import View

PARTS = {
    "moedet": "Mødet",
    "handlinger": "Handlinger",
    "kalender": "Kalender",
    "forslag": "Forslag",
    "evaluering": "Evaluering",
}


def nearest_part(view: View, _release: Release, _partnership: Partnership) -> tuple[View, tuple[str, ...]]:
    """The nearest part and meeting there are, and a plain Danish notice for each that had to give way."""
    notices = []
    part = view.part if view.part in PARTS else "moedet"
    if view.part not in ("", *PARTS):
        notices.append(f"Afsnittet »{view.part}« findes ikke. Viser »Mødet« i stedet.")
    meeting = meeting_to_show(our_minutes().meetings, view.meeting, today())
    found = meeting["meeting_id"] if meeting else ""
    if view.meeting and found != view.meeting:
        notices.append(f"Mødet »{view.meeting}« findes ikke eller kan ikke vises for dig.")
    return replace(view, part=part, meeting=found), tuple(notices)


def choose_part(screen: Screen) -> None:
    """The way from one part to another and, where a meeting is shown, from one meeting to another."""
    key = "choice_part"
    st.session_state[key] = screen.view.part
    with st.container(key="filter_bar_parts", horizontal=True, vertical_alignment="bottom"):
        st.segmented_control(
            "Afsnit",
            list(PARTS),
            format_func=PARTS.__getitem__,
            key=key,
            required=True,
            label_visibility="collapsed",
            on_change=lambda: choose(part=st.session_state[key]),
        )
        if screen.view.part == "moedet" and screen.view.meeting:
            _choose_meeting(screen)


def _choose_meeting(screen: Screen) -> None:
    names, key = area_names(screen), "choice_meeting"
    titles = {
        row["meeting_id"]: f"{danish.date(row['date'])}: {forum_name(row, names)}"
        for row in records(our_minutes().meetings[::-1])
    }
    st.session_state[key] = screen.view.meeting
    st.selectbox(
        "Møde",
        list(titles),
        format_func=titles.__getitem__,
        key=key,
        label_visibility="collapsed",
        on_change=lambda: choose(meeting=st.session_state[key]),
    )
