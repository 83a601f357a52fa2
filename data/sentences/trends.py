"""Puts the development of a share over its waves into words, and what a model makes of a small area."""

from analysis.thresholds import FEWEST_WAVES
from data import danish
from data.records import Row


def trend_sentence(row: Row) -> str:
    """Which way a share has gone, and over how many waves; `row` is one of the release table of trends.

    "stiger 3,0 pct.point om året over 5 målinger (2021–2025)".
    """
    if row["reason"] == "unknown_answers":
        return "ingen udvikling: antallet af svar er ikke offentliggjort"
    if row["reason"]:
        many = danish.plural(row["waves"], "sammenlignelig måling", "sammenlignelige målinger")
        return f"ingen udvikling endnu: {many} i træk, og der skal {FEWEST_WAVES} til"
    when = danish.periods(row["first_wave"], row["last_wave"])
    over = f"over {danish.plural(row['waves'], 'måling', 'målinger')} ({when})"
    if row["verdict"] == "unchanged":
        return f"ingen klar udvikling {over}"
    word = "stiger" if row["slope"] > 0 else "falder"
    return f"{word} {danish.points(abs(row['slope'])).lstrip('+')} om året {over}"


def since_the_series_began(row: Row) -> str:
    """The two ends of a trend: "fra 73 pct. i 2021 til 61 pct. i 2025"; "" where there is none."""
    if row["reason"]:
        return ""
    then, now = danish.percent(row["first_share"], 0), danish.percent(row["last_share"], 0)
    return f"fra {then} {danish.in_period(row['first_wave'])} til {now} {danish.in_period(row['last_wave'])}"


def model_sentence(row: Row) -> str:
    """What the model makes of an area and how much it leans on others; `row` is one of the release table modelled."""
    own, lent = danish.percent(row["weight"], 0), danish.percent(1 - row["weight"], 0)
    interval = f"{danish.percent(row['low'], 0).removesuffix(' pct.')}–{danish.percent(row['high'], 0)}"
    mean = danish.percent(row["leans_on"], 0)
    return (
        f"Modellen siger {danish.percent(row['model'], 0)} (interval {interval}). Den bygger {own} på områdets egne "
        f"svar og {lent} på gennemsnittet af {danish.number(row['areas'])} områder ({mean}). "
        "Status afgøres af områdets egne svar, aldrig af modellen."
    )


CHANCE_UNKNOWN = "Rækkefølgen kan være tilfældig; chancen for, at den er rigtig, kan ikke regnes ud her."
"""What stands beside an order of areas of which too little is known to say how likely it is right."""
MAY_BE_CHANCE = "Rækkefølgen kan være tilfældig."
"""The same where there is little room."""


def worst_sentence(name: str, chance: float, areas: float) -> str:
    """That an area has the poorest figure of so many, with the chance that it truly is the poorest."""
    return (
        f"{name} har det dårligste tal af {danish.number(areas)} områder; chancen for, at det også i virkeligheden er "
        f"dårligst, er {danish.percent(chance, 0)}"
    )


def worst_in_short(name: str, chance: float) -> str:
    """The same where there is little room."""
    return f"Chancen for, at {name} også i virkeligheden er dårligst, er {danish.percent(chance, 0)}"
