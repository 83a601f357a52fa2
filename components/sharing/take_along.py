"""The way to take a view along: paper, slides, tables and maps, made in the background while one goes on reading."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

import streamlit as st

from components.hotspots import takeaway
from components.hotspots.rows import page_sentence, page_title
from components.map import picture
from components.map.readings import perceived
from components.meetings.records import our_minutes, today
from components.methods import METHODS
from components.navigation import PageEntry
from components.session import VIEW, Screen, audience, release_shown
from components.text import plain
from data import danish
from data.partnership import our_partnership
from data.progress import ProgressCallback
from data.views.rows import sheet_area
from reports.document import Subject
from reports.formats import FORMATS, GROUPS, Format, file_name, make
from reports.job_queue import State, Work, Works

_ASKED, _FETCHED = "take_along_asked", "take_along_fetched"
# One click per file: once it is made, the browser fetches it by itself; the button is there to fetch it again.
FETCH = """
export default function ({ parentElement }) {
  const mark = document.createElement("span");
  mark.dataset.drawn = "";
  parentElement.append(mark);
  const fetch = (tries) => {
    const button = document.querySelector(".st-key-take_fetch button");
    if (button) button.click();
    else if (tries) setTimeout(fetch, 100, tries - 1);
  };
  fetch(30);
}
"""
# Seconds between two looks at a file that is being made.
LOOK_AGAIN = 0.4
MAP, PACK = "kort", "moedebilag"
# The page that shows one area, also before anyone has chosen one.
ONE_AREA = "area.py"


@dataclass(frozen=True)
class _Asked:
    """The file that was asked for last: its form, what it is a file of, its name, and the work on it."""

    chosen: Format
    key: tuple[Any, ...]
    name: str
    work: Work


@st.cache_resource(show_spinner=False)
def _works() -> Works:
    return Works()


def take_along(entry: PageEntry) -> None:
    """The strip of a page, once it is drawn: choose a form, see it being made, fetch it or call it off."""
    release = release_shown()
    if release is None or not entry.shows_view:
        return
    fold = st.popover("Hent", icon=":material/download:", key="take_along", on_change="rerun", type="tertiary")
    if fold.open:
        with fold, st.container(key="form_take_along"):
            _form(Screen(st.session_state[VIEW], release, our_partnership(), ()), entry)


def _form(screen: Screen, entry: PageEntry) -> None:
    reader = screen.partnership.audience(screen.release.audience)
    about = sheet_area(screen) if entry.file == ONE_AREA else ""
    if about:
        screen = replace(screen, view=replace(screen.view, areas=(about,)))
    shown = f": {screen.release.name_of(about)}" if about else ""
    title = danish.inside(reader.title)
    st.markdown(f"Det, du ser nu{plain(shown)}, i udgave {screen.release.head.id} og som {plain(title)} må se det.")
    if entry.needs_cells:
        # What one sees is the hotspots, and they have files of their own.
        takeaway.downloads(screen, title=page_title(screen), sentence=page_sentence(screen), key="take_along")
        return
    subject = _subject(screen, about)
    for group, ids in GROUPS.items():
        st.caption(plain(f"{group}{_of_all(screen, ids, about)}"))
        with st.container(horizontal=True):
            for chosen in FORMATS:
                if chosen.id in ids and st.button(
                    chosen.label, key=f"take_{chosen.id}", icon=f":material/{chosen.icon}:"
                ):
                    _ask(screen, subject, chosen)
    asked: _Asked | None = st.session_state.get(_ASKED)
    if asked is not None and asked.key == _key(subject, asked.chosen):
        under_way = not asked.work.is_over
        # Only a file that is being made is looked at again and again.
        st.fragment(_progress, run_every=LOOK_AGAIN if under_way else None)(asked, under_way)


def _of_all(screen: Screen, ids: tuple[str, ...], about: str) -> str:
    """Which files of a group are of every area, whatever the page shows: "Kort: hele partnerskabet"."""
    reader = screen.partnership.audience(screen.release.audience)
    own = screen.partnership.sees_all(reader) or not reader.sees
    of: str = "hele partnerskabet" if own else f"hele {danish.join(map(screen.release.name_of, reader.sees))}"
    if all(each.whole for each in FORMATS if each.id in ids):
        return f": {of}"
    if about and PACK in ids:
        return f". Mødebilag: {of}, med en side om {screen.release.name_of(about)}"
    return ""


def _subject(screen: Screen, about: str) -> Subject:
    agreed = our_minutes() if audience().sees_local else None
    methods = tuple((method.question, method.answer) for method in METHODS)
    return Subject(screen.view, screen.release, screen.partnership, agreed, today(), methods, about)


def _key(subject: Subject, chosen: Format) -> tuple[Any, ...]:
    """What decides every letter of the file: view, release, audience, form; and what is agreed, which is read live."""
    tables = (subject.minutes.meetings, subject.minutes.decisions) if subject.minutes else ()
    written = tuple((len(table), int(table["load_id"].max()) if len(table) else 0) for table in tables)
    head = subject.release.head
    return (subject.view, subject.about, head.id, subject.release.audience, chosen.id, subject.today, written)


def _ask(screen: Screen, subject: Subject, chosen: Format) -> None:
    """Begin the file, or join those who already wait for it."""
    previous: _Asked | None = st.session_state.get(_ASKED)
    key = _key(subject, chosen)
    if previous is not None and not previous.work.is_over:
        if previous.key == key:
            return
        _works().cancel(previous.work)
    work = _works().start(key, _maker(screen, subject, chosen))
    st.session_state[_ASKED] = _Asked(chosen, key, file_name(chosen, subject), work)


def _maker(screen: Screen, subject: Subject, chosen: Format) -> Callable[[ProgressCallback], bytes]:
    """What makes the file, without the session that asks for it."""
    if chosen.id != MAP:
        return lambda told: make(chosen, subject, told)
    release, reading = screen.release, perceived(screen)
    return lambda _told: picture.map_html(release, reading)


def _progress(asked: _Asked, under_way: bool) -> None:
    work = asked.work
    if under_way and work.is_over:
        # Stops the looking again, and shows what has come of it.
        st.rerun()
    if not work.is_over:
        st.progress(work.part, text=plain(f"{asked.chosen.label}: {work.doing}"))
        st.button("Annullér", key="take_cancel", icon=":material/close:", on_click=_cancel, args=(asked,))
    elif work.state is State.DONE:
        size = danish.decimal(len(work.content) / (1 << 20), 1)
        st.download_button(
            f"Hent {asked.chosen.label} ({size} MB)",
            data=work.content,
            file_name=asked.name,
            mime=asked.chosen.mime,
            type="primary",
            icon=":material/download:",
            key="take_fetch",
            on_click="ignore",
        )
        st.caption(plain(asked.name))
        if st.session_state.get(_FETCHED) is not asked.work:
            st.session_state[_FETCHED] = asked.work
            _fetch()(key="take_fetched", data=asked.name)
    elif work.state is State.FAILED:
        st.error("Filen kunne ikke laves. Prøv igen, eller vælg et andet format.", icon=":material/error:")


@cache
def _fetch() -> Callable[..., Any]:
    """Register the component that fetches the file, and return its mounting function."""
    return st.components.v2.component("tryghedsoverblik_hent", js=FETCH)


def _cancel(asked: _Asked) -> None:
    _works().cancel(asked.work)
    st.session_state.pop(_ASKED, None)
