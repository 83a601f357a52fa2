"""The calendar: enough meetings, whose turn it is to chair, every meeting, and the form for a new one."""

from collections.abc import Mapping

import pandas as pd
import streamlit as st

from components.forms.entry import entry_form
from components.forms.fields import Field
from components.meetings.invitation import every_meeting_button
from components.meetings.records import (
    area_names,
    fresh_id,
    list_badge,
    may_write,
    member_names,
    our_minutes,
    releases,
    row_badge,
    today,
)
from components.session import Screen, choose
from components.sharing.calendar_feed import subscribe
from components.text import plain, say
from data import danish
from data.contracts.validation import CONTRACTS
from data.records import Row, records
from data.sentences.meetings import enough_meetings, forum_name, meeting_state, turn_sentence
from data.views.minutes import PLANNED, coming, common_forum, day, next_chair, of_partnership

USUAL_AGENDA = "Siden sidst\nMål, der kræver en beslutning\nOpgaver fra sidst\nEventuelt"
NOTHING_AHEAD = "Der er ikke planlagt flere møder."
_SPLIT = ":"
_LAST_QUARTER = 10
_COLOURS = {"planlagt": "blue", "afholdt": "green", "aflyst": "gray"}


def title(screen: Screen) -> str:
    """Whether there are meetings enough this year."""
    year = today().year
    count = of_partnership(our_minutes().meetings, year)
    return enough_meetings(count, year, screen.partnership.meetings_a_year).removesuffix(".")


def enough_words(screen: Screen) -> list[str]:
    """The same of next year once it is near, and whose turn it is to chair."""
    meetings, names, now = our_minutes().meetings, member_names(screen), today()
    count = of_partnership(meetings, now.year + 1)
    near = count or now.month >= _LAST_QUARTER
    next_year = [enough_meetings(count, now.year + 1, screen.partnership.meetings_a_year)] if near else []
    chair = names[next_chair(meetings, screen.partnership.members)]
    return [*next_year, turn_sentence(chair, list(names.values()))]


def enough(screen: Screen) -> None:
    """What `enough_words` says."""
    for sentence in enough_words(screen):
        say(sentence)


def meetings(screen: Screen) -> None:
    """The meetings to come, the next first, and those before by year, the latest first; each opens on the page."""
    every, names = our_minutes().meetings, area_names(screen)
    ahead = coming(every, today())
    st.header("Kommende møder", anchor=False, divider="gray")
    if ahead.empty:
        st.markdown(f":gray[{NOTHING_AHEAD}]")
    for row in records(ahead):
        _line(row, every, names)
    before = every[~every["meeting_id"].isin(ahead["meeting_id"])][::-1]
    years = pd.to_datetime(before["date"]).dt.year
    for year in years.unique():
        rows = before[years == year]
        with st.expander(f"{year}: {danish.plural(len(rows), 'møde', 'møder')}", key=f"meetings_{year}"):
            for row in records(rows):
                _line(row, every, names)
    with st.container(horizontal=True, key="calendar_ways"):
        every_meeting_button(screen)
        subscribe()
    if list_badge(every):
        st.caption(f"Møder: {list_badge(every)}")


def chair_words(row: Row, names: Mapping[str, str]) -> str:
    """What a meeting is about and who chairs."""
    return f"{row['title']}. {names.get(row['chair_id'], row['chair_id'])} har formandskabet."


def _line(row: Row, rows: pd.DataFrame, names: dict[str, str]) -> None:
    late = row["status"] == PLANNED and day(row["date"]) < today()
    colour, word = "orange" if late else _COLOURS[row["status"]], meeting_state(row, today())
    with st.container(horizontal=True, vertical_alignment="center", key=f"line_meeting_{row['meeting_id']}"):
        st.markdown(
            f"**{danish.date(row['date'])}. {plain(forum_name(row, names))}** :{colour}-badge[{word}] "
            f"{row_badge(row, rows)}  \n:gray[{plain(chair_words(row, names))}]",
            width="stretch",
        )
        st.button("Åbn mødet", key=f"open_{row['meeting_id']}", on_click=choose,
                  kwargs={"part": "moedet", "meeting": row["meeting_id"]})  # fmt: skip


# Forms ------------------------------------------------------------------------------------------------------------


def who_meets(screen: Screen, row: Row | None = None) -> dict[str, str]:
    """Who can meet, as one choice: forum and municipality together."""
    names = area_names(screen)
    forums, members = screen.partnership.forums, screen.partnership.members
    found = [(each.id, "") for each in forums if not each.local]
    found += [(each.id, member) for each in forums if each.local for member in members]
    if row is not None and (row["forum"], row["area_id"]) not in found:
        found.append((row["forum"], row["area_id"]))
    return {f"{forum}{_SPLIT}{area}": forum_name({"forum": forum, "area_id": area}, names) for forum, area in found}


def forum_of(row: Row) -> str:
    """The choice of `who_meets` that a meeting has."""
    return f"{row['forum']}{_SPLIT}{row['area_id']}"


def meeting_fields(screen: Screen, row: Row | None = None) -> tuple[Field, ...]:
    """What one writes about a meeting."""
    chairs = member_names(screen)
    if row is not None and row["chair_id"] not in chairs:
        chairs |= {row["chair_id"]: area_names(screen).get(row["chair_id"], row["chair_id"])}
    return (
        Field("date"),
        Field("begins"),
        Field("ends"),
        Field("place"),
        Field("online", "Kan man deltage online?"),
        Field("forum", "Hvem mødes", who_meets(screen, row)),
        Field("chair_id", "Formandskab", chairs),
        Field("minutes_by", "Referent"),
        Field("title"),
        Field("agenda", "Dagsorden, ét punkt på hver linje", lines=5),
        Field("status"),
        Field("release_id", "Tallene er låst til", releases()),
    )


def meeting_row(typed: Row, meeting: Row | None = None) -> Row:
    """The whole row of a meeting out of what was typed; a new one gets an id."""
    forum, area = typed["forum"].split(_SPLIT)
    kept = {} if meeting is None else {column.name: meeting[column.name] for column in CONTRACTS["meetings"].columns}
    row = kept | typed | {"forum": forum, "area_id": area}
    if meeting is None:
        row["meeting_id"] = fresh_id("meetings", f"{typed['date'] or 'uden dato'} {forum} {area}")
    return row


def new_meeting(screen: Screen) -> None:
    """The form for a new meeting, with the chair whose turn it is and the usual agenda."""
    if not may_write("meetings"):
        return
    every = our_minutes().meetings
    start = {
        "date": None,
        "begins": "",
        "ends": "",
        "place": "",
        "online": "no",
        "forum": f"{common_forum()}{_SPLIT}",
        "chair_id": next_chair(every, screen.partnership.members),
        "minutes_by": "",
        "title": "Partnerskabsmøde",
        "agenda": USUAL_AGENDA,
        "status": "planlagt",
        "release_id": None,
    }
    with st.expander("Nyt møde", icon=":material/add:", key="open_new_meeting"):
        entry_form("new_meeting", "meetings", meeting_fields(screen), start, complete=meeting_row,
                   label="Opret mødet", done="Mødet er oprettet")  # fmt: skip
