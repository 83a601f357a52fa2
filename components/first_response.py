"""What each page says in the first response, made for who asks: the same door, view and audience as the live page."""

import logging
from dataclasses import replace
from typing import Any

from components.entrance import is_for as opens_for
from components.first_words import SAYS
from components.first_words.page import Reader, address
from components.foot import ABOUT, foot_words
from components.hints import COOKIE, put_away
from components.initiatives.tabs import nearest_tab
from components.meetings.parts import nearest_part
from components.navigation import OWN_FIELDS, PAGES, PageEntry, is_for
from components.session import Screen, alarms, our_store
from components.visitor import asked_by, reading_only
from data import clock
from data.access import NOBODY
from data.lru_cache import LruCache
from data.partnership import Audience, our_partnership
from data.release import Release
from data.share_token import SHARED_PARAMETER
from data.sharing import opened
from data.store import StoreError
from data.views.board import nearest_municipality
from data.views.cell_view import nearest_cells
from data.views.explored import nearest_years
from data.views.nearest import nearest
from data.views.view import PAGE_FIELDS, View
from reports.first_response import Place, content, first_html
from server.first_response import AskedPage
from server.identity_cookie import person_of_request
from server.private_settings import is_sign_in_configured, link_keys

MOST_KEPT = 128
SETTLED_BY = {
    "overview.py": nearest_municipality,
    "meeting.py": nearest_part,
    "trends.py": nearest_years,
    "initiatives.py": nearest_tab,
    "hotspots.py": nearest_cells,
}
WRITTEN_TABS = ("logbog", "vandringer")
"""The tabs of Indsatser that show what is written down now, which a release does not hold; Møde does so everywhere."""
_kept = LruCache(MOST_KEPT)
_log = logging.getLogger(__name__)


def first_response(asked: AskedPage) -> str | None:
    """The page as HTML; None for who may not come in, and for pages that one only works on."""
    entry = next((each for each in PAGES if each.address == asked.path), None)
    if entry is None or not entry.shows_view:
        return None
    try:
        reader = _reader(asked)
        if reader is None or not is_for(entry, reader.audience):
            return None
        with asked_by(reader.audience):
            screen = _screen(asked, entry, reader)
        main = _kept_or_made(entry, screen, reader)
    except (StoreError, LookupError) as error:
        _log.warning("A first response is left to the app: %s", error)
        return None
    places = [
        Place(each.title, address(each, reader, {}), each is entry)
        for each in PAGES
        if each.in_menu and is_for(each, reader.audience)
    ]
    return first_html(main, places, our_partnership().product)


def _kept_or_made(entry: PageEntry, screen: Screen, reader: Reader) -> str:
    """The main part, made once for each view of a release; what is written down now, once for each day and writing."""
    key = (entry.file, screen.view, screen.release.head.id, screen.notices, reader)
    if entry.file == "meeting.py" or screen.view.tab in WRITTEN_TABS:
        written = our_store().once_loaded("first responses", lambda: LruCache(MOST_KEPT))
        return written.get_or_make((*key, clock.today()), lambda: main_of(entry, screen, reader))
    return _kept.get_or_make(key, lambda: main_of(entry, screen, reader))


def main_of(entry: PageEntry, screen: Screen, reader: Reader) -> str:
    """The main part of a page; raises LookupError for what a release does not hold."""
    with asked_by(reader.audience):
        return content(SAYS[entry.file](screen, reader), foot_words(screen.release), ABOUT)


def _reader(asked: AskedPage) -> Reader | None:
    """Who may come in, by the rules of the door (`entrance.closed_door`); None for all others."""
    somebody = person_of_request(asked.cookies) if is_sign_in_configured() else None
    token = next(iter(asked.query.get(SHARED_PARAMETER, ())), "")
    hidden = put_away(asked.cookies.get(COOKIE, ""))
    if token:
        shared = opened(our_store(), token, link_keys())
        if shared is None or not opens_for(shared[0], somebody):
            return None
        link = shared[0]
        who = reading_only(our_partnership().audience(link.audience))
        return Reader(who, token, link.view, link.release, hidden)
    if not is_sign_in_configured():
        return Reader(our_partnership().audiences[0], hidden_hints=hidden)
    known = somebody.audience if somebody is not None else None
    return None if known is None or known is NOBODY else Reader(known, hidden_hints=hidden)


def _screen(asked: AskedPage, entry: PageEntry, reader: Reader) -> Screen:
    """What the live page would draw from at this address in a session that begins now."""
    ours, view = our_partnership(), reader.view
    query = {name: values for name, values in asked.query.items() if name != SHARED_PARAMETER}
    if query:
        told = View.from_query(query)
        view = replace(told.over(view), areas=told.areas)
    number = max(view.release or 0, reader.release) or None
    release, gone = _release(number, reader.audience)
    pinned = number if number == release.head.id else None
    view, notices = nearest(replace(view, release=pinned), release, ours)
    if settle := SETTLED_BY.get(entry.file):
        view, changed = settle(view, release, ours)
        notices = (*notices, *changed)
    own = OWN_FIELDS.get(entry.file, ())
    foreign: dict[str, Any] = {field: "" for field in PAGE_FIELDS if field not in own}
    if entry.file == "meeting.py":
        foreign.pop("group")  # shared with Indsatser, as on the page
    return Screen(replace(view, **foreign), release, ours, (*alarms(release), *gone, *notices))


def _release(number: int | None, audience: Audience) -> tuple[Release, tuple[str, ...]]:
    try:
        return our_store().release(number, audience=audience.id, drafts=audience.publishes), ()
    except StoreError:
        if number is None:
            raise
        return our_store().release(audience=audience.id), ("Den udgave vises ikke. Viser de nyeste tal i stedet.",)
