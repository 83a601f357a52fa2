"""The fifth step: publish with a note and the meeting it is for, or keep a draft that only the secretariat sees."""

import datetime as dt

import streamlit as st

from components.data_page.delivery import delivery, is_previewed, publish_delivery
from components.data_page.progress import working
from components.text import plain
from data import danish
from data.intake.privacy import find_personal_text
from data.release import ReleaseHead
from data.store import StoreError

LONGEST_NOTE = 300
_DONE, _REFUSED, _SERIAL = "published_just_now", "publish_refused", "publish_serial"


def publishing() -> None:
    """The note, the date and the two buttons; they wait until one has seen what changes and what is unusual."""
    made = delivery()
    # Fields are named anew after each release, so that the last note is not left standing.
    serial = st.session_state.get(_SERIAL, 0)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        note = st.text_input("Hvad er nyt? (alle kan læse det)", max_chars=LONGEST_NOTE, key=f"release_note_{serial}")
        day = st.date_input(
            "Mødet, tallene er til (kan være tomt)", value=None, format="DD.MM.YYYY", key=f"release_day_{serial}"
        )
    seen = not made.cautions or st.checkbox(
        f"Jeg har set på {danish.plural(len(made.cautions), 'advarsel', 'advarsler')}", key=f"cautions_{made.checked}"
    )
    ready = is_previewed() and not made.problems and seen
    with st.container(horizontal=True):
        publish = st.button("Udgiv", type="primary", icon=":material/publish:", disabled=not ready, key="publish")
        draft = st.button("Gem som kladde", icon=":material/edit_note:", disabled=not ready, key="draft")
    if not ready:
        st.caption("Se først, hvad der ændrer sig (trin 4)." if seen else "Se først på advarslerne (trin 3).")
    if publish or draft:
        _publish(note, day if isinstance(day, dt.date) else None, draft=draft)
    _told()


def _publish(note: str, day: dt.date | None, *, draft: bool) -> None:
    personal = find_personal_text(note)
    if personal:
        st.session_state[_REFUSED] = f"Teksten ser ud til at rumme personoplysninger: {personal}."
        st.rerun()
    try:
        with working("Gemmer kladden" if draft else "Udgiver") as tell:
            head = publish_delivery(note.strip(), day, draft=draft, tell=tell)
    except StoreError as error:
        st.session_state[_REFUSED] = str(error)
    else:
        st.session_state[_DONE] = head
        st.session_state[_SERIAL] = st.session_state.get(_SERIAL, 0) + 1
    st.rerun()


def _told() -> None:
    if _REFUSED in st.session_state:
        st.error(plain(st.session_state.pop(_REFUSED)), icon=":material/error:")
    head: ReleaseHead | None = st.session_state.pop(_DONE, None)
    if head is not None and head.is_draft:
        st.success(f"Kladde {head.id} er gemt. Kun sekretariatet kan se den, til den udgives.", icon=":material/check:")
    elif head is not None:
        st.success(f"Udgave {head.id} er udgivet. Alle ser den nu.", icon=":material/check:")
