"""A shared link as a plain document: made from the same sections as the page on paper, kept for all who open it."""

import datetime as dt
import logging
from collections.abc import Mapping
from dataclasses import replace
from typing import Any
from urllib.parse import urlencode

from components.entrance import is_for
from components.methods import METHODS
from components.navigation import PAGES, PageEntry
from components.session import our_store
from data.lru_cache import LruCache
from data.partnership import our_partnership
from data.release import Release
from data.sentences import links as link_sentences
from data.share_token import SHARED_PARAMETER, SharedLink
from data.sharing import opened
from data.store import StoreError
from data.store.links import LinkRecord, open_link
from data.views.minutes import minutes
from reports.document import Subject
from reports.documents import light_document, one_page
from reports.html import Banner, Body, body, page
from reports.pdf import pdf
from server.identity_cookie import person_of_request
from server.light_pages import FORM, LIVE, PDF, Asked, Light
from server.private_settings import is_sign_in_configured, link_keys

ONE_AREA = "area.py"
MOST_KEPT = 64
NO_POLICY = "default-src 'none'; frame-ancestors 'none'"
_kept = LruCache(MOST_KEPT)
_log = logging.getLogger(__name__)


def light_page(asked: Asked) -> Light | None:
    """The document of a shared link, or its PDF; None where the app has to answer: the link does not open for this
    reader, belongs to another page, or is of a page that shows no view."""
    try:
        shared = opened(our_store(), asked.token, link_keys())
        entry = next((each for each in PAGES if each.address.strip("/") == asked.page), None)
        if shared is None or entry is None or not entry.shows_view or shared[0].page != entry.address:
            return None
        somebody = person_of_request(asked.cookies) if is_sign_in_configured() else None
        if not is_for(shared[0], somebody):
            return None
        subject = _subject(shared[0], entry)
        made = _pdf(subject) if asked.form == PDF else _html(asked, shared, entry, subject)
    except (StoreError, KeyError) as error:
        _log.warning("A shared link is left to the app: %s", error)
        return None
    if asked.counts:
        _count(shared[0], somebody.account if somebody else f"link {shared[0].id}")
    return made


def _html(asked: Asked, shared: tuple[SharedLink, LinkRecord], entry: PageEntry, subject: Subject) -> Light:
    link, record = shared
    content: Body = _kept.get_or_make(("html", *_key(subject)), lambda: body(light_document(subject)))
    shows = link_sentences.what_it_shows(entry.title, link.view, subject.release, subject.partnership)
    newest = our_store().newest()
    lines = [
        f"Du ser det, målgruppen {subject.audience.title} må se. {link_sentences.shared_by(record)}",
        *([f"»{record.note}«"] if record.note else []),
        f"Tallene er fra {link_sentences.from_release(subject.release.head)} og ændrer sig ikke.",
    ]
    # The live view is the one whose address says what it shows.
    view = replace(link.view, release=None).to_query()
    ways = [(f"Åbn i {subject.partnership.product}", _address(asked.token, view or {LIVE: "1"}))]
    if newest is not None and newest.id > link.release:
        ways.append(("Se nyeste tal", _address(asked.token, replace(link.view, release=newest.id).to_query())))
    ways.append(("Hent som PDF", _address(asked.token, {FORM: PDF})))
    fold = f"Delt · {link_sentences.short_facts(subject.release.head, record)}"
    banner = Banner(f"Delt visning: {shows}", tuple(lines), tuple(ways), fold)
    html, policy = page(content, banner, subject.partnership.short_name)
    return Light(html.encode(), "text/html", policy)


def _pdf(subject: Subject) -> Light:
    made: bytes = _kept.get_or_make(("pdf", *_key(subject)), lambda: pdf(one_page(subject)))
    return Light(made, "application/pdf", NO_POLICY)


def _address(token: str, more: Mapping[str, Any]) -> str:
    return "?" + urlencode({**more, SHARED_PARAMETER: token}, doseq=True)


def _subject(link: SharedLink, entry: PageEntry) -> Subject:
    """What the link shows, as its audience may see it, on the day the release was published."""
    store, ours = our_store(), our_partnership()
    release: Release = store.release(link.release, audience=link.audience)
    reader = ours.audience(link.audience)
    view = replace(link.view, release=None)
    about = view.areas[0] if entry.file == ONE_AREA and view.areas else ""
    agreed = minutes(store, replace(reader, edits=False, proposes=False), ours) if reader.sees_local else None
    methods = tuple((method.question, method.answer) for method in METHODS)
    return Subject(view, release, ours, agreed, release.head.published_at.date(), methods, about)


def _key(subject: Subject) -> tuple[Any, ...]:
    """What decides every letter: view, release and audience, and for what is agreed the day."""
    day = dt.date.today() if subject.minutes else None
    return (subject.view, subject.about, subject.release.head.id, subject.release.audience, day)


def _count(link: SharedLink, who: str) -> None:
    try:
        open_link(our_store().engine, link.id, who)
    except StoreError as error:  # a database that can only be read still shows what is shared
        _log.warning("The opening of a shared link is not logged: %s", error)
