"""The list of actions: over their date, open, and done."""

import streamlit as st

from components.meetings.decisions import action_line, by_meeting
from components.meetings.records import list_badge, our_minutes, today
from data import danish
from data.records import records
from data.sentences.meetings import actions_title
from data.views.minutes import DONE, actions


def title() -> str:
    """How many actions wait, and how many are late."""
    return actions_title([row["state"] for row in our_minutes().actions(today())])


def action_list() -> None:
    """Every action that waits, the latest due first, and those done folded away."""
    now = our_minutes()
    rows, titles = actions(now.decisions, today()), by_meeting(now.meetings)
    done = rows["state"] == DONE
    for row in records(rows[~done]):
        action_line(row, rows, titles)
    if done.any():
        count = danish.number(int(done.sum()))
        with st.expander(f"Udført ({count})", icon=":material/check_circle:", key="done_actions"):
            for row in records(rows[done]):
                action_line(row, rows, titles)
    if list_badge(rows):
        st.caption(f"Opgaver: {list_badge(rows)}")
