"""What people type: stored like what they load and checked alike, with history, undo and no silently overwriting."""

import datetime as dt
import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import count
from typing import Any

import pandas as pd

from data import clock, danish
from data.contracts.columns import Contract
from data.contracts.problems import ContractError, Problem
from data.contracts.validation import CONTRACTS, check
from data.contracts.values import comma
from data.identifiers import identifier
from data.intake.examination import REFERRED, known_names
from data.intake.privacy import find_personal_data
from data.intake.tables import Table
from data.partnership import Partnership
from data.records import Row, records
from data.store import EntryConflictError, Incoming, Load, Store, StoreError

TYPED, UNDONE, WITHDRAWN = "indtastning", "fortrydelse", "tilbagetrækning"
"""What stands where a loaded file has its name: how the row came about."""
OWN_SOURCE = ("official", "partnerskabet")
"""Provenance and source of what the partnership writes down itself, where nothing it is about says otherwise."""
# One row of each kind, as a sentence names it.
NOUNS = {
    "meetings": "mødet", "decisions": "beslutningen", "dialogues": "dialogen", "insecure_places": "stedet",
    "proposals": "forslaget", "risk_profiles": "risikoprofilen", "coverage": "dækningen", "initiatives": "indsatsen",
    "activities": "aktiviteten", "criteria": "kriteriet", "place_actions": "indsatsen på stedet",
}  # fmt: skip
# Which kind holds the rows of each vocabulary that people can type.
_HOLDERS = {
    "meetings": "meetings", "dialogues": "dialogues", "profiles": "risk_profiles", "initiatives": "initiatives",
}  # fmt: skip
LONGEST_ID = 60

__all__ = [
    "NOUNS", "EntryConflictError", "adopt", "checked", "history", "new_id", "save", "standing", "undo", "withdraw",
]  # fmt: skip


# Reading ----------------------------------------------------------------------------------------------------------


def standing(store: Store, kind: str) -> pd.DataFrame:
    """The rows of a kind that stand now, each with `load_id` (to hand back as `based_on`), `loaded_at`, `loaded_by`."""
    return store.once_loaded(("standing", kind), lambda: _standing(store, kind))


def _standing(store: Store, kind: str) -> pd.DataFrame:
    rows = store.loaded(kind)
    heads = pd.DataFrame([(load.id, load.loaded_at, load.loaded_by) for load in store.loads() if load.kind == kind])
    heads.columns = pd.Index(["load_id", "loaded_at", "loaded_by"][: heads.shape[1]])
    return rows.merge(heads, on="load_id") if len(rows) else rows.assign(loaded_at=[], loaded_by=[])


def history(store: Store, kind: str, key: Mapping[str, object]) -> pd.DataFrame:
    """Every version of a row, oldest first: who, when, how (`came_from`), whether `withdrawn`, and what it said.

    `key` has one or more of the contract's key columns: {"criterion_id": "…"} gives all versions of a criterion.
    """
    return store.versions(kind, key)


def new_id(store: Store, kind: str, words: str) -> str:
    """A short id made of some words, which no row of the kind has or ever had: "Tryg vej hjem" → "tryg-vej-hjem"."""
    column = CONTRACTS[kind].key[0]
    plain = identifier(words)[:LONGEST_ID].strip("-") or kind
    taken = set(store.versions(kind, {})[column])
    return next(name for name in _numbered(plain) if name not in taken)


def _numbered(name: str) -> Iterator[str]:
    yield name
    for number in count(2):
        yield f"{name}-{number}"


# Writing ----------------------------------------------------------------------------------------------------------


def save(
    store: Store, partnership: Partnership, kind: str, values: Mapping[str, object], *, by: str, based_on: int | None
) -> Load:
    """Store one row as it was typed.

    `values` maps column ids to text or typed values; what is left out stays empty, and `provenance` and `source_id` are
    then those of the row it follows or is about. `based_on` is the load_id of the row the person was looking at, None
    for a new one. Raises ContractError with every problem (nothing is written), EntryConflictError with `theirs` when
    somebody else changed the row meanwhile, and ValueError for a column the contract does not have.
    """
    if kind == "criteria":
        raise StoreError("Et kriterium er låst, når det er vedtaget. Vedtag en ny version i stedet.")
    return _write(store, kind, checked(store, partnership, kind, values, based_on=based_on), by, based_on)


def adopt(
    store: Store,
    partnership: Partnership,
    values: Mapping[str, object],
    *,
    by: str,
    based_on: int | None,
    today: dt.date | None = None,
) -> Load:
    """Adopt a criterion, or a new version of one: locked with author, date and, from version 2 on, the reason.

    `based_on` is the load_id of the version the person was looking at, None for a new criterion. `version` and
    `adopted` are set here. Raises as `save`.
    """
    known = history(store, "criteria", {"criterion_id": values["criterion_id"]})
    now = standing(store, "criteria")
    now = now[now["criterion_id"] == values["criterion_id"]].sort_values("version")
    seen = int(now["load_id"].iloc[-1]) if len(now) else None
    if seen != based_on:
        raise _conflict("criteria", records(known[known["load_id"] == seen])[0] if seen else {})
    # A number that was withdrawn is not used again, so that every number means one text.
    version = int(known["version"].max()) + 1 if len(known) else 1
    numbered = {**values, "version": version, "adopted": today or clock.today()}
    return _write(store, "criteria", checked(store, partnership, "criteria", numbered, based_on=based_on), by, None)


def undo(store: Store, kind: str, key: Mapping[str, object], *, by: str, based_on: int) -> Load:
    """Take back the latest change of a row (`based_on`): the version before stands again, as a new one.

    A row that was new is withdrawn; one that was withdrawn stands again. Nothing is deleted. Raises as `withdraw`.
    """
    versions = history(store, kind, key)
    if len(versions) < 2:
        return withdraw(store, kind, key, by=by, based_on=based_on)
    before = records(versions.iloc[[-2]])[0]
    if before["withdrawn"]:
        _refuse_if_named(store, kind, key)
    return _write(store, kind, _frame(kind, before), by, based_on, came_from=UNDONE, withdraws=before["withdrawn"])


def withdraw(store: Store, kind: str, key: Mapping[str, object], *, by: str, based_on: int) -> Load:
    """Let a row stand no longer; its history keeps it, and `undo` brings it back.

    Raises EntryConflictError when somebody changed it meanwhile, and StoreError where there is no such row or other
    rows name it.
    """
    versions = history(store, kind, key)
    if versions.empty:
        raise StoreError(f"{danish.opening(NOUNS[kind])} findes ikke.")
    _refuse_if_named(store, kind, key)
    latest = records(versions.iloc[[-1]])[0]
    return _write(store, kind, _frame(kind, latest), by, based_on, came_from=WITHDRAWN, withdraws=True)


def checked(
    store: Store,
    partnership: Partnership,
    kind: str,
    values: Mapping[str, object],
    *,
    based_on: int | None = None,
    dialogues: frozenset[str] = frozenset(),
) -> pd.DataFrame:
    """The row as its contract has it, or ContractError with every problem; nothing is written.

    `dialogues` are those that are to be stored together with it, which it may name.
    """
    contract = CONTRACTS[kind]
    strangers = values.keys() - {column.name for column in contract.columns}
    if strangers:
        raise ValueError(f"{kind} has no column {sorted(strangers)}")
    full = {**_origin(store, contract, values, based_on), **values}
    frame = pd.DataFrame(
        [{column.heading: as_typed(full.get(column.name)) for column in contract.columns}], dtype="str"
    )
    personal = find_personal_data([Table("", "", frame)])
    if personal:
        raise ContractError(_without_row(personal))
    known = known_names({name: store.loaded(name) for name in REFERRED}, partnership, store.loaded)
    known = replace(known, dialogues=(known.dialogues or frozenset()) | dialogues)
    try:
        return check(frame, kind, known)
    except ContractError as error:
        raise ContractError(_without_row(error.problems)) from None


def _without_row(problems: tuple[Problem, ...]) -> list[Problem]:
    """The problems as a form shows them: there is no file and no row to find."""
    return [replace(problem, file="", sheet="", row=None) for problem in problems]


def as_typed(value: object) -> str:
    """A value as one would type it in a cell."""
    if value is None or (not isinstance(value, (str, list, tuple)) and pd.isna(value)):  # type: ignore[call-overload]
        return ""
    if isinstance(value, dt.datetime):
        return value.date().isoformat()
    if isinstance(value, (list, tuple)):
        return ";".join(map(str, value))
    if isinstance(value, float):
        return comma(value)
    return str(value).replace("\r\n", "\n").replace("\r", "\n").strip()


def _origin(store: Store, contract: Contract, values: Mapping[str, object], based_on: int | None) -> Row:
    """Provenance and source: of the row it follows, else of what it is about, so that example work stays example."""
    if based_on is not None:
        rows = store.loaded(contract.kind)
        for row in records(rows[rows["load_id"] == based_on])[:1]:
            return {name: row[name] for name in ("provenance", "source_id")}
    for column in contract.columns:
        holder = _HOLDERS.get(column.refers or "")
        if holder and values.get(column.name):
            rows = store.loaded(holder)
            for row in records(rows[rows[CONTRACTS[holder].key[0]] == values[column.name]])[:1]:
                return {name: row[name] for name in ("provenance", "source_id")}
    return dict(zip(("provenance", "source_id"), OWN_SOURCE, strict=True))


def _frame(kind: str, version: Row) -> pd.DataFrame:
    return pd.DataFrame([{column.name: version[column.name] for column in CONTRACTS[kind].columns}])


def _write(
    store: Store,
    kind: str,
    frame: pd.DataFrame,
    by: str,
    based_on: int | None,
    *,
    came_from: str = TYPED,
    withdraws: bool = False,
) -> Load:
    content = json.dumps(records(frame), default=str, ensure_ascii=False, sort_keys=True)
    checksum = hashlib.sha256(content.encode()).hexdigest()
    try:
        return store.amend(Incoming(kind, frame, came_from, checksum, bool(withdraws)), by, based_on)
    except EntryConflictError as error:
        raise _conflict(kind, error.theirs) from None


def _conflict(kind: str, theirs: Mapping[str, Any]) -> EntryConflictError:
    """The conflict in words for the kind, with the row that stands in the way."""
    error = EntryConflictError(theirs)
    noun = danish.opening(NOUNS.get(kind, "rækken"))
    if not theirs:
        sentence = f"{noun}, du har skrevet i, findes ikke længere."
    else:
        done = "trukket tilbage" if theirs.get("withdrawn") else "ændret"
        sentence = f"{noun} er {done} af {theirs['loaded_by']} den {danish.date(theirs['loaded_at'])}, mens du skrev."
    error.args = (f"{sentence} Intet er gemt eller overskrevet: se den anden udgave, og vælg, hvilken der skal gælde.",)
    return error


def _refuse_if_named(store: Store, kind: str, key: Mapping[str, object]) -> None:
    """Raise StoreError where rows that stand name the row: they would be about nothing."""
    own = CONTRACTS[kind].key[0]
    naming = [
        (other, column.name)
        for other in CONTRACTS.values()
        for column in other.columns
        if column.refers and _HOLDERS.get(column.refers) == kind
    ]
    for other, column in naming:
        naming_it = int((store.loaded(other.kind)[column] == key[own]).sum())
        if naming_it:
            raise StoreError(
                f"{danish.opening(NOUNS[kind])} kan ikke trækkes tilbage: der hører "
                f"{danish.plural(naming_it, 'række', 'rækker')} til i tabellen »{other.title}«. Træk dem tilbage først."
            )
