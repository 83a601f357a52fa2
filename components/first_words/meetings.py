"""The first words of Møde: the part that the address names, as it is written down now."""

from collections.abc import Callable

import pandas as pd

from components.first_words.page import Reader, heading, plain_line
from components.initiatives.promised import late_promises
from components.meetings import actions, agenda, calendar, evaluation, proposals, working_groups
from components.meetings.decisions import agreed_words, by_meeting
from components.meetings.records import area_names, our_minutes, today
from components.session import Screen
from data import danish
from data.records import Row, records
from data.sentences import STATUS_WORDS
from data.sentences.insecure_places import overdue_place
from data.sentences.meetings import ACTION_WORDS, PROPOSAL_WORDS, actions_title, forum_name, meeting_facts, short
from data.views.minutes import DONE, OVERDUE, coming
from data.views.provenance import credit, is_example
from reports.document import Beside, Block, Line, Lines, Section, Text
from reports.first_response import Said

Blocks = tuple[Block | Beside | Section, ...]


def meeting(screen: Screen, reader: Reader) -> Said:
    """What the part in the address opens with."""
    return _PARTS[screen.view.part or "moedet"](screen, reader)


def _the_meeting(screen: Screen, reader: Reader) -> Said:
    now = our_minutes()
    shown = now.to_show(screen.view.meeting, today())
    hint = reader.hint("moede")
    if shown is None:
        return _said(screen, agenda.title_of(shown), _meetings(screen), now.meetings, hint=hint)
    points = [plain_line(point, f"{number}.") for number, point in enumerate(agenda.points(shown), start=1)]
    waits = [Line(ACTION_WORDS[row["state"]], _tone(row), short(row["text"])) for row in agenda.waiting()]
    every = Text(actions_title([row["state"] for row in now.actions(today())]), quiet=True)
    beside = Beside(
        (heading("Dagsorden"), Lines(tuple(points)) if points else Text("Der er ingen dagsorden endnu.", quiet=True)),
        (heading("Opgaver, der venter"), Lines(tuple(waits)), every),
    )
    figures = tuple(_figure(figure, notes) for figure, notes in now.figures(shown["meeting_id"]))
    on_agenda = Section("Tal på dagsordenen", (Lines(figures) if figures else _NO_FIGURES,))
    facts = Text(meeting_facts(shown, area_names(screen), today()))
    return _said(screen, agenda.title_of(shown), (facts, beside, on_agenda), pd.DataFrame([shown]), hint=hint)


_NO_FIGURES = Text("Der er ingen tal på dagsordenen endnu.", quiet=True)


def _figure(figure: Row, notes: pd.DataFrame) -> Line:
    """A figure as it stood, and what was agreed beside it."""
    agreed = [figure["text"] or "Tolkningen er ikke aftalt endnu.", *notes["text"]]
    mark: str = f"Udgave {figure['release_id']:.0f}" if pd.notna(figure["release_id"]) else "Ingen udgave"
    return Line(mark, "neutral", " ".join(agreed), f"{figure['figure']}:")


def _tasks(screen: Screen, _reader: Reader) -> Said:
    now = our_minutes()
    every, titles = now.actions(today()), by_meeting(now.meetings)
    lines = tuple(_task(row, titles) for row in every if row["state"] != DONE)
    late = [overdue_place(row, area_names(screen).get(row["area_id"]) or "") for row in late_promises(screen)]
    promised = (Section("Løfter om utrygge steder, over fristen", (Lines(tuple(map(plain_line, late))),)),)
    return _said(screen, actions.title(), (Lines(lines), *(promised if late else ())), now.decisions)


def _task(row: Row, titles: dict[str, str]) -> Line:
    return Line(ACTION_WORDS[row["state"]], _tone(row), agreed_words(row, titles), row["text"])


def _tone(row: Row) -> str:
    return "late" if row["state"] == OVERDUE else "neutral"


def _groups(screen: Screen, _reader: Reader) -> Said:
    titles = by_meeting(our_minutes().meetings)
    sections = []
    for group in working_groups.groups(screen):
        stands = tuple(
            Line(STATUS_WORDS[row["status"]], "neutral", row["sentence"], f"{row['subject']}.")
            for row in group.criteria
        )
        tasks = tuple(_task(row, titles) for row in group.waiting)
        sections.append(Section(group.name, (
            Text(danish.join(group.initiatives["title"]), "Indsatser:"),
            Lines(stands) if stands else Text(working_groups.NO_CRITERIA, quiet=True),
            heading("Opgaver"),
            Lines(tasks) if tasks else Text(working_groups.NOTHING, quiet=True),
            *((Text(working_groups.done_words(group), quiet=True),) if group.done else ()),
        )))  # fmt: skip
    return _said(screen, working_groups.title(screen), tuple(sections), screen.release.initiatives)


def _calendar(screen: Screen, _reader: Reader) -> Said:
    return _said(screen, calendar.title(screen), _meetings(screen), our_minutes().meetings)


def _meetings(screen: Screen) -> Blocks:
    names, ahead = area_names(screen), records(coming(our_minutes().meetings, today()))
    lines = tuple(
        plain_line(calendar.chair_words(row, names), f"{danish.date(row['date'])}. {forum_name(row, names)}.")
        for row in ahead
    )
    listed = Lines(lines) if lines else Text(calendar.NOTHING_AHEAD, quiet=True)
    return *map(Text, calendar.enough_words(screen)), Section("Kommende møder", (listed,))


def _proposals(screen: Screen, _reader: Reader) -> Said:
    sections = tuple(
        Section(row["title"], (
            Lines((Line(PROPOSAL_WORDS[row["status"]], "neutral",
                        f"{proposals.sender(screen, row)}, {danish.date(row['date'])}"),)),
            Text(row["text"]),
            Text(row["answer"], "Svar:") if row["answer"] else Text(proposals.NO_ANSWER, quiet=True),
        ))
        for row in proposals.in_order()
    )  # fmt: skip
    return _said(screen, proposals.title(), sections, our_minutes().proposals)


def _evaluation(screen: Screen, _reader: Reader) -> Said:
    sections = []
    for purpose in screen.partnership.purposes:
        lines = tuple(
            Line(STATUS_WORDS[status], "neutral", named, f"{count} ·")
            for status, count, named in evaluation.standing_of(screen, purpose)
        )
        none = Text(working_groups.NO_CRITERIA, quiet=True)
        sections.append(Section(purpose.title, (Lines(lines) if lines else none,)))
    learnt = Lines(tuple(map(plain_line, evaluation.learnt_words(screen))))
    sections.append(Section("Hvad har vi lært?", (learnt,)))
    rows = screen.release.criteria
    return Said(evaluation.title(screen), evaluation.lead(screen), screen.notices, blocks=tuple(sections),
                credit=credit(screen, rows), example=is_example(rows))  # fmt: skip


def _said(screen: Screen, title: str, blocks: Blocks, rows: pd.DataFrame, *, hint: str = "") -> Said:
    return Said(title, "", screen.notices, blocks=blocks, example=is_example(rows), hint=hint)


_PARTS: dict[str, Callable[[Screen, Reader], Said]] = {
    "moedet": _the_meeting,
    "handlinger": _tasks,
    "kalender": _calendar,
    "grupper": _groups,
    "forslag": _proposals,
    "evaluering": _evaluation,
}
