"""What calls for a decision, one case each: value beside target, what was tried, what the figures can and cannot say.

A pure function of a view, like the board: the screen, the meeting, the slides and a shared page tell the same cases.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import pandas as pd

from data import danish, sentences
from data.calendar import Period
from data.records import Row, records
from data.release import records_by, rows_of
from data.sentences.criteria import tolerance_said
from data.sentences.decisions import cannot_say, next_time, tried
from data.sentences.options import speaks_for
from data.views.memo import memoized_by_view
from data.views.provenance import EXAMPLE
from data.views.view import ViewContext


@dataclass(frozen=True)
class GoalPoint:
    """One period of a criterion's figure; `joined` is whether a line leads to it, `sure` whether it may decide."""

    year: float
    value: float
    joined: bool
    sure: bool


@dataclass(frozen=True)
class GoalPicture:
    """A criterion's figure over the years beside its goal: points, the plan's two ends, and today's limits."""

    points: tuple[GoalPoint, ...]
    target: float
    deadline: float
    begin: float
    baseline: float
    now: float
    value: float
    low: float | None
    high: float | None
    higher_is_better: bool


@dataclass(frozen=True)
class DecisionCase:
    """One criterion that calls for a decision, in words and with its picture (None where a picture says nothing).

    `speaks` is what in the release speaks for each option, by its id.
    """

    criterion_id: str
    initiative_id: str
    initiative: str
    area_ids: tuple[str, ...]
    subject: str
    status: str
    sentence: str
    value: str
    value_under: str
    target: str
    target_under: str
    tolerance: str
    tried: str
    can_say: str
    cannot_say: str
    next: str
    speaks: Mapping[str, str]
    picture: GoalPicture | None
    example: bool


@memoized_by_view()
def decision_cases(context: ViewContext) -> tuple[DecisionCase, ...]:
    """The criteria that call for a decision, those that go the wrong way first."""
    criteria = context.release.criteria
    pressing = criteria[criteria["status"].isin(sentences.NEEDS_DECISION)]
    order = pressing["status"].map(sentences.NEEDS_DECISION.index).sort_values(kind="stable").index
    return tuple(_case(context, row) for row in records(pressing.loc[order]))


def cases_in(cases: tuple[DecisionCase, ...], areas: frozenset[str]) -> tuple[DecisionCase, ...]:
    """The cases that name one of the areas."""
    return tuple(case for case in cases if not areas.isdisjoint(case.area_ids))


def target_under(row: Row) -> str:
    """What a criterion's target is, by when, and with which tolerance: "mindst, i 2027"."""
    bound = "mindst" if row["direction"] == 1 else "højst"
    return f"{bound}, {danish.in_period(row['deadline'])}{tolerance_said(row)}"


def _case(context: ViewContext, row: Row) -> DecisionCase:
    named = records_by(context.release, "initiatives", "initiative_id").get(row["initiative_id"])
    initiative = named[0] if named else None
    goal, evidence = sentences.criterion_goal(row), _evidence(context, row)
    count, latest, newest = _logged(context, row["initiative_id"])
    return DecisionCase(
        criterion_id=row["criterion_id"],
        initiative_id=row["initiative_id"],
        initiative=initiative["title"] if initiative else "",
        area_ids=tuple(str(row["area_ids"]).split(";")),
        subject=row["subject"],
        status=row["status"],
        sentence=f"{row['subject']}. {row['sentence']}",
        value=figure_of(row["value"], row),
        value_under=danish.period(row["value_period"]),
        target=figure_of(row["target"], row),
        target_under=target_under(row),
        tolerance=tolerance_said(row),
        tried=tried(initiative, count, latest) if initiative else "",
        can_say=row["sentence"].removeprefix(goal).strip(),
        cannot_say=cannot_say(row, evidence),
        next=next_time(row),
        speaks=speaks_for(row, initiative, evidence, latest, newest),
        picture=picture_of(context, row),
        example=row["provenance"] == EXAMPLE,
    )


def figure_of(value: float, row: Row) -> str:
    """A value without its noun, which the heading says: "61 pct.", "282"; a whole per cent is what answers carry."""
    if row["measure"] == "survey":
        return danish.percent(value, decimals=0)
    return sentences.criterion_value(value, row).removesuffix(f" {row['noun']}")


@memoized_by_view()
def _logged(context: ViewContext, initiative_id: str) -> tuple[int, date | None, date | None]:
    """How much was logged in the initiative's latest year, its newest activity, and the newest of all."""
    rows = rows_of(context.release, "activities", "initiative_id", initiative_id)
    days, every = pd.to_datetime(rows["date"]), pd.to_datetime(context.release.tables["activities"]["date"])
    newest = every.max().date() if len(every) else None
    if not len(days):
        return 0, None, newest
    return int((days > days.max() - pd.DateOffset(years=1)).sum()), days.max().date(), newest


def _evidence(context: ViewContext, row: Row) -> Row | None:
    """What the release says of before and after of the same figure and initiative, where it has a main answer."""
    rows = records_by(context.release, "effects", "initiative_id").get(row["initiative_id"], [])
    return next((each for each in rows if each["main"] and each["indicator"] == row["indicator"]), None)


def picture_of(context: ViewContext, row: Row) -> GoalPicture | None:
    """The figure of a criterion over the years; None where there are too few to draw."""
    points = records_by(context.release, "criterion_points", "criterion_id").get(row["criterion_id"], [])
    shown = [point for point in points if pd.notna(point["value"])]
    if len(shown) < 2 or pd.isna(row["value"]) or pd.isna(row["baseline"]):
        return None
    made: list[GoalPoint] = []
    series = None
    for point in shown:
        joined = series is not None and point["series"] == series
        sure = point["state"] != "provisional"
        made.append(GoalPoint(time_of(point["period"]), float(point["value"]), joined, sure))
        series = point["series"]
    return GoalPicture(
        tuple(made),
        float(row["target"]),
        time_of(row["deadline"]),
        _begin(row),
        float(row["baseline"]),
        time_of(row["value_period"]),
        float(row["value"]),
        float(row["value_low"]) if pd.notna(row["value_low"]) else None,
        float(row["value_high"]) if pd.notna(row["value_high"]) else None,
        row["direction"] == 1,
    )


def _begin(row: Row) -> float:
    """Where a criterion sets out from: what is done counts from the first day, a figure stands at its period's end."""
    began = Period.parse(row["baseline_period"])
    return began.end - began.years if row["measure"] == "activity" else began.end


def time_of(period: str) -> float:
    """Where a figure stands on the axis of time, where its period is over: "2025" → 2026, "2025K3" → 2025.75."""
    return Period.parse(period).end
