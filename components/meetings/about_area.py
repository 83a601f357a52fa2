"""What meetings have agreed about one area, as its sheet tells it."""

import streamlit as st

from components.meetings.decisions import TITLES, action_badge
from components.meetings.records import our_minutes, today
from components.navigation import link_to
from components.page import EXAMPLE_BADGE
from components.session import Screen, audience
from components.text import plain
from data.records import Row
from data.sentences.areas import NOTHING_DECIDED, earlier_decisions
from data.sentences.meetings import due_sentence, meeting_title
from data.views.minutes import ACTION, Minutes
from data.views.provenance import EXAMPLE

LATEST = 4


def decided(screen: Screen, area_id: str) -> None:
    """The latest readings, decisions and actions about an area; nothing for an audience that has no meetings."""
    if not audience().sees_local:
        return
    st.header("Det har møderne besluttet", anchor=False)
    rows = _minutes(screen).about(area_id, screen.release.names, today())
    if not rows:
        st.markdown(NOTHING_DECIDED)
        return
    latest = rows[:LATEST]
    st.markdown("\n\n".join(map(_line, latest)))
    badge = EXAMPLE_BADGE if any(row["provenance"] == EXAMPLE for row in latest) else ""
    st.caption(f"{earlier_decisions(len(rows) - LATEST)} {badge}".strip())
    newest = latest[0]
    link_to(
        "meeting.py",
        f"Se {meeting_title(newest)}",
        screen.view,
        part="moedet",
        meeting=newest["meeting_id"],
        release=None,
    )


def _minutes(screen: Screen) -> Minutes:
    """What stands now; an earlier release tells its own, for it is shown as it was."""
    if screen.view.release is None:
        return our_minutes()
    tables = screen.release.tables
    return screen.release.get_or_make(
        "minutes", lambda: Minutes(tables["meetings"], tables["decisions"], tables["proposals"])
    )


def _line(row: Row) -> str:
    sentence = f"**{plain(meeting_title(row))}. {TITLES[row['kind']]}:** {plain(row['text'])}"
    if row["kind"] != ACTION:
        return sentence
    return f"{sentence} {plain(due_sentence(row))} {action_badge(row['state'])}"
