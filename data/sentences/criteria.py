"""Success criteria in words: the goal, the figure of today, and how it stands."""

from collections.abc import Mapping
from typing import Any

import pandas as pd

from analysis.thresholds import NONE_UP_TO
from data import danish
from data.partnership import Partnership
from data.records import Row
from data.sentences.perceived import WHY_HIDDEN_WORDS, interval
from data.sentences.recorded import counted
from data.states import FEW_ANSWERS, GUARDS_ANOTHER, TOO_UNCERTAIN

STATUS_WORDS = {
    "met": "Opfyldt",
    "on_track": "På sporet",
    "undecided": "Kan ikke afgøres",
    "behind": "Bagud",
    "worsening": "Forværring",
    "not_met": "Ikke opfyldt",
    "insufficient": "Utilstrækkeligt grundlag",
}

NEEDS_DECISION = ("worsening", "not_met", "behind")
"""The statuses that call for a decision."""

MOVING_WORDS = {
    "better": "Ja, til det bedre",
    "worse": "Ja, til det værre",
    "unclear": "Ingen klar ændring",
}

# Why a criterion cannot be judged at all.
REASON_WORDS = {
    "not_comparable": "der er spurgt på en anden måde end i udgangspunktet",
    "no_value": "der er endnu ikke et tal at måle på",
    "no_baseline": "der er ikke et brugbart tal at begynde fra",
    "zero_baseline": "udgangspunktet er nul",
    "unknown_answers": "antallet af svar er ikke offentliggjort",
    FEW_ANSWERS: WHY_HIDDEN_WORDS[FEW_ANSWERS],
    TOO_UNCERTAIN: WHY_HIDDEN_WORDS[TOO_UNCERTAIN],
    GUARDS_ANOTHER: "andelen vises ikke, for den ville røbe en, der er skjult",
    "hidden": "antallet skjules, fordi der er få hændelser",
    "wrong_side": "målet ligger på den forkerte side af udgangspunktet",
    "nothing_to_reach": "der er ikke noget at nå",
    "unknown_residents": "antallet af beboere er ukendt, så områderne kan ikke lægges sammen",
}
IS_MOVING, IS_MET = "Flytter det sig?", "Når vi målet?"
"""What heads the two answers about a criterion, on the screen, on paper and in files."""
INTERVALS = (
    "Risikoen for fejlagtigt at kalde et mål nået er højst 5 pct. i hele målets tid. Derfor har mål deres egne "
    "intervaller; andre tal vises med 95 pct.-intervaller. Se Om tallene."
)
"""Why one figure has two intervals (see analysis.criterion_rules on one error for all looks)."""


def criterion_noun(criterion: Row, partnership: Partnership) -> str:
    """What a criterion counts, in the plural: "svar", "anmeldte indbrud i beboelser", "tryghedsvandringer"."""
    if criterion["measure"] == "incidents":
        return partnership.category(criterion["indicator"]).noun
    if criterion["measure"] == "activity":
        return partnership.activity_noun(criterion["indicator"])
    return "svar"


def criterion_subject(criterion: Row, partnership: Partnership, names: Mapping[str, str]) -> str:
    """What the criterion is about and where: "Tryghed i nabolaget i Værebro Park"; `names` maps area_id to name."""
    where = f"i {danish.join(names[area] for area in criterion['area_ids'].split(';'))}"
    if criterion["measure"] == "survey":
        return f"{partnership.indicator(criterion['indicator']).title} {where}"
    if criterion["measure"] == "incidents":
        return f"{partnership.category(criterion['indicator']).title} {where}, hele år"
    return f"{danish.opening(str(criterion['indicator']))} {where}"


def criterion_value(value: float, row: Row) -> str:
    """A value in the criterion's own unit: "78 pct.", "120 anmeldte indbrud i beboelser", "12 tryghedsvandringer"."""
    if pd.isna(value):
        return danish.MISSING
    if row["measure"] == "survey":
        return danish.percent(value, decimals=0 if abs(100 * value - round(100 * value)) < 0.05 else 1)
    return counted(round(value), row["noun"])


def criterion_goal(row: Row) -> str:
    """What was promised: "Målet er mindst 78 pct. i 2027.", and how far short of it counts as met."""
    bound = "mindst" if row["direction"] == 1 else "højst"
    goal = f"Målet er {bound} {criterion_value(row['target'], row)} {danish.in_period(row['deadline'])}"
    return f"{goal}{tolerance_said(row)}."


def tolerance_said(row: Row) -> str:
    """How far short of its target counts as met, as it goes on from the target; "" where nothing does."""
    tolerance = row.get("tolerance")
    short = 0.0 if tolerance is None or pd.isna(tolerance) else float(tolerance)
    if row["measure"] == "incidents" and row["target"] == 0:
        return (
            f"; det regnes som nået, når det er sikkert, at der er højst {danish.number(short or NONE_UP_TO)} om året"
        )
    if not short or row["measure"] == "activity":
        return ""
    amount = f"{danish.decimal(100 * short, 1)} pct.point" if row["measure"] == "survey" else danish.number(short)
    return f" med en tolerance på {amount.replace(',0 ', ' ')}"


def criterion_names(criteria: pd.DataFrame) -> dict[str, str]:
    """What each criterion is called by its id; where two have one name, with target and deadline."""
    again = criteria["subject"].duplicated(keep=False)
    names = dict(zip(criteria["criterion_id"], criteria["subject"].astype(str), strict=True))
    alike: list[Any] = criteria[again].to_dict("records")
    for row in alike:
        promised = criterion_goal(row).removeprefix("Målet er ").rstrip(".")
        names[row["criterion_id"]] = f"{row['subject']} ({promised})"
    return names


def no_criterion(*, sees_all: bool) -> str:
    """That an initiative has no criterion; who does not see every municipality may have one withheld."""
    if sees_all:
        return "Indsatsen har endnu intet succeskriterium."
    return "Her er intet succeskriterium, som I kan se."


def criterion_today(row: Row) -> str:
    """The figure the status rests on, with its limits: "I 2025: 82 pct. (93,3 pct.-interval 78–85 pct.)."."""
    if pd.isna(row["value"]):
        return ""
    if row["measure"] == "activity":
        done, final = f"I alt {criterion_value(row['value'], row)}", row.get("final")
        if final is not None and pd.notna(final) and not final:
            return f"{done} indtil nu ({danish.period(row['value_period'])})."
        return f"{done} ved udgangen af {_end_of(row['value_period'])}."
    # A whole per cent is as much as the answers behind a criterion carry.
    value = danish.percent(row["value"], 0) if row["measure"] == "survey" else criterion_value(row["value"], row)
    sentence = f"{_opening(row['value_period'])}: {value}"
    if pd.isna(row["value_low"]):
        return danish.ended(sentence)
    if row["measure"] == "survey":
        limits = interval(row["value_low"], row["value_high"])
    else:
        limits = f"{danish.number(row['value_low'])}–{danish.number(row['value_high'])}"
    confidence = row.get("confidence")
    level = 0.9 if confidence is None or pd.isna(confidence) else float(confidence)
    return f"{sentence} ({confidence_word(level)} {limits})."


def _opening(period: str) -> str:
    """When something was, first in a sentence: "I 2025", "I foråret 2025", "Den 15. april 2025"."""
    return danish.opening(danish.in_period(period))


def confidence_word(confidence: float) -> str:
    """What an interval is called: "90 pct.-interval", "98,7 pct.-interval"."""
    return f"{danish.decimal(100 * confidence, 1).removesuffix(',0')} pct.-interval"


def _end_of(period: str) -> str:
    """The period at whose end a count was made: the last quarter of a year is its end."""
    return danish.period(period.removesuffix("K4"))


def criterion_sentence(row: Row) -> str:
    """The goal, and what can be said of it today, in one or a few short sentences."""
    return f"{criterion_goal(row)} {_verdict(row)}"


def _verdict(row: Row) -> str:
    status = row["status"]
    if row["measure"] == "activity":
        done = f"{danish.number(row['value'])} er gennemført."
        return {
            "met": f"{done} Målet er nået.",
            "not_met": f"{done} Fristen er nået, og målet er ikke nået.",
            "on_track": f"{done} Det følger planen.",
            "behind": f"{done} Det halter efter {_plan(row)}.",
        }[status]
    if status == "met":
        return "Det er nået, også når usikkerheden regnes med."
    if status == "not_met":
        return "Fristen er nået, og målet er med statistisk sikkerhed ikke nået."
    if status == "worsening":
        since = danish.period(row["baseline_period"])
        return f"Det går den forkerte vej: med statistisk sikkerhed dårligere end i {since}."
    if status == "on_track":
        return f"Følger {_plan(row)}."
    if status == "behind":
        return f"Halter klart efter {_plan(row)}."
    if status == "insufficient":
        return f"Grundlaget er utilstrækkeligt: {REASON_WORDS[row['reason']]}."
    return _undecided(row)


def _plan(row: Row) -> str:
    return f"planen, som kræver {criterion_value(row['required'], row)} nu"


def holds_sentence(row: Row) -> str:
    """Whether the verdict of the deadline has held: "Efter fristen: 69 pct. i 2025; …"; "" where nothing is newer.

    The verdict itself is never judged again.
    """
    if not row.get("holds"):
        return ""
    value = criterion_value(row["holds_value"], row)
    if row["measure"] == "survey":
        value = danish.percent(row["holds_value"], 0)
    words = {
        "holds": "målet er nået, også når usikkerheden regnes med",
        "lost": "målet er ikke nået, også når usikkerheden regnes med",
        "unclear": "om målet er nået, kan ikke afgøres",
    }[row["holds"]]
    return f"Efter fristen: {value} {danish.in_period(row['holds_period'])}; {words}. Status ved fristen ændres ikke."


def _undecided(row: Row) -> str:
    opening = (
        "Det kan ikke afgøres, om målet er nået" if row["overdue"] else "Det kan ikke afgøres endnu"
    ) + ": forskellen er mindre end usikkerheden."
    parts = [opening]
    if row["points_to"]:
        parts.append(f"Tallet selv peger mod »{STATUS_WORDS[row['points_to']].lower()}«.")
    if row["measure"] == "survey" and pd.notna(row["needed_n"]):
        parts.append(f"Omkring {danish.number(rounded_up(row['needed_n']))} svar ville kunne afgøre det.")
    elif row["measure"] == "survey":
        parts.append("Flere svar i en ny måling kan ikke afgøre det alene.")
    elif pd.notna(row["needed_n"]) and row["value"]:
        years = -(-row["needed_n"] // row["value"])
        parts.append(f"Omkring {danish.number(years)} års tal på samme niveau ville kunne afgøre det.")
    else:
        parts.append("Flere års tal på samme niveau kan ikke afgøre det alene.")
    return " ".join(part for part in parts if part)


def rounded_up(n: float) -> int:
    """Up to two meaningful digits, because the number of answers needed is itself an estimate."""
    step = 10 if n < 1000 else 100 if n < 10_000 else 1000
    return int(-(-n // step) * step)
