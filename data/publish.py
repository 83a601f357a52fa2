"""Publishes what is loaded as a new release, for every audience, in one transaction."""

import datetime as dt

from data.partnership import Partnership
from data.release import Release, ReleaseHead
from data.release.build import build_release
from data.store import Store
from data.store.schema import source_tables


def publish(
    store: Store, partnership: Partnership, *, by: str, note: str = "", meeting_date: dt.date | None = None
) -> ReleaseHead:
    """Build a release from all that is loaded and publish it; a reader sees the old release or the new, never both."""
    newest = store.newest()
    loaded = {kind: store.loaded(kind) for kind in source_tables}
    tables = build_release(loaded, partnership, _previous_meeting(store, partnership, meeting_date))
    return store.publish(
        {audience.id: tables for audience in partnership.audiences},
        by=by,
        note=note,
        meeting_date=meeting_date,
        after=newest.id if newest else None,
    )


def _previous_meeting(store: Store, partnership: Partnership, meeting_date: dt.date | None) -> Release | None:
    """The newest release made for an earlier meeting; where meetings are not stated, simply the newest."""
    heads = store.releases()
    if meeting_date is not None:
        heads = [head for head in heads if head.meeting_date is None or head.meeting_date < meeting_date]
    return store.release(heads[0].id, audience=partnership.audiences[0].id) if heads else None
