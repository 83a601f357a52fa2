"""Insecure places as promises: complete rows in the order they are read, whoever wrote them and whenever."""

import datetime as dt

import pandas as pd

from data import danish
from data.contracts.definitions import CONTRACTS
from data.records import records
from data.sentences.insecure_places import STATES, is_late

ORDER = list(STATES)


def complete(places: pd.DataFrame) -> pd.DataFrame:
    """The rows with every column of the contract: those of an older release lack what came later, which is empty."""
    filled = places.copy()
    for column in CONTRACTS["insecure_places"].columns:
        if column.name not in filled:
            filled[column.name] = pd.NaT if column.kind == "date" else ""
        elif column.kind in ("text", "choice"):
            filled[column.name] = filled[column.name].fillna("")
    return filled


def promises(places: pd.DataFrame, today: dt.date) -> pd.DataFrame:
    """Insecure places with `late` (past the day it was promised): the overdue first, then by state and deadline."""
    rows = complete(places)
    rows["late"] = pd.Series([is_late(row, today) for row in records(rows)], index=rows.index, dtype=bool)
    order = rows.assign(
        _late=~rows["late"], _state=rows["status"].map(ORDER.index), _due=pd.to_datetime(rows["due"])
    ).sort_values(["_late", "_state", "_due", "area_id", "place_id"], na_position="last")
    return rows.loc[order.index].reset_index(drop=True)


def owners(places: pd.DataFrame) -> list[str]:
    """Everybody who has promised something, in Danish order."""
    return danish.in_order({owner for owner in complete(places)["owner"] if owner})
