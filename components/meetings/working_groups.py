"""The working groups: what each runs, how its criteria stand, and its tasks, which are ticked where they stand."""

from dataclasses import dataclass
from functools import partial

import pandas as pd
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
from data.records import Row, records
from data.release import records_of
from data.sentences.meetings import groups_title
from data.views.minutes import DONE, actions

NOTHING, NO_CRITERIA = "Ingen opgaver til gruppen.", "Ingen kriterier endnu."
MOST_CRITERIA = 20
"""So many criteria of a group stand on its page; the rest are on Indsatser."""


@dataclass(frozen=True)
class Group:
    """One working group: its initiatives, their criteria, the tasks that wait, and how many are done."""

    name: str
    initiatives: pd.DataFrame
    criteria: list[Row]
    waiting: list[Row]
    done: int


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


def groups(screen: Screen) -> list[Group]:
    """The group in the address, or every one of them."""
    names, now = group_names(screen), our_minutes()
    rows, initiatives = actions(now.decisions, today()), screen.release.initiatives
    criteria = records_of(screen.release, "criteria")
    owners = rows["owner"].map(partial(_whose, names=names)) if len(rows) else rows["owner"]
    made = []
    for name in [screen.view.group] if screen.view.group in names else names:
        own, tasks = initiatives[initiatives["working_group"] == name], rows[owners == name]
        ids = set(own["initiative_id"])
        of_own = [row for row in criteria if row["initiative_id"] in ids]
        waits = tasks["state"] != DONE
        made.append(Group(name, own, of_own, records(tasks[waits]), int((~waits).sum())))
    return made


def working_groups(screen: Screen) -> None:
    """The group in the address, or every one of them."""
    names = group_names(screen)
    if not names:
        st.markdown(":gray[Ingen indsats har en arbejdsgruppe endnu.]")
        return
    select("group", "Arbejdsgruppe", screen.view.group, ["", *names], lambda name: name or "Alle")
    now = our_minutes()
    rows, titles = actions(now.decisions, today()), by_meeting(now.meetings)
    for group in groups(screen):
        st.header(group.name, anchor=False, divider="gray")
        _criteria(screen, group)
        st.subheader("Opgaver", anchor=False)
        for row in group.waiting:
            action_line(row, rows, titles)
        if not group.waiting:
            st.markdown(f":gray[{NOTHING}]")
        if group.done:
            st.caption(done_words(group))


def done_words(group: Group) -> str:
    """How many tasks of a group are done."""
    return f"{danish.plural(group.done, 'opgave', 'opgaver')} er udført."


def _criteria(screen: Screen, group: Group) -> None:
    own = group.initiatives
    st.markdown(f"**Indsatser:** {plain(danish.join(own['title']))} {example_badge(own)}")
    lines = [f"- {status_badge(row['status'])} {plain(row['subject'])}. {plain(row['sentence'])}"
             for row in group.criteria[:MOST_CRITERIA]]  # fmt: skip
    more = len(group.criteria) - len(lines)
    lines += [f"- :gray[og {danish.plural(more, 'mål', 'mål')} mere]"] if more else []
    st.markdown("\n".join(lines) if lines else f":gray[{NO_CRITERIA}]")
    link_to("initiatives.py", "Se indsatserne", screen.view, areas=(), tab="status", group=group.name)


def _whose(owner: str, names: list[str]) -> str:
    """The group a task belongs to: the one its owner begins with; "" where it is nobody's here."""
    return next((name for name in names if owner.casefold().startswith(name.casefold())), "")
