"""Perceived safety over the waves: lines with their intervals, cut where comparison stops, initiatives beneath."""

from collections.abc import Iterator, Mapping, Sequence

import pandas as pd

from data import danish
from drawings.lanes import Initiative, lane_room, lanes
from drawings.lives import CAPTION, Life, life_marks, on_axis
from drawings.model import (
    LINE_HEIGHT,
    NOTHING,
    Anchor,
    Area,
    Axis,
    Chart,
    Drawing,
    Line,
    Margin,
    Mark,
    Series,
    Stop,
    Symbol,
    Text,
    Twin,
)
from drawings.periods import LEFT, RIGHT, TICK_ROOM, position, span_of, time_axis
from drawings.placing import spread
from drawings.readings import AreaLine, Reading, area_lines, bands, ends, newest_label
from drawings.ticks import percent_ticks
from drawings.words import HOLLOW, UNKNOWN, UNSEEN, better, name_lines

Limits = tuple[float | None, ...]

PLOT = 250.0
MOST_HIGHLIGHTED = 5
LABEL_CHARACTERS = 15
# Bands of more areas than this cover each other; from there on each reading carries a line.
MOST_BANDS = 2
# How much of the plot's height the names at the ends of lines may take, before the grey lines go without.
MOST_NAMED = 0.75
# How far the readings of several areas stand apart within a year, as a part of the axis.
APART = 0.011
SYMBOLS = ("circle", "square", "triangle-up", "pentagon", "triangle-down")


def trend(
    rows: pd.DataFrame,
    *,
    highlight: Sequence[str] | None = None,
    direction: int = 1,
    initiatives: Sequence[Initiative] = (),
    lives: Sequence[Life] = (),
    years: tuple[int, int] | None = None,
    limits: tuple[float, float] | None = None,
    plot: float = PLOT,
) -> Drawing:
    """Draw survey shares of one or more areas over the waves.

    `rows` are survey rows of one indicator (shares 0–1). `highlight` names at most five area ids to draw in colour
    with a label at the end, the others grey; by default the first five. `direction` is 1 where more is better.
    `initiatives` are (title, start, end or None), drawn as bands under the plot, `lives` the days on which areas began
    or ended. `years` (first, last) and `limits`
    (lowest, highest share) fix the axes, so that pictures can be compared. `plot` is the plot's height in px.
    Raises ValueError for more than five highlighted areas.
    """
    if rows.empty:
        return NOTHING
    everything = area_lines(rows)
    chosen = list(highlight) if highlight is not None else [line.area_id for line in everything[:MOST_HIGHLIGHTED]]
    if len(chosen) > MOST_HIGHLIGHTED:
        raise ValueError(f"{len(chosen)} areas to highlight; at most {MOST_HIGHLIGHTED} can be told apart")
    front = [line for line in everything if line.area_id in chosen]
    context = [line for line in everything if line.area_id not in chosen]
    hues = [f"series.{place}" for place in range(len(front))] if len(front) > 1 else ["perceived"]
    span = span_of([reading.x for line in everything for reading in (*line.readings, *line.unseen)] or [2000], years)
    low, high = limits or ends(everything, share=True)
    time, value = time_axis(span), Axis(low, high, percent_ticks(low, high), grid=True)
    picture = _Plot(time, value, plot)
    breaks = {x: text for line in front for x, text in line.breaks}
    room = lane_room(initiatives, span)
    marks = [*_context(context, picture), *_unseen(front, hues, picture)]
    for x, text in breaks.items():
        marks += _break(time.part(x), text, plot)
    marks += life_marks(lives, time, plot)
    for index, line in enumerate(front):
        shift = (index - (len(front) - 1) / 2) * APART if len(front) > MOST_BANDS else 0.0
        marks += _intervals(line, hues[index], picture, len(front), shift)
        marks += _line(line, hues[index], SYMBOLS[index], picture, shift)
    below, more = lanes(initiatives, time, plot)
    stops = [
        Stop(time.part(each.x), picture.y(each.value), each.hover, line.area_id)
        for line in (*front, *context)
        for each in line.readings
        if each.hover
    ]
    stops += [
        Stop(time.part(each.x), 0.97 * plot, each.hover, line.area_id)
        for line in front
        for each in line.unseen
        if each.hover
    ]
    return Drawing(
        "trend",
        plot,
        Margin(LEFT, RIGHT, 12 + (2 * LINE_HEIGHT if breaks else 0), TICK_ROOM + room),
        (*marks, *_end_labels(front, hues, context, picture), *below),
        across=time,
        upwards=value,
        stops=(*stops, *more),
        caption=(*_captions(front, context, low, high, direction), *((CAPTION,) if on_axis(lives, time) else ())),
        twin=_twin(everything),
        chart=_chart(front, context, hues, low, high),
    )


class _Plot:
    """Where times and shares stand."""

    def __init__(self, time: Axis, value: Axis, height: float) -> None:
        self.time, self.value, self.height = time, value, height

    def y(self, share: float) -> float:
        return self.height * (1 - self.value.part(share))

    def points(self, pairs: Sequence[tuple[float, float]], shift: float = 0.0) -> tuple[tuple[float, float], ...]:
        return tuple((self.time.part(x) + shift, self.y(value)) for x, value in pairs)


def _context(context: Sequence[AreaLine], picture: _Plot) -> Iterator[Mark]:
    for run in (run for line in context for run in line.runs):
        points = picture.points([(reading.x, reading.value) for reading in run])
        if len(points) > 1:
            yield Line("andre områder", points, "faint", 1.25)
        yield from (Symbol("andre områder", x, y, "circle", 4, "faint") for x, y in points)


def _intervals(line: AreaLine, hue: str, picture: _Plot, count: int, shift: float) -> Iterator[Mark]:
    """Draw intervals as a band where one or two areas share the picture, as a line at each reading where more do."""
    if count <= MOST_BANDS:
        span = picture.time.high - picture.time.low
        rings = tuple(picture.points(ring) for ring in bands(line.runs, 0.008 * span))
        if rings:
            yield Area("interval", rings, hue, 0.2 if count == 1 else 0.14)
        return
    for each in line.readings:
        if each.low is not None and each.high is not None:
            points = picture.points([(each.x, each.low), (each.x, each.high)], shift)
            yield Line("interval", points, hue, 2, opacity=0.6)


def _line(line: AreaLine, hue: str, symbol: str, picture: _Plot, shift: float) -> Iterator[Mark]:
    for run in line.runs:
        points = picture.points([(reading.x, reading.value) for reading in run], shift)
        if len(points) > 1:
            yield Line("forløb", points, hue, 2.25)
        for reading, (x, y) in zip(run, points, strict=True):
            edge = "neutral" if reading.uncertain else hue
            fill, ring = ("paper", edge) if reading.hollow else (hue, "paper")
            shape = "diamond" if reading.low is None else symbol
            yield Symbol("andel", x, y, shape, 8, fill, ring, 1.75 if reading.hollow else 1)


def _unseen(front: Sequence[AreaLine], hues: Sequence[str], picture: _Plot) -> Iterator[Mark]:
    for line, hue in zip(front, hues, strict=False):
        for reading in line.unseen:
            x = picture.time.part(reading.x)
            yield Symbol("uden tal", x, 0.97 * picture.height, "cross", 8, hue, hue, 2)


def _break(part: float, text: str, plot: float) -> list[Mark]:
    side: Anchor = "start" if part < 0.3 else "end" if part > 0.7 else "middle"
    return [
        Line("brud", ((part, 0), (part, plot)), "muted", 1, dash="2 3"),
        Text("brud", tuple(text.split("\n")), part, -4, anchor=side, level="bottom", colour="muted"),
    ]


def _end_labels(
    front: Sequence[AreaLine], hues: Sequence[str], context: Sequence[AreaLine], picture: _Plot
) -> Iterator[Mark]:
    """Label each line beside its last reading, moved apart where they would overlap; grey ones by their name alone.

    The grey are named where they are few enough for the names to stand at their ends.
    """
    labelled = [(line, hue, True) for line, hue in zip(front, hues, strict=False) if line.readings]
    texts = [_end_text(line.name, newest_label(line, front)) for line, *_ in labelled]
    grey = [line for line in context if line.readings]
    names = [name_lines(line.name, LABEL_CHARACTERS) for line in grey]
    if sum(LINE_HEIGHT * len(text) + 2.0 for text in (*texts, *names)) <= MOST_NAMED * picture.height:
        labelled += [(line, "muted", False) for line in grey]
        texts += names
    wished = [picture.y(line.readings[-1].value) for line, *_ in labelled]
    placed = spread(wished, [LINE_HEIGHT * len(text) + 2.0 for text in texts])
    for (_, hue, chosen), text, y in zip(labelled, texts, placed, strict=True):
        yield Text("navn" if chosen else "andre områders navne", text, 1, y, dx=8, colour=hue, bold=chosen)


def _end_text(name: str, value: str) -> tuple[str, ...]:
    """Set name and value on as few lines as the margin takes."""
    *first, last = name_lines(name, LABEL_CHARACTERS)
    if len(last) + 1 + len(value) <= LABEL_CHARACTERS:
        return (*first, f"{last} {value}")
    return (*first, last, value)


def _captions(
    front: Sequence[AreaLine], context: Sequence[AreaLine], low: float, high: float, direction: int
) -> list[str]:
    readings = [reading for line in front for reading in line.readings]
    parts = [f"Aksen går fra {100 * low:.0f} til {100 * high:.0f} pct.", better(direction)]
    if any(reading.low is not None for reading in readings):
        parts.append(f"{'Farvet flade' if len(front) <= MOST_BANDS else 'Lodret streg'}: 95 pct.-interval")
    if any(reading.uncertain for reading in readings):
        parts.append(HOLLOW)
    if any(reading.low is None for reading in readings):
        parts.append(UNKNOWN)
    if any(line.unseen for line in front):
        parts.append(UNSEEN)
    if context:
        parts.append("Grå: andre områder")
    return parts


def _twin(lines: Sequence[AreaLine]) -> Twin:
    waves = sorted({each.period for line in lines for each in (*line.readings, *line.unseen)})
    rows = []
    for line in lines:
        shown = {each.period: each.label for each in line.readings} | {each.period: "ikke vist" for each in line.unseen}
        rows.append((line.name, *(shown.get(wave, danish.MISSING) for wave in waves)))
    return Twin(("Område", *map(danish.period, waves)), tuple(rows))


def _chart(
    front: Sequence[AreaLine], context: Sequence[AreaLine], hues: Sequence[str], low: float, high: float
) -> Chart:
    """The same lines to edit: each run is a series of its own, so that no program joins what may not be compared."""
    waves = tuple(sorted({each.period for line in (*front, *context) for each in line.readings}))
    series = []
    for line, hue, width in (
        *zip(front, hues, [2.5] * len(front), strict=False),
        *((line, "faint", 1.25) for line in context),
    ):
        for run in line.runs:
            known = {reading.period: reading for reading in run}
            name = line.name if len(line.runs) == 1 else f"{line.name} ({_years(run)})"
            values = tuple(round(100 * known[wave].value, 1) if wave in known else None for wave in waves)
            hollow = tuple(wave in known and known[wave].hollow for wave in waves)
            least, most = _limits_in(known, waves) if line in front else ((), ())
            series.append(Series(name, values, hue, hollow, least, most, width=width))
    times = {x for line in front for x, _ in line.breaks}
    remarks = tuple(_after_break(wave, times, waves) for wave in waves)
    notes = [
        f"Linjen brydes før {danish.period(wave)}: {remark}."
        for wave, remark in zip(waves, remarks, strict=True)
        if remark
    ]
    if any(each.low is not None for line in front for each in line.readings):
        notes.append("Lodret streg: 95 pct.-interval.")
    if any(each.hollow for line in front for each in line.readings):
        notes.append("Hul: meget usikker, uden kendt usikkerhed eller foreløbig.")
    return Chart(
        "lines",
        "Måling",
        tuple(map(danish.period, waves)),
        tuple(series),
        100 * low,
        100 * high,
        "pct.",
        remarks,
        tuple(notes),
    )


def _limits_in(known: Mapping[str, Reading], waves: Sequence[str]) -> tuple[Limits, Limits]:
    """The lower and the upper limits in per cent of the readings by wave; none of a run where no limit is known."""
    low, high = (
        tuple(_percent(getattr(known[wave], name)) if wave in known else None for wave in waves)
        for name in ("low", "high")
    )
    return (low, high) if any(each is not None for each in low) else ((), ())


def _percent(share: float | None) -> float | None:
    return None if share is None else round(100 * share, 1)


def _years(run: Sequence[Reading]) -> str:
    return danish.periods(run[0].period, run[-1].period)


def _after_break(wave: str, breaks: set[float], waves: Sequence[str]) -> str:
    """The remark on the first wave after a break."""
    index = waves.index(wave)
    if index and any(position(waves[index - 1]) < x < position(wave) for x in breaks):
        return "kan ikke sammenlignes med tidligere målinger"
    return ""
