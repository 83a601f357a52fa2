"""Reads an answer in StatBank's BULK format, and makes sure that it holds all that was asked for and nothing else.

BULK is semicolon-separated text in UTF-8, with or without a byte order mark. It leaves out the rows that are zero, so
every row that is not there is a zero, and an answer that is cut off would pass for one with many zeros.
"""

import csv
import itertools
from collections.abc import Mapping, Sequence

import pandas as pd

from data.store import StoreError

NOT_AVAILABLE = ".."
VALUE = "INDHOLD"
AREA = "OMRÅDE"
TIME = "TID"
TOTAL = "TOT"
UNKNOWN_MUNICIPALITY = "998"


class StatbankError(StoreError):
    """The figures could not be fetched or cannot be trusted; nothing has been loaded. The message is Danish."""


def read_bulk(content: bytes, table: str, codes: Mapping[str, Sequence[str]]) -> pd.DataFrame:
    """Every combination of the codes asked for (variable → codes), with the figure as Int64 under INDHOLD.

    Rows left out by BULK are 0; a figure that is not available is missing. Columns are the variables in capitals.
    Raises StatbankError when the answer is no such text, is cut off, has other columns or codes than asked for, or
    lacks the total of an area in a quarter (no municipality has none).
    """
    names = [name.upper() for name in codes]
    header, *lines = _lines(content, table)
    if sorted(header) != sorted([*names, VALUE]):
        raise StatbankError(
            f"{table} har fået andre kolonner ({', '.join(header)[:120]}) end {', '.join([*names, VALUE])}. "
            "Intet er hentet; programmet skal tilpasses."
        )
    asked = {name: frozenset(chosen) for name, chosen in zip(names, codes.values(), strict=True)}
    places = [header.index(name) for name in names]
    figure = header.index(VALUE)
    totals: dict[tuple[str, ...], int | None] = {}
    for number, line in enumerate(lines, start=2):
        if len(line) != len(header):
            raise _broken(table, number, "har ikke det rette antal felter")
        key = tuple(line[index] for index in places)
        strangers = [code for name, code in zip(names, key, strict=True) if code not in asked[name]]
        if strangers:
            raise _broken(table, number, f"har en kode, der ikke er spurgt om (»{strangers[0][:20]}«)")
        if key in totals:
            raise _broken(table, number, "gentager en tidligere linje")
        totals[key] = _figure(line[figure], table, number)
    _require_totals(totals, names, codes, table)
    keys = list(itertools.product(*codes.values()))
    rows = pd.DataFrame(keys, columns=names, dtype="str")
    rows[VALUE] = pd.array([totals.get(key, 0) for key in keys], dtype="Int64")
    return rows


def _lines(content: bytes, table: str) -> list[list[str]]:
    if b"\0" in content:
        raise StatbankError(f"Svaret om {table} er kodet forkert. Intet er hentet.")
    if not content.endswith(b"\n"):
        raise StatbankError(f"Svaret om {table} slutter midt i en linje, så det er ikke helt. Intet er hentet.")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        # The web page's own files are in this encoding. Codes and figures are the same in both; a heading that is
        # not will be refused with the columns.
        text = content.decode("cp1252", errors="replace")
    return list(csv.reader(text.splitlines(), delimiter=";"))


def _figure(text: str, table: str, number: int) -> int | None:
    if text == NOT_AVAILABLE:
        return None
    if not (text.isascii() and text.isdecimal() and len(text) < 16):
        raise _broken(table, number, f"har ikke et helt tal (»{text[:20]}«)")
    return int(text)


def _require_totals(
    totals: Mapping[tuple[str, ...], int | None],
    names: Sequence[str],
    codes: Mapping[str, Sequence[str]],
    table: str,
) -> None:
    """A municipality without a single report or resident in a quarter means that rows are missing."""
    total = {
        name: [TOTAL] if TOTAL in chosen else list(chosen) for name, chosen in zip(names, codes.values(), strict=True)
    }
    total[AREA] = [code for code in total[AREA] if code != UNKNOWN_MUNICIPALITY]
    for key in itertools.product(*total.values()):
        if key not in totals:
            of_key = dict(zip(names, key, strict=True))
            raise StatbankError(
                f"Svaret om {table} mangler tallet i alt for område {of_key[AREA]} i {of_key[TIME]}. Intet er hentet."
            )


def _broken(table: str, number: int, what: str) -> StatbankError:
    return StatbankError(f"Svaret om {table} er ikke, som det plejer: linje {number} {what}. Intet er hentet.")
