"""Tells whether a criterion that changed status did so on a figure that has moved, or only crossed a line."""

import numpy as np
import pandas as pd

from analysis import proportions, rates
from data.records import Row, records
from data.release.points import waves_of
from data.sentences.meetings import CHANCE

MOVED = "moved"
"""The figure has moved more than chance since the status was another; `CHANCE`: it has not, it only crossed a line."""


def crossing(now: Row, before: Row, points: pd.DataFrame, dispersion: float) -> str:
    """`MOVED`, `CHANCE`, or "" where the two statuses do not rest on two measurements that can be compared.

    `now` and `before` are rows of the release tables of criteria, `points` the newer release's points of the criterion
    (release table criterion_points). Shares are compared by Newcombe's interval, counts by the conditional test with
    their overdispersion; both at 95 %, each alone: several at once would only find fewer that have moved.
    """
    by_period = {row["period"]: row for row in records(points)}
    newer, older = by_period.get(now["value_period"]), by_period.get(before["value_period"])
    if now["measure"] == "activity" or newer is None or older is None or newer is older:
        return ""
    if now["version"] != before["version"] or newer["series"] != older["series"] or waves_of(now) > 1:
        return ""  # Windows of several waves share some of their answers.
    rests_on = "n_eff" if now["measure"] == "survey" else "exposure"
    measured = (newer["value"], newer[rests_on], older["value"], older[rests_on])
    if pd.isna([*measured]).any():
        return ""
    if now["measure"] == "survey":
        _, low, high = proportions.difference(*measured)
        return MOVED if low > 0 or high < 0 else CHANCE
    _, low, high, _ = rates.rate_ratio(*measured, dispersion=np.fmax(1.0, dispersion))
    return MOVED if low > 1 or high < 1 else CHANCE
