"""The first words of Indsatser: the tab that the address names."""

from collections.abc import Callable, Sequence

from components.first_words.page import Reader, plain_line, words_table
from components.initiatives.cards import Card, cards_in, chosen_initiatives
from components.initiatives.dialogues import LATEST, SAID_AND_DONE, talks_and_places
from components.initiatives.filters import narrowed
from components.initiatives.gaps import NOTHING as NO_PROFILES
from components.initiatives.gaps import gaps_of
from components.initiatives.insecure_places import NOTHING_HERE as NO_PLACES
from components.initiatives.insecure_places import Places
from components.initiatives.logbook import LATEST as LATEST_LOGGED
from components.initiatives.logbook import NOTHING as NOTHING_LOGGED
from components.initiatives.logbook import in_words, latest_words, logged
from components.initiatives.status_rows import NO_GOAL, NOTHING_HERE, by_focus_area, counted, row_words
from components.initiatives.titles import title
from components.session import Screen
from data.sentences import INTERVALS, STATUS_WORDS
from data.views.provenance import credit, is_example
from drawings.gaps_html import gaps_html, gaps_style
from drawings.promises_html import promises_html, promises_style
from reports.document import Line, Lines, Section, Text
from reports.first_response import Markup, Said

Shown = Sequence[Card]


def initiatives(screen: Screen, reader: Reader) -> Said:
    """What the tab in the address opens with; a tab that writers add to says what is written now."""
    return _TABS[screen.view.tab or "status"](screen, reader, narrowed(screen, cards_in(screen, screen.view.areas)))


def _status(screen: Screen, reader: Reader, shown: Shown) -> Said:
    totals = [f"{STATUS_WORDS[status]} {count}" for status, count in counted(shown)]
    counts = (Text(" · ".join([*totals, INTERVALS]), quiet=True),) if totals else ()
    rows = [
        Section(heading, (Lines(tuple(_row(screen, card) for card in within)) if within else Text(NOTHING_HERE),))
        for _, heading, within in by_focus_area(screen, shown)
    ]
    cited = chosen_initiatives(screen, None, screen.view.areas)
    return Said(title(screen, shown), "", screen.notices, blocks=(*counts, *rows), credit=credit(screen, cited),
                example=is_example(cited), hint=reader.hint("indsatser"))  # fmt: skip


def _row(screen: Screen, card: Card) -> Line:
    row = row_words(screen, card.id)
    goals = ", ".join(f"{count} {STATUS_WORDS[status].lower()}" for status, count in row.goals) or NO_GOAL
    return plain_line(f"{row.where} · {goals} · {row.done}", f"{row.title}.")


def _logbook(screen: Screen, _reader: Reader, shown: Shown) -> Said:
    rows = logged(screen, shown)
    if rows.empty:
        return Said(title(screen, shown), "", screen.notices, blocks=(Text(NOTHING_LOGGED),))
    table = words_table("", in_words(screen, rows.head(LATEST_LOGGED)))
    return Said(title(screen, shown), latest_words(rows), screen.notices, blocks=(table,),
                credit=credit(screen, rows), example=is_example(rows))  # fmt: skip


def _walks(screen: Screen, _reader: Reader, shown: Shown) -> Said:
    talks, places = talks_and_places(screen)
    latest = talks.latest.head(LATEST)
    table = words_table("Dialog med beboere og boligselskaber", latest)
    lead = f"{SAID_AND_DONE}. {places.sentence or NO_PLACES}"
    return Said(title(screen, shown), lead, screen.notices, made=_promised(places) if places.rows else None,
                blocks=(table,) if len(latest) else (), example=is_example(talks.rows))  # fmt: skip


def _promised(places: Places) -> Markup:
    """The map of the places and their list, without buttons: what one presses is lost when the live page takes over."""
    drawn, style = (places.picture.html, places.picture.css) if places.picture else ("", "")
    return Markup(drawn + promises_html(places.groups), style + promises_style(), "promises")


def _gaps(screen: Screen, _reader: Reader, shown: Shown) -> Said:
    gaps, rows = gaps_of(screen), screen.release.tables["gaps"]
    if gaps is None:
        return Said(title(screen, shown), NO_PROFILES, screen.notices)
    made = Markup(gaps_html(gaps.profiles, gaps.areas, gaps.reached), gaps_style(), "gaps-frame")
    return Said(title(screen, shown), "", screen.notices, made=made, credit=credit(screen, rows),
                example=is_example(rows))  # fmt: skip


_TABS: dict[str, Callable[[Screen, Reader, Shown], Said]] = {
    "status": _status,
    "logbog": _logbook,
    "vandringer": _walks,
    "hvem": _gaps,
}
