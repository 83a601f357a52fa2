"""Builds the release's criteria: each with today's value, status and sentence, and its points in time."""

import datetime as dt
from functools import partial

import numpy as np
import pandas as pd

from data.calendar import alike_in_span, is_year
from data.partnership import Partnership
from data.records import Row, records
from data.release.activities import activity_points
from data.release.criterion_verdicts import Looks, judge_activity, judge_count, judge_share, limited, unjudged
from data.release.points import (
    incident_points,
    survey_points,
    waves_of,
    with_count_limits,
    with_limits,
)
from data.release.residents import residents_by_area, weights_of
from data.release.tables import POINTS
from data.sentences import criterion_noun, criterion_sentence, criterion_subject
from data.sentences.criteria import holds_sentence

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
    residents: pd.DataFrame | None = None,
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The newest version of each criterion with its status, and the points in time it is judged by.

    `survey`, `incidents` and `residents` are release tables, so that a criterion rests on what is released and not on
    what lies beneath. `names` maps area_id to name; `today` is the day that deadlines are seen from. Every measurement
    from the adoption to the deadline is a look at the criterion, and all looks share one error
    (analysis.criterion_rules): the limits of a point are those its look is decided by. The look at the deadline is the
    last; what came later stands in `holds`.
    """
    newest = adopted.sort_values("version").drop_duplicates("criterion_id", keep="last")
    provisional = set(incidents.loc[incidents["state"] == "provisional", "period"])
    by_id = {str(area): str(name) for area, name in names.items()}
    known = {} if residents is None else residents_by_area(residents)
    rows, points = [], []
    for criterion in records(newest.drop(columns="load_id", errors="ignore").sort_values("criterion_id")):
        criterion["tolerance"] = tolerance_of(criterion)
        areas = criterion["area_ids"].split(";")
        if criterion["measure"] == "survey":
            of_indicator = survey[survey["indicator"] == criterion["indicator"]]
            waves = alike_in_span(sorted(of_indicator["wave"].unique()), criterion["baseline_period"])
            of_indicator = of_indicator[of_indicator["wave"].isin(waves)]
            over_time = survey_points(
                of_indicator[of_indicator["area_id"].isin(areas)],
                len(areas),
                waves_of(criterion),
                weights_of(areas, known, criterion["baseline_period"][:4]),
                waves,
            )
            looks = Looks.of(criterion, list(over_time["period"]))
            over_time = limited(over_time, looks, with_limits)
            judged = judge_share(criterion, over_time, looks)
        elif criterion["measure"] == "incidents":
            of_areas = incidents["area_id"].isin(areas) & (incidents["category"] == criterion["indicator"])
            years = incidents[of_areas & is_year(incidents["period"])]
            over_time = incident_points(years, len(areas))
            final = years[~years["period"].isin(provisional)]
            hidden = set(final.loc[final["state"] == "hidden", "period"])
            looks = Looks.of(criterion, list(over_time.loc[over_time["state"] == "published", "period"]))
            over_time = limited(over_time, looks, partial(with_count_limits, years=years))
            judged = judge_count(criterion, over_time, years, hidden, looks)
        else:
            log = activities[activities["initiative_id"] == criterion["initiative_id"]]
            over_time = activity_points(criterion, log, today).assign(confidence=np.nan)
            judged = judge_activity(criterion, over_time, today)
        row = (
            criterion
            | {"noun": criterion_noun(criterion, partnership)}
            | {"subject": criterion_subject(criterion, partnership, by_id)}
            | judged
        )
        holds = holds_sentence(row)
        rows.append(row | {"sentence": f"{criterion_sentence(row)} {holds}".strip(), "holds_sentence": holds})
        points.append(over_time[[*POINTS, "confidence"]].assign(criterion_id=criterion["criterion_id"]))
    if not rows:
        none = newest.drop(columns="load_id", errors="ignore")
        columns = dict.fromkeys([*none.columns, "tolerance", "noun", "subject", *unjudged("no_value"), "sentence"])
        return none.reindex(columns=list(columns)), pd.DataFrame(columns=[*POINTS, "confidence", "criterion_id"])
    return pd.DataFrame(rows), pd.concat(points, ignore_index=True)


def tolerance_of(criterion: Row) -> float:
    """How far short of the target still counts as met: share points, or a number a year; none unless it says so."""
    given = criterion.get("tolerance")
    return 0.0 if given is None or pd.isna(given) else float(given)
