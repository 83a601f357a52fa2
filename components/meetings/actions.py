"""The list of actions: over their date, open, and done."""

import pandas as pd
import streamlit as st

from components.initiatives.promised import late_promises
from components.meetings.decisions import action_line, by_meeting
from components.meetings.moderation import queue
from components.meetings.records import area_names, list_badge, our_minutes, today
from components.navigation import link_to
from components.page import example_badge
from components.session import Screen
from components.text import plain
from data import danish
from data.records import records
from data.sentences.insecure_places import LATE, overdue_place
from data.sentences.meetings import actions_title
from data.views.minutes import DONE, actions


def title() -> str:
    """How many actions wait, and how many are late."""
    return actions_title([row["state"] for row in our_minutes().actions(today())])


def action_list(screen: Screen) -> None:
    """Every action that waits, the latest due first, what was promised about places, and what is done folded away."""
    queue(screen)
    now = our_minutes()
    rows, titles = actions(now.decisions, today()), by_meeting(now.meetings)
    done = rows["state"] == DONE
    for row in records(rows[~done]):
        action_line(row, rows, titles)
    _promises(screen)
    if done.any():
        count = danish.number(int(done.sum()))
        with st.expander(f"Udført ({count})", icon=":material/check_circle:", key="done_actions"):
            for row in records(rows[done]):
                action_line(row, rows, titles)
    if list_badge(rows):
        st.caption(f"Opgaver: {list_badge(rows)}")


def _promises(screen: Screen) -> None:
    """The promises about insecure places that are past their day, by who has given them."""
    late = late_promises(screen)
    if not late:
        return
    names = area_names(screen)
    st.subheader("Løfter om utrygge steder, over fristen", anchor=False)
    for owner in danish.in_order({row["owner"] for row in late}):
        lines = [
            overdue_place(row, names.get(row["area_id"]) or "", owner=False) for row in late if row["owner"] == owner
        ]
        st.markdown("\n".join([f"**{plain(owner)}**\n", *(f"- {plain(line)}" for line in lines)]))
    link_to("initiatives.py", "Følg op på Vandringer", screen.view, areas=(), tab="vandringer", place_state=LATE)
    st.caption(example_badge(pd.DataFrame(late)))
