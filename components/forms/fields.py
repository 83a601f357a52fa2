"""The fields of a form: which stand beside each other, the widget of each column, and a fault said where it is."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import streamlit as st

from components.text import plain
from data import danish
from data.contracts.columns import Column
from data.contracts.problems import Problem, of_field
from data.contracts.validation import CONTRACTS
from data.sentences.meetings import plain_day

LONGEST_ONE_LINE = 120
"""Characters that fit in a field of one line; longer texts get several."""
MOST_BESIDE = 3


@dataclass(frozen=True)
class Field:
    """One field of a form: a column of the contract, with a label or choices of its own where it needs them."""

    column: str
    label: str = ""
    options: Mapping[Any, str] | None = None
    lines: int = 4


def column_of(kind: str, field: Field) -> Column:
    """The contract's column that a field is for."""
    return CONTRACTS[kind].column(field.column)


def rows_of(fields: Sequence[Field], kind: str) -> list[list[Field]]:
    """The fields as they stand: short ones beside each other, long ones on a row of their own."""
    rows: list[list[Field]] = []
    for field in fields:
        if rows and len(rows[-1]) < MOST_BESIDE and _is_short(field, kind) and _is_short(rows[-1][-1], kind):
            rows[-1].append(field)
        else:
            rows.append([field])
    return rows


def _is_short(field: Field, kind: str) -> bool:
    column = column_of(kind, field)
    return bool(field.options) or column.kind != "text" or _is_one_line(column)


def _is_one_line(column: Column) -> bool:
    """Whether a text fits in a field of one line: what is short, and what has a set form, as a time of day."""
    return bool(column.pattern) or column.longest <= LONGEST_ONE_LINE


def draw_field(field: Field, kind: str, key: str, value: Any, problems: Sequence[Problem]) -> None:
    """The widget of a field, which begins with `value`, and below it what is wrong with what stands there."""
    column = column_of(kind, field)
    label = field.label or column.heading
    common: dict[str, Any] = {"key": key, "persist_state": "session"}
    hint = f"fx {column.example}" if column.example else None
    options = field.options if field.options is not None else column.choices
    if options:
        choices = list(options)
        index = choices.index(value) if value in choices else 0
        st.selectbox(label, choices, index=index, format_func=lambda each: options[each], **common)
    elif column.kind == "date":
        st.date_input(label, value=value, format="DD.MM.YYYY", **common)
    elif column.kind == "integer":
        st.number_input(label, value=value, step=1, **common)
    elif not _is_one_line(column):
        st.text_area(label, value=value, max_chars=column.longest, height=_height(field.lines), placeholder=hint,
                     **common)  # fmt: skip
    else:
        st.text_input(label, value=value, max_chars=column.longest, placeholder=hint, **common)
    say_faults(problems, column)


def is_offered(field: Field, kind: str, value: Any) -> bool:
    """Whether a value that a browser sent is one that the field's widget offers; the contract checks free text."""
    options = field.options if field.options is not None else column_of(kind, field).choices
    return not options or value in options


def say_faults(problems: Sequence[Problem], column: Column) -> None:
    """What is wrong with a column's field, one line each."""
    for problem in problems:
        if problem.column == column.heading:
            st.markdown(f":red[:material/error: {plain(_of_field(problem.message, problem.remedy))}]")


def _of_field(message: str, remedy: str) -> str:
    """A fault as one says it of a field; the contracts speak of cells, and of how a file writes the value."""
    return f"{danish.opening(of_field(message))}. {'Udfyld det' if remedy.startswith('Udfyld den') else remedy}."


def _height(lines: int) -> int:
    """Pixels of a field with that many lines of text."""
    return 24 * lines + 20


def as_shown(column: Column, value: Any) -> Any:
    """A value of a row as its widget has it."""
    if column.kind == "date":
        return plain_day(value)
    if column.kind == "integer" and not isinstance(value, str):
        return None if _is_empty(value) else int(value)
    return "" if _is_empty(value) else value


def _is_empty(value: Any) -> bool:
    """Whether a cell is empty; NaN and NaT differ from themselves."""
    return value is None or value != value
