"""What in a release speaks for each way a meeting can decide: facts that stand there, and never a recommendation."""

import datetime as dt
from collections.abc import Iterable

import pandas as pd

from data import danish
from data.records import Row
from data.sentences.decisions import OPTIONS

NOTHING = "Intet i tallene taler særligt for det."
LIKELY = 0.8
"""The chance from which on an exact success is said to be shown."""
_QUIET = dt.timedelta(days=365)


def speaks_for(criterion: Row, initiative: Row | None, evidence: Row | None, latest: dt.date | None,
               newest: dt.date | None) -> dict[str, str]:  # fmt: skip
    """By option, what speaks for it.

    `evidence` is the main answer of before and after of the same figure; `latest` the initiative's newest activity and
    `newest` that of all.
    """
    said = {
        "fortsaet": _go_on(criterion, latest),
        "aendr": _change(criterion, evidence),
        "nyt-maal": _new_goal(criterion),
        "afslut": _end(criterion, initiative, evidence, latest, newest),
    }
    return {option.id: " ".join(said[option.id]) or NOTHING for option in OPTIONS}


def _go_on(criterion: Row, latest: dt.date | None) -> Iterable[str]:
    since = danish.period(criterion["baseline_period"])
    if criterion["moving"] == "better":
        yield (
            f"Tallet er klart bedre end i {since}."
            if criterion["measure"] != "activity"
            else (f"{danish.number(criterion['value'])} er gennemført siden {since}.")
        )
    if not criterion["overdue"]:
        yield f"Fristen er først {danish.period(criterion['deadline'])}."
        if criterion["moving"] == "unclear" and criterion["measure"] == "survey":
            yield f"En ændring på under {_points(criterion['detectable_change'])} siden {since} kan ikke ses."
    if latest is not None and not criterion["overdue"]:
        yield f"Der arbejdes; den sidste aktivitet var {danish.date(latest)}."


def _change(criterion: Row, evidence: Row | None) -> Iterable[str]:
    if criterion["moving"] == "worse":
        yield f"Tallet er klart dårligere end {danish.in_period(criterion['baseline_period'])}."
    if criterion["status"] == "behind":
        yield "Tallet halter klart efter planen."
    if criterion["status"] == "not_met":
        yield "Målet blev ikke nået med indsatsen, som den er."
    if evidence is not None and evidence["verdict"] == "unchanged":
        yield "Før og efter indsatsen er der ingen klar forskel."


def _new_goal(criterion: Row) -> Iterable[str]:
    if criterion["overdue"]:
        yield "Fristen er passeret, så det gamle mål afgøres ikke igen."
    chance = criterion.get("chance_met")
    if chance is not None and pd.notna(chance) and chance < LIKELY:
        yield f"Nås målet præcist, er chancen for, at tallene viser det, {danish.percent(chance, decimals=0)}"
    small = abs(criterion["target"] - criterion["baseline"])
    if criterion["measure"] == "survey" and small < criterion["detectable_change"]:
        seen = _points(criterion["detectable_change"])
        yield f"Målet er {_points(small)} fra udgangspunktet; en måling viser først {seen}."


def _end(criterion: Row, initiative: Row | None, evidence: Row | None, latest: dt.date | None,
         newest: dt.date | None) -> Iterable[str]:  # fmt: skip
    if initiative is not None and pd.notna(initiative["end"]):
        yield f"Indsatsens slutdato er {danish.date(initiative['end'])}."
    if latest is None:
        yield "Der er ikke skrevet i loggen."
    elif newest is not None and newest - latest > _QUIET:
        yield f"Der er ikke skrevet i loggen siden {danish.date(latest)}."
    if criterion["overdue"] and criterion.get("holds") == "lost":
        yield f"Målet er heller ikke nået {danish.in_period(criterion['holds_period'])}."
    if evidence is not None and evidence["verdict"] == "worse":
        yield "Efter indsatsen er tallet klart dårligere end før."


def _points(part: float) -> str:
    return f"{danish.decimal(100 * part, 0)} pct.point"
