"""The fifth step: publish with a note and the meeting it is for, or keep a draft that only the secretariat sees."""

import datetime as dt

import streamlit as st

from components.data_page.afterwards import afterwards
from components.data_page.delivery import begin_to_publish, delivery, is_previewed, published
from components.data_page.progress import working
from components.data_page.publishing_job import Job, under_way
from components.session import our_store
from components.text import plain
from data import danish
from data.intake.privacy import find_personal_text
from data.release import ReleaseHead
from data.store import DamagedReleaseError, StoreError

LONGEST_NOTE = 300
_DONE, _REFUSED, _EMPTIED = "published_just_now", "publish_refused", "publish_emptied"
_JOB, _DAMAGED = "publish_job", "publish_damaged"
# Named once and for all: a browser that comes back to a restarted server finds its fields, and what was typed in them.
_NOTE, _DAY, _DESPITE = "release_note", "release_day", "despite_damage"


def publishing() -> None:
    """The note, the date and the two buttons; they wait until one has seen what changes and what is unusual."""
    if _JOB in st.session_state:  # begun here, and left before it ended
        _follow(st.session_state[_JOB])
    made, other = delivery(), under_way()
    if other is not None:
        st.info(f"{plain(other.by)} er ved at udgive. Vent, til det er færdigt.", icon=":material/hourglass_top:")
    if st.session_state.pop(_EMPTIED, False):
        st.session_state.update({_NOTE: "", _DAY: None, _DESPITE: False})
    with st.container(horizontal=True, vertical_alignment="bottom"):
        note = st.text_input("Hvad er nyt? (alle kan læse det)", max_chars=LONGEST_NOTE, key=_NOTE)
        day = st.date_input("Mødet, tallene er til (kan være tomt)", value=None, format="DD.MM.YYYY", key=_DAY)
    seen = not made.cautions or st.checkbox(
        f"Jeg har set på {danish.plural(len(made.cautions), 'advarsel', 'advarsler')}", key=f"cautions_{made.checked}"
    )
    ready = is_previewed() and not made.problems and seen and other is None
    despite = st.session_state.get(_DAMAGED, False) and st.checkbox(
        "Udgiv trods skaden: tallene i den beskadigede udgave regnes ikke med", key=_DESPITE
    )
    with st.container(horizontal=True):
        publish = st.button("Udgiv", type="primary", icon=":material/publish:", disabled=not ready, key="publish")
        draft = st.button("Gem som kladde", icon=":material/edit_note:", disabled=not ready, key="draft")
    if not ready and other is None:
        st.caption("Se først, hvad der ændrer sig (trin 4)." if seen else "Se først på advarslerne (trin 3).")
    if publish or draft:
        _publish(note, day if isinstance(day, dt.date) else None, draft=draft, despite=despite)
    _told()


def _publish(note: str, day: dt.date | None, *, draft: bool, despite: bool) -> None:
    personal = find_personal_text(note)
    if personal:
        st.session_state[_REFUSED] = f"Teksten ser ud til at rumme personoplysninger: {personal}."
        st.rerun()
    try:
        job = begin_to_publish(note.strip(), day, draft=draft, despite_damage=despite)
    except StoreError as error:
        st.session_state[_REFUSED] = str(error)
        st.rerun()
    st.session_state[_JOB] = job
    _follow(job)


def _follow(job: Job) -> None:
    """Show how far it is until it ends. Who leaves the page meanwhile comes back to it here."""
    try:
        with working("Udgiver") as tell:
            head = job.follow(tell)
    except StoreError as error:
        st.session_state[_REFUSED] = str(error)
        st.session_state[_DAMAGED] = isinstance(error, DamagedReleaseError)
    else:
        published()
        st.session_state[_DONE] = head
        st.session_state[_EMPTIED] = True
        st.session_state.pop(_DAMAGED, None)
    finally:
        if job.ended.is_set():
            st.session_state.pop(_JOB, None)
    st.rerun()


def _told() -> None:
    if _REFUSED in st.session_state:
        st.error(plain(st.session_state.pop(_REFUSED)), icon=":material/error:")
    head: ReleaseHead | None = st.session_state.get(_DONE)
    if head is None:
        return
    if head.is_draft:
        st.session_state.pop(_DONE)
        st.success(f"Kladde {head.id} er gemt. Kun sekretariatet kan se den, til den udgives.", icon=":material/check:")
        return
    newest = our_store().newest()
    if newest is None or newest.id != head.id:  # undone, or another has been published since
        st.session_state.pop(_DONE)
        return
    st.success(f"Udgave {head.id} er udgivet. Alle ser den nu.", icon=":material/check:")
    afterwards(head)
