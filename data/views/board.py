"""Tryghedstavlen: areas by measures, each figure with its interval, years, movement and goal, as one table.

A pure function of a view: the screen, the meeting pack, the slides and a shared page draw the same board. Nothing is
computed here that the release does not say: values, verdicts and sentences are taken as they stand.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

import pandas as pd

from data import danish, sentences
from data.partnership import Partnership
from data.records import Row, records
from data.release import Release
from data.views.memo import memoized_by_view
from data.views.rows import incident_rows, is_example, survey_rows
from data.views.view import View, ViewContext

SHOWN, HIDDEN, MISSING = "shown", "hidden", "missing"
"""What a cell has: a figure, one that is not shown, or none."""
YEARS = 10
"""How many years a spark reaches back."""
ALL_MUNICIPALITIES = ""

# Which of several goals of an area a cell tells: the one that calls for a decision first.
MOST_PRESSING = ("worsening", "not_met", "behind", "insufficient", "undecided", "on_track", "met")


@dataclass(frozen=True)
class SparkPoint:
    """One year of a spark; `joined` is whether a line leads to it from the point before."""

    period: str
    value: float
    joined: bool
    provisional: bool = False


@dataclass(frozen=True)
class Symbol:
    """A sign that one reads at a distance: its kind, where an arrow points (1 up, -1 down, 0), and what it says."""

    kind: str
    says: str
    points: int = 0


@dataclass(frozen=True)
class BoardCell:
    """One figure of one area. `value`, `low` and `high` are what is drawn; `text`, `note` and `says` are words.

    `sort` orders a column: None stands last. `chips` are how many goals have which status.
    """

    state: str
    text: str
    note: str = ""
    says: str = ""
    value: float | None = None
    low: float | None = None
    high: float | None = None
    spark: tuple[SparkPoint, ...] = ()
    moving: Symbol | None = None
    goal: Symbol | None = None
    chips: tuple[tuple[str, int], ...] = ()
    sort: float | None = None


@dataclass(frozen=True)
class BoardColumn:
    """A measure: its heading, the words under it, its kind, and the one scale that all of its cells are drawn on.

    `first` and `last` are the years that a spark reaches over; `wide` gives it room, where the years are the news.
    """

    id: str
    title: str
    under: str
    kind: str
    low: float = 0.0
    high: float = 1.0
    first: str = ""
    last: str = ""
    wide: bool = False


@dataclass(frozen=True)
class BoardRow:
    """One area with a cell for each column; `within` is the name of its municipality, "" for one."""

    area_id: str
    name: str
    within: str
    cells: tuple[BoardCell, ...]


@dataclass(frozen=True)
class Board:
    """The whole board in Danish alphabetical order of area, ready to be drawn."""

    title: str
    columns: tuple[BoardColumn, ...]
    rows: tuple[BoardRow, ...]
    example: bool
    cited: pd.DataFrame = field(compare=False, repr=False, default_factory=pd.DataFrame)


@memoized_by_view("indicator", "category", "level")
def board(context: ViewContext, municipality: str = ALL_MUNICIPALITIES) -> Board:
    """The board of the view's level; with a municipality (its area_id) only of that one and what lies in it."""
    areas = _areas(context, municipality)
    ids = tuple(str(area) for area in areas["area_id"])
    made = [*_perceived(context, ids), _recorded(context, ids)]
    if not _sees_local(context):  # The public has ten years of offences, and few years of shares.
        column, cells, used = made[-1]
        made = [(replace(column, wide=True), cells, used), *made[:-1]]
    made += [each for each in (_goals(context, ids), _done(context, ids)) if each is not None]
    names = context.release.names
    rows = tuple(
        BoardRow(
            row["area_id"],
            row["name"],
            names.get(row["parent_id"], "") if row["level"] == "housing_area" else "",
            tuple(cells[row["area_id"]] for _, cells, _ in made),
        )
        for row in records(areas)
    )
    origin = ["provenance", "source_id"]
    parts = [used[origin] for _, _, used in made if len(used)]
    cited = pd.concat(parts, ignore_index=True) if parts else pd.DataFrame(columns=origin)
    where = context.partnership.level(context.view.level).many
    return Board(f"Tryghedstavlen: {where}", tuple(column for column, _, _ in made), rows, is_example(cited), cited)


def municipalities(context: ViewContext) -> dict[str, str]:
    """The municipalities whose areas stand on the board of the view's level: area_id → name, by name."""
    areas = _areas(context, ALL_MUNICIPALITIES)
    ids = {row["parent_id"] if row["level"] == "housing_area" else row["area_id"] for row in records(areas)}
    names = context.release.names
    return {area: names[area] for area in sorted(ids, key=lambda area: danish.sort_key(names[area]))}


def nearest_municipality(view: View, release: Release, partnership: Partnership) -> tuple[View, tuple[str, ...]]:
    """The view with a municipality that the board has, and a plain Danish notice where the one wanted gave way."""
    if not view.municipality or view.municipality in municipalities(_Looking(view, release, partnership)):
        return view, ()
    sentence = f"Kommunen »{view.municipality}« står ikke på tavlen. Viser alle kommuner i stedet."
    return replace(view, municipality=""), (sentence,)


_Column = tuple[BoardColumn, Mapping[str, BoardCell], pd.DataFrame]


def _sees_local(context: ViewContext) -> bool:
    return context.partnership.audience(context.release.audience).sees_local


def _areas(context: ViewContext, municipality: str) -> pd.DataFrame:
    """The areas of the board: of the view's level, ours (a member or what lies in one) where any are."""
    areas = context.release.areas
    of_level = areas[areas["level"] == context.view.level]
    ours = set(context.partnership.members)
    mine = of_level[of_level["area_id"].isin(ours) | of_level["parent_id"].isin(ours)]
    of_level = mine if len(mine) else of_level
    if municipality:
        of_level = of_level[(of_level["area_id"] == municipality) | (of_level["parent_id"] == municipality)]
    order = of_level["name"].map(danish.sort_key).sort_values(kind="stable").index
    return of_level.loc[order]


# Perceived -----------------------------------------------------------------------------------------------------------


def _perceived(context: ViewContext, areas: tuple[str, ...]) -> list[_Column]:
    """The view's indicator, and beside it the first other one of the partnership."""
    shown = context.view.indicator
    other = next((each.id for each in context.partnership.indicators if each.id != shown), None)
    return [_indicator(context, each, areas) for each in (shown, other) if each is not None]


def _indicator(context: ViewContext, indicator_id: str, areas: tuple[str, ...]) -> _Column:
    indicator = context.partnership.indicator(indicator_id)
    rows = survey_rows(_with_indicator(context, indicator_id), areas=areas)
    newest = str(rows["wave"].max()) if len(rows) else ""
    oldest = str(int(newest[:4]) - YEARS + 1) if newest else ""
    rows = rows[rows["wave"] >= oldest]
    by_area = dict(iter(rows.groupby("area_id"))) if len(rows) else {}
    goals = _goals_of(context, "survey", indicator_id)
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


@dataclass(frozen=True)
class _Looking:
    """A view context of our own: the same release, looked at in another way."""

    view: View
    release: Release
    partnership: Partnership


def _with_indicator(context: ViewContext, indicator_id: str) -> ViewContext:
    return _Looking(replace(context.view, indicator=indicator_id), context.release, context.partnership)


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
    goal = _goal_symbol(goals.get(now["area_id"], ()))
    if now["state"] == "hidden":
        why = sentences.hidden_note(now["n"])
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
    """Whether the share has moved since the wave before or, where that says nothing, over the years."""
    says = sentences.survey_change(row)
    if row["changed"] in ("better", "worse"):
        return Symbol(row["changed"], says, _way(row["changed"], direction))
    if trend is not None:
        return Symbol(f"{trend['verdict']}_years", f"Andelen {trend['sentence']}.", _way(trend["verdict"], direction))
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


# Recorded ------------------------------------------------------------------------------------------------------------


def _recorded(context: ViewContext, areas: tuple[str, ...]) -> _Column:
    category = context.partnership.category(context.view.category)
    rows = incident_rows(context, areas=areas, years=True)
    newest = str(rows["period"].max()) if len(rows) else ""
    oldest = str(int(newest) - YEARS + 1) if newest else ""
    rows = rows[rows["period"] >= oldest]
    by_area = dict(iter(rows.groupby("area_id"))) if len(rows) else {}
    goals = _goals_of(context, "incidents", category.id)
    cells = {area: _rate_cell(records(by_area[area]) if area in by_area else [], newest, goals) for area in areas}
    low, high = _scale(cells.values(), 0.0)
    provisional = " (foreløbigt)" if (rows.loc[rows["period"] == newest, "state"] == "provisional").any() else ""
    under = f"pr. 1.000 indbyggere, {newest}{provisional}" if newest else "ikke indberettet"
    column = BoardColumn(category.id, category.title, under, "rate", low, high, oldest, newest)
    return column, cells, rows


def _rate_cell(rows: Sequence[Row], newest: str, goals: Mapping[str, Sequence[Row]]) -> BoardCell:
    now = next((row for row in rows if row["period"] == newest), None)
    if now is None or now["state"] == "missing":
        return BoardCell(MISSING, danish.NOT_REPORTED, newest, f"Ikke indberettet for {newest}.")
    goal = _goal_symbol(goals.get(now["area_id"], ()))
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
        if row["state"] not in ("published", "provisional") or pd.isna(row["rate"]):
            broken = True
            continue
        points.append(SparkPoint(row["period"], float(row["rate"]), not broken, row["state"] == "provisional"))
        broken = False
    return tuple(points)


# Goals and what was done ---------------------------------------------------------------------------------------------


def _goals_of(context: ViewContext, measure: str, indicator: str) -> dict[str, list[Row]]:
    """The criteria of a measure by the areas they name."""
    rows = context.release.criteria
    return _by_area(records(rows[(rows["measure"] == measure) & (rows["indicator"] == indicator)]))


def _by_area(rows: Iterable[Row]) -> dict[str, list[Row]]:
    by_area: dict[str, list[Row]] = {}
    for row in rows:
        for area in str(row["area_ids"]).split(";"):
            by_area.setdefault(area, []).append(row)
    return by_area


def _goal_symbol(goals: Sequence[Row]) -> Symbol | None:
    """The goal that calls for a decision first; None where there is no goal."""
    if not goals:
        return None
    first = min(goals, key=lambda row: MOST_PRESSING.index(row["status"]))
    more = f" Og {danish.plural(len(goals) - 1, 'mål', 'mål')} mere." if len(goals) > 1 else ""
    return Symbol(first["status"], f"{sentences.STATUS_WORDS[first['status']]}. {first['sentence']}{more}")


def _goals(context: ViewContext, areas: tuple[str, ...]) -> _Column | None:
    """How many of the criteria that name an area have which status."""
    rows = context.release.criteria
    if not _sees_local(context) or rows.empty:
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


def _done(context: ViewContext, areas: tuple[str, ...]) -> _Column | None:
    """How many activities were logged in the year up to the newest of the release, and when the latest was."""
    rows = context.release.tables.get("activities")
    if not _sees_local(context) or rows is None or rows.empty:
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
        says = f"{danish.plural(count, 'aktivitet', 'aktiviteter')} det seneste år, senest {newest}."
        cells[area] = BoardCell(SHOWN, danish.number(count), f"senest {_short(ago)}", says, sort=count)
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
