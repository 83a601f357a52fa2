"""What has moved since the last meeting, what must be decided, and the picture of the view: a document's first page."""

from dataclasses import replace

from data import danish
from data.records import records
from data.sentences import INTERVALS, NEEDS_DECISION
from data.sentences import areas as area_sentences
from data.sentences.meetings import ACTION_WORDS, CHANCE, CROSSED, due_sentence, next_meeting
from data.views import map_classes, news, shifts
from data.views.minutes import OVERDUE, coming
from data.views.view import COMPARISONS, READINGS, REFERENCES
from drawings.changes import changes as draw_changes
from drawings.dots import dots as draw_dots
from reports import gather
from reports.document import PAPER_ROW, Beside, Block, Line, Lines, Picture, Section, Subject, Text


def filters(subject: Subject) -> tuple[tuple[str, str], ...]:
    """Every choice of the view by its value."""
    view, names = subject.view, gather.names(subject)
    reading = READINGS[view.reading]
    if view.reading == "reference":
        reading = f"{reading}: {REFERENCES[view.reference].lower()}"
    return (
        ("Emne", subject.partnership.indicator(view.indicator).title),
        ("Niveau", subject.partnership.level_title(view.level)),
        ("Måling", danish.period(view.period)),
        ("Områder", danish.join(names[area] for area in view.areas) or "alle"),
        ("Anmeldelser", subject.partnership.category(view.category).title),
        ("Sammenligning", COMPARISONS[view.comparison]),
        ("Kortet viser", reading),
    )


def changes(subject: Subject, at_most: int | None = None) -> tuple[Block, ...]:
    """The changes since the last meeting, each as its sentence."""
    rows = gather.changes(subject)
    if not rows:
        return (Text(news.nothing_moved(subject, of_all=not subject.about)),)
    shown = rows[:at_most]
    lines = [
        Line(news.CROSSING_WORD, "neutral", f"{row['sentence']} {CROSSED}")
        if row["crossing"] == CHANCE
        else Line(news.TONE_WORDS[row["tone"]], row["tone"], row["sentence"])
        for row in shown
    ]
    more = len(rows) - len(shown)
    rest = (Text(f"Og {danish.plural(more, 'ændring', 'ændringer')} til.", quiet=True),) if more else ()
    return (Lines(tuple(lines)), *rest)


def waiting(subject: Subject, at_most: int | None = None) -> tuple[Block, ...]:
    """The next meeting, and the actions that wait, the latest due first."""
    if subject.minutes is None:
        return ()
    ahead = records(coming(subject.minutes.meetings, subject.today).head(1))
    text = Text(next_meeting(ahead[0] if ahead else None, gather.names(subject)), "Næste møde:")
    rows = gather.pending(subject)
    lines = [
        Line(ACTION_WORDS[row["state"]], "late" if row["state"] == OVERDUE else "neutral",
             f"{row['text']} {due_sentence(row)}")
        for row in records(rows[:at_most])
    ]  # fmt: skip
    more = len(rows) - len(lines)
    rest = (Text(f"Og {danish.plural(more, 'opgave', 'opgaver')} til.", quiet=True),) if more else ()
    # The next meeting need not be about the one area that a page shows.
    opening = () if subject.about else (text,)
    return (*opening, *((Lines(tuple(lines)),) if lines else ()), *rest)


def pressing(subject: Subject, at_most: int | None = None) -> tuple[Block, ...]:
    """The criteria that call for a decision now."""
    known = gather.criteria(subject)
    rows = known[known["status"].isin(NEEDS_DECISION)]
    levels = (Text(INTERVALS, quiet=True),) if len(known) else ()
    if rows.empty:
        return (Text("Ingen kriterier kræver en beslutning nu."), *levels)
    lines = tuple(gather.criterion_line(row) for row in records(rows[:at_most]))
    more = len(rows) - len(lines)
    rest = (Text(f"Og {danish.number(more)} til, der kræver en beslutning.", quiet=True),) if more else ()
    return (Lines(lines), *rest, *levels)


def focus(subject: Subject) -> tuple[str, ...]:
    """The municipalities a map is drawn around: the audience's own, else all members."""
    seen = set(gather.outlines(subject, "municipality"))
    return tuple(area for area in subject.audience.sees or subject.partnership.members if area in seen)


def dots(subject: Subject, areas: tuple[str, ...] = ()) -> Picture:
    """Areas of the view's level and wave (all, or some of them) with their intervals, as the map's reading says them.

    Shares stand the highest first, changes around zero the best first.
    """
    rows = shifts.in_reading(subject)
    rows = rows[rows["area_id"].isin(areas)] if areas else rows
    indicator = subject.partnership.indicator(subject.view.indicator)
    title = f"{shifts.TITLES[subject.view.reading]} {indicator.title}, {danish.period(subject.view.period)}"
    if subject.view.reading == shifts.LEVEL:
        drawn = draw_dots(rows, direction=indicator.direction, row=PAPER_ROW)
    else:
        drawn = draw_changes(rows, indicator.direction, meaning=shifts.shift_meaning(subject), row=PAPER_ROW)
    return Picture(title, shifts.spread_sentence(subject, rows), drawn, gather.origin(subject, rows))


def picture_of_view(subject: Subject) -> Section:
    """The view's map beside its dots; what was reported beside perceived where the view has both."""
    words = map_classes.perceived(subject, gather.view_rows(subject))
    drawn = gather.map_picture(subject, words, focus(subject))
    blocks: list[Block | Beside] = [Text(words.sentence), Beside((replace(drawn, title=""),), (dots(subject),), 1.25)]
    if subject.view.beside:
        recorded = map_classes.recorded(subject)
        text = Text(recorded.sentence)
        note = Text(area_sentences.BESIDE_NOTE, quiet=True)
        blocks += [Beside((gather.map_picture(subject, recorded, focus(subject)),), (text, note), 1.25)]
    return Section(words.title, tuple(blocks), level=2)
