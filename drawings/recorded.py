"""Recorded offences by quarter: columns from zero, with expected limits and signals where the rules allow them."""

from collections.abc import Iterator, Sequence

import pandas as pd

from data import danish
from drawings.lanes import Dialogue, Initiative, lane_room, lanes
from drawings.lives import CAPTION, Life, life_marks, on_axis
from drawings.model import (
    LINE_HEIGHT,
    NOTHING,
    Axis,
    Bar,
    Chart,
    Drawing,
    Line,
    Margin,
    Mark,
    Series,
    Stop,
    Symbol,
    Twin,
)
from drawings.periods import LEFT, RIGHT, TICK_ROOM, short_name, span_of, time_axis
from drawings.quarters import LIMITS, Quarter, axis_top, complete, span_word
from drawings.recorded_words import SIGNALS, Scale, captions, headings, limit_labels, mass_labels, remark
from drawings.ticks import number_ticks

PLOT = 230.0


def recorded(
    rows: pd.DataFrame,
    *,
    noun: str = "anmeldelser",
    initiatives: Sequence[Initiative] = (),
    dialogues: Sequence[Dialogue] = (),
    lives: Sequence[Life] = (),
    years: tuple[int, int] | None = None,
    plot: float = PLOT,
) -> Drawing:
    """Draw the quarterly counts of one area and category (the yearly ones, where they came as years).

    `rows` are incident rows (counts a quarter; SPC mean, lower and upper or NaN; signal). `noun` names what is
    counted in the plural. `initiatives` are (title, start, end or None), `dialogues` (day, words), each on lanes below;
    `lives` are the days on which the area began or ended.
    `years` (first, last) fixes the time axis. `plot` is the plot's height in px.
    A mass registration says its number above the plot and is cut off where it is higher than the axis;
    a provisional quarter is hollow; zero, missing and hidden are three different marks. A mass registration is a
    `signal` "mass" or a true `mass`.
    Raises ValueError for rows of more than one area or category: their columns would hide each other.
    """
    if rows.empty:
        return NOTHING
    for column in ("area_id", "category"):
        if rows[column].nunique() > 1:
            raise ValueError(f"rows hold {rows[column].nunique()} values of {column}; draw one picture for each")
    data = complete(rows)
    shown = [quarter for quarter in data if quarter.count is not None]
    masses = [quarter for quarter in shown if quarter.mass]
    span = span_of([quarter.x for quarter in data], years)
    top = axis_top(data)
    time, value = time_axis(span), Axis(0, top, number_ticks(0, top), grid=True)
    clipped = [quarter for quarter in masses if (quarter.count or 0) > top]

    def y(count: float) -> float:
        return plot * (1 - value.part(min(max(count, 0), top)))

    numbers, levels = mass_labels(masses, time, y)
    below, more = lanes(initiatives, time, plot, dialogues)
    area = str(rows["area_id"].iloc[0])
    return Drawing(
        "recorded",
        plot,
        Margin(LEFT, RIGHT, 26 + LINE_HEIGHT * (levels + 1), TICK_ROOM + lane_room(initiatives, span, dialogues)),
        (
            *headings(shown, f"{noun} pr. {span_word(data)}", LINE_HEIGHT * levels),
            *_columns(shown, time, y, plot),
            *_cuts(clipped, time, plot),
            *_limits(data, time, y),
            *_moved(data, rows, time, plot),
            *_states(data, time, plot),
            *_signals(shown, time, y),
            *numbers,
            *limit_labels(data, y),
            *life_marks(lives, time, plot),
            *below,
        ),
        across=time,
        upwards=value,
        stops=(
            *(Stop(time.part(each.x), y(each.count or 0), each.hover, area) for each in data if each.hover),
            *more,
        ),
        caption=(*captions(data, masses, clipped, rows), *((CAPTION,) if on_axis(lives, time) else ())),
        twin=Twin(
            (danish.opening(span_word(data)), "Antal", "Bemærkning"),
            tuple((short_name(each.period), danish.number(each.count), remark(each)) for each in data),
        ),
        chart=_chart(data, noun),
    )


def _columns(shown: Sequence[Quarter], time: Axis, y: Scale, plot: float) -> Iterator[Mark]:
    for quarter in shown:
        half = 0.36 * quarter.width
        left, right = time.part(quarter.x - half), time.part(quarter.x + half)
        hollow = quarter.state == "provisional"
        fill = "" if hollow else "recorded"
        yield Bar("antal", left, right, y(quarter.count or 0), plot, fill, 0.8, "recorded", 1.5 if hollow else 0)


def _cuts(clipped: Sequence[Quarter], time: Axis, plot: float) -> Iterator[Mark]:
    """Draw two slanted cuts through each column that is higher than the axis."""
    for quarter in clipped:
        left, right = time.part(quarter.x - 0.6 * quarter.width), time.part(quarter.x + 0.6 * quarter.width)
        for height in (0.9, 0.93):
            yield Line("afkortet", ((left, (1 - height + 0.012) * plot), (right, (1 - height - 0.012) * plot)),
                       "paper", 2)  # fmt: skip


def _limits(data: Sequence[Quarter], time: Axis, y: Scale) -> Iterator[Mark]:
    """Each quarter spans its own width, so that limits which are set anew make a step."""
    for name in LIMITS:
        runs: list[list[tuple[float, float]]] = [[]]
        for quarter in data:
            limit = getattr(quarter, name)
            if limit is None:
                runs.append([])
            else:
                runs[-1] += [(time.part(quarter.x + side * quarter.width / 2), y(limit)) for side in (-1, 1)]
        for run in filter(None, runs):
            is_mean = name == "mean"
            yield Line(name, tuple(_corners(run)), "ink" if is_mean else "muted", 1.5 if is_mean else 1.25,
                       dash="" if is_mean else "4 3")  # fmt: skip


def _moved(data: Sequence[Quarter], rows: pd.DataFrame, time: Axis, plot: float) -> Iterator[Mark]:
    """A thin line down where limits were calculated anew; a release from before they could be says of none."""
    if "limits_moved" not in rows:
        return
    begun = set(rows.loc[rows["limits_moved"].astype(bool), "limits_from"])
    for x in (time.part(quarter.x - quarter.width / 2) for quarter in data if quarter.period in begun):
        yield Line("nye grænser", ((x, 0), (x, plot)), "muted", 1, dash="1 3")


def _corners(points: Sequence[tuple[float, float]]) -> Iterator[tuple[float, float]]:
    """The points where a line bends, and its ends."""
    for index, (x, y) in enumerate(points):
        if index in (0, len(points) - 1) or points[index - 1][1] != y or points[index + 1][1] != y:
            yield x, y


def _states(data: Sequence[Quarter], time: Axis, plot: float) -> Iterator[Mark]:
    """Mark what has no column to see: nought, not reported, hidden."""
    for quarter in data:
        x = time.part(quarter.x)
        if quarter.count == 0:
            yield Symbol("nul", x, plot, "line", 7, "recorded", "recorded", 4)
        elif quarter.state == "missing":
            yield Symbol("ikke indberettet", x, 0.97 * plot, "cross", 7, "neutral", "neutral", 2)
        elif quarter.state == "hidden":
            yield Symbol("skjules", x, 0.97 * plot, "square", 7, "paper", "neutral", 2)


def _signals(shown: Sequence[Quarter], time: Axis, y: Scale) -> Iterator[Mark]:
    for quarter in shown:
        if quarter.signal in SIGNALS:
            yield Symbol("signal", time.part(quarter.x), y(quarter.count or 0), SIGNALS[quarter.signal][0], 8, "ink",
                         "paper", 1)  # fmt: skip


def _chart(data: Sequence[Quarter], noun: str) -> Chart:
    """The same columns to edit. One that the picture cuts off is cut off here by the axis, and said in its remark."""
    periods = tuple(quarter.period for quarter in data)
    counts = Series(
        danish.opening(noun),
        tuple(quarter.count for quarter in data),
        "recorded",
        tuple(quarter.state == "provisional" for quarter in data),
    )
    limits = []
    for name, title in (("mean", "Middel"), ("lower", "Nedre grænse"), ("upper", "Øvre grænse")):
        values = tuple(_rounded(getattr(quarter, name)) for quarter in data)
        if any(value is not None for value in values):
            colour = "ink" if name == "mean" else "muted"
            limits.append(Series(title, values, colour, width=1.5, symbol="", dash=name != "mean"))
    top = axis_top(data)
    notes = [
        f"{short_name(each.period)}: {danish.number(each.count)}, masseregistrering"
        + (", højere end aksen." if (each.count or 0) > top else ".")
        for each in data
        if each.mass
    ]
    if any(quarter.state == "provisional" for quarter in data):
        notes.append("Hul: foreløbigt tal.")
    remarks = tuple(map(remark, data))
    return Chart("columns", "Kvartal", periods, (counts, *limits), 0, top, "antal", remarks, tuple(notes))


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 1)
