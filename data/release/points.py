"""The points in time a success criterion is judged by: its areas taken together, each point with its limits."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd

from analysis import criterion_rules, proportions
from data.records import Row, records
from data.release.residents import Weights
from data.release.tables import POINTS
from data.states import first_reason, why_hidden

_COUNTED = ["period", "count", "residents", "mass", "dispersion", "state", "provenance", "source_id"]
_MEASURED = ["wave", "area_id", "share", "n", "n_eff", "series", "state", "quality", "provenance", "source_id"]


def survey_points(
    survey: pd.DataFrame,
    areas: int,
    waves: int = 1,
    weights: Weights | None = None,
    calendar: Sequence[str] | None = None,
) -> pd.DataFrame:
    """One point a wave: the areas together, weighted by residents; a wave that lacks an area is left out.

    Weights that stay the same over the waves: were areas weighted by answers, a share would move when other people
    answered. Without weights several areas have no value together. With `waves` 2 or 3 each point is that many waves in
    a row of the `calendar` (those of `survey` unless given) taken together by their answers, named by the last of them.
    """
    by_wave: dict[str, list[Row]] = {}
    for row in records(survey[_MEASURED]):
        by_wave.setdefault(row["wave"], []).append(row)
    single = {wave: _together(wave, rows, weights) for wave, rows in sorted(by_wave.items()) if len(rows) >= areas}
    points = list(single.values())
    if waves > 1:
        order = sorted(by_wave) if calendar is None else list(calendar)
        windows = [order[last - waves : last] for last in range(waves, len(order) + 1)]
        points = [_pooled([single[wave] for wave in window]) for window in windows if set(window) <= set(single)]
    return with_limits(pd.DataFrame(points, columns=[*POINTS, "why_hidden"]), criterion_rules.CONFIDENCE)


def with_limits(points: pd.DataFrame, confidence: float) -> pd.DataFrame:
    """Points of shares with their Wilson limits."""
    value, n_eff = points["value"].to_numpy(dtype=float), points["n_eff"].to_numpy(dtype=float)
    limits = criterion_rules.measured_share(value, np.where(n_eff > 0, n_eff, np.nan), confidence)
    return points.assign(low=limits.low, high=limits.high)


def _together(wave: str, rows: list[Row], weights: Weights | None) -> Row:
    """One wave of several areas."""
    share = np.array([_number(row["share"]) for row in rows])
    answers = np.array([_number(row["n_eff"]) for row in rows])
    value, n_eff = share[0], answers[0]
    if len(rows) > 1:
        known = weights is not None and all(row["area_id"] in weights for row in rows)
        weight = np.array([weights[row["area_id"]] if known and weights else np.nan for row in rows])
        value, n_eff = proportions.weighted(share, answers, weight)
    return {
        "period": wave,
        "value": float(value),
        "n": sum(_number(row["n"]) for row in rows),
        "n_eff": float(n_eff),
        "exposure": np.nan,
        "series": "|".join(sorted({row["series"] for row in rows})),
        "state": "published" if all(row["state"] == "published" for row in rows) else "hidden",
        "why_hidden": first_reason(why_hidden(row) for row in rows if row["state"] == "hidden"),
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
        "exposure": np.nan,
        # A window across a change of series has a series of its own, and is compared with no other.
        "series": "|".join(sorted({wave["series"] for wave in waves})),
        "state": "published" if all(wave["state"] == "published" for wave in waves) else "hidden",
        "why_hidden": first_reason(wave["why_hidden"] for wave in waves),
        **_origin(waves),
    }


def waves_of(criterion: Row) -> int:
    """How many waves a criterion takes together; 1 unless it says otherwise."""
    waves = criterion.get("waves")
    return 1 if waves is None or pd.isna(waves) else int(waves)


def incident_points(years: pd.DataFrame, areas: int) -> pd.DataFrame:
    """One point a year: the areas together, `exposure` their residents.

    Years with a mass registration or a missing area are left out.
    """
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
    states = [{row["state"] for row in rows} for _, rows in whole]
    points = pd.DataFrame(
        {
            "period": [year for year, _ in whole],
            "value": count,
            "low": np.nan,
            "high": np.nan,
            "n": np.nan,
            "n_eff": np.nan,
            "exposure": exposure,
            "series": "",
            "state": ["provisional" if "provisional" in own_states else "published" for own_states in states],
            "provenance": [_origin(rows)["provenance"] for _, rows in whole],
            "source_id": [_origin(rows)["source_id"] for _, rows in whole],
        }
    )
    return with_count_limits(points, criterion_rules.CONFIDENCE, years)


def with_count_limits(points: pd.DataFrame, confidence: float, years: pd.DataFrame) -> pd.DataFrame:
    """Points of counts with their limits; `years` are the rows they were made of, which know the dispersion."""
    dispersion = years.groupby("period")["dispersion"].max().reindex(points["period"]).to_numpy(dtype=float)
    limits = criterion_rules.measured_rate(points["value"].to_numpy(dtype=float), 1.0, dispersion, confidence)
    return points.assign(low=np.exp(limits.low), high=np.exp(limits.high))


def _origin(rows: list[Row]) -> Row:
    """Where the rows are from: constructed as soon as one of them is."""
    example = [row for row in rows if row["provenance"] == "example"]
    return {name: (example or rows)[0][name] for name in ("provenance", "source_id")}


def _number(value: Any) -> float:
    return np.nan if pd.isna(value) else float(value)
