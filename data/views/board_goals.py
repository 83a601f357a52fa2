"""The board's goals and what was done: statuses of criteria and logged activities by area."""

from collections.abc import Iterable, Mapping, Sequence

import pandas as pd

from data import danish, sentences
from data.records import Row, records
from data.views.board_model import MISSING, MOST_PRESSING, SHOWN, BoardCell, BoardColumn, Measure, Symbol
from data.views.view import ViewContext


def goals_of(context: ViewContext, measure: str, indicator: str) -> dict[str, list[Row]]:
    """The criteria of a measure by the areas they name."""
    rows = context.release.criteria
    return _by_area(records(rows[(rows["measure"] == measure) & (rows["indicator"] == indicator)]))


def _by_area(rows: Iterable[Row]) -> dict[str, list[Row]]:
    by_area: dict[str, list[Row]] = {}
    for row in rows:
        for area in str(row["area_ids"]).split(";"):
            by_area.setdefault(area, []).append(row)
    return by_area


def goal_symbol(goals: Sequence[Row]) -> Symbol | None:
    """The goal that calls for a decision first; None where there is no goal."""
    if not goals:
        return None
    first = min(goals, key=lambda row: MOST_PRESSING.index(row["status"]))
    more = f" Og {danish.plural(len(goals) - 1, 'mål', 'mål')} mere." if len(goals) > 1 else ""
    return Symbol(first["status"], f"{sentences.STATUS_WORDS[first['status']]}. {first['sentence']}{more}")


def goals(context: ViewContext, areas: tuple[str, ...]) -> Measure | None:
    """How many of the criteria that name an area have which status."""
    rows = context.release.criteria
    if rows.empty:
        return None
    inside = _inside(context, areas)
    by_area = _by_area(records(rows))
    cells = {area: _goals_cell(_unique(by_area, inside[area])) for area in areas}
    return BoardColumn("criteria", "Mål", "status nu", "chips"), cells, rows


def _unique(by_area: Mapping[str, Sequence[Row]], areas: Iterable[str]) -> list[Row]:
    return list({row["criterion_id"]: row for area in areas for row in by_area.get(area, ())}.values())


def _goals_cell(goals: Sequence[Row]) -> BoardCell:
    if not goals:
        return BoardCell(MISSING, "ingen mål", says="Ingen mål.")
    counted = {status: sum(row["status"] == status for row in goals) for status in MOST_PRESSING}
    chips = tuple((status, count) for status, count in counted.items() if count)
    pressing = sum(count for status, count in chips if status in sentences.NEEDS_DECISION)
    sentence = danish.join(
        f"{danish.number(count)} {sentences.STATUS_WORDS[status].lower()}" for status, count in chips
    )
    return BoardCell(
        SHOWN,
        danish.plural(len(goals), "mål", "mål"),
        says=f"{sentence}.",
        chips=chips,
        sort=pressing + len(goals) / 1000,
    )


def done(context: ViewContext, areas: tuple[str, ...]) -> Measure | None:
    """How many activities were logged in the year up to the newest of the release, and when the latest was."""
    rows = context.release.tables.get("activities")
    if rows is None or rows.empty:
        return None
    dates = pd.to_datetime(rows["date"])
    last = dates.max()
    recent = rows.assign(day=dates)[dates > last - pd.DateOffset(years=1)]
    inside = _inside(context, areas)
    counts, latest = recent.groupby("area_id").size(), recent.groupby("area_id")["day"].max()
    cells = {}
    for area in areas:
        counted = [each for each in inside[area] if each in counts.index]
        count = int(sum(counts[each] for each in counted))
        if not count:
            cells[area] = BoardCell(SHOWN, "0", "ingen logført", "Ingen aktiviteter logført det seneste år.", sort=0)
            continue
        newest = danish.date(max(latest[each] for each in counted).date())
        ago = newest.rpartition(" ")[0] if newest.endswith(str(last.year)) else newest
        says = f"{danish.plural(count, 'aktivitet', 'aktiviteter')} det seneste år, den sidste {newest}."
        cells[area] = BoardCell(SHOWN, danish.number(count), f"sidst {_short(ago)}", says, sort=count)
    under = f"på et år til {_short(danish.date(last.date()))}"
    return BoardColumn("activities", "Det har vi gjort", under, "count"), cells, recent


def _short(day: str) -> str:
    """A day with its month cut short: "8. dec. 2025"."""
    number, month, *year = day.split(" ")
    return " ".join([number, month if len(month) <= 4 else f"{month[:3]}.", *year])


def _inside(context: ViewContext, areas: tuple[str, ...]) -> dict[str, tuple[str, ...]]:
    """Each area with the housing areas that lie in it, itself among them."""
    rows = context.release.areas
    children: dict[str, list[str]] = {}
    for area, parent in zip(rows["area_id"], rows["parent_id"], strict=True):
        children.setdefault(str(parent), []).append(str(area))
    return {area: (area, *children.get(area, ())) for area in areas}
