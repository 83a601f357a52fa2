"""Tryghedstavlen and the decisions on paper and slides: the same cells and cases as on the screen, as words."""

from data import danish, sentences
from data.sentences.decisions import OPTIONS
from data.views.board import board
from data.views.board_model import ARROWS, SHOWN, Board, BoardCell
from data.views.decisions import DecisionCase, decision_cases
from drawings.board_html import MOVING_WORDS
from drawings.goal_chart import goal_chart
from reports import gather
from reports.document import Line, Lines, Picture, Section, Subject, Table, Text
from reports.slide_words import sentences_in

# What the columns of goals and of what was done take beside an area's name; a figure has its picture and takes more.
_WIDE = {"chips": 1.3, "count": 0.85}
MOST_DECISIONS = 6
"""As many as a meeting reaches; all of them stand in the pack."""


def board_section(subject: Subject) -> Section:
    """The board as a table: value, limits, movement and goal of each area."""
    shown = board(subject, "")
    return Section(shown.title, (board_table(subject, shown),), level=2, finding=_finding(shown))


def _finding(shown: Board) -> str:
    """How far the areas lie apart in what is reported, else in the first measure that two have; "" for none."""
    columns = sorted(enumerate(shown.columns), key=lambda each: each[1].kind != "rate")
    for place, column in columns:
        known = [(row.cells[place].value or 0.0, row) for row in shown.rows if row.cells[place].value is not None]
        if len(known) > 1:
            (_, low), *_, (_, high) = sorted(known, key=lambda each: each[0])
            return (
                f"{column.title} {column.under}: fra {low.cells[place].text} i {low.name} "
                f"til {high.cells[place].text} i {high.name}"
            )
    return ""


def board_table(subject: Subject, shown: Board) -> Table:
    """Every cell of the board in the words of a table."""
    headings = ("Område", *(f"{column.title} ({column.under})" for column in shown.columns))
    rows = tuple((row.name, *(cell_words(cell) for cell in row.cells)) for row in shown.rows)
    wide = (1.25, *(_WIDE.get(column.kind, 1.75) for column in shown.columns))
    return Table(shown.title, headings, rows, wide, gather.origin(subject, shown.cited), shown)


def cell_words(cell: BoardCell) -> str:
    """A cell as a reader would say it: "82 pct. (76–87 pct.) ↑ bedre end sidst · mål: på sporet"."""
    if cell.chips:
        return danish.join(f"{count} {sentences.STATUS_WORDS[status].lower()}" for status, count in cell.chips)
    note = f" ({cell.note})" if cell.note else ""
    sentence = f"{cell.text}{note}"
    if cell.state == SHOWN and cell.moving is not None and cell.moving.points:
        sentence += f" {ARROWS[cell.moving.points]} {MOVING_WORDS[cell.moving.kind].lower()}"
    return f"{sentence} · mål: {sentences.STATUS_WORDS[cell.goal.kind].lower()}" if cell.goal else sentence


def decision_sections(subject: Subject) -> tuple[Section, ...]:
    """One section for each case that calls for a decision (of the page's area, where it is of one): a slide each."""
    cases = [case for case in decision_cases(subject) if not subject.about or subject.about in case.area_ids]
    return tuple(_decision(subject, case) for case in cases[:MOST_DECISIONS])


def _decision(subject: Subject, case: DecisionCase) -> Section:
    """The finding as title; what the figures say, when they can next decide, and what speaks for each option."""
    reasons = {option.label: sentences_in(case.speaks[option.id]) for option in OPTIONS}
    speaks = tuple(Line(label, "neutral", told[0]) for label, told in reasons.items() if told)
    more = tuple(Text(" ".join(told[1:]), f"{label}, også:", quiet=True) for label, told in reasons.items() if told[1:])
    known: tuple[Text | Lines, ...] = (
        Text(case.can_say, "Det siger tallene."),
        Text(case.next, "Næste gang det kan afgøres."),
        Lines(speaks),
        Text(case.tried, "Det er prøvet.", quiet=True),
        Text(case.cannot_say, "Det siger de ikke.", quiet=True),
        *more,
    )
    title = (
        f"{case.subject}: {case.value}, målet er {case.target_under.partition(',')[0]} {case.target}{case.tolerance}"
    )
    shown = tuple(each for each in known if isinstance(each, Lines) or each.text)
    return Section(title, (*shown, *_goal(subject, case)), level=2, finding=title)


def _goal(subject: Subject, case: DecisionCase) -> tuple[Picture, ...]:
    """The figure of a case over the years beside its goal; nothing where a picture says nothing."""
    if case.picture is None:
        return ()
    bound = case.target_under.partition(",")[0]
    drawn = goal_chart(case.picture, f"{bound} {case.target}", shares=case.value.endswith("pct."))
    rows = subject.release.criteria
    origin = gather.origin(subject, rows[rows["criterion_id"] == case.criterion_id])
    return (Picture("", case.can_say, drawn, origin),)
