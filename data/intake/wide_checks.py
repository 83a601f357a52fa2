"""What a wide table says beside its figures that must not be lost: columns that name another area, rows of sums."""

from collections.abc import Iterator

import pandas as pd

from data import danish
from data.contracts.problems import Problem
from data.intake.table_shape import ABOVE, BELOW
from data.intake.wide_words import Wide, Words, are_others, mostly

CHECKED = ("area_id", "category")
"""The dimensions of which a table may have a second column, a code beside a name."""
_NAMES = {"area_id": "hører til", "category": "er om"}
COUNTED = ("incidents", "population", "cells", "hours")
"""The kinds whose figures are numbers of cases or residents."""
_LONGEST = 80


def columns_at_odds(frame: pd.DataFrame, wide: Wide, words: Words, file: str, sheet: str) -> Iterator[Problem]:
    """Rows of which a column that is not read names another area or offence; the area that theirs lies in is none."""
    used = {*wide.columns, *wide.places.values(), *wide.answers.values()}
    for dimension in (each for each in CHECKED if each in wide.places):
        own = _filled(frame.iloc[:, wide.places[dimension]])
        for place in (each for each in range(frame.shape[1]) if each not in used):
            if not mostly(frame.iloc[:, place], dimension, words):
                continue
            for row, said, label in zip(frame.index, _filled(frame.iloc[:, place]), own, strict=True):
                other, meant = words.says(dimension, said), words.says(dimension, label)
                over = dimension == "area_id" and words.lies_in(meant, other)
                if other and meant and other != meant and not over:
                    heading = str(frame.columns[place])
                    yield Problem(
                        file, sheet, int(row), heading, said,
                        f"»{heading}« er {said}, men rækken {_NAMES[dimension]} {label}",
                        "Ret den ene, så de to passer sammen, eller slet kolonnen",
                    )  # fmt: skip


def sums_said(frame: pd.DataFrame, wide: Wide, words: Words, total: str) -> list[str]:
    """Danish clauses on the rows that are left out because their label says that they are sums.

    `total` is the category of all offences, which "I alt" may or may not mean.
    """
    clauses = []
    for dimension in ("area_id", "category", "period", "indicator", "weekday", "band"):
        if dimension in wide.places:
            cells = frame.iloc[:, wide.places[dimension]].str.strip()
            sums = [text for text in cells if text and words.is_sum(dimension, text)]
            if sums:
                rows = danish.plural(len(sums), "række", "rækker")
                of_all = f"; er det alle anmeldelser, så skriv {total} i stedet" if dimension == "category" else ""
                said = danish.join([f"»{each}«" for each in list(dict.fromkeys(sums))[:3]])
                clauses.append(f"{rows} med {said} er læst som summer og ikke taget med{of_all}")
    return clauses


def others_said(frame: pd.DataFrame, wide: Wide | None, kind: str) -> str:
    """A Danish clause where a title, a note or the figures' heading says that they are no numbers; "" otherwise."""
    around = [str(frame.attrs.get(where, "")) for where in (ABOVE, BELOW)]
    if wide is not None and wide.along == "figure":
        around.append(str(frame.columns[wide.columns[0]]))
    said = next((each for each in around if are_others(each)), "") if kind in COUNTED else ""
    shown = said if len(said) <= _LONGEST else f"{said[:_LONGEST]} …"
    return f"der står »{shown}« ved tabellen; se efter, om tallene er antal, eller bed om antallene" if said else ""


def _filled(cells: "pd.Series[str]") -> "pd.Series[str]":
    return cells.str.strip().replace("", None).ffill().fillna("")
