"""What each page says in the first response, made for who asks: the same door, view and audience as the live page."""

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any
from urllib.parse import urlencode

from components.area.figures import area_figures
from components.entrance import is_for as opens_for
from components.hotspots.rows import cell_sources, page_sentence, page_title, place_words, view_places
from components.initiatives.cards import cards_in
from components.initiatives.filters import narrowed
from components.initiatives.tabs import nearest_tab
from components.initiatives.titles import title as initiatives_title
from components.map.readings import perceived
from components.meetings.agenda import title_of
from components.methods import LEAD, METHODS
from components.navigation import OWN_FIELDS, PAGES, PageEntry, is_for
from components.overview import board as board_on_page
from components.overview.front_page import freshness_words, public_headline
from components.page import EXAMPLE_BADGE
from components.session import Screen, alarms, our_store
from components.trends.pictures import title as trends_title
from components.visitor import reading_only
from data import clock
from data.access import NOBODY
from data.lru_cache import LruCache
from data.partnership import Audience, our_partnership
from data.release import Release
from data.sentences import areas as area_sentences
from data.sentences.meetings import meeting_facts
from data.share_token import SHARED_PARAMETER
from data.sharing import opened
from data.store import StoreError
from data.views.board import nearest_municipality
from data.views.cell_view import nearest_cells
from data.views.minutes import minutes
from data.views.news import headline
from data.views.rows import compared_with, credit, is_example, sheet_area, survey_rows, telling_area
from data.views.view import PAGE_FIELDS, View, nearest
from reports import gather
from reports.document import Beside, Block, Box, Subject, Table, Text
from reports.first_response import Place, Said, content, first_html
from reports.sections import areas, since
from server.first_response import AskedPage
from server.identity_cookie import person_of_request
from server.private_settings import is_sign_in_configured, link_keys

MOST_KEPT = 128
MOST_PLACES = 10
SETTLED_BY = {"overview.py": nearest_municipality, "initiatives.py": nearest_tab, "hotspots.py": nearest_cells}
AS_WRITTEN_NOW = ("meeting.py",)
"""The pages that say what is written down at meetings, which a release does not hold."""
RELEASED_TABS = ("", "status", "hvem")
"""The tabs of Indsatser that a release holds whole; the others show what is written down now."""
_kept = LruCache(MOST_KEPT)
_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Reader:
    """Who asks: the audience, and by a link its token, its view and the release it begins at."""

    audience: Audience
    token: str = ""
    view: View = field(default_factory=View)
    release: int = 0


def first_response(asked: AskedPage) -> str | None:
    """The page as HTML; None for who may not come in, and for pages that one only works on."""
    entry = next((each for each in PAGES if each.address == asked.path), None)
    if entry is None or not entry.shows_view:
        return None
    try:
        reader = _reader(asked)
        if reader is None or not is_for(entry, reader.audience):
            return None
        screen = _screen(asked, entry, reader)
        key = (entry.file, screen.view, screen.release.head.id, screen.notices, reader.audience, reader.token)
        if entry.file in AS_WRITTEN_NOW:
            main = main_of(entry, screen, reader)
        else:
            main = _kept.get_or_make(key, lambda: main_of(entry, screen, reader))
    except (StoreError, LookupError) as error:
        _log.warning("A first response is left to the app: %s", error)
        return None
    places = [
        Place(each.title, _address(each, reader, {}), each is entry)
        for each in PAGES
        if each.in_menu and is_for(each, reader.audience)
    ]
    return first_html(main, places, our_partnership().product)


def main_of(entry: PageEntry, screen: Screen, reader: Reader) -> str:
    """The main part of a page; raises LookupError for what a release does not hold."""
    return content(_SAYS[entry.file](screen, reader))


def _reader(asked: AskedPage) -> Reader | None:
    """Who may come in, by the rules of the door (`entrance.closed_door`); None for all others."""
    somebody = person_of_request(asked.cookies) if is_sign_in_configured() else None
    token = next(iter(asked.query.get(SHARED_PARAMETER, ())), "")
    if token:
        shared = opened(our_store(), token, link_keys())
        if shared is None or not opens_for(shared[0], somebody):
            return None
        link = shared[0]
        return Reader(reading_only(our_partnership().audience(link.audience)), token, link.view, link.release)
    if not is_sign_in_configured():
        return Reader(our_partnership().audiences[0])
    who = somebody.audience if somebody is not None else None
    return None if who is None or who is NOBODY else Reader(who)


def _screen(asked: AskedPage, entry: PageEntry, reader: Reader) -> Screen:
    """What the live page would draw from at this address in a session that begins now."""
    ours, view = our_partnership(), reader.view
    address = {name: values for name, values in asked.query.items() if name != SHARED_PARAMETER}
    if address:
        told = View.from_query(address)
        view = replace(told.over(view), areas=told.areas)
    number = max(view.release or 0, reader.release) or None
    release, gone = _release(number, reader.audience)
    pinned = number if number == release.head.id else None
    view, notices = nearest(replace(view, release=pinned), release, ours)
    if settle := SETTLED_BY.get(entry.file):
        view, changed = settle(view, release, ours)
        notices = (*notices, *changed)
    foreign: dict[str, Any] = {field: "" for field in PAGE_FIELDS if field not in OWN_FIELDS.get(entry.file, ())}
    return Screen(replace(view, **foreign), release, ours, (*alarms(release), *gone, *notices))


def _release(number: int | None, audience: Audience) -> tuple[Release, tuple[str, ...]]:
    try:
        return our_store().release(number, audience=audience.id, drafts=audience.publishes), ()
    except StoreError:
        if number is None:
            raise
        return our_store().release(audience=audience.id), ("Den udgave vises ikke. Viser de nyeste tal i stedet.",)


def _address(entry: PageEntry, reader: Reader, fields: Mapping[str, Any]) -> str:
    query = {**fields, **({SHARED_PARAMETER: reader.token} if reader.token else {})}
    return f"./{entry.address}" + (f"?{urlencode(query, doseq=True)}" if query else "")


def _subject(screen: Screen, about: str = "") -> Subject:
    return Subject(screen.view, screen.release, screen.partnership, None, clock.today(), about=about)


# What each page says --------------------------------------------------------------------------------------------------


def _overview(screen: Screen, reader: Reader) -> Said:
    area = next(entry for entry in PAGES if entry.file == "area.py")
    fields = {"emne": screen.view.indicator, "art": screen.view.category}
    drawn = board_on_page.drawn(screen, lambda each: _address(area, reader, {"omraade": each, **fields}))
    local = reader.audience.sees_local
    fresh = freshness_words(screen)
    words = " ".join(fresh.replace(EXAMPLE_BADGE, "").split()).partition(" ")[2]
    return Said(headline(screen) if local else public_headline(screen), notices=screen.notices, fresh=words,
                example=EXAMPLE_BADGE in fresh, board=drawn)  # fmt: skip


def _safety_map(screen: Screen, _reader: Reader) -> Said:
    subject, reading = _subject(screen), perceived(screen)
    drawn = gather.perceived_map(subject, since.focus(subject))
    blocks = (_choices(subject), Beside((replace(drawn, title=""),), (since.dots(subject),)))
    return _said(screen, reading.title, blocks, reading.sentence)


def _choices(subject: Subject) -> Text:
    """Every choice of the view by its value, where the live page has them to change."""
    return Text(" · ".join(f"{label}: {value}" for label, value in since.filters(subject)), quiet=True)


def _trends(screen: Screen, _reader: Reader) -> Said:
    shown = screen.view.areas or (telling_area(screen),)
    return _said(screen, trends_title(screen, shown), (_choices(_subject(screen)), _over_time(screen, shown[0])))


def _over_time(screen: Screen, area: str) -> Beside:
    subject = _subject(screen)
    rows = survey_rows(screen, areas=(area, *compared_with(screen, (area,))))
    asked: tuple[Block, ...] = (areas.over_time(subject, area, rows),) if area in set(rows["area_id"]) else ()
    recorded = tuple(each for each in areas.recorded_picture(subject, area) if not isinstance(each, Beside))
    return Beside(asked, recorded)


def _area(screen: Screen, _reader: Reader) -> Said:
    area = sheet_area(screen)
    ours, view = screen.partnership, screen.view
    title = area_sentences.area_title(
        area_figures(screen, area).area, ours.indicator(view.indicator), ours.category(view.category)
    )
    texts = tuple(Text(each) for each in areas.said_of(_subject(screen, area), area))
    return _said(screen, title, (*texts, _over_time(screen, area)))


def _initiatives(screen: Screen, _reader: Reader) -> Said:
    if screen.view.tab not in RELEASED_TABS:
        raise LookupError(screen.view.tab)
    title = initiatives_title(screen, narrowed(screen, cards_in(screen, screen.view.areas)))
    return _said(screen, title, (Text("", "Kræver en beslutning"), *since.pressing(_subject(screen))))


def _meeting(screen: Screen, reader: Reader) -> Said:
    now, today = minutes(our_store(), reader.audience, screen.partnership), clock.today()
    meeting = now.to_show(screen.view.meeting, today)
    if screen.view.part not in ("", "moedet"):
        raise LookupError(screen.view.part)
    if meeting is None:
        return _said(screen, title_of(meeting), since.pressing(_subject(screen)))
    points = (line.strip() for line in meeting["agenda"].splitlines() if line.strip())
    agenda = tuple(Text(point, f"{index}.") for index, point in enumerate(points, start=1))
    facts = Text(meeting_facts(meeting, gather.names(_subject(screen)), today))
    return _said(screen, title_of(meeting), (facts, Text("", "Dagsorden"), *agenda))


def _hotspots(screen: Screen, _reader: Reader) -> Said:
    if "cells" not in screen.release.tables:
        return _said(screen, "Hotspots", ())
    words = place_words(view_places(screen)).head(MOST_PLACES)
    table = Table("Stederne", tuple(words.columns), tuple(map(tuple, words.to_numpy())), (1.0,) * len(words.columns))
    credited = Text(cell_sources(screen).replace(EXAMPLE_BADGE, "eksempeldata"), quiet=True)
    return _said(screen, page_title(screen), (table, credited), page_sentence(screen))


def _methods(screen: Screen, _reader: Reader) -> Said:
    boxes = tuple(Box(method.question, (Text(method.answer),)) for method in METHODS)
    return Said("Om tallene", LEAD, screen.notices, blocks=(Text("", "Spørgsmål og svar"), *boxes))


def _said(screen: Screen, title: str, blocks: tuple[Block | Beside, ...], lead: str = "") -> Said:
    rows = survey_rows(screen, level=screen.view.level, wave=screen.view.period)
    credited = (
        "" if any(isinstance(block, Beside) for block in blocks) else credit(screen, rows)
    )  # a picture has its own
    return Said(title, lead, screen.notices, blocks=blocks, credit=credited, example=is_example(rows))


_SAYS: dict[str, Callable[[Screen, Reader], Said]] = {
    "overview.py": _overview,
    "meeting.py": _meeting,
    "safety_map.py": _safety_map,
    "trends.py": _trends,
    "area.py": _area,
    "hotspots.py": _hotspots,
    "initiatives.py": _initiatives,
    "methods.py": _methods,
}
