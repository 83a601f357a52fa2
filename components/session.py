"""What a session looks at: the store, the view and the release, with the address bar always telling the view.

The address beats the session, the session beats the default. But a browser may send an address it has not yet brought
up to date, so in a run that a choice on the page began, the choice wins: otherwise a quick second choice would undo the
first.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

import streamlit as st

from data.partnership import Audience, Partnership, our_partnership
from data.release import Release
from data.store import DamagedReleaseError, Store, StoreError, StoreUnavailableError, open_store
from data.view import CELL_FIELDS, MEETING_FIELDS, View, nearest

Settle = Callable[[View, Release, Partnership], tuple[View, tuple[str, ...]]]

VIEW = "view"
AUDIENCE = "audience"
_WRITTEN = "address_written"
_CHOSEN = "chosen_in_this_run"


@dataclass(frozen=True)
class Screen:
    """What a page draws from: the view, the release it is a view of, and the partnership's vocabulary."""

    view: View
    release: Release
    partnership: Partnership
    notices: tuple[str, ...]


@st.cache_resource
def _store() -> Store:
    return open_store()


def our_store() -> Store:
    """The store of this process."""
    return _store()


def audience() -> Audience:
    """The audience of this session: in the demo the one chosen under "Vis som", at first the first there is."""
    audiences = our_partnership().audiences
    chosen = st.session_state.get(AUDIENCE)
    return next((each for each in audiences if each.id == chosen), audiences[0])


def account() -> str:
    """Who writes: in the demo, where nobody signs in, the audience one has chosen."""
    return f"{audience().title} (demo)"


def choose(**fields: Any) -> None:
    """Change the session's view; for use in widget callbacks, before the page runs."""
    st.session_state[VIEW] = replace(st.session_state.get(VIEW, View()), **fields)
    st.session_state[_CHOSEN] = True


def look(*further: Settle, keep: Sequence[str] = ()) -> Screen:
    """The screen of this run, with the address bar brought up to date.

    `further` are the rules of a page that has choices of its own: each gives the nearest view that page can show and a
    notice for each value that had to give way, after the rules of all pages. `keep` are the fields that belong to that
    page alone: the others remember them, but leave them out of the address. Raises StoreError when nothing has been
    published yet.
    """
    address = {name: st.query_params.get_all(name) for name in st.query_params}
    chosen = st.session_state.get(VIEW, View())
    chosen_here = st.session_state.pop(_CHOSEN, False)
    if address and not chosen_here and address != st.session_state.get(_WRITTEN):
        told = View.from_query(address)
        # An address without areas says that none is chosen; the rest it leaves out, it leaves as it was.
        chosen = replace(told.over(chosen), areas=told.areas)
    release, notices = _release(chosen.release)
    view, more = nearest(replace(chosen, release=_pinned(chosen, release)), release, our_partnership())
    for settle in further:
        view, said = settle(view, release, our_partnership())
        more = (*more, *said)
    st.session_state[VIEW] = view
    left_out: dict[str, Any] = {field: "" for field in (*MEETING_FIELDS, *CELL_FIELDS) if field not in keep}
    query = replace(view, **left_out).to_query()
    written = {name: [value] if isinstance(value, str) else value for name, value in query.items()}
    st.session_state[_WRITTEN] = written
    if written != address:
        st.query_params.from_dict(written)
    alarm = (release.alarm,) if release.alarm else ()
    return Screen(view, release, our_partnership(), (*alarm, *notices, *more))


def _release(number: int | None) -> tuple[Release, tuple[str, ...]]:
    try:
        return our_store().release(number, audience=audience().id), ()
    except StoreError as error:
        if number is None:
            raise
        known = isinstance(error, (DamagedReleaseError, StoreUnavailableError))
        said = str(error) if known else "Den udgave findes ikke."
        return our_store().release(audience=audience().id), (f"{said} Viser de nyeste tal i stedet.",)


def _pinned(view: View, release: Release) -> int | None:
    """The release number stays in the address only while it names an existing release."""
    return view.release if view.release == release.head.id else None


def choose_audience() -> None:
    """The demo's choice of whose tables to look at. It exists only because no sign-in is configured."""
    audiences = our_partnership().audiences
    st.session_state.setdefault(AUDIENCE, audience().id)
    st.segmented_control(
        "Vis som",
        [each.id for each in audiences],
        format_func={each.id: each.title for each in audiences}.__getitem__,
        key=AUDIENCE,
        required=True,
        label_visibility="collapsed",
    )
