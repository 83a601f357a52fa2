"""The meetings of an audience as a calendar that programs subscribe to, each by an address that can be revoked."""

import logging
from urllib.parse import urlencode

import pandas as pd
import streamlit as st

from components.meetings.records import today
from components.session import account, audience, our_store, release_shown
from components.sharing.copy_button import copy_button
from components.sharing.share_strip import link_address
from components.text import plain
from components.visitor import reading_only, shared_link
from data import clock, danish
from data.contracts.problems import ContractError
from data.partnership import our_partnership
from data.records import records
from data.sharing import FEED, Made, opened, receivers, share
from data.store import StoreError
from data.views.minutes import minutes
from data.views.view import PARAMETERS, View
from server.light_pages import Light
from server.plain_pages import Wanted
from server.private_settings import link_keys

A_YEAR = 365
POLICY = "default-src 'none'; frame-ancestors 'none'"
_RECEIVER, _MADE, _REFUSED = "feed_receiver", "feed_made", "feed_refused"
_log = logging.getLogger(__name__)


def calendar_feed(wanted: Wanted) -> Light | None:
    """The calendar of a token made for it: meetings from a year back as they stand now; None where it does not open.

    No account is asked for, because calendar programs have none; no figure is in it.
    """
    ours, store = our_partnership(), our_store()
    try:
        subscribed = opened(store, wanted.token, link_keys())
        if subscribed is None or subscribed[0].page != FEED:
            return None
        reader = ours.audience(subscribed[0].audience)
        names = store.release(audience=reader.id).names
        meetings = minutes(store, reading_only(reader), ours).meetings
    except (StoreError, LookupError) as error:
        _log.warning("A calendar is not given out: %s", error)
        return None
    from reports.calendar_file import calendar_file  # only those who ask for one pay for the library

    begin = pd.Timestamp(clock.today()) - pd.DateOffset(years=1)
    rows = records(meetings[pd.to_datetime(meetings["date"]) >= begin])
    address = f"{wanted.origin}/moede?{urlencode({PARAMETERS['part']: 'moedet', PARAMETERS['meeting']: ''})}"
    made = calendar_file(rows, names, f"Møder i {ours.short_name}, {reader.title}", address)
    return Light(made, "text/calendar", POLICY)


def subscribe() -> None:
    """For who may share: make the address that a calendar program subscribes to, for an audience."""
    release = release_shown()
    offered = [each for each in receivers(audience(), our_partnership()) if each.sees_local]
    if release is None or release.head.is_draft or shared_link() is not None or not offered:
        return
    fold = st.popover("Abonnér på møderne", icon=":material/update:", key="subscribe", on_change="rerun")
    if not fold.open:
        st.session_state.pop(_MADE, None)
        return
    with fold, st.container(key="form_subscribe"):
        titles = {each.id: each.title for each in offered}
        st.markdown("Kalenderen henter selv nye, flyttede og aflyste møder. Enhver, der har adressen, ser møderne og "
                    "dagsordenen, men ingen tal.")  # fmt: skip
        st.selectbox("Målgruppe", list(titles), format_func=titles.__getitem__, key=_RECEIVER)
        st.button("Lav kalenderadresse", type="primary", icon=":material/link:", key="make_feed", on_click=_make,
                  args=(release.head.id,))  # fmt: skip
        if _REFUSED in st.session_state:
            st.error(plain(st.session_state.pop(_REFUSED)), icon=":material/error:")
        made: Made | None = st.session_state.get(_MADE)
        if made is not None:
            address = link_address(made)
            sentence = f"Virker til {danish.date(made.link.expires)}, og kan trækkes tilbage på Delte links."
            st.success(sentence, icon=":material/check:")
            copy_button("Kopiér kalenderadressen", address, key="copy_feed")
            with st.container(key="shared_address"):
                st.code(address, language=None)


def _make(release: int) -> None:
    try:
        st.session_state[_MADE] = share(
            our_store(), our_partnership(), sender=audience(), by=account(), page=FEED, view=View(), release=release,
            receiver=st.session_state[_RECEIVER], days=A_YEAR, note=f"Kalender, lavet {danish.date(today())}",
            keys=link_keys(),
        )  # fmt: skip
    except (StoreError, ContractError) as error:
        st.session_state[_REFUSED] = str(error)
