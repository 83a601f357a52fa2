"""The banner above a shared view: what it is, who shared it, which figures it holds to, and the way to the newest.

It is whole on the page that was shared, and one line that folds out on every other.
"""

import streamlit as st

from components.entrance import leave_link
from components.navigation import PAGES
from components.session import choose, our_store, release_shown
from components.text import plain
from components.visitor import person, shared_link, shared_record
from data.partnership import our_partnership
from data.sentences import links as link_sentences
from server.private_settings import is_sign_in_configured


def shared_banner(address: str) -> None:
    """Says in words what a shared link shows, once the page is drawn; nothing in a session opened without one.

    `address` is that of the page it stands above.
    """
    link, record = shared_link(), shared_record()
    if link is None or record is None:
        return
    audience = our_partnership().audience(link.audience)
    release = our_store().release(link.release, audience=link.audience)
    title = next((entry.title for entry in PAGES if entry.address == link.page), "")
    shows = link_sentences.what_it_shows(title, link.view, release, our_partnership())
    newest = our_store().newest()
    shown = release_shown()
    short = f"Delt · {link_sentences.short_facts(shown.head if shown else release.head, record)}"
    whole = address == link.page
    with (
        st.container(key="shared_view")
        if whole
        else st.expander(plain(short), icon=":material/share:", key="shared_view_folded")
    ):
        st.markdown(f":material/share: **Delt visning: {plain(shows)}**")
        st.markdown(
            plain(f"Du ser det, målgruppen {audience.title} må se. {link_sentences.shared_by(record)}")
            + (f" »{plain(record.note)}«" if record.note else "")
        )
        with st.container(horizontal=True, vertical_alignment="center"):
            _figures(link.release, newest.id if newest else link.release)
            if not is_sign_in_configured() or person() is not None:
                st.button("Luk visningen", key="leave_link", type="tertiary", on_click=leave_link)


def _figures(shared: int, newest: int) -> None:
    """Which release one sees by the link, and the way to the other."""
    release = release_shown()
    if release is None:
        return
    shown = release.head
    st.markdown(plain(f"Tallene er fra {link_sentences.from_release(shown)}."), width="content")
    if shown.id < newest:
        st.button("Se nyeste tal", key="newest_by_link", on_click=choose, kwargs={"release": newest})
    if shown.id != shared:
        st.button(f"Tilbage til udgave {shared}", key="back_to_shared", on_click=choose, kwargs={"release": shared})
