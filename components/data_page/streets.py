"""Roads and landmarks beneath the maps: a file is dropped, looked at, and stands once somebody says so."""

from dataclasses import dataclass

import streamlit as st

from components.data_page.delivery import let_go, refuse_readers
from components.data_page.progress import working
from components.session import account, our_store
from components.text import plain
from data import danish
from data.intake.streets import CREDITS, NAMELESS, Streets, examine_streets, keep_streets
from data.partnership import our_partnership
from data.store import StoreError
from data.store.street_sets import LANDMARKS, ROADS, newest

TITLES = {ROADS: "Veje", LANDMARKS: "Steder"}
OTHERS = "andre"
OWNERS = {"geodanmark": "GeoDanmark", "osm": "OpenStreetMap", OTHERS: "Andre"}
AFTER = "Kortene viser dem med det samme; steder får deres navne i næste udgave."
_STATE = "street_file"


@dataclass
class StreetFile:
    """The file a session is looking at, or what is wrong with it, and what came of the last one."""

    streets: Streets | None = None
    problem: str = ""
    done: str = ""
    serial: int = 0


def streets() -> None:
    """What lies beneath the maps now, and a file that is to lie there instead."""
    with st.expander(
        "Veje og steder under kortene", icon=":material/add_road:", key="streets", on_change="rerun"
    ) as fold:
        if fold.open:
            _standing()
            _dropped()


def _standing() -> None:
    for kind, title in TITLES.items():
        try:
            loaded = newest(our_store().engine, kind)
        except StoreError as error:
            st.error(plain(str(error)), icon=":material/error:")
            continue
        if loaded is None:
            st.markdown(f"**{title} nu:** dem, der følger med.")
            continue
        many = danish.number(loaded.rows)
        st.markdown(f"**{title} nu:** {plain(loaded.file_name)} ({many}). :gray[{plain(loaded.credit)}]")


def _dropped() -> None:
    state: StreetFile = st.session_state.setdefault(_STATE, StreetFile())
    upload = st.file_uploader(
        "En fil med vejmidter (linjer) eller steder (punkter)",
        key=f"street_drop_{state.serial}",
        help="GeoPackage, zippet Shapefile, GeoJSON eller PMTiles, fra GeoDanmark, OpenStreetMap eller jer selv.",
    )
    if upload is not None:
        name, content = str(upload.name), bytes(upload.getvalue())
        let_go(upload)
        st.session_state[_STATE] = _examined(name, content, state.serial + 1)
        st.rerun()
    if state.done:
        st.success(plain(state.done), icon=":material/check_circle:")
    if state.problem:
        st.error(plain(state.problem), icon=":material/error:")
    if state.streets is not None:
        _preview(state.streets)


def _examined(name: str, content: bytes, serial: int) -> StreetFile:
    try:
        refuse_readers()
        with working(f"Læser {name}") as tell:
            tell(0.3, "Klipper til vores kommuner")
            return StreetFile(examine_streets(our_store(), our_partnership(), content, name), serial=serial)
    except StoreError as error:
        return StreetFile(problem=str(error), serial=serial)


def _preview(file: Streets) -> None:
    """What the file holds in our municipalities, whom to credit, and the button that lets it stand."""
    with st.container(border=True, key="street_preview"):
        named = f", {danish.number(file.named)} med navn" if file.kind == ROADS else ""
        names = f" Blandt andet {danish.join(list(file.names))}." if file.names else f" {NAMELESS}"
        st.markdown(plain(f"{file.file_name}: {file.many}{named}.{names}"))
        for area, many in file.in_each:
            line = f"{area}: {danish.number(many)}" if many else f"{area}: ingen. Er det den rigtige fil?"
            st.markdown(f"- {plain(line)}")
        st.markdown(f"De træder i stedet for de {TITLES[file.kind].lower()}, der ligger under kortene nu.")
        owner = st.selectbox("Hvem skal krediteres?", list(OWNERS), format_func=OWNERS.__getitem__, key="street_owner")
        credit = st.text_input("Skriv, hvad de beder om", key="street_credit") if owner == OTHERS else CREDITS[owner]
        st.caption(plain(credit))
        with st.container(horizontal=True):
            st.button("Brug dem under kortene", type="primary", key="keep_streets", on_click=_keep, args=(file, credit))
            st.button("Fortryd", type="tertiary", key="drop_streets", on_click=_forget)


def _keep(file: Streets, credit: str) -> None:
    state: StreetFile = st.session_state[_STATE]
    try:
        refuse_readers()
        sentence = keep_streets(our_store(), file, credit=credit, by=account())
    except StoreError as error:
        state.problem, state.done = str(error), ""
        return
    st.session_state[_STATE] = StreetFile(done=f"{sentence} {AFTER}", serial=state.serial)


def _forget() -> None:
    st.session_state[_STATE] = StreetFile(serial=st.session_state[_STATE].serial)
