"""Tells an open session that new figures have been published; it goes on with those it shows until it chooses."""

import streamlit as st

from components.session import choose, newer_release
from components.text import plain
from data import danish
from data.store import StoreError

SECONDS = 20
"""Between two looks for a new release: one short query each, and no page is drawn again."""


@st.fragment(run_every=SECONDS)
def news() -> None:
    """A line on the release that came while one was reading, with the way to it."""
    try:
        newer = newer_release()
    except StoreError:
        return
    if newer is None:
        return
    with st.container(horizontal=True, vertical_alignment="center", key="news"):
        published = danish.moment(newer.published_at)
        st.info(plain(f"Nye tal: udgave {newer.id} er udgivet {published}."), icon=":material/new_releases:")
        if st.button("Vis de nye tal", type="primary"):
            choose(release=None)
            st.rerun()
