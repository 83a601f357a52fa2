"""What is done in places and what was reported there before and after, in plain Danish.

Rows are mappings with the columns of the release table "place_effects".
"""

import datetime as dt

import pandas as pd

from data import danish
from data.records import Row

REASONS = {
    "too_early": "Før og efter kommer, når der er tal for mindst fire uger (eller en måned) efter begyndelsen.",
    "missing": "Før og efter kan ikke opgøres: der er ikke tal for stedet i ugerne eller månederne før.",
    "too_few": "Der er for få anmeldelser til at sige noget om før og efter.",
}
OTHER_REASONS = "Stedet er valgt, fordi der skete meget, og meget falder ofte af sig selv. Vi kan ikke sige hvorfor."


def action_sentence(row: Row) -> str:
    """Before and after in a place, what the rest of the municipality leads one to expect, and what that is worth."""
    if row["verdict"] in ("too_early", "missing"):
        return REASONS[row["verdict"]]
    after = f"{danish.number(row['after'])} anmeldelser {_days(row['after_from'], row['after_to'])}"
    counted = f"{danish.number(row['before'])} {_days(row['before_from'], row['before_to'])} og {after}"
    if row["verdict"] == "too_few":
        return f"{counted}. {REASONS['too_few']}"
    expected = f"havde stedet fulgt resten af kommunen, ventedes {danish.decimal(row['expected'])} i den sidste periode"
    return " ".join([f"{counted}; {expected}.", _verdict(row), _worth(row), OTHER_REASONS])


def _verdict(row: Row) -> str:
    if row["verdict"] == "undecided":
        return "Forskellen kan være tilfældig."
    if not row["evidence"]:
        return "Forskellen regnes ikke for påvist."
    return f"Det er klart {'færre' if row['verdict'] == 'fewer' else 'flere'} end ventet."


def _worth(row: Row) -> str:
    """How often the same count finds a change where nothing was begun."""
    if pd.isna(row["false_alarms"]):
        return "Der er for få uger uden indsats til at sige, hvor tit metoden tager fejl."
    many = round(100 * row["false_alarms"])
    said = f"Samme opgørelse slår fejlagtigt ud på {many} af 100 travle steder, hvor intet blev sat i gang"
    return f"{said}." if row["evidence"] else f"{said}, så den er intet bevis."


def _days(first: str, last: str) -> str:
    begin, end = danish.date(dt.date.fromisoformat(first)), danish.date(dt.date.fromisoformat(last))
    return f"fra {begin} til {end}"


def action_head(title: str, row: Row) -> str:
    """Who does what in a place, and since when."""
    until: str = "" if pd.isna(row["end"]) else f" til {danish.date(row['end'])}"
    return f"{title} fra {danish.date(row['start'])}{until}: {row['text']}".rstrip(".") + "."
