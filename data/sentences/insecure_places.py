"""Puts insecure places in words: what and where, what was promised by whom and when, and what was done."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

import pandas as pd

from data import danish
from data.contracts.cooperation import PLACE_TYPES

Row = Mapping[str, Any]

NOTHING_DONE, BEGUN, DONE = "åben", "i gang", "udført"
STATES = {NOTHING_DONE: "Åben", BEGUN: "I gang", DONE: "Udført"}
LATE = "over fristen"


def place_words(row: Row) -> str:
    """What and where: "Sti ved Lidsøparken (2 steder)"."""
    words = danish.opening(PLACE_TYPES[row["place_type"]])
    by = f" ved {row['landmark']}" if row["landmark"] else ""
    many = f" ({danish.plural(row['count'], 'sted', 'steder')})" if row["count"] > 1 else ""
    return f"{words}{by}{many}"


def promise_words(row: Row) -> str:
    """Who has promised it by when: "Trafikselskabet, senest 3. juni 2026"; what is not agreed is said so."""
    by: str = f"senest {danish.date(row['due'])}" if pd.notna(row["due"]) else "ingen frist"
    if not row["owner"]:
        return "Ingen ansvarlig endnu" if pd.isna(row["due"]) else f"Ingen ansvarlig endnu, {by}"
    return f"{row['owner']}, {by}"


def is_late(row: Row, today: dt.date) -> bool:
    """Whether what was promised should have been done before today."""
    return bool(row["status"] != DONE and pd.notna(row["due"]) and pd.Timestamp(row["due"]).date() < today)


def overdue_place(row: Row, area: str, *, owner: bool = True) -> str:
    """A promise past its day: "Sti ved Lidsøparken i Hjortegården: skulle være ordnet 3. juni 2026 (…)".

    Not `owner`, who has promised it stands elsewhere.
    """
    by = f" ({row['owner']})" if owner else ""
    return f"{place_words(row)} i {area}: skulle være ordnet {danish.date(row['due'])}{by}."


def places_sentence(counts: Mapping[str, int], late: int) -> str:
    """How far the follow-up is: "9 utrygge steder er udpeget: 2 åbne, 3 i gang og 4 udført. 1 er over fristen."

    `counts` maps each status to a number of places.
    """
    total = sum(counts.values())
    words = {NOTHING_DONE: "åbne", BEGUN: "i gang", DONE: "udført"}
    parts = [f"{danish.number(counts[state])} {word}" for state, word in words.items() if counts.get(state)]
    over = f" {danish.number(late)} er {LATE}." if late else ""
    return f"{danish.plural(total, 'utrygt sted', 'utrygge steder')} er udpeget: {danish.join(parts)}.{over}"
