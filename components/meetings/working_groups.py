"""The working groups: what each runs, how its criteria stand, and its tasks, which are ticked where they stand."""

from functools import partial

import streamlit as st

from components.meetings.decisions import action_line, by_meeting
from components.meetings.records import our_minutes, today
from components.navigation import link_to
from components.page import example_badge
from components.session import Screen
from components.status import status_badge
from components.text import plain
from components.view_choices import select
from data import danish
from data.records import records
from data.sentences.meetings import groups_title
from data.views.minutes import DONE, actions

NOTHING = ":gray[Ingen opgaver til gruppen.]"


def group_names(screen: Screen) -> list[str]:
    """Every working group of the initiatives in the release, in Danish order."""
    return danish.in_order({group for group in screen.release.initiatives["working_group"] if group})


def title(screen: Screen) -> str:
    """How many groups there are, and how many of their tasks wait."""
    names = group_names(screen)
    waiting = sum(
        row["state"] != DONE and _whose(str(row["owner"]), names) != "" for row in our_minutes().actions(today())
    )
    return groups_title(len(names), waiting)


def working_groups(screen: Screen) -> None:
    """The group in the address, or every one of them."""
    names = group_names(screen)
    if not names:
        st.markdown(":gray[Ingen indsats har en arbejdsgruppe endnu.]")
        return
    select("group", "Arbejdsgruppe", screen.view.group, ["", *names], lambda name: name or "Alle")
    now = our_minutes()
    rows, titles = actions(now.decisions, today()), by_meeting(now.meetings)
    owners = rows["owner"].map(partial(_whose, names=names)) if len(rows) else rows["owner"]
    for name in [screen.view.group] if screen.view.group in names else names:
        st.header(name, anchor=False, divider="gray")
        _criteria(screen, name)
        st.subheader("Opgaver", anchor=False)
        own = rows[owners == name]
        waiting, done = own[own["state"] != DONE], own[own["state"] == DONE]
        for row in records(waiting):
            action_line(row, rows, titles)
        if waiting.empty:
            st.markdown(NOTHING)
        if len(done):
            st.caption(f"{danish.plural(len(done), 'opgave', 'opgaver')} er udført.")


def _criteria(screen: Screen, name: str) -> None:
    initiatives = screen.release.initiatives
    own = initiatives[initiatives["working_group"] == name]
    criteria = screen.release.criteria
    rows = criteria[criteria["initiative_id"].isin(own["initiative_id"])]
    st.markdown(f"**Indsatser:** {plain(danish.join(own['title']))} {example_badge(own)}")
    lines = [f"- {status_badge(row['status'])} {plain(row['subject'])}. {plain(row['sentence'])}"
             for row in records(rows)]  # fmt: skip
    st.markdown("\n".join(lines) if lines else ":gray[Ingen kriterier endnu.]")
    link_to("initiatives.py", "Se indsatserne", screen.view, areas=(), tab="status", group=name)


def _whose(owner: str, names: list[str]) -> str:
    """The group a task belongs to: the one its owner begins with; "" where it is nobody's here."""
    return next((name for name in names if owner.casefold().startswith(name.casefold())), "")
