"""What residents and local councils send in: checked like all that is typed, then approved into rows or refused."""

import secrets
from collections.abc import Callable, Mapping
from dataclasses import asdict
from typing import Any

from data import clock, danish, entries
from data.contracts.problems import ContractError
from data.contracts.validation import CONTRACTS
from data.intake.persons import find_person_in_text
from data.intake.privacy import find_personal_text
from data.partnership import Audience, Partnership
from data.records import Row
from data.release.audiences import municipalities
from data.rights import suggestion_refusal
from data.store import Store
from data.store.failures import StoreError
from data.store.submissions import DECIDED, WAITING, Submission, add_submission, decide
from data.walks import ABOUT_WALK, Fault, Walk, received, store_walk, stored, walk_of

PROPOSAL, PLACE, WALK = "forslag", "sted", "vandring"
KINDS = {PROPOSAL: "Forslag", PLACE: "Utrygt sted", WALK: "Tryghedsvandring"}
NOTED, BY = "andet", "Beboere"
"""The kind of dialogue in which residents tell of a place, and who tells."""
NO_REASON = "Skriv kort hvorfor. Begrundelsen står på områdets side."
LONGEST_REASON = 300

Refuses = Callable[[str, Row], str]


def new_number() -> str:
    """A number for something that is sent in, which says nothing of who sent it."""
    return secrets.token_hex(6)


def proposal_of(number: str, area: str, municipality: str, title: str, text: str) -> Row:
    """The row of a proposal of an area's residents."""
    return {
        "proposal_id": f"{clock.today():%Y-%m}-{area}-{number}", "date": clock.today().isoformat(),
        "from_area": municipality, "area_id": area, "title": " ".join(title.split()), "text": text.strip(),
        "status": "ny", "answer": "",
    }  # fmt: skip


def place_of(number: str, area: str, place_type: str, landmark: str, text: str) -> Walk:
    """One insecure place that residents tell of: the dialogue it is told in, and the place as an open promise."""
    place = {"type": place_type, "count": 1, "landmark": landmark}
    draft = {"id": number, "area": area, "date": clock.today().isoformat(), "counterpart": BY, "text": text.strip(),
             "rows": [place]}  # fmt: skip
    return walk_of(draft, NOTED)


def refuses_for(store: Store, audience: Audience) -> Refuses:
    """Why an audience may not send in a row of a kind; "" where it may."""
    home = municipalities(store.loaded("areas"))
    return lambda kind, row: suggestion_refusal(audience, kind, row, home)


def faults_of_proposal(store: Store, partnership: Partnership, row: Row, refuses: Refuses) -> list[Fault]:
    """Everything that is wrong with a proposal, also personal data in it; [] where it can be sent in."""
    if said := refuses("proposals", row):
        return [Fault(ABOUT_WALK, "", said)]
    found = [
        Fault(ABOUT_WALK, column, f"{_heading('proposals', column)}: {said}")
        for column in ("title", "text")
        if (said := find_person_in_text(row[column]))
    ]
    try:
        entries.checked(store, partnership, "proposals", row)
    except ContractError as error:
        for problem in error.problems:
            column = next((each.name for each in CONTRACTS["proposals"].columns if each.heading == problem.column), "")
            found.append(Fault(ABOUT_WALK, column, f"{problem.column}: {problem.message}. {problem.remedy}."))
    return found


def send_proposal(store: Store, audience: Audience, number: str, row: Row) -> None:
    """Put a proposal in the queue; StoreError where the queue of its area is full."""
    _send(store, audience, PROPOSAL, number, row["area_id"], {"proposal": row})


def send_walk(store: Store, audience: Audience, walk: Walk) -> None:
    """Put a walk, or one place, in the queue; sent again it is there once. StoreError as `send_proposal`."""
    kind = PLACE if walk.dialogue["kind"] == NOTED else WALK
    _send(store, audience, kind, walk_number(walk), str(walk.dialogue["area_id"]), asdict(walk))


def waits(places: int) -> str:
    """What a council that sent a walk is told."""
    return f"{received(places)} Sekretariatet læser den, før andre ser den."


def walk_number(walk: Walk) -> str:
    """The number by which a walk is known in the queue."""
    return str(walk.dialogue["dialogue_id"]).rpartition("-")[2]


def _send(store: Store, audience: Audience, kind: str, number: str, area: str, content: Mapping[str, Any]) -> None:
    add_submission(store.engine, Submission(number, kind, area, audience.id, clock.today(), content))


def rows_of(found: Submission) -> list[tuple[str, Row]]:
    """What something that waits would become: rows with their kinds."""
    if found.kind == PROPOSAL:
        return [("proposals", dict(found.content["proposal"]))]
    walk = _walk(found)
    return [("dialogues", walk.dialogue), *(("insecure_places", row) for row in walk.places)]


def approve(store: Store, partnership: Partnership, found: Submission, refuses: Refuses, by: str) -> None:
    """Write what was sent in as rows of whoever approves it, and erase it from the queue.

    `refuses` says what whoever approves may not write. Done again after a crash it completes what was begun. Raises
    StoreError where it is decided on already or may not be written, and ContractError where it can be no row any more.
    """
    if found.state != WAITING:
        raise StoreError(DECIDED)
    rows = rows_of(found)
    for kind, row in rows:
        if said := refuses(kind, row):
            raise StoreError(said)
    if found.kind == PROPOSAL:
        row = rows[0][1]
        if store.versions("proposals", {"proposal_id": row["proposal_id"]}).empty:
            entries.save(store, partnership, "proposals", row, by=by, based_on=None)
    elif not stored(store, walk := _walk(found)):
        store_walk(store, partnership, walk, by)
    decide(store.engine, found.id, taken=True, by=by)


def turn_down(store: Store, found: Submission, reason: str, by: str) -> None:
    """Refuse what was sent in, and erase it. StoreError without a reason, with a person in it, or decided already."""
    reason = " ".join(reason.split())[:LONGEST_REASON]
    said = find_person_in_text(reason) or find_personal_text(reason)
    if not reason or said:
        raise StoreError(danish.opening(said) if said else NO_REASON)
    decide(store.engine, found.id, taken=False, by=by, reason=reason)


def _walk(found: Submission) -> Walk:
    return Walk(dict(found.content["dialogue"]), tuple(dict(row) for row in found.content["places"]))


def _heading(kind: str, column: str) -> str:
    return CONTRACTS[kind].column(column).heading
