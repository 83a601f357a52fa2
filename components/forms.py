"""How people write: what is typed stays, a fault is said where it is, and nobody is overwritten in silence.

A form remembers which version of the row it began from. When somebody else has changed the row meanwhile, both versions
are shown and the writer chooses. Fields are ordinary widgets, so what is typed survives a failed save, another page and
a lost connection. What was saved can be undone (components.changes).
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd
import streamlit as st

from components.changes import Change, changed, last_change, remember, save_row
from components.session import our_store
from components.tables import plain_table
from components.text import plain
from data.columns import Column
from data.contracts import CONTRACTS
from data.meeting_sentences import opening, plain_day, saved_by, shown
from data.problems import ContractError, Problem
from data.store import EntryConflictError, StoreError

Row = dict[str, Any]
Complete = Callable[[Row], Row]

LONGEST_ONE_LINE = 120
"""Characters that fit in a field of one line; longer texts get several."""
MOST_BESIDE = 3
KEPT = "Det, du har skrevet, står her stadig."
_QUICK = "quick"


@dataclass(frozen=True)
class Field:
    """One field of a form: a column of the contract, with a label or choices of its own where it needs them."""

    column: str
    label: str = ""
    options: Mapping[Any, str] | None = None
    lines: int = 4


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
    label: str = "Gem",
    done: str = "Gemt",
    closes: str = "",
) -> None:
    """A form for one row of a kind.

    `start` is what the fields show at first, `based_on` the load_id of the row it comes from (None: a new row), and
    `complete` makes the whole row out of the typed values, again at each try. `done` says what happened once it is
    saved, and `closes` names the widget that the form stands in and that then closes.
    """
    draft = _draft(name, kind, fields, start, based_on)
    with st.container(border=True, key=f"form_{name}"):
        if draft.theirs is not None:
            _choice(name, kind, draft, complete, done, closes)
        elif draft.based_on != based_on:
            st.info("En anden har ændret det her, mens du skrev.", icon=":material/group:")
            st.button("Hent den nye udgave", key=f"fetch_{name}", on_click=_forget, args=(name,))
        for row in _rows(fields, kind):
            for place, field in zip(st.columns(len(row)), row, strict=True):
                with place:
                    _draw(field, kind, _key(name, draft, field), draft)
        headings = {_column(kind, field).heading for field in fields}
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
            args=(name, kind, fields, complete, done, closes),
        )


def is_open(name: str) -> bool:
    """Whether a form remembers where it began; it forgets when it has saved, or when the other version is chosen."""
    return _memory(name) in st.session_state


def typed_values(name: str, fields: Sequence[Field]) -> Row:
    """What stands in a form's fields just now; what it starts with before anything is typed."""
    draft: _Draft = st.session_state[_memory(name)]
    return {field.column: st.session_state.get(_key(name, draft, field), draft.start[field.column]) for field in fields}


def change(kind: str, row: Mapping[str, Any], new: Mapping[str, Any], done: str) -> None:
    """Change some fields of a row as it was shown (with its load_id); for a button's callback."""
    values = {column.name: row[column.name] for column in CONTRACTS[kind].columns} | dict(new)
    st.session_state[_memory(_QUICK)] = draft = _Draft(row["load_id"], "", {}, typed=values)
    _attempt(_QUICK, kind, draft, dict, done)


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
            _choice(_QUICK, str(draft.start["kind"]), draft, dict, str(draft.start["done"]))
    elif draft is not None and draft.message:
        st.error(plain(draft.message), icon=":material/error:")
        _forget(_QUICK)
    last_change()


def _rows(fields: Sequence[Field], kind: str) -> list[list[Field]]:
    """The fields as they stand: short ones beside each other, long ones on a row of their own."""
    rows: list[list[Field]] = []
    for field in fields:
        if rows and len(rows[-1]) < MOST_BESIDE and _is_short(field, kind) and _is_short(rows[-1][-1], kind):
            rows[-1].append(field)
        else:
            rows.append([field])
    return rows


def _is_short(field: Field, kind: str) -> bool:
    column = _column(kind, field)
    return bool(field.options) or column.kind != "text" or column.longest <= LONGEST_ONE_LINE


# Fields -----------------------------------------------------------------------------------------------------------


def _draw(field: Field, kind: str, key: str, draft: _Draft) -> None:
    column = _column(kind, field)
    label, value = field.label or column.heading, draft.start[field.column]
    common: dict[str, Any] = {"key": key, "persist_state": "session"}
    hint = f"fx {column.example}" if column.example else None
    options = field.options if field.options is not None else column.choices
    if options:
        choices = list(options)
        place = choices.index(value) if value in choices else 0
        st.selectbox(label, choices, index=place, format_func=lambda each: options[each], **common)
    elif column.kind == "date":
        st.date_input(label, value=value, format="DD.MM.YYYY", **common)
    elif column.kind == "integer":
        st.number_input(label, value=value, step=1, **common)
    elif column.longest > LONGEST_ONE_LINE:
        st.text_area(label, value=value, max_chars=column.longest, height=_height(field.lines), placeholder=hint,
                     **common)  # fmt: skip
    else:
        st.text_input(label, value=value, max_chars=column.longest, placeholder=hint, **common)
    for problem in draft.problems:
        if problem.column == column.heading:
            st.markdown(f":red[:material/error: {plain(_of_field(problem.message, problem.remedy))}]")


def _of_field(message: str, remedy: str) -> str:
    """A fault as one says it of a field; the contracts speak of cells."""
    said = message.replace("cellen er tom", "feltet er tomt").replace("cellen", "feltet")
    return f"{opening(said)}. {remedy.replace('Udfyld den', 'Udfyld det')}."


def _height(lines: int) -> int:
    """Pixels of a field with that many lines of text."""
    return 24 * lines + 20


def _column(kind: str, field: Field) -> Column:
    return CONTRACTS[kind].column(field.column)


def _as_shown(column: Column, value: Any) -> Any:
    """A value of a row as its widget has it."""
    if column.kind == "date":
        return plain_day(value)
    if column.kind == "integer" and not isinstance(value, str):
        return None if _is_empty(value) else int(value)
    return "" if _is_empty(value) else value


def _is_empty(value: Any) -> bool:
    """Whether a cell is empty; NaN and NaT differ from themselves."""
    return value is None or value != value


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
    first = {field.column: _as_shown(_column(kind, field), start.get(field.column)) for field in fields}
    st.session_state[_memory(name)] = draft = _Draft(based_on, serial, first)
    return draft


def _touched(name: str, fields: Sequence[Field], draft: _Draft) -> bool:
    keys = {field.column: _key(name, draft, field) for field in fields}
    return any(st.session_state.get(key, draft.start[column]) != draft.start[column] for column, key in keys.items())


def _forget(name: str) -> None:
    st.session_state.pop(_memory(name), None)


# Saving -----------------------------------------------------------------------------------------------------------


def _submit(name: str, kind: str, fields: Sequence[Field], complete: Complete, done: str, closes: str) -> None:
    draft: _Draft = st.session_state[_memory(name)]
    draft.typed = typed_values(name, fields)
    _attempt(name, kind, draft, complete, done, closes)


def _keep_mine(name: str, kind: str, complete: Complete, done: str, closes: str) -> None:
    draft: _Draft = st.session_state[_memory(name)]
    draft.based_on = (draft.theirs or {}).get("load_id")
    _attempt(name, kind, draft, complete, done, closes)


def _attempt(name: str, kind: str, draft: _Draft, complete: Complete, done: str, closes: str = "") -> None:
    """Save what was typed; when it fails, everything stays as it is and the reason is kept for the next run."""
    draft.problems, draft.theirs, draft.message = (), None, ""
    row = complete(dict(draft.typed or {}))
    try:
        load = save_row(kind, row, draft.based_on)
    except ContractError as error:
        draft.problems = error.problems
        draft.message = str(error) if name == _QUICK else ""
    except EntryConflictError as error:
        draft.theirs, draft.message = error.theirs, str(error)
        if name == _QUICK:
            draft.start = {"kind": kind, "done": done}
    except StoreError as error:
        draft.message = str(error)
    else:
        _forget(name)
        remember([changed(kind, row, load)], done)
        if closes:
            st.session_state[closes] = False


def _choice(name: str, kind: str, draft: _Draft, complete: Complete, done: str, closes: str = "") -> None:
    """Both versions beside each other where they differ, and the choice between them."""
    st.warning(plain(draft.message), icon=":material/group:")
    theirs = draft.theirs or {}
    if theirs:
        contract = CONTRACTS[kind]
        mine = complete(dict(draft.typed or {}))
        differing = [column for column in contract.columns if column.name in mine
                     and shown(column, mine[column.name]) != shown(column, theirs[column.name])]  # fmt: skip
        table = [(each.heading, shown(each, mine[each.name]), shown(each, theirs[each.name])) for each in differing]
        plain_table(pd.DataFrame(table, columns=["Felt", "Din udgave", "Den anden udgave"]))
        st.caption(plain(f"Den anden udgave er gemt af {saved_by(theirs)}."))
    with st.container(horizontal=True):
        st.button("Behold min udgave", key=f"mine_{name}", on_click=_keep_mine,
                  args=(name, kind, complete, done, closes))  # fmt: skip
        st.button("Brug den anden udgave", key=f"theirs_{name}", on_click=_forget, args=(name,))
