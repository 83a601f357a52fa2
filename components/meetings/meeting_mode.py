"""The meeting on the projector: the figures of the agenda one at a time, over the whole screen."""

from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import streamlit as st

from components.meetings.decisions import TITLES
from components.meetings.figure_cards import card_html, case_of
from components.meetings.records import our_minutes
from components.overview.decisions import mount as mount_cards
from components.session import Screen
from data.records import Row, records
from data.sentences.meetings import meeting_title
from data.views.minutes import READING
from drawings.meeting_html import MeetingSlide, slides_html, slides_style

SCRIPT = Path(__file__).with_suffix(".js")


def meeting_mode(screen: Screen, meeting: Row) -> None:
    """The button that shows the meeting's figures on the projector; nothing before there are any."""
    chosen = our_minutes().figures(meeting["meeting_id"])
    if not chosen:
        return
    slides = [
        MeetingSlide(figure["figure"], *_subject_and_card(screen, figure), _agreed(figure, records(beside)))
        for figure, beside in chosen
    ]
    _mount()(key="meeting_mode", data={"html": slides_html(meeting_title(meeting), slides)}, width="content")


def decision_picture(screen: Screen, figure: Row) -> None:
    """The card of a figure of the agenda, with its picture; nothing where the release no longer holds the figure."""
    html = card_html(screen, figure)
    if html:
        mount_cards()(key=f"card_{figure['decision_id']}", data={"html": html})


def _subject_and_card(screen: Screen, figure: Row) -> tuple[str, str]:
    case = case_of(screen, figure["figure"])
    return (case.subject if case else ""), card_html(screen, figure)


def _agreed(figure: Row, beside: list[Row]) -> tuple[tuple[str, str], ...]:
    reading = [(TITLES[READING], figure["text"])] if figure["text"] else []
    return (*reading, *((TITLES[row["kind"]], row["text"]) for row in beside))


@cache
def _mount() -> Callable[..., Any]:
    """Register the component and return its mounting function."""
    return st.components.v2.component("tryghedsoverblik_moede", js=SCRIPT.read_text("utf-8"), css=slides_style())
