"""The residents' pages: of which audience's release they are made, who may open them, and what they say."""

import datetime as dt
import logging

import pandas as pd

from components.area.figures import area_figures
from components.initiatives.place_picture import marks_of, place_drawing
from components.initiatives.walk import ground_of
from components.session import our_store
from components.sharing.suggesting import with_forms
from data import clock
from data.entries import standing
from data.partnership import Audience, Partnership, our_partnership
from data.records import records
from data.release import Release
from data.release.audiences import municipalities
from data.sentences.insecure_places import places_sentence
from data.sentences.links import from_release
from data.store import StoreError
from data.store.submissions import turned_down
from data.suggestions import NOTED
from data.views.minutes import minutes
from data.views.nearest import nearest
from data.views.promises import complete, promises
from data.views.trends import area_in_one_sentence
from data.views.view import View
from reports.document import Subject
from reports.documents import stamp
from reports.promises import groups_of
from reports.resident_forms import Forms
from reports.residents import ResidentPage, resident_html
from reports.sections.areas import trend_of
from server.gate import RESIDENTS
from server.identity_cookie import person_of_request
from server.light_pages import Light
from server.plain_pages import STATEMENT, Wanted
from server.private_settings import is_sign_in_configured

HOUSING = "housing_area"
LENGTH = "hverdag"
ANSWERED_FOR = dt.timedelta(days=92)
"""How long the page tells why something was not taken."""
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
        content = our_store().once_loaded(("resident page", area, release.head.id, reader.id, clock.today()),
                                       lambda: _said(area, release, ours, reader))  # fmt: skip
        refused = turned_down(our_store().engine, area, clock.today() - ANSWERED_FOR) if reader.suggests else []
        landmarks = ground_of(release, ours, area)["names"] if reader.suggests else []
    except (StoreError, LookupError) as error:
        _log.warning("A page for residents is not shown: %s", error)
        return None
    base = wanted.origin

    def page(forms: Forms | None, status: int = 200, head: tuple[tuple[str, str], ...] = ()) -> Light:
        html, policy = resident_html(content, f"{base}{RESIDENTS}{area}", ours.short_name, f"{base}{STATEMENT}",
                                     forms=forms, refused=refused)  # fmt: skip
        return Light(html.encode(), "text/html", policy, status, head)

    if not reader.suggests:
        return page(None) if wanted.form is None else None
    return with_forms(wanted, area, reader, landmarks, page)


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


def _places(area: str, release: Release) -> pd.DataFrame:
    """The insecure places of an area as the release has them, and those residents have told of since it was made.

    They hold no figure that could be hidden, and whoever told of one is to find it once it is approved.
    """
    told = complete(release.tables["insecure_places"])
    told = told[told["area_id"] == area]
    now = standing(our_store(), "insecure_places")
    new = now[(now["area_id"] == area) & now["dialogue_id"].str.startswith(f"{NOTED}-")]
    return pd.concat([told, new[~new["place_id"].isin(told["place_id"])][told.columns]], ignore_index=True)


def _said(area: str, release: Release, ours: Partnership, reader: Audience) -> ResidentPage:
    view, _ = nearest(View(areas=(area,), level=HOUSING), release, ours)
    agreed = minutes(our_store(), reader, ours)
    subject = Subject(view, release, ours, agreed, clock.today(), about=area)
    figures = area_figures(subject, area)
    sentence = area_in_one_sentence(subject, LENGTH, figures.newest, figures.newest_year)
    rows = promises(_places(area, release), clock.today())
    counts = {str(state): int(count) for state, count in rows.groupby("status")["count"].sum().items()}
    told = places_sentence(counts, int(rows.loc[rows["late"], "count"].sum())) if len(rows) else ""
    marks = marks_of(rows, release.names)
    dialogues = standing(our_store(), "dialogues")
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
        records(agreed.proposals[agreed.proposals["area_id"] == area]),
        next(iter(agreed.ahead(clock.today())), None),
        release.names,
        from_release(release.head),
        credit.credit,
    )
