"""All criteria of a view as rows one can sort: where each stands, its value beside its target, and its years."""

from collections.abc import Collection
from dataclasses import dataclass

import pandas as pd

from data import danish, sentences
from data.records import Row, records
from data.sentences.criteria import tolerance_said
from data.views.board_model import MOST_PRESSING, Symbol
from data.views.decisions import GoalPicture, figure_of, picture_of, time_of
from data.views.memo import memoized_by_view
from data.views.provenance import EXAMPLE
from data.views.view import ViewContext


@dataclass(frozen=True)
class CriterionLine:
    """One criterion in words; the numbers beside them order a column, None stands last."""

    criterion_id: str
    subject: str
    initiative: str
    status: str
    urgency: int
    moving: Symbol
    value: str
    value_under: str
    value_sort: float | None
    target: str
    target_under: str
    target_sort: float
    deadline: str
    deadline_sort: float
    picture: GoalPicture | None
    example: bool


@memoized_by_view()
def all_criteria(context: ViewContext) -> tuple[CriterionLine, ...]:
    """Every criterion of the release, those that call for a decision first."""
    initiatives = context.release.initiatives
    titles = dict(zip(initiatives["initiative_id"], initiatives["title"], strict=True))
    made = [_line(context, row, titles) for row in records(context.release.criteria)]
    return tuple(sorted(made, key=lambda line: (-line.urgency, danish.sort_key(line.subject))))


def criteria_of(context: ViewContext, wanted: Collection[str]) -> tuple[CriterionLine, ...]:
    """Those of them whose criterion_id is wanted."""
    return tuple(line for line in all_criteria(context) if line.criterion_id in wanted)


def _line(context: ViewContext, row: Row, titles: dict[str, str]) -> CriterionLine:
    known = pd.notna(row["value"])
    way = {"better": row["direction"], "worse": -row["direction"]}.get(row["moving"], 0)
    kind = row["moving"] if way else "unchanged"
    return CriterionLine(
        criterion_id=row["criterion_id"],
        subject=row["subject"],
        initiative=titles.get(row["initiative_id"], ""),
        status=row["status"],
        urgency=len(MOST_PRESSING) - MOST_PRESSING.index(row["status"]),
        moving=Symbol(kind, f"{sentences.MOVING_WORDS[row['moving']]}.", way),
        value=figure_of(row["value"], row) if known else "ingen tal",
        value_under=danish.period(row["value_period"]) if known else "",
        value_sort=float(row["value"]) if known else None,
        target=figure_of(row["target"], row),
        target_under=f"{'mindst' if row['direction'] == 1 else 'højst'}{tolerance_said(row)}",
        target_sort=float(row["target"]),
        deadline=danish.period(row["deadline"]),
        deadline_sort=time_of(row["deadline"]),
        picture=picture_of(context, row),
        example=row["provenance"] == EXAMPLE,
    )
