"""Who may write what: one table over the row, the field and its state; in doubt, nobody.

A form only offers what may be written, but a browser can send anything, so each write is judged here, on the row as it
would become and as it is.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from data.contracts.validation import CONTRACTS
from data.partnership import OF_PLACES, Audience
from data.records import Row

READERS = "Du kan læse det her, men ikke ændre det."
ELSEWHERE = "Det hører til et sted, som du ikke skriver for."
ANSWERED = "Partnerskabet har taget stilling til forslaget, så det kan ikke længere ændres."
NOT_YOURS = "Det har andre skrevet, så du kan ikke ændre det."
NOT_OFFERED = "Det valg kan du ikke træffe her. Genindlæs siden, og prøv igen."
# Columns that say where something belongs.
PLACES = ("area_id", "area_ids", "from_area")
ORIGIN = ("provenance", "source_id")


@dataclass(frozen=True)
class Right:
    """What those who only propose may write of a kind.

    `fields` are the columns they fill in; `fixed` those that must have a value, before and after; `place` the column
    that must name a municipality of theirs. `own` says that a row which stands must have been written by themselves.
    """

    kind: str
    fields: Collection[str]
    fixed: Mapping[str, str]
    place: str
    own: bool = True


PROPOSING = {
    "proposals": Right(
        "proposals",
        fields=("proposal_id", "date", "from_area", "title", "text"),
        fixed={"status": "ny", "answer": ""},
        place="from_area",
    ),
}  # fmt: skip
"""What an audience with `proposes` may write; one with `edits` writes every kind, within what it sees."""

ACTING = Right(
    OF_PLACES,
    fields=("action_id", "initiative_id", "area_id", "category", "cells", "start", "end", "text"),
    fixed={},
    place="area_id",
    own=False,
)
"""What an audience that sees grid cells may write of what it does there."""

SUGGESTING = {
    "proposals": Right(
        "proposals",
        fields=("proposal_id", "date", "from_area", "area_id", "title", "text"),
        fixed={"status": "ny", "answer": ""},
        place="area_id",
    ),
    "dialogues": Right(
        "dialogues",
        fields=("dialogue_id", "date", "area_id", "kind", "counterpart", "reach", "text"),
        fixed={},
        place="area_id",
    ),
    "insecure_places": Right(
        "insecure_places",
        fields=("place_id", "dialogue_id", "area_id", "place_type", "count", "landmark", "square", "follow_up", "owner",
                "due"),
        fixed={"status": "åben", "outcome": ""},
        place="area_id",
    ),
}  # fmt: skip
"""What an audience with `suggests` may send in; it is written only when who `may_moderate` approves it."""


def may_moderate(audience: Audience) -> bool:
    """Whether an audience reads what is sent in and decides on it: the secretariat, which writes and publishes."""
    return audience.edits and audience.publishes


def suggestion_refusal(audience: Audience, kind: str, row: Row, home: Mapping[str, str]) -> str:
    """Why an audience may not send in a row, as a Danish sentence; "" where it may.

    `home` maps each area to its municipality (`data.release.audiences.municipalities`).
    """
    right = SUGGESTING.get(kind)
    if right is None or not audience.suggests:
        return READERS
    if home.get(str(row.get(right.place) or "")) not in audience.sees:
        return ELSEWHERE
    return "" if _only(right, row, None) else READERS


def refusal(
    audience: Audience,
    kind: str,
    after: Row | None,
    before: Row | None = None,
    *,
    account: str,
    known_areas: Collection[str] | None = None,
) -> str:
    """Why an audience may not write a row, as a Danish sentence; "" where it may.

    `after` is the row as it would become (None: it is withdrawn), `before` the row that stands (None: it is new), with
    `loaded_by`. `known_areas` are the areas the audience knows (None: all); no row may be moved to or from another.
    """
    if not audience.may_write(kind):
        return READERS
    if audience.edits and kind != OF_PLACES:
        places = [area for row in (before, after) if row is not None for area in _places(row)]
        return ELSEWHERE if known_areas is not None and not set(places) <= set(known_areas) else ""
    right = ACTING if kind == OF_PLACES else PROPOSING[kind]
    if before is not None:
        if not _stands_as(before, right.fixed):
            return ANSWERED
        if right.own and before.get("loaded_by") != account:
            return NOT_YOURS
    for row in (before, after):
        if row is not None and str(row.get(right.place) or "") not in audience.sees:
            return ELSEWHERE
    return "" if after is None or _only(right, after, before) else READERS


def _places(row: Row) -> list[str]:
    return [each for column in PLACES for each in str(row.get(column) or "").split(";") if each]


def _stands_as(row: Row, fixed: Mapping[str, str]) -> bool:
    return all(str(row.get(column) or "") == value for column, value in fixed.items())


def _only(right: Right, after: Row, before: Row | None) -> bool:
    """Whether a row says nothing in the columns that are not theirs but what it said, or what is fixed."""
    if not _stands_as(after, {name: value for name, value in right.fixed.items() if name in after}):
        return False
    columns = {column.name for column in CONTRACTS[right.kind].columns} - {*right.fields, *right.fixed, *ORIGIN}
    row = before or {}
    return all(str(after.get(name) or "") == str(row.get(name) or "") for name in columns)


def offered(value: Any, options: Collection[Any] | None) -> bool:
    """Whether a value that a widget sent is one of those it offered (None: it was free text or a day)."""
    return options is None or value in options


def seen_version(audience: Audience, kind: str, row: Row, known_areas: Collection[str] | None) -> dict[str, Any]:
    """An earlier version of a row as an audience may read it: without what its release does not tell.

    A decision quotes a figure as those at the table saw it, and lists name areas that the audience does not know.
    """
    seen = dict(row)
    if audience.threshold and kind == "decisions":
        seen |= {"figure": "", "view": ""}
    if known_areas is not None:
        for column in PLACES:
            if column in seen:
                seen[column] = ";".join(each for each in str(seen[column] or "").split(";") if each in known_areas)
    return seen
