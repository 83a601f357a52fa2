"""The frame around every page: settings, look, door, navigation. It names pages by path and imports none of them."""

from functools import partial
from pathlib import Path

import streamlit as st

from components.entrance import Closed, closed_door, sign_out_button
from components.first_steps import first_steps
from components.foot import ABOUT, foot_words
from components.navigation import closed, entry_of, pages
from components.news import news
from components.session import account, audience, choose_audience, nothing_shown, release_shown
from components.sharing.share_strip import share_strip
from components.sharing.shared_view import shared_banner
from components.sharing.take_along import take_along
from components.text import plain
from components.theme import is_dark
from components.visitor import person, shared_link
from data import danish
from data.partnership import our_partnership
from data.settings.several import served_name
from data.store import NotForAudienceError, StoreError
from drawings.logo import logo
from server.operations import note_wait, timed
from server.private_settings import is_sign_in_configured
from server.render_queue import RENDER_QUEUE

ROOT = Path(__file__).parents[1]


def door() -> Closed | None:
    """The page of those who may not come in; also where the database does not tell."""
    try:
        return closed_door()
    except StoreError as error:
        return partial(_failed, str(error))


def _failed(message: str) -> None:
    st.error(message, icon=":material/error:")


def who() -> None:
    """Who looks, at the foot of the page, with the way out; in the demo the choice of audience."""
    if is_sign_in_configured():
        if person() is not None:
            title = "" if shared_link() else f" · {audience().title}"
            st.markdown(f"Logget ind som {plain(account() + title)}", width="content")
            sign_out_button()
    elif shared_link() is None:
        st.markdown(":gray-badge[demo] Der er ikke sat login op. Vis som:")
        choose_audience()
    else:
        st.markdown(":gray-badge[demo] Der er ikke sat login op.")


def paper_line() -> None:
    """Who may read the page and which release it is, for the foot of each printed sheet (paper.js); not on screen."""
    release = release_shown()
    if release is not None:
        with st.container(key="paper_line"):
            published = danish.date(release.head.published_at)
            st.caption(
                plain(f"{our_partnership().product} · {audience().title} · udgave {release.head.id}, {published}")
            )


def draw() -> None:
    """Everything that one run shows."""
    shut = door()
    # A file that Streamlit itself hands out is for those who have come in; ours in static/ are for all.
    icon = "app/static/icon.png" if shut else str(ROOT / "static" / "icon.png")
    st.set_page_config(page_title=our_partnership().product, page_icon=icon, layout="wide")
    page = st.navigation(closed(shut), position="hidden") if shut else st.navigation(pages(audience()), position="top")
    st.logo(logo(our_partnership().product, dark=is_dark()), size="large")

    nothing_shown()
    above = st.container(key="above_page")
    try:
        with timed(page.title):
            page.run()
        if not shut:
            with above:
                shared_banner(entry_of(page).address)
                if release_shown() is not None:
                    news()
                with st.container(horizontal=True, horizontal_alignment="right", key="share_strip"):
                    take_along(entry_of(page))
                    share_strip(entry_of(page))
    except NotForAudienceError as error:
        way = "Udgiv dem på siden Data." if audience().publishes else "Spørg sekretariatet, hvornår det sker."
        st.info(f"{error} Tallene kommer, næste gang der udgives. {way}", icon=":material/hourglass_empty:")
    except StoreError as error:
        if shut or not first_steps():
            st.error(str(error), icon=":material/error:")
    if not shut:
        paper_line()
        with st.container(horizontal=True, vertical_alignment="center", key="who"):
            who()
    drawn = None if shut else release_shown()
    about = [f"[{words}]({address})" for words, address in ABOUT]
    about += ["[Fællesside](faelles)"] if served_name() and not shut else []
    st.caption(" · ".join([plain(foot_words(drawn)), *about]))


with RENDER_QUEUE.slot() as waited:
    note_wait(waited)
    draw()
