"""The sixth step: every release with who, when, note and sources; differences, roll back, packages, loaded files."""

import tempfile
from collections.abc import Callable
from pathlib import Path

import streamlit as st

from components.data_page.delivery import refuse_readers
from components.data_page.progress import working
from components.data_page.telling import tell
from components.data_page.verdict import show_changes
from components.entrance import note_down
from components.navigation import link_to
from components.session import account, choose, our_store
from components.tables import download_file
from components.text import plain
from data import danish
from data.intake.withdrawal import take_back
from data.partnership import our_partnership
from data.publishing.origins import came_in, loaded_files
from data.publishing.package import export
from data.publishing.package_import import load_package
from data.publishing.preview import Preview, between
from data.release import ReleaseHead
from data.store import Load, StoreError
from data.store.events import DOWNLOADED
from data.views.view import View

SHOWN = 8
"""Releases, and loaded files, in the open; the rest are folded away."""
_DONE, _REFUSED, _DIFFERENCES = "release_done", "release_refused", "release_differences"
_EVERYBODY = ""


def releases() -> None:
    """The list of releases with what one can do to each, then what concerns several of them."""
    _told()
    heads, loads = our_store().releases(drafts=True), our_store().loads()
    if not heads:
        st.caption("Der er endnu ikke udgivet nogen tal.")
    newest = next((head.id for head in heads if not head.is_draft), None)
    for head in heads[:SHOWN]:
        _release(head, heads, loads, newest)
    if len(heads) > SHOWN:
        with st.expander(f"{danish.number(len(heads) - SHOWN)} ældre", key="older_releases", on_change="rerun") as fold:
            if fold.open:
                for head in heads[SHOWN:]:
                    _release(head, heads, loads, newest)
    if len(heads) > 1:
        with st.expander("Forskelle mellem to udgaver", icon=":material/compare_arrows:"):
            _differences(heads)
    with st.expander("Indlæs en udgave fra en pakke", icon=":material/package_2:"):
        _package()
    with st.expander("Indlæste filer", icon=":material/history:", key="loaded_files", on_change="rerun") as fold:
        if fold.open:
            _loaded(loads)


# One release ------------------------------------------------------------------------------------------------------


def _release(head: ReleaseHead, heads: list[ReleaseHead], loads: list[Load], newest: int | None) -> None:
    with st.container(key=f"line_release_{head.id}", horizontal=True, vertical_alignment="center"):
        badge = " :gray-badge[kladde]" if head.is_draft else " :green-badge[vises nu]" if head.id == newest else ""
        meeting = f" · til mødet {danish.date(head.meeting_date)}" if head.meeting_date else ""
        note = f"  \n{plain(head.note)}" if head.note else ""
        sources = f"  \n:gray[{plain(came_in(head, heads, loads))}]"
        who = plain(f"{danish.moment(head.published_at)} · {head.published_by}{meeting}")
        st.markdown(f"**{_title(head)}**{badge} {who}{note}{sources}", width="stretch")
        link_to("overview.py", "Se den", View(), icon="visibility", release=head.id)
        if head.is_draft:
            confirmed("Udgiv", f"publish_draft_{head.id}", "Alle ser så kladden som den nyeste udgave.",
                       f"Ja, udgiv kladde {head.id}", lambda: _publish_draft(head.id))  # fmt: skip
            return
        if head.id != newest:
            confirmed("Gå tilbage", f"rollback_{head.id}",
                       f"Alle ser så tallene fra udgave {head.id} igen, som en ny udgave. Intet slettes.",
                       f"Ja, gå tilbage til udgave {head.id}", lambda: go_back(head.id, newest))  # fmt: skip
        tell(head)
        _export(head)


def _title(head: ReleaseHead) -> str:
    return f"{'Kladde' if head.is_draft else 'Udgave'} {head.id}"


def confirmed(label: str, key: str, meaning: str, yes: str, act: Callable[[], None]) -> None:
    """A button that says what it means before it does anything."""
    with st.popover(label, key=f"ask_{key}", type="tertiary", on_change="rerun") as fold:
        if fold.open:
            st.markdown(meaning)
            st.button(yes, key=key, type="primary", on_click=_act, args=(act, f"ask_{key}"))


def _act(act: Callable[[], None], fold: str) -> None:
    try:
        refuse_readers()
        act()
    except StoreError as error:
        st.session_state[_REFUSED] = str(error)
    st.session_state[fold] = False


def go_back(number: int, seen: int | None) -> None:
    """Publish an earlier release again, as a new one, where the newest is still the one that was seen."""
    head = our_store().rollback(number, by=account(), seen=seen)
    choose(release=None)
    st.session_state[_DONE] = f"Udgave {head.id} er udgivet med tallene fra udgave {number}."


def _publish_draft(number: int) -> None:
    head = our_store().publish_draft(number, by=account())
    choose(release=None)
    st.session_state[_DONE] = f"Udgave {head.id} er udgivet. Alle ser den nu."


def _export(head: ReleaseHead) -> None:
    with st.popover("Pakke", key=f"ask_export_{head.id}", type="tertiary", on_change="rerun") as fold:
        if not fold.open:
            return
        st.markdown("En åben datapakke med CSV og GeoPackage, som kan læses af andre og indlæses igen.")
        titles = {_EVERYBODY: "Alle målgruppers tal (fortroligt)"}
        titles |= {audience.id: f"Kun det, {audience.title} må se" for audience in our_partnership().audiences}
        chosen = st.selectbox("Hvad skal med?", list(titles), format_func=titles.__getitem__, key=f"export_{head.id}")
        by = account()
        download_file("Hent pakken", lambda: _packed(head.id, chosen, by), f"udgave-{head.id}.zip", "application/zip",
                 key=f"package_{head.id}")  # fmt: skip


def _packed(number: int, chosen: str, by: str) -> bytes:
    refuse_readers()
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "udgave.zip"
        export(our_store(), number, file, [chosen] if chosen else [])
        note_down(by, DOWNLOADED, f"udgave {number} ({chosen or 'alle målgrupper'})")
        return file.read_bytes()


# Several ----------------------------------------------------------------------------------------------------------


def _differences(heads: list[ReleaseHead]) -> None:
    titles = {head.id: f"{_title(head)}, {danish.date(head.published_at)}" for head in heads}
    numbers = list(titles)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        older = st.selectbox("Fra", numbers, index=1, format_func=titles.__getitem__, key="differences_older")
        newer = st.selectbox("Til", numbers, index=0, format_func=titles.__getitem__, key="differences_newer")
        asked = st.button("Vis forskelle", key="differences")
    held: dict[tuple[int, int], Preview] = st.session_state.setdefault(_DIFFERENCES, {})
    if asked and older is not None and newer is not None:
        try:
            with working("Sammenligner") as tell:
                tell(0.3, "Sammenligner")
                held.clear()
                held[older, newer] = between(our_store(), our_partnership(), older, newer)
        except StoreError as error:
            st.error(plain(error), icon=":material/error:")
    if (older, newer) in held:
        show_changes(held[older, newer], "differences")


def _package() -> None:
    st.markdown("Udgaven i pakken bliver udgivet, som den er, og alle ser den. Hvert tal kontrolleres.")
    with st.container(key="quarter_drop_package"):
        file = st.file_uploader("Datapakke (.zip)", type=["zip"], key="package_file")
    if file is None or not st.button("Udgiv pakken", key="publish_package", type="primary"):
        return
    try:
        refuse_readers()
        with working("Læser pakken") as tell, tempfile.TemporaryDirectory() as folder:
            tell(0.3, "Kontrollerer hvert tal")
            path = Path(folder) / Path(file.name).name
            path.write_bytes(file.getvalue())
            head = load_package(our_store(), path, by=account())
    except StoreError as error:
        st.session_state[_REFUSED] = str(error)
    else:
        choose(release=None)
        st.session_state[_DONE] = f"Udgave {head.id} er udgivet fra {file.name}."
    st.rerun()


def _loaded(loads: list[Load]) -> None:
    files = loaded_files(loads)
    st.caption("En fil kan trækkes tilbage: det, der stod før den, gælder så igen fra næste udgave. Intet slettes.")
    for load in files[: 3 * SHOWN]:
        with st.container(key=f"line_load_{load.id}", horizontal=True, vertical_alignment="center"):
            rows = danish.plural(load.rows, "række", "rækker")
            who = f"{danish.moment(load.loaded_at)} · {load.loaded_by} · {rows}"
            st.markdown(f"**{plain(load.file_name)}** {plain(who)}", width="stretch")
            confirmed("Træk tilbage", f"take_back_{load.id}", "Det, der stod før filen, gælder så igen.",
                       "Ja, træk filen tilbage", lambda load=load: _take_back(load))  # type: ignore[misc]  # fmt: skip


def _take_back(load: Load) -> None:
    take_back(our_store(), load.id, by=account())
    st.session_state[_DONE] = f"{load.file_name} er trukket tilbage. Udgiv, så alle ser det."


def _told() -> None:
    if _REFUSED in st.session_state:
        st.error(plain(st.session_state.pop(_REFUSED)), icon=":material/error:")
    if _DONE in st.session_state:
        st.success(plain(st.session_state.pop(_DONE)), icon=":material/check:")
