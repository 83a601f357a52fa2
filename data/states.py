"""The states of a figure in a release; hidden, missing and waiting ones have no number to show."""

from collections.abc import Iterable

from analysis.thresholds import FEWEST_ANSWERS
from data.records import Row

SHOWN_STATES = ("published", "provisional")
"""The number is there to be read: final, or still open to change by its source."""

FEW_ANSWERS, TOO_UNCERTAIN, GUARDS_ANOTHER = "few_answers", "too_uncertain", "guards_another"
WHY_HIDDEN = (FEW_ANSWERS, TOO_UNCERTAIN, GUARDS_ANOTHER)
"""Why a share is hidden; where several are taken together, the first of these that holds for one of them is told."""


def why_hidden(row: Row) -> str:
    """Why the share of a row of the release's survey table, which is hidden, is so: one of `WHY_HIDDEN`."""
    if row["quality"] == "":  # For no quality of its own (`data.release.survey`).
        return GUARDS_ANOTHER
    return FEW_ANSWERS if row["n"] < FEWEST_ANSWERS else TOO_UNCERTAIN


def first_reason(reasons: Iterable[str]) -> str:
    """The reason that is told where several shares are taken together; "" where none of them is hidden."""
    return min((each for each in reasons if each), key=WHY_HIDDEN.index, default="")
