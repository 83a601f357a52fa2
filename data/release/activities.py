"""Activities as a criterion counts them: how many times each kind was done, quarter by quarter."""

import datetime as dt

import numpy as np
import pandas as pd

from data.calendar import Period
from data.records import Row


def activity_points(criterion: Row, log: pd.DataFrame, today: dt.date) -> pd.DataFrame:
    """One point a quarter: how many of the kind had been done since the period began."""
    start, end = activity_period(criterion)
    dates = pd.to_datetime(log["date"])
    of_kind = log["kind"].str.casefold() == str(criterion["indicator"]).casefold()
    within = of_kind & (dates >= pd.Timestamp(start)) & (dates <= pd.Timestamp(min(end, today)))
    rows = log[within].assign(period=dates[within].dt.year.astype(str) + "K" + dates[within].dt.quarter.astype(str))
    done = times_of(rows).groupby(rows["period"]).sum().cumsum()
    return pd.DataFrame(
        {
            "period": done.index,
            "value": done.to_numpy(dtype=float),
            "low": np.nan,
            "high": np.nan,
            "n": np.nan,
            "n_eff": np.nan,
            "exposure": np.nan,
            "series": "",
            "state": "published",
            "provenance": criterion["provenance"],
            "source_id": criterion["source_id"],
        }
    )


def times_of(log: pd.DataFrame) -> pd.Series:
    """How many times each activity took place: what is stated, else the one count of older files, else once.

    How many took part is another column, which no criterion counts.
    """
    once = pd.Series(1.0, index=log.index)
    for name in ("count", "times"):
        if name in log:
            stated = pd.to_numeric(log[name]).astype("float64")
            once = stated.where(stated.notna(), once)
    return once


def activity_period(criterion: Row) -> tuple[dt.date, dt.date]:
    """The first and the last day of what an activity criterion counts."""
    start = Period.parse(criterion["baseline_period"] or criterion["deadline"][:4]).first
    return start, Period.parse(criterion["deadline"]).last
