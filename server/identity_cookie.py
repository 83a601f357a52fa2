"""Who a request comes from, by the signed cookie that Streamlit keeps after sign-in; for what is no page.

Who has signed out is remembered here and in the log of the database, where the other processes look each second.
"""

import datetime as dt
import logging
import threading
import time
from collections.abc import Callable, Mapping

from sqlalchemy.engine import Engine

from data.access import Person, person_of
from data.partnership import our_partnership
from data.store.events import SIGNED_OUT, record, told_after
from data.store.failures import StoreError
from server.private_settings import our_access
from server.streamlit_internals import claims_of_holders, identity_claims

LOOK_EVERY = 1.0
"""Seconds after which somebody who signed out in another process is signed out in this one, too."""
# An event that was begun earlier may be seen later than one with a higher number.
OVERLAP = 50
_ended: dict[tuple[str, float], None] = {}
_lock, _looking = threading.Lock(), threading.Lock()
_log = logging.getLogger(__name__)


def person_of_request(cookies: Mapping[str, str]) -> Person | None:
    """Who the cookies of a request speak of; None unless signed by us, of our address, not expired or ended."""
    claims = identity_claims(cookies)
    somebody = person_of(claims, our_access(), our_partnership()) if claims else None
    return None if somebody is None or has_signed_out(somebody) else somebody


def may_fetch(address: str, somebody: Person | None) -> bool:
    """Whether a file held for a page is for who asks (None: nobody signed in): whose own session it was made in."""
    holders = claims_of_holders(address)
    if holders is None:
        return True  # there is no such file, as whoever asks is told
    accounts = {who.account if who else None for who in (_person(claims) for claims in holders)}
    return (somebody.account if somebody else None) in accounts


def _person(claims: Mapping[str, object]) -> Person | None:
    return person_of(claims, our_access(), our_partnership())


def sign_out(cookies: Mapping[str, str]) -> None:
    """Let the identity in these cookies count for nothing from now on, though it has not expired.

    A browser forgets the cookie when it is told to; a copy of it would otherwise be good until the identity expires.
    """
    somebody = person_of_request(cookies)
    if somebody is not None:
        end(somebody)


def end(somebody: Person) -> None:
    """Let one sign-in count for nothing from now on; those that have expired by themselves are forgotten."""
    _remember(_key(somebody))
    if _shared.engine is not None:
        try:
            record(_shared.engine(), somebody.account, SIGNED_OUT, somebody.until.isoformat())
        except StoreError as error:
            _log.warning("Signed out in this process alone: %s", error)


def has_signed_out(somebody: Person) -> bool:
    """Whether this very sign-in was ended, here or in another process; a later one of the same account is another."""
    _look()
    return _key(somebody) in _ended


class _Shared:
    """The database that processes share, and how far its log has been read."""

    engine: Callable[[], Engine] | None = None
    read, looked = 0, float("-inf")


_shared = _Shared()


def share_ended_in(engine: Callable[[], Engine] | None) -> None:
    """Tell the other processes on this database who signs out, and heed what they tell."""
    _shared.engine, _shared.read, _shared.looked = engine, 0, float("-inf")


def _look() -> None:
    """Read who has signed out since the last look; whoever comes while somebody looks does not wait."""
    if _shared.engine is None or time.monotonic() - _shared.looked < LOOK_EVERY or not _looking.acquire(blocking=False):
        return
    try:
        for event in told_after(_shared.engine(), SIGNED_OUT, _shared.read - OVERLAP):
            _shared.read = max(_shared.read, event.id)
            if event.about:
                _remember((event.account, dt.datetime.fromisoformat(event.about).timestamp()))
    except StoreError as error:
        _log.warning("Who has signed out in other processes is not known: %s", error)
    finally:
        _shared.looked = time.monotonic()
        _looking.release()


def _remember(key: tuple[str, float]) -> None:
    now = dt.datetime.now(dt.UTC).timestamp()
    with _lock:
        for past in [each for each in _ended if each[1] <= now]:
            del _ended[past]
        if key[1] > now:
            _ended[key] = None


def _key(somebody: Person) -> tuple[str, float]:
    return somebody.account, somebody.until.timestamp()
