"""Turns a figure into one plain Danish sentence, used unchanged as title, alt text, tooltip and report line.

Rows are mappings with the release tables' columns plus `name` (the area's name). No sentence claims a cause, and none
prints a percentage change where either count is under 20 (small counts are written "fra 7 til 4").
"""

from collections.abc import Mapping
from typing import Any

import pandas as pd

from data import danish
from data.partnership import Category, Indicator, Partnership

Row = Mapping[str, Any]

SMALL_COUNT = 20
PRECISE_HALF_WIDTH = 0.025

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
    "unclear": "Ikke sikkert",
}

# Why a criterion cannot be judged at all.
REASON_WORDS = {
    "not_comparable": "der er spurgt på en anden måde end i udgangspunktet",
    "no_value": "der er endnu ikke et tal at måle på",
    "no_baseline": "der er ikke et brugbart tal at begynde fra",
    "zero_baseline": "udgangspunktet er nul",
    "unknown_answers": "antallet af svar er ikke offentliggjort",
    "few_answers": "der er for få svar",
    "hidden": "antallet skjules, fordi der er få hændelser",
}
# What stands where a count is hidden, be it small or hidden so that a small one cannot be worked out.
INTERVALS = "Mål afgøres med 90 pct.-intervaller, andre tal vises med 95 pct.-intervaller; se Om tallene."
"""Why one figure has two intervals (see analysis on one-sided tests at the 5 % level)."""
HIDDEN_COUNT = "skjules (få hændelser)"

QUALITY_WORDS = {
    "A": "god sikkerhed",
    "B": "brug med forsigtighed",
    "C": "meget usikker",
    "D": "ikke vist",
}

BASIS_WORDS = {
    "given": "",
    "deff": "",
    "interval": "",
    "assumed": "usikkerheden er antaget (designeffekt 1,5)",
    "unknown": "",
}


def place(name: str, level: str) -> str:
    """Where: "i Gladsaxe", "i hele landet", "i politikredsen Københavns Vestegn"."""
    if level == "country":
        return f"i {name[0].lower()}{name[1:]}"
    if level == "police_district":
        return f"i politikredsen {name}"
    return f"i {name}"


# Perceived safety ---------------------------------------------------------------------------------------------


def share(row: Row, column: str = "share") -> str:
    """The share with as many decimals as its certainty carries: whole percent unless the half-width is ≤ 2.5 pp.

    A share published without its number of answers keeps the decimals it was published with.
    """
    half_width = (row["high"] - row["low"]) / 2
    whole = bool(row["rounded"]) or half_width > PRECISE_HALF_WIDTH
    return danish.percent(row[column], decimals=0 if whole else 1)


def interval(low: float, high: float) -> str:
    """An interval of shares: "63–74 pct."."""
    return f"{danish.number(100 * low)}–{danish.percent(high, decimals=0)}"


def answers(n: float) -> str:
    """The number of answers: "293 svar"."""
    return f"{danish.number(n)} svar"


def survey_level(row: Row, indicator: Indicator) -> str:
    """What the share is, where and how sure: "69 pct. føler sig trygge i Høje Gladsaxe (63–74 pct., 293 svar)."."""
    where = place(row["name"], row["level"])
    if row["state"] == "missing":
        return f"Der er ingen måling af {indicator.title.lower()} {where} i {row['wave']}."
    if row["state"] == "hidden":
        return f"{indicator.title} {where} i {row['wave']} vises ikke: {hidden_reason(row)}."
    opening = f"{share(row)} {indicator.statement} {where}"
    if pd.isna(row["n_eff"]):
        return f"{opening} ({row['wave']}; antal svar er ikke offentliggjort, så usikkerheden kendes ikke)."
    notes = [interval(row["low"], row["high"]), answers(row["n"])]
    if row["n_eff_basis"] == "assumed":
        notes.append(BASIS_WORDS["assumed"])
    return f"{opening} ({', '.join(notes)})."


def hidden_reason(row: Row) -> str:
    """Why a share is not shown."""
    if row["n"] < 30:
        return f"kun {answers(row['n'])}, og der skal mindst 30 til"
    return "usikkerheden er for stor"


def survey_change(row: Row) -> str:
    """What can be said of the change since the previous wave; empty where there is no earlier wave."""
    if not row["previous_wave"] or row["state"] != "published":
        return ""
    since = f"i {row['previous_wave']}"
    if not row["comparable"]:
        return f"Kan ikke sammenlignes med målingen {since}: der er spurgt på en anden måde."
    if pd.isna(row["change_low"]):
        return f"Om det er anderledes end {since}, kan ikke afgøres: usikkerheden kendes ikke for begge målinger."
    if row["changed"] == "":
        return f"Om det er anderledes end {since}, kan ikke afgøres: en af de to målinger er meget usikker."
    if row["changed"] in ("better", "worse"):
        verdict = "bedre" if row["changed"] == "better" else "værre"
        span = (
            f"{danish.points(row['change'])}, interval {danish.points_interval(row['change_low'], row['change_high'])}"
        )
        return f"Det er sikkert {verdict} end {since} ({span})."
    return f"Det er ikke sikkert anderledes end {since}."


def survey_figure(row: Row, indicator: Indicator) -> str:
    """Level and change together: the sentence of one survey figure."""
    return " ".join(part for part in (survey_level(row, indicator), survey_change(row)) if part)


# Why a share cannot be held against its reference.
REFERENCE_REASONS = {
    "not_measured": "der er ingen måling i samme år",
    "other_series": "der er spurgt på en anden måde",
    "unknown_answers": "antallet af svar er ikke offentliggjort",
    "very_uncertain": "et af tallene er meget usikkert",
    "too_few_alike": "der er målt for få lignende områder",
}
# The level of a reference, for `place`; areas that are alike are named together.
_REFERENCE_LEVELS = {"kommune": "municipality", "politikreds": "police_district", "land": "country"}


def reference_place(row: Row) -> str:
    """Where the reference is: "i hele landet", "i lignende områder under ét (Grantoften og Værebro Park)"."""
    if row["reference"] == "lignende":
        return f"i lignende områder under ét ({row['reference_name']})"
    return place(row["reference_name"], _REFERENCE_LEVELS[row["reference"]])


def reference_figure(row: Row) -> str:
    """How a share lies against its reference, of a row of the release's references."""
    where = reference_place(row)
    if row["verdict"] == "":
        return f"Kan ikke sammenlignes med tallet {where}: {REFERENCE_REASONS[row['reason']]}."
    if row["verdict"] == "unchanged":
        return f"Det er ikke sikkert anderledes end {where}."
    side = "højere" if row["verdict"] == "above" else "lavere"
    span = f"{danish.points(row['difference'])}, interval {danish.points_interval(row['low'], row['high'])}"
    return f"Det er sikkert {side} end {where} ({span})."


def verdict_counts(counts: tuple[int, int, int, int], words: tuple[str, str, str]) -> str:
    """How many areas have which verdict: "Af 8 områder er 1 sikkert bedre, ingen sikkert værre og 7 ikke …".

    `counts` are first, unclear, last and not to be compared; `words` what the first, the last and the unclear are.
    """
    first, unclear, last, impossible = counts
    if not sum(counts):
        return "Ingen områder kan vises."
    said = (
        f"Af {danish.plural(sum(counts), 'område', 'områder')} er {_some(first)} {words[0]}, "
        f"{_some(last)} {words[1]} og {_some(unclear)} {words[2]}."
    )
    return f"{said} {danish.number(impossible)} kan ikke sammenlignes." if impossible else said


def _some(count: int) -> str:
    return danish.number(count) if count else "ingen"


# Recorded incidents ---------------------------------------------------------------------------------------------


def incident_level(row: Row, category: Category) -> str:
    """How many were reported: "541 anmeldelser i Herlev i 4. kvartal 2025 (18,0 pr. 1.000 indbyggere)."."""
    when = danish.period(row["period"])
    where = place(row["name"], row["level"])
    if row["state"] == "missing":
        return f"{category.title} {where} i {when} er ikke indberettet."
    if row["state"] == "hidden":
        return f"{category.title} {where} i {when} {HIDDEN_COUNT}."
    notes: list[str] = []
    if pd.notna(row["rate"]):
        notes.append(
            f"{danish.decimal(row['rate'])} pr. 1.000 indbyggere, "
            f"interval {danish.decimal(row['low'])}–{danish.decimal(row['high'])}"
        )
    if row["state"] == "provisional":
        notes.append("foreløbigt tal")
    if row["mass"]:
        notes.append("en masseregistrering indgår")
    note = f" ({'; '.join(notes)})" if notes else ""
    return f"{danish.number(row['count'])} {category.noun} {where} i {when}{note}."


def from_to(before: float, after: float) -> str:
    """The move of a count: "fra 7 til 4"; in percent only when both are at least 20: "fra 812 til 541 (−33 pct.)"."""
    words = f"fra {danish.number(before)} til {danish.number(after)}"
    if min(before, after) < SMALL_COUNT:
        return words
    return f"{words} ({danish.percent(after / before - 1, decimals=0, signed=True)})"


def incident_change(row: Row, category: Category) -> str:
    """The move since the same period last year, and whether it is more than chance; empty where nothing to compare."""
    if row["state"] not in ("published", "provisional") or pd.isna(row["last_year"]):
        return ""
    subject = f"{category.noun[0].upper()}{category.noun[1:]}"
    move = f"{subject} gik {from_to(row['last_year'], row['count'])} i forhold til samme periode året før."
    if row["count"] == row["last_year"]:
        move = f"{subject} er uændret i forhold til samme periode året før."
    return f"{move} {incident_verdict(row)}".strip()


def incident_verdict(row: Row) -> str:
    """Whether the move since last year is more than chance."""
    if row["mass"] or row["last_year_mass"]:
        return "Perioderne kan ikke sammenlignes, fordi en masseregistrering indgår."
    if row["state"] == "provisional":
        return "Tallet er foreløbigt og afgør ikke noget alene."
    if row["changed"] == "better":
        return "Faldet er større end tilfældige udsving."
    if row["changed"] == "worse":
        return "Stigningen er større end tilfældige udsving."
    return "Forskellen er ikke større end tilfældige udsving."


def incident_figure(row: Row, category: Category) -> str:
    """Level and change together: the sentence of one incident figure."""
    return " ".join(part for part in (incident_level(row, category), incident_change(row, category)) if part)


# Success criteria -------------------------------------------------------------------------------------------------


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
    return f"{str(criterion['indicator']).capitalize()} {where}"


def criterion_value(value: float, row: Row) -> str:
    """A value in the criterion's own unit: "78 pct.", "120 anmeldte indbrud i beboelser", "12 tryghedsvandringer"."""
    if pd.isna(value):
        return danish.MISSING
    if row["measure"] == "survey":
        return danish.percent(value, decimals=0 if abs(100 * value - round(100 * value)) < 0.05 else 1)
    return f"{danish.number(round(value))} {row['noun']}"


def criterion_goal(row: Row) -> str:
    """What was promised: "Målet er mindst 78 pct. i 2027."."""
    bound = "mindst" if row["direction"] == 1 else "højst"
    return f"Målet er {bound} {criterion_value(row['target'], row)} i {danish.period(row['deadline'])}."


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
    """The figure the status rests on, with its 90 % limits: "I 2025: 82 pct. (90 pct.-interval 78–85 pct.)."."""
    if pd.isna(row["value"]):
        return ""
    # A whole per cent is as much as the answers behind a criterion carry.
    value = danish.percent(row["value"], 0) if row["measure"] == "survey" else criterion_value(row["value"], row)
    said = f"I {danish.period(row['value_period'])}: {value}"
    if pd.isna(row["value_low"]):
        return f"{said}."
    if row["measure"] == "survey":
        limits = interval(row["value_low"], row["value_high"])
    else:
        limits = f"{danish.number(row['value_low'])}–{danish.number(row['value_high'])}"
    return f"{said} (90 pct.-interval {limits})."


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
            "behind": f"{done} Det er bagud: {_required(row)} nu.",
        }[status]
    if status == "met":
        return "Det er nået, også når usikkerheden regnes med."
    if status == "not_met":
        return "Fristen er nået, og målet er sikkert ikke nået."
    if status == "worsening":
        return f"Det går den forkerte vej: sikkert dårligere end i {danish.period(row['baseline_period'])}."
    if status == "on_track":
        return f"Udviklingen følger planen: {_required(row)} nu."
    if status == "behind":
        return f"Udviklingen er sikkert bagud: {_required(row)} nu."
    if status == "insufficient":
        return f"Grundlaget er utilstrækkeligt: {REASON_WORDS[row['reason']]}."
    return _undecided(row)


def _required(row: Row) -> str:
    return f"planen kræver {criterion_value(row['required'], row)}"


def _undecided(row: Row) -> str:
    opening = (
        "Det kan ikke afgøres, om målet er nået" if row["overdue"] else "Det kan ikke afgøres endnu"
    ) + ": forskellen er mindre end usikkerheden."
    parts = [opening]
    if row["points_to"]:
        parts.append(f"Tallet selv peger mod »{STATUS_WORDS[row['points_to']].lower()}«.")
    if row["measure"] == "survey" and pd.notna(row["needed_n"]):
        parts.append(f"Omkring {danish.number(_rounded_up(row['needed_n']))} svar ville kunne afgøre det.")
    elif row["measure"] == "survey":
        parts.append("Flere svar i en ny måling kan ikke afgøre det alene.")
    return " ".join(part for part in parts if part)


def _rounded_up(n: float) -> int:
    """Up to two meaningful digits, because the number of answers needed is itself an estimate."""
    step = 10 if n < 1000 else 100 if n < 10_000 else 1000
    return int(-(-n // step) * step)
