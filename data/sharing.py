"""Who may share what with whom, and which links open: in doubt, nobody and none."""

import datetime as dt
import secrets
from collections.abc import Sequence
from dataclasses import dataclass, replace
from urllib.parse import urlencode

import pandas as pd

from data import clock, danish
from data.contracts.problems import ContractError, Problem
from data.intake.privacy import find_personal_data
from data.intake.tables import Table
from data.partnership import Audience, Partnership
from data.share_token import SharedLink, link_of, token_of
from data.store import Store, StoreError
from data.store.links import LinkRecord, add_link, find_link
from data.views.nearest import nearest
from data.views.view import View

PERIODS = {7: "1 uge", 30: "1 måned", 92: "3 måneder", 365: "1 år"}
"""How long a link may hold, in days, and the words for it."""
LONGEST_NOTE = 200
FEED = "kalender.ics"
"""What stands for the page in a link that a calendar program subscribes to: meetings, and no figure."""


@dataclass(frozen=True)
class Made:
    """A link just made: its token, what it opens, and the names of the areas its receivers may not see."""

    token: str
    link: SharedLink
    left_out: tuple[str, ...]


def receivers(sender: Audience, partnership: Partnership) -> tuple[Audience, ...]:
    """The audiences a sender may share with: its own, and those that see no more than it does."""
    if not sender.shares:
        return ()
    return tuple(audience for audience in partnership.audiences if sender.covers(audience))


def share(
    store: Store,
    partnership: Partnership,
    *,
    sender: Audience,
    by: str,
    page: str,
    view: View,
    release: int,
    receiver: str,
    days: int,
    note: str,
    keys: Sequence[str],
    now: dt.datetime | None = None,
) -> Made:
    """Make a link to a view and record it. The view is settled as its receivers will see it, so it names no more.

    Raises StoreError where the sender may not share with the receiver, or the receiver has no such release, and
    ContractError for a note with personal data.
    """
    moment = (now or clock.now()).replace(microsecond=0)
    allowed = {audience.id for audience in receivers(sender, partnership)}
    if receiver not in allowed or days not in PERIODS:
        raise StoreError("Du kan ikke dele visningen med den målgruppe.")
    personal = find_personal_data([Table("", "", pd.DataFrame({"besked": [note]}, index=[2]))])
    if personal:
        raise ContractError([_of_the_note(problem) for problem in personal])
    given = store.release(release, audience=receiver)
    settled, _ = nearest(replace(view, release=release), given, partnership)
    if set(partnership.audience(receiver).sees) != set(sender.sees):
        settled = replace(settled, meeting="")  # its id may tell of a meeting that the receivers do not know
    seen = nearest(replace(view, release=release), own := store.release(release, audience=sender.id), partnership)[0]
    left_out = tuple(own.name_of(area) for area in seen.areas if area not in settled.areas)
    link = SharedLink(
        id=secrets.token_hex(16),
        page=page,
        view=settled,
        release=release,
        audience=receiver,
        expires=moment + dt.timedelta(days=days),
    )
    query = urlencode(replace(settled, release=None).to_query(), doseq=True)
    note = " ".join(note.split())[:LONGEST_NOTE]
    record = LinkRecord(link.id, moment, by, page, query, release, receiver, link.expires, note)
    add_link(store.engine, record)
    return Made(token_of(link, keys), link, left_out)


def _of_the_note(problem: Problem) -> Problem:
    message = problem.message.replace("cellen", "beskeden")
    return Problem("", message=danish.opening(message), remedy=problem.remedy)


def opened(
    store: Store, token: str, keys: Sequence[str], now: dt.datetime | None = None
) -> tuple[SharedLink, LinkRecord] | None:
    """The link of a token and its record, None unless it opens now. The database is asked about true tokens only."""
    moment = now or clock.now()
    link = link_of(token, keys, moment)
    record = find_link(store.engine, link.id) if link else None
    if link is None or record is None or not record.holds(moment):
        return None
    same = (record.release_id, record.audience, record.expires_at) == (link.release, link.audience, link.expires)
    return (link, record) if same else None
