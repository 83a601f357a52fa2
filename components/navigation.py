"""The pages there are, their addresses and how one links to them with a view."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import streamlit as st
from streamlit.navigation.page import StreamlitPage

from data.partnership import Audience
from data.view import View

PAGES_FOLDER = Path(__file__).parents[1] / "pages"


@dataclass(frozen=True)
class PageEntry:
    """One page: the file that draws it, its title, its place in the address, and its icon."""

    file: str
    title: str
    address: str
    icon: str
    needs_cells: bool = False


# In the order a reader meets them: before the meeting, the areas, the initiatives, the fine print.
PAGES = (
    PageEntry("overview.py", "Overblik", "", "dashboard"),
    PageEntry("safety_map.py", "Tryghedskort", "tryghedskort", "map"),
    PageEntry("trends.py", "Udvikling", "udvikling", "timeline"),
    PageEntry("initiatives.py", "Indsatser", "indsatser", "flag"),
    PageEntry("methods.py", "Om tallene", "om-tallene", "info"),
)


def pages(audience: Audience) -> list[StreamlitPage]:
    """The pages an audience has, as Streamlit knows them; the first is the front page. Others do not exist for it."""
    return [_page(entry) for entry in PAGES if audience.sees_cells or not entry.needs_cells]


def _page(entry: PageEntry) -> StreamlitPage:
    return st.Page(
        PAGES_FOLDER / entry.file,
        title=entry.title,
        url_path=entry.address or None,
        icon=f":material/{entry.icon}:",
        default=not entry.address,
    )


def link_to(file: str, label: str, view: View, icon: str = "arrow_forward", **fields: Any) -> None:
    """A link to a page, showing this view with the fields given changed."""
    entry = next(entry for entry in PAGES if entry.file == file)
    target = View(**{name: getattr(view, name) for name in view.__dataclass_fields__} | fields)
    st.page_link(_page(entry), label=label, icon=f":material/{icon}:", query_params=target.to_query())
