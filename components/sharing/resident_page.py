"""The residents' pages: of which audience's release they are made, who may open them, and what they say."""

import logging

from components.area.figures import area_figures
from components.initiatives.place_picture import marks_of, place_drawing
from components.session import our_store
from data import clock
from data.lru_cache import LruCache
from data.partnership import Audience, Partnership, our_partnership
from data.release import Release
from data.release.audiences import municipalities
from data.sentences.insecure_places import places_sentence
from data.sentences.links import from_release
from data.sentences.one_sentence import in_one_sentence
from data.store import StoreError
from data.views.minutes import minutes
from data.views.promises import promises
from data.views.view import View, nearest
from reports.document import Subject
from reports.documents import stamp
from reports.promises import groups_of
from reports.residents import ResidentPage, resident_html
from reports.sections.areas import trend_of
from server.identity_cookie import person_of_request
from server.light_pages import Light
from server.plain_pages import RESIDENTS, STATEMENT, Wanted
from server.private_settings import is_sign_in_configured

HOUSING = "housing_area"
LENGTH = "hverdag"
MOST_KEPT = 64
_kept = LruCache(MOST_KEPT)
_log = logging.getLogger(__name__)


def resident_page(wanted: Wanted) -> Light | None:
    """An area's page; None where there is no such area, or its page is not open for who asks."""
    area = wanted.path.removeprefix(RESIDENTS).strip("/")
    ours = our_partnership()
    try:
        reader = _reader_of(area, ours)
        if reader is None or not _may_open(reader, wanted):
            return None
        release = our_store().release(audience=reader.id)
        key = (area, release.head.id, reader.id, clock.today())
        page = _kept.get_or_make(key, lambda: _said(area, release, ours, reader))
    except (StoreError, LookupError) as error:
        _log.warning("A page for residents is not shown: %s", error)
        return None
    base = wanted.origin
    html, policy = resident_html(page, f"{base}{RESIDENTS}{area}", ours.short_name, f"{base}{STATEMENT}")
    return Light(html.encode(), "text/html", policy)


def reader_of(municipality: str, partnership: Partnership) -> Audience | None:
    """The audience an area's page is made for: of those with hidden small counts that see its municipality, one whose
    links need no account where there is one, else the one that sees the fewest municipalities.
    """
    readers = [
        each for each in partnership.audiences
        if municipality in each.sees and each.threshold and not (each.edits or each.publishes or each.sees_cells)
    ]  # fmt: skip
    return min(readers, key=lambda each: (not each.open_links, len(each.sees)), default=None)


def _reader_of(area: str, partnership: Partnership) -> Audience | None:
    areas = our_store().release(audience=partnership.audiences[0].id).areas
    known = areas.loc[(areas["area_id"] == area) & (areas["level"] == HOUSING)]
    return None if known.empty else reader_of(municipalities(areas)[area], partnership)


def _may_open(reader: Audience, wanted: Wanted) -> bool:
    """Anybody, where the audience's links need no account; else who has signed in and sees as much."""
    if not is_sign_in_configured() or reader.open_links:
        return True
    somebody = person_of_request(wanted.cookies)
    return somebody is not None and somebody.audience is not None and somebody.audience.covers(reader)


def _said(area: str, release: Release, ours: Partnership, reader: Audience) -> ResidentPage:
    view, _ = nearest(View(areas=(area,), level=HOUSING), release, ours)
    agreed = minutes(our_store(), reader, ours)
    subject = Subject(view, release, ours, agreed, clock.today(), about=area)
    figures = area_figures(subject, area)
    sentence = in_one_sentence(LENGTH, figures.newest, figures.newest_year, ours.indicator(view.indicator),
                               ours.category(view.category))  # fmt: skip
    rows = release.tables["insecure_places"]
    rows = promises(rows[rows["area_id"] == area], clock.today())
    counts = {str(state): int(count) for state, count in rows.groupby("status")["count"].sum().items()}
    told = places_sentence(counts, int(rows.loc[rows["late"], "count"].sum())) if len(rows) else ""
    marks = marks_of(rows, release.names)
    dialogues = release.tables["dialogues"]
    days = dict(zip(dialogues["dialogue_id"], dialogues["date"], strict=True))
    credit = stamp(subject)
    return ResidentPage(
        release.name_of(area),
        sentence,
        trend_of(subject, area),
        told,
        groups_of(rows, {}, days, fold=False),
        place_drawing(subject, (area,), marks, told) if marks else None,
        bool((rows["provenance"] == "example").any()) or credit.example,
        next(iter(agreed.ahead(clock.today())), None),
        release.names,
        from_release(release.head),
        credit.credit,
    )
