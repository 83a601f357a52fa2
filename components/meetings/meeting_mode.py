"""The meeting on the projector: the figures of the agenda one at a time, over the whole screen."""

from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

import streamlit as st

from components.meetings.decisions import TITLES
from components.meetings.records import our_minutes
from components.overview.decisions import mount as mount_cards
from components.session import Screen
from data.records import Row, records
from data.sentences.meetings import meeting_title
from data.views.decisions import DecisionCase, decision_cases
from data.views.minutes import READING
from drawings.goal_html import decision_html
from drawings.meeting_html import MeetingSlide, slides_html, slides_style

SCRIPT = Path(__file__).with_suffix(".js")


def meeting_mode(screen: Screen, meeting: Row) -> None:
    """The button that shows the meeting's figures on the projector; nothing before there are any."""
    chosen = our_minutes().figures(meeting["meeting_id"])
    if not chosen:
        return
    slides = [
        MeetingSlide(figure["figure"], case_of(screen, figure), _agreed(figure, records(beside)))
        for figure, beside in chosen
    ]
    _mount()(key="meeting_mode", data={"html": slides_html(meeting_title(meeting), slides)}, width="content")


def decision_picture(screen: Screen, figure: Row) -> None:
    """The card of a figure of the agenda that calls for a decision, with its picture; nothing for others."""
    case = case_of(screen, figure)
    if case is not None:
        html = decision_html(case, href=lambda _case: "#")
        mount_cards()(key=f"card_{figure['decision_id']}", data={"html": html})


def case_of(screen: Screen, figure: Mapping[str, Any]) -> DecisionCase | None:
    """The case of the criterion that a figure is about, as the figure was: a later one is another figure."""
    wanted = parse_qs(str(figure["view"]).rpartition("?")[2]).get("kriterium", [""])[0]
    cases = (case for case in decision_cases(screen) if case.criterion_id == wanted)
    return next((case for case in cases if case.sentence == figure["figure"]), None)


def _agreed(figure: Row, beside: list[Row]) -> tuple[tuple[str, str], ...]:
    reading = [(TITLES[READING], figure["text"])] if figure["text"] else []
    return (*reading, *((TITLES[row["kind"]], row["text"]) for row in beside))


@cache
def _mount() -> Callable[..., Any]:
    """Register the component and return its mounting function."""
    return st.components.v2.component("tryghedsoverblik_moede", js=SCRIPT.read_text("utf-8"), css=slides_style())
