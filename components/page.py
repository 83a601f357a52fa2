"""What every page has: a title sentence, notices, and a foot that says where the figures come from."""

import pandas as pd
import streamlit as st

from components.session import Screen, choose
from components.text import plain, say
from components.visitor import shared_link
from data import danish
from data.partnership import our_partnership
from data.views.provenance import credit, is_example
from data.views.unfinished import unfinished_said
from data.views.view import ViewContext

EXAMPLE_BADGE = ":violet-badge[:material/science: eksempeldata]"


def heading(screen: Screen, title: str, lead: str = "", *, tab: str = "") -> None:
    """The page's title, the sentence under it, and what had to give way in the address.

    The browser's tab, a bookmark and the print-out are named by `tab`, or by the title of the page.
    """
    name_tab(tab or title)
    for notice in screen.notices:
        st.warning(plain(notice), icon=":material/info:")
    if screen.view.release is not None and shared_link() is None:  # what a link opens says so above the page
        published = danish.date(screen.release.head.published_at)
        with st.container(horizontal=True, vertical_alignment="center"):
            draft = screen.release.head.is_draft
            sentence = f"Du ser {'kladde' if draft else 'udgave'} {screen.release.head.id} fra {published}."
            st.info(f"{sentence} Kun sekretariatet kan se den." if draft else sentence, icon=":material/history:")
            st.button("Se nyeste tal", on_click=choose, kwargs={"release": None})
    st.title(plain(title), anchor=False)
    if lead:
        say(lead)


def name_tab(title: str) -> None:
    """Name the browser's tab, and with it a bookmark and the print-out."""
    st.set_page_config(page_title=f"{title} · {our_partnership().product}")


def example_badge(rows: pd.DataFrame) -> str:
    """The badge "eksempeldata" where any of the rows is invented, otherwise nothing."""
    return EXAMPLE_BADGE if is_example(rows) else ""


def source_line(screen: Screen, rows: pd.DataFrame) -> None:
    """Where the figures in the rows come from, which release they stand in, and whether some are invented."""
    st.caption(source_words(screen, rows))


def source_words(context: ViewContext, rows: pd.DataFrame) -> str:
    """The same as Markdown, for pages that keep it."""
    return f"{plain(credit(context, rows))} {example_badge(rows)}"


def say_unfinished(context: ViewContext, areas: tuple[str, ...] = (), category: str = "") -> None:
    """Which counts have come and wait for the rest of their quarter or year; nothing where none do."""
    for sentence in unfinished_said(context, areas, category):
        st.caption(f":material/hourglass_empty: {plain(sentence)}")
