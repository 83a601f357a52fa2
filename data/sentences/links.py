"""What is said of a shared link: what it shows, who may open it, and what has become of it."""

import datetime as dt

from data import danish
from data.partnership import Partnership
from data.release import Release, ReleaseHead
from data.store.links import LinkRecord
from data.views.view import View


def what_it_shows(title: str, view: View, release: Release, partnership: Partnership) -> str:
    """A view in words: the page, the areas chosen and the question asked."""
    indicator = next((each.title for each in partnership.indicators if each.id == view.indicator), "")
    areas = danish.join(release.name_of(area) for area in view.areas)
    return " · ".join(part for part in (title, areas, indicator) if part)


def how_many_open(number: int) -> str:
    """How many links open just now, as a title: "Ingen delte links virker nu"."""
    return danish.opening(f"{danish.few(number)} {'delt link' if number == 1 else 'delte links'} virker nu")


def from_release(head: ReleaseHead) -> str:
    """Which release the figures are from."""
    return f"udgave {head.id} fra {danish.date(head.published_at)}"


def short_facts(head: ReleaseHead, record: LinkRecord) -> str:
    """Which release, and until when, as short as one line of a phone: "udgave 2 · til 3. april 2026"."""
    return f"udgave {head.id} · til {danish.date(record.expires_at)}"


def shared_by(record: LinkRecord) -> str:
    """Who shared it, when, and for how long it opens."""
    return (
        f"Delt af {record.made_by} den {danish.date(record.made_at)}. "
        f"Linket virker til {danish.date(record.expires_at)}."
    )


def opened_so_far(record: LinkRecord) -> str:
    """How often a link was opened, and when last."""
    if record.last_opened is None:
        return "Ikke åbnet endnu"
    times = danish.plural(record.opened, "gang", "gange")
    return f"Åbnet {times}, sidst {danish.moment(record.last_opened)}"


def state(record: LinkRecord, now: dt.datetime) -> str:
    """Whether a link opens, and if not, why."""
    if record.revoked_at is not None:
        return f"Trukket tilbage {danish.date(record.revoked_at)} af {record.revoked_by}"
    if not record.holds(now):
        return f"Udløbet {danish.date(record.expires_at)}"
    return f"Virker til {danish.date(record.expires_at)}"
