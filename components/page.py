"""What every page has: a title sentence, notices, and a foot that says where the figures come from."""

import pandas as pd
import streamlit as st

from components.session import Screen, choose
from components.text import plain, say
from data import danish

EXAMPLE = "example"
EXAMPLE_BADGE = ":violet-badge[:material/science: eksempeldata]"


def heading(screen: Screen, title: str, lead: str = "") -> None:
    """The page's title, the sentence under it, and what had to give way in the address."""
    for notice in screen.notices:
        st.warning(plain(notice), icon=":material/info:")
    if screen.view.release is not None:
        published = danish.date(screen.release.head.published_at.date())
        with st.container(horizontal=True, vertical_alignment="center"):
            st.info(f"Du ser udgave {screen.release.head.id} fra {published}.", icon=":material/history:")
            st.button("Se nyeste tal", on_click=choose, kwargs={"release": None})
    st.title(plain(title), anchor=False)
    if lead:
        say(lead)


def example_badge(rows: pd.DataFrame) -> str:
    """The badge "eksempeldata" where any of the rows is invented, otherwise nothing."""
    return EXAMPLE_BADGE if is_example(rows) else ""


def is_example(rows: pd.DataFrame) -> bool:
    """Whether any of the rows is invented."""
    return bool((rows["provenance"] == EXAMPLE).any())


def credit(screen: Screen, rows: pd.DataFrame) -> str:
    """Where the figures in the rows come from, and which release they stand in: the foot of every picture."""
    titles = source_titles(screen)
    named = list(dict.fromkeys(titles.get(source, source) for source in rows["source_id"].unique()))
    shown = named if len(named) <= 3 else [*named[:3], f"{len(named) - 3} flere (se Om tallene)"]
    head = screen.release.head
    source = f"Kilde: {danish.join(shown)}. " if shown else ""
    return f"{source}Udgave {head.id}, {danish.date(head.published_at.date())}."


def source_line(screen: Screen, rows: pd.DataFrame) -> None:
    """Where the figures in the rows come from, which release they stand in, and whether some are invented."""
    st.caption(f"{plain(credit(screen, rows))} {example_badge(rows)}")


def source_titles(screen: Screen) -> dict[str, str]:
    """Source id → publisher and title, as one names a source."""
    rows = screen.release.sources
    return {
        source: title if title.startswith(publisher) else f"{publisher}: {title}"
        for source, publisher, title in zip(rows["source_id"], rows["publisher"], rows["title"], strict=True)
    }
