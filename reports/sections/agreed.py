"""What is agreed: the meeting with its agenda, the figures on it, decisions beside them, and the list of actions."""

import pandas as pd

from data import clock, danish
from data.records import records
from data.sentences.meetings import ACTION_WORDS, actions_title, due_sentence, meeting_facts, meeting_title
from data.views.minutes import ACTION, DONE, Minutes, actions, figures_of, meeting_to_show, without_figure
from reports import gather
from reports.document import Beside, Block, Section, Subject, Table, Text
from reports.slide_words import as_title, sentences_in

NOTHING_YET = "intet er aftalt endnu"
_KINDS = {"læsning": "Fælles tolkning", "beslutning": "Beslutning", "handling": "Opgave"}


def agreed(subject: Subject, *, only_agreed: bool = False) -> tuple[Section, ...]:
    """The meeting of the view (else the next, else the latest) and the actions that wait.

    `only_agreed` leaves out a meeting at which nothing is agreed yet: a slide of it would be empty.
    """
    if subject.minutes is None or subject.minutes.meetings.empty:
        return ()
    meeting = meeting_to_show(subject.minutes.meetings, subject.view.meeting, subject.today)
    shown = [each for each in (meeting, _latest_agreed(subject.minutes, meeting or {})) if each]
    if only_agreed:
        known = set(subject.minutes.decisions["meeting_id"])
        shown = [each for each in shown if each["meeting_id"] in known]
    meetings = [section for each in shown for section in _meeting(subject, each)]
    return (Section("Beslutninger og opgaver", ()), *meetings, _actions(subject))


def _latest_agreed(minutes: Minutes, shown: gather.Row) -> gather.Row | None:
    """The latest earlier meeting at which something was agreed, where nothing is agreed at the one that is shown."""
    agreed = set(minutes.decisions["meeting_id"])
    if shown["meeting_id"] in agreed:
        return None
    meetings = minutes.meetings
    earlier = meetings[meetings["meeting_id"].isin(agreed) & (meetings["date"] < shown["date"])]
    return records(earlier.tail(1))[0] if len(earlier) else None


def _meeting(subject: Subject, meeting: gather.Row) -> list[Section]:
    decisions = subject.minutes.decisions if subject.minutes else pd.DataFrame()
    points = [line.strip() for line in meeting["agenda"].splitlines() if line.strip()]
    blocks: list[Block | Beside] = [Text(meeting_facts(meeting, gather.names(subject), clock.today()), quiet=True)]
    if points:
        numbered = "; ".join(f"{index}) {point}" for index, point in enumerate(points, start=1))
        blocks.append(Text(f"{numbered}.", "Dagsorden:"))
    for figure, beside in figures_of(decisions, meeting["meeting_id"]):
        about: str = f" (udgave {figure['release_id']:.0f})" if pd.notna(figure["release_id"]) else ""
        blocks.append(Text(about.strip(), figure["figure"]))
        if figure["text"]:
            blocks.append(Text(figure["text"], "Fælles tolkning:"))
        blocks += [_note(row) for row in records(beside)]
    blocks += [_note(row) for row in records(without_figure(decisions, meeting["meeting_id"]))]
    title = meeting_title(meeting)
    if len(blocks) == 1 + bool(points):
        blocks.append(Text("Der er ikke aftalt noget på mødet endnu.", quiet=True))
        return [Section(title, tuple(blocks), level=2, finding=f"{title}: {NOTHING_YET}")]
    return [Section(title, tuple(blocks), level=2, finding=f"{title}: {_agreed_first(decisions, meeting)}")]


def _agreed_first(decisions: pd.DataFrame, meeting: gather.Row) -> str:
    """The first sentence that was agreed at the meeting: of the reading of its first figure, else of its first note."""
    texts = [
        text
        for figure, beside in figures_of(decisions, meeting["meeting_id"])
        for text in (figure["text"], *beside["text"])
    ]
    texts += list(without_figure(decisions, meeting["meeting_id"])["text"])
    first = next((sentences_in(text)[0] for text in texts if text), NOTHING_YET)
    return as_title(first)


def _note(row: gather.Row) -> Text:
    about = f" {due_sentence(row)}" if row["kind"] == ACTION else ""
    return Text(f"{row['text']}{about}", f"{_KINDS[row['kind']]}:")


def _actions(subject: Subject) -> Section:
    rows = actions(subject.minutes.decisions, subject.today) if subject.minutes else pd.DataFrame()
    states = list(rows["state"])
    waiting = rows[rows["state"] != DONE]
    if waiting.empty:
        return Section(actions_title(states), (), level=2)
    table = Table(
        "",
        ("Status", "Opgave", "Ansvarlig", "Frist"),
        tuple(
            (ACTION_WORDS[row["state"]], row["text"], row["owner"], danish.date(row["due"])) for row in records(waiting)
        ),
        (1.1, 4, 2.4, 1.3),
    )
    return Section(actions_title(states), (table,), level=2, finding=actions_title(states))
