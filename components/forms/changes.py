"""What people have just changed: saved in their name, shown with who and when, undone, and told from its history."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import streamlit as st

from components.session import account, audience, our_store
from components.text import plain, say
from data import entries, rights
from data.contracts.validation import CONTRACTS
from data.partnership import our_partnership
from data.records import Row, records
from data.sentences.meetings import differences, saved_by
from data.store import Load, StoreError

_LAST = "last_change"
_REFUSED = "undo_refused"


@dataclass(frozen=True)
class Change:
    """One saved change, as it can be undone."""

    kind: str
    key: Mapping[str, Any]
    load_id: int


# Saving -----------------------------------------------------------------------------------------------------------


def save_row(kind: str, row: Row, based_on: int | None) -> Load:
    """Save a row in the name of the one who writes; a criterion is adopted. Raises as `data.entries`."""
    _refuse(kind, row, _as_it_stands(kind, row, based_on))
    if kind == "criteria":
        return entries.adopt(our_store(), our_partnership(), row, by=account(), based_on=based_on)
    return entries.save(our_store(), our_partnership(), kind, row, by=account(), based_on=based_on)


def _refuse(kind: str, after: Row | None, before: Row | None) -> None:
    """Raise StoreError where the row may not be written as it would become, or not from what it is."""
    refusal = rights.refusal(audience(), kind, after, before, account=account(), known_areas=_known_areas())
    if refusal:
        raise StoreError(refusal)


def refusal_of_new(kind: str, row: Row) -> str:
    """Why whoever writes may not write a new row, as a Danish sentence; "" where they may."""
    return rights.refusal(audience(), kind, row, None, account=account(), known_areas=_known_areas())


def _known_areas() -> set[str] | None:
    """The areas whoever writes knows of; None for those who see all."""
    who = audience()
    if our_partnership().sees_all(who):
        return None
    newest = our_store().release(audience=who.id)
    return set(newest.areas["area_id"])


def _as_it_stands(kind: str, row: Mapping[str, Any], based_on: int | None) -> Row | None:
    """The newest version of a row, None for a new one; what a form says it began from is not taken for granted."""
    key = {column: row[column] for column in CONTRACTS[kind].key if column in row and column != "version"}
    versions = records(entries.history(our_store(), kind, key)) if key else []
    if not versions or (versions[-1]["withdrawn"] and based_on is None):
        return None
    return versions[-1]


def changed(kind: str, row: Row, load: Load) -> Change:
    """The change that a load made, as it can be undone."""
    own = CONTRACTS[kind].key
    stored = entries.history(our_store(), kind, {column: row[column] for column in own if column in row})
    written = records(stored[stored["load_id"] == load.id])[0]
    return Change(kind, {column: written[column] for column in own}, load.id)


def remember(made: Sequence[Change], done: str) -> None:
    """Keep the latest changes, which one undo takes back together; `done` says what was done."""
    st.session_state[_LAST] = (tuple(made), done)


# Undoing ----------------------------------------------------------------------------------------------------------


def last_change() -> None:
    """What was done last, by whom and when, with the way to undo it."""
    if _REFUSED in st.session_state:
        st.error(plain(st.session_state.pop(_REFUSED)), icon=":material/error:")
    made, done = st.session_state.get(_LAST, ((), ""))
    stands = _still_stands(made) if made else {}
    if not stands:
        return
    with st.container(horizontal=True, vertical_alignment="center", key="last_change"):
        st.markdown(f":green-badge[:material/check: {plain(done)}] af {plain(saved_by(stands))}", width="content")
        st.button("Fortryd", key="undo_last", icon=":material/undo:", on_click=_undo, args=(made,))


def _undo(made: Sequence[Change]) -> None:
    undone: list[Change] = []
    try:
        for each in made:
            versions = records(entries.history(our_store(), each.kind, each.key))
            _refuse(each.kind, _before(versions), versions[-1] if versions else None)
        for each in reversed(made):
            key = dict(each.key)
            load = entries.undo(our_store(), each.kind, key, by=account(), based_on=each.load_id)
            undone.append(Change(each.kind, key, load.id))
    except StoreError as error:
        st.session_state[_REFUSED] = f"Det kan ikke fortrydes. {error}"
    if undone:
        remember(undone, "Fortrudt")


def _before(versions: list[Row]) -> Row | None:
    """What a row becomes when its latest change is undone: None where it was new, or was withdrawn before."""
    return versions[-2] if len(versions) > 1 and not versions[-2]["withdrawn"] else None


def _still_stands(made: Sequence[Change]) -> Row:
    """The newest version of the last of the changes, while it is the one we made; {} otherwise."""
    latest = records(entries.history(our_store(), made[-1].kind, made[-1].key).tail(1))
    return latest[0] if latest and latest[0]["load_id"] == made[-1].load_id else {}


def history_button(kind: str, row: Mapping[str, Any], *, name: str) -> None:
    """Every version of a row behind a button: who, when, what it said before; the latest can be undone."""
    fold = st.popover("Historik", icon=":material/history:", key=f"history_{name}", on_change="rerun", type="tertiary")
    if fold.open:
        with fold:
            history_lines(kind, row, name=name)


def history_lines(kind: str, row: Mapping[str, Any], *, name: str) -> None:
    """Every version of a row in the open, the newest first, and below them the way to undo the latest."""
    # A criterion's numbered versions are one thing to read.
    key = {column: row[column] for column in CONTRACTS[kind].key if column != "version"}
    stored = records(entries.history(our_store(), kind, key))
    known = _known_areas()
    versions = [rights.seen_version(audience(), kind, version, known) for version in stored]
    for before, version in reversed(list(zip([None, *versions[:-1]], versions, strict=True))):
        st.markdown(f"**{plain(_who_and_when(version))}** :gray[{_how(before, version)}]")
        for heading, old, new in differences(CONTRACTS[kind], before, version) if before else ():
            say(f"{heading}: før »{old}«, nu »{new}«")
    if _may_undo(kind, stored):
        own = {column: versions[-1][column] for column in CONTRACTS[kind].key}
        latest = Change(kind, own, versions[-1]["load_id"])
        st.button("Fortryd den seneste ændring", key=f"undo_{name}", icon=":material/undo:",
                  on_click=_undo, args=((latest,),))  # fmt: skip


def _may_undo(kind: str, versions: list[Row]) -> bool:
    refusal = rights.refusal(audience(), kind, _before(versions), versions[-1], account=account(),
                          known_areas=_known_areas())  # fmt: skip
    return not refusal


def _who_and_when(version: Row) -> str:
    """Who wrote a version and when; accounts are named to those who write themselves, and never to a link."""
    named = audience().edits or version["loaded_by"] == account()
    return saved_by(version if named else version | {"loaded_by": "Partnerskabet"})


def _how(before: Row | None, version: Row) -> str:
    if version["withdrawn"]:
        return "trukket tilbage"
    if version["came_from"] == entries.UNDONE:
        return "en ændring er fortrudt"
    return "oprettet" if before is None else "ændret"
