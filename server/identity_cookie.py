"""Who a request comes from, by the signed cookie that Streamlit keeps after sign-in; for what is no page."""

import datetime as dt
import threading
from collections.abc import Mapping

from data.access import Person, person_of
from data.partnership import our_partnership
from server.private_settings import our_access
from server.streamlit_internals import identity_claims

_ended: dict[tuple[str, float], None] = {}
_lock = threading.Lock()


def person_of_request(cookies: Mapping[str, str]) -> Person | None:
    """Who the cookies of a request speak of; None unless signed by us, of our address, not expired or ended."""
    claims = identity_claims(cookies)
    somebody = person_of(claims, our_access(), our_partnership()) if claims else None
    return None if somebody is None or has_signed_out(somebody) else somebody


def sign_out(cookies: Mapping[str, str]) -> None:
    """Let the identity in these cookies count for nothing from now on, in this process, though it has not expired.

    A browser forgets the cookie when it is told to; a copy of it would otherwise be good until the identity expires.
    """
    somebody = person_of_request(cookies)
    if somebody is not None:
        end(somebody)


def end(somebody: Person) -> None:
    """Let one sign-in count for nothing from now on; those that have expired by themselves are forgotten."""
    now = dt.datetime.now(dt.UTC).timestamp()
    with _lock:
        for past in [each for each in _ended if each[1] <= now]:
            del _ended[past]
        _ended[_key(somebody)] = None


def has_signed_out(somebody: Person) -> bool:
    """Whether this very sign-in was ended; a later one of the same account is another."""
    return _key(somebody) in _ended


def _key(somebody: Person) -> tuple[str, float]:
    return somebody.account, somebody.until.timestamp()
