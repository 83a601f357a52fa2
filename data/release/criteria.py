"""Builds the release's criteria: each with today's value, status and sentence, and its points in time."""

import datetime as dt
from typing import Any

import numpy as np
import pandas as pd

from analysis import criteria
from data import danish
from data.partnership import Partnership
from data.release import records
from data.sentences import criterion_sentence

Row = dict[str, Any]

POINT_COLUMNS = ["period", "value", "low", "high", "n", "n_eff", "series", "state", "provenance", "source_id"]


def criteria_tables(
    adopted: pd.DataFrame,
    survey: pd.DataFrame,
    incidents: pd.DataFrame,
    activities: pd.DataFrame,
    names: pd.Series,
    partnership: Partnership,
    today: dt.date,
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The newest version of each criterion with its status, and the points in time it is judged by.

    `survey` and `incidents` are release tables, so that a criterion rests on what is released and not on what lies
    beneath. `names` maps area_id to name; `today` is the day the figures speak of: the end of the newest quarter.
    Limits are the 90 % limits the status is decided by (two-sided, so 5 % one-sided).
    """
    newest = adopted.sort_values("version").drop_duplicates("criterion_id", keep="last")
    rows, points = [], []
    for criterion in records(newest.drop(columns="load_id", errors="ignore").sort_values("criterion_id")):
        areas = criterion["area_ids"].split(";")
        if criterion["measure"] == "survey":
            of_areas = survey["area_id"].isin(areas) & (survey["indicator"] == criterion["indicator"])
            over_time = _survey_points(survey[of_areas], len(areas))
            judged = _judge_share(criterion, over_time)
        elif criterion["measure"] == "incidents":
            of_areas = incidents["area_id"].isin(areas) & (incidents["category"] == criterion["indicator"])
            years = incidents[of_areas & (incidents["period"].str.len() == 4)]
            over_time = _incident_points(years, len(areas))
            judged = _judge_count(criterion, over_time, years)
        else:
            log = activities[activities["initiative_id"] == criterion["initiative_id"]]
            over_time = _activity_points(criterion, log, today)
            judged = _judge_activity(criterion, over_time, today)
        row = (
            criterion
            | {"noun": _noun(criterion, partnership), "subject": _subject(criterion, partnership, names)}
            | judged
        )
        rows.append(row | {"sentence": criterion_sentence(row)})
        points.append(over_time.assign(criterion_id=criterion["criterion_id"]))
    return pd.DataFrame(rows), pd.concat(points, ignore_index=True)


def _noun(criterion: Row, partnership: Partnership) -> str:
    if criterion["measure"] == "incidents":
        return partnership.category(criterion["indicator"]).noun
    if criterion["measure"] == "activity":
        return partnership.activity_noun(criterion["indicator"])
    return "svar"


def _subject(criterion: Row, partnership: Partnership, names: pd.Series) -> str:
    """What the criterion is about and where: "Tryghed i nabolaget i Værebro Park"."""
    where = f"i {danish.join(names[area] for area in criterion['area_ids'].split(';'))}"
    if criterion["measure"] == "survey":
        return f"{partnership.indicator(criterion['indicator']).title} {where}"
    if criterion["measure"] == "incidents":
        return f"{partnership.category(criterion['indicator']).title} {where}, hele år"
    return f"{str(criterion['indicator']).capitalize()} {where}"


def _elapsed(start: str, now: str, deadline: str) -> float:
    """How much of the time from baseline to deadline has gone, in whole years; may exceed 1."""
    span = int(deadline) - int(start)
    return (int(now) - int(start)) / span if span > 0 else 1.0


# Points in time ---------------------------------------------------------------------------------------------------


def _survey_points(survey: pd.DataFrame, areas: int) -> pd.DataFrame:
    """One point a wave: the areas together, weighted by effective answers; a wave that lacks an area is left out."""
    points = []
    for wave, rows in survey.groupby("wave"):
        if len(rows) < areas:
            continue
        n_eff = rows["n_eff"].sum(skipna=False)
        value = (rows["share"] * rows["n_eff"]).sum(skipna=False) / n_eff if areas > 1 else rows["share"].iloc[0]
        limits = criteria.measured_share(value, n_eff)
        points.append(
            {
                "period": wave,
                "value": value,
                "low": float(limits.low),
                "high": float(limits.high),
                "n": rows["n"].sum(skipna=False),
                "n_eff": n_eff,
                "series": "|".join(sorted(set(rows["series"]))),
                "state": "published" if (rows["state"] == "published").all() else "hidden",
                **_origin(rows),
            }
        )
    return pd.DataFrame(points, columns=POINT_COLUMNS)


def _incident_points(years: pd.DataFrame, areas: int) -> pd.DataFrame:
    """One point a year: the areas together. Years with a mass registration or a missing area are left out."""
    points = []
    for year, rows in years.groupby("period"):
        if len(rows) < areas or rows["count"].isna().any() or rows["mass"].any():
            continue
        count, exposure = rows["count"].sum(), rows["residents"].sum()
        limits = criteria.measured_rate(count, exposure, float(rows["dispersion"].max()))
        points.append(
            {
                "period": year,
                "value": count,
                "low": float(np.exp(limits.low)) * exposure,
                "high": float(np.exp(limits.high)) * exposure,
                "n": np.nan,
                "n_eff": exposure,
                "series": "",
                "state": "provisional" if (rows["state"] == "provisional").any() else "published",
                **_origin(rows),
            }
        )
    return pd.DataFrame(points, columns=POINT_COLUMNS)


def _activity_points(criterion: Row, log: pd.DataFrame, today: dt.date) -> pd.DataFrame:
    """One point a quarter: how many of the kind had been done since the period began."""
    start, end = _activity_period(criterion)
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


def _activity_period(criterion: Row) -> tuple[dt.date, dt.date]:
    first = int(criterion["baseline_period"] or criterion["deadline"][:4])
    return dt.date(first, 1, 1), dt.date(int(criterion["deadline"][:4]), 12, 31)


def _origin(rows: pd.DataFrame) -> Row:
    example = rows[rows["provenance"] == "example"]
    return records((example if len(example) else rows)[["provenance", "source_id"]])[0]


# Verdicts ---------------------------------------------------------------------------------------------------------


def _judge_share(criterion: Row, points: pd.DataFrame) -> Row:
    by_wave = {row["period"]: row for row in records(points)}
    if not by_wave:
        return _unjudged("no_value")
    if criterion["baseline_period"] not in by_wave:
        return _unjudged("no_baseline")
    wave = max(by_wave)
    now, then = by_wave[wave], by_wave[criterion["baseline_period"]]
    if "hidden" in (now["state"], then["state"]):
        return _unjudged("few_answers")
    elapsed = _elapsed(criterion["baseline_period"], wave, criterion["deadline"])
    assessment = criteria.assess(
        now["value"],
        now["n_eff"],
        then["value"],
        then["n_eff"],
        criterion["target"],
        elapsed,
        direction=criterion["direction"],
        margin=criterion["margin"],
        comparable=now["series"] == then["series"],
    )
    needed = assessment.needed_n
    # People are asked, not effective answers: as many more as this survey's weights cost.
    answers = np.nan if needed is None else needed * now["n"] / now["n_eff"]
    return _judged(wave, now, then, elapsed, assessment, answers=answers, required=assessment.required)


def _judge_count(criterion: Row, points: pd.DataFrame, years: pd.DataFrame) -> Row:
    by_year = {row["period"]: row for row in records(points)}
    if criterion["baseline_period"] not in by_year:
        return _unjudged("no_baseline")
    # A provisional year never decides alone: the newest final year speaks.
    final = [year for year, row in by_year.items() if row["state"] == "published"]
    year = max(final, default="")
    if year <= criterion["baseline_period"]:
        return _unjudged("no_value")
    now, then = by_year[year], by_year[criterion["baseline_period"]]
    exposure = now["n_eff"]
    elapsed = _elapsed(criterion["baseline_period"], year, criterion["deadline"])
    assessment = criteria.assess_counts(
        now["value"],
        exposure,
        then["value"],
        then["n_eff"],
        criterion["target"] / exposure,
        elapsed,
        direction=criterion["direction"],
        dispersion=float(years["dispersion"].max()),
    )
    return _judged(year, now, then, elapsed, assessment, answers=np.nan, required=assessment.required * exposure)


def _judge_activity(criterion: Row, points: pd.DataFrame, today: dt.date) -> Row:
    start, end = _activity_period(criterion)
    done = float(points["value"].iloc[-1]) if len(points) else 0.0
    elapsed = max(0.0, ((min(today, end) - start).days + 1) / ((end - start).days + 1))
    assessment = criteria.assess_activity(done, criterion["target"], elapsed, direction=criterion["direction"])
    now = {"value": done, "low": np.nan, "high": np.nan, "n": np.nan}
    then = {"value": 0.0, "low": np.nan, "high": np.nan}
    period = f"{min(today, end).year}K{(min(today, end).month + 2) // 3}"
    judged = _judged(period, now, then, elapsed, assessment, answers=np.nan, required=assessment.required)
    return judged | {"baseline_period": str(start.year)}


def _judged(
    period: str,
    now: Row,
    then: Row,
    elapsed: float,
    assessment: criteria.Assessment,
    *,
    answers: float,
    required: float,
) -> Row:
    return {
        "value_period": period,
        "value": now["value"],
        "value_low": now["low"],
        "value_high": now["high"],
        "value_n": now["n"],
        "baseline": then["value"],
        "baseline_low": then["low"],
        "baseline_high": then["high"],
        "overdue": elapsed >= 1,
        "status": assessment.status,
        "moving": assessment.moving,
        "points_to": assessment.points_to,
        "needed_n": answers,
        "can_be_decided": assessment.can_be_decided,
        "required": required,
        "detectable_change": assessment.detectable_change,
        "reason": assessment.reason,
    }


def _unjudged(reason: str) -> Row:
    nothing = dict.fromkeys(("value", "low", "high", "n"), np.nan)
    assessment = criteria.Assessment(criteria.INSUFFICIENT, can_be_decided=False, reason=reason)
    return _judged("", nothing, nothing, 0.0, assessment, answers=np.nan, required=np.nan)
