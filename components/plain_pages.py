"""Which plain page an address is of: an area's page for its residents, the accessibility statement, or a calendar."""

import logging

from components.session import our_store
from components.sharing.calendar_feed import calendar_feed
from components.sharing.resident_page import resident_page
from data.partnership import our_partnership
from data.records import records
from data.store import StoreError
from reports.statement import statement_html
from server.light_pages import Light
from server.plain_pages import CALENDAR, STATEMENT, Wanted

_log = logging.getLogger(__name__)


def plain_page(wanted: Wanted) -> Light | None:
    """The page of an address below the base; None where there is none for who asks."""
    if wanted.path == CALENDAR:
        return calendar_feed(wanted)
    return _statement(wanted) if wanted.path == STATEMENT else resident_page(wanted)


def _statement(wanted: Wanted) -> Light:
    ours = our_partnership()
    html, policy = statement_html(ours.statement, ours.short_name, f"{wanted.origin}/", _sources())
    return Light(html.encode(), "text/html", policy)


def _sources() -> list[str]:
    """Each source of the newest release with publisher and licence, as the last audience sees it; [] before the first.

    The statement is owed also while the database is away.
    """
    try:
        rows = our_store().release(audience=our_partnership().audiences[-1].id).sources
    except StoreError as error:
        _log.warning("The statement is shown without sources: %s", error)
        return []
    return [f"{row['title']}. {row['publisher']}. {row['licence']}." for row in records(rows)]
