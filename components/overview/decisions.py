"""Cards that call for a decision, each option one click from the agenda of the next meeting."""

from collections.abc import Callable, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import streamlit as st

from components.forms.entry import change, save_rows
from components.meetings.figures import criterion_figure
from components.meetings.records import fresh_id, may_write, our_minutes, today
from components.mounting import with_mount
from components.navigation import PAGES, go_to, link_to
from components.session import Screen, choose
from data import danish
from data.records import Row, records
from data.sentences.decisions import option_of, proposal
from data.sentences.meetings import meeting_title
from data.views.decisions import DecisionCase, decision_cases
from data.views.minutes import DECISION, READING, common_forum
from drawings.board_html import board_style
from drawings.goal_html import decision_html

MOST_CARDS = 24
"""So many cases stand as cards; a partnership with more finds the rest among all criteria."""

SCRIPT = Path(__file__).with_suffix(".js")


def decisions(screen: Screen, cases: Sequence[DecisionCase], *, key: str = "decisions") -> None:
    """The cases as cards; who writes decisions puts an option on the agenda of the next partnership meeting."""
    meeting = next_partnership_meeting()
    writes = may_write("decisions") and meeting is not None and screen.view.release is None
    chosen = _proposed(screen, meeting) if meeting else {}
    html = "".join(
        decision_html(case, href=_address, chosen=chosen.get(case.criterion_id, ""), may_write=writes)
        for case in cases[:MOST_CARDS]
    )
    result = mount()(key=key, data={"html": html, "opens": True}, on_opened_change=_nothing, on_option_change=_nothing)
    if len(cases) > MOST_CARDS:
        st.markdown(f"Viser de første {MOST_CARDS} af {len(cases)}.")
        link_to("initiatives.py", "Se alle kriterier", screen.view, areas=(), tab="status")
    known = {case.criterion_id for case in cases}
    if result.opened in known:
        choose(tab="status", criterion=result.opened)
        go_to("initiatives.py")
    asked = result.option
    if writes and meeting is not None and isinstance(asked, Mapping) and asked.get("criterion") in known:
        _propose(screen, meeting, str(asked["criterion"]), str(asked.get("option", "")))
        st.rerun()


def meeting_note(screen: Screen) -> str:
    """Which meeting an option is put on the agenda of; "" where one cannot."""
    meeting = next_partnership_meeting()
    if meeting is None or not may_write("decisions") or screen.view.release is not None:
        return ""
    return f"Et valg sættes på dagsordenen til {meeting_title(meeting)} som indstilling; mødet beslutter."


def next_partnership_meeting() -> Row | None:
    """The next meeting of the partnership; None where none is planned."""
    return next((row for row in our_minutes().ahead(today()) if row["forum"] == common_forum()), None)


def cases_of(screen: Screen) -> tuple[DecisionCase, ...]:
    """The cases of the view: all, or those of the municipality that the page is narrowed to."""
    cases, wanted = decision_cases(screen), screen.view.municipality
    if not wanted:
        return cases
    areas = screen.release.areas
    inside = {wanted, *areas.loc[areas["parent_id"] == wanted, "area_id"]}
    return tuple(case for case in cases if not inside.isdisjoint(case.area_ids))


def _address(case: DecisionCase) -> str:
    address = next(entry.address for entry in PAGES if entry.file == "initiatives.py")
    return f"{address}?{urlencode({'fane': 'status', 'kriterium': case.criterion_id})}"


def _criterion(screen: Screen, criterion_id: str) -> Row:
    rows = screen.release.criteria
    return records(rows[rows["criterion_id"] == criterion_id])[0]


def _proposed(screen: Screen, meeting: Row) -> dict[str, str]:
    """By criterion the option that stands on the agenda."""
    by_sentence = {case.sentence: case.criterion_id for case in decision_cases(screen)}
    proposed = {}
    for figure, beside in our_minutes().figures(meeting["meeting_id"]):
        for row in records(beside):
            option = option_of(row["text"]) if row["kind"] == DECISION else ""
            if option and figure["figure"] in by_sentence:
                proposed[by_sentence[figure["figure"]]] = option
    return proposed


def _propose(screen: Screen, meeting: Row, criterion_id: str, option_id: str) -> None:
    """Put the criterion on the agenda with the option as a recommendation, or change the one that stands there."""
    criterion = _criterion(screen, criterion_id)
    figure = criterion_figure(screen, criterion)
    try:
        text = proposal(option_id, criterion["subject"])
    except KeyError:
        return
    same = {"view": figure.reference, "figure": figure.sentence, "release_id": figure.release_id}
    done = f"Sat på dagsordenen {danish.date(meeting['date'])}"
    for standing, beside in our_minutes().figures(meeting["meeting_id"]):
        if standing["figure"] != figure.sentence:
            continue
        earlier = next((row for row in records(beside) if option_of(row["text"])), None)
        if earlier is not None:
            change("decisions", earlier, {"text": text}, done)
            return
        same = {column: standing[column] for column in same}
        save_rows("decisions", [_row(meeting, DECISION, text, same)], done)
        return
    reading = _row(meeting, READING, "", same)
    save_rows("decisions", [reading, _row(meeting, DECISION, text, same)], done)


def _row(meeting: Row, kind: str, text: str, about: Row) -> Row:
    new = fresh_id("decisions", f"{meeting['meeting_id']} {kind}")
    return {"decision_id": new, "meeting_id": meeting["meeting_id"], "kind": kind, "text": text, **about}


def _nothing() -> None:
    """Streamlit asks for a function to be told by; the run that follows reads what was chosen."""


@cache
def mount() -> Callable[..., Any]:
    """Register the component and return its mounting function."""
    return st.components.v2.component("tryghedsoverblik_beslutninger", js=with_mount(SCRIPT), css=board_style())
