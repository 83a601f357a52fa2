"""What meetings have agreed about one area, as its sheet tells it."""

from typing import Any

import pandas as pd
import streamlit as st

from components.meetings.decisions import TITLES, action_badge
from components.meetings.records import area_names, our_minutes, today
from components.navigation import link_to
from components.page import example_badge
from components.session import Screen, audience
from components.text import plain
from data.area_sentences import NOTHING_DECIDED, earlier_decisions
from data.meeting_sentences import due_sentence, meeting_title
from data.minutes import ACTION, Minutes, about_area, action_state
from data.release import records

Row = dict[str, Any]

LATEST = 4


def decided(screen: Screen, area_id: str) -> None:
    """The latest readings, decisions and actions about an area; nothing for an audience that has no meetings."""
    if not audience().sees_local:
        return
    st.header("Det har møderne besluttet", anchor=False)
    rows = about_area(_minutes(screen), area_id, area_names(screen))
    if rows.empty:
        st.markdown(NOTHING_DECIDED)
        return
    latest = rows.head(LATEST)
    for row in records(latest):
        st.markdown(_line(row))
    st.caption(f"{earlier_decisions(len(rows) - LATEST)} {example_badge(latest)}".strip())
    newest = records(latest)[0]
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
    return Minutes(tables["meetings"], tables["decisions"], tables["proposals"])


def _line(row: Row) -> str:
    said = f"**{plain(meeting_title(row))}. {TITLES[row['kind']]}:** {plain(row['text'])}"
    if row["kind"] != ACTION:
        return said
    state = action_state(pd.DataFrame([row]), today()).iloc[0]
    return f"{said} {plain(due_sentence(row))} {action_badge(state)}"
