"""How people write: what is typed stays, a fault is said where it is, and nobody is overwritten in silence.

A form remembers which version of the row it began from. When somebody else has changed the row meanwhile, both versions
are shown and the writer chooses. Fields are ordinary widgets, so what is typed survives a failed save, another page and
a lost connection. What was saved can be undone (components.forms.changes).
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd
import streamlit as st

from components.forms.changes import Change, changed, last_change, remember, save_row
from components.forms.fields import Field, as_shown, column_of, draw_field, is_offered, rows_of, say_faults
from components.session import our_store
from components.tables import plain_table
from components.text import plain
from data.contracts.problems import ContractError, Problem
from data.contracts.validation import CONTRACTS
from data.records import Row
from data.rights import NOT_OFFERED
from data.sentences.meetings import saved_by, shown
from data.store import EntryConflictError, StoreError

Complete = Callable[[Row], Row]
Beside = Callable[[Row], Sequence[tuple[str, Row]]]

KEPT = "Det, du har skrevet, står her stadig."
_QUICK = "quick"


@dataclass(frozen=True)
class _Saving:
    """How a form saves: the row made of what is typed, the rows that go with it, what is said, and what then closes."""

    complete: Complete = dict
    beside: Beside = lambda _row: ()
    done: str = "Gemt"
    closes: str = ""


@dataclass
class _Draft:
    """What a form remembers between two runs: where it began, and what came of the last try."""

    based_on: int | None
    serial: str
    start: Row
    typed: Row | None = None
    problems: tuple[Problem, ...] = ()
    theirs: Row | None = None
    message: str = ""


def entry_form(
    name: str,
    kind: str,
    fields: Sequence[Field],
    start: Row,
    *,
    based_on: int | None = None,
    complete: Complete = dict,
    beside: Beside = lambda _row: (),
    elsewhere: Sequence[str] = (),
    label: str = "Gem",
    done: str = "Gemt",
    closes: str = "",
) -> None:
    """A form for one row of a kind.

    `start` is what the fields show at first, `based_on` the load_id of the row it comes from (None: a new row), and
    `complete` makes the whole row out of the typed values, again at each try. `beside` gives the new rows, with their
    kinds, that are saved and undone together with it. `elsewhere` are the columns whose widgets the page draws itself,
    with their faults (`faults_at`). `done` says what happened once it is saved, and `closes` names the widget that the
    form stands in and that then closes.
    """
    saving = _Saving(complete, beside, done, closes)
    draft = _draft(name, kind, fields, start, based_on)
    with st.container(border=True, key=f"form_{name}"):
        if draft.theirs is not None:
            _choice(name, kind, draft, saving)
        elif draft.based_on != based_on:
            st.info("En anden har ændret det her, mens du skrev.", icon=":material/group:")
            st.button("Hent den nye udgave", key=f"fetch_{name}", on_click=_forget, args=(name,))
        for row in rows_of(fields, kind):
            for place, field in zip(st.columns(len(row)), row, strict=True):
                with place:
                    draw_field(field, kind, _key(name, draft, field), draft.start[field.column], draft.problems)
        told = (*(field.column for field in fields), *elsewhere)
        headings = {CONTRACTS[kind].column(column).heading for column in told}
        for problem in draft.problems:
            if problem.column not in headings:
                st.error(plain(problem.sentence), icon=":material/error:")
        if draft.message and draft.theirs is None:
            st.error(plain(f"{draft.message} {KEPT}"), icon=":material/error:")
        st.button(
            label,
            key=f"save_{name}",
            type="primary",
            icon=":material/save:",
            on_click=_submit,
            args=(name, kind, fields, saving),
        )


def is_open(name: str) -> bool:
    """Whether a form remembers where it began; it forgets when it has saved, or when the other version is chosen."""
    return _memory(name) in st.session_state


def faults_at(name: str, kind: str, column: str) -> None:
    """What is wrong with a column of a form whose widget the page draws itself."""
    draft: _Draft | None = st.session_state.get(_memory(name))
    say_faults(draft.problems if draft else (), CONTRACTS[kind].column(column))


def typed_values(name: str, fields: Sequence[Field]) -> Row:
    """What stands in a form's fields just now; what it starts with before anything is typed."""
    draft: _Draft = st.session_state[_memory(name)]
    return {field.column: st.session_state.get(_key(name, draft, field), draft.start[field.column]) for field in fields}


def change(kind: str, row: Mapping[str, Any], new: Mapping[str, Any], done: str) -> None:
    """Change some fields of a row as it was shown (with its load_id); for a button's callback."""
    values = {column.name: row[column.name] for column in CONTRACTS[kind].columns} | dict(new)
    st.session_state[_memory(_QUICK)] = draft = _Draft(row["load_id"], "", {}, typed=values)
    _attempt(_QUICK, kind, draft, _Saving(done=done))


def save_rows(kind: str, rows: Sequence[Row], done: str) -> None:
    """Save some new rows together, so that one undo takes them all back; for a button's callback."""
    made: list[Change] = []
    st.session_state[_memory(_QUICK)] = draft = _Draft(None, "", {})
    try:
        for row in rows:
            made.append(changed(kind, row, save_row(kind, row, None)))
    except (ContractError, StoreError) as error:
        draft.message = f"Ikke alt er gemt. {error}"
    else:
        _forget(_QUICK)
    if made:
        remember(made, done)


def messages() -> None:
    """What came of the last change, with the way to undo it; and what a change by button has run into."""
    draft: _Draft | None = st.session_state.get(_memory(_QUICK))
    if draft is not None and draft.theirs is not None:
        with st.container(border=True, key="form_quick"):
            _choice(_QUICK, str(draft.start["kind"]), draft, _Saving(done=str(draft.start["done"])))
    elif draft is not None and draft.message:
        st.error(plain(draft.message), icon=":material/error:")
        _forget(_QUICK)
    last_change()


# What a form remembers --------------------------------------------------------------------------------------------


def _memory(name: str) -> str:
    return f"draft_{name}"


def _key(name: str, draft: _Draft, field: Field) -> str:
    return f"field_{name}_{draft.serial}_{field.column}"


def _draft(name: str, kind: str, fields: Sequence[Field], start: Row, based_on: int | None) -> _Draft:
    """The form's memory; a form in which nothing is typed begins anew when the row has changed."""
    kept: _Draft | None = st.session_state.get(_memory(name))
    if kept is not None and (kept.based_on == based_on or kept.theirs is not None or _touched(name, fields, kept)):
        return kept
    # The serial names the version, not the session: a browser that comes back to a restarted server finds its fields.
    serial = f"ny{len(our_store().versions(kind, {}))}" if based_on is None else str(based_on)
    first = {field.column: as_shown(column_of(kind, field), start.get(field.column)) for field in fields}
    st.session_state[_memory(name)] = draft = _Draft(based_on, serial, first)
    return draft


def _touched(name: str, fields: Sequence[Field], draft: _Draft) -> bool:
    keys = {field.column: _key(name, draft, field) for field in fields}
    return any(st.session_state.get(key, draft.start[column]) != draft.start[column] for column, key in keys.items())


def _forget(name: str) -> None:
    st.session_state.pop(_memory(name), None)


# Saving -----------------------------------------------------------------------------------------------------------


def _submit(name: str, kind: str, fields: Sequence[Field], saving: _Saving) -> None:
    draft: _Draft = st.session_state[_memory(name)]
    draft.typed = typed_values(name, fields)
    if not all(is_offered(field, kind, draft.typed[field.column]) for field in fields):
        # A browser can send anything: what the form did not offer is not taken from it.
        draft.problems, draft.theirs, draft.message = (), None, NOT_OFFERED
        return
    _attempt(name, kind, draft, saving)


def _keep_mine(name: str, kind: str, saving: _Saving) -> None:
    draft: _Draft = st.session_state[_memory(name)]
    draft.based_on = (draft.theirs or {}).get("load_id")
    _attempt(name, kind, draft, saving)


def _attempt(name: str, kind: str, draft: _Draft, saving: _Saving) -> None:
    """Save what was typed; when it fails, everything stays as it is and the reason is kept for the next run."""
    draft.problems, draft.theirs, draft.message = (), None, ""
    row = saving.complete(dict(draft.typed or {}))
    made: list[Change] = []
    try:
        made.append(changed(kind, row, save_row(kind, row, draft.based_on)))
        for other, its_row in saving.beside(row):
            made.append(changed(other, its_row, save_row(other, its_row, None)))
    except ContractError as error:
        draft.problems = error.problems
        draft.message = str(error) if name == _QUICK else ""
    except EntryConflictError as error:
        draft.theirs, draft.message = error.theirs, str(error)
        if name == _QUICK:
            draft.start = {"kind": kind, "done": saving.done}
    except StoreError as error:
        draft.message = str(error)
    else:
        _forget(name)
        remember(made, saving.done)
        if saving.closes:
            st.session_state[saving.closes] = False


def _choice(name: str, kind: str, draft: _Draft, saving: _Saving) -> None:
    """Both versions beside each other where they differ, and the choice between them."""
    st.warning(plain(draft.message), icon=":material/group:")
    theirs = draft.theirs or {}
    if theirs:
        contract = CONTRACTS[kind]
        mine = saving.complete(dict(draft.typed or {}))
        differing = [column for column in contract.columns if column.name in mine
                     and shown(column, mine[column.name]) != shown(column, theirs[column.name])]  # fmt: skip
        table = [(each.heading, shown(each, mine[each.name]), shown(each, theirs[each.name])) for each in differing]
        plain_table(pd.DataFrame(table, columns=["Felt", "Din udgave", "Den anden udgave"]))
        st.caption(plain(f"Den anden udgave er gemt af {saved_by(theirs)}."))
    with st.container(horizontal=True):
        st.button("Behold min udgave", key=f"mine_{name}", on_click=_keep_mine,
                  args=(name, kind, saving))  # fmt: skip
        st.button("Brug den anden udgave", key=f"theirs_{name}", on_click=_forget, args=(name,))
