"""The share strip: the address of what one sees, and a signed link to it for an audience that may see no more."""

from dataclasses import replace

import streamlit as st

from components.navigation import PageEntry, is_for, link_to
from components.page_address import page_address
from components.session import (
    Screen,
    account,
    address_now,
    audience,
    our_store,
    release_shown,
)
from components.sharing.copy_button import copy_button
from components.text import plain
from components.visitor import shared_link
from data import danish
from data.contracts.problems import ContractError
from data.partnership import Audience, our_partnership
from data.release import Release
from data.share_token import SHARED_PARAMETER
from data.sharing import LONGEST_NOTE, PERIODS, Made, receivers, share
from data.store import StoreError
from data.views.nearest import nearest
from data.views.rows import sheet_area
from data.views.view import View
from server.private_settings import is_sign_in_configured, link_keys

_MADE, _REFUSED = "link_just_made", "link_refused"
_RECEIVER, _DAYS, _NOTE = "share_receiver", "share_days", "share_note"
ORDINARY_DAYS = 30
# Pages that show one area also before anyone has chosen.
_OF_AN_AREA = ("omraade", "udvikling")


def share_strip(entry: PageEntry) -> None:
    """The strip of a page, once it is drawn: copy the address, or share the view with an audience.

    By a shared link one hands on the link itself, in the address, and nothing more.
    """
    release = release_shown()
    if release is None or not entry.shows_view:
        return
    copy_button("Kopiér link", key="copy_address")
    if shared_link() is not None or not audience().shares:
        return
    fold = st.popover("Del med …", icon=":material/share:", key="share_with", on_change="rerun", type="tertiary")
    if fold.open:
        with fold, st.container(key="form_share"):
            _form(entry, release)
    else:
        st.session_state.pop(_MADE, None)
        st.session_state.pop(_REFUSED, None)


def _form(entry: PageEntry, release: Release) -> None:
    if release.head.is_draft:
        st.markdown("En kladde kan ikke deles. Udgiv den først.")
        return
    offered = [each for each in receivers(audience(), our_partnership()) if is_for(entry, each)]
    titles = {each.id: each.title for each in offered}
    st.markdown(
        "Modtageren ser det, målgruppen må se, og ikke det, du ser. "
        f"Tallene bliver ved med at være dem fra udgave {release.head.id}."
    )
    # The audience one most often shares with is another than one's own.
    first = next((index for index, each in enumerate(offered) if each.id != audience().id), 0)
    st.selectbox("Målgruppe", list(titles), index=first, format_func=titles.__getitem__, key=_RECEIVER)
    days = list(PERIODS)
    st.selectbox("Virker i", days, index=days.index(ORDINARY_DAYS), format_func=PERIODS.__getitem__, key=_DAYS)
    st.text_input("Besked til modtageren", max_chars=LONGEST_NOTE, key=_NOTE, placeholder="fx Til mødet på torsdag")
    st.button("Lav link", type="primary", icon=":material/link:", key="share_make", on_click=_make,
              args=(entry.address, release))  # fmt: skip
    if _REFUSED in st.session_state:
        st.error(plain(st.session_state[_REFUSED]), icon=":material/error:")
    made: Made | None = st.session_state.get(_MADE)
    if made is not None:
        _made(made, our_partnership().audience(made.link.audience))
    link_to("shared_links.py", "Se og træk delte links tilbage", View(), icon="list")


def _make(page: str, release: Release) -> None:
    st.session_state.pop(_MADE, None)
    st.session_state.pop(_REFUSED, None)
    try:
        st.session_state[_MADE] = share(
            our_store(),
            our_partnership(),
            sender=audience(),
            by=account(),
            page=page,
            view=_seen(page, release),
            release=release.head.id,
            receiver=st.session_state[_RECEIVER],
            days=st.session_state[_DAYS],
            note=st.session_state[_NOTE],
            keys=link_keys(),
        )
    except (StoreError, ContractError) as error:
        st.session_state[_REFUSED] = str(error)


def _seen(page: str, release: Release) -> View:
    """The view as the sender sees it: an area that the page chose itself is the one that is shared."""
    view = View.from_query(address_now())
    if page not in _OF_AN_AREA or view.areas:
        return view
    settled, _ = nearest(view, release, our_partnership())
    return replace(view, areas=(sheet_area(Screen(settled, release, our_partnership(), ())),))


def _made(made: Made, receiver: Audience) -> None:
    address = link_address(made)
    needs = "Enhver med linket kan åbne det." if not _needs_account(receiver) else "Modtageren skal logge ind."
    expires = danish.date(made.link.expires)
    st.success(plain(f"Linket er klar. {needs} Det virker til {expires}."), icon=":material/check:")
    if made.left_out:
        seen = danish.join(made.left_out)
        st.warning(plain(f"{receiver.title} må ikke se {seen}. Det er udeladt."), icon=":material/visibility_off:")
    copy_button("Kopiér det nye link", address, key="copy_shared")
    with st.container(key="shared_address"):
        st.code(address, language=None)


def _needs_account(receiver: Audience) -> bool:
    return is_sign_in_configured() and not receiver.open_links


def link_address(made: Made) -> str:
    """The whole address of a link, as the sender's browser reaches us."""
    return page_address(made.link.page, {SHARED_PARAMETER: made.token})
