"""Which plain page an address is of: an area's for its residents, the statement, credits, the record, or a calendar."""

import logging

from components.map.ground import ground_credit
from components.session import our_store
from components.sharing.calendar_feed import calendar_feed
from components.sharing.resident_page import resident_page
from data import clock
from data.common_page import from_text
from data.partnership import our_partnership
from data.records import records
from data.settings.several import served_name
from data.store import StoreError
from data.store.accounts import how_many_accounts
from data.store.common import shown
from data.views.credits import credits_of
from reports.common_page import Shown, common_html
from reports.credits_page import credits_html
from reports.processing_record import record_html
from reports.statement import statement_html
from server.identity_cookie import person_of_request
from server.light_pages import Light
from server.plain_pages import CALENDAR, COMMON, CREDITS, PERSONAL_DATA, STATEMENT, Wanted
from server.private_settings import is_sign_in_configured

_log = logging.getLogger(__name__)


def plain_page(wanted: Wanted) -> Light | None:
    """The page of an address below the base; None where there is none for who asks."""
    if wanted.path == CALENDAR:
        return calendar_feed(wanted)
    found = {STATEMENT: _statement, CREDITS: _credits, PERSONAL_DATA: _personal_data, COMMON: _common}
    return found.get(wanted.path, resident_page)(wanted)


def _statement(wanted: Wanted) -> Light:
    ours = our_partnership()
    html, policy = statement_html(ours.statement, ours.short_name, f"{wanted.origin}/")
    return Light(html.encode(), "text/html", policy)


def _credits(wanted: Wanted) -> Light:
    """The sources as the last audience sees them; the page is owed also before the first release."""
    ours = our_partnership()
    try:
        release = our_store().release(audience=ours.audiences[-1].id)
        ground = ground_credit(release, ours, our_store())
        rows, maps = records(release.sources), [each for each in (credits_of(release), ground) if each]
    except StoreError as error:
        _log.warning("The credits are shown without sources: %s", error)
        rows, maps = [], []
    html, policy = credits_html(rows, maps, ours.short_name, f"{wanted.origin}/")
    return Light(html.encode(), "text/html", policy)


def _common(wanted: Wanted) -> Light | None:
    """What partnerships that agreed to it show each other: for who has come in here, and where there are several."""
    if not served_name():
        return None
    if is_sign_in_configured():
        somebody = person_of_request(wanted.cookies)
        if somebody is None or somebody.audience is None:
            return None
    html, policy = common_html(_agreed(), our_partnership().short_name, f"{wanted.origin}/")
    return Light(html.encode(), "text/html", policy)


def _agreed() -> list[Shown]:
    found = []
    for each in shown(our_store().engine):
        try:
            found.append(Shown(from_text(each.document), each.role, clock.here(each.at).date().isoformat()))
        except ValueError as error:
            _log.warning("What %s shows on the common page cannot be read: %s", each.name, error)
    return found


def _personal_data(wanted: Wanted) -> Light | None:
    """The record for the administrator: whoever publishes, or anybody in the demo."""
    ours = our_partnership()
    if is_sign_in_configured():
        somebody = person_of_request(wanted.cookies)
        if somebody is None or somebody.audience is None or not somebody.audience.publishes:
            return None
    try:
        held = how_many_accounts(our_store().engine)
    except StoreError as error:
        _log.warning("The record is shown without counts: %s", error)
        held = {}
    html, policy = record_html(ours.personal_data, held, ours.short_name, f"{wanted.origin}/")
    return Light(html.encode(), "text/html", policy)
