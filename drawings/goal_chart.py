"""A goal as a chart that others may edit: the figure over the years, the way to the goal, and the goal itself."""

import math

from data.views.decisions import GoalPicture, GoalPoint
from drawings.model import Chart, Drawing, Margin, Series

BROKEN = "Grå linje: målt på en anden måde."


def goal_chart(picture: GoalPicture, target: str, *, shares: bool) -> Drawing:
    """Draw a goal for a slide. `target` is the goal in words; `shares` whether the values are shares and not counts."""
    times = _times(picture)
    *earlier, current = _stretches(picture.points)
    unit = 100.0 if shares else 1.0
    hue = "perceived" if shares else "recorded"
    old = [
        Series("Før bruddet", _at(times, each, unit), "faint", width=1.5, hollow=_hollow(times, each))
        for each in earlier
    ]
    limits = (picture.low, picture.high)
    low, high = ((tuple(_only(times, picture.now, each, unit)) if None not in limits else ()) for each in limits)
    way = (picture.begin, picture.baseline), (picture.deadline, picture.target)
    plan = tuple(_on_the_way(each, *way, unit) for each in times)
    goal = (round(unit * picture.target, 1),) * len(times)
    series = (
        *old,
        Series("Tallet", _at(times, current, unit), hue, _hollow(times, current), low, high, width=2.5),
        Series("Planen", plan, "muted", width=1.5, symbol="", dash=True),
        Series(f"Målet: {target}", goal, "better", symbol=""),
    )
    least, most = _reach(series, shares)
    names = tuple(_named(each) for each in times)
    notes = (BROKEN,) if old else ()
    chart = Chart("lines", "Tidspunkt", names, series, least, most, "pct." if shares else "antal", notes=notes)
    return Drawing("goal", 0, Margin(0, 0, 0, 0), (), chart=chart)


def _times(picture: GoalPicture) -> tuple[float, ...]:
    """The times there is a figure of, and each whole year from the latest of them to the deadline."""
    known = {point.year for point in picture.points} | {picture.now, picture.deadline}
    ahead = range(math.ceil(picture.now), math.floor(picture.deadline) + 1)
    return tuple(sorted(known | {float(each) for each in ahead}))


def _stretches(points: tuple[GoalPoint, ...]) -> list[list[GoalPoint]]:
    """The points that a line may join, stretch by stretch."""
    made: list[list[GoalPoint]] = []
    for point in points:
        if point.joined and made:
            made[-1].append(point)
        else:
            made.append([point])
    return made


def _at(times: tuple[float, ...], points: list[GoalPoint], unit: float) -> tuple[float | None, ...]:
    known = {point.year: round(unit * point.value, 1) for point in points}
    return tuple(known.get(each) for each in times)


def _hollow(times: tuple[float, ...], points: list[GoalPoint]) -> tuple[bool, ...]:
    unsure = {point.year for point in points if not point.sure}
    return tuple(each in unsure for each in times)


def _only(times: tuple[float, ...], now: float, value: float | None, unit: float) -> list[float | None]:
    return [round(unit * value, 1) if each == now and value is not None else None for each in times]


def _on_the_way(at: float, begin: tuple[float, float], end: tuple[float, float], unit: float) -> float | None:
    """How far one should be at a time; None before the way begins."""
    if not begin[0] <= at <= end[0] or end[0] == begin[0]:
        return None
    part = (at - begin[0]) / (end[0] - begin[0])
    return round(unit * (begin[1] + part * (end[1] - begin[1])), 1)


def _reach(series: tuple[Series, ...], shares: bool) -> tuple[float, float | None]:
    """The ends of the axis: whole tens around shares, counts from nothing."""
    if not shares:
        return 0.0, None
    told = [each for one in series for values in (one.values, one.low, one.high) for each in values if each is not None]
    return max(10.0 * math.floor((min(told) - 3) / 10), 0.0), min(10.0 * math.ceil((max(told) + 3) / 10), 100.0)


def _named(time: float) -> str:
    """The year that is over at a time; the quarters within a year have no name."""
    return str(round(time) - 1) if time == round(time) else " "
