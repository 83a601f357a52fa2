"""What residents and local councils have sent in: the secretariat reads it, and approves it or says why not."""

from functools import partial

import streamlit as st

from components.forms.changes import refusal_of_new
from components.meetings.records import area_names
from components.session import Screen, account, audience, our_store
from components.text import plain, say
from data import danish, suggestions
from data.contracts.cooperation import PLACE_TYPES
from data.contracts.problems import ContractError
from data.partnership import our_partnership
from data.records import Row
from data.rights import may_moderate
from data.sentences.insecure_places import promise_words
from data.store import StoreError
from data.store.submissions import Submission, find_submission, waiting
from data.suggestions import KINDS, LONGEST_REASON

_TOLD, _WRONG = "moderated", "moderation_wrong"


def to_decide() -> list[Submission]:
    """What waits for whoever looks; nothing for those who do not decide on it."""
    return waiting(our_store().engine) if may_moderate(audience()) else []


def queue(screen: Screen) -> None:
    """Everything that waits, each with the two answers; above it what became of the last one."""
    if not may_moderate(audience()):
        return
    if _TOLD in st.session_state:
        st.success(plain(st.session_state.pop(_TOLD)), icon=":material/check:")
    rows = to_decide()
    if not rows:
        return
    names = area_names(screen)
    st.subheader(f"Til godkendelse ({danish.number(len(rows))})", anchor=False)
    st.caption("Sendt ind fra områdernes sider eller af et lokalråd. Ingen andre ser det, før du godkender. Når du har "
               "svaret, slettes det, der ikke blev godkendt.")  # fmt: skip
    for each in rows:
        _one(each, names)


def _one(found: Submission, names: dict[str, str]) -> None:
    key = found.id
    with st.container(border=True, key=f"sent_in_{key}", gap="small"):
        where = names.get(found.area_id, found.area_id)
        sender = next((each.title for each in our_partnership().audiences if each.id == found.audience), "")
        st.markdown(f"**{KINDS[found.kind]}, {plain(where)}** :gray[modtaget {danish.date(found.received_on)} hos "
                    f"{plain(sender)}]")  # fmt: skip
        for kind, row in suggestions.rows_of(found):
            for line in _lines(kind, row):
                say(line)
        if wrong := st.session_state.pop(f"{_WRONG}_{key}", ""):
            st.error(plain(wrong), icon=":material/error:")
        st.text_input("Begrundelse, hvis du afviser", key=f"reason_{key}", max_chars=LONGEST_REASON,
                      placeholder="fx Stedet er allerede noteret")  # fmt: skip
        with st.container(horizontal=True):
            st.button("Godkend", key=f"approve_{key}", type="primary", icon=":material/check:",
                      on_click=partial(_approve, key))  # fmt: skip
            st.button("Afvis", key=f"turn_down_{key}", icon=":material/close:", on_click=partial(_turn_down, key))


def _lines(kind: str, row: Row) -> list[str]:
    if kind == "proposals":
        return [f"{row['title']}: {row['text']}"]
    if kind == "dialogues":
        return [f"{row['text']} ({row['counterpart']})"]
    by = f" ved {row['landmark']}" if row["landmark"] else ""
    many = f" ({row['count']} steder)" if str(row["count"]) not in ("", "1") else ""
    promised = f": {row['follow_up']}" if row["follow_up"] else ""
    whose = f" ({promise_words(row | {'due': row['due'] or None})})" if row["owner"] else ""
    return [f"{danish.opening(PLACE_TYPES[row['place_type']])}{by}{many}{promised}{whose}"]


def _approve(key: str) -> None:
    store, ours = our_store(), our_partnership()
    try:
        found = _found(key)
        suggestions.approve(store, ours, found, refusal_of_new, account())
    except (ContractError, StoreError) as error:
        st.session_state[f"{_WRONG}_{key}"] = str(error)
    else:
        st.session_state[_TOLD] = "Det er godkendt, og står nu på områdets side."


def _turn_down(key: str) -> None:
    try:
        suggestions.turn_down(our_store(), _found(key), str(st.session_state.get(f"reason_{key}", "")), account())
    except StoreError as error:
        st.session_state[f"{_WRONG}_{key}"] = str(error)
    else:
        st.session_state[_TOLD] = "Det er afvist og slettet. Begrundelsen står på områdets side."


def _found(key: str) -> Submission:
    """One that waits; StoreError where it is none, or whoever asks may not decide."""
    found = find_submission(our_store().engine, key)
    if found is None or not may_moderate(audience()):
        raise StoreError("Det findes ikke, eller du kan ikke afgøre det.")
    return found
