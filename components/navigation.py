"""The pages there are, their addresses and how one links to them with a view."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

import streamlit as st
from streamlit.navigation.page import StreamlitPage

from components.text import plain
from data.partnership import Audience, our_partnership
from data.views.view import (
    BOARD_FIELDS,
    CELL_FIELDS,
    INITIATIVE_FIELDS,
    MEETING_FIELDS,
    PAGE_FIELDS,
    TREND_FIELDS,
    View,
)

PAGES_FOLDER = Path(__file__).parents[1] / "pages"


@dataclass(frozen=True)
class PageEntry:
    """One page: the file that draws it, its title, its place in the address, and its icon."""

    file: str
    title: str
    address: str
    icon: str
    needs_cells: bool = False
    needs_local: bool = False
    needs_edits: bool = False
    needs_publishing: bool = False
    needs_sharing: bool = False
    in_menu: bool = True

    @property
    def shows_view(self) -> bool:
        """Whether it shows a view of a release, which one can hand on; a page one only works on does not."""
        return not (self.needs_edits or self.needs_publishing or self.needs_sharing)


# In the order a reader meets them: before the meeting, the areas, the initiatives, the fine print.
PAGES = (
    PageEntry("overview.py", "Overblik", "", "dashboard"),
    PageEntry("meeting.py", "Møde", "moede", "groups", needs_local=True),
    PageEntry("safety_map.py", "Tryghedskort", "tryghedskort", "map"),
    PageEntry("trends.py", "Udvikling", "udvikling", "timeline"),
    PageEntry("area.py", "Område", "omraade", "location_on"),
    PageEntry("hotspots.py", "Hotspots", "hotspots", "grid_on", needs_cells=True),
    PageEntry("initiatives.py", "Indsatser", "indsatser", "flag", needs_local=True),
    PageEntry("criterion.py", "Kriterium", "kriterium", "add_task", needs_local=True, needs_edits=True, in_menu=False),
    PageEntry("data.py", "Data", "data", "upload_file", needs_publishing=True),
    PageEntry("shared_links.py", "Delte links", "delte-links", "share", needs_sharing=True, in_menu=False),
    PageEntry("methods.py", "Om tallene", "om-tallene", "info"),
)


def visited_pages() -> list[Path]:
    """The files of the pages that anybody but those who publish may visit; what only those need stays out of memory."""
    return [PAGES_FOLDER / entry.file for entry in PAGES if not entry.needs_publishing]


def start_pages() -> frozenset[str]:
    """The path of each page in the address."""
    return frozenset(f"/{entry.address}" for entry in PAGES)


OWN_FIELDS = {
    "overview.py": BOARD_FIELDS,
    "meeting.py": MEETING_FIELDS,
    "trends.py": TREND_FIELDS,
    "hotspots.py": CELL_FIELDS,
    "initiatives.py": INITIATIVE_FIELDS,
}
"""The fields of the view that belong to one page alone, by its file."""


def pages(audience: Audience) -> list[StreamlitPage]:
    """The pages an audience has, as Streamlit knows them; the first is the front page. Others do not exist for it."""
    return [_page(entry) for entry in PAGES if is_for(entry, audience)]


def is_for(entry: PageEntry, audience: Audience) -> bool:
    """Whether an audience has what a page needs: grid cells, anything of housing areas, a right it takes."""
    sees = (audience.sees_cells or not entry.needs_cells) and (audience.sees_local or not entry.needs_local)
    may = (audience.edits or not entry.needs_edits) and (audience.publishes or not entry.needs_publishing)
    return sees and may and (audience.shares or not entry.needs_sharing)


def _page(entry: PageEntry) -> StreamlitPage:
    return st.Page(
        PAGES_FOLDER / entry.file,
        title=entry.title,
        url_path=entry.address or None,
        icon=f":material/{entry.icon}:",
        default=not entry.address,
        visibility="visible" if entry.in_menu else "hidden",
    )


@cache
def _target(entry: PageEntry) -> StreamlitPage:
    """A page to link to: never run, so all sessions can share it."""
    return _page(entry)


def entry_of(page: StreamlitPage) -> PageEntry:
    """The entry of a page that Streamlit has chosen."""
    return next(entry for entry in PAGES if entry.address == page.url_path)


def closed(page: Callable[[], None]) -> list[StreamlitPage]:
    """One page at every address there is, for those who may not come in: none of the others exists for them."""
    return [
        st.Page(page, title=our_partnership().product, url_path=entry.address or None, default=not entry.address)
        for entry in PAGES
    ]


def go_to(file: str) -> None:
    """Go to a page at once, with the view as it is."""
    st.switch_page(_page(next(entry for entry in PAGES if entry.file == file)))


def link_to(file: str, label: str, view: View, icon: str = "arrow_forward", **fields: Any) -> None:
    """A link to a page, showing this view with the fields given changed; its label is shown as it is written."""
    entry = next(entry for entry in PAGES if entry.file == file)
    foreign = {field: "" for field in PAGE_FIELDS if field not in OWN_FIELDS.get(file, ())}
    target = replace(view, **foreign | fields)
    st.page_link(_target(entry), label=plain(label), icon=f":material/{icon}:", query_params=target.to_query())
