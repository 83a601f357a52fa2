"""Widgets bound to the view: they show what the view says, and what is chosen changes the view and so the address."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Literal

from components.native_radios import native_radios
from components.native_select import native_select
from components.session import choose

WIDGET = "choice_{field}"
"""The key of the list of a field."""
SEGMENTS = "segments_{field}"
"""The key of the buttons of a field."""
MOST_SEGMENTS, MOST_LETTERS = 7, 110
"""So many choices, of so many letters together, stand side by side on a laptop."""


def select(
    field: str,
    label: str,
    value: str,
    options: Sequence[str],
    words: Callable[[str], str],
    fields: Callable[[str], dict[str, Any]] | None = None,
    *,
    label_visibility: Literal["visible", "collapsed"] = "visible",
    key: str = "",
) -> None:
    """One of several, from a list that folds out; grey where there is only one.

    `fields` says what a choice is to the view, where it is not simply the value of the field. `key` tells a second
    list of the same field on a page from the first.
    """
    if not options:
        return  # There is nothing of the kind to choose from.
    if value not in options:
        value = options[0]

    def chosen(choice: str) -> None:
        choose(**(fields(choice) if fields else {field: choice}))

    native_select(
        label,
        options,
        value,
        words,
        chosen,
        key=key or WIDGET.format(field=field),
        untitled=label_visibility == "collapsed",
    )


def segments(
    field: str,
    label: str,
    value: str,
    words: Mapping[str, str],
    fields: Callable[[str], dict[str, Any]] | None = None,
    *,
    label_visibility: Literal["visible", "collapsed"] = "visible",
) -> None:
    """One of a few that all stand side by side, a click each; `fields` as for `select`."""

    def chosen(choice: str) -> None:
        choose(**(fields(choice) if fields else {field: choice}))

    native_radios(
        label, words, value, chosen, key=SEGMENTS.format(field=field), untitled=label_visibility == "collapsed"
    )


def one_of(
    field: str,
    label: str,
    value: str,
    words: Mapping[str, str],
    fields: Callable[[str], dict[str, Any]] | None = None,
) -> None:
    """One of several: side by side where there is room for them, else from a list that folds out."""
    if 1 < len(words) <= MOST_SEGMENTS and sum(map(len, words.values())) <= MOST_LETTERS:
        segments(field, label, value if value in words else next(iter(words)), words, fields)
    else:
        select(field, label, value, list(words), words.__getitem__, fields)
