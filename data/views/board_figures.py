"""The board's figures: shares and rates by area, each with its interval, its years and whether it has moved."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import pandas as pd

from data import danish, sentences
from data.partnership import Partnership
from data.records import Row, records
from data.release import Release
from data.states import SHOWN_STATES
from data.views.board_goals import goal_symbol, goals_of
from data.views.board_model import HIDDEN, MISSING, SHOWN, BoardCell, BoardColumn, Measure, SparkPoint, Symbol
from data.views.rows import incident_rows, lack_residents, survey_rows
from data.views.view import View, ViewContext

YEARS = 10
"""How many years a spark reaches back."""


@dataclass(frozen=True)
class OtherView:
    """A view context of our own: the same release, looked at in another way."""

    view: View
    release: Release
    partnership: Partnership


def _with_indicator(context: ViewContext, indicator_id: str) -> ViewContext:
    return OtherView(replace(context.view, indicator=indicator_id), context.release, context.partnership)


def perceived(context: ViewContext, areas: tuple[str, ...]) -> list[Measure]:
    """The view's indicator, and beside it the first other one of the partnership."""
    shown = context.view.indicator
    other = next((each.id for each in context.partnership.indicators if each.id != shown), None)
    return [_indicator(context, each, areas) for each in (shown, other) if each is not None]


def _indicator(context: ViewContext, indicator_id: str, areas: tuple[str, ...]) -> Measure:
    indicator = context.partnership.indicator(indicator_id)
    rows = survey_rows(_with_indicator(context, indicator_id), areas=areas)
    newest = str(rows["wave"].max()) if len(rows) else ""
    oldest = str(int(newest[:4]) - YEARS + 1) if newest else ""
    rows = rows[rows["wave"] >= oldest]
    by_area = dict(iter(rows.groupby("area_id"))) if len(rows) else {}
    goals = goals_of(context, "survey", indicator_id)
    trends, direction = _trends(context, indicator_id, newest), indicator.direction
    cells = {
        area: _share_cell(records(by_area[area]) if area in by_area else [], newest, direction, goals, trends.get(area))
        for area in areas
    }
    low, high = _scale(cells.values(), 0.05)
    under = (
        f"{danish.period(newest)} · {'højere' if indicator.direction == 1 else 'lavere'} er bedre"
        if newest
        else "ikke målt"
    )
    column = BoardColumn(indicator.id, indicator.title, under, "share", low, high, oldest, newest)
    return column, cells, rows


def _share_cell(
    rows: Sequence[Row], newest: str, direction: int, goals: Mapping[str, Sequence[Row]], trend: Row | None
) -> BoardCell:
    now = next((row for row in rows if row["wave"] == newest), None)
    if now is None or now["state"] == "missing":
        return BoardCell(
            MISSING,
            "ikke målt",
            danish.period(newest),
            f"Ikke målt {danish.in_period(newest)}.",
            spark=_share_spark(rows),
        )
    goal = goal_symbol(goals.get(now["area_id"], ()))
    if now["state"] == "hidden":
        why = sentences.hidden_note(now)
        return BoardCell(HIDDEN, danish.HIDDEN, why, now["hover"], spark=_share_spark(rows), goal=goal)
    known = pd.notna(now["low"])
    note: str = sentences.interval(now["low"], now["high"]) if known else "± kendes ikke"
    return BoardCell(
        SHOWN,
        now["label"],
        note,
        now["hover"],
        value=float(now["share"]),
        low=float(now["low"]) if known else None,
        high=float(now["high"]) if known else None,
        spark=_share_spark(rows),
        moving=_share_moving(now, direction, trend),
        goal=goal,
        sort=float(now["share"]),
    )


def _share_spark(rows: Sequence[Row]) -> tuple[SparkPoint, ...]:
    """The shares of the waves; the line breaks where a wave is not shown, is missing, or was asked in another way."""
    points: list[SparkPoint] = []
    broken = True
    for row in rows:
        if row["state"] != "published":
            broken = True
            continue
        joined = not broken and bool(row["comparable"])
        points.append(SparkPoint(row["wave"], float(row["share"]), joined))
        broken = False
    return tuple(points)


def _share_moving(row: Row, direction: int, trend: Row | None) -> Symbol:
    """Whether the share has moved since the wave before or, where that says nothing, over the years; words say both."""
    since = sentences.survey_change(row)
    over_years = f"Andelen {trend['sentence']}." if trend is not None else ""
    says = " ".join(part for part in (since, over_years) if part)
    if row["changed"] in ("better", "worse"):
        return Symbol(row["changed"], says, _way(row["changed"], direction))
    if trend is not None:
        return Symbol(f"{trend['verdict']}_years", says, _way(trend["verdict"], direction))
    return Symbol("unchanged" if row["changed"] == "unchanged" else "unclear", says or "Ingen tidligere måling.")


def _way(changed: str, direction: int) -> int:
    """Where the arrow points: with the figure, up where it has risen."""
    return direction if changed == "better" else -direction


def _trends(context: ViewContext, indicator: str, newest: str) -> dict[str, Row]:
    """By area the movement over the years up to the newest wave, where the release has tested it and found one."""
    rows = context.release.tables.get("trends")
    if rows is None or rows.empty:
        return {}
    moved = rows[(rows["indicator"] == indicator) & (rows["last_wave"] == newest)]
    return {row["area_id"]: row for row in records(moved[moved["verdict"].isin(["better", "worse"])])}


def recorded(context: ViewContext, areas: tuple[str, ...]) -> Measure:
    """The view's category of offences a year, per 1,000 residents."""
    category = context.partnership.category(context.view.category)
    rows = incident_rows(context, areas=areas, years=True)
    newest = str(rows["period"].max()) if len(rows) else ""
    oldest = str(int(newest) - YEARS + 1) if newest else ""
    rows = rows[rows["period"] >= oldest]
    by_area = dict(iter(rows.groupby("area_id"))) if len(rows) else {}
    goals = goals_of(context, "incidents", category.id)
    cells = {area: _rate_cell(records(by_area[area]) if area in by_area else [], newest, goals) for area in areas}
    low, high = _scale(cells.values(), 0.0)
    provisional = " (foreløbigt)" if (rows.loc[rows["period"] == newest, "state"] == "provisional").any() else ""
    measured = "antal" if lack_residents(rows) else "pr. 1.000 indbyggere"
    under = f"{measured}, {newest}{provisional}" if newest else "ikke indberettet"
    column = BoardColumn(category.id, category.title, under, "rate", low, high, oldest, newest)
    return column, cells, rows


def _rate_cell(rows: Sequence[Row], newest: str, goals: Mapping[str, Sequence[Row]]) -> BoardCell:
    now = next((row for row in rows if row["period"] == newest), None)
    if now is None or now["state"] == "missing":
        return BoardCell(MISSING, danish.NOT_REPORTED, newest, f"Ikke indberettet for {newest}.")
    goal = goal_symbol(goals.get(now["area_id"], ()))
    if now["state"] == "hidden" or pd.isna(now["rate"]):
        hidden = now["state"] == "hidden"
        text, why = (danish.HIDDEN, "få hændelser") if hidden else (danish.number(now["count"]), "indbyggertal mangler")
        return BoardCell(HIDDEN if hidden else SHOWN, text, why, now["hover"], spark=_rate_spark(rows), goal=goal)
    moving = "unclear" if now["state"] == "provisional" or not now["changed"] else now["changed"]
    return BoardCell(
        SHOWN,
        danish.decimal(now["rate"]),
        f"{danish.decimal(now['low'])}–{danish.decimal(now['high'])}" if pd.notna(now["low"]) else "",
        now["hover"],
        value=float(now["rate"]),
        low=float(now["low"]) if pd.notna(now["low"]) else None,
        high=float(now["high"]) if pd.notna(now["high"]) else None,
        spark=_rate_spark(rows),
        moving=Symbol(moving, sentences.incident_verdict(now), {"better": -1, "worse": 1}.get(moving, 0)),
        goal=goal,
        sort=float(now["rate"]),
    )


def _rate_spark(rows: Sequence[Row]) -> tuple[SparkPoint, ...]:
    points: list[SparkPoint] = []
    broken = True
    for row in rows:
        if row["state"] not in SHOWN_STATES or pd.isna(row["rate"]):
            broken = True
            continue
        points.append(SparkPoint(row["period"], float(row["rate"]), not broken, row["state"] == "provisional"))
        broken = False
    return tuple(points)


def _scale(cells: Iterable[BoardCell], step: float) -> tuple[float, float]:
    """The least and most that the cells of a column draw, so that all of them share one scale."""
    drawn = [
        each
        for cell in cells
        for each in (cell.low, cell.high, cell.value, *(point.value for point in cell.spark))
        if each is not None
    ]
    if not drawn:
        return 0.0, 1.0
    low, high = min(drawn), max(drawn)
    if step:
        low, high = int(low / step) * step, min(1.0, (int(high / step) + 1) * step)
    return (low, high) if high > low else (low, low + 1.0)
