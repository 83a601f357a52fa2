"""Reads a column of cells into the type its contract asks for, each different value once."""

import re
from collections.abc import Mapping
from typing import Any

import pandas as pd

from data import danish
from data.contracts.columns import Column, Known
from data.contracts.faults import Faults
from data.contracts.look_alikes import alike
from data.contracts.values import NOT_AVAILABLE, READERS, UnreadableError, Value, items

DTYPES: dict[str, Any] = {
    "integer": "Int64",
    "decimal": "float64",
    "share": "float64",
    "date": "datetime64[us]",
}
"""The pandas type of each kind of column; every other kind is text."""
TEXT = pd.StringDtype(na_value=float("nan"))
# Everything below the blank except tab and line ends, and the few that turn the reading direction about.
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u202a-\u202e\u2066-\u2069]")
NUMBERS = ("integer", "decimal", "share")


def blank_column(column: Column, index: pd.Index) -> pd.Series:
    """An optional column that the table lacks: every cell empty."""
    if column.kind in DTYPES:
        return pd.Series(None, index=index, dtype=DTYPES[column.kind])
    return pd.Series("", index=index, dtype=TEXT)


def spellings(column: Column, known: Known) -> dict[str, str]:
    """Accepted spelling (as `alike` has it) → id, for a column of levels or one that refers to a vocabulary."""
    if column.refers == "areas" and known.areas is not None:
        return {alike(str(spelling)): area for spelling, area in known.areas.items()}
    if column.name == "level":
        return {alike(word): level for word, level in (known.levels or {}).items()}
    ids = known.ids(column.refers) if column.refers else None
    if ids is None:
        return {}
    titles = known.titles.get(column.refers or "", {})
    return {alike(word): said for word, said in titles.items()} | {alike(word): word for word in ids}


def read_column(cells: pd.Series, column: Column, words: Mapping[str, str], faults: Faults) -> pd.Series:
    """The column with its type; cells that cannot be read become empty and are told to `faults`.

    `words` maps accepted spellings in lower case to the ids they stand for (see `spellings`).
    """
    if pd.api.types.is_numeric_dtype(cells) and not pd.api.types.is_bool_dtype(cells) and column.kind in NUMBERS:
        if column.kind == "integer":
            broken = (cells % 1 != 0) & cells.notna()
            faults.add(column.name, cells.index[broken], "der skal stå et helt tal", "Skriv et tal uden decimaler")
            cells = cells.mask(broken)
        return cells.astype(DTYPES[column.kind])
    if pd.api.types.is_datetime64_dtype(cells) and column.kind == "date":
        return cells.dt.normalize().astype(DTYPES["date"])
    # A million rows hold few different values: each is read once.
    codes, unique = pd.factorize(_as_text(cells))
    read = READERS[column.kind]
    values: list[Value | None] = []
    unreadable: dict[tuple[str, str], list[int]] = {}
    for number, raw in enumerate(unique):
        text = raw.strip()
        value: Value | None = None
        if text and not (text == NOT_AVAILABLE and column.kind in NUMBERS and column.empty_means):
            try:
                value = read(text, column)
                _refuse_unfit(value, column)
            except UnreadableError as error:
                value = None
                unreadable.setdefault((error.message, error.remedy), []).append(number)
        if words and isinstance(value, str):
            parts = items(value) if column.kind == "list" else (value,)
            value = ";".join(dict.fromkeys(words.get(alike(part), part) for part in parts))
        values.append(value)
    for (message, remedy), numbers in unreadable.items():
        faults.add(column.name, cells.index[pd.Series(codes).isin(numbers)], message, remedy)
    if column.kind in DTYPES:
        typed = pd.Series(values, dtype=DTYPES[column.kind])
    else:
        typed = pd.Series(["" if value is None else value for value in values], dtype=TEXT)
    return typed.take(codes).set_axis(cells.index)


def _refuse_unfit(value: Value, column: Column) -> None:
    if not isinstance(value, str):
        return
    if len(value) > column.longest:
        raise UnreadableError(
            f"teksten er for lang ({danish.number(len(value))} tegn)",
            f"Skriv højst {danish.number(column.longest)} tegn",
        )
    if _CONTROL.search(value):
        raise UnreadableError("teksten indeholder tegn, der ikke kan vises", "Skriv teksten igen uden dem")


def _as_text(cells: pd.Series) -> pd.Series:
    if isinstance(cells.dtype, pd.StringDtype):
        return cells.fillna("")
    if pd.api.types.is_float_dtype(cells) and bool((cells.dropna() % 1 == 0).all()):
        cells = cells.astype("Int64")  # 2019.0 is the year 2019 in a column that had gaps
    return cells.astype(object).map(lambda value: "" if pd.isna(value) else str(value)).astype(TEXT)
