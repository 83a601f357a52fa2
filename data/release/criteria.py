"""Builds the release's criteria: each with today's value, status and sentence, and its points in time."""

import datetime as dt
from typing import Any

import numpy as np
import pandas as pd

from analysis import criteria
from data.partnership import Partnership
from data.release import records
from data.release.points import activity_period, activity_points, incident_points, survey_points, waves_of
from data.release.tables import POINTS
from data.sentences import FEWEST_ANSWERS, criterion_noun, criterion_sentence, criterion_subject

Row = dict[str, Any]

MARGIN = 0.02
"""How far a share may lie behind its course and still be on it, where the criterion says nothing else."""


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
    provisional = set(incidents.loc[incidents["state"] == "provisional", "period"])
    by_id = {str(area): str(name) for area, name in names.items()}
    rows, points = [], []
    for criterion in records(newest.drop(columns="load_id", errors="ignore").sort_values("criterion_id")):
        areas = criterion["area_ids"].split(";")
        if criterion["measure"] == "survey":
            of_areas = survey["area_id"].isin(areas) & (survey["indicator"] == criterion["indicator"])
            over_time = survey_points(survey[of_areas], len(areas), waves_of(criterion))
            judged = _judge_share(criterion, over_time)
        elif criterion["measure"] == "incidents":
            of_areas = incidents["area_id"].isin(areas) & (incidents["category"] == criterion["indicator"])
            years = incidents[of_areas & (incidents["period"].str.len() == 4)]
            over_time = incident_points(years, len(areas))
            final = years[~years["period"].isin(provisional)]
            hidden = set(final.loc[final["state"] == "hidden", "period"])
            judged = _judge_count(criterion, over_time, years, hidden)
        else:
            log = activities[activities["initiative_id"] == criterion["initiative_id"]]
            over_time = activity_points(criterion, log, today)
            judged = _judge_activity(criterion, over_time, today)
        row = (
            criterion
            | {"noun": criterion_noun(criterion, partnership)}
            | {"subject": criterion_subject(criterion, partnership, by_id)}
            | judged
        )
        rows.append(row | {"sentence": criterion_sentence(row)})
        points.append(over_time.assign(criterion_id=criterion["criterion_id"]))
    if not rows:
        none = newest.drop(columns="load_id", errors="ignore")
        columns = dict.fromkeys([*none.columns, "noun", "subject", *_unjudged("no_value"), "sentence"])
        return none.reindex(columns=list(columns)), pd.DataFrame(columns=[*POINTS, "criterion_id"])
    return pd.DataFrame(rows), pd.concat(points, ignore_index=True)


def _elapsed(start: str, now: str, deadline: str) -> float:
    """How much of the time from baseline to deadline has gone, in whole years; may exceed 1."""
    span = int(deadline) - int(start)
    return (int(now) - int(start)) / span if span > 0 else 1.0


# Verdicts ---------------------------------------------------------------------------------------------------------


def _judge_share(criterion: Row, points: pd.DataFrame) -> Row:
    by_wave = {row["period"]: row for row in records(points)}
    if not by_wave:
        return _unjudged("no_value")
    if criterion["baseline_period"] not in by_wave:
        return _unjudged("no_baseline")
    wave = max(by_wave)
    now, then = by_wave[wave], by_wave[criterion["baseline_period"]]
    between = sorted(by_wave).index(wave) - sorted(by_wave).index(criterion["baseline_period"])
    if 0 < between < waves_of(criterion):
        return _unjudged("no_value")  # Windows that share a wave say nothing of a change.
    if "hidden" in (now["state"], then["state"]):
        hidden = now if now["state"] == "hidden" else then
        return _unjudged("few_answers" if hidden["n"] < FEWEST_ANSWERS else "too_uncertain")
    elapsed = _elapsed(criterion["baseline_period"], wave, criterion["deadline"])
    assessment = criteria.assess(
        now["value"],
        now["n_eff"],
        then["value"],
        then["n_eff"],
        criterion["target"],
        elapsed,
        direction=criterion["direction"],
        margin=MARGIN if pd.isna(criterion["margin"]) else criterion["margin"],
        comparable=now["series"] == then["series"],
    )
    needed = assessment.needed_n
    # People are asked, not effective answers: as many more as this survey's weights cost.
    answers = np.nan if needed is None else needed * now["n"] / now["n_eff"]
    return _judged(wave, now, then, elapsed, assessment, answers=answers, required=assessment.required)


def _judge_count(criterion: Row, points: pd.DataFrame, years: pd.DataFrame, hidden: set[str]) -> Row:
    """The verdict on a count; `hidden` are the final years of which a count is hidden from the reader."""
    by_year = {row["period"]: row for row in records(points)}
    # A provisional year never decides alone: the newest final year speaks.
    final = [year for year, row in by_year.items() if row["state"] == "published"]
    year = max(final, default="")
    if criterion["baseline_period"] in hidden or max(hidden, default="") > year:
        return _unjudged("hidden")
    if criterion["baseline_period"] not in by_year:
        return _unjudged("no_baseline")
    if year <= criterion["baseline_period"]:
        return _unjudged("no_value")
    now, then = by_year[year], by_year[criterion["baseline_period"]]
    # Without a number of residents the counts themselves are compared.
    exposure, exposure_then = now["n_eff"], then["n_eff"]
    if not np.isfinite(exposure + exposure_then):
        exposure, exposure_then = 1.0, 1.0
    elapsed = _elapsed(criterion["baseline_period"], year, criterion["deadline"])
    assessment = criteria.assess_counts(
        now["value"],
        exposure,
        then["value"],
        exposure_then,
        criterion["target"] / exposure,
        elapsed,
        direction=criterion["direction"],
        dispersion=float(years["dispersion"].max()),
    )
    return _judged(year, now, then, elapsed, assessment, answers=np.nan, required=assessment.required * exposure)


def _judge_activity(criterion: Row, points: pd.DataFrame, today: dt.date) -> Row:
    start, end = activity_period(criterion)
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
