"""The list of shared links: whom each is for, what it shows, when it was last opened, and the way to revoke it."""

from urllib.parse import parse_qs

import streamlit as st

from components.navigation import PAGES
from components.session import Screen, account, audience, our_store
from components.text import plain, say
from data import clock, danish
from data.partnership import our_partnership
from data.sentences import links as link_sentences
from data.sharing import FEED
from data.store import StoreError
from data.store.links import LinkRecord, links, revoke_link
from data.views.view import View

_REFUSED = "revoking_refused"
MOST_LISTED = 200


def listed() -> list[LinkRecord]:
    """The links a reader may see and revoke: those of the own account; all of them for who edits or publishes."""
    all_of_them = audience().edits or audience().publishes
    return links(our_store().engine, None if all_of_them else account())[:MOST_LISTED]


def title(records: list[LinkRecord]) -> str:
    """How many links open just now, in words."""
    now = clock.now()
    return link_sentences.how_many_open(sum(each.holds(now) for each in records))


def link_list(screen: Screen, records: list[LinkRecord]) -> None:
    """One line a link, those that open first."""
    now = clock.now()
    if _REFUSED in st.session_state:
        st.error(plain(st.session_state.pop(_REFUSED)), icon=":material/error:")
    if not records:
        st.markdown("Her er ikke delt noget endnu. Vælg »Del med …« på den side, du vil dele.")
    for record in sorted(records, key=lambda each: not each.holds(now)):
        with st.container(key=f"line_link_{record.id}", horizontal=True, vertical_alignment="center"):
            with st.container(gap=None):
                st.markdown(f"**{plain(_shows(screen, record))}**")
                receiver = _title(record.audience)
                say(f"Til {receiver}. Delt af {record.made_by} {danish.moment(record.made_at)}, udgave "
                    f"{record.release_id}. {link_sentences.opened_so_far(record)}.")  # fmt: skip
                if record.note:
                    st.caption(plain(f"»{record.note}«"))
            st.markdown(plain(link_sentences.state(record, now)), width="content")
            if record.holds(now):
                st.button("Træk tilbage", key=f"revoke_{record.id}", icon=":material/link_off:", on_click=_revoke,
                          args=(record.id,))  # fmt: skip


def _shows(screen: Screen, record: LinkRecord) -> str:
    if record.page == FEED:
        return "Mødekalender"
    page = next((entry.title for entry in PAGES if entry.address == record.page), record.page)
    view = View.from_query(parse_qs(record.query))
    known = set(screen.release.areas["area_id"])
    seen = tuple(area for area in view.areas if area in known)
    return link_sentences.what_it_shows(
        page, View(indicator=view.indicator, areas=seen), screen.release, screen.partnership
    )


def _title(audience_id: str) -> str:
    return next((each.title for each in our_partnership().audiences if each.id == audience_id), audience_id)


def _revoke(link_id: str) -> None:
    try:
        if link_id in {record.id for record in listed()}:
            revoke_link(our_store().engine, link_id, account())
    except StoreError as error:
        st.session_state[_REFUSED] = str(error)
