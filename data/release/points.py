"""The points in time a success criterion is judged by: its areas taken together, each point with its limits."""

import datetime as dt
from typing import Any

import numpy as np
import pandas as pd

from analysis import criterion_rules, proportions
from data.release import records
from data.release.tables import POINTS

Row = dict[str, Any]

_COUNTED = ["period", "count", "residents", "mass", "dispersion", "state", "provenance", "source_id"]
_MEASURED = ["wave", "share", "n", "n_eff", "series", "state", "provenance", "source_id"]


def survey_points(survey: pd.DataFrame, areas: int, waves: int = 1) -> pd.DataFrame:
    """One point a wave: the areas together, weighted by effective answers; a wave that lacks an area is left out.

    With `waves` 2 or 3 each point is that many waves in a row taken together, named by the last of them.
    """
    by_wave: dict[str, list[Row]] = {}
    for row in records(survey[_MEASURED]):
        by_wave.setdefault(row["wave"], []).append(row)
    points = [_together(wave, rows) for wave, rows in sorted(by_wave.items()) if len(rows) >= areas]
    if waves > 1:
        points = [_pooled(points[last - waves : last]) for last in range(waves, len(points) + 1)]
    limits = criterion_rules.measured_share([point["value"] for point in points], [point["n_eff"] for point in points])
    frame = pd.DataFrame(points, columns=list(POINTS))
    return frame.assign(low=limits.low, high=limits.high)


def _together(wave: str, rows: list[Row]) -> Row:
    """One wave of several areas."""
    n_eff = sum(_number(row["n_eff"]) for row in rows)
    weighted = sum(_number(row["share"]) * _number(row["n_eff"]) for row in rows)
    return {
        "period": wave,
        # The share of a single area stands even where nobody has published how many answered.
        "value": weighted / n_eff if len(rows) > 1 else _number(rows[0]["share"]),
        "n": sum(_number(row["n"]) for row in rows),
        "n_eff": n_eff,
        "series": "|".join(sorted({row["series"] for row in rows})),
        "state": "published" if all(row["state"] == "published" for row in rows) else "hidden",
        **_origin(rows),
    }


def _pooled(waves: list[Row]) -> Row:
    """Several waves in a row, named by the last of them."""
    value, n_eff = proportions.pool([wave["value"] for wave in waves], [wave["n_eff"] for wave in waves])
    return {
        **waves[-1],
        "value": float(value),
        "n": sum(wave["n"] for wave in waves),
        "n_eff": float(n_eff),
        # A window across a change of series has a series of its own, and is compared with no other.
        "series": "|".join(sorted({wave["series"] for wave in waves})),
        "state": "published" if all(wave["state"] == "published" for wave in waves) else "hidden",
        **_origin(waves),
    }


def waves_of(criterion: Row) -> int:
    """How many waves a criterion takes together; 1 unless it says otherwise."""
    waves = criterion.get("waves")
    return 1 if waves is None or pd.isna(waves) else int(waves)


def incident_points(years: pd.DataFrame, areas: int) -> pd.DataFrame:
    """One point a year: the areas together. Years with a mass registration or a missing area are left out."""
    by_year: dict[str, list[Row]] = {}
    for row in records(years[_COUNTED]):
        by_year.setdefault(row["period"], []).append(row)
    whole = [
        (year, rows)
        for year, rows in sorted(by_year.items())
        if len(rows) >= areas and not any(row["mass"] or pd.isna(row["count"]) for row in rows)
    ]
    count = np.array([sum(row["count"] for row in rows) for _, rows in whole], dtype=float)
    exposure = np.array([sum(_number(row["residents"]) for row in rows) for _, rows in whole], dtype=float)
    dispersion = np.array([max(row["dispersion"] for row in rows) for _, rows in whole], dtype=float)
    limits = criterion_rules.measured_rate(count, exposure, dispersion)
    states = [{row["state"] for row in rows} for _, rows in whole]
    return pd.DataFrame(
        {
            "period": [year for year, _ in whole],
            "value": count,
            "low": np.exp(limits.low) * exposure,
            "high": np.exp(limits.high) * exposure,
            "n": np.nan,
            "n_eff": exposure,
            "series": "",
            "state": ["provisional" if "provisional" in found else "published" for found in states],
            "provenance": [_origin(rows)["provenance"] for _, rows in whole],
            "source_id": [_origin(rows)["source_id"] for _, rows in whole],
        }
    )


def activity_points(criterion: Row, log: pd.DataFrame, today: dt.date) -> pd.DataFrame:
    """One point a quarter: how many of the kind had been done since the period began."""
    start, end = activity_period(criterion)
    dates = pd.to_datetime(log["date"])
    of_kind = log["kind"].str.casefold() == str(criterion["indicator"]).casefold()
    within = of_kind & (dates >= pd.Timestamp(start)) & (dates <= pd.Timestamp(min(end, today)))
    rows = log[within].assign(period=dates[within].dt.year.astype(str) + "K" + dates[within].dt.quarter.astype(str))
    done = rows.fillna({"count": 1}).groupby("period")["count"].sum().cumsum()
    return pd.DataFrame(
        {
            "period": done.index,
            "value": done.to_numpy(dtype=float),
            "low": np.nan,
            "high": np.nan,
            "n": np.nan,
            "n_eff": np.nan,
            "series": "",
            "state": "published",
            "provenance": criterion["provenance"],
            "source_id": criterion["source_id"],
        }
    )


def activity_period(criterion: Row) -> tuple[dt.date, dt.date]:
    """The first and the last day of what an activity criterion counts."""
    first = int(criterion["baseline_period"] or criterion["deadline"][:4])
    return dt.date(first, 1, 1), dt.date(int(criterion["deadline"][:4]), 12, 31)


def _origin(rows: list[Row]) -> Row:
    """Where the rows are from: constructed as soon as one of them is."""
    example = [row for row in rows if row["provenance"] == "example"]
    return {name: (example or rows)[0][name] for name in ("provenance", "source_id")}


def _number(value: Any) -> float:
    return np.nan if pd.isna(value) else float(value)
