"""One meeting: its facts and agenda, the figures on it with what was agreed beside each, and the rest."""

from typing import Any

import pandas as pd
import streamlit as st

from components.forms.changes import history_button
from components.forms.entry import entry_form, save_rows
from components.meetings.calendar import forum_of, meeting_fields, meeting_row
from components.meetings.decisions import action_badge, edit_form, new_note, note, notes
from components.meetings.figure_cards import card_html
from components.meetings.figure_picker import Group, Line, figure_picker
from components.meetings.figures import SUGGESTED, Figure, Offer, choices, frozen_to, link_to_figure
from components.meetings.invitation import calendar_button, mail_button
from components.meetings.meeting_mode import decision_picture, meeting_mode
from components.meetings.records import area_names, fresh_id, may_write, our_minutes, today
from components.page import example_badge
from components.session import Screen, choose
from components.text import plain, say
from data import danish
from data.records import Row
from data.sentences.meetings import actions_title, meeting_facts, meeting_title, short
from data.views.minutes import DONE, PLANNED, READING, common_forum, day

MOST_WAITING = 4
MOST_OFFERED = 20
"""So many figures under a heading stand to be ticked off; among more one searches."""


def facts(screen: Screen, meeting: Row) -> None:
    """When, who and who chairs; the agenda and the way to change it; and the actions that wait."""
    say(meeting_facts(meeting, area_names(screen), today()), example_badge(pd.DataFrame([meeting])))
    left, right = st.columns([3, 2], gap="large")
    with left:
        st.header("Dagsorden", anchor=False, divider="gray")
        st.markdown(
            "\n".join(f"1. {plain(point)}" for point in points(meeting)) or ":gray[Der er ingen dagsorden endnu.]"
        )
        with st.container(horizontal=True):
            _edit(screen, meeting)
            history_button("meetings", meeting, name=meeting["meeting_id"])
            calendar_button(screen, meeting)
            mail_button(screen, meeting)
    with right:
        st.header("Opgaver, der venter", anchor=False, divider="gray")
        _waiting()


def points(meeting: Row) -> list[str]:
    """The points of a meeting's agenda."""
    return [line.strip() for line in meeting["agenda"].splitlines() if line.strip()]


def waiting() -> list[Row]:
    """The actions that wait and stand beside the agenda, the latest due first."""
    return [row for row in our_minutes().actions(today()) if row["state"] != DONE][:MOST_WAITING]


def _waiting() -> None:
    """The actions that wait, each in a line, and the way to the list of them."""
    rows = our_minutes().actions(today())
    for row in waiting():
        st.markdown(f"{action_badge(row['state'])} {plain(short(row['text']))}")
    label = f"{actions_title([row['state'] for row in rows])}: se listen"
    st.button(label, icon=":material/checklist:", key="to_actions", type="tertiary",
              on_click=choose, kwargs={"part": "handlinger"})  # fmt: skip


def _edit(screen: Screen, meeting: Row) -> None:
    if not may_write("meetings"):
        return
    fold = st.popover("Ret mødet", icon=":material/edit:", key="open_edit_meeting", on_change="rerun", type="tertiary")
    if not fold.open:
        return
    with fold:
        start = meeting | {"forum": forum_of(meeting)}
        entry_form(f"meeting_{meeting['meeting_id']}", "meetings", meeting_fields(screen, meeting), start,
                   based_on=meeting["load_id"], complete=lambda typed: meeting_row(typed, meeting),
                   done="Mødet er rettet", closes="open_edit_meeting")  # fmt: skip


# Figures ----------------------------------------------------------------------------------------------------------


def figures(screen: Screen, meeting: Row) -> None:
    """Each figure on the agenda as it stood, with the reading, decisions and actions beside it."""
    chosen = our_minutes().figures(meeting["meeting_id"])
    st.header("Tal på dagsordenen", anchor=False, divider="gray")
    if not chosen:
        st.markdown(":gray[Der er ingen tal på dagsordenen endnu.]")
    meeting_mode(screen, meeting)
    for figure, beside in chosen:
        _figure(screen, meeting, figure, beside)


def _figure(screen: Screen, meeting: Row, figure: Row, beside: pd.DataFrame) -> None:
    with st.container(border=True, key=f"figure_{figure['decision_id']}"):
        words, agreed = st.columns([2, 3], gap="large")
        with words:
            st.markdown(f"**{plain(figure['figure'])}**")
            decision_picture(screen, figure)
            with st.container(horizontal=True, vertical_alignment="center"):
                st.caption(f"Udgave {figure['release_id']:.0f}" if pd.notna(figure["release_id"]) else "Ingen udgave")
                link_to_figure(figure)
        with agreed:
            _reading(figure)
            notes(beside)
            new_note(meeting, figure, next_date(meeting))


def _reading(figure: Row) -> None:
    if figure["text"]:
        note(figure)
    elif may_write("decisions"):
        edit_form(figure, f"reading_{figure['decision_id']}")
    else:
        st.markdown(":gray[Tolkningen er ikke aftalt endnu.]")


def next_date(meeting: Row) -> Any:
    """The day of the next partnership meeting after this one, which an action is usually due by."""
    common = [row for row in our_minutes().ahead(today()) if row["forum"] == common_forum()]
    days = [day(row["date"]) for row in common if row["meeting_id"] != meeting["meeting_id"]]
    return next((each for each in days if each > day(meeting["date"])), None)


def choose_figures(screen: Screen, meeting: Row) -> None:
    """The figures one can put on the agenda, to tick off."""
    if not may_write("decisions"):
        return
    empty = not our_minutes().figures(meeting["meeting_id"])
    # A meeting to come has news and decisions on its agenda unless somebody takes them off.
    suggested = empty and meeting["status"] == PLANNED
    with st.expander(
        "Sæt tal på dagsordenen", suggested, icon=":material/playlist_add:", key="choose_figures", on_change="rerun"
    ) as fold:
        if not fold.open:
            return
        if suggested:
            st.markdown("Nyheder og mål, der kræver en beslutning, er valgt på forhånd. Fravælg, hvad I ikke skal se.")
        frozen = frozen_to(screen, meeting)
        taken = {figure["figure"] for figure, _ in our_minutes().figures(meeting["meeting_id"])}
        head = frozen.release.head
        published = danish.date(head.published_at)
        st.caption(f"Tallene låses til udgave {head.id} fra {published}, så alle ser det samme bagefter.")
        _picker(frozen, meeting, taken, suggested=suggested)


def _picker(screen: Screen, meeting: Row, taken: set[str], *, suggested: bool) -> None:
    """All that can be put on the agenda and is not there yet; news and pressing goals as cards, chosen beforehand."""
    by_sentence: dict[str, Offer] = {}
    groups = []
    for heading, offers in choices(screen).items():
        new = {each.sentence: each for each in offers if each.sentence not in taken}
        left = [each for sentence, each in new.items() if sentence not in by_sentence]
        by_sentence |= {each.sentence: each for each in left}
        if left:
            chosen = suggested and heading in SUGGESTED
            folded = suggested and heading not in SUGGESTED  # no news: behind a line, where news is chosen beforehand
            groups.append(_group(screen, heading, left, chosen=chosen, folded=folded))

    def search(heading: str, words: str) -> None:
        st.session_state[_search(heading)] = words

    figure_picker(
        groups,
        about=f"{meeting['meeting_id']} {screen.release.head.id}",
        offered=by_sentence,
        taken=taken,
        on_add=lambda picked: _add(meeting, [by_sentence[sentence].figure() for sentence in picked]),
        on_search=search,
    )


def _group(screen: Screen, heading: str, offers: list[Offer], *, chosen: bool, folded: bool) -> Group:
    """The figures under a heading: all where they are few, else the first that have every word searched for."""
    if len(offers) <= MOST_OFFERED:
        return Group(heading, [_line(screen, each, chosen) for each in offers], ticked=chosen, folded=folded)
    asked = str(st.session_state.get(_search(heading), ""))
    words = asked.casefold().split()
    found = [each for each in offers if all(word in each.sentence.casefold() for word in words)]
    return Group(
        heading,
        [_line(screen, each, chosen) for each in found[:MOST_OFFERED]],
        ticked=chosen,
        folded=folded,
        search=f"Søg blandt {len(offers)} tal",
        searched=asked,
        found=f"Viser {min(len(found), MOST_OFFERED)} af {len(found)}." if found else "Ingen tal med de ord.",
    )


def _line(screen: Screen, offer: Offer, chosen: bool) -> Line:
    if not chosen:
        return Line(offer.sentence)
    figure = offer.figure()
    return Line(offer.sentence, card_html(screen, {"figure": figure.sentence, "view": figure.reference}, folded=True))


def _search(heading: str) -> str:
    return f"search_{heading}"


def _add(meeting: Row, picked: list[Figure]) -> None:
    first = fresh_id("decisions", f"{meeting['meeting_id']} tal")
    rows = [
        {
            "decision_id": first if index == 0 else f"{first}-{index}",
            "meeting_id": meeting["meeting_id"],
            "kind": READING,
            "text": "",
            "view": figure.reference,
            "figure": figure.sentence,
            "release_id": figure.release_id,
        }
        for index, figure in enumerate(picked)
    ]
    save_rows("decisions", rows, f"{danish.plural(len(rows), 'tal', 'tal')} sat på dagsordenen")


def the_rest(meeting: Row) -> None:
    """What was agreed beside no figure."""
    st.header("Andre beslutninger", anchor=False, divider="gray")
    rest = our_minutes().rest(meeting["meeting_id"])
    if rest.empty:
        st.markdown(":gray[Ingen endnu.]")
    notes(rest)
    new_note(meeting, None, next_date(meeting))


def title_of(meeting: Row | None) -> str:
    """The title of the page when a meeting is shown."""
    return meeting_title(meeting) if meeting else "Der er ikke planlagt noget møde endnu"
