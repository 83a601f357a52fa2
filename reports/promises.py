"""Insecure places in groups, as a list says them on the page, on the residents' page and on paper."""

from collections.abc import Mapping
from typing import Any

import pandas as pd

from data import danish
from data.records import records
from data.sentences.insecure_places import BEGUN, DONE, LATE, NOTHING_DONE, place_words, promise_words
from drawings.promises_html import Group, Promise

_GROUPS = {"Over fristen": LATE, "Åben": NOTHING_DONE, "I gang": BEGUN, "Udført": DONE}
Row = Mapping[str, Any]


def groups_of(
    rows: pd.DataFrame, names: Mapping[str, str], dates: Mapping[str, Any] | None = None, *, fold: bool = True
) -> list[Group]:
    """Promises (in the order of `data.views.promises`) by how far they are, numbered from 1 in that order.

    `names` maps area_id to name; an area that is not in it is not said. `dates` maps dialogue_id to the day the place
    was noted. `fold` puts away those that are done.
    """
    made = [(row, _promise(row, number, names, dates or {})) for number, row in enumerate(records(rows), 1)]
    groups = []
    for title, state in _GROUPS.items():
        inside = [(row, each) for row, each in made if (LATE if row["late"] else row["status"]) == state]
        count = danish.plural(sum(row["count"] for row, _ in inside), "sted", "steder")
        groups.append(Group(title, count, tuple(each for _, each in inside), folded=fold and state == DONE))
    return groups


def _promise(row: Row, number: int, names: Mapping[str, str], dates: Mapping[str, Any]) -> Promise:
    done = row["status"] == DONE
    day = dates.get(row["dialogue_id"])
    return Promise(
        row["place_id"],
        number,
        row["status"],
        place_words(row),
        names.get(row["area_id"], ""),
        f"Noteret {danish.date(day)}." if day is not None else "",
        row["follow_up"],
        "" if done and not row["owner"] else promise_words(row),
        row["outcome"] if done else "",
        bool(row["late"]),
    )
