"""What a session looks at: the store, the view and the release, with the address bar always telling the view.

The address beats the session, the session beats the default. But a browser may send an address it has not yet brought
up to date, so in a run that a choice on the page began, the choice wins: otherwise a quick second choice would undo the
first.
"""

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

import streamlit as st

from components.visitor import AUDIENCE, account, audience, shared_link, shared_token
from data.calendar import Period
from data.partnership import Partnership, our_partnership
from data.release import Release, ReleaseHead
from data.release.tables import lacks_tables
from data.share_token import SHARED_PARAMETER
from data.store import (
    DamagedReleaseError,
    NotForAudienceError,
    Store,
    StoreError,
    StoreUnavailableError,
    open_store,
)
from data.store.verification import Damage, verify
from data.views.nearest import nearest
from data.views.rows import sheet_area
from data.views.view import PAGE_FIELDS, View

Settle = Callable[[View, Release, Partnership], tuple[View, tuple[str, ...]]]

__all__ = [
    "AUDIENCE",
    "Screen",
    "account",
    "address_now",
    "alarms",
    "audience",
    "choose",
    "choose_audience",
    "newer_release",
    "newest_quarter_ended",
    "nothing_shown",
    "our_store",
    "release_shown",
    "resolve_view",
    "verify_database",
]  # fmt: skip

# What a session remembers between runs, beside the widgets' own values. The audience and what a shared link opened
# stand in components/visitor.py, drafts of forms in components/forms/entry.py, the delivery on Data in delivery.py.
VIEW = "view"
"""The view as it was resolved in the run before: what an address that leaves a field out falls back to."""
_AUDIENCE_WIDGET = "choose_audience"
_SHOWN = "release_shown"
"""The release that the page of this run draws from; absent where it draws from none."""
_BEGAN_WITH = "release_began_with"
"""The number of the newest release when the session began: shown until the reader asks for a newer one."""
_WRITTEN = "address_written"
"""The address the run before wrote: one that differs was typed or followed by the reader, and is obeyed."""
_CHOSEN = "chosen_in_this_run"
"""Set by a choice on the page: in that run the choice wins over the address, which may lag behind it."""
_OTHER_EYES = "audience_chosen_in_this_run"
"""Set when the demo's audience was changed: what gives way in that run is no mistake of the reader's."""
_STOOD_BACK = "category_that_stood_back"
"""On a page that cannot show the category that stands before anyone has chosen: the one it shows, and that one, which
the other pages are to have again."""
_EXPLAINED = (DamagedReleaseError, NotForAudienceError, StoreUnavailableError)
"""Why a release that was asked for is not shown, where that is more than that there is none."""
_BEFORE_OUR_TIME = (
    "Udgave {} er ældre end programmet, så noget på siderne er tomt. Det er med i den næste udgave, der udgives."
)


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


def newest_release() -> int | None:
    """The number of the newest release; None where the store does not answer or has none."""
    try:
        head = our_store().newest()
    except StoreError:
        return None
    return head.id if head else None


def newest_quarter_ended() -> dt.date | None:
    """The last day of the newest period with counts in the newest release; None where none can be read."""
    try:
        release = our_store().release(audience=our_partnership().audiences[0].id)
    except StoreError:
        return None
    return _newest_period_ended(release.head.id, lambda: release.incidents["period"].max())


_ended: dict[int, dt.date | None] = {}


def _newest_period_ended(number: int, newest: Callable[[], object]) -> dt.date | None:
    if number not in _ended:  # a release never changes; Prometheus asks twice a minute
        code = newest()
        _ended.clear()
        _ended[number] = Period.parse(code).last if isinstance(code, str) else None
    return _ended[number]


def verify_database() -> list[Damage]:
    """Everything in the database that is not as it was written; raises StoreError where it cannot be read now."""
    return verify(our_store().engine)


def choose(**fields: Any) -> None:
    """Change the session's view; for use in widget callbacks, before the page runs."""
    st.session_state[VIEW] = replace(st.session_state.get(VIEW, View()), **fields)
    st.session_state[_CHOSEN] = True
    if "category" in fields:
        st.session_state.pop(_STOOD_BACK, None)
    if fields.get("release", ...) is None:
        st.session_state.pop(_BEGAN_WITH, None)


def resolve_view(*further: Settle, keep: Sequence[str] = (), names_area: bool = False) -> Screen:
    """The screen of this run, with the address bar brought up to date.

    `further` are the rules of a page that has choices of its own: each gives the nearest view that page can show and a
    notice for each value that had to give way, after the rules of all pages. `keep` are the fields that belong to that
    page alone: the others remember them, but leave them out of the address. With `names_area` the address names the
    area that is shown before anyone has chosen, which is no choice for the other pages. Raises StoreError when nothing
    has been published yet.
    """
    token = {SHARED_PARAMETER: [shared_token()]} if shared_token() else {}
    stated = {name: st.query_params.get_all(name) for name in st.query_params}
    address = {name: values for name, values in stated.items() if name != SHARED_PARAMETER}
    chosen = st.session_state.get(VIEW, View())
    shown, before = st.session_state.pop(_STOOD_BACK, ("", ""))
    if chosen.category == shown:
        chosen = replace(chosen, category=before)
    chosen_here = st.session_state.pop(_CHOSEN, False)
    if address and not chosen_here and address != st.session_state.get(_WRITTEN):
        told = View.from_query(address)
        # An address without areas says that none is chosen; the rest it leaves out, it leaves as it was.
        chosen = replace(told.over(chosen), areas=told.areas)
    chosen = replace(chosen, release=_within_link(chosen.release))
    release, notices = _release(chosen.release)
    view, more = nearest(replace(chosen, release=_pinned(chosen, release)), release, our_partnership())
    asked = view.category
    for settle in further:
        view, changed = settle(view, release, our_partnership())
        more = (*more, *changed)
    if view.category != asked == our_partnership().first_category.id:
        st.session_state[_STOOD_BACK] = (view.category, asked)
    if st.session_state.pop(_OTHER_EYES, False):
        more = ()  # What the audience before had chosen is no mistake of the reader's.
    st.session_state[VIEW] = view
    st.session_state[_SHOWN] = release
    left_out: dict[str, Any] = {field: "" for field in PAGE_FIELDS if field not in keep}
    if names_area and not view.areas:
        left_out["areas"] = (sheet_area(Screen(view, release, our_partnership(), ())),)
    query = replace(view, **left_out).to_query()
    written = {name: [value] if isinstance(value, str) else value for name, value in query.items()}
    st.session_state[_WRITTEN] = written
    if written | token != stated:
        st.query_params.from_dict(written | token)
    return Screen(view, release, our_partnership(), (*alarms(release), *notices, *more))


def alarms(release: Release) -> tuple[str, ...]:
    """What is said of a release above everything: that it stands in for another, or is older than the program."""
    alarm = (release.alarm,) if release.alarm else ()
    return (*alarm, _BEFORE_OUR_TIME.format(release.head.id)) if lacks_tables(release.tables) else alarm


def address_now() -> dict[str, list[str]]:
    """The view of this run as it stands in the address, without the token of a shared link."""
    written: dict[str, list[str]] = st.session_state.get(_WRITTEN, {})
    return written


def release_shown() -> Release | None:
    """The release that the page of this run draws from; None when it draws from none."""
    release: Release | None = st.session_state.get(_SHOWN)
    return release


def nothing_shown() -> None:
    """Forget what the last run drew, before a page draws."""
    st.session_state.pop(_SHOWN, None)


def _within_link(number: int | None) -> int | None:
    """The release to show: by a shared link its own, or a later one that the reader has asked for."""
    link = shared_link()
    return number if link is None else max(number or 0, link.release)


def _release(number: int | None) -> tuple[Release, tuple[str, ...]]:
    """The release of that number; without one, the release the session began with, which was then the newest."""
    wanted = st.session_state.get(_BEGAN_WITH) if number is None else number
    notices: tuple[str, ...] = ()
    try:
        release = our_store().release(wanted, audience=audience().id, drafts=audience().publishes)
    except StoreError as error:
        if wanted is None:
            raise
        if number is not None:
            known = isinstance(error, _EXPLAINED)
            sentence = str(error) if known else "Den udgave findes ikke."
            notices = (f"{sentence} Viser de nyeste tal i stedet.",)
        release = our_store().release(audience=audience().id)
    # One that stands in for another is left as soon as the other is back.
    if number is None and not release.alarm:
        st.session_state[_BEGAN_WITH] = release.head.id
    return release, notices


def newer_release() -> ReleaseHead | None:
    """The newest release, where it came after the one this session began with and still shows."""
    began_with = st.session_state.get(_BEGAN_WITH)
    if began_with is None or st.session_state.get(VIEW, View()).release is not None:
        return None
    newest = our_store().newest()
    return newest if newest is not None and newest.id > began_with else None


def _pinned(view: View, release: Release) -> int | None:
    """The release number stays in the address only while it names an existing release."""
    return view.release if view.release == release.head.id else None


def choose_audience() -> None:
    """The demo's choice of whose tables to look at. It exists only because no sign-in is configured."""
    audiences = our_partnership().audiences
    st.session_state[_AUDIENCE_WIDGET] = audience().id
    st.segmented_control(
        "Vis som",
        [each.id for each in audiences],
        format_func={each.id: each.title for each in audiences}.__getitem__,
        key=_AUDIENCE_WIDGET,
        on_change=_keep_audience,
        required=True,
        label_visibility="collapsed",
    )


def _keep_audience() -> None:
    st.session_state[AUDIENCE] = st.session_state[_AUDIENCE_WIDGET]
    st.session_state[_OTHER_EYES] = True
