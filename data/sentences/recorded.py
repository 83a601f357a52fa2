"""Reported offences in words; small counts are written "fra 7 til 4", never as a percentage."""

import pandas as pd

from data import danish
from data.partnership import Category
from data.records import Row, records
from data.sentences.where import place
from data.states import SHOWN_STATES

SMALL_COUNT = 20
# A smaller move than half a per cent is told with a decimal.
LEAST_WHOLE = 0.005
# What is counted, where the noun of a category says so itself.
REPORTS = "anmeldelser"
# Of the limits that have been calculated anew, so many stretches are told.
MOST_STRETCHES = 3
# What stands where a count is hidden, be it small or hidden so that a small one cannot be worked out.
HIDDEN_COUNT = "skjules (få hændelser)"
# What stands where a figure was shown, has been corrected, and would tell a small count by the difference.
WAITING_COUNT = "rettes, når rettelsen ikke kan røbe et lille antal"


def hidden_count(row: Row) -> str:
    """Why there is no number: it is hidden, or its correction waits."""
    return WAITING_COUNT if row.get("waits") is True else HIDDEN_COUNT


def incident_level(row: Row, category: Category) -> str:
    """How many were reported: "541 anmeldelser i Herlev i 4. kvartal 2025 (18,0 pr. 1.000 indbyggere)."."""
    when = danish.period(row["period"])
    where = place(row["name"], row["level"])
    if row["state"] == "missing":
        return f"{category.title} {where} i {when} er ikke indberettet."
    if row["state"] == "hidden":
        return f"{category.title} {where} i {when} {hidden_count(row)}."
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
    return f"{counted(row['count'], category.noun)} {where} i {when}{note}."


def from_to(before: float, after: float) -> str:
    """The move of a count: "fra 7 til 4"; in percent only when both are at least 20: "fra 812 til 541 (−33 pct.)".

    A move that would round to nothing keeps a decimal: nobody can rise by 0 per cent.
    """
    words = f"fra {danish.number(before)} til {danish.number(after)}"
    if min(before, after) < SMALL_COUNT:
        return words
    move = after / before - 1
    return f"{words} ({danish.percent(move, decimals=int(abs(move) < LEAST_WHOLE), signed=True)})"


def incident_change(row: Row, category: Category) -> str:
    """The move since the same period last year, and whether it is more than chance; empty where nothing to compare."""
    if row["state"] not in SHOWN_STATES or pd.isna(row["last_year"]):
        return ""
    if row["count"] == row["last_year"]:
        move = f"{_all_of(category)} er uændrede på et år."
    else:
        verb = "steg" if row["count"] > row["last_year"] else "faldt"
        move = f"{_all_of(category)} {verb} {from_to(row['last_year'], row['count'])} på et år."
    return f"{move} {incident_verdict(row)}".strip()


def _all_of(category: Category) -> str:
    """What is counted as the subject of a sentence: "Anmeldelserne af hærværk", "De anmeldte indbrud"."""
    first, *rest = category.noun.split()
    if not rest or first == REPORTS:
        return " ".join([f"{danish.opening(first)}ne", *rest])
    return f"De {category.noun}"


def counted(count: float, noun: str) -> str:
    """A count with what is counted: "541 anmeldelser af hærværk", "1 anmeldelse af hærværk"."""
    first, *rest = noun.split()
    if count == 1 and first == REPORTS:
        noun = " ".join(["anmeldelse", *rest])
    return f"{danish.number(count)} {noun}"


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


def limits_sentence(rows: pd.DataFrame) -> str:
    """When limits were last moved and why, and what they rest on; `rows` are the quarters of one area and category.

    "Lodret streg: Grænserne blev sidst regnet om fra 1. kvartal 2021, fordi antallet varigt skiftede niveau. De hviler
    på 19 kvartaler derfra; de forrige på 20 kvartaler fra 1. kvartal 2016. De følger årstiden."; "" where there
    are no limits, or the release does not tell.
    """
    if "limits_from" not in rows:
        return ""
    held = rows[(rows["limits_from"] != "") & rows["limits_n"].notna()].sort_values("period")
    if held.empty:
        return ""
    stretches = records(held.drop_duplicates("limits_from"))
    seasonal = " De følger årstiden." if (held["season"] != 1).any() else ""
    newest = stretches[-1]
    rests_on = danish.plural(newest["limits_n"], "kvartal", "kvartaler")
    if not newest["limits_moved"]:
        return (
            f"Grænserne hviler på {rests_on} fra {danish.period(newest['limits_from'])} og er ikke flyttet.{seasonal}"
        )
    earlier = [
        f"{danish.plural(each['limits_n'], 'kvartal', 'kvartaler')} fra {danish.period(each['limits_from'])}"
        for each in stretches[:-1][-MOST_STRETCHES:]
    ]
    before = f"; de forrige på {danish.join(earlier)}" if earlier else ""
    return (
        f"Lodret streg: Grænserne blev sidst regnet om fra {danish.period(newest['limits_from'])}, fordi antallet "
        f"varigt skiftede niveau. De hviler på {rests_on} derfra{before}.{seasonal}"
    )


def incident_figure(row: Row, category: Category) -> str:
    """Level and change together: the sentence of one incident figure."""
    return " ".join(part for part in (incident_level(row, category), incident_change(row, category)) if part)
