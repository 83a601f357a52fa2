"""What the local councils propose as new focus areas, and what the partnership has answered."""

import pandas as pd
import streamlit as st

from components.forms.changes import history_button
from components.forms.entry import entry_form
from components.forms.fields import Field
from components.meetings.records import (
    area_names,
    fresh_id,
    list_badge,
    may_write,
    member_names,
    our_minutes,
    row_badge,
    today,
)
from components.session import Screen, audience
from components.text import plain, say
from data import danish
from data.contracts.validation import CONTRACTS
from data.records import Row, records
from data.sentences.meetings import PROPOSAL_WORDS, proposals_title

NO_ANSWER = "Intet svar endnu."
_LOOKS = {
    "ny": ("fiber_new", "blue"),
    "drøftet": ("forum", "gray"),
    "vedtaget": ("check_circle", "green"),
    "afvist": ("cancel", "orange"),
}


def title() -> str:
    """How many proposals wait."""
    return proposals_title(list(our_minutes().proposals["status"]))


def proposal_list(screen: Screen) -> None:
    """Every proposal, those without an answer first."""
    rows = our_minutes().proposals
    for row in in_order():
        _proposal(screen, row, rows)
    if list_badge(rows):
        st.caption(f"Forslag: {list_badge(rows)}")


def in_order() -> list[Row]:
    """Every proposal, those without an answer first."""
    rows = our_minutes().proposals
    waiting = rows["status"].isin(["ny", "drøftet"])
    return [*records(rows[waiting]), *records(rows[~waiting])]


def sender(screen: Screen, row: Row) -> str:
    """Who has proposed it: a local council, or the residents of an area."""
    where = member_names(screen).get(row["from_area"], row["from_area"])
    residents = area_names(screen).get(row["area_id"], "") if row["area_id"] else ""
    return f"Beboere i {residents}" if residents else _from(screen, str(where))


def _proposal(screen: Screen, row: Row, rows: pd.DataFrame) -> None:
    icon, colour = _LOOKS[row["status"]]
    badge = f":{colour}-badge[:material/{icon}: {PROPOSAL_WORDS[row['status']]}]"
    with st.container(border=True, key=f"proposal_{row['proposal_id']}", gap="small"):
        st.subheader(plain(row["title"]), anchor=False)
        st.markdown(f"{badge} {plain(sender(screen, row))}, {danish.date(row['date'])} {row_badge(row, rows)}")
        say(row["text"])
        st.markdown(f"**Svar:** {plain(row['answer'])}" if row["answer"] else f":gray[{NO_ANSWER}]")
        with st.container(horizontal=True):
            _answer(row)
            history_button("proposals", row, name=row["proposal_id"])


def _from(screen: Screen, where: str) -> str:
    """Who proposes, in the partnership's own word: "Lokalråd i Herlev", with "" the heading of the choice."""
    forum = screen.partnership.local_forum
    return f"{danish.opening(forum.title) if forum else 'Forslag fra'} {'i ' if forum else ''}{where}".strip()


def _answer(row: Row) -> None:
    if not audience().edits:
        return
    fold = st.popover("Svar", icon=":material/reply:", key=f"open_{row['proposal_id']}", on_change="rerun",
                      type="tertiary")  # fmt: skip
    if not fold.open:
        return
    kept = {column.name: row[column.name] for column in CONTRACTS["proposals"].columns}
    with fold:
        entry_form(f"answer_{row['proposal_id']}", "proposals", (Field("status"), Field("answer")), row,
                   based_on=row["load_id"], complete=lambda typed: kept | typed, done="Svaret er gemt",
                   closes=f"open_{row['proposal_id']}")  # fmt: skip


def new_proposal(screen: Screen) -> None:
    """The form in which a local council proposes a new focus area."""
    if not may_write("proposals"):
        return
    own = {area: name for area, name in member_names(screen).items() if area in audience().sees}
    fields = (Field("from_area", _from(screen, ""), own), Field("title"), Field("text", "Hvad, hvor og hvorfor"))
    start = {"from_area": next(iter(own)), "title": "", "text": ""}

    def complete(typed: Row) -> Row:
        proposal = fresh_id("proposals", f"{today():%Y-%m} {typed['title']}")
        return {"proposal_id": proposal, "date": today(), "status": "ny", "answer": "", **typed}

    with st.expander("Nyt forslag", icon=":material/add:", key="open_new_proposal"):
        entry_form("new_proposal", "proposals", fields, start, complete=complete, label="Send forslaget",
                   done="Forslaget er sendt")  # fmt: skip
