"""Møde: what is on the agenda, what is agreed, who does what by when; and the evaluation of it all."""

import streamlit as st

from components.forms.entry import messages
from components.hints import hint
from components.meetings import actions, agenda, calendar, evaluation, proposals, working_groups
from components.meetings.parts import choose_part, nearest_part
from components.meetings.records import our_minutes, today
from components.page import heading
from components.session import resolve_view
from data.views.view import MEETING_FIELDS

screen = resolve_view(nearest_part, keep=(*MEETING_FIELDS, "group"))
part = screen.view.part
meeting = our_minutes().to_show(screen.view.meeting, today())
titles = {
    "moedet": lambda: agenda.title_of(meeting),
    "handlinger": actions.title,
    "kalender": lambda: calendar.title(screen),
    "grupper": lambda: working_groups.title(screen),
    "forslag": proposals.title,
    "evaluering": lambda: evaluation.title(screen),
}
heading(screen, titles[part](), evaluation.lead(screen) if part == "evaluering" else "")
choose_part(screen)
if part == "moedet":
    hint("moede")
messages()
if part == "moedet" and meeting:
    agenda.facts(screen, meeting)
    agenda.figures(screen, meeting)
    agenda.choose_figures(screen, meeting)
    agenda.the_rest(meeting)
elif part == "handlinger":
    actions.action_list(screen)
elif part == "grupper":
    working_groups.working_groups(screen)
elif part == "kalender" or part == "moedet":
    calendar.enough(screen)
    calendar.new_meeting(screen)
    calendar.meetings(screen)
elif part == "forslag":
    proposals.new_proposal(screen)
    proposals.proposal_list(screen)
else:
    with st.container(key="area_sheet"):
        evaluation.to_paper()
        evaluation.purposes(screen)
        evaluation.learnt(screen)
        evaluation.agreed(screen)
        evaluation.foot(screen)
