"""The parts of the meeting page and the rules of what its address may say."""

from dataclasses import replace

import streamlit as st

from components.meetings.records import area_names, our_minutes, today
from components.session import Screen
from components.view_choices import segments, select
from data import danish
from data.partnership import Partnership
from data.records import records
from data.release import Release
from data.sentences.meetings import forum_name
from data.views.view import View

PROPOSALS = "forslag"
PARTS = {
    "moedet": "Mødet",
    "handlinger": "Opgaver",
    "kalender": "Kalender",
    "grupper": "Arbejdsgrupper",
    PROPOSALS: "Forslag",
    "evaluering": "Evaluering",
}


def parts_of(partnership: Partnership) -> dict[str, str]:
    """The titles of the parts by their place in an address; no proposals where nobody proposes and none is kept."""
    proposed = any(each.proposes or each.suggests for each in partnership.audiences) or len(our_minutes().proposals)
    return {part: title for part, title in PARTS.items() if part != PROPOSALS or proposed}


def nearest_part(view: View, _release: Release, partnership: Partnership) -> tuple[View, tuple[str, ...]]:
    """The nearest part and meeting there are, and a plain Danish notice for each that had to give way."""
    notices = []
    parts = parts_of(partnership)
    part = view.part if view.part in parts else "moedet"
    if view.part not in ("", *parts):
        notices.append(f"Afsnittet »{view.part}« findes ikke. Viser »Mødet« i stedet.")
    meeting = our_minutes().to_show(view.meeting, today())
    meeting_id = meeting["meeting_id"] if meeting else ""
    if view.meeting and meeting_id != view.meeting:
        notices.append(f"Mødet »{view.meeting}« findes ikke eller kan ikke vises for dig.")
    return replace(view, part=part, meeting=meeting_id), tuple(notices)


def choose_part(screen: Screen) -> None:
    """The way from one part to another and, where a meeting is shown, from one meeting to another."""
    with st.container(key="filter_bar_parts", horizontal=True, vertical_alignment="bottom"):
        segments("part", "Afsnit", screen.view.part, parts_of(screen.partnership), label_visibility="collapsed")
        if screen.view.part == "moedet" and screen.view.meeting:
            _choose_meeting(screen)


def _choose_meeting(screen: Screen) -> None:
    names = area_names(screen)
    titles = {
        row["meeting_id"]: f"{danish.date(row['date'])}: {forum_name(row, names)}"
        for row in records(our_minutes().meetings[::-1])
    }
    select("meeting", "Møde", screen.view.meeting, list(titles), titles.__getitem__, label_visibility="collapsed")
