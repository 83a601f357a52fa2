"""Who looks at the page: somebody signed in, somebody with a shared link, or, in the demo, whoever sits here."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import replace

import streamlit as st

from data.access import NOBODY, Person, person_of
from data.partnership import Audience, our_partnership
from data.share_token import SharedLink
from data.store.links import LinkRecord
from server.identity_cookie import has_signed_out
from server.private_settings import is_sign_in_configured, our_access

AUDIENCE = "audience"
"""Where the demo's choice is kept: not in the widget, which forgets it when a page ends early."""
LINK, RECORD, TOKEN = "shared_link", "shared_record", "shared_token"
_ASKING: ContextVar[Audience | None] = ContextVar("asking", default=None)
"""Who asks for a page before there is a session (`asked_by`); None in every session."""


@contextmanager
def asked_by(who: Audience) -> Iterator[None]:
    """Let `audience` be `who` for as long as the answer to a request outside any session is made."""
    before = _ASKING.set(who)
    try:
        yield
    finally:
        _ASKING.reset(before)


def person() -> Person | None:
    """Who is signed in just now; None without sign-in, without a valid identity, past its expiry, or signed out."""
    if not is_sign_in_configured() or not st.user.is_logged_in:
        return None
    somebody = person_of(st.user.to_dict(), our_access(), our_partnership())
    return None if somebody is None or has_signed_out(somebody) else somebody


def shared_link() -> SharedLink | None:
    """The shared link this session was opened by; it stays by it until it ends."""
    link: SharedLink | None = st.session_state.get(LINK)
    return link


def shared_record() -> LinkRecord | None:
    """What is recorded of that link, as it was when this session was opened by it."""
    record: LinkRecord | None = st.session_state.get(RECORD)
    return record


def shared_token() -> str:
    """The token of that link, as it stands in the address; "" without one."""
    return str(st.session_state.get(TOKEN, ""))


def audience() -> Audience:
    """Whose tables this session reads: those of its link, never more; else the account's; in the demo the chosen ones.

    By a link one reads only: what the audience may write, its members write with their own accounts.
    """
    asking = _ASKING.get()
    if asking is not None:
        return asking
    link = shared_link()
    if link is not None:
        return reading_only(our_partnership().audience(link.audience))
    if is_sign_in_configured():
        somebody = person()
        return (somebody and somebody.audience) or NOBODY
    audiences = our_partnership().audiences
    chosen = st.session_state.get(AUDIENCE)
    return next((each for each in audiences if each.id == chosen), audiences[0])


def reading_only(who: Audience) -> Audience:
    """An audience that sees the same, and may write, share and publish nothing."""
    return replace(who, edits=False, proposes=False, suggests=False, publishes=False, shares=False)


def account() -> str:
    """Who acts, for the log and beside what is written: the account's id, the link's, or in the demo the audience."""
    somebody = person()
    if somebody is not None:
        return somebody.account
    link = shared_link()
    if link is not None:
        return f"link {link.id}"
    return "ingen" if is_sign_in_configured() else f"{audience().title} (demo)"
