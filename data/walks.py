"""A walk with its places, as a phone sends it: checked as a whole, stored all or none, and never twice."""

import hashlib
import json
import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from data import danish, entries
from data.contracts.cooperation import PLACE_TYPES
from data.contracts.problems import ContractError
from data.contracts.validation import CONTRACTS
from data.intake.persons import find_person_in_text
from data.partnership import Partnership
from data.records import Row, records
from data.sentences.insecure_places import NOTHING_DONE
from data.store import Incoming, Load, Store
from data.store.failures import StoreError

MOST_PLACES = 40
WALK, ABOUT_WALK = "vandring", -1
_DRAFT_ID = re.compile(r"[0-9a-f]{12}")
_TYPED = ("landmark", "follow_up", "owner")
_FREE = ("counterpart", "text", "follow_up", "owner")
NO_PLACES = "Tilføj mindst ét sted."
TOO_MANY = f"En vandring kan højst have {MOST_PLACES} steder. Send den i to dele."
NO_KIND = "Vælg, hvad slags sted det er."
NO_AREA = "Vælg området."
NO_LANDMARK = "Vælg et af de steder, der er på listen."
UNREADABLE = "Vandringen kunne ikke læses. Genindlæs siden, og send den igen."

Refuses = Callable[[str, Row], str]
"""Why whoever writes may not write a new row of a kind; "" where they may."""


@dataclass(frozen=True)
class Fault:
    """What is wrong with a walk: in its place number `row` (from 0; -1: the walk itself), in a column, in words."""

    row: int
    field: str
    said: str


@dataclass(frozen=True)
class Walk:
    """A draft as it came: the row of the dialogue and those of its places."""

    dialogue: Row
    places: tuple[Row, ...]


def walk_of(draft: Mapping[str, Any], kind: str = WALK) -> Walk:
    """The rows that a draft stands for; nothing of it is trusted. Raises ValueError for one without an id.

    `kind` is that of the dialogue at which the places were noted.
    """
    number = str(draft.get("id", ""))
    if not _DRAFT_ID.fullmatch(number):
        raise ValueError("the draft has no id")
    area, name = str(draft.get("area", "")), f"{kind}-{number}"
    dialogue = {
        "dialogue_id": name, "date": str(draft.get("date", "")), "area_id": area, "kind": kind,
        "counterpart": str(draft.get("counterpart", "")), "reach": str(draft.get("reach", "")),
        "text": str(draft.get("text", "")),
    }  # fmt: skip
    given = [each for each in draft.get("rows") or () if isinstance(each, Mapping)]
    places = tuple(
        {
            "place_id": f"{name}-{index}", "dialogue_id": name, "area_id": area,
            "place_type": str(each.get("type", "")), "count": str(each.get("count", "")), "status": NOTHING_DONE,
            "square": str(each.get("square", "")), "due": str(each.get("due", "")), "outcome": "",
            **{column: str(each.get(column, "")) for column in _TYPED},
        }
        for index, each in enumerate(given[: MOST_PLACES + 1], 1)
    )  # fmt: skip
    return Walk(dialogue, places)


def stored(store: Store, walk: Walk) -> bool:
    """Whether the walk is here already: a phone that heard no answer sends it again."""
    return bool(len(store.versions("dialogues", {"dialogue_id": walk.dialogue["dialogue_id"]})))


def received(places: int) -> str:
    """What who sent a walk is told."""
    return f"Vandringen er modtaget med {danish.plural(places, 'sted', 'steder')}. Tak."


def faults_of(
    store: Store, partnership: Partnership, walk: Walk, refuses: Refuses, landmarks: Collection[str]
) -> list[Fault]:
    """Everything that is wrong with a walk, also personal data in any of its texts; [] where it can be stored.

    `landmarks` are the names that were offered for its places.
    """
    faults: list[Fault] = []
    if not walk.dialogue["area_id"]:
        return [Fault(ABOUT_WALK, "area_id", NO_AREA)]
    if not walk.places:
        faults.append(Fault(ABOUT_WALK, "", NO_PLACES))
    if len(walk.places) > MOST_PLACES:
        faults.append(Fault(ABOUT_WALK, "", TOO_MANY))
    known = frozenset({str(walk.dialogue["dialogue_id"])})
    for number, kind, row in _rows(walk):
        if complaint := refuses(kind, row):
            return [Fault(ABOUT_WALK, "", complaint)]
        if kind == "insecure_places" and row["place_type"] not in PLACE_TYPES:
            faults.append(Fault(number, "type", NO_KIND))
            row = row | {"place_type": next(iter(PLACE_TYPES))}
        if row.get("landmark") and row["landmark"] not in landmarks:
            faults.append(Fault(number, "landmark", NO_LANDMARK))
        faults += [
            Fault(number, column, f"{_heading(kind, column)}: {complaint}")
            for column in _FREE
            if (complaint := find_person_in_text(row.get(column, "")))
        ]
        try:
            entries.checked(store, partnership, kind, row, dialogues=known)
        except ContractError as error:
            for problem in error.problems:
                column = next((each.name for each in CONTRACTS[kind].columns if each.heading == problem.column), "")
                faults.append(Fault(number, column, f"{problem.column}: {problem.message}. {problem.remedy}."))
    return faults


def store_walk(store: Store, partnership: Partnership, walk: Walk, by: str) -> list[tuple[str, Row, Load]]:
    """Store a walk without faults in one transaction: (kind, row, load) of the dialogue and of each place.

    Raises ContractError as `data.entries.checked`, and StoreError where the walk is here already.
    """
    if stored(store, walk):
        raise StoreError("Vandringen er allerede modtaget.")
    known = frozenset({str(walk.dialogue["dialogue_id"])})
    made = [(kind, entries.checked(store, partnership, kind, row, dialogues=known)) for _, kind, row in _rows(walk)]
    loads = store.load([_incoming(kind, frame) for kind, frame in made], by)
    return [(kind, records(frame)[0], load) for (kind, frame), load in zip(made, loads, strict=True)]


def _rows(walk: Walk) -> list[tuple[int, str, Row]]:
    places = [(index, "insecure_places", row) for index, row in enumerate(walk.places)]
    return [(ABOUT_WALK, "dialogues", walk.dialogue), *places]


def _heading(kind: str, column: str) -> str:
    return next((each.heading for each in CONTRACTS[kind].columns if each.name == column), "")


def _incoming(kind: str, frame: pd.DataFrame) -> Incoming:
    content = json.dumps(records(frame), default=str, ensure_ascii=False, sort_keys=True)
    return Incoming(kind, frame, entries.TYPED, hashlib.sha256(content.encode()).hexdigest())
