"""The door: who may come in is let through to the pages, everybody else meets one page that says what to do."""

import logging
from collections import OrderedDict
from collections.abc import Callable

import streamlit as st

from components.session import VIEW, our_store
from components.text import plain
from components.visitor import LINK, RECORD, TOKEN, account, person, shared_link, shared_token
from data.access import Person
from data.partnership import our_partnership
from data.share_token import SHARED_PARAMETER, SharedLink, has_our_form
from data.sharing import FEED, opened
from data.store import StoreError
from data.store.events import REFUSED, SIGNED_IN, SIGNED_OUT, record
from data.store.links import open_link
from server.identity_cookie import end
from server.private_settings import is_sign_in_configured, link_keys
from server.rate_limits import LINKS, THIS_COMPUTER

Closed = Callable[[], None]

LINK_DOES_NOT_OPEN = (
    "Det kan være udløbet, trukket tilbage eller kopieret forkert, eller det er ikke delt med dig. "
    "Bed den, du har fået det af, om et nyt."
)
MOST_REMEMBERED = 10_000
_log = logging.getLogger(__name__)
_seen: OrderedDict[tuple[str, str, float], None] = OrderedDict()


def closed_door() -> Closed | None:
    """The page to show instead of all others, or None for those who may come in. Decided anew in each run."""
    somebody = person()
    token = st.query_params.get(SHARED_PARAMETER, "") or shared_token()
    if token:
        return None if _enter_by_link(token, somebody) else _link_closed
    if not is_sign_in_configured():
        return None
    if somebody is None:
        return sign_in_page
    if somebody.audience is None:
        _tell_once(somebody, REFUSED)
        return refused_page
    _tell_once(somebody, SIGNED_IN)
    return None


def _enter_by_link(token: str, somebody: Person | None) -> bool:
    """Let a session in by a link, for as long as the link holds; what does not open counts as a failure."""
    known = shared_link() is not None and token == shared_token()
    shared = opened(our_store(), token, link_keys())
    if shared is None or not is_for(shared[0], somebody):
        if not known and has_our_form(token):
            LINKS.failed(_client())
        st.session_state.pop(LINK, None)
        st.session_state[TOKEN] = token  # a session that came by a link never falls back to another way in
        return False
    if not known:
        link = shared[0]
        st.session_state[LINK], st.session_state[RECORD], st.session_state[TOKEN] = *shared, token
        st.session_state[VIEW] = link.view
        _record_opening(link)
    return True


def _client() -> str:
    """The address a session comes from; Streamlit says none for this computer's own."""
    return st.context.ip_address or THIS_COMPUTER


def is_for(link: SharedLink, somebody: Person | None) -> bool:
    """Whether a link opens for a visitor: in the demo, where its audience needs no account, or for who sees as much.

    The address of a calendar is for calendars: whoever has it was promised meetings and no figure.
    """
    if link.page == FEED:
        return False
    try:
        readers = our_partnership().audience(link.audience)
    except KeyError:
        return False
    if not is_sign_in_configured() or readers.open_links:
        return True
    return somebody is not None and somebody.audience is not None and somebody.audience.covers(readers)


def opens_without_account(token: str) -> bool:
    """Whether a token opens a link that needs no account; for what a page fetches besides itself."""
    try:
        shared = opened(our_store(), token, link_keys())
        return (
            shared is not None and shared[0].page != FEED and our_partnership().audience(shared[0].audience).open_links
        )
    except (StoreError, KeyError):
        return False


def _record_opening(link: SharedLink) -> None:
    try:
        open_link(our_store().engine, link.id, account())
    except StoreError as error:  # a database that can only be read still shows what is shared
        _log.warning("The opening of a shared link is not logged: %s", error)


def _tell_once(somebody: Person, what: str) -> None:
    """Log a sign-in once for each identity, not once for each tab and reload."""
    key = (what, somebody.account, somebody.until.timestamp())
    if key in _seen:
        return
    _seen[key] = None
    while len(_seen) > MOST_REMEMBERED:
        _seen.popitem(last=False)
    note_down(somebody.account, what)


def note_down(who: str, what: str, about: str = "") -> None:
    """Add a line to the log; where the database cannot be written, say so to whoever runs the app."""
    try:
        record(our_store().engine, who, what, about)
    except StoreError as error:
        _log.warning("Not logged: %s %s (%s)", what, about, error)


# The pages of those who do not come in ------------------------------------------------------------------------------


def sign_in_page() -> None:
    """What everybody meets who is not signed in, and who was until now."""
    st.title("Log ind", anchor=False)
    st.markdown(
        f"{plain(our_partnership().product)} er for partnerskabets egne folk. "
        "Log ind med den konto, du bruger på arbejdet."
    )
    _sign_in_button("Log ind")
    st.markdown(":gray[Bagefter kommer du til den side, du var på vej til.]")


def refused_page() -> None:
    """What those meet whose account no rule lets in."""
    somebody = person()
    st.title("Din konto har ikke adgang endnu", anchor=False)
    st.markdown(
        "Du er logget ind, men din konto hører ikke til en målgruppe. Bed den, der styrer jeres adgange, om at give "
        "dig den rolle, du skal have. Skriv kontoen herunder, når du spørger."
    )
    if somebody is not None:
        st.markdown(f"Din konto: **{plain(somebody.account)}**")
    sign_out_button("Log ud, og prøv en anden konto")


def _link_closed() -> None:
    st.title("Linket kan ikke åbnes", anchor=False)
    st.markdown(LINK_DOES_NOT_OPEN)
    if is_sign_in_configured() and person() is None:
        st.markdown("Skal linket åbnes med en konto, så log ind først.")
        _sign_in_button("Log ind")
    else:
        st.button("Gå til forsiden", on_click=leave_link)


def leave_link() -> None:
    """End the reading by a link, for those who have a way in of their own."""
    for name in (LINK, RECORD, TOKEN, VIEW):
        st.session_state.pop(name, None)
    st.query_params.clear()


def _sign_in_button(label: str) -> None:
    if st.button(label, type="primary", icon=":material/login:"):
        st.login()


def sign_out_button(label: str = "Log ud") -> None:
    """Leaves the app, and the identity provider where it offers that."""
    if st.button(label, key="sign_out", icon=":material/logout:", type="tertiary"):
        somebody = person()
        if somebody is not None:
            end(somebody)  # and says so in the log
        else:
            note_down(account(), SIGNED_OUT)
        st.logout()
